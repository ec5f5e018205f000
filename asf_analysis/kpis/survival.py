"""How enterprises come and go over the years: starts, closures, how long they last, how old they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, tidy
from asf_analysis.kpis.registry import Period

STARTED, CLOSED, ACTIVE = "started", "closed", "active"
FOLLOWED = "followed"
"""How many enterprises a cohort has; the other columns of survival are whole years after the start."""

BEFORE = "before"
"""The cohort of the enterprises that were active already when the first year began."""

NO_REASON = "Ej angivet"
AGES = (
    ("under 1 år", 0, 1),
    ("1–2 år", 1, 3),
    ("3–4 år", 3, 5),
    ("5–9 år", 5, 10),
    ("10 år eller mer", 10, None),
)
"""Groups of age in whole years: their names, the first age, and the first age above them."""

_SOURCE = "Företagsregistret"
_FIRM = "företag"


def development(enterprises: pd.DataFrame, periods: Sequence[Period]) -> tuple[Breakdown, ...]:
    """Give starts and closures, reasons of closing, survival and ages over some periods, one a year.

    Needs `started_on`, `ended_on` and `end_reason`. The register spans all years, so each period is counted
    from the same rows.
    """
    return (
        starts_and_closures(enterprises, periods),
        closing_reasons(enterprises, periods),
        survival(enterprises, periods),
        ages(enterprises, periods),
    )


def starts_and_closures(enterprises: pd.DataFrame, periods: Sequence[Period]) -> Breakdown:
    """Count the enterprises that started and closed in each period, and those active on its last day.

    An enterprise closes on the day after its last one, so that active = active the day before the period +
    started − closed, exactly.
    """
    wide = pd.DataFrame(
        {
            period.year: {
                STARTED: int(period.holds(enterprises["started_on"]).sum()),
                CLOSED: len(_closed_in(enterprises, period)),
                ACTIVE: len(running_on(enterprises, period.end)),
            }
            for period in periods
        }
    ).T
    return _of_enterprises(
        "starts_and_closures", "Företag som har startat och lagts ned", wide, "year", "År", "change"
    )


def _closed_in(enterprises: pd.DataFrame, period: Period) -> pd.DataFrame:
    return enterprises[period.holds(enterprises["ended_on"] + pd.Timedelta(days=1))]


def closing_reasons(enterprises: pd.DataFrame, periods: Sequence[Period]) -> Breakdown:
    """Count the closures of each period by the reason that the register gives, the most usual first."""
    closed = pd.concat(
        [_closed_in(enterprises, period).assign(year=period.year) for period in periods], ignore_index=True
    )
    reasons = closed["end_reason"].fillna(NO_REASON)
    counts = pd.crosstab(reasons, closed["year"]).reindex(
        columns=[period.year for period in periods], fill_value=0
    )
    ordered = counts.loc[list(reasons.value_counts(sort=True).index)]
    return _of_enterprises(
        "closing_reasons",
        "Orsaker till att företag har lagts ned",
        _with_margins(ordered),
        "reason",
        "Orsak",
        "year",
    )


def survival(enterprises: pd.DataFrame, periods: Sequence[Period]) -> Breakdown:
    """Count, for the enterprises that started each year, how many were active after 1, 2, 3 … whole years.

    Each enterprise is followed from the day it started. A cohort has a figure for a number of years only
    when that time has passed for all of its enterprises, so the figure can change no more; before that it is
    missing. The enterprises that were active before the first year are a group of their own (BEFORE),
    followed from that year's first day: those of their age that closed earlier are not known, so they must
    not be read as a cohort from its start.
    """
    first, day = periods[0].start, periods[-1].end
    spans = range(1, day.year - first.year + 2)
    rows: dict[str, dict[str, int | None]] = {
        BEFORE: _followed(
            running_on(enterprises, first - timedelta(days=1)).assign(followed_from=pd.Timestamp(first)),
            spans,
            day,
        )
    }
    for period in periods:
        started = enterprises[period.holds(enterprises["started_on"])]
        rows[str(period.year)] = _followed(started.assign(followed_from=started["started_on"]), spans, day)
    wide = pd.DataFrame.from_dict(rows, orient="index").astype("Int64")
    return _of_enterprises("survival", "Företag som finns kvar", wide, "cohort", "Startade", "years_after")


def _followed(cohort: pd.DataFrame, spans: Sequence[int], day: date) -> dict[str, int | None]:
    """Count a cohort, and how many of it were active so many whole years after `followed_from`."""
    counts: dict[str, int | None] = {FOLLOWED: len(cohort)}
    for years in spans:
        reached = cohort["followed_from"] + pd.DateOffset(years=years)
        passed = bool(len(cohort)) and bool((reached <= pd.Timestamp(day) + pd.Timedelta(days=1)).all())
        counts[str(years)] = (
            int((~(cohort["ended_on"] < reached - pd.Timedelta(days=1))).sum()) if passed else None
        )
    return counts


def ages(enterprises: pd.DataFrame, periods: Sequence[Period]) -> Breakdown:
    """Count the enterprises active on each period's last day by their age in whole years."""
    columns = {}
    for period in periods:
        started = running_on(enterprises, period.end)["started_on"]
        columns[period.year] = {
            name: int(
                (
                    (started <= _years_before(period.end, youngest))
                    & (oldest is None or (started > _years_before(period.end, oldest)))
                ).sum()
            )
            for name, youngest, oldest in AGES
        }
    wide = pd.DataFrame(columns, index=[name for name, _, _ in AGES])
    with_total = pd.concat([wide, wide.sum().to_frame(TOTAL).T])
    return _of_enterprises(
        "enterprise_ages", "Verksamma företag efter ålder", with_total, "enterprise_age", "Ålder", "year"
    )


def _years_before(day: date, years: int) -> pd.Timestamp:
    return pd.Timestamp(day) - pd.DateOffset(years=years)


def _with_margins(counts: pd.DataFrame) -> pd.DataFrame:
    with_total = pd.concat([counts, counts.sum().to_frame(TOTAL).T])
    return with_total.assign(**{TOTAL: with_total.sum(axis=1)})


def _of_enterprises(
    key: str, title: str, wide: pd.DataFrame, rows: str, rows_label: str, columns: str
) -> Breakdown:
    named = wide.set_axis(wide.index.map(str)).rename(columns=str)
    return Breakdown(
        key=key,
        title=title,
        rows=rows,
        rows_label=rows_label,
        columns=columns,
        unit=_FIRM,
        source=_SOURCE,
        people=False,
        frame=tidy(named.astype("Int64"), rows, columns),
    )
