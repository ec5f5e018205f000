"""The participants of each municipality taken apart, as the county's are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from asf_analysis.intake.schemas import AGE_GROUPS, SEXES
from asf_analysis.kpis.breakdowns import Breakdown, Facts
from asf_analysis.kpis.groups import PARTICIPANTS
from asf_analysis.kpis.people import AGE_LABELS, AUTHORITY_TABLE, of_people, people_by_group
from asf_analysis.kpis.survey import NOT_TOLD

AGE_TABLE = "participants_by_age"
SPLITS = (AUTHORITY_TABLE, AGE_TABLE)
"""The county's breakdowns of participants that are told of each municipality too."""


def splits_of(facts: Facts) -> Mapping[tuple[str, str], Breakdown]:
    """Give, by municipality and key in SPLITS, the breakdown of its participants on the survey's day."""
    active, answers, association = facts.active, facts.answers["participants"], facts.association
    authorities = {f"from_{authority.key}": authority.name for authority in association.authorities}
    ages = {f"aged_{group}": AGE_LABELS[group] for group in AGE_GROUPS}
    kinds = (
        (AUTHORITY_TABLE, "placerande myndighet", "authority", "Myndighet", authorities),
        (AGE_TABLE, "ålder", "age", "Ålder", ages),
    )
    measures = ["participants", *authorities, *ages]
    answers = answers[["municipality", *(f"{measure}_{sex}" for measure in measures for sex in SEXES)]]
    found = {}
    for name in association.municipality_names():
        own = answers[answers["municipality"] == name]
        nobody = not (active["municipality"] == name).any()
        whom = (*PARTICIPANTS, ("municipality", name))
        for key, by, rows, label, groups in kinds:
            frame = people_by_group(own, "participants", groups, rows)
            if nobody:
                frame = frame.assign(amount=frame["amount"].fillna(0))
            split = of_people(key, f"Deltagare i {name} efter {by}", rows, label, frame, NOT_TOLD, whom)
            found[name, key] = replace(split, on=facts.survey_day)
    return found
