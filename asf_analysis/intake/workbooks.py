"""Workbooks of Excel and LibreOffice: every sheet's cells, merged ones spread and lost answers marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum

from asf_analysis.intake.cells import Cells, Shared, plain_row
from asf_analysis.intake.grid import LEAST_KNOWN, SEARCHED_ROWS, CountKnown, Grid, find_header
from asf_analysis.intake.marks import Marks, examine


def read_workbook(path: Path, file: str, count_known: CountKnown) -> Iterator[Grid]:
    """Read every sheet of cells; raises what `examine` and the reader of cells raise."""
    marks = examine(path)
    with CalamineWorkbook.from_path(path) as workbook:
        for metadata in workbook.sheets_metadata:
            if metadata.typ == SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(metadata.name)
                rows = _rows(sheet, marks.get(metadata.name, Marks()))
                yield _grid(file, metadata.name, rows, count_known)


def _grid(file: str, sheet: str, rows: list[list[Any]], count_known: CountKnown) -> Grid:
    top = [plain_row(row) for row in rows[:SEARCHED_ROWS]]
    place, headings, known = find_header(top, count_known)
    if known < LEAST_KNOWN:
        return Grid(file, sheet, top, (), ())
    columns = tuple(Cells.of(column) for column in zip_longest(*rows[place + 1 :]))
    blank = (Cells.blank(0) for _ in range(len(headings) - len(columns)))
    return Grid(file, sheet, top[: place + 1], headings, (*columns, *blank))


def _rows(sheet: CalamineSheet, marks: Marks) -> list[list[Any]]:
    """Give a sheet's rows; a merged cell stands on every row it covers, a lost answer is Broken."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for (row, column), broken in marks.broken.items():
        _put(rows, row, column, broken)
    for (first, column), (last, _) in [*(sheet.merged_cell_ranges or ()), *marks.merged]:
        _spread(rows, column, first, min(last, len(rows) - 1))
    return rows


def _spread(rows: list[list[Any]], column: int, first: int, last: int) -> None:
    """Let what is merged over several rows stand on each of them."""
    if first < last and column < len(rows[first]):
        cell = rows[first][column]
        for row in range(first, last + 1):
            _put(rows, row, column, Shared(cell, row == first))


def _put(rows: list[list[Any]], row: int, column: int, cell: Any) -> None:
    """Put a cell in its place; one outside the filled rows and columns makes room."""
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = cell
