"""How a sheet of a workbook is drawn: headings, figures, totals and notes that anyone can read and sort.

The heading stands in row 1 and the figures below it are a table by name, so that a screen reader finds its
headings and Excel can filter and sort it; the total stands just below the table, where sorting leaves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from asf_analysis.presentation.block import legible
from asf_analysis.presentation.open_data.layout import (
    LONGEST_HEADING,
    Content,
    Figure,
    Line,
    Sheet,
    SheetColumn,
    told_apart,
)
from asf_analysis.presentation.palette import BLUE, GRID, INK, PAPER, STATUS_INK
from asf_analysis.presentation.values import NOTHING_SIGN, StatusMark
from asf_analysis.spreadsheets import defused

FONT = "Arial"
A4 = 9
"""The paper's number in the file format."""

LINE_HEIGHT = 15
"""Points that a line of text takes; rows are made high enough for theirs, as not every program does that."""

LETTERS = 1.1
"""How many letters stand, on average, in the width of a digit, which widths of columns are told in."""

TEXT_WIDTHS = (30, 92)
"""Characters that the two columns of a sheet of text hold."""

THIN, STRONG = Side("thin", GRID.removeprefix("#")), Side("medium", BLUE.removeprefix("#"))
TOP = Alignment(vertical="top")
UNDER_A_ROW, AROUND_A_TOTAL = Border(bottom=THIN), Border(top=STRONG, bottom=THIN)


def draw_sheet(book: Workbook, sheet: Sheet, header: str, footer: str) -> None:
    """Add a sheet of figures; `header` and `footer` stand on every printed page."""
    drawn = book.create_sheet(sheet.name)
    headings = told_apart([_heading(column.heading) for column in sheet.columns], LONGEST_HEADING)
    for place, (column, heading) in enumerate(zip(sheet.columns, headings, strict=True), start=1):
        drawn.column_dimensions[get_column_letter(place)].width = column.width
        cell, align = drawn.cell(1, place), _alignment(column.number, wrap_text=True)
        _write_text(cell, heading, _font(PAPER, bold=True), align)
        cell.fill = PatternFill("solid", fgColor=BLUE.removeprefix("#"))
    # Excel's filter buttons stand at the foot of the headings, on a line of their own.
    _fit_height(drawn, 1, headings, [column.width for column in sheet.columns], more=1)
    for number, row in enumerate(sheet.rows, start=2):
        _write_row(drawn, number, row, sheet.columns)
    last = 1 + len(sheet.rows)
    if sheet.rows:
        reach = f"A1:{get_column_letter(len(sheet.columns))}{last}"
        drawn.add_table(Table(displayName=sheet.table, ref=reach))
    if sheet.total:
        last += 1
        _write_row(drawn, last, sheet.total, sheet.columns, total=True)
    for number, note in enumerate(sheet.notes, start=last + 2):
        _write_text(drawn.cell(number, 1), note, _font(INK, size=10))
    drawn.freeze_panes = "B2"
    drawn.print_title_rows, drawn.print_title_cols = "1:1", "A:A"
    _set_page(drawn, header, footer, "landscape")
    if sheet.second_page:
        drawn.sheet_properties.pageSetUpPr.fitToPage = False
        drawn.page_setup.scale = 56
        drawn.col_breaks.append(Break(id=sheet.second_page))


def draw_text(
    book: Workbook, name: str, title: str, parts: Sequence[tuple[str, Sequence[Line]]], footer: str
) -> None:
    """Add a sheet of text: its title and its parts, each a heading (or none) and lines of two columns."""
    drawn = book.create_sheet(name)
    drawn.column_dimensions["A"].width, drawn.column_dimensions["B"].width = TEXT_WIDTHS
    _write_text(drawn.cell(1, 1), title, _font(BLUE, bold=True, size=18))
    drawn.row_dimensions[1].height = 2 * LINE_HEIGHT
    number = 2
    for heading, lines in parts:
        if heading:
            drawn.row_dimensions[number].height = 2.5 * LINE_HEIGHT
            middle = Alignment(vertical="center")
            _write_text(drawn.cell(number, 1), heading, _font(BLUE, bold=True, size=13), middle)
            number += 1
        for line in lines:
            _write_line(drawn, number, line)
            number += 1
    _set_page(drawn, title, footer, "portrait")


def _write_text(cell: Cell, text: str, font: Font, align: Alignment | None = None) -> Cell:
    """Write a text that stays a text, whatever it begins with, and give the cell."""
    cell.value = defused(legible(text))
    # openpyxl takes "#REF!" for an error's value.
    cell.data_type = "s"
    cell.font = font
    cell.alignment = align or TOP
    return cell


def _heading(text: str) -> str:
    return " ".join(legible(text).split()) or NOTHING_SIGN


def _write_row(
    sheet: Worksheet,
    number: int,
    row: Sequence[Content],
    columns: Sequence[SheetColumn],
    total: bool = False,
) -> None:
    for place, (content, column) in enumerate(zip(row, columns, strict=True), start=1):
        cell = sheet.cell(number, place)
        font = _font(INK, bold=total or place == 1)
        align = _alignment(column.number, wrap_text=not column.number)
        if isinstance(content, Figure):
            cell.value, cell.number_format = content.value, content.form
            cell.font, cell.alignment = font, align
        elif isinstance(content, StatusMark):
            _write_text(cell, str(content), _font(STATUS_INK[content.css], bold=True), align)
        else:
            _write_text(cell, content, font, align)
        cell.border = AROUND_A_TOTAL if total else UNDER_A_ROW
    texts = [content if isinstance(content, str) else "" for content in row]
    _fit_height(sheet, number, texts, [column.width for column in columns])


def _write_line(sheet: Worksheet, number: int, line: Line) -> None:
    top = Alignment(vertical="top", wrap_text=True)
    label = _write_text(sheet.cell(number, 1), line.label, _font(INK, bold=True), top)
    _write_text(sheet.cell(number, 2), line.text, _font(INK), top)
    if line.sheet:
        label.hyperlink = Hyperlink(ref=label.coordinate, location=f"'{line.sheet}'!A1")
        label.font = _font(BLUE, bold=True, underline="single")
    _fit_height(sheet, number, [line.label, line.text], TEXT_WIDTHS)


def _fit_height(
    sheet: Worksheet, number: int, texts: Sequence[str], widths: Sequence[int], more: int = 0
) -> None:
    """Make a row as high as the longest of its texts needs within its column's width, and some lines more."""
    lines = [len(wrap(text, int(width * LETTERS))) for text, width in zip(texts, widths, strict=True)]
    sheet.row_dimensions[number].height = LINE_HEIGHT * (max(1, *lines) + more) + 3


@cache
def _font(colour: str, bold: bool = False, size: int = 11, underline: str | None = None) -> Font:
    """Give a font; the same object again where it is the same, which openpyxl finds several times as fast."""
    return Font(name=FONT, size=size, bold=bold, underline=underline, color=colour.removeprefix("#"))


@cache
def _alignment(number: bool, wrap_text: bool) -> Alignment:
    """Set figures to the right, and texts to the left, with a space from the figures before them."""
    side, indent = ("right", 0) if number else ("left", 1)
    return Alignment(horizontal=side, vertical="top", indent=indent, wrap_text=wrap_text)


def _set_page(sheet: Worksheet, header: str, footer: str, orientation: str) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, orientation
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.oddHeader.left.text = _printable(header)
    sheet.oddFooter.left.text = _printable(footer) or None
    sheet.oddFooter.right.text = "Sida &P av &N"


def _printable(text: str) -> str:
    """Keep a text for the head of a page short, and its ampersands from being taken for codes."""
    return legible(text)[:100].replace("&", "&&")
