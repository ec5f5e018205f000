"""The table in a sheet: headings and data rows, apart from titles, blanks, repeated headings and sums."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from asf_analysis.intake.read import CountKnown, Grid, cell_text, find_header
from asf_analysis.swedish.names import fold

LEAST_KNOWN = 2
"""How many known headings make a row a header row."""

SUM_LABELS = frozenset(
    {"totalt", "total", "summa", "summa totalt", "totalsumma", "s:a", "delsumma", "samtliga"}
)


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file.

    `cells` has a column per heading, by position, and the true row numbers as its index; `sums` likewise,
    for the rows that sum the column above. `repeated` are rows that only repeat the headings.
    """

    file: str
    sheet: str | None
    header_row: int
    headings: tuple[str, ...]
    cells: pd.DataFrame
    sums: pd.DataFrame
    repeated: tuple[int, ...]


def cut_sheet(grid: Grid, count_known: CountKnown) -> Sheet | None:
    """Cut the table out of a grid; None where no row has at least LEAST_KNOWN known headings."""
    header, known = find_header(grid.rows, count_known)
    if known < LEAST_KNOWN:
        return None
    width = max(len(row) for row in grid.rows[header:])
    rows = [[*row, *[None] * (width - len(row))] for row in grid.rows[header:]]
    headings = pd.Series(rows[0], dtype=object)
    numbers = range(header + 2, header + 1 + len(rows))
    below = pd.DataFrame(rows[1:], index=numbers, columns=range(width), dtype=object)
    filled = below[below.notna().any(axis=1)]
    repeated = _repeats(filled, headings)
    sums = _sums(filled) & ~repeated
    return Sheet(
        grid.file,
        grid.sheet,
        header + 1,
        tuple(cell_text(heading) for heading in rows[0]),
        filled[~repeated & ~sums],
        filled[sums],
        tuple(filled.index[repeated]),
    )


def _repeats(cells: pd.DataFrame, headings: pd.Series) -> pd.Series:
    """Tell which rows hold nothing but headings, each in its own column."""
    same = cells.eq(headings)
    return (same | cells.isna()).all(axis=1) & (same.sum(axis=1) >= LEAST_KNOWN)


def _sums(cells: pd.DataFrame) -> pd.Series:
    """Tell which rows sum the column above: their first filled cell says so."""
    found = pd.Series(False, index=cells.index)
    nothing_before = pd.Series(True, index=cells.index)
    for column in cells:
        labels = [cell for cell in cells[column].dropna().unique() if _is_sum_label(cell)]
        found |= nothing_before & cells[column].isin(labels)
        nothing_before &= cells[column].isna()
    return found


def _is_sum_label(cell: object) -> bool:
    return isinstance(cell, str) and fold(cell).rstrip(" :") in SUM_LABELS
