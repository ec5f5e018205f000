"""How well forecasts would have hit: made anew at every month's end of the years whose result is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from asf_analysis.kpis.forecast import Forecast, Pace, forecast_flow, forecast_stock, month_ends, same_day
from asf_analysis.kpis.registry import NOT_KNOWN, Kpi, Result

COLUMNS = {
    "kpi": "str",
    "day": "datetime64[us]",
    "known": "Float64",
    "forecast": "Int64",
    "low": "Int64",
    "high": "Int64",
    "outcome": "Float64",
    "within": "boolean",
}


@dataclass(frozen=True)
class Course:
    """A KPI over the years: its figure at the end of each, and on days within them.

    `started_on` is the effort's first day: a flow of the year in which it lies is no measure of pace for a
    whole year.
    """

    kpi: Kpi
    year_ends: Mapping[int, Result]
    within: Mapping[date, Result]
    started_on: date

    def forecast_on(self, day: date, known: Result | None = None) -> Forecast:
        """Forecast the end of the day's year, from what was known then and the years before alone."""
        known = known or self.within.get(day, NOT_KNOWN)
        earlier = {year: end for year, end in self.year_ends.items() if year < day.year}
        if self.kpi.kind == "stock":
            return forecast_stock(self.kpi, day, known, earlier)
        first_whole = first_whole_year(self.started_on)
        paces = [
            Pace(year, self.within.get(same_day(day, year), NOT_KNOWN), end)
            for year, end in sorted(earlier.items())
            if year >= first_whole
        ]
        return forecast_flow(self.kpi, day, known, paces, self.started_on)


def first_whole_year(started_on: date) -> int:
    """Give the first calendar year that an effort which started on a day has run all of.

    >>> first_whole_year(date(2016, 8, 1)), first_whole_year(date(2016, 1, 1))
    (2017, 2016)
    """
    return started_on.year + (started_on > date(started_on.year, 1, 1))


def backtest(courses: Sequence[Course], years: Sequence[int]) -> pd.DataFrame:
    """Forecast each KPI at every month's end of some years that have ended, and set it beside the result.

    A row for each forecast that can be made: `kpi`, `day`, `known` (the result so far: also what the simple
    forecast says that no more will come), `forecast`, `low`, `high`, `outcome` and `within` (whether the
    outcome is in the interval). Years without an earlier one are left out, as are figures that are not known.
    """
    rows = [
        row
        for course in courses
        for year in years
        for row in _rows(course, year)
        if min(course.year_ends) < year
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _rows(course: Course, year: int) -> Iterator[tuple[object, ...]]:
    outcome = course.year_ends.get(year, NOT_KNOWN).amount
    for day in month_ends(year) if outcome is not None else ():
        told = course.forecast_on(day)
        if told.amount is not None and outcome is not None:
            known = told.known.amount
            within = told.holds(outcome)
            yield course.kpi.key, pd.Timestamp(day), known, told.amount, told.low, told.high, outcome, within


def forecast_errors(tested: pd.DataFrame) -> pd.DataFrame:
    """Sum up a back-test by KPI: how far off forecasts were, and how often the interval held the result.

    Needs the columns of `backtest`; gives, by `kpi` in its order, `forecasts`, `error` and `simple_error`
    (mean absolute percentage errors of the forecast, and of saying that no more will come) and `within`
    (how many intervals held the result). A result of 0 has no percentage and is left out.
    """
    told = tested[tested["outcome"] > 0]
    errors = told.assign(
        error=(told["forecast"] - told["outcome"]).abs() / told["outcome"] * 100,
        simple_error=(told["known"] - told["outcome"]).abs() / told["outcome"] * 100,
    )
    return errors.groupby("kpi", sort=False).agg(
        forecasts=("kpi", "size"),
        error=("error", "mean"),
        simple_error=("simple_error", "mean"),
        within=("within", "sum"),
    )
