"""Where a KPI is likely to stand at the end of a year that has not ended yet, and how unsure that is.

A forecast rests on nothing but figures of the same KPI: what is known so far, and the years before. Its
interval is what the earlier years differed by, and never narrower than a stated minimum.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from asf_analysis.kpis.outcomes import WITHHELD_RESULT
from asf_analysis.kpis.registry import Kpi, Period, Result
from asf_analysis.swedish.writing import round_half_up

LEAST_PART_OF_REST = Fraction(1, 2)
"""A flow's interval reaches at least this part of what is expected to remain in each direction."""

LEAST_PART_OF_LEVEL = Fraction(1, 10)
"""A stock's interval reaches at least this part of its level times the share of the year that remains."""

NOT_KNOWN_YET = "resultatet hittills är inte känt"
A_SHARE = "andelar räknas inte fram"
NOTHING_YET = "från årets början till den dagen finns inget att räkna takten på"
NOTHING_EARLIER = "inget hade hänt vid samma tid i de tidigare åren"
TOO_EARLY = "i något tidigare år hade inget hänt vid samma tid, så osäkerheten går inte att ange"
TOO_FEW_YEARS = "det behövs minst två tidigare år i följd för att veta hur mycket läget brukar ändras"


@dataclass(frozen=True)
class Forecast:
    """A KPI's figure at the year's end, as far as it can be told on a day; None where it cannot.

    `low` and `high` bound the interval, which holds `amount`. `earlier` are the years that it rests on; a
    flow without any is told by even pace over the days. `reason` says in Swedish why there is none.
    """

    kpi: Kpi
    day: date
    known: Result
    amount: int | None = None
    low: int | None = None
    high: int | None = None
    earlier: tuple[int, ...] = ()
    reason: str = ""

    def holds(self, outcome: float) -> bool:
        """Tell whether a figure is within the interval."""
        return self.low is not None and self.high is not None and self.low <= outcome <= self.high


@dataclass(frozen=True)
class Pace:
    """What one earlier year had reached by the same day, and in all."""

    year: int
    by_then: Result
    whole: Result


def forecast_flow(
    kpi: Kpi, day: date, known: Result, paces: Sequence[Pace], started_on: date | None = None
) -> Forecast:
    """Forecast a flow: the result so far, divided by the share of the year's total that is usual by then.

    The usual share is that of all earlier years together. Without an earlier year the pace is taken to be
    even over the days since 1 January, or since `started_on` in the year of the start. The interval covers
    the shares of every earlier year, reaches at least half of what is expected to remain either way, and
    never goes below what has happened.

    >>> from asf_analysis.kpis.trainings import TRAININGS
    >>> told = forecast_flow(TRAININGS, date(2018, 8, 31), Result(6), [Pace(2017, Result(4), Result(8))])
    >>> told.low, told.amount, told.high
    (9, 12, 15)
    """
    reason = _why_none(known) or ("" if known.amount else NOTHING_YET)
    if reason:
        return Forecast(kpi, day, known, reason=reason)
    usable = [pace for pace in paces if pace.by_then.amount is not None and pace.whole.amount]
    if usable:
        by_then = [Fraction(pace.by_then.amount or 0) for pace in usable]
        whole = [Fraction(pace.whole.amount or 0) for pace in usable]
        shares = [part / total for part, total in zip(by_then, whole, strict=True)]
        share = sum(by_then, Fraction()) / sum(whole, Fraction())
    else:
        share = elapsed(day, started_on)
        shares = [share]
    if not share:
        return Forecast(kpi, day, known, reason=NOTHING_EARLIER)
    if not min(shares):
        return Forecast(kpi, day, known, reason=TOO_EARLY)
    amount, floor, ceiling = (Fraction(str(end)) for end in _ends(known))
    expected = amount / share
    least = max((expected - amount) * LEAST_PART_OF_REST, Fraction(int(share < 1)))
    low = max(min(floor / max(shares), expected - least), floor)
    high = max(ceiling / min(shares), expected + least)
    return _rounded(kpi, day, known, expected, low, high, [pace.year for pace in usable])


def _why_none(known: Result) -> str:
    """Say why nothing can be forecast from what is known so far; nothing where it can."""
    if known.withheld:
        return WITHHELD_RESULT
    if known.amount is None:
        return NOT_KNOWN_YET
    return A_SHARE if known.whole else ""


def forecast_stock(kpi: Kpi, day: date, known: Result, year_ends: Mapping[int, Result]) -> Forecast:
    """Forecast a stock: its level, and as much of the usual yearly change as the year has days left.

    `year_ends` are the levels at the ends of earlier years; a change is that from one year to the next. The
    interval covers every such change, and reaches at least a tenth of the level times the share of the year
    that remains, and one, either way.

    >>> from asf_analysis.kpis.enterprises import ACTIVE_ENTERPRISES
    >>> ends = {2016: Result(21), 2017: Result(25)}
    >>> told = forecast_stock(ACTIVE_ENTERPRISES, date(2018, 7, 2), Result(26), ends)
    >>> told.low, told.amount, told.high
    (26, 28, 30)
    """
    reason = _why_none(known)
    if reason:
        return Forecast(kpi, day, known, reason=reason)
    levels = {year: Fraction(str(end.amount)) for year, end in year_ends.items() if end.amount is not None}
    changes = {year: levels[year] - levels[year - 1] for year in levels if year - 1 in levels}
    if not changes:
        return Forecast(kpi, day, known, reason=TOO_FEW_YEARS)
    rest = 1 - elapsed(day)
    level, floor, ceiling = (Fraction(str(end)) for end in _ends(known))
    expected = level + rest * sum(changes.values()) / len(changes)
    least = max(level * LEAST_PART_OF_LEVEL * rest, Fraction(int(rest > 0)))
    low = min(floor + rest * min(changes.values()), expected - least)
    high = max(ceiling + rest * max(changes.values()), expected + least)
    earlier = sorted({year for last in changes for year in (last - 1, last)})
    return _rounded(kpi, day, known, max(expected, Fraction()), max(low, Fraction()), high, earlier)


def elapsed(day: date, started_on: date | None = None) -> Fraction:
    """Give the share of a year's days that have passed on a day, that day included.

    In the year of `started_on` the days before it are not counted.

    >>> elapsed(date(2019, 12, 31)), elapsed(date(2016, 8, 31), started_on=date(2016, 8, 1))
    (Fraction(1, 1), Fraction(31, 153))
    """
    year = Period.of_year(day.year)
    start = max(year.start, started_on) if started_on and started_on.year == day.year else year.start
    return Period(start, day).elapsed if day >= start else Fraction()


def same_day(day: date, year: int) -> date:
    """Give the same day of another year; the last of February stays the last.

    >>> same_day(date(2018, 2, 28), 2016), same_day(date(2018, 8, 30), 2016)
    (datetime.date(2016, 2, 29), datetime.date(2016, 8, 30))
    """
    if (day + timedelta(days=1)).day == 1:
        following = date(year + day.month // 12, day.month % 12 + 1, 1)
        return following - timedelta(days=1)
    return day.replace(year=year)


def month_ends(year: int) -> tuple[date, ...]:
    """Give the last day of each month but the last, when nothing is left to forecast.

    >>> month_ends(2018)[:2], len(month_ends(2018))
    ((datetime.date(2018, 1, 31), datetime.date(2018, 2, 28)), 11)
    """
    return tuple(date(year, month, 1) - timedelta(days=1) for month in range(2, 13))


def _ends(result: Result) -> tuple[float, float, float]:
    """A figure and its bounds; an exact one has itself as both."""
    amount = result.amount or 0
    low = amount if result.low is None else result.low
    return amount, low, amount if result.high is None else result.high


def _rounded(
    kpi: Kpi,
    day: date,
    known: Result,
    expected: Fraction,
    low: Fraction,
    high: Fraction,
    earlier: Sequence[int],
) -> Forecast:
    amount = int(round_half_up(float(expected)))
    return Forecast(
        kpi, day, known, amount, min(math.floor(low), amount), max(math.ceil(high), amount), tuple(earlier)
    )
