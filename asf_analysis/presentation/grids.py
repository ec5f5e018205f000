"""A breakdown laid out for display: its cells as they may be shown, and what kind of table it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD, PublishedTable, require_table
from asf_analysis.errors import WrongUsage
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.shares import SHARE_BASE
from asf_analysis.presentation.values import MISSING_SIGN, WITHHELD_SIGN, shown_percent
from asf_analysis.swedish.writing import format_number


@dataclass(frozen=True)
class Cell:
    """One figure of a breakdown as it may be shown; `value` is None unless its status is shown."""

    value: int | None
    status: str

    def __str__(self) -> str:
        if self.value is not None:
            return format_number(self.value)
        return WITHHELD_SIGN if self.status == WITHHELD else MISSING_SIGN


@dataclass(frozen=True)
class Grid:
    """A breakdown laid out: the values of its two dimensions in order of display, and its cells.

    A share of fewer than `share_base` is told in counts alone.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    share_base: int = SHARE_BASE

    @classmethod
    def of(cls, table: PublishedTable) -> Grid:
        """Lay out a published table; nothing of a value that is not shown is taken along."""
        require_table(table)
        rows, columns = table.frame[table.rows].astype(str), table.frame[table.columns].astype(str)
        cells = {
            (row, column): _cell(value, status)
            for row, column, value, status in zip(
                rows, columns, table.frame["value"], table.frame["status"], strict=True
            )
        }
        return cls(tuple(dict.fromkeys(rows)), tuple(dict.fromkeys(columns)), cells, table.share_base)

    def cell(self, row: str, column: str) -> Cell:
        """Give one cell; a combination that the table does not hold is missing."""
        return self.cells.get((row, column), Cell(None, MISSING))

    @property
    def body(self) -> tuple[str, ...]:
        """The rows, the total left out."""
        return tuple(row for row in self.rows if row != TOTAL)

    @property
    def parts(self) -> tuple[str, ...]:
        """The columns, the total left out."""
        return tuple(column for column in self.columns if column != TOTAL)

    def holds(self, status: str) -> bool:
        """Whether any cell has a status."""
        return any(cell.status == status for cell in self.cells.values())


def _cell(value: int, status: str) -> Cell:
    if status != SHOWN:
        return Cell(None, status)
    return Cell(None, MISSING) if pd.isna(value) else Cell(int(value), SHOWN)


def people_grid(table: PublishedTable) -> Grid:
    """Lay out a breakdown of people; raises WrongUsage for one that does not tell women and men.

    Changes are no people either: some of them are below 0.
    """
    require_table(table)
    if not tells_share(table):
        raise WrongUsage(f"Tabellen {table.key} är inte uppdelad på kvinnor och män.")
    return Grid.of(table)


def is_by_sex(table: PublishedTable) -> bool:
    """Whether a breakdown tells women, men and total."""
    require_table(table)
    return table.columns == "sex"


def is_signed(table: PublishedTable) -> bool:
    """Whether a breakdown tells changes, which may be below 0."""
    require_table(table)
    return "component" in (table.rows, table.columns)


def tells_share(table: PublishedTable) -> bool:
    """Whether women's share of its rows means something: they are women, men and total, and no changes."""
    require_table(table)
    return is_by_sex(table) and not is_signed(table)


def is_of_last_day(table: PublishedTable) -> bool:
    """Whether a breakdown is of the period's last day alone; else it is of the whole period."""
    require_table(table)
    return not is_signed(table) and table.is_stock


def share_of_women(grid: Grid, row: str) -> int | None:
    """Give women's share of a row in percent, where both figures are shown and enough people are counted.

    The share comes from what is shown alone, so it tells nothing more.
    """
    women, everyone = grid.cell(row, "women").value, grid.cell(row, TOTAL).value
    if women is None or not everyone:
        return None
    percent = shown_percent(Result(women, whole=everyone), share_base=grid.share_base)
    return None if percent is None else int(percent)


def is_row_of_few(grid: Grid, row: str) -> bool:
    """Whether a row shows women and all, but so few people that women's share is not told in percent."""
    women, everyone = grid.cell(row, "women").value, grid.cell(row, TOTAL).value
    return women is not None and bool(everyone) and share_of_women(grid, row) is None
