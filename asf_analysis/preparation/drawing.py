"""How a workbook to fill in is drawn: locked headings, open cells with help and validation, and a help sheet.

All is laid out so that intake reads the workbook as it stands: one header row, no other column, and a help
sheet of a single column, in which no row can be taken for headings.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from asf_analysis.intake.sources import HELP_SHEET
from asf_analysis.preparation.allowing import allow
from asf_analysis.preparation.fields import Field
from asf_analysis.presentation.palette import BLUE, INK, PAPER, QUIET_INK, STEPS
from asf_analysis.spreadsheets import defused, same_everywhere

FONT, SIZE = "Arial", 11
A4 = 9
"""The paper's number in the file format."""

HEADER_ROW = 4
LAST_ROW = 2000
"""How far down cells can be filled in with help and validation."""

LINE_HEIGHT = 15
"""Points that a line of text takes; rows are made high enough for theirs, as not every program does that."""

HELP_WIDTH, HELP_LETTERS = 70, 96
"""How wide the help sheet is, which a page must hold unshrunk, and how many letters stand on a line of it."""

OWN_WIDTHS = {"name": 36, "round": 12, "activity": 34, "organisation": 34}
WIDTHS = {"text": 24, "number of an enterprise": 18, "count": 13, "kronor": 16, "day": 13}
FORMATS = {"number of an enterprise": "@", "kronor": "#,##0", "day": "yyyy-mm-dd"}
OPEN = Protection(locked=False)
BETWEEN = Border(*[Side("thin", QUIET_INK.removeprefix("#"))] * 4)

Row = Mapping[str, str]
"""What is filled in already, by column."""


@dataclass(frozen=True)
class Book:
    """A workbook to fill in: its sheet, title, how it is filled in, its columns, and the rows that are there.

    `wide` is how many pages it is printed across. `known` are a title and lines for the help sheet alone.
    """

    sheet: str
    title: str
    guide: tuple[str, str]
    fields: tuple[Field, ...]
    rows: tuple[Row, ...] = ()
    wide: int = 1
    known: tuple[str, tuple[str, ...]] = ("", ())
    author: str = ""


def table_workbook(book: Book) -> bytes:
    """Draw a workbook with a row for each thing told; the same book gives the same bytes."""
    workbook, sheet, places = _begin(book)
    for place, field in enumerate(book.fields, start=1):
        letter = get_column_letter(place)
        dimension = sheet.column_dimensions[letter]
        usual = max(WIDTHS[field.kind], min(len(field.heading) // 2 + 4, 24))
        dimension.width = OWN_WIDTHS.get(field.column, usual)
        dimension.protection, dimension.number_format = OPEN, FORMATS.get(field.kind, "General")
        for row in range(1, HEADER_ROW):
            sheet.cell(row, place).font = _font(QUIET_INK)
        _write(sheet.cell(HEADER_ROW, place), field.heading, _font(PAPER, bold=True), wrap=True)
        sheet.cell(HEADER_ROW, place).fill = PatternFill("solid", fgColor=BLUE.removeprefix("#"))
        allow(sheet, field, f"{letter}{HEADER_ROW + 1}:{letter}{LAST_ROW}", places)
    _write_top(sheet, book)
    sheet.row_dimensions[HEADER_ROW].height = 62 if len(book.fields) > 12 else 34
    for number, given in enumerate(book.rows, start=HEADER_ROW + 1):
        for place, field in enumerate(book.fields, start=1):
            if field.column in given:
                _write_open(sheet.cell(number, place), given[field.column], field)
    names = [field.column for field in book.fields]
    held = names.index("municipality") + 1 if book.wide > 1 else 1
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, held + 1).coordinate
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_options.gridLines = True
    if book.wide > 1:
        sheet.print_title_cols = f"A:{get_column_letter(held)}"
    _set_page(sheet, book, "landscape")
    return _saved(workbook)


def form_workbook(book: Book) -> bytes:
    """Draw a form with a question a row and an open cell beside each; the same book gives the same bytes."""
    workbook, sheet, places = _begin(book)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 58, 34
    _write_top(sheet, book)
    given = book.rows[0] if book.rows else {}
    for number, field in enumerate(book.fields, start=HEADER_ROW):
        _write(sheet.cell(number, 1), field.heading, _font(INK, bold=True), wrap=True)
        answer = sheet.cell(number, 2)
        _write_open(answer, given.get(field.column), field)
        answer.fill = PatternFill("solid", fgColor=STEPS[0].removeprefix("#"))
        answer.border = BETWEEN
        sheet.row_dimensions[number].height = LINE_HEIGHT + 5
        allow(sheet, field, answer.coordinate, places)
    sheet.freeze_panes = f"A{HEADER_ROW}"
    _set_page(sheet, book, "portrait")
    return _saved(workbook)


def _begin(book: Book) -> tuple[Workbook, Worksheet, dict[tuple[str, ...], str]]:
    """Start a workbook: its sheet, and the help sheet after it with the places of the lists there."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = book.sheet
    properties = workbook.properties
    properties.creator, properties.title, properties.language = book.author, book.title, "sv-SE"
    return workbook, sheet, _draw_help(workbook.create_sheet(HELP_SHEET), book)


def _draw_help(sheet: Worksheet, book: Book) -> dict[tuple[str, ...], str]:
    """Write the help sheet, one cell a row; gives the place of every list."""
    sheet.column_dimensions["A"].width = HELP_WIDTH
    places = {}
    number = 0

    def write(texts: Iterable[str], font: Font) -> None:
        nonlocal number
        for text in texts:
            number += 1
            _write(sheet.cell(number, 1), text, font, wrap=True)
            lines = len(wrap(text, HELP_LETTERS))
            sheet.row_dimensions[number].height = lines * (LINE_HEIGHT + font.size - SIZE) + 3

    write([f"Hjälp: {book.title}"], _font(BLUE, bold=True, size=16))
    write([*book.guide, *GENERAL], _font(INK))
    number += 1
    write(["Vad som ska stå i varje kolumn"], _font(BLUE, bold=True, size=13))
    write([f"{field.heading} – {field.note}" for field in book.fields], _font(INK))
    if book.known[1]:
        number += 1
        write([book.known[0]], _font(BLUE, bold=True, size=13))
        write(book.known[1], _font(INK))
    for field in book.fields:
        if field.choices and field.choices not in places:
            number += 1
            write([f"Lista: {field.heading}"], _font(BLUE, bold=True, size=13))
            first = number + 1
            write(field.choices, _font(INK))
            places[field.choices] = f"{quote_sheetname(HELP_SHEET)}!$A${first}:$A${number}"
    sheet.protection.sheet = True
    _set_page(sheet, book, "portrait")
    return places


GENERAL = (
    "Lämna cellen tom när svaret inte är känt. Skriv 0 bara när det verkligen är noll.",
    "Är ett antal ungefärligt: skriv ca 75, 60–70 eller minst 7. Då visar rapporten att det är ungefärligt.",
    "Rubrikerna är låsta så att filen kan läsas. Låset har inget lösenord: Granska, Ta bort bladets skydd.",
    "Summor behövs inte; de räknas fram.",
)
"""What holds of every workbook."""


def _write_top(sheet: Worksheet, book: Book) -> None:
    _write(sheet.cell(1, 1), book.title, _font(BLUE, bold=True, size=16))
    for row, text in enumerate(book.guide, start=2):
        _write(sheet.cell(row, 1), text, _font(QUIET_INK))
    sheet.row_dimensions[1].height = 24
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "insertRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)


def _write(cell: Cell, text: str, font: Font, wrap: bool = False) -> None:
    cell.value = defused(text)
    cell.data_type = "s"
    cell.font = font
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)


def _write_open(cell: Cell, text: str | None, field: Field) -> None:
    if text:
        cell.value, cell.data_type = defused(text), "s"
    cell.font, cell.protection = _font(INK), OPEN
    cell.number_format = FORMATS.get(field.kind, "General")
    cell.alignment = Alignment(vertical="top", horizontal="left")


def _font(colour: str, bold: bool = False, size: int = SIZE) -> Font:
    return Font(name=FONT, size=size, bold=bold, color=colour.removeprefix("#"))


def _set_page(sheet: Worksheet, book: Book, orientation: str) -> None:
    sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, orientation
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = (
        book.wide if orientation == "landscape" else 1,
        0,
    )
    sheet.oddHeader.left.text = book.title.replace("&", "&&")
    sheet.oddFooter.right.text = "Sida &P av &N"


def _saved(workbook: Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return same_everywhere(target.getvalue())
