"""Tables of counts set beside each other as one system: which of their cells are one figure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from asf_analysis.disclosure.own_tables.count_sums import CellSum
from asf_analysis.disclosure.own_tables.counts import Cell, Counts, cells_in, name_cells
from asf_analysis.disclosure.suppression.system import System
from asf_analysis.errors import WrongUsage

Told = frozenset[tuple[str, Hashable]]
"""What a figure counts: a label by each dimension that it is not the total of."""


@dataclass(frozen=True)
class LinkedCounts:
    """Tables whose cells are figures of one system; `figures` says where each stands in it.

    After the figures the system has those gaps of sums that missing cells leave, which are always shown.
    """

    tables: Mapping[str, Counts]
    figures: Mapping[Told, int]
    system: System

    @classmethod
    def of(cls, tables: Mapping[str, tuple[Counts, list[CellSum]]]) -> LinkedCounts:
        """Set tables beside each other. Raises WrongUsage where two tell different numbers of the same."""
        amounts: dict[Told, int] = {}
        for name, (counts, _) in tables.items():
            known = {told(counts, cell): value for cell, value in counts.cells.items() if value is not None}
            odd = [cell for cell in counts.cells if amounts.get(one := told(counts, cell)) != known.get(one)]
            odd = [cell for cell in odd if {told(counts, cell)} <= amounts.keys() & known.keys()]
            if odd:
                raise WrongUsage(f"Tabellen {name!r} säger annat än en annan tabell i {name_cells(odd)}.")
            amounts |= known
        figures = {one: place for place, one in enumerate(amounts)}
        lines = {
            (
                frozenset(
                    [
                        (figures[told(counts, one.whole)], -1),
                        *((figures[told(counts, part)], 1) for part in one.parts),
                    ]
                ),
                one.gap,
            ): None
            for counts, sums in tables.values()
            for one in sums
        }
        return cls(
            {name: counts for name, (counts, _) in tables.items()}, figures, _system(amounts, list(lines))
        )

    def places(self, table: str) -> dict[Cell, int]:
        """Tell where in the system each cell of a table that is not missing stands."""
        counts = self.tables[table]
        return {
            cell: self.figures[told(counts, cell)]
            for cell, value in counts.cells.items()
            if value is not None
        }

    def marked(self, wishes: Mapping[str, pd.DataFrame | pd.Series], what: str) -> np.ndarray:
        """Mark the figures of cells that are True in tables laid out as these are. Raises WrongUsage."""
        marks = np.zeros(len(self.system.values), dtype=bool)
        for name, wish in wishes.items():
            if name not in self.tables:
                raise WrongUsage(f"`{what}` nämner tabellen {name!r}, som inte finns.")
            marks[[*self._wished(name, wish, what)]] = True
        return marks

    def _wished(self, table: str, wish: pd.DataFrame | pd.Series, what: str) -> set[int]:
        counts, places = self.tables[table], self.places(table)
        layout, values = cells_in(wish)
        if set(layout.rows + layout.columns) != set(counts.dimensions) or not all(
            isinstance(value, bool | np.bool_) for value in values.dropna()
        ):
            raise WrongUsage(
                f"`{what}` ska ha tabellens rader och kolumner, och True eller False i varje cell."
            )
        order = [(layout.rows + layout.columns).index(name) for name in counts.dimensions]
        cells = [
            tuple(
                key[place] if key[place] != "" else total
                for place, total in zip(order, counts.totals, strict=True)
            )
            for key, value in zip(values.index, values.fillna(False), strict=True)
            if value
        ]
        strange = [cell for cell in cells if cell not in counts.cells]
        if strange:
            raise WrongUsage(f"`{what}` nämner celler som tabellen inte har: {name_cells(strange)}.")
        return {places[cell] for cell in cells if cell in places}


def told(counts: Counts, cell: Cell) -> Told:
    """Tell what a cell of a table counts."""
    named = zip(counts.dimensions, cell, counts.totals, strict=True)
    return frozenset((dimension, label) for dimension, label, total in named if label != total)


def _system(amounts: Mapping[Told, int], lines: list[tuple[frozenset[tuple[int, int]], int]]) -> System:
    gaps = [gap for _, gap in lines if gap]
    values = np.array([*amounts.values(), *gaps], float)
    entries = [(row, place, sign) for row, (terms, _) in enumerate(lines) for place, sign in sorted(terms)]
    with_gap = [row for row, (_, gap) in enumerate(lines) if gap]
    entries += [(row, len(amounts) + number, 1) for number, row in enumerate(with_gap)]
    rows, columns, signs = np.array(entries, int).reshape(-1, 3).T
    equations = csr_array((signs.astype(float), (rows, columns)), shape=(len(lines), len(values)))
    return System(values, equations, np.zeros(len(values)), np.full(len(values), np.inf))
