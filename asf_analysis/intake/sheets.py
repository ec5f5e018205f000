"""The table in a sheet: headings and data rows, apart from titles, blanks, repeated headings and sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from asf_analysis.intake.cells import Cells, Distinct, as_objects, cell_text
from asf_analysis.intake.grid import LEAST_KNOWN, Grid
from asf_analysis.swedish.names import fold

SUM_LABELS = frozenset(
    {"totalt", "total", "summa", "summa totalt", "totalsumma", "s:a", "delsumma", "samtliga"}
)


_MAY_BE_SUM = "^[^A-Za-zÅÄÖåäö0-9]*(?i:t|s|d)[^0-9]*$"
"""Holds of every sum's label, and of few other cells."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table as it stands in a file.

    `columns` holds the cells of every heading, by position, and `rows` the true row numbers of them; `sums`
    are the rows that sum the column above, likewise. `repeated` are rows that only repeat the headings.
    """

    file: str
    sheet: str | None
    header_row: int
    headings: tuple[str, ...]
    columns: Mapping[int, Cells]
    rows: np.ndarray
    sums: pd.DataFrame
    repeated: tuple[int, ...]


def cut_sheet(grid: Grid) -> Sheet | None:
    """Cut the table out of a grid; None where no row of it has known headings."""
    if not grid.headings:
        return None
    numbers = np.arange(len(grid.top) + 1, len(grid.top) + 1 + grid.rows_below)
    filled = _any([column.filled for column in grid.columns], grid.rows_below)
    repeated = filled & _repeats(grid)
    sums = filled & ~repeated & _sums(grid)
    kept = filled & ~repeated & ~sums
    return Sheet(
        grid.file,
        grid.sheet,
        len(grid.top),
        (*grid.headings, *[""] * (len(grid.columns) - len(grid.headings))),
        {place: column if kept.all() else column.take(kept) for place, column in enumerate(grid.columns)},
        numbers[kept],
        pd.DataFrame(
            {place: as_objects(column.take(sums).values()) for place, column in enumerate(grid.columns)},
            index=numbers[sums],
        ),
        tuple(int(number) for number in numbers[repeated]),
    )


def _repeats(grid: Grid) -> np.ndarray:
    """Tell which rows hold nothing but headings, each in its own column."""
    written = [grid.headings, *([_texts(row) for row in grid.top[-2:]])]
    others = np.zeros(grid.rows_below, dtype=bool)
    same = np.zeros(grid.rows_below, dtype=int)
    for place, column in enumerate(grid.columns):
        own = {row[place] for row in written if place < len(row) and row[place]}
        heading = column.spread(column.different.show_any_of(own))
        others |= column.filled & ~heading
        same += heading
    return ~others & (same >= LEAST_KNOWN)


def _sums(grid: Grid) -> np.ndarray:
    """Tell which rows sum the column above: their first filled cell says so."""
    found = np.zeros(grid.rows_below, dtype=bool)
    nothing_before = np.ones(grid.rows_below, dtype=bool)
    for column in grid.columns:
        found |= nothing_before & column.spread(_are_sum_labels(column.different))
        nothing_before &= ~column.filled
        if not nothing_before.any():
            break
    return found


def _are_sum_labels(cells: Distinct) -> np.ndarray:
    """Tell which cells label a sum; one by one only those that may."""
    told = np.zeros(len(cells), dtype=bool)
    may_be = cells.matching(_MAY_BE_SUM) | (cells.texts is None)
    told[[place for place, cell in cells.where(may_be) if _is_sum_label(cell)]] = True
    return told


def _is_sum_label(cell: Any) -> bool:
    return isinstance(cell, str) and fold(cell).rstrip(" :") in SUM_LABELS


def _any(masks: list[np.ndarray], rows: int) -> np.ndarray:
    return np.logical_or.reduce(masks) if masks else np.zeros(rows, dtype=bool)


def _texts(row: Any) -> tuple[str, ...]:
    return tuple(cell_text(cell) for cell in row)
