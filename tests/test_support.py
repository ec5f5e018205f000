"""Support and information in figures: margins add up, and what is not known is not 0."""

from datetime import date

import pandas as pd
import pytest
from demonstration_years import measured_year
from hypothesis import given
from hypothesis import strategies as st
from support_sample import (
    ACTIVITIES,
    ANSWERS,
    BOLLNAS,
    GAVLE,
    GROUPS,
    PLACES,
    REGISTER,
    YEAR,
    activities,
    breakdowns,
    groups,
    responses,
    supervised,
)

from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.completed import COMPLETED_TABLE
from asf_analysis.kpis.information import (
    count_activities,
    count_employees_informed,
    count_politicians_informed,
)
from asf_analysis.kpis.meetings import meetings_per_group_and_quarter, running_groups
from asf_analysis.kpis.moving_on import completed_to_work_or_studies
from asf_analysis.kpis.people import NOT_STATED
from asf_analysis.kpis.places import measure_cost, measure_occupancy, measure_share_paid
from asf_analysis.kpis.reach import REACHED, activities_by, contacts_by
from asf_analysis.kpis.registry import NOT_KNOWN, Period, Result
from asf_analysis.kpis.staffing import participants_per_employee
from asf_analysis.kpis.support import count_cooperation_groups, count_supervised_places

NAMES = ["Arbetsförmedlingen", "Bollnäs", "Gävle"]

OURS = (
    "reach_by_party",
    "reach_by_municipality",
    "activities_by_party",
    "activities_by_municipality",
    "meetings_by_quarter",
    "places_by_municipality",
)


def wide(cells: pd.DataFrame) -> pd.DataFrame:
    """Lay out cells, in their order."""
    rows, columns = cells.columns[:2]
    laid_out = cells.pivot(index=rows, columns=columns, values="amount")
    return laid_out.loc[list(dict.fromkeys(cells[rows])), list(dict.fromkeys(cells[columns]))]


def as_dict(cells: pd.DataFrame) -> dict[str, list[int]]:
    return {row: list(values) for row, values in zip(wide(cells).index, wide(cells).to_numpy(), strict=True)}


def test_contacts_are_told_for_each_party_and_a_party_without_an_activity_has_0():
    assert as_dict(breakdowns()["reach_by_party"].frame) == {
        "Arbetsförmedlingen": [8, 0, 2, 10],
        "Försäkringskassan": [0, 0, 0, 0],
        "Bollnäs": [0, 0, 0, 0],
        "Gävle": [4, 5, 0, 9],
        NOT_STATED: [2, 0, 1, 3],
        TOTAL: [14, 5, 3, 22],
    }


def test_activities_are_told_for_each_municipality_and_the_rest_is_not_stated():
    assert as_dict(breakdowns()["activities_by_municipality"].frame) == {
        "Bollnäs": [0, 0], "Gävle": [3, 3], NOT_STATED: [1, 1], TOTAL: [4, 4],
    }  # fmt: skip


def test_a_party_that_is_no_member_has_a_row_after_the_members():
    held = activities(("Trafikverket", None, 5, 0, 0))
    assert list(as_dict(contacts_by(held, "party", NAMES))) == [*NAMES, "Trafikverket", TOTAL]


def test_contacts_that_nobody_counted_are_missing_and_not_0():
    held = activities(("Gävle", "Gävle", None, 2, None))
    table = wide(contacts_by(held, "party", NAMES))
    assert pd.isna(table.loc["Gävle", "employees"])
    assert pd.isna(table.loc[TOTAL, "employees"])
    assert table.loc["Gävle", TOTAL] == table.loc[TOTAL, TOTAL] == 2
    assert table.loc["Bollnäs", "employees"] == 0


def test_a_lecture_outside_the_county_reaches_no_party():
    lecture = ACTIVITIES.assign(kind="föreläsning", place="Riga")
    tables = breakdowns(activities=lecture)
    assert wide(tables["reach_by_party"].frame).loc[TOTAL, TOTAL] == 0
    assert set(wide(tables["activities_by_party"].frame).loc[:, TOTAL]) == {0}


COUNTS = st.one_of(st.none(), st.integers(0, 40))
HELD = st.lists(
    st.tuples(st.sampled_from([*NAMES, "Annan", None]), st.just("Gävle"), COUNTS, COUNTS, COUNTS), max_size=8
)


@given(rows=HELD)
def test_rows_and_columns_of_contacts_add_up_to_what_the_kpis_tell(rows):
    held = activities(*rows)
    table = wide(contacts_by(held, "party", NAMES))
    body, total = table.drop(index=TOTAL), table.loc[TOTAL]
    assert body.sum().tolist() == total.fillna(0).tolist()
    assert table[list(REACHED)].sum(axis=1).tolist() == table[TOTAL].fillna(0).tolist()
    for column, measure in (
        ("employees", count_employees_informed),
        ("politicians", count_politicians_informed),
    ):
        told = measure(held, YEAR).amount
        assert pd.isna(total[column]) if told is None else total[column] == told
    if rows:
        counted = wide(activities_by(held, "party", NAMES))
        assert counted.loc[TOTAL, TOTAL] == counted[TOTAL].drop(TOTAL).sum()
        assert counted.loc[TOTAL, TOTAL] == count_activities(held, YEAR).amount


def test_a_group_of_several_municipalities_counts_once_in_each_quarter():
    assert as_dict(breakdowns()["meetings_by_quarter"].frame) == {
        "1": [1, 0, 1], "2": [1, 1, 2], "3": [1, 1, 2], "4": [1, 1, 2], TOTAL: [4, 3, 7],
    }  # fmt: skip


def test_a_group_plans_a_fourth_of_its_yearly_meetings_in_a_quarter():
    # Norra 4 quarters of 1 meeting, Forum 3 of 1.5: 8.5 in 7.
    assert meetings_per_group_and_quarter(GROUPS, YEAR).amount == pytest.approx(8.5 / 7)


@pytest.mark.parametrize(("last", "quarters"), [("2018-03-30", 0), ("2018-03-31", 1), ("2018-06-30", 2)])
def test_a_group_counts_for_a_quarter_whose_last_day_it_runs(last, quarters):
    table = wide(
        breakdowns(support_structures=groups(("A", "Gävle", 4, "2015-01-01", last)))[
            "meetings_by_quarter"
        ].frame
    )
    assert table.loc[TOTAL, TOTAL] == quarters


@pytest.mark.parametrize(("day", "quarters"), [(date(2018, 3, 30), []), (date(2018, 3, 31), ["1"])])
def test_a_quarter_that_has_not_ended_is_not_told(day, quarters):
    table = wide(breakdowns(Period.until(day))["meetings_by_quarter"].frame)
    assert list(table.index.drop(TOTAL)) == quarters


def test_approximate_meetings_have_bounds():
    about = GROUPS.assign(
        meetings_per_year_low=pd.array([3.6, 3.6, 6], "Float64"),
        meetings_per_year_high=pd.array([4.4, 4.4, 6], "Float64"),
    )
    result = meetings_per_group_and_quarter(about, YEAR)
    assert (result.low, result.high) == pytest.approx(((3.6 + 4.5) / 7, (4.4 + 4.5) / 7))


def test_meetings_that_a_groups_rows_tell_differently_are_not_known():
    differing = groups(("A", "Gävle", 4, "2015-01-01", None), ("A", "Bollnäs", 6, "2015-01-01", None))
    assert running_groups(differing, YEAR.end)["meetings_per_year"].isna().tolist() == [True]
    assert meetings_per_group_and_quarter(differing, YEAR) == NOT_KNOWN
    assert list(wide(breakdowns(support_structures=differing)["meetings_by_quarter"].frame)) == [
        NOT_STATED,
        TOTAL,
    ]


def test_places_are_told_for_each_municipality_and_add_up():
    assert as_dict(breakdowns()["places_by_municipality"].frame) == {
        "Bollnäs": [4, 0, 4], "Gävle": [0, 2, 2], TOTAL: [4, 2, 6],
    }  # fmt: skip


def test_places_of_an_enterprise_outside_the_register_have_no_municipality():
    table = wide(breakdowns(enterprises=REGISTER.iloc[:1])["places_by_municipality"].frame)
    assert table[TOTAL].to_dict() == {"Bollnäs": 4, "Gävle": 0, NOT_STATED: 2, TOTAL: 6}


def test_places_that_nobody_counted_are_missing_and_not_0():
    unknown = supervised((GAVLE, None, 2, 1, 1, "2018-01-01", "2018-12-31"))
    table = wide(breakdowns(supervised_places=unknown)["places_by_municipality"].frame)
    assert table.loc["Bollnäs", TOTAL] == 0
    assert table.loc[["Gävle", TOTAL], TOTAL].isna().all()


def test_more_participants_than_places_are_more_than_a_hundred_percent():
    assert measure_occupancy(PLACES, YEAR) == Result(9, whole=6)
    assert measure_occupancy(PLACES, YEAR).percent() == 150


def test_a_place_costs_what_was_paid_for_its_part_of_the_year():
    # 4 places all year and 2 for 184 of 365 days.
    assert measure_cost(PLACES, YEAR).amount == pytest.approx(120000 / (4 + 2 * 184 / 365))


def test_a_leap_year_has_366_days():
    half = supervised((GAVLE, 1, 1, 1, 18300, "2016-01-01", "2016-06-30"))
    assert measure_cost(half, Period.of_year(2016)).amount == pytest.approx(18300 * 366 / 182)


def test_of_places_that_run_beyond_the_period_its_days_alone_are_paid():
    whole = supervised((GAVLE, 1, 1, 1, 36500, "2018-01-01", "2018-12-31"))
    assert measure_cost(whole, Period.until(date(2018, 1, 31))).amount == pytest.approx(36500)


def test_money_that_is_missing_is_not_0():
    unpaid = PLACES.assign(paid_sek=pd.array([None, None], "Float64"))
    assert measure_cost(unpaid, YEAR) == measure_share_paid(unpaid, YEAR) == NOT_KNOWN
    nothing = PLACES.assign(paid_sek=pd.array([0, 0], "Float64"))
    assert measure_cost(nothing, YEAR) == Result(0.0)
    assert measure_share_paid(nothing, YEAR) == Result(0, whole=130000)


def test_a_row_without_an_amount_is_left_out_of_both_sides():
    half = PLACES.assign(paid_sek=pd.array([90000, None], "Float64"))
    assert measure_share_paid(half, YEAR) == Result(90000, whole=100000)
    assert measure_cost(half, YEAR).amount == 22500


def test_those_who_went_on_are_counted_of_all_who_completed_in_the_periods_rounds():
    assert completed_to_work_or_studies(ANSWERS, YEAR) == Result(23, whole=40, answered=2)
    spring = completed_to_work_or_studies(ANSWERS, Period.until(date(2018, 6, 30)))
    assert spring == Result(11, whole=20, answered=1)
    table = wide(breakdowns()[COMPLETED_TABLE].frame)[TOTAL]
    assert (table["Arbete"] + table["Studier"], table[TOTAL]) == (23, 40)


def test_nobody_who_completed_is_0_of_0_and_no_answer_is_not_known():
    columns = [f"completed{to}_{sex}" for to in ("", "_to_work", "_to_studies") for sex in ("women", "men")]
    nobody = responses(("2018-kv4", GAVLE, dict.fromkeys(columns, 0)))
    assert completed_to_work_or_studies(nobody, YEAR) == Result(0, whole=0, answered=1)
    silent = responses(("2018-kv4", GAVLE, {}))
    assert completed_to_work_or_studies(silent, YEAR) == NOT_KNOWN
    assert completed_to_work_or_studies(silent.iloc[:0], YEAR) == NOT_KNOWN


def test_participants_stand_beside_the_employees_of_the_same_enterprises():
    assert participants_per_employee(REGISTER, ANSWERS, YEAR) == Result(0.5, answered=2, asked=2)
    unknown = ANSWERS.assign(employees_men=pd.array([12, 12, None], "Int64"))
    assert participants_per_employee(REGISTER, unknown, YEAR) == Result(0.5, answered=1, asked=2)


def test_without_employees_there_is_no_ratio():
    nobody = ANSWERS.assign(employees_women=0, employees_men=0).astype(
        {"employees_women": "Int64", "employees_men": "Int64"}
    )
    assert participants_per_employee(REGISTER, nobody, YEAR) == NOT_KNOWN


def test_an_answer_carried_forward_counts_as_carried_in_the_ratio():
    rounds = responses(
        (
            "2018-kv1",
            BOLLNAS,
            ANSWERS.iloc[0][
                ["participants_women", "participants_men", "employees_women", "employees_men"]
            ].to_dict(),
        ),
        (
            "2018-kv4",
            GAVLE,
            ANSWERS.iloc[2][
                ["participants_women", "participants_men", "employees_women", "employees_men"]
            ].to_dict(),
        ),
    )
    assert participants_per_employee(REGISTER, rounds, YEAR) == Result(0.5, answered=1, asked=2, carried=1)


@pytest.mark.parametrize("year", [2016, 2017, 2018, 2019])
def test_in_the_demonstration_years_every_margin_is_the_kpi(project, year):
    results = measured_year(year)
    tables = {table.key: wide(table.frame) for table in results.breakdowns}
    measured, period = results.tables, results.period
    held = measured.activities
    for rows in ("party", "municipality"):
        contacts, counted = tables[f"reach_by_{rows}"], tables[f"activities_by_{rows}"]
        assert contacts.loc[TOTAL, "employees"] == count_employees_informed(held, period).amount
        assert contacts.loc[TOTAL, "politicians"] == count_politicians_informed(held, period).amount
        assert counted.loc[TOTAL, TOTAL] == count_activities(held, period).amount
        assert list(contacts.index) == list(counted.index)
    assert tables["meetings_by_quarter"].loc["4", TOTAL] == (
        count_cooperation_groups(measured.support_structures, period).amount
    )
    assert tables["places_by_municipality"].loc[TOTAL, TOTAL] == (
        count_supervised_places(measured.supervised_places, period).amount
    )
    for key in OURS:
        inner = tables[key].drop(index=TOTAL, columns=TOTAL)
        assert inner.sum().tolist() == tables[key].loc[TOTAL, inner.columns].tolist(), key
        assert inner.sum(axis=1).tolist() == tables[key].loc[inner.index, TOTAL].tolist(), key
