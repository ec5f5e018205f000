"""Tables as files: an Excel workbook as an office keeps it, or a CSV file as Excel saves one."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from asf_analysis.spreadsheets import same_everywhere

REGION = "Region Gävleborg"

Cell = str | int | date | None
Row = dict[str, Cell]

WRITTEN = "2019-01-31T08:00:00Z"
"""When every workbook says that it was written."""

BOLD = Font(bold=True)
TITLE = Font(bold=True, size=14)


@dataclass(frozen=True)
class Table:
    """What one file holds: rows by column name, and how the sheet around them looks.

    `summed` are the columns that the closing row `Totalt` adds up, and none means no such row.
    """

    name: str
    sheet: str
    title: str
    year: int
    rows: list[Row]
    summed: tuple[str, ...] = ()
    merged_title: bool = False
    region: str = REGION


def headings(table: str, year: int, region: str = REGION) -> dict[str, str]:
    """Give the Swedish heading of every column of a table, as the forms of that year had them.

    >>> headings("responses", 2018)["employees_women"], headings("responses", 2019)["employees_women"]
    ('Anställda kvinnor', 'Antal anställda kvinnor')
    """
    definitions = resources.files("asf_analysis") / "definitions" / "columns.csv"
    found: dict[str, tuple[int, str]] = {}
    for line in csv.DictReader(definitions.read_text(encoding="utf-8-sig").splitlines()):
        column, since = line["column"], int(line["since"] or 0)
        newer = column not in found or since > found[column][0]
        if line["table"] == table and since <= year and newer:
            found[column] = (since, line["heading"].format(region=region))
    return {column: heading for column, (_, heading) in found.items()}


def write_csv(path: Path, table: Table, encoding: str) -> None:
    """Write a table as a CSV file row by row, as Excel in Sweden saves one: semicolons, the header first."""
    names = headings(table.name, table.year, table.region)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(names.values())
        writer.writerows([row.get(column) for column in names] for row in table.rows)


def workbook_bytes(table: Table) -> bytes:
    """Write a table as a workbook: title, blank row, header, rows, and `Totalt` where it is asked for."""
    names = headings(table.name, table.year, table.region)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.sheet)
    for place, heading in enumerate(names.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(12, min(len(heading) + 2, 28))
    sheet.append(_styled(sheet, [table.title], TITLE))
    sheet.append([])
    sheet.append(_styled(sheet, list(names.values()), BOLD))
    for row in table.rows:
        sheet.append([row.get(column) for column in names])
    if table.summed:
        sheet.append(_styled(sheet, _total(table, names), BOLD))
    if table.merged_title:
        sheet.merged_cells.add(f"A1:{get_column_letter(min(6, len(names)))}1")
    target = io.BytesIO()
    book.save(target)
    return same_everywhere(target.getvalue(), WRITTEN)


def _styled(sheet: WriteOnlyWorksheet, cells: list[Cell], font: Font) -> list[WriteOnlyCell]:
    styled = [WriteOnlyCell(sheet, value=cell) for cell in cells]
    for cell in styled:
        cell.font = font
    return styled


def _total(table: Table, names: dict[str, str]) -> list[Cell]:
    """Add up each summed column; blank where a cell holds text, as a sum over it would not be right."""
    totals: list[Cell] = ["Totalt"]
    for column in list(names)[1:]:
        cells = [row.get(column) for row in table.rows]
        numbers = [cell for cell in cells if isinstance(cell, int)]
        exact = all(isinstance(cell, int) or cell is None for cell in cells)
        totals.append(sum(numbers) if column in table.summed and exact else None)
    return totals
