"""The net change taken apart: every enterprise in one component, and the parts are the whole, exactly."""

import pandas as pd
import pytest
from any_report import examples
from enterprise_years import ANSWERS, COUNTS, LONG_AGO, REGISTER, ROUNDS, YEAR, facts, register, survey
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.association import Rules
from asf_analysis.intake.schemas import SEXES
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown
from asf_analysis.kpis.changes import (
    BASELINE,
    COMPONENTS,
    PEOPLE,
    account,
    breakdowns_of,
    enterprise_changes,
    pair_answers,
)
from asf_analysis.kpis.enterprise_counts import count_by
from asf_analysis.kpis.panel import answered_twice
from asf_analysis.kpis.panel import breakdowns_of as panel_of
from asf_analysis.kpis.survey import survey_total


def account_of(enterprises: pd.DataFrame, responses: pd.DataFrame) -> pd.DataFrame:
    """Lay an account out with a row per component, and sexes across."""
    cells = account(pair_answers(enterprises, responses, YEAR, "participants"), known=True)
    wide = cells.pivot(index="component", columns="sex", values="amount")
    return wide.loc[[BASELINE, *COMPONENTS, TOTAL], ["women", "men", "total"]]


def amounts(breakdown: Breakdown, column: str) -> dict[str, int]:
    return (
        breakdown.frame[breakdown.frame[breakdown.columns] == column]
        .set_index(breakdown.rows)["amount"]
        .dropna()
        .to_dict()
    )


def by_key(breakdowns: tuple[Breakdown, ...]) -> dict[str, Breakdown]:
    return {breakdown.key: breakdown for breakdown in breakdowns}


def test_each_enterprise_is_in_the_component_that_it_is_named_after():
    pairs = pair_answers(REGISTER, ANSWERS, YEAR, "participants")
    assert dict(pairs["component"]) == {name: name for name in REGISTER["organisation_number"]}


def test_an_account_goes_from_the_baseline_to_the_result_by_women_men_and_all():
    assert account_of(REGISTER, ANSWERS).to_numpy().tolist() == [
        [21, 19, 40],
        [3, 1, 4],
        [-2, -5, -7],
        [5, -1, 4],
        [-1, -2, -3],
        [1, -1, 0],
        [0, 0, 0],
        [1, 0, 1],
        [28, 11, 39],
    ]


def test_behind_each_row_of_an_account_stand_the_enterprises_with_an_answer():
    cells = account(pair_answers(REGISTER, ANSWERS, YEAR, "participants"), known=True)
    behind = cells[cells["sex"] == TOTAL].set_index("component")["enterprises"].to_dict()
    assert behind == {
        "baseline": 5, "started": 1, "closed": 1, "grown": 1, "shrunk": 1, "unchanged": 1, "definition": 0,
        "carried": 1, "total": 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "component"),
    [
        ((4, 4), (5, 4), "grown"),
        ((4, 4), (5, 3), "unchanged"),
        ((4, 4), (5, None), "carried"),
        ((None, 4), (5, 4), "carried"),
        (None, (5, 4), "carried"),
        ((4, 4), None, "carried"),
        (None, None, "carried"),
    ],
)
def test_only_two_whole_answers_of_its_own_let_an_enterprise_grow(before, after, component):
    told = [(name, "a", *given) for name, given in (("2017-kv4", before), ("2018-kv4", after)) if given]
    pairs = pair_answers(register(("a", LONG_AGO, None)), survey(*told), YEAR, "participants")
    assert pairs["component"].tolist() == [component]


@pytest.mark.parametrize(
    ("approximate", "component"),
    [((), "grown"), ((0,), "definition"), ((1,), "definition"), ((0, 1), "grown")],
)
def test_an_answer_that_is_approximate_at_one_end_alone_has_changed_its_way_of_counting(
    approximate, component
):
    answers = survey(("2017-kv4", "a", 20, 4), ("2018-kv4", "a", 22, 4))
    women = answers["participants_women"].astype("Float64")
    spread = pd.Series([2.0 if place in approximate else 0.0 for place in range(2)])
    bounded = answers.assign(
        participants_women_low=women - spread.to_numpy(), participants_women_high=women + spread.to_numpy()
    )
    pairs = pair_answers(register(("a", LONG_AGO, None)), bounded, YEAR, "participants")
    assert pairs["component"].tolist() == [component]


def test_an_enterprise_that_starts_again_under_a_new_number_closes_and_starts():
    again = register(("old", LONG_AGO, "2018-03-31"), ("new", "2018-04-01", None))
    answers = survey(("2017-kv4", "old", 3, 3), ("2018-kv4", "new", 3, 3))
    assert account_of(again, answers)["total"].tolist() == [6, 6, -6, 0, 0, 0, 0, 0, 6]


def test_an_enterprise_that_has_moved_is_the_same_enterprise():
    moved = ANSWERS.assign(
        municipality=["Hofors" if "2018" in name else "Gävle" for name in ANSWERS["round"]]
    )
    pd.testing.assert_frame_equal(account_of(REGISTER, moved), account_of(REGISTER, ANSWERS))


@pytest.mark.parametrize(
    ("ended", "counted"), [("2017-12-30", [0, 0]), ("2017-12-31", [1, 0]), ("2018-12-31", [1, 1])]
)
def test_an_enterprises_last_day_decides_whether_it_closed_in_the_year(ended, counted):
    changed = amounts(enterprise_changes(facts(register(("a", LONG_AGO, ended))).tables, YEAR), "enterprises")
    assert [changed["baseline"], changed["total"]] == counted
    assert changed["closed"] == counted[1] - counted[0]


def test_the_enterprises_are_five_one_started_and_one_closed():
    changed = by_key(breakdowns_of(facts()))["enterprise_changes"]
    assert amounts(changed, "enterprises") == {"baseline": 5, "started": 1, "closed": -1, "total": 5}


@pytest.mark.parametrize(
    "lacking",
    [
        {"years": (2018,)},
        {"responses": ANSWERS[ANSWERS["round"] > "2018"]},
        {"responses": ANSWERS[ANSWERS["round"] < "2018"]},
        {"responses": ANSWERS.assign(**dict.fromkeys(COUNTS, pd.array([pd.NA] * len(ANSWERS), "Int64")))},
    ],
)
def test_without_both_ends_nothing_of_a_change_of_people_is_told(lacking):
    changed = by_key(breakdowns_of(facts(**lacking)))
    assert amounts(changed["participants_changes"], TOTAL) == {}


def test_without_the_year_before_the_enterprises_are_told_at_the_end_alone():
    changed = by_key(breakdowns_of(facts(years=(2018,))))
    assert amounts(changed["enterprise_changes"], "enterprises") == {"total": 5}


def test_the_matched_panel_is_those_that_answered_for_themselves_both_times():
    panel = by_key(panel_of(facts()))
    assert amounts(panel["panel_changes"], "participants") == {
        "grown": 1, "shrunk": 1, "unchanged": 1, "definition": 0, "total": 3,
    }  # fmt: skip
    assert amounts(panel["panel_participants"], "women") == {
        "baseline": 12, "grown": 5, "shrunk": -1, "unchanged": 1, "definition": 0, "total": 17,
    }  # fmt: skip


def test_an_enterprise_that_left_one_measure_out_is_not_in_the_matched_panel():
    blank = ANSWERS.assign(employees_men=ANSWERS["employees_men"].mask(ANSWERS.index == 3))
    pairs = [pair_answers(REGISTER, blank, YEAR, measure) for measure in PEOPLE]
    assert list(answered_twice(pairs)) == ["shrunk", "unchanged"]


def test_the_panels_people_are_internal_and_its_enterprises_are_where_too_few_stand_behind_a_count():
    assert {table.key: table.internal for table in panel_of(facts())} == {
        "panel_changes": False, "panel_permanent": True, "panel_employees": True, "panel_participants": True,
    }  # fmt: skip
    assert by_key(panel_of(facts(rules=Rules(min_enterprises=2))))["panel_changes"].internal


def test_enterprises_by_municipality_keep_the_order_given_and_add_up_with_one_from_elsewhere():
    enterprises = REGISTER.assign(municipality=["Hofors", "Gävle", "Gävle", "Gävle", "Uppsala", None])
    counts = count_by(enterprises, YEAR, "municipality", ("Gävle", "Ockelbo", "Hofors"))
    wide = counts.pivot(index="municipality", columns="component", values="amount")
    names = ["Gävle", "Ockelbo", "Hofors", "Uppsala", "Ej angivet", TOTAL]
    assert list(dict.fromkeys(counts["municipality"])) == names
    assert wide.loc[names, ["baseline", "started", "closed", "total"]].to_numpy().tolist() == [
        [3, 0, -1, 2], [0, 0, 0, 0], [0, 1, 0, 1], [1, 0, 0, 1], [1, 0, 0, 1], [5, 1, -1, 5],
    ]  # fmt: skip


def test_enterprises_by_legal_form_are_told_at_the_end_alone_without_a_baseline():
    counts = count_by(REGISTER, YEAR, "legal_form", known=False)
    assert counts.set_index(["legal_form", "component"])["amount"].dropna().to_dict() == {
        ("aktiebolag", TOTAL): 5, (TOTAL, TOTAL): 5,
    }  # fmt: skip


NUMBERS = [f"55600{number}" for number in range(6)]
DAYS = st.sampled_from([None, "2017-06-30", "2017-12-31", "2018-01-01", "2018-08-31", "2018-12-31"])


@st.composite
def years_of_enterprises(draw) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Any register and its answers: whole, partial, approximate, missing, of some rounds or none."""
    numbers = draw(st.lists(st.sampled_from(NUMBERS), unique=True))
    enterprises = register(*((number, draw(DAYS) or LONG_AGO, draw(DAYS)) for number in numbers))
    count = st.one_of(st.none(), st.integers(0, 30))
    answers = survey(
        *(
            (name, number, draw(count), draw(count))
            for name in ROUNDS
            for number in NUMBERS
            if draw(st.booleans())
        )
    )
    for sex in SEXES:
        told = answers[f"participants_{sex}"].astype("Float64")
        off = draw(st.lists(st.sampled_from([0, 0, 2]), min_size=len(answers), max_size=len(answers)))
        answers[f"participants_{sex}_low"] = told - pd.array(off, "Float64")
        answers[f"participants_{sex}_high"] = told + pd.array(off, "Float64")
    return enterprises, answers


@examples(35)
@given(years_of_enterprises())
def test_baseline_and_components_are_the_result_exactly_and_the_ends_are_the_kpis(year):
    enterprises, answers = year
    wide = account_of(enterprises, answers)
    assert wide.drop(index=TOTAL).sum().to_list() == wide.loc[TOTAL].to_list()
    assert (wide["women"] + wide["men"]).to_list() == wide["total"].to_list()
    assert wide.loc["unchanged", "total"] == 0
    for row, period in ((BASELINE, YEAR.before()), (TOTAL, YEAR)):
        told = survey_total(enterprises, answers, period, "participants").amount
        assert wide.loc[row, "total"] == (told or 0)
    told = amounts(enterprise_changes(facts(enterprises, answers).tables, YEAR), "enterprises")
    assert told["baseline"] + told["started"] + told["closed"] == told["total"]
