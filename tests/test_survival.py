"""Enterprises over the years: starts, closures, reasons, how long they last, how old they are."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survival import (
    BEFORE,
    NO_REASON,
    ages,
    closing_reasons,
    starts_and_closures,
    survival,
)

YEARS = [Period.of_year(year) for year in (2016, 2017, 2018)]
DAYS = st.dates(date(2013, 1, 1), date(2019, 12, 31))


def register(*rows: tuple[str, str | None] | tuple[str, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(
        [(*row, None)[:3] for row in rows], columns=["started_on", "ended_on", "end_reason"]
    ).astype({"end_reason": "str"})
    return frame.assign(
        started_on=pd.to_datetime(frame["started_on"]), ended_on=pd.to_datetime(frame["ended_on"])
    )


def cells(breakdown: Breakdown) -> dict[str, dict[str, object]]:
    wide = breakdown.frame.pivot(index=breakdown.rows, columns=breakdown.columns, values="amount")
    return {row: {column: None if pd.isna(one) else int(one) for column, one in told.items()} for row, told in
            wide.to_dict("index").items()}  # fmt: skip


FIVE = register(
    ("2010-05-01", None),
    ("2012-01-01", "2017-12-31", "Konkurs"),
    ("2016-03-01", "2018-02-27"),
    ("2016-09-01", None),
    ("2018-01-01", "2018-12-30", "Konkurs"),
)


def test_an_enterprise_closes_on_the_day_after_its_last_one():
    assert cells(starts_and_closures(FIVE, YEARS)) == {
        "2016": {"started": 2, "closed": 0, "active": 4},
        "2017": {"started": 0, "closed": 0, "active": 4},
        "2018": {"started": 1, "closed": 3, "active": 2},
    }


@given(st.lists(st.tuples(DAYS, st.none() | st.integers(0, 1500)), max_size=12))
def test_starts_less_closures_are_the_change_and_no_cohort_grows_with_the_years(spans):
    enterprises = pd.DataFrame(
        {
            "started_on": pd.to_datetime([start for start, _ in spans]),
            "ended_on": pd.to_datetime(
                [None if days is None else start + pd.Timedelta(days=days) for start, days in spans]
            ),
        }
    )
    active = len(running_on(enterprises, date(2015, 12, 31)))
    for told in cells(starts_and_closures(enterprises, YEARS)).values():
        active += told["started"] - told["closed"]
        assert told["active"] == active
    for told in cells(survival(enterprises, YEARS)).values():
        known = [told[name] for name in ("followed", "1", "2", "3") if told[name] is not None]
        assert known == sorted(known, reverse=True)


def test_reasons_add_up_to_the_closures_and_one_that_is_not_told_is_a_reason_of_its_own():
    told = cells(closing_reasons(FIVE, YEARS))
    assert told["Konkurs"] == {"2016": 0, "2017": 0, "2018": 2, TOTAL: 2}
    assert told[NO_REASON][TOTAL] == 1
    assert told[TOTAL][TOTAL] == 3


def test_where_nothing_has_closed_there_is_only_a_total_of_nought():
    assert cells(closing_reasons(register(("2016-01-01", None)), YEARS)) == {
        TOTAL: {"2016": 0, "2017": 0, "2018": 0, TOTAL: 0}
    }


def test_a_cohort_is_told_when_all_of_it_has_had_the_time_and_the_old_ones_are_a_group_of_their_own():
    assert cells(survival(FIVE, YEARS)) == {
        BEFORE: {"followed": 2, "1": 2, "2": 2, "3": 1},
        "2016": {"followed": 2, "1": 2, "2": 1, "3": None},
        "2017": {"followed": 0, "1": None, "2": None, "3": None},
        "2018": {"followed": 1, "1": 0, "2": None, "3": None},
    }


@pytest.mark.parametrize(("last_day", "left"), [("2018-02-28", 1), ("2018-02-27", 0)])
def test_two_whole_years_are_two_years_and_a_day_short_of_them_is_not(last_day, left):
    told = cells(survival(register(("2016-03-01", last_day)), YEARS))
    assert told["2016"]["2"] == left


def test_a_cohort_that_has_not_had_the_time_is_missing_and_not_gone():
    until_may = [*YEARS[:2], Period.until(date(2018, 5, 31))]
    assert cells(survival(FIVE, until_may))["2016"] == {"followed": 2, "1": 2, "2": None, "3": None}


def test_ages_are_whole_years_and_add_up_to_the_active():
    at_the_edge = register(
        ("2017-12-31", None), ("2018-01-01", None), ("2008-12-31", None), ("2009-01-01", None)
    )
    told = cells(ages(at_the_edge, YEARS[2:]))
    assert {name: counts["2018"] for name, counts in told.items()} == {
        "under 1 år": 1, "1–2 år": 1, "3–4 år": 0, "5–9 år": 1, "10 år eller mer": 1, TOTAL: 4,
    }  # fmt: skip
