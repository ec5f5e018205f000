"""A release: all figures of people that its pages may show, and the sums that hold between them.

Tables that count the same people are linked by having the same figures (`disclosure.figures`), so nothing is
said here of any one table. Sums are found, not listed: a figure is the sum of its parts by a dimension
wherever the parts are there and add up. Figures that no page shows but a reader can work out from those that
are (employees who are not permanent, those of enterprises that did not close) belong to it too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

import pandas as pd

from asf_analysis.disclosure.figures import BOTH_DAYS, COMPONENT, Cell, Days, Figure, cells_of, figures_told
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts
from asf_analysis.kpis.changes import CLOSED, STARTED
from asf_analysis.kpis.groups import PARTS, PLACE, ROLE, SIZE
from asf_analysis.kpis.holdings import Holdings
from asf_analysis.kpis.registry import Indicator
from asf_analysis.kpis.results import Results
from asf_analysis.kpis.survey import survey_day

EVERYTHING = 100
"""The percent of a figure that one enterprise may hold where an association sets no limit."""

LEAVING: dict[str | None, tuple[int, bool]] = {CLOSED: (-1, True), STARTED: (1, False)}
"""The components of a change that are all of an enterprise: their sign, and whether they leave the first day."""

TableId = tuple[str, str]
"""A table of a release: the municipality whose own it is, "" for the county, and its key."""


@dataclass(frozen=True)
class Sum:
    """A sum that every reader knows: each figure with its sign, 0 together."""

    terms: tuple[tuple[Figure, int], ...]

    @classmethod
    def of(cls, whole: Figure, parts: Iterable[Figure]) -> Sum:
        """Give the sum of a whole's parts."""
        return cls(((whole, -1), *((part, 1) for part in parts)))


@dataclass(frozen=True)
class Release:
    """What a release tells of people, before anything is withheld.

    `tables` has each table's cells as figures, but for those that contradict the others, which are named in
    `contradicting`. `amounts` are whole numbers, signed where they are changes; a figure that is missing has
    none. `enterprises` says how many stand behind a figure that a table prints, and `largest` how many of its
    people one enterprise has at most, where the association limits that. `totals` are the figures of
    KPIs that are always told, and `wholes` all grand totals of tables: neither is a breakdown. `empty` are
    those of municipalities where everybody knows that there is no enterprise. `printed` are the figures
    that a table prints or a KPI tells.
    """

    tables: Mapping[TableId, Mapping[Cell, Figure]]
    amounts: Mapping[Figure, int]
    enterprises: Mapping[Figure, int]
    largest: Mapping[Figure, int]
    sums: tuple[Sum, ...]
    totals: frozenset[Figure]
    wholes: frozenset[Figure]
    empty: frozenset[Figure]
    printed: frozenset[Figure]
    contradicting: frozenset[TableId] = frozenset()

    def by_enterprise(self) -> Iterator[tuple[Figure, list[Figure]]]:
        """Give each sum by municipality or size, which every enterprise is in one part of: whole, parts."""
        for one in self.sums:
            (whole, _), *terms = one.terms
            parts = [figure for figure, _ in terms]
            by = {dimension for part in parts for dimension in part.dimensions - whole.dimensions}
            if by in ({PLACE}, {SIZE}) and all(part in self.enterprises for part in parts):
                yield whole, parts

    @classmethod
    def of(cls, results: Results) -> Release:
        """Gather what the pages of a period tell of people, those of each municipality included."""
        days = days_of(results)
        county = {("", one.key): one for one in results.breakdowns}
        told: set[Figure] = set()
        totals: set[Figure] = set()
        for outcome in (*results.outcomes, *results.indicators):
            figures = figures_told(outcome, days)
            told.update(*figures.values())
            if not isinstance(outcome.kpi, Indicator):
                totals.update(figures["baseline"], figures["result"])
        release = cls.of_tables({**county, **results.splits}, days, totals, told)
        if results.association.rules.largest_percent == EVERYTHING:
            return release
        return replace(release, largest=_largest(release, results, days))

    @classmethod
    def of_one(cls, breakdown: Breakdown, days: Days) -> Release:
        """Take one table as if it were the only one."""
        return cls.of_tables({("", breakdown.key): breakdown}, days)

    @classmethod
    def of_tables(
        cls,
        breakdowns: Mapping[TableId, Breakdown],
        days: Days,
        totals: Collection[Figure] = (),
        told: Collection[Figure] = (),
    ) -> Release:
        """Link the tables of people that are no internal ones; `totals` and `told` are figures of KPIs.

        A table that tells another number of the same people than those before it contradicts them.
        """
        tables: dict[TableId, Mapping[Cell, Figure]] = {}
        values: dict[Figure, int] = {}
        enterprises: dict[Figure, int] = {}
        largest: dict[Figure, int] = {}
        contradicting = set()
        for name, breakdown in breakdowns.items():
            if not breakdown.people or breakdown.internal:
                continue
            cells = cells_of(breakdown, days)
            amounts = dict(zip(cells.values(), breakdown.frame["amount"], strict=True))
            known = {figure: int(amount) for figure, amount in amounts.items() if not pd.isna(amount)}
            if any(values.get(figure, amount) != amount for figure, amount in known.items()):
                contradicting.add(name)
                continue
            tables[name] = cells
            values |= known
            for figure, behind in zip(cells.values(), breakdown.frame["enterprises"], strict=True):
                enterprises[figure] = min(enterprises.get(figure, int(behind)), int(behind))
            if "largest" in breakdown.frame:
                largest |= dict(zip(cells.values(), breakdown.frame["largest"].astype(int), strict=True))
        printed = {figure for cells in tables.values() for figure in cells.values()}
        values = _with_those_of_both_days(_with_what_can_be_reckoned(values), days)
        wholes = {
            cells[TOTAL, TOTAL]
            for (municipality, _), cells in tables.items()
            if not municipality and (TOTAL, TOTAL) in cells
        }
        return cls(
            tables=tables,
            amounts=values,
            enterprises=enterprises,
            largest=largest,
            sums=tuple(_sums(values, days)),
            totals=frozenset(totals) & values.keys(),
            wholes=frozenset(wholes) & values.keys(),
            empty=frozenset(_empty(values, enterprises)),
            printed=frozenset({*printed, *told}) & values.keys(),
            contradicting=frozenset(contradicting),
        )


def days_of(results: Results) -> Days:
    """Tell which days a period's results tell of."""
    return Days(results.period, survey_day(results.tables.responses, results.period))


def _largest(release: Release, results: Results, days: Days) -> dict[Figure, int]:
    """Give how many people of each figure of the day one enterprise has at most, where that is known."""
    holdings = Holdings(Facts(results.tables, results.association, results.period))
    asked = {
        figure: holdings.largest(dict(figure.of))
        for figure in release.amounts
        if figure.when == str(days.measured)
    }
    return {figure: held for figure, held in asked.items() if held is not None}


def _empty(values: Mapping[Figure, int], enterprises: Mapping[Figure, int]) -> Iterator[Figure]:
    """Give all figures of municipalities that had no enterprise, which is told elsewhere and no secret."""
    without = {
        (figure.when, figure.value(PLACE))
        for figure, behind in enterprises.items()
        if figure.dimensions == {ROLE, PLACE} and behind == 0 and values.get(figure) == 0
    }
    yield from (figure for figure in values if (figure.when, figure.value(PLACE)) in without)


def _with_what_can_be_reckoned(values: Mapping[Figure, int]) -> dict[Figure, int]:
    """Add the figures that are others together, or what is left of them: a reader can reckon those."""
    known = dict(values)
    for dimension, nodes in PARTS.items():
        for node, names in nodes.items():
            for figure in [one for one in known if one.value(dimension) in (node, *names)]:
                around = figure.without(dimension)
                whole, parts = (
                    around.within(dimension, node),
                    [around.within(dimension, one) for one in names],
                )
                told = [part for part in parts if part in known]
                if whole not in known:
                    known[whole] = sum(known[part] for part in told)
                elif told and len(told) == len(parts) - 1 and _splits(around):
                    [left] = set(parts) - set(told)
                    known[left] = known[whole] - sum(known[part] for part in told)
    return known


def _with_those_of_both_days(values: Mapping[Figure, int], days: Days) -> dict[Figure, int]:
    """Add the people of enterprises that were there on both days of a change: everybody knows they are no less
    than nobody, so that no more closed than there were.
    """
    remaining = {}
    for figure in values:
        if figure.value(COMPONENT) in LEAVING:
            one = _leaving(figure, days)
            (end, _), (both, _), (_, sign) = one.terms
            if end in values:
                remaining[both] = values[end] - sign * values[figure]
    return {**values, **remaining}


def _leaving(figure: Figure, days: Days) -> Sum:
    """Give the sum of those of both days and those who closed or started: all on the first or the last day."""
    sign, first = LEAVING[figure.value(COMPONENT) or ""]
    end = Figure(str(days.baseline if first else days.measured), figure.without(COMPONENT).of)
    return Sum(((end, -1), (end.within(BOTH_DAYS, "yes"), 1), (figure, sign)))


def _splits(figure: Figure) -> bool:
    """Whether the people of a figure are known to be made of their parts.

    An enterprise may have grown in employees and not in permanent ones, so those parts of a change are not.
    """
    return figure.value(COMPONENT) in (None, STARTED, CLOSED)


def _sums(values: Mapping[Figure, int], days: Days) -> Iterator[Sum]:
    """Find every figure that is the sum of its parts by a dimension, and every change from day to day.

    What the parts do not add up to, because an answer is missing or others contradict it, is no sum.
    """
    parts: dict[tuple[Figure, str], dict[str, Figure]] = defaultdict(dict)
    for figure in values:
        for dimension, value in sorted(figure.of):
            parts[figure.without(dimension), dimension][value] = figure
    candidates = (
        one
        for (around, dimension), named in parts.items()
        for one in _candidates(around, dimension, named, days)
    )
    leaving = (_leaving(figure, days) for figure in values if figure.value(COMPONENT) in LEAVING)
    for one in chain(candidates, leaving):
        known = all(figure in values for figure, _ in one.terms)
        if known and sum(values[figure] * sign for figure, sign in one.terms) == 0:
            yield one


def _candidates(around: Figure, dimension: str, named: Mapping[str, Figure], days: Days) -> Iterator[Sum]:
    """Give the sums that may hold of figures that differ by one dimension alone."""
    if dimension == BOTH_DAYS:
        return
    if dimension == COMPONENT:
        before, after = (Figure(str(day), around.of) for day in (days.baseline, days.measured))
        yield Sum.of(after, [before, *named.values()])
        return
    nodes = {node: names for node, names in PARTS.get(dimension, {}).items() if node in named}
    for node, names in nodes.items():
        yield Sum.of(named[node], [named[name] for name in names if name in named])
    inside = {name for names in nodes.values() for name in names}
    yield Sum.of(around, [figure for value, figure in named.items() if value not in inside])
