"""How a workbook to fill in is drawn: locked headings, open cells with help and validation, and a help sheet.

All is laid out so that intake reads the workbook as it stands: one header row, no other column, and a help
sheet of a single column, in which no row can be taken for headings.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from asf_analysis.intake.sources import HELP_SHEET
from asf_analysis.preparation.fields import Field
from asf_analysis.presentation.palette import BLUE, INK, PAPER, QUIET_INK, STEPS
from asf_analysis.spreadsheets import defused, same_everywhere

FONT = "Arial"
A4 = 9
"""The paper's number in the file format."""

HEADER_ROW = 4
LAST_ROW = 2000
"""How far down cells can be filled in with help and validation."""

MOST_PEOPLE, MOST_KRONOR = 9999, 1_000_000_000
"""More is a slip of the keyboard, or a day that a program made of a range such as 2-3."""

LONGEST_NOTE, LONGEST_NOTE_TITLE = 255, 32
"""How long a cell's help and its title may be in the file format."""

WIDTHS = {"text": 24, "number of an enterprise": 18, "count": 13, "kronor": 16, "day": 13}
FORMATS = {"number of an enterprise": "@", "kronor": "#,##0", "day": "yyyy-mm-dd"}
OPEN = Protection(locked=False)

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
        dimension.width = max(WIDTHS[field.kind], min(len(field.heading) // 2 + 4, 24))
        dimension.protection, dimension.number_format = OPEN, FORMATS.get(field.kind, "General")
        for row in range(1, HEADER_ROW):
            sheet.cell(row, place).font = _font(QUIET_INK)
        _write(sheet.cell(HEADER_ROW, place), field.heading, _font(PAPER, bold=True), wrap=True)
        sheet.cell(HEADER_ROW, place).fill = PatternFill("solid", fgColor=BLUE.removeprefix("#"))
        _allow(sheet, field, f"{letter}{HEADER_ROW + 1}:{letter}{LAST_ROW}", places)
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
        _allow(sheet, field, answer.coordinate, places)
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
    sheet.column_dimensions["A"].width = 110
    places = {}
    number = 0

    def write(texts: Iterable[str], font: Font) -> None:
        nonlocal number
        for text in texts:
            number += 1
            _write(sheet.cell(number, 1), text, font, wrap=True)

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


def _allow(sheet: Worksheet, field: Field, cells: str, places: Mapping[tuple[str, ...], str]) -> None:
    """Give cells their help, their list, and what may be written in them."""
    rule = _rule(field, places)
    rule.allow_blank = True
    rule.promptTitle, rule.prompt = field.heading[:LONGEST_NOTE_TITLE], field.note[:LONGEST_NOTE]
    rule.showInputMessage = True
    rule.add(cells)
    sheet.add_data_validation(rule)


def _rule(field: Field, places: Mapping[tuple[str, ...], str]) -> DataValidation:
    if field.choices:
        told = DataValidation("list", formula1=places[field.choices])
        if not field.binding:
            return told
        return _refusing(told, "stop", "Välj i listan", f"{field.heading}: välj något av det som listan har.")
    if field.kind == "day":
        told = DataValidation(
            "date", operator="between", formula1=_serial(field.first), formula2=_serial(field.last)
        )
        year = field.first.year if field.first.year == field.last.year else None
        within = f" Dagen ska ligga i {year}." if year else ""
        example = f"{year or 2018}-03-01"
        return _refusing(told, "stop", "Skriv ett datum", f"Skriv dagen som {example}.{within}")
    if field.kind in ("count", "kronor"):
        most = MOST_PEOPLE if field.kind == "count" else MOST_KRONOR
        told = DataValidation("whole", operator="between", formula1="0", formula2=str(most))
        return _refusing(told, "warning", "Inget heltal", _NOT_WHOLE[field.kind])
    return DataValidation(None)


_NOT_WHOLE = {
    "count": "Skriv ett heltal, 0 eller mer. Är det ungefärligt går det att skriva ca 75: svara då Ja. "
    "Är det inte känt: lämna cellen tom.",
    "kronor": "Skriv beloppet i hela kronor, 0 eller mer, utan kr. Är det inte känt: lämna cellen tom.",
}


def _refusing(rule: DataValidation, style: str, title: str, text: str) -> DataValidation:
    rule.errorStyle, rule.errorTitle, rule.error = style, title, text[:LONGEST_NOTE]
    rule.showErrorMessage = True
    return rule


def _serial(day: date) -> str:
    """Write a day as a workbook counts it, which is understood whatever language the program speaks.

    >>> _serial(date(2018, 12, 31))
    '43465'
    """
    return str(int(to_excel(day)))


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


def _font(colour: str, bold: bool = False, size: int = 11) -> Font:
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
