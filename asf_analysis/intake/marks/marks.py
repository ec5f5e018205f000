"""What is found of one sheet, whatever kind of file it is in."""

from __future__ import annotations

from dataclasses import dataclass, field

from asf_analysis.intake.cells import Broken

MAX_CELLS = 8_000_000
"""How many cells a sheet may span, from its first to its last filled row and column."""

Place = tuple[int, int]
"""A cell's row and column; the first are 0."""


class TooLarge(ValueError):
    """A workbook that would not fit in memory; the text is Swedish."""


class Protected(ValueError):
    """A workbook that a password protects."""


@dataclass
class Marks:
    """What a sheet says beside its cells.

    `rows` and `columns` are how many it spans, counted from the first; `merged` are its merged ranges, from
    their first cell to their last, where the reader of cells does not tell them.
    """

    rows: int = 0
    columns: int = 0
    broken: dict[Place, Broken] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """How many cells the sheet spans."""
        return self.rows * self.columns

    def reach(self, row: int, column: int) -> None:
        """Let the sheet span a cell."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


def uncounted_formula() -> Broken:
    """Give a formula that was never counted, so that the file holds no answer for it."""
    return Broken(
        "(formel utan värde)",
        "Cellens formel är aldrig uträknad, så filen saknar svaret.",
        "Öppna filen i Excel eller LibreOffice, spara den och kör igen, eller skriv svaret.",
    )
