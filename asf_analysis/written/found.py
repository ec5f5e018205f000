"""Reading a written report: from its file to the figures that it tells of a year's KPIs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from asf_analysis.association import Association
from asf_analysis.errors import WrongUsage
from asf_analysis.kpis.registry import Kpi
from asf_analysis.written.documents import read_document
from asf_analysis.written.goals import goals_of
from asf_analysis.written.limits import Meter
from asf_analysis.written.matching import KpiBook
from asf_analysis.written.passages import Passage
from asf_analysis.written.resolving import resolve
from asf_analysis.written.tables import goals_of_tables
from asf_analysis.written.text import LONGEST
from asf_analysis.written.told import Reading

_ABOUT_ASF = re.compile(r"\bASF\b|social\w+ företag", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9-])(20[0-9]{2})(?![0-9-])")
_LEAST_MENTIONS = 5


def read_report(
    path: Path, association: Association, kpis: Sequence[Kpi], year: int | None = None
) -> Reading:
    """Read a report's goals and results.

    Raises UnreadableReport for a file that cannot be read, and WrongUsage where neither the report nor `year`
    says what year it is about.
    """
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
