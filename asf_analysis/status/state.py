"""What is known of a year on a day, as it is told and decided upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from asf_analysis.audience import Audience
from asf_analysis.errors import Fault, Severity
from asf_analysis.folders import DataFolder
from asf_analysis.intake.sources import REGISTERS
from asf_analysis.kpis.response_rate import RoundAnswers
from asf_analysis.presentation.source_words import name_table
from asf_analysis.reports.manifest import RunManifest


@dataclass(frozen=True)
class TableState:
    """What there is of a table: its files or folders, and the rows that are filled in; None where unread."""

    table: str
    paths: tuple[Path, ...]
    rows: int | None

    @property
    def label(self) -> str:
        """What the table is called."""
        return name_table(self.table)


@dataclass(frozen=True)
class RoundState:
    """A survey round: the files or folders of its answers, the day that it tells of, and who answered."""

    quarter: int
    day: date
    paths: tuple[Path, ...]
    answers: RoundAnswers

    @property
    def is_silent(self) -> bool:
        """Whether nobody has answered."""
        return not self.answers.answered


@dataclass(frozen=True)
class GoalState:
    """A goal with a target: how it went, or goes by `word` (före, i takt, efter) until the year ends."""

    label: str
    result: str
    target: str
    word: str


@dataclass(frozen=True)
class ReportState:
    """A report that is published: when it was made, and whether it is what would be made today."""

    title: str
    audience: Audience
    made: datetime
    unchanged: bool
    documents: tuple[Path, ...]


@dataclass(frozen=True)
class YearStatus:
    """Where a year stands on a day.

    `faults` are those to mend: what is only missing or not filled in yet is told by `tables` and `rounds`.
    `goals` are judged on `judged_on`; both are empty where the data cannot be measured yet. `unset` are the
    goals without a target, and `has_targets` tells whether the year has any line of them.
    """

    year: int
    today: date
    is_there: bool
    data: DataFolder
    output: Path
    tables: tuple[TableState, ...] = ()
    rounds: tuple[RoundState, ...] = ()
    faults: tuple[Fault, ...] = ()
    stopped: bool = False
    goals: tuple[GoalState, ...] = ()
    judged_on: date | None = None
    unset: tuple[str, ...] = ()
    has_targets: bool = False
    is_assessed: bool = False
    reports: tuple[ReportState, ...] = ()
    last_run: RunManifest | None = None
    options: str = ""
    """What follows a command so that it finds the same data, as the person wrote it."""
    run_options: str = ""

    @property
    def is_over(self) -> bool:
        """Whether the year has ended."""
        return self.today > date(self.year, 12, 31)

    @property
    def has_not_begun(self) -> bool:
        """Whether the year is still to come."""
        return self.today < date(self.year, 1, 1)

    @property
    def is_filled(self) -> bool:
        """Whether anything at all is filled in of the year's own."""
        own = [one for one in self.tables if one.table not in REGISTERS]
        return any(one.rows for one in own) or any(one.answers.rows for one in self.rounds)

    def of_severity(self, severity: Severity) -> tuple[Fault, ...]:
        """Give the faults of one severity."""
        return tuple(fault for fault in self.faults if fault.severity == severity)
