"""What may be written in the cells of a prepared workbook, and the help that they show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from asf_analysis.preparation.fields import Field

MOST_PEOPLE, MOST_KRONOR = 9999, 1_000_000_000
"""More is a slip of the keyboard, or a day that a program made of a range such as 2-3."""

LONGEST_NOTE, LONGEST_NOTE_TITLE = 255, 32
"""How long a cell's help and its title may be in the file format."""


def allow(sheet: Worksheet, field: Field, cells: str, places: Mapping[tuple[str, ...], str]) -> None:
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
