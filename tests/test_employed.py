"""All employees beside the permanent ones: no public figure tells how few the others are."""

from dataclasses import replace

import pytest
from demonstration_years import measured_year

from asf_analysis.disclosure.protect import protect
from asf_analysis.disclosure.published import SHOWN, Published
from asf_analysis.folders import find_data
from asf_analysis.kpis import INDICATORS, KPIS
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.results import Results, results_of
from asf_analysis.pipeline import read_plans


@pytest.fixture(scope="module")
def measured() -> Results:
    return measured_year(2018)


def with_temporary(measured: Results, women: int, men: int) -> Published:
    """The public 2018 in which all are permanent but so many, at one enterprise, in the last round."""
    responses = measured.tables.responses.copy()
    for sex in ("women", "men"):
        responses[f"permanent_{sex}"] = responses[f"employees_{sex}"]
    last = responses[responses["round"] == "2018-kv4"]
    one = last.index[(last["employees_women"] >= women) & (last["employees_men"] >= men)][0]
    responses.loc[one, "permanent_women"] -= women
    responses.loc[one, "permanent_men"] -= men
    tables = replace(measured.tables, responses=responses)
    plans = read_plans(Period.of_year(2018), find_data(), measured.association, (*KPIS, *INDICATORS))
    return protect(
        results_of(tables, measured.association, measured.period, plans, KPIS, INDICATORS), "public"
    )


def shown_in(report: Published) -> dict[str, set[int]]:
    """Every number that the public edition shows, by where it stands."""
    told = {
        key: {int(value) for value in table.frame.loc[table.frame["status"] == SHOWN, "value"].dropna()}
        for key, table in report.tables.items()
        if "employees" in key or key == "people_by_role"
    }
    for outcome in (*report.outcomes, *report.indicators):
        figures = [outcome.baseline, outcome.result, outcome.other]
        told[outcome.kpi.key] = {
            int(number) for one in figures if one for number in (one.amount, one.whole) if number is not None
        }
    return told


@pytest.mark.parametrize(("women", "men"), [(3, 0), (0, 2), (2, 2)])
def test_no_figure_of_all_employees_is_shown_where_the_others_are_few(measured, women, men):
    report = with_temporary(measured, women, men)
    permanent = report.outcome("permanent_employees").result.amount
    every = permanent + women + men
    assert every == 251
    shown = shown_in(report)
    assert permanent in shown["permanent_employees"]
    for place in ("employees_by_round", "employees_by_size", "employees_changes", "women_employees",
                  "concentration_employees", "employees_by_municipality", "people_by_role"):  # fmt: skip
        assert place in shown
    assert {place for place, numbers in shown.items() if every in numbers} == set()
    assert report.outcome("women_employees").result.withheld


def test_few_women_among_the_others_withhold_women_and_men_though_the_others_are_many(measured):
    report = with_temporary(measured, 2, 4)
    told = [report.outcome(key).result.withheld for key in ("women_employees", "women_permanent")]
    assert told.count(False) < 2


def test_the_demonstration_withholds_none_of_them(measured):
    report = protect(measured, "public")
    assert not report.outcome("women_employees").result.withheld
    assert 251 in shown_in(report)["employees_by_round"]


def test_enterprises_that_came_or_went_do_not_tell_of_a_few_others(measured):
    report = protect(measured, "public")
    frames = {
        key: report.tables[key].frame.pivot(index="component", columns="sex", values="value")
        for key in ("employees_changes", "permanent_changes")
    }
    assert frames["employees_changes"].loc[["baseline", TOTAL]].notna().all(axis=None)
    assert frames["permanent_changes"].drop(index=["baseline", TOTAL]).notna().any(axis=None)
    left = (frames["employees_changes"] - frames["permanent_changes"]).loc[["started", "closed"]].abs()
    assert not (left.ge(1) & left.lt(5)).fillna(False).any(axis=None)


def test_a_round_does_not_tell_both_where_the_others_in_it_are_few(measured):
    responses = measured.tables.responses.copy()
    first = responses["round"] == "2018-kv1"
    for sex in ("women", "men"):
        responses.loc[first, f"permanent_{sex}"] = responses.loc[first, f"employees_{sex}"]
    one = responses.index[first & (responses["employees_women"] >= 3)][0]
    responses.loc[one, "permanent_women"] -= 3
    tables = replace(measured.tables, responses=responses)
    plans = read_plans(Period.of_year(2018), find_data(), measured.association, (*KPIS, *INDICATORS))
    report = protect(
        results_of(tables, measured.association, measured.period, plans, KPIS, INDICATORS), "public"
    )
    frames = [
        report.tables[key].frame.set_index(["round", "sex"])["status"]
        for key in ("employees_by_round", "permanent_by_round")
    ]
    for sex in ("women", TOTAL):
        assert [status["2018-kv1", sex] for status in frames].count(SHOWN) < 2
    assert [status["2018-kv4", TOTAL] for status in frames] == [SHOWN, SHOWN]
