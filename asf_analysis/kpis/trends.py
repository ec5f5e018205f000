"""Several years side by side: each year's results, how enterprises came and went, KPIs within years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from asf_analysis.kpis.backtest import Course, first_whole_year
from asf_analysis.kpis.breakdowns import Breakdown
from asf_analysis.kpis.forecast import month_ends, same_day
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import Kpi, Period, Result
from asf_analysis.kpis.results import Results, measure
from asf_analysis.kpis.survival import development

LOOKED_BACK_FROM = 8
"""The month from whose end a year that is over is forecast anew, to tell how well that would have gone."""


@dataclass(frozen=True)
class YearsResults:
    """The results of some years, first to last, before disclosure control; nothing of it reaches a reader.

    `gaps` are the years between them that have no raw data. `courses` are those of the last year's KPIs
    with figures. `forecast_day` is the last period's end, or where that year is over a day within it.
    """

    years: tuple[Results, ...]
    gaps: tuple[int, ...]
    development: tuple[Breakdown, ...]
    courses: tuple[Course, ...]
    forecast_day: date


Paces = Mapping[tuple[str, date], Result]
"""KPIs by their key, measured from the beginning of a year until days within it."""


def pace_of(results: Results) -> Paces:
    """Measure a year's KPIs until the end of each month: what the trends of later years tell of it."""
    kpis = [one.kpi for one in results.outcomes if one.kpi.kind != "milestone" and _is_told_within(one.kpi)]
    return {
        (kpi.key, day): _until(day, kpi, results) for kpi in kpis for day in month_ends(results.period.year)
    }


def trends_of(years: Sequence[Results], paces: Sequence[Paces] = ()) -> YearsResults:
    """Set years beside each other, first to last, each as it was measured on its own clean tables.

    `paces` are what has been measured within the years already.
    """
    last = years[-1]
    known_paces = {asked: result for pace in paces for asked, result in pace.items()}
    known = {one.period.year for one in years}
    return YearsResults(
        years=tuple(years),
        gaps=tuple(year for year in range(min(known), max(known)) if year not in known),
        development=development(last.tables.enterprises, [one.period for one in years]),
        courses=tuple(
            _course(outcome, years, known_paces)
            for outcome in last.outcomes
            if outcome.kpi.kind != "milestone"
        ),
        forecast_day=forecast_day(last.period),
    )


def forecast_day(period: Period) -> date:
    """Give the day that a forecast of a period's year is made on."""
    if not period.whole_year:
        return period.end
    return month_ends(period.year)[LOOKED_BACK_FROM - 1]


def _course(outcome: Outcome, years: Sequence[Results], known: Paces) -> Course:
    kpi, last = outcome.kpi, years[-1]
    of_year = {one.period.year: one for one in years}
    return Course(
        kpi=kpi,
        year_ends={one.period.year: _result_of(kpi.key, one) for one in years if one.period.whole_year},
        within={
            day: known[kpi.key, day] if (kpi.key, day) in known else _until(day, kpi, of_year[day.year])
            for day in _days_within(kpi, years)
        },
        started_on=last.association.started_on,
    )


def _until(day: date, kpi: Kpi, results: Results) -> Result:
    return measure(kpi, results.tables, results.association.rules, Period.until(day))


def _is_told_within(kpi: Kpi) -> bool:
    """Whether a KPI is told within years.

    Stocks of people are not: the survey tells them twice a year, and between the rounds a figure changes only
    with an enterprise that starts or closes, whose people it would give away.
    """
    return not (kpi.kind == "stock" and kpi.people)


def _result_of(key: str, results: Results) -> Result:
    return next(one.result for one in (*results.outcomes, *results.indicators) if one.kpi.key == key)


def _days_within(kpi: Kpi, years: Sequence[Results]) -> Iterator[date]:
    """Name the days within the years that forecasts and their back-test need."""
    if not _is_told_within(kpi):
        return
    first, day = years[0], forecast_day(years[-1].period)
    for one in years:
        year, used = one.period.year, first_whole_year(first.association.started_on)
        needed = year >= used if kpi.kind == "flow" else one is not first
        if one.period.whole_year and needed:
            yield from dict.fromkeys((*month_ends(year), same_day(day, year)))
