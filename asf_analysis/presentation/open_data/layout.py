"""What a sheet of a workbook is made of, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.presentation.values import StatusMark, decimals_needed

LONGEST_NAME = 31
"""Characters that Excel allows in the name of a sheet."""

LONGEST_HEADING = 255
"""Characters that Excel allows in the heading of a table's column."""


@dataclass(frozen=True)
class Figure:
    """A number and how a spreadsheet writes it (its number format)."""

    value: int | float
    form: str


Content = str | Figure | StatusMark


@dataclass(frozen=True)
class SheetColumn:
    """A column: its heading, its width in characters, and whether it holds figures."""

    heading: str
    width: int
    number: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet of figures: its name, that of its table, its rows, a total row or none, and notes below.

    `second_page` is how many columns a first page takes when it is printed on two; 0 prints all on one.
    """

    name: str
    table: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Content]]
    total: Sequence[Content] = ()
    notes: Sequence[str] = ()
    second_page: int = 0


@dataclass(frozen=True)
class Line:
    """A line of a sheet of text: what it is about and what it says; `sheet` is where it leads."""

    label: str
    text: str
    sheet: str = ""


def amount_form(value: float, approximate: bool = False, decimals: int = 0) -> str:
    """Give the number format of an amount, with as many decimals as a report writes; *ca* where it is so.

    >>> amount_form(1234), amount_form(12.25, approximate=True)
    ('#,##0', '"ca "#,##0.0')
    """
    shown = decimals or decimals_needed(value)
    return f"{_about(approximate)}#,##0{'.' + '0' * shown if shown else ''}"


def percent_form(decimals: int = 0, approximate: bool = False) -> str:
    r"""Give the number format of a share (1 = the whole), written in percent the Swedish way.

    >>> percent_form(), percent_form(1)
    ('0\\ %', '0.0\\ %')
    """
    return f"{_about(approximate)}0{'.' + '0' * decimals if decimals else ''}\\ %"


def _about(approximate: bool) -> str:
    return '"ca "' if approximate else ""


def told_apart(names: Sequence[str], longest: int) -> list[str]:
    """Cut names to a length, and number those that are then the same but for small and capital letters.

    >>> told_apart(["Möte", "möte", "Studiebesök"], longest=6)
    ['Möte', 'möte 2', 'Studie']
    """
    given: list[str] = []
    for name in names:
        number, unique = 1, name[:longest]
        while unique.casefold() in {other.casefold() for other in given}:
            number += 1
            tail = f" {number}"
            unique = f"{name[: longest - len(tail)]}{tail}"
        given.append(unique)
    return given
