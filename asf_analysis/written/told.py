"""What a written report tells: a year's figures by KPI, with where they stand, and what is unsure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asf_analysis.kpis.registry import Kpi


@dataclass(frozen=True)
class Value:
    """A figure with where it stands; `day` is the one that it holds for, where the report says so."""

    amount: float
    approximate: bool
    place: str
    text: str
    day: date | None = None
    percent: bool = False
    counts: tuple[float, float] | None = None

    def __str__(self) -> str:
        number = write_amount(self.amount)
        counts = f" ({self.counts[0]:g} av {self.counts[1]:g})" if self.counts else ""
        return f"{'ca ' if self.approximate else ''}{number}{' %' if self.percent else ''}{counts}"


def write_amount(amount: float) -> str:
    """Write a figure as a cell of a list holds it: no spaces, a decimal comma.

    >>> write_amount(1234567), write_amount(12.5)
    ('1234567', '12,5')
    """
    return str(int(amount)) if amount == int(amount) else f"{amount:.10g}".replace(".", ",")


@dataclass(frozen=True)
class Found:
    """What a report tells of one KPI; one that is not ours has no `kpi`, and the report's own name."""

    kpi: Kpi | None
    name: str
    place: str
    baseline: Value | None = None
    target: Value | None = None
    result: Value | None = None
    status: str = ""
    members: tuple[str, ...] = ()
    baseline_definition: str = ""
    result_definition: str = ""

    @property
    def values(self) -> tuple[Value, ...]:
        """The figures that it has."""
        return tuple(filter(None, (self.baseline, self.target, self.result)))

    @property
    def places(self) -> tuple[str, ...]:
        """Where its figures stand, each place once."""
        return tuple(dict.fromkeys([value.place for value in self.values] or [self.place]))


@dataclass(frozen=True)
class Doubt:
    """Something that a report may tell, and why it is not taken; the passage is for a person to judge."""

    name: str
    what: str
    reason: str
    place: str
    text: str


@dataclass(frozen=True)
class Reading:
    """A report as it was read."""

    file: str
    title: str
    year: int
    found: tuple[Found, ...]
    doubts: tuple[Doubt, ...]
    notes: tuple[str, ...] = ()

    def of(self, key: str) -> Found | None:
        """Give what the report tells of one of our KPIs."""
        return next((one for one in self.found if one.kpi and one.kpi.key == key), None)
