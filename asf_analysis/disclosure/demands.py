"""What must be kept of a release: which figures are primary, how well each is kept, and what it costs.

A count of people below the threshold is primary, in a table or where a reader could work it out: nobody must
be able to exclude that it is nobody, nor that it is the threshold. So is, in a table, one with fewer
enterprises behind it than the association promised, or of which one enterprise has more than it allows. A
withheld figure that a table prints must not be known more closely than by the protection interval either, so
that nothing withheld can be worked out, but that there is nobody: that gives nobody away.

What it costs to withhold a figure is what a reader loses: the people it counts, more where several tables
print it, and far more for the county's margins. Where there is nobody, it costs as much as a count at the
threshold: a zero tells much. The totals of KPIs are always shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array

from asf_analysis.association import Rules
from asf_analysis.disclosure.figures import Figure
from asf_analysis.disclosure.release import Release
from asf_analysis.disclosure.suppression.system import Demand, System
from asf_analysis.kpis.groups import PLACE, ROLE, SEX

WHOLE, MARGIN, COUNTY, PLACES = 1000, 20, 10, 4
"""How many times dearer a figure is than a cell of a municipality's own page: a grand total of the county, a
margin of it, another of its figures, and a municipality's women, men or total."""


def primary_figures(release: Release, rules: Rules) -> dict[Figure, str]:
    """Give the figures that must be withheld, and why: "small", "enterprises" or "largest"."""
    why: dict[Figure, str] = {}
    for figure, value in release.amounts.items():
        behind = release.enterprises.get(figure)
        if figure in release.empty:
            continue
        if value and behind is not None and behind < rules.min_enterprises:
            why[figure] = "enterprises"
        elif 0 < abs(value) < rules.threshold and figure not in release.wholes:
            why[figure] = "small"
        elif figure not in release.wholes and _is_of_one(value, release.largest.get(figure, 0), rules):
            why[figure] = "largest"
    return {figure: reason for figure, reason in why.items() if figure not in told_anyway(release, rules)}


def _is_of_one(value: int, held: int, rules: Rules) -> bool:
    """Whether one enterprise has more of a figure's people than the association allows."""
    return value > 0 and held * 100 > value * rules.largest_percent


def told_anyway(release: Release, rules: Rules) -> frozenset[Figure]:
    """Give the figures that are shown whatever happens: totals of KPIs, and what everybody knows is 0.

    A total with too few enterprises behind it is withheld by the KPI itself.
    """
    enough = {
        figure
        for figure in release.totals
        if release.enterprises.get(figure, rules.min_enterprises) >= rules.min_enterprises
        or not release.amounts[figure]
    }
    return frozenset(enough) | release.empty


def system_of(release: Release) -> tuple[Sequence[Figure], System]:
    """Lay out a release's figures and sums for the optimiser; gives their order too."""
    order = tuple(release.amounts)
    place = {figure: number for number, figure in enumerate(order)}
    entries = [
        (row, place[figure], sign) for row, one in enumerate(release.sums) for figure, sign in one.terms
    ]
    rows, columns, signs = (
        (np.array(part) for part in zip(*entries, strict=True)) if entries else ([], [], [])
    )
    values = np.array([release.amounts[figure] for figure in order], float)
    lower, upper = _bounds(release, order, values)
    return order, System(
        values=values,
        equations=csr_array(
            (np.asarray(signs, float), (rows, columns)), shape=(len(release.sums), len(order))
        ),
        lower=lower,
        upper=upper,
    )


def _bounds(release: Release, order: Sequence[Figure], values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give what everybody knows that figures may be; one that is beyond it, as a *ca*, has no end."""
    told = [release.limits.get(figure, figure.bounds) for figure in order]
    lower, upper = np.array(told, float).reshape(-1, 2).T
    return np.where(values < lower, -np.inf, lower), np.where(values > upper, np.inf, upper)


def demand_of(
    release: Release,
    order: Sequence[Figure],
    rules: Rules,
    hidden: Collection[Figure],
    published: Mapping[Figure, bool],
) -> Demand:
    """Tell what must be kept of each figure, in their order.

    `hidden` are withheld anyway, because every table that prints them is told more coarsely, or an earlier
    edition withheld them; so are figures that no table prints. `published` says of figures in an earlier
    edition whether they were withheld: those that it showed go last.
    """
    primary = primary_figures(release, rules)
    shown = told_anyway(release, rules)
    values = np.array([release.amounts[figure] for figure in order], float)
    small = np.array([primary.get(figure) == "small" for figure in order], bool)
    few = np.array([primary.get(figure) in ("enterprises", "largest") for figure in order], bool)
    low = np.where(
        small, np.where(values < 0, -rules.threshold, 0), np.where(few, values - rules.interval, values)
    )
    high = np.where(
        small, np.where(values > 0, rules.threshold, 0), np.where(few, values + rules.interval, values)
    )
    lower, upper = _bounds(release, order, values)
    low, high = np.maximum(low, lower), np.minimum(high, upper)
    printed = np.array([figure in release.printed for figure in order], bool)
    never = np.array([figure in shown for figure in order], bool)
    return Demand(
        primary=small | few,
        low=low,
        high=high,
        width=np.where(printed & (values != 0), float(rules.interval), 0.0),
        costs=_costs(release, order, rules, published),
        never=never,
        anyway=(np.array([figure in hidden for figure in order], bool) | ~printed) & ~never,
    )


def _costs(
    release: Release, order: Sequence[Figure], rules: Rules, published: Mapping[Figure, bool]
) -> np.ndarray:
    tables = Counter(figure for cells in release.tables.values() for figure in set(cells.values()))
    return np.array([_cost(figure, release, tables[figure], rules, published) for figure in order], float)


def _cost(
    figure: Figure, release: Release, tables: int, rules: Rules, published: Mapping[Figure, bool]
) -> float:
    people = abs(release.amounts[figure]) or rules.threshold
    cost = (1 + people) * _weight(figure, release) * max(tables, 1)
    shown_before = figure in published and not published[figure]
    return float(cost * WHOLE if shown_before else cost)


def _weight(figure: Figure, release: Release) -> int:
    told_by = figure.dimensions - {ROLE}
    if figure in release.wholes:
        return WHOLE
    if PLACE not in told_by:
        return MARGIN if len(told_by) <= 1 else COUNTY
    return PLACES if told_by <= {PLACE, SEX} else 1
