"""Everybody by role, those who completed by outcome, and participants crossed, on a few answers each."""

import pandas as pd
import pytest

from asf_analysis.intake.schemas import SURVEY_COUNTS
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.completed import OUTCOMES, answers_over
from asf_analysis.kpis.moving_on import completed_to_work_or_studies
from asf_analysis.kpis.people import NOT_STATED, authorities_by_municipality, people_by_group
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.roles import NOT_STATED_ROW, OTHER_ROW, PARTICIPANTS_ROW, PERMANENT_ROW, people_by_role

YEAR = Period.of_year(2018)


def answers(*given: dict) -> pd.DataFrame:
    """Survey answers, one per row, of enterprises 0, 1, … unless they say whose they are."""
    frame = pd.DataFrame(
        {
            "organisation_number": [str(row.get("enterprise", place)) for place, row in enumerate(given)],
            "municipality": [row.get("municipality", "Gävle") for row in given],
            "round": [row.get("round", "2018-kv4") for row in given],
        }
    )
    return frame.assign(
        **{name: pd.array([row.get(name) for row in given], "Int64") for name in SURVEY_COUNTS}
    )


def by_sex(measure: str, women: int | None, men: int | None) -> dict:
    return {f"{measure}_women": women, f"{measure}_men": men}


def wide(frame: pd.DataFrame, rows: str, columns: str = "sex") -> pd.DataFrame:
    return frame.pivot(index=rows, columns=columns, values="amount")


def roles(employees: pd.DataFrame, permanent: pd.DataFrame, participants: pd.DataFrame) -> dict:
    frame = people_by_role(employees, permanent, participants)
    return {row: tuple(cells) for row, cells in frame.groupby("role", sort=False)["amount"]}


def test_each_role_is_told_by_the_answers_to_its_own_question():
    employed = answers(by_sex("employees", 9, 8), by_sex("employees", 3, 2))
    permanent = answers(by_sex("permanent", 7, 8), by_sex("permanent", 0, 1))
    taking_part = answers(by_sex("participants", 5, 6))
    assert roles(employed, permanent, taking_part) == {
        PERMANENT_ROW: (7, 9, 16), OTHER_ROW: (5, 1, 6), PARTICIPANTS_ROW: (5, 6, 11), TOTAL: (17, 16, 33),
    }  # fmt: skip


def test_employees_of_an_enterprise_that_does_not_tell_who_is_permanent_are_not_taken_as_others():
    employed = answers(by_sex("employees", 9, 8), by_sex("employees", 3, 2))
    permanent = answers(by_sex("permanent", 7, 8), by_sex("permanent", 1, None))
    told = roles(employed, permanent, answers(by_sex("participants", 5, 6)))
    assert told[PERMANENT_ROW] == (8, 8, 16)
    assert told[OTHER_ROW] == (2, 0, 2)
    assert told[NOT_STATED_ROW] == (2, 2, 4)
    assert told[TOTAL] == (17, 16, 33)


def test_more_permanent_than_employed_in_answers_of_different_rounds_leave_the_others_unknown():
    told = people_by_role(
        answers(by_sex("employees", 3, 8)),
        answers(by_sex("permanent", 4, 5)),
        answers(by_sex("participants", 1, 1)),
    )
    cells = wide(told, "role")
    assert pd.isna(cells.loc[OTHER_ROW, "women"])
    assert cells.loc[OTHER_ROW, "men"] == 3


def test_roles_without_any_answer_are_missing_and_not_nobody():
    frame = people_by_role(answers(), answers(), answers())
    assert frame["amount"].isna().all()
    assert list(frame["role"].unique()) == [PERMANENT_ROW, OTHER_ROW, PARTICIPANTS_ROW, TOTAL]


@pytest.mark.parametrize(("end", "women"), [("2018-12-31", 7), ("2018-08-31", 3), ("2017-12-31", 9)])
def test_those_who_completed_are_summed_over_the_rounds_of_the_period(end, women):
    given = answers(
        {"enterprise": 1, "round": "2017-kv4", **by_sex("completed", 9, 0)},
        {"enterprise": 1, "round": "2018-kv1", **by_sex("completed", 3, 1)},
        {"enterprise": 1, "round": "2018-kv4", **by_sex("completed", 4, None)},
    )
    summed = answers_over(given, Period.until(pd.Timestamp(end).date()))
    assert summed["completed_women"].tolist() == [women]
    assert len(summed) == 1


def test_those_whose_outcome_is_not_told_have_a_row_of_their_own():
    given = answers(
        {
            **by_sex("completed", 5, 4),
            **by_sex("completed_to_work", 2, 4),
            **by_sex("completed_to_other", 1, 0),
        },
        {**by_sex("completed", 2, 0), **by_sex("completed_to_studies", 2, 0)},
    )
    cells = wide(people_by_group(given, "completed", OUTCOMES, "outcome"), "outcome")
    assert cells["total"].to_dict() == {"Annat": 1, "Arbete": 6, "Ej angivet": 2, "Studier": 2, TOTAL: 11}


def test_an_outcome_that_no_enterprise_answered_is_missing():
    given = answers({**by_sex("completed", 5, 4), **by_sex("completed_to_work", 2, 4)})
    cells = wide(people_by_group(given, "completed", OUTCOMES, "outcome"), "outcome")
    assert cells.loc["Studier"].isna().all()
    assert cells.loc[NOT_STATED, "total"] == 3


class TwoPlaces:
    """An association of three municipalities."""

    def municipality_names(self) -> tuple[str, ...]:
        """Name them."""
        return ("Gävle", "Hofors", "Ockelbo")


def test_participants_are_counted_by_municipality_and_authority_and_those_not_placed_beside_them():
    given = answers(
        {**by_sex("participants", 5, 4), **by_sex("from_region", 3, 2), **by_sex("from_other", 0, 1)},
        {**by_sex("participants", 2, 0), **by_sex("from_region", 2, 0), **by_sex("from_other", 0, 0)},
        {"municipality": "Hofors"},
    )
    active = pd.DataFrame({"municipality": ["Gävle", "Gävle", "Hofors"]})
    groups = {"from_region": "Regionen", "from_other": "Annan"}
    frame = authorities_by_municipality(given, active, groups, TwoPlaces())
    cells = wide(frame, "municipality", "authority")
    assert cells.loc["Gävle"].to_dict() == {"Regionen": 7, "Annan": 1, NOT_STATED: 3, TOTAL: 11}
    assert cells.loc[TOTAL].to_dict() == {"Regionen": 7, "Annan": 1, NOT_STATED: 3, TOTAL: 11}
    assert cells.loc["Hofors", ["Regionen", "Annan"]].isna().all()
    assert cells.loc["Ockelbo"].to_dict() == {"Regionen": 0, "Annan": 0, NOT_STATED: 0, TOTAL: 0}
    behind = frame.set_index(["municipality", "authority"])["enterprises"]
    assert behind.loc[[("Gävle", "Regionen"), ("Gävle", "Annan"), ("Gävle", TOTAL)]].tolist() == [2, 1, 2]


def test_what_an_answer_tells_they_went_on_to_counts_only_where_it_tells_how_many_completed():
    responses = answers(
        {**by_sex("completed", 5, None), **by_sex("completed_to_work", 3, 9)},
        {**by_sex("completed", None, 4), **by_sex("completed_to_work", 7, 1)},
    )
    told = answers_over(responses, YEAR)
    assert told["completed_to_work_women"].sum() == 3
    assert told["completed_to_work_men"].sum() == 1
    share = completed_to_work_or_studies(responses, YEAR)
    assert (share.amount, share.whole) == (4, 9)
