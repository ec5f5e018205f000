"""A release: all figures of people that its pages may show, and the sums that hold between them.

Tables that count the same people are linked by having the same figures (`disclosure.figures`), so nothing is
said here of any one table. Figures that no page shows but a reader can reckon by sums (`disclosure.sums`:
employees who are not permanent, those of enterprises that did not close) belong to it too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from asf_analysis.disclosure.figures import TABLE, Cell, Days, Figure, cells_of, figures_told
from asf_analysis.disclosure.limits import Limits, limits_of_rows, limits_of_sizes
from asf_analysis.disclosure.sums import Sum, sums_of, with_those_of_both_days, with_what_can_be_reckoned
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts
from asf_analysis.kpis.groups import PLACE, ROLE, SIZE
from asf_analysis.kpis.holdings import Holdings
from asf_analysis.kpis.people import NOT_STATED
from asf_analysis.kpis.registry import Indicator
from asf_analysis.kpis.results import Results
from asf_analysis.kpis.sizes import SIZES_TABLE
from asf_analysis.kpis.survey import survey_day

EVERYTHING = 100
"""The percent of a figure that one enterprise may hold where an association sets no limit."""

TableId = tuple[str, str]
"""A table of a release: the municipality whose own it is, "" for the county, and its key."""


@dataclass(frozen=True)
class Release:
    """What a release tells of people, before anything is withheld.

    `tables` has each table's cells as figures, but for those that contradict the others, which are named in
    `contradicting`. `amounts` are whole numbers, signed where they are changes; a figure that is missing has
    none. `enterprises` says how many stand behind a figure that a table prints, and `largest` how many of its
    people one enterprise has at most, where the association limits that. `totals` are the figures of KPIs
    that are always told, and `wholes` all grand totals of tables: neither is a breakdown. `empty` are those
    that everybody knows to be of nobody, as in a municipality without an enterprise, and `limits` what
    readers know of others from elsewhere: the least and the most. `printed` are the figures that a table
    prints or a KPI tells, and `days` those that they are of.
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
    limits: Mapping[Figure, Limits]
    days: Days
    contradicting: frozenset[TableId] = frozenset()

    def whole_table(self, name: TableId) -> Figure:
        """Name a table as a figure that is withheld where the table is told by its totals alone."""
        municipality, key = name
        period = self.days.period
        return Figure(f"{period.start} – {period.end}", frozenset({(TABLE, key), (PLACE, municipality)}))

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
        for sizes in [one for one in results.breakdowns if one.key == SIZES_TABLE and not one.internal]:
            release = replace(release, limits={**release.limits, **limits_of_sizes(sizes, days)})
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
        values = with_those_of_both_days(with_what_can_be_reckoned(values), days)
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
            sums=tuple(sums_of(values, days)),
            totals=frozenset(totals) & values.keys(),
            wholes=frozenset(wholes) & values.keys(),
            empty=frozenset(_empty(values, enterprises)),
            printed=frozenset({*printed, *told}) & values.keys(),
            limits=limits_of_rows(values, printed),
            days=days,
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
    """Give all figures of municipalities that had no enterprise, which is told elsewhere and no secret.

    So are those where nobody is, of a row that a municipality's own table then leaves out.
    """
    without = {
        (figure.when, figure.value(PLACE))
        for figure, behind in enterprises.items()
        if figure.dimensions == {ROLE, PLACE} and behind == 0 and values.get(figure) == 0
    }
    for figure, amount in values.items():
        left_out = figure.value(PLACE) and not amount and NOT_STATED in dict(figure.of).values()
        if left_out or (figure.when, figure.value(PLACE)) in without:
            yield figure
