"""Everybody in the enterprises taken apart by role: permanent and other employees, and participants."""

from __future__ import annotations

import pandas as pd

from asf_analysis.intake.schemas import SEXES
from asf_analysis.kpis.breakdowns import Breakdown, Facts
from asf_analysis.kpis.groups import (
    EVERYBODY,
    OTHER_EMPLOYEES,
    PARTICIPANTS,
    PERMANENT,
    ROLE,
    UNKNOWN_EMPLOYEES,
)
from asf_analysis.kpis.people import of_people, women_men_total

ROLES = "people_by_role"
PERMANENT_ROW, OTHER_ROW, NOT_STATED_ROW, PARTICIPANTS_ROW = (
    dict(group)[ROLE] for group in (PERMANENT, OTHER_EMPLOYEES, UNKNOWN_EMPLOYEES, PARTICIPANTS)
)


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give the breakdown by role on the period's last day."""
    answers = facts.answers
    by_role = people_by_role(answers["employees"], answers["permanent"], answers["participants"])
    return (of_people(ROLES, "Anställda och deltagare efter roll", ROLE, "Roll", by_role, whom=EVERYBODY),)


def people_by_role(
    employees: pd.DataFrame, permanent: pd.DataFrame, participants: pd.DataFrame
) -> pd.DataFrame:
    """Sum women and men who are permanently employed, otherwise employed, and participants.

    Each frame is what `standing_answers` gives for its own measure, so that a row is what its own tables say.
    The employees of an enterprise that does not tell how many are permanent have a row of their own. Where
    the permanent ones are more than all, which answers of different rounds may say, the others are missing.
    """
    told = permanent.dropna(subset=[f"permanent_{sex}" for sex in SEXES])["organisation_number"]
    untold = employees[~employees["organisation_number"].isin(told)]
    partly = permanent[~permanent["organisation_number"].isin(told)]
    known_of_them = _by_sex(partly, "permanent").fillna(0)
    not_stated = (_by_sex(untold, "employees").fillna(0) - known_of_them).clip(lower=0)
    are_permanent = _by_sex(permanent, "permanent")
    left = _by_sex(employees, "employees") - are_permanent - not_stated
    rows = [
        (PERMANENT_ROW, are_permanent, len(permanent)),
        (OTHER_ROW, left.mask(left < 0), min(len(employees), len(permanent))),
        (NOT_STATED_ROW, not_stated, len(untold)),
        (PARTICIPANTS_ROW, _by_sex(participants, "participants"), len(participants)),
    ]
    kept = [row for row in rows if row[0] != NOT_STATED_ROW or row[1].sum()]
    counts = pd.DataFrame({name: by_sex for name, by_sex, _ in kept}).T.astype("Int64")
    behind = pd.Series({name: enterprises for name, _, enterprises in kept})
    return women_men_total(counts, behind, "role", max(len(employees), len(participants)))


def _by_sex(answers: pd.DataFrame, measure: str) -> pd.Series:
    """Sum women and men of a measure; missing where no answer tells it."""
    summed = answers[[f"{measure}_{sex}" for sex in SEXES]].sum(min_count=1)
    return summed.set_axis(list(SEXES)).astype("Int64")
