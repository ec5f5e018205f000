"""One municipality at a time: its enterprises, groups, activities, trainings and participants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.breakdowns import Facts
from asf_analysis.kpis.changes import BASELINE, CLOSED, STARTED, register_changes
from asf_analysis.kpis.information import county_activities
from asf_analysis.kpis.results import Results


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

    `before` are the results of the year before, where there is raw data of it.
    """

    current: Results
    before: Results | None
    places: tuple[Place, ...]

    @property
    def years(self) -> tuple[Results, ...]:
        """The results that it tells of, the year before first where there is raw data of it."""
        return (*filter(None, [self.before]), self.current)


def municipalities_of(current: Results, before: Results | None) -> MunicipalityResults:
    """Measure each of the association's municipalities in a period."""
    facts = Facts(current.tables, current.association, current.period)
    return MunicipalityResults(
        current=current,
        before=before,
        places=tuple(_place(one.code, one.name, facts) for one in facts.association.municipalities),
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
