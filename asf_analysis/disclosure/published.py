"""`Published`: what has passed disclosure control, the only thing that presentation accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd

from asf_analysis.association import Association, Rules
from asf_analysis.audience import Audience
from asf_analysis.errors import DoorForgotten, UnknownName
from asf_analysis.kpis.assessments import Assessment
from asf_analysis.kpis.breakdowns import TableHead
from asf_analysis.kpis.contradictions import Contradiction
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.population import NO_POPULATION, Population
from asf_analysis.kpis.registry import Period, Result

SHOWN, WITHHELD, MISSING = "shown", "withheld", "missing"
WITHHELD_SIGN, MISSING_SIGN = "..", "."
"""What stands in a cell instead of a number."""


@dataclass(frozen=True, kw_only=True)
class PublishedTable(TableHead):
    """A breakdown as it may be shown; a share of fewer than `share_base` is told in counts alone.

    `only_totals` is set where more than half of it would have been withheld, so that its inner cells all are.
    `frame` is tidy: the two dimensions (str), `value` (Int64, missing unless shown) and `status` (shown,
    withheld or missing).
    """

    frame: pd.DataFrame
    share_base: int = Rules().share_base
    only_totals: bool = False

    @property
    def withheld(self) -> int:
        """How many cells are withheld."""
        return int((self.frame["status"] == WITHHELD).sum())


@dataclass(frozen=True)
class Sources:
    """What the figures rest on: rows read, used and set aside, and doubts that did not stop publication.

    How many doubts there were is for the internal audience alone, and else None: checks doubt single
    answers, such as one far from the round before, and so their number tells of what is withheld.
    """

    raw_rows: int
    clean_rows: int
    set_aside: int
    warnings: int | None = None


Part = Literal["result", "baseline", "target"]


@dataclass(frozen=True)
class Revision:
    """A KPI's figure that an earlier edition, of a day, told otherwise; a target is told as a result is.

    `changed` names the tables of raw data, by their names in SCHEMAS, that the KPI is counted from and that
    are not as they were; where none is, it was counted in another way, or its target was set anew.
    """

    kpi: str
    part: Part
    before: Result
    after: Result
    edition: date
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """A period's results after disclosure control for one audience.

    The internal one's outcomes tell the raw rows they were counted from (`outcome(key).evidence`: `file`,
    `sheet`, `row`); the public one holds no file name, sheet or row.
    """

    year: int
    period: Period
    audience: Audience
    association: Association
    outcomes: tuple[Outcome, ...]
    """The KPIs, and after them the indicators that have a target."""
    indicators: tuple[Outcome, ...]
    """The indicators that only describe."""
    tables: Mapping[str, PublishedTable]
    assessment: Assessment
    contradictions: tuple[Contradiction, ...]
    """What published reports say against each other; it was all public before."""
    lectures: tuple[tuple[str, str], ...]
    """Lectures outside the county: (Swedish date, place)."""
    sources: Sources
    population: Population = NO_POPULATION
    """How many people live in each municipality; it was all public before."""
    splits: Mapping[tuple[str, str], PublishedTable] = field(default_factory=dict)
    """Each municipality's participants by authority and by age: by its name and the county table's key."""
    revisions: tuple[Revision, ...] = ()
    """What earlier editions told otherwise, the earliest first."""

    def outcome(self, key: str) -> Outcome:
        """Give one KPI's or indicator's outcome; raises UnknownName with the keys that exist."""
        told = (*self.outcomes, *self.indicators)
        for outcome in told:
            if outcome.kpi.key == key:
                return outcome
        known = ", ".join(outcome.kpi.key for outcome in told)
        raise UnknownName(f"Det finns inget nyckeltal som heter {key!r}. De som finns: {known}.")

    def chosen(self, keys: Sequence[str] = ()) -> tuple[Outcome, ...]:
        """Give the outcomes of some KPIs and indicators, in the order named; without keys, those of all KPIs.

        Raises UnknownName for a key that does not exist.
        """
        return tuple(self.outcome(key) for key in keys) if keys else self.outcomes

    def table(self, key: str) -> PublishedTable:
        """Give one breakdown; raises UnknownName with the keys that exist."""
        if key not in self.tables:
            raise UnknownName(
                f"Det finns ingen tabell som heter {key!r}. De som finns: {', '.join(self.tables)}."
            )
        return self.tables[key]


def require_published(candidate: object) -> Published:
    """Give back what passed the door; raises DoorForgotten for anything else."""
    if not isinstance(candidate, Published):
        raise DoorForgotten(
            f"Det som ska visas är {type(candidate).__name__} och har inte passerat röjandekontrollen. "
            "Börja med report = load(year) och skicka report vidare."
        )
    return candidate


def require_table(candidate: object) -> PublishedTable:
    """Give back a table that passed the door; raises DoorForgotten for anything else, as a raw breakdown."""
    if not isinstance(candidate, PublishedTable):
        raise DoorForgotten(
            f"Tabellen som ska visas är {type(candidate).__name__} och har inte passerat röjandekontrollen. "
            "Börja med report = load(year) och hämta tabellen med report.table(nyckel)."
        )
    return candidate
