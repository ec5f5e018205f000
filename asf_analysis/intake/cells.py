"""A column's cells as they stand in a file: each distinct one once, and which of them stands in every row.

People repeat themselves: a thousand rows hold a few dozen different answers. What is read, logged or judged
is the distinct cell; the rows only point at it, so that the cost of a column grows with what is different.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from asf_analysis.swedish.numbers import Cell, is_error_value
from asf_analysis.swedish.texts import as_mask, as_texts

BLANK = -1
"""The code of a blank cell."""


@dataclass(frozen=True)
class Broken:
    """A cell whose answer cannot be known: what it shows, why, and how to mend it."""

    shown: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class Shared:
    """A cell that is merged over several rows: what stands in it, and whether this row is its first."""

    cell: Any
    first: bool

    def __str__(self) -> str:
        return cell_text(self.cell)


def failed_formula(shown: str) -> Broken:
    """Give a cell whose formula fails, as Excel shows it."""
    return Broken(
        shown, "Cellens formel ger ett fel, inte ett svar.", "Rätta formeln i filen, eller skriv svaret."
    )


@dataclass(frozen=True, eq=False)
class Distinct:
    """Cells that differ from each other; texts alone stay an array until they are asked for one by one."""

    given: tuple[Any, ...] | pa.StringArray

    def __len__(self) -> int:
        return len(self.given)

    @cached_property
    def cells(self) -> tuple[Any, ...]:
        """The cells themselves."""
        return self.given if isinstance(self.given, tuple) else tuple(self.given.to_pylist())

    @cached_property
    def texts(self) -> pa.StringArray | None:
        """The cells as an array of texts; None where any of them is something else."""
        return as_texts(self.given) if isinstance(self.given, tuple) else self.given

    def matching(self, pattern: str) -> np.ndarray:
        """Tell which cells are texts in which a pattern is found; none where not all are texts."""
        if self.texts is None:
            return np.zeros(len(self), dtype=bool)
        return as_mask(pc.match_substring_regex(self.texts, pattern))

    def where(self, mask: np.ndarray) -> list[tuple[int, Any]]:
        """Give the places of some cells, and the cells."""
        places = np.flatnonzero(mask).tolist()
        if isinstance(self.given, tuple):
            return [(place, self.given[place]) for place in places]
        return list(zip(places, self.given.take(pa.array(places, pa.int64())).to_pylist(), strict=True))

    def show_any_of(self, texts: Collection[str]) -> np.ndarray:
        """Tell which cells show one of some texts."""
        if self.texts is None:
            return np.array([cell_text(cell) in texts for cell in self.cells], dtype=bool)
        return as_mask(pc.is_in(self.texts, value_set=pa.array(sorted(texts), pa.string())))


@dataclass(frozen=True, eq=False)
class Cells:
    """A column's cells: those that differ, and for every row the place of its own among them, or BLANK."""

    codes: np.ndarray
    different: Distinct

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> Cells:
        """Take cells one per row; blank texts are no cells, and a failed formula's text is Broken.

        >>> Cells.of(["Gävle", " ", "Hofors", "Gävle", None]).distinct
        ('Gävle', 'Hofors')
        """
        objects = as_objects(cells)
        codes, distinct = pd.factorize(objects)
        if any(isinstance(cell, int | float) and cell in (0, 1) for cell in distinct) and bool in map(
            type, objects
        ):
            codes, distinct = pd.factorize(as_objects([_shown_truth(cell) for cell in objects]))
        return cls.of_distinct(codes, Distinct(tuple(distinct)))

    @classmethod
    def of_distinct(cls, codes: np.ndarray, different: Distinct) -> Cells:
        """Take rows' codes and distinct cells, some of which may be blank or a failed formula's text."""
        shown = {
            place: (cell, _cell(cell))
            for place, cell in different.where(
                ~different.matching("[A-Za-z0-9]") | different.matching("[#:]")
            )
        }
        if all(now is cell for cell, now in shown.values()):
            return cls(codes.astype(np.int32), different)
        there = np.ones(len(different), dtype=bool)
        there[[place for place, (_, now) in shown.items() if now is None]] = False
        kept = np.append(np.where(there, np.cumsum(there) - 1, BLANK), BLANK).astype(np.int32)
        cells = [*different.cells]
        for place, (_, now) in shown.items():
            cells[place] = now
        return cls(kept[codes], Distinct(tuple(cell for cell in cells if cell is not None)))

    @classmethod
    def blank(cls, rows: int) -> Cells:
        """Give so many blank cells."""
        return cls(np.full(rows, BLANK, dtype=np.int32), Distinct(()))

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def distinct(self) -> tuple[Any, ...]:
        """The cells that differ."""
        return self.different.cells

    @property
    def filled(self) -> np.ndarray:
        """Which rows have something."""
        return self.codes != BLANK

    def at(self, row: int) -> Any:
        """Give the cell of a row, by position; None where it is blank."""
        code = self.codes[row]
        return None if code == BLANK else self.distinct[code]

    def take(self, rows: np.ndarray) -> Cells:
        """Give the cells of some rows, by a mask or by positions."""
        return Cells(self.codes[rows], self.different)

    def replaced(self, row: int, cell: Cell) -> Cells:
        """Give the cells with another one in a row, by position."""
        codes = self.codes.copy()
        codes[row] = BLANK if cell is None else len(self.different)
        return Cells(codes, self.different if cell is None else Distinct((*self.distinct, cell)))

    def blanked(self, rows: np.ndarray) -> Cells:
        """Give the cells without those of some rows, by a mask."""
        return Cells(np.where(rows, np.int32(BLANK), self.codes), self.different)

    def which(self, holds: Callable[[Any], bool]) -> np.ndarray:
        """Tell for every row whether something holds of its cell; it never does of a blank one."""
        return self.spread(np.array([bool(holds(cell)) for cell in self.distinct], dtype=bool))

    def spread(self, of_distinct: np.ndarray) -> np.ndarray:
        """Tell every row what was told of its cell, and nothing of a blank one."""
        return np.append(of_distinct, False)[self.codes]

    def values(self) -> list[Any]:
        """Give the cells, one per row."""
        return [None if code == BLANK else self.distinct[code] for code in self.codes]


def as_objects(values: Sequence[Any]) -> np.ndarray:
    """Give an array of objects, whatever they are; numpy would take tuples apart."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def text_array(texts: Sequence[str | None] | pa.StringArray) -> Any:
    """Give texts as pandas keeps them, ready to be taken by position."""
    kind: Any = pd.StringDtype(na_value=np.nan)
    return kind.__from_arrow__(texts) if isinstance(texts, pa.Array) else pd.array(list(texts), dtype=kind)


def cell_text(cell: Any) -> str:
    """Give what a cell shows, as the log writes it: blank is empty, a date is ISO, a comma marks decimals.

    >>> cell_text(75.0), cell_text(12.5), cell_text(date(2018, 12, 31)), cell_text(None)
    ('75', '12,5', '2018-12-31', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def plain_row(row: Sequence[Any]) -> list[Any]:
    """Give a row's cells by themselves: blank ones None, truth values as Excel shows them, none merged."""
    return [_cell(_shown_truth(cell.cell if isinstance(cell, Shared) else cell)) for cell in row]


def _cell(cell: Any) -> Any:
    if isinstance(cell, Shared) and _cell(cell.cell) is None:
        return None
    if not isinstance(cell, str):
        return cell
    if not cell.strip():
        return None
    if ("#" in cell or ":" in cell) and is_error_value(cell):
        return failed_formula(cell)
    return cell


def _shown_truth(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "SANT" if cell else "FALSKT"
    return cell
