"""The marks of an OpenDocument spreadsheet, where a cell or a row may say that it repeats itself."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree

from asf_analysis.intake.cells import failed_formula
from asf_analysis.intake.marks.marks import Marks, Protected, uncounted_formula

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_MANIFEST = "META-INF/manifest.xml"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def marks_of_ods(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Give the marks of every sheet; raises Protected where the content is encrypted."""
    if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
        raise Protected
    marks: dict[str, Marks] = {}
    here, row = Marks(), 0
    with archive.open("content.xml") as content:
        for event, element in ElementTree.iterparse(content, ("start", "end")):
            if event == "start" and element.tag == f"{_TABLE}table":
                here, row = marks.setdefault(element.get(f"{_TABLE}name", ""), Marks()), 0
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                row += _mark_row(element, row, here)
                element.clear()
    return marks


def _mark_row(element: ElementTree.Element, row: int, marks: Marks) -> int:
    """Mark what a row's cells say; gives how many rows it stands for."""
    rows = _number(element, "number-rows-repeated")
    column = 0
    for cell in element:
        if cell.tag in _CELLS:
            columns = _number(cell, "number-columns-repeated")
            _mark_cell(cell, row, column, marks)
            if f"{_OFFICE}value-type" in cell.attrib:
                marks.reach(row + rows - 1, column + columns - 1)
            column += columns
    return rows


def _mark_cell(cell: ElementTree.Element, row: int, column: int, marks: Marks) -> None:
    if cell.get(f"{_CALC}value-type") == "error":
        marks.broken[row, column] = failed_formula("".join(cell.itertext()))
    elif f"{_TABLE}formula" in cell.attrib and f"{_OFFICE}value-type" not in cell.attrib:
        marks.broken[row, column] = uncounted_formula()
    down, right = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
    if down > 1 or right > 1:
        marks.merged.append(((row, column), (row + down - 1, column + right - 1)))


def _number(element: ElementTree.Element, attribute: str) -> int:
    return int(element.get(f"{_TABLE}{attribute}", "1"))
