"""Forecasts to the year's end, and how well they would have hit."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.kpis.backtest import Course, backtest, first_whole_year, forecast_errors
from asf_analysis.kpis.enterprises import ACTIVE_ENTERPRISES
from asf_analysis.kpis.forecast import (
    A_SHARE,
    NOT_KNOWN_YET,
    NOTHING_EARLIER,
    NOTHING_YET,
    TOO_EARLY,
    TOO_FEW_YEARS,
    Pace,
    elapsed,
    forecast_flow,
    forecast_stock,
    month_ends,
    same_day,
)
from asf_analysis.kpis.outcomes import WITHHELD_RESULT
from asf_analysis.kpis.registry import NOT_KNOWN, Result
from asf_analysis.kpis.trainings import TRAININGS

AUGUST = date(2018, 8, 31)
COUNTS = st.integers(0, 400)
DAYS_OF_2018 = st.dates(date(2018, 1, 1), date(2018, 12, 31))
LAST_DAY = date(2018, 12, 31)


def pace(by_then: int, whole: int, year: int = 2017) -> Pace:
    return Pace(year, Result(by_then), Result(whole))


def test_a_flow_is_divided_by_the_share_that_is_usual_by_then():
    told = forecast_flow(TRAININGS, AUGUST, Result(30), [pace(40, 60, 2016), pace(20, 60)])
    assert (told.low, told.amount, told.high) == (45, 60, 90)
    assert told.earlier == (2016, 2017)


def test_without_an_earlier_year_the_pace_is_taken_to_be_even_over_the_days():
    told = forecast_flow(TRAININGS, date(2018, 7, 2), Result(20), [])
    assert told.amount == round(20 * 365 / 183)
    assert told.earlier == ()


def test_days_before_the_effort_began_are_no_part_of_its_first_year():
    assert elapsed(date(2016, 8, 31), date(2016, 8, 1)) == Fraction(31, 153)
    assert elapsed(date(2016, 7, 31), date(2016, 8, 1)) == 0
    assert (first_whole_year(date(2016, 1, 1)), first_whole_year(date(2016, 1, 2))) == (2016, 2017)


@pytest.mark.parametrize(
    ("known", "paces", "reason"),
    [
        (NOT_KNOWN, [], NOT_KNOWN_YET),
        (Result(None, withheld=True), [pace(1, 2)], WITHHELD_RESULT),
        (Result(3, whole=8), [], A_SHARE),
        (Result(0), [pace(1, 2)], NOTHING_YET),
        (Result(3), [pace(0, 2)], NOTHING_EARLIER),
        (Result(3), [pace(1, 2, 2016), pace(0, 2)], TOO_EARLY),
    ],
)
def test_where_the_basis_is_missing_there_is_no_forecast_and_it_says_why(known, paces, reason):
    told = forecast_flow(TRAININGS, AUGUST, known, paces)
    assert (told.amount, told.low, told.high, told.reason) == (None, None, None, reason)


def test_a_stock_needs_a_change_between_two_earlier_years_that_follow_each_other():
    ends = {2014: Result(10), 2016: Result(14), 2017: NOT_KNOWN}
    assert forecast_stock(ACTIVE_ENTERPRISES, AUGUST, Result(20), ends).reason == TOO_FEW_YEARS
    assert forecast_stock(ACTIVE_ENTERPRISES, AUGUST, Result(20), ends | {2015: Result(13)}).amount == 21


@given(
    COUNTS, st.lists(st.tuples(COUNTS, COUNTS), max_size=4), st.dates(date(2018, 1, 1), date(2018, 12, 31))
)
def test_a_flow_is_never_forecast_below_what_has_happened_and_is_within_its_interval(known, earlier, day):
    paces = [pace(min(pair), max(pair), 2010 + place) for place, pair in enumerate(earlier)]
    told = forecast_flow(TRAININGS, day, Result(known), paces)
    assert bool(told.reason) == (told.amount is None)
    if told.amount is not None:
        assert known <= told.low <= told.amount <= told.high


@given(COUNTS, st.lists(COUNTS, min_size=2, max_size=4), DAYS_OF_2018)
def test_a_stock_is_forecast_within_its_interval_and_never_below_nought(level, ends, day):
    told = forecast_stock(
        ACTIVE_ENTERPRISES,
        day,
        Result(level),
        {2018 - len(ends) + place: Result(end) for place, end in enumerate(ends)},
    )
    assert 0 <= told.low <= told.amount <= told.high


def test_on_the_last_day_of_the_year_nothing_is_left_to_forecast():
    told = forecast_flow(TRAININGS, LAST_DAY, Result(7), [pace(9, 9)])
    assert (told.low, told.amount, told.high) == (7, 7, 7)
    told = forecast_stock(
        ACTIVE_ENTERPRISES, date(2018, 12, 31), Result(7), {2016: Result(1), 2017: Result(9)}
    )
    assert (told.low, told.amount, told.high) == (7, 7, 7)


def test_an_approximate_result_widens_the_interval():
    exact = forecast_flow(TRAININGS, AUGUST, Result(50), [pace(50, 100)])
    about = forecast_flow(TRAININGS, AUGUST, Result(50, low=30, high=80), [pace(50, 100)])
    assert about.amount == exact.amount
    assert (about.low, about.high) == (60, 160)
    assert (exact.low, exact.high) == (75, 125)


@given(st.lists(st.integers(1, 30), min_size=2, max_size=4))
def test_where_the_pace_is_the_same_every_month_of_every_year_the_error_is_nought(monthly):
    first = 2019 - len(monthly)
    years = {first + place: count for place, count in enumerate(monthly)}
    course = Course(
        TRAININGS,
        {year: Result(12 * count) for year, count in years.items()},
        {day: Result(day.month * count) for year, count in years.items() for day in month_ends(year)},
        date(first, 1, 1),
    )
    tested = backtest([course], list(years))
    assert len(tested) == 11 * (len(monthly) - 1)
    errors = forecast_errors(tested)
    assert errors.loc["trainings", "error"] == 0
    assert errors.loc["trainings", "within"] == errors.loc["trainings", "forecasts"]
    assert errors.loc["trainings", "simple_error"] == pytest.approx(50)


def test_errors_are_shares_of_what_came_and_a_result_of_nought_has_none():
    course = Course(
        TRAININGS,
        {2016: Result(10), 2017: Result(20), 2018: Result(0)},
        {date(2016, 6, 30): Result(5), date(2017, 6, 30): Result(8), date(2018, 6, 30): Result(2)},
        date(2016, 1, 1),
    )
    tested = backtest([course], [2016, 2017, 2018])
    assert tested["day"].dt.year.tolist() == [2017, 2018]
    errors = forecast_errors(tested).loc["trainings"]
    assert (errors["forecasts"], errors["error"], errors["simple_error"], errors["within"]) == (1, 20, 60, 1)


@pytest.mark.parametrize(
    ("day", "other"), [(date(2018, 2, 28), date(2016, 2, 29)), (date(2016, 2, 29), date(2018, 2, 28)),
                       (date(2018, 12, 31), date(2016, 12, 31)), (date(2016, 2, 28), date(2018, 2, 28))],
)  # fmt: skip
def test_the_same_day_of_another_year_keeps_to_the_end_of_its_month(day, other):
    assert same_day(day, other.year) == other
