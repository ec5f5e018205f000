"""Figures of people: what a cell of a table, or a KPI, counts, so that two that count the same are one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from asf_analysis.kpis.breakdowns import TOTAL, Breakdown
from asf_analysis.kpis.changes import BASELINE, CLOSED, GROWN, SHRUNK, STARTED
from asf_analysis.kpis.groups import ROLE, Group
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survey import last_day_of_round

COMPONENT, ROUND, TABLE, BOTH_DAYS = "component", "round", "table", "both_days"
"""Dimensions that are no property of people: parts of a change, days, a table that stands alone, and being in
an enterprise that was there on both days of a change."""


@dataclass(frozen=True)
class Figure:
    """A number of people: when it was so, and what the people have in common.

    `when` is a day, a period, or a change between two days; `of` are (dimension, value) pairs.
    """

    when: str
    of: frozenset[tuple[str, str]]

    def within(self, dimension: str, value: str) -> Figure:
        """Give the part of it whose people have a value of a dimension."""
        return Figure(self.when, self.of | {(dimension, value)})

    def value(self, dimension: str) -> str | None:
        """Give its people's value of a dimension; None where they differ."""
        return dict(self.of).get(dimension)

    def without(self, dimension: str) -> Figure:
        """Give all that it is a part of, when a dimension is left out."""
        return Figure(self.when, frozenset(pair for pair in self.of if pair[0] != dimension))

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that everybody knows it may be: who closed has nobody more than before."""
        component = self.value(COMPONENT)
        whole = self.dimensions <= {COMPONENT, ROLE, TABLE}
        if component in (None, STARTED) or (component == GROWN and whole):
            return 0.0, math.inf
        if component == CLOSED or (component == SHRUNK and whole):
            return -math.inf, 0.0
        return -math.inf, math.inf

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that its people are told by."""
        return frozenset(dimension for dimension, _ in self.of)


Cell = tuple[str, str]
"""A cell of a table: its row and its column."""


@dataclass(frozen=True)
class Days:
    """The days that a report tells of: its period, the day it is measured on, and that of its baseline."""

    period: Period
    measured: date

    @property
    def baseline(self) -> date:
        """The last day of the year before."""
        return self.period.before().end

    @property
    def change(self) -> str:
        """What a change from the baseline is called."""
        return f"{self.baseline} – {self.measured}"


def cells_of(breakdown: Breakdown, days: Days) -> dict[Cell, Figure]:
    """Tell which figure each cell of a breakdown of people is.

    A table that does not say whom it counts stands alone: its figures are no other table's.
    """
    alone: Group = ((TABLE, breakdown.key),)
    group = alone if breakdown.whom is None else breakdown.whom
    pairs = zip(breakdown.frame[breakdown.rows], breakdown.frame[breakdown.columns], strict=True)
    return {(row, column): _figure(breakdown, group, row, column, days) for row, column in pairs}


def _figure(breakdown: Breakdown, group: Group, row: str, column: str, days: Days) -> Figure:
    of = {*group, *_told(breakdown.columns, column)}
    if breakdown.rows == ROUND:
        return Figure(str(min(last_day_of_round(row), days.period.end)), frozenset(of))
    if breakdown.rows == COMPONENT:
        if row in (BASELINE, TOTAL):
            return Figure(str(days.baseline if row == BASELINE else days.measured), frozenset(of))
        return Figure(days.change, frozenset(of | {(COMPONENT, row)}))
    when = str(breakdown.on) if breakdown.is_stock else f"{days.period.start} – {days.period.end}"
    return Figure(when, frozenset(of | _told(breakdown.rows, row)))


def _told(dimension: str, value: str) -> set[tuple[str, str]]:
    return set() if value == TOTAL else {(dimension, value)}


def figures_told(outcome: Outcome, days: Days) -> Mapping[str, tuple[Figure, ...]]:
    """Tell which figures a reader learns from each part of an outcome: `baseline`, `result` and `other`."""
    flow = f"{days.period.start} – {days.period.end}"
    measured = str(days.measured) if outcome.kpi.kind == "stock" else flow
    return {
        "baseline": tuple(_named(outcome.kpi.tells, str(days.baseline))),
        "result": tuple(_named(outcome.kpi.tells, measured)),
        "other": tuple(_named(outcome.kpi.other_tells, measured)),
    }


def _named(groups: Iterable[Group], when: str) -> Iterator[Figure]:
    return (Figure(when, frozenset(group)) for group in groups)
