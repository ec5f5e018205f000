"""The door of several years: each year passes by itself, and forecasts rest only on what passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from asf_analysis.association import Association, Rules
from asf_analysis.audience import Audience
from asf_analysis.disclosure.choice import Choice
from asf_analysis.disclosure.protect import protect, protect_breakdown, protect_outcome
from asf_analysis.disclosure.published import SHOWN, WITHHELD, Published, PublishedTable
from asf_analysis.errors import DoorForgotten, UnknownName
from asf_analysis.kpis.backtest import Course, backtest
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown
from asf_analysis.kpis.forecast import Forecast
from asf_analysis.kpis.registry import Result
from asf_analysis.kpis.trends import YearsResults

PEOPLE_BY_YEAR = {
    "participants_by_year": ("participants_by_municipality", "Deltagare"),
    "employees_by_year": ("employees_by_municipality", "Anställda"),
}
"""Tables of women and men over the years: the breakdown whose total row each takes, and its title."""


@dataclass(frozen=True)
class Trends:
    """Several years' results after disclosure control for one audience, first to last.

    `gaps` are years between them without raw data. `tables` are those of enterprises over the years, and
    of women and men at each year's end. `forecasts` say, for each KPI in figures, how the last year is
    likely to end: made on the last day of an interim report, and else on a day within the year, to be set
    beside what came. `tested` is what `kpis.backtest.backtest` gives.
    """

    years: tuple[Published, ...]
    gaps: tuple[int, ...]
    tables: Mapping[str, PublishedTable]
    forecasts: tuple[Forecast, ...]
    forecast_day: date
    tested: pd.DataFrame

    @property
    def current(self) -> Published:
        """The year that the report is of: the last one."""
        return self.years[-1]

    @property
    def audience(self) -> Audience:
        """Who may see it."""
        return self.current.audience

    @property
    def association(self) -> Association:
        """Whose results they are."""
        return self.current.association

    def table(self, key: str) -> PublishedTable:
        """Give one table over the years; raises UnknownName with the keys that exist."""
        if key not in self.tables:
            raise UnknownName(
                f"Det finns ingen tabell över åren som heter {key!r}. De som finns: {', '.join(self.tables)}."
            )
        return self.tables[key]


def protect_trends(measured: YearsResults, audience: Audience, choices: Sequence[Choice]) -> Trends:
    """Give what an audience may see of several years; the internal one sees all.

    `choices` are what is withheld of each of them.
    """
    rules = measured.years[-1].association.rules
    years = tuple(protect(one, audience, choice) for one, choice in zip(measured.years, choices, strict=True))
    courses = [_protect_course(course, years) for course in measured.courses]
    over = tuple(one.year for one in years if one.period.whole_year)
    return Trends(
        years=years,
        gaps=measured.gaps,
        tables={
            **protect_development(measured.development, rules, audience),
            **_people_by_year(years),
        },
        forecasts=_forecasts(courses, years, measured.forecast_day),
        forecast_day=measured.forecast_day,
        tested=backtest(courses, over),
    )


def protect_development(
    development: Sequence[Breakdown], rules: Rules, audience: Audience
) -> dict[str, PublishedTable]:
    """Give the tables of enterprises over the years as they may be shown.

    Enterprises are no persons, and are shown unless the association promised them more (`min_enterprises`).
    Then, where any public table has a count below that, all of them are withheld whole: they count the same
    enterprises, so that each could be worked out of the others.
    """
    tables = {one.key: protect_breakdown(one, rules, audience) for one in development}
    amounts = pd.concat([one.frame["amount"] for one in development])
    few = ((amounts > 0) & (amounts < rules.min_enterprises)).any()
    if audience == "internal" or not few:
        return tables
    return {key: _withheld_whole(table) for key, table in tables.items()}


def _withheld_whole(table: PublishedTable) -> PublishedTable:
    shown = table.frame["status"] == SHOWN
    value, status = table.frame["value"].mask(shown), table.frame["status"].mask(shown, WITHHELD)
    return replace(table, frame=table.frame.assign(value=value, status=status))


def _protect_course(course: Course, years: Sequence[Published]) -> Course:
    """Let a KPI's figures within the years pass as the year's own do; those of the years' ends passed."""
    last = years[-1]
    outcome = last.outcome(course.kpi.key)
    seen = {
        day: protect_outcome(replace(outcome, result=result), last.association.rules, last.audience).result
        for day, result in course.within.items()
    }
    ends: dict[int, Result] = {
        one.year: one.outcome(course.kpi.key).result for one in years if one.period.whole_year
    }
    return replace(course, year_ends=ends, within=seen)


def _forecasts(courses: Sequence[Course], years: Sequence[Published], day: date) -> tuple[Forecast, ...]:
    """Forecast the last year: an interim one as it stands, and one that is over where earlier years are."""
    last = years[-1]
    if not last.period.whole_year:
        return tuple(course.forecast_on(day, last.outcome(course.kpi.key).result) for course in courses)
    if len(years) == 1:
        return ()
    return tuple(course.forecast_on(day) for course in courses if day in course.within)


def _people_by_year(years: Sequence[Published]) -> dict[str, PublishedTable]:
    """Take the total row of each year's breakdown, shown or not, as a row of one table."""
    tables = {}
    for key, (taken, title) in PEOPLE_BY_YEAR.items():
        told = [(one.year, one.tables[taken]) for one in years if taken in one.tables]
        if told:
            rows = [
                table.frame[table.frame[table.rows] == TOTAL].assign(year=str(year)) for year, table in told
            ]
            frame = pd.concat(rows, ignore_index=True)[["year", "sex", "value", "status"]]
            head = replace(told[-1][1], key=key, title=title, rows="year", rows_label="År")
            tables[key] = replace(head, frame=frame)
    return tables


def require_trends(candidate: object) -> Trends:
    """Give back what passed the door; raises DoorForgotten for anything else."""
    if not isinstance(candidate, Trends):
        raise DoorForgotten(
            f"Det som ska visas är {type(candidate).__name__} och har inte passerat röjandekontrollen. "
            "Börja med report = load_trends(year, audience) och skicka report vidare."
        )
    return candidate
