"""One municipality at a time: its enterprises, groups, activities, trainings and participants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from asf_analysis.intake.schemas import AGE_GROUPS, SEXES
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts
from asf_analysis.kpis.changes import BASELINE, CLOSED, STARTED, register_changes
from asf_analysis.kpis.information import county_activities
from asf_analysis.kpis.people import AGE_LABELS, AUTHORITY_TABLE, of_people, people_by_group
from asf_analysis.kpis.results import Results
from asf_analysis.kpis.survey import standing_answers, survey_day

AGE_TABLE = "participants_by_age"
SPLITS = (AUTHORITY_TABLE, AGE_TABLE)
"""The county's breakdowns of participants that are told of each municipality too."""

REACHED = ["employees", "politicians", "others"]
"""The columns of an activity that count whom it reached."""


@dataclass(frozen=True)
class LocalGroup:
    """A support structure that a municipality is part of; `meetings` is how often it meets in a year."""

    name: str
    form: str
    since: date
    meetings: int | None


@dataclass(frozen=True)
class Place:
    """What is counted of one municipality and no secret: enterprises, groups, activities and trainings.

    `before` is how many enterprises were active when the period began.
    """

    code: str
    name: str
    before: int
    started: int
    closed: int
    enterprises: int
    activities: int
    trainings: int
    groups: tuple[LocalGroup, ...]


@dataclass(frozen=True)
class MunicipalityResults:
    """All results of municipalities, before disclosure control; nothing of it reaches a reader.

    `before` are the results of the year before, where there is raw data of it. `splits` has, by municipality
    and key in SPLITS, a breakdown of its participants. `contacts` counts those whom information reached, by
    municipality, and under "" where no municipality is told.
    """

    current: Results
    before: Results | None
    places: tuple[Place, ...]
    splits: Mapping[tuple[str, str], Breakdown]
    contacts: Mapping[str, int]


def municipalities_of(current: Results, before: Results | None) -> MunicipalityResults:
    """Measure each of the association's municipalities in a period."""
    facts = Facts(current.tables, current.association, current.period)
    names = facts.association.municipality_names()
    held = county_activities(facts.tables.activities, facts.period)
    where = held["municipality"].where(held["municipality"].isin(names), "")
    reached = held[REACHED].fillna(0).sum(axis=1).groupby(where.fillna("")).sum()
    return MunicipalityResults(
        current=current,
        before=before,
        places=tuple(_place(one.code, one.name, facts) for one in facts.association.municipalities),
        splits=_splits(facts),
        contacts={name: int(reached.get(name, 0)) for name in (*names, "")},
    )


def _place(code: str, name: str, facts: Facts) -> Place:
    """Count what is a municipality's own; its enterprises as `enterprises_by_municipality` does."""
    tables, period = facts.tables, facts.period
    own = tables.enterprises[tables.enterprises["municipality"] == name]
    parts = {part: len(rows) for part, rows in register_changes(own, period).items()}
    activities = county_activities(tables.activities, period)
    trainings = tables.trainings[period.holds(tables.trainings["held_on"])]
    return Place(
        code=code,
        name=name,
        before=parts[BASELINE],
        started=parts[STARTED],
        closed=parts[CLOSED],
        enterprises=parts[BASELINE] + parts[STARTED] - parts[CLOSED],
        activities=int((activities["municipality"] == name).sum()),
        trainings=int((trainings["municipality"] == name).sum()),
        groups=_groups(tables.support_structures, name, period.end),
    )


def _groups(structures: pd.DataFrame, name: str, day: date) -> tuple[LocalGroup, ...]:
    running = running_on(structures[structures["municipality"] == name], day).sort_values(
        ["started_on", "group"], kind="stable"
    )
    return tuple(
        LocalGroup(
            name=str(row["group"]),
            form="" if pd.isna(row["form"]) else str(row["form"]),
            since=row["started_on"].date(),
            meetings=None if pd.isna(row["meetings_per_year"]) else int(row["meetings_per_year"]),
        )
        for _, row in running.iterrows()
    )


def _splits(facts: Facts) -> dict[tuple[str, str], Breakdown]:
    """Take each municipality's participants apart, as the county's are."""
    tables, period, association = facts.tables, facts.period, facts.association
    active = running_on(tables.enterprises, survey_day(tables.responses, period))
    answers = standing_answers(tables.enterprises, tables.responses, period, "participants")
    authorities = {f"from_{authority.key}": authority.name for authority in association.authorities}
    ages = {f"aged_{group}": AGE_LABELS[group] for group in AGE_GROUPS}
    kinds = (
        (AUTHORITY_TABLE, "placerande myndighet", "authority", "Myndighet", authorities),
        (AGE_TABLE, "ålder", "age", "Ålder", ages),
    )
    found = {}
    for name in association.municipality_names():
        own = answers[answers["municipality"] == name]
        nobody = not (active["municipality"] == name).any()
        for key, by, rows, label, groups in kinds:
            frame = people_by_group(own, "participants", groups, rows)
            if nobody:
                frame = frame.assign(amount=frame["amount"].fillna(0))
            found[name, key] = of_people(key, f"Deltagare i {name} efter {by}", rows, label, frame)
    return found


def laid_out(splits: Mapping[str, Breakdown], rows: str) -> pd.DataFrame:
    """Lay out the municipalities' breakdowns as one table: a row for each, a column per group and sex.

    A group that a municipality does not have has nobody there, and what is missing counts as nobody.
    """
    wide = {
        name: one.frame[one.frame["sex"].isin(SEXES) & (one.frame[rows] != TOTAL)].set_index([rows, "sex"])[
            "amount"
        ]
        for name, one in splits.items()
    }
    return pd.DataFrame(wide).T.astype("Float64").fillna(0).astype("Int64")
