"""What a written report tells: a year's figures by KPI, and what is unsure, with the passage of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from asf_analysis.association import Association
from asf_analysis.errors import WrongUsage
from asf_analysis.kpis.registry import Kpi
from asf_analysis.written.documents import read_document
from asf_analysis.written.goals import goals_of
from asf_analysis.written.limits import Meter
from asf_analysis.written.matching import KpiBook
from asf_analysis.written.passages import Passage
from asf_analysis.written.tables import goals_of_tables
from asf_analysis.written.text import LONGEST

_ABOUT_ASF = re.compile(r"\bASF\b|social\w+ företag", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9-])(20[0-9]{2})(?![0-9-])")
_LEAST_MENTIONS = 5


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


def read_report(
    path: Path, association: Association, kpis: Sequence[Kpi], year: int | None = None
) -> Reading:
    """Read a report's goals and results.

    Raises UnreadableReport for a file that cannot be read, and WrongUsage where neither the report nor `year`
    says what year it is about.
    """
    from asf_analysis.written.resolving import resolve

    meter = Meter(path.name)
    passages = tuple(one for one in read_document(path) if len(one.text) <= LONGEST)
    title = title_of(passages, path.stem)
    told = year_of(title, passages)
    if year is None and told is None:
        raise WrongUsage(
            f"{path.name}: Rapporten säger inte entydigt vilket år den gäller. Ange det med --year 2018."
        )
    about = year or told or 0
    notes = []
    if year and told and year != told:
        notes.append(f"Rapporten säger själv att den gäller {told}, men läses som {year} (--year {year}).")
    mentions = sum(len(_ABOUT_ASF.findall(passage.text)) for passage in passages)
    book = KpiBook.of(kpis, association, bool(_ABOUT_ASF.search(title)) or mentions >= _LEAST_MENTIONS)
    goals = (*goals_of(passages), *goals_of_tables(passages, about))
    found, doubts = resolve(goals, book, about, association, meter)
    return Reading(path.name, title, about, found, doubts, tuple(notes))


def title_of(passages: Sequence[Passage], otherwise: str) -> str:
    """Give a report's title: its first heading of the highest level, or what it begins with.

    >>> title_of([Passage("Region X", "stycke 1"), Passage("Årsrapport 2018", "stycke 2", level=1)], "fil")
    'Årsrapport 2018'
    """
    start = [passage for passage in passages[:40] if not passage.table]
    headings = [passage for passage in start if passage.level]
    highest = min((passage.level for passage in headings), default=0)
    dated = [passage.text for passage in headings if passage.level == highest and _YEAR.search(passage.text)]
    short = [passage.text for passage in start[:5] if len(passage.text) < 150]
    own = [text for text in short if _YEAR.search(text)]
    first = [passage.text for passage in headings if passage.level == highest]
    return next(iter((*dated, *own, *first, *short)), otherwise)


def year_of(title: str, passages: Sequence[Passage]) -> int | None:
    """Give the year that a report is about: its title's, or the one of most dates of goals; None if unsure.

    >>> year_of("Verksamhetsberättelse 2018", []), year_of("Handlingsplan 2016–2019", [])
    (2018, None)
    """
    named = {int(told) for told in _YEAR.findall(title)}
    if len(named) == 1:
        return named.pop()
    days = [int(told) for one in passages for told in re.findall(r"\b(20[0-9]{2})-12-31", one.text)]
    return days[0] if days and len(set(days)) == 1 else None
