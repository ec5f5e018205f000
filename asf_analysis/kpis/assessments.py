"""The year's written assessment: `data/assessments/<year>.md`, front matter and Markdown sections.

The front matter is TOML between two lines of `+++`, like the association's own file:

    +++
    year = 2018
    [milestones.regional_council]
    status = "ej uppnått"
    text = "Varför, i en eller två meningar."
    +++
    ## Framgångsfaktorer
    Fritt skriven Markdown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from asf_analysis.errors import DataFaults, Fault, toml_fault
from asf_analysis.folders import DataFolder
from asf_analysis.kpis.registry import Kpi, Period

STATUSES = {"uppnått": True, "ej uppnått": False}
_FILE = re.compile(r"\+\+\+[ \t]*\n(?P<front>.*?)\n?\+\+\+[ \t]*(?:\n(?P<text>.*))?", re.DOTALL)
_HEADING = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class MilestoneJudgement:
    """A person's judgement of a milestone: whether it was reached, and why, in plain text."""

    reached: bool
    text: str


@dataclass(frozen=True)
class Assessment:
    """What people wrote about the year.

    `sections` maps a heading of the file to the Markdown under it; `milestones` maps a KPI's key to the
    judgement of the front matter.
    """

    year: int
    sections: Mapping[str, str] = field(default_factory=dict)
    milestones: Mapping[str, MilestoneJudgement] = field(default_factory=dict)


def assessment_file(period: Period) -> str:
    """Name a period's assessment below the data folder, as faults and evidence tell it.

    >>> from datetime import date
    >>> assessment_file(Period.of_year(2018)), assessment_file(Period.until(date(2018, 8, 31)))
    ('assessments/2018.md', 'assessments/2018-08-31.md')
    """
    return f"assessments/{period.year if period.whole_year else period.end}.md"


def read_assessment(data: DataFolder, period: Period, kpis: Sequence[Kpi]) -> Assessment:
    """Read the period's assessment; an empty one where nobody has written any.

    Part of a year has a file of its own, named by its last day: nobody knew then what is written of the year.

    Raises DataFaults for a file that cannot be read, another year's file, an unknown milestone or status.
    """
    year, file = period.year, assessment_file(period)
    path = data.assessment(year, None if period.whole_year else period.end)
    if not path.is_file():
        return Assessment(year)
    try:
        parts = _FILE.fullmatch(path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").strip())
        front = tomllib.loads(parts["front"]) if parts else None
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Spara den som UTF-8, och kontrollera att du får läsa den."
        raise _fault(file, "Filen går inte att läsa.", remedy) from error
    except tomllib.TOMLDecodeError as error:
        raise DataFaults([toml_fault(file, error, first_row=2)]) from error
    if parts is None or front is None:
        raise _fault(
            file,
            "Filhuvudet saknas.",
            f"Börja filen med en rad +++, sedan year = {year}, sedan en rad +++.",
        )
    faults = list(_faults_of(file, front, year, kpis))
    if faults:
        raise DataFaults(faults)
    milestones = {
        key: MilestoneJudgement(STATUSES[judged["status"]], str(judged.get("text", "")).strip())
        for key, judged in front.get("milestones", {}).items()
    }
    return Assessment(year, sections_of(parts["text"] or ""), milestones)


def sections_of(text: str) -> dict[str, str]:
    """Split Markdown at its headings of the second level; what stands before the first has no heading.

    >>> sections_of("Inledning.\\n## Framåt\\nVi fortsätter.")
    {'': 'Inledning.', 'Framåt': 'Vi fortsätter.'}
    """
    opening, *rest = _HEADING.split(text)
    sections = {heading: body.strip() for heading, body in zip(rest[::2], rest[1::2], strict=True)}
    return {"": opening.strip(), **sections} if opening.strip() else sections


def _faults_of(file: str, front: Mapping, year: int, kpis: Sequence[Kpi]) -> Iterator[Fault]:
    if front.get("year") != year:
        yield Fault(file, "Året i filhuvudet är inte filens år.", f"Skriv year = {year}.", column="year")
    judged_by_hand = {kpi.key for kpi in kpis if kpi.milestone_from_assessment}
    milestones = front.get("milestones", {})
    if not isinstance(milestones, Mapping):
        yield Fault(
            file, "Milstolparna är inte en tabell.", "Skriv [milestones.<nyckeltal>].", column="milestones"
        )
        return
    for key, judged in milestones.items():
        place = f"milestones.{key}"
        if key not in judged_by_hand:
            known = ", ".join(sorted(judged_by_hand))
            yield Fault(file, "Milstolpen bedöms inte för hand.", f"Kända milstolpar: {known}.", column=place)
        if not isinstance(judged, Mapping) or judged.get("status") not in STATUSES:
            yield Fault(
                file,
                "Milstolpen saknar status.",
                f"Skriv {' eller '.join(STATUSES)}.",
                column=f"{place}.status",
            )


def _fault(file: str, problem: str, remedy: str) -> DataFaults:
    return DataFaults([Fault(file, problem, remedy)])
