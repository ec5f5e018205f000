"""Each KPI on a few rows, at the edges of its period and of its definition."""

import pandas as pd
import pytest

from asf_analysis.association import Rules
from asf_analysis.intake.schemas import SURVEY_COUNTS
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.enterprises import (
    count_active_enterprises,
    count_participants,
    count_permanent_employees,
)
from asf_analysis.kpis.information import (
    count_activities,
    count_employees_informed,
    count_external_lectures,
    count_organisations,
    count_politicians_informed,
)
from asf_analysis.kpis.milestones import follow_up_gender
from asf_analysis.kpis.registry import NOT_KNOWN, Period, Result, total
from asf_analysis.kpis.support import (
    count_cooperation_groups,
    count_supervised_places,
    count_supporting_municipalities,
)
from asf_analysis.kpis.survey import standing_answers
from asf_analysis.kpis.trainings import count_ambassadors, count_trainings

YEAR = Period.of_year(2018)
EDGES = ["2017-12-31", "2018-01-01", "2018-12-31", "2019-01-01"]


def days(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)))


def test_there_are_fifteen_kpis_each_with_a_key_and_a_name_of_its_own():
    assert len({kpi.key for kpi in KPIS}) == len({kpi.label for kpi in KPIS}) == len(KPIS) == 15


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)
def test_every_kpi_says_how_and_from_what_it_is_counted(kpi):
    assert kpi.formula.endswith(".")
    assert kpi.source
    assert (kpi.measure is None) == kpi.milestone_from_assessment
    assert bool(kpi.unit) == bool(kpi.singular) == bool(kpi.plural) == (kpi.kind != "milestone")


def test_the_years_first_and_last_day_belong_to_it():
    assert count_trainings(pd.DataFrame({"held_on": days(*EDGES)}), YEAR) == Result(2)


def test_a_year_without_trainings_trained_nobody():
    nothing = pd.DataFrame({"held_on": days(), "participants": pd.array([], "Int64")})
    assert (count_trainings(nothing, YEAR), count_ambassadors(nothing, YEAR)) == (Result(0), Result(0))


def test_trainings_whose_size_nobody_noted_are_not_taken_as_empty():
    noted = pd.DataFrame({"held_on": days("2018-05-01"), "participants": pd.array([None], "Int64")})
    assert count_ambassadors(noted, YEAR) == NOT_KNOWN


def test_one_approximate_figure_makes_the_sum_approximate():
    held = pd.DataFrame(
        {
            "held_on": days("2018-03-01", "2018-04-01"),
            "participants": pd.array([35, 15], "Int64"),
            "participants_low": pd.array([35, 13.5], "Float64"),
            "participants_high": pd.array([35, 16.5], "Float64"),
        }
    )
    assert count_ambassadors(held, YEAR) == Result(50, low=48.5, high=51.5)
    assert count_ambassadors(held[:1], YEAR) == Result(35)


def activities(**columns: list) -> pd.DataFrame:
    rows = len(next(iter(columns.values())))
    base = {
        "held_on": days(*["2018-05-02"] * rows),
        "kind": ["informationsträff"] * rows,
        "place": [None] * rows,
        "organisation": ["A"] * rows,
        "employees": pd.array([1] * rows, "Int64"),
        "politicians": pd.array([0] * rows, "Int64"),
    }
    return pd.DataFrame({**base, **columns})


def test_a_lecture_outside_the_county_is_named_by_place_and_counts_nowhere_else():
    held = activities(kind=["föreläsning", "föreläsning", "studiebesök"], place=["Riga", None, "Falun"])
    assert count_external_lectures(held, YEAR) == Result(1, members=("Riga",))
    assert count_activities(held, YEAR) == Result(2)
    assert count_employees_informed(held, YEAR) == Result(2)


def test_lectures_outside_the_county_come_in_order_of_date():
    held = activities(
        kind=["föreläsning"] * 2, place=["Riga", "Värmdö"], held_on=days("2018-09-01", "2018-02-01")
    )
    assert count_external_lectures(held, YEAR).members == ("Värmdö", "Riga")


def test_an_organisation_counts_once_however_its_name_is_spaced():
    names = ["Gävle kommun", "GÄVLE  KOMMUN ", "Ga\u0308vle kommun", "Region Gävleborg", None]
    assert count_organisations(activities(organisation=names), YEAR) == Result(2)


def test_politicians_are_counted_as_contacts():
    assert count_politicians_informed(
        activities(politicians=pd.array([30, None, 45], "Int64")), YEAR
    ) == Result(75)


def register(*periods: tuple[str, str | None], municipality: str = "Gävle") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "organisation_number": [f"80000{number}-0000" for number in range(len(periods))],
            "municipality": [municipality] * len(periods),
            "started_on": days(*(start for start, _ in periods)),
            "ended_on": days(*(end for _, end in periods)),
        }
    )


@pytest.mark.parametrize(
    ("start", "end", "active"),
    [
        ("2018-12-31", None, 1),
        ("2019-01-01", None, 0),
        ("2017-01-01", "2018-12-31", 1),
        ("2017-01-01", "2018-12-30", 0),
    ],
)
def test_an_enterprise_is_active_from_its_first_to_its_last_day(start, end, active):
    assert count_active_enterprises(register((start, end)), YEAR) == Result(active)


def answers(*rows: tuple[int, str, dict]) -> pd.DataFrame:
    """Survey answers: (number in the register, round, counts); what is not given is not answered."""
    frame = pd.DataFrame(
        {
            "organisation_number": [f"80000{number}-0000" for number, _, _ in rows],
            "round": [name for _, name, _ in rows],
            "municipality": [None for _ in rows],
        }
    )
    counts = {
        column: pd.array([given.get(column) for _, _, given in rows], "Int64") for column in SURVEY_COUNTS
    }
    return frame.assign(**counts)


def people(women: int | None, men: int | None) -> dict:
    return {"participants_women": women, "participants_men": men}


ALWAYS = ("2010-01-01", None)


def test_a_stock_is_what_the_last_round_says():
    given = answers((0, "2018-kv1", people(1, 1)), (0, "2018-kv4", people(5, 3)))
    assert count_participants(register(ALWAYS), given, YEAR) == Result(8, answered=1, asked=1)


def test_a_missing_answer_is_carried_forward_from_the_round_before_and_said():
    given = answers((0, "2018-kv4", people(5, 3)), (1, "2018-kv1", people(2, 0)))
    assert count_participants(register(ALWAYS, ALWAYS), given, YEAR) == Result(
        10, answered=1, asked=2, carried=1, answered_only=Result(8)
    )


def test_no_answer_in_either_round_is_missing_and_not_zero():
    given = answers(
        (0, "2018-kv4", people(5, 3)), (1, "2017-kv4", people(2, 0)), (0, "2018-kv1", people(4, 4))
    )
    assert count_participants(register(ALWAYS, ALWAYS), given, YEAR) == Result(8, answered=1, asked=2)


def test_an_answer_for_women_alone_counts_but_is_no_full_answer():
    given = answers((0, "2018-kv4", people(5, 3)), (1, "2018-kv4", people(2, None)))
    assert count_participants(register(ALWAYS, ALWAYS), given, YEAR) == Result(10, answered=1, asked=2)


def test_each_question_is_carried_forward_on_its_own():
    given = answers(
        (0, "2018-kv1", {"permanent_women": 4, "permanent_men": 1, **people(9, 9)}),
        (0, "2018-kv4", people(5, 3)),
    )
    assert count_permanent_employees(register(ALWAYS), given, YEAR) == Result(
        5, answered=0, asked=1, carried=1, answered_only=NOT_KNOWN
    )
    assert count_participants(register(ALWAYS), given, YEAR) == Result(8, answered=1, asked=1)


def test_the_answer_of_an_enterprise_that_has_closed_does_not_count():
    given = answers((0, "2018-kv4", people(5, 3)), (1, "2018-kv4", people(2, 2)))
    assert count_participants(register(ALWAYS, ("2010-01-01", "2018-11-30")), given, YEAR).amount == 8


def test_a_year_without_a_round_has_no_figure():
    given = answers((0, "2017-kv4", people(5, 3)))
    assert count_participants(register(ALWAYS), given, YEAR) == NOT_KNOWN


def test_no_enterprise_means_no_people():
    given = answers((0, "2018-kv4", people(5, 3)))
    assert count_participants(register(("2019-01-01", None)), given, YEAR).amount == 0


def test_the_municipality_is_the_registers():
    standing = standing_answers(
        register(ALWAYS, municipality="Hofors"), answers((0, "2018-kv4", people(1, 1))), YEAR, "participants"
    )
    assert standing["municipality"].tolist() == ["Hofors"]


def test_measuring_changes_no_table():
    enterprises, given = register(ALWAYS), answers((0, "2018-kv4", people(5, 3)))
    before = (enterprises.copy(), given.copy())
    count_participants(enterprises, given, YEAR)
    pd.testing.assert_frame_equal(enterprises, before[0])
    pd.testing.assert_frame_equal(given, before[1])


def structures(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": [row[0] for row in rows],
            "municipality": [row[1] for row in rows],
            "started_on": days(*(row[2] for row in rows)),
            "ended_on": days(*(row[3] for row in rows)),
        }
    )


def test_a_municipality_in_two_groups_counts_once_and_a_shared_group_once():
    running = structures(
        ("Norra", "Hudiksvall", "2017-01-01", None),
        ("Norra", "Nordanstig", "2017-01-01", None),
        ("Södra", "Hudiksvall", "2018-01-01", None),
        ("Slut", "Gävle", "2017-01-01", "2018-12-30"),
        ("Sen", "Hofors", "2019-01-01", None),
    )
    assert count_supporting_municipalities(running, YEAR) == Result(2, members=("Hudiksvall", "Nordanstig"))
    assert count_cooperation_groups(running, YEAR) == Result(2)


def test_a_supervised_place_counts_on_the_last_day_of_its_period():
    places = pd.DataFrame(
        {
            "started_on": days("2018-01-01", "2018-07-01"),
            "ended_on": days("2018-12-30", "2018-12-31"),
            "places": pd.array([10, 7], "Int64"),
        }
    )
    assert count_supervised_places(places, YEAR) == Result(7)


FULL = {column: 0 for column in SURVEY_COUNTS}


@pytest.mark.parametrize(("answered", "reached"), [(4, True), (3, False)])
def test_gender_is_followed_up_when_enough_answer_both_rounds(answered, reached):
    enterprises = register(*[ALWAYS] * 5)
    given = answers(
        *[(number, "2018-kv1", FULL) for number in range(5)],
        *[(number, "2018-kv4", FULL) for number in range(answered)],
    )
    result = follow_up_gender(enterprises, given, YEAR, Rules(response_percent=80))
    assert (result.reached, result.answered, result.asked) == (reached, answered, 5)


def test_one_round_is_not_a_follow_up():
    given = answers((0, "2018-kv4", FULL))
    assert follow_up_gender(register(ALWAYS), given, YEAR, Rules()).reached is False


def test_an_answer_without_placing_authority_tells_it_only_where_nobody_was_placed():
    counts = {"employees_women": 1, "employees_men": 1}
    both = [(0, name, {**counts, **people(0, 0)}) for name in ("2018-kv1", "2018-kv4")]
    assert follow_up_gender(register(ALWAYS), answers(*both), YEAR, Rules()).reached
    placed = [(0, name, {**counts, **people(1, 0)}) for name in ("2018-kv1", "2018-kv4")]
    assert not follow_up_gender(register(ALWAYS), answers(*placed), YEAR, Rules()).reached


def test_a_milestone_that_nobody_could_reach_is_not_reached():
    assert not follow_up_gender(
        register(("2020-01-01", None)), answers((0, "2018-kv4", FULL)), YEAR, Rules()
    ).reached


def test_a_sum_over_several_columns_adds_them_up():
    frame = pd.DataFrame({"a": pd.array([1, None], "Int64"), "b": pd.array([2, 3], "Int64")})
    assert total(frame, ["a", "b"]) == Result(6)
