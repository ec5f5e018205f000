"""Which figures of a release are withheld: the cheapest safe pattern, in tables that are worth reading."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from asf_analysis.association import Rules
from asf_analysis.disclosure.demands import demand_of, primary_figures, system_of
from asf_analysis.disclosure.figures import Cell, Figure
from asf_analysis.disclosure.release import Release, TableId
from asf_analysis.disclosure.suppression.cheapest import Learnt, cheapest_pattern, exposed
from asf_analysis.disclosure.suppression.system import Pattern
from asf_analysis.kpis.breakdowns import TOTAL

SMALL, FEW, LARGEST, COARSE, SECONDARY = "small", "enterprises", "largest", "coarse", "secondary"
"""Why a cell is withheld: it is small, too few enterprises stand behind it, one of them has too much of it,
its table is told by its totals alone, or it would give another cell away."""


@dataclass(frozen=True)
class Choice:
    """What is withheld of a release, and why.

    `withheld` are the figures that no page shows, with their reason; figures that no page prints anyway are
    not among them. `coarse` are the tables that are told by their totals alone, because more than half of
    their cells would have gone; an inner cell of them that another table shows is shown there too. `limited`
    are figures that what is always told leaves less well kept.
    """

    release: Release
    withheld: Mapping[Figure, str]
    coarse: frozenset[TableId] = frozenset()
    limited: frozenset[Figure] = frozenset()
    cost: float = 0.0
    bound: float = 0.0

    def hides(self, figure: Figure) -> bool:
        """Whether a figure is withheld."""
        return figure in self.withheld

    def reasons(self, table: TableId) -> dict[Cell, str]:
        """Give the withheld cells of a table, each with its reason; one that is missing is not withheld."""
        return {
            cell: self.withheld[figure]
            for cell, figure in self.release.tables.get(table, {}).items()
            if figure in self.withheld and figure in self.release.amounts
        }

    def only_totals(self, table: TableId) -> bool:
        """Whether a table shows nobody but in its totals, because more than half of it would have gone."""
        cells = self.release.tables.get(table, {}).items()
        told = (figure for cell, figure in cells if is_inner(cell) and figure in self.release.amounts)
        return table in self.coarse and all(self.hides(one) or one in self.release.empty for one in told)


def is_inner(cell: Cell) -> bool:
    """Whether a cell is no margin of its table."""
    return TOTAL not in cell


def choose(release: Release, rules: Rules, published: Mapping[Figure, bool] | None = None) -> Choice:
    """Choose what to withhold: all tables together, and coarser ones where more than half would go.

    `published` says of the figures of an earlier edition whether they were withheld. Those stay withheld, or
    the two editions together would tell them, and what it showed is withheld last. So it is with tables that
    it told by their totals alone.
    """
    published = published or {}
    primary = primary_figures(release, rules)
    coarse = _more_than_half(release, primary, frozenset())
    coarse |= {name for name in release.tables if published.get(release.whole_table(name), False)}
    together: frozenset[Figure] = frozenset()
    learnt = Learnt()
    while True:
        hidden = hidden_by(release, coarse)
        pattern, order = _pattern(release, rules, hidden | together, published, learnt)
        withheld = {
            figure: primary.get(figure, SECONDARY)
            for figure, gone in zip(order, pattern.withheld, strict=True)
            if gone and figure in release.printed
        }
        more, others = _more_than_half(release, withheld, coarse), _too_few_together(release, rules, withheld)
        if not more and others <= together:  # one that is always told cannot be withheld with the others
            break
        coarse, together = coarse | more, together | others
    return Choice(
        release=release,
        withheld={
            figure: COARSE if figure in hidden and reason == SECONDARY else reason
            for figure, reason in withheld.items()
        },
        coarse=coarse,
        limited=frozenset(figure for figure, less in zip(order, pattern.limited, strict=True) if less),
        cost=pattern.cost,
        bound=pattern.bound,
    )


def _pattern(
    release: Release,
    rules: Rules,
    hidden: Collection[Figure],
    published: Mapping[Figure, bool],
    learnt: Learnt,
) -> tuple[Pattern, Sequence[Figure]]:
    """Find the cheapest pattern that hides some figures, or take the published one where it holds."""
    order, system = system_of(release)
    stay = {figure for figure, withheld in published.items() if withheld}
    demand = demand_of(release, order, rules, stay.union(hidden), published)
    kept = (demand.primary | demand.anyway) & ~demand.never
    if published and not exposed(system, demand, kept).any():
        cost = float(demand.costs[kept & ~demand.anyway].sum())
        return Pattern(kept, cost, cost, np.zeros(len(order), bool)), order
    return cheapest_pattern(system, demand, learnt=learnt), order


def hidden_by(release: Release, coarse: Collection[TableId]) -> frozenset[Figure]:
    """Give the inner figures of coarse tables that no other table shows."""
    inside: set[Figure] = set()
    outside: set[Figure] = set(release.totals)
    for name, cells in release.tables.items():
        for cell, figure in cells.items():
            (inside if name in coarse and is_inner(cell) else outside).add(figure)
    return frozenset((inside - outside) & release.amounts.keys()) - release.empty


def _more_than_half(
    release: Release, withheld: Collection[Figure], coarse: Collection[TableId]
) -> frozenset[TableId]:
    """Name the tables that have totals to tell, and of which more than half of the inner cells go."""
    found = set()
    for name, cells in release.tables.items():
        inner = [
            figure
            for cell, figure in cells.items()
            if is_inner(cell) and figure in release.amounts and figure not in release.empty
        ]
        gone = sum(figure in withheld for figure in inner)
        if name not in coarse and 2 * gone > len(inner) and any(TOTAL in cell for cell in cells):
            found.add(name)
    return frozenset(found)


def _too_few_together(release: Release, rules: Rules, withheld: Collection[Figure]) -> frozenset[Figure]:
    """Choose what else to withhold where what is withheld of a shown sum has too few enterprises together.

    The smallest other part of each such sum, by municipality or size, where every enterprise has one.
    """
    chosen = set()
    for whole, parts in release.by_enterprise():
        gone = [part for part in parts if part in withheld]
        behind = sum(release.enterprises[part] for part in gone)
        people = sum(abs(release.amounts[part]) for part in gone)
        others = [part for part in parts if part not in withheld and release.amounts[part]]
        if whole not in withheld and people and behind < rules.min_enterprises and others:
            chosen.add(min(others, key=lambda part: (abs(release.amounts[part]), sorted(part.of))))
    return frozenset(chosen)
