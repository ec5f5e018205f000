"""What is written by hand beside a year's workbooks: its assessment, and its list of corrections."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.association import Association
from asf_analysis.errors import DataFaults
from asf_analysis.folders import DataFolder
from asf_analysis.intake.corrections import COLUMNS as CORRECTION_COLUMNS
from asf_analysis.kpis.assessments import STATUSES, read_assessment
from asf_analysis.kpis.own import answered_for, every_kpi
from asf_analysis.kpis.registry import Kpi, Period

HEADINGS = ("Framgångsfaktorer", "Medarbetarnas bedömning")
"""The headings that the annual report has a place for."""

ENCODING = "utf-8-sig"


def assessment_text(data: DataFolder, year: int, association: Association) -> str:
    """Lay out a year's assessment: its front matter, and the headings to write under, with nothing below.

    The headings are those of the report, and after them others that the year before had.
    """
    milestones = [kpi for kpi in answered_for(association) if kpi.milestone_from_assessment]
    words = " eller ".join(f'"{status}"' for status in STATUSES)
    judged = "\n".join(
        f"""
# {kpi.label}: ta bort tecknet # i början av de tre raderna när det är bedömt.
# [milestones.{kpi.key}]
# status = "ej uppnått"     # skriv {words}
# text = "Varför, i en eller två meningar."
"""
        for kpi in milestones
    )
    front = f"+++\nyear = {year}\n{judged}+++\n"
    sections = "\n".join(f"\n## {heading}\n" for heading in _headings(data, year, every_kpi(association)))
    return f"{front}{sections}"


def _headings(data: DataFolder, year: int, kpis: Sequence[Kpi]) -> Sequence[str]:
    try:
        before = read_assessment(data, Period.of_year(year - 1), kpis).sections
    except DataFaults:
        before = {}
    return tuple(dict.fromkeys((*HEADINGS, *filter(None, before))))


def corrections_text() -> str:
    """Give a year's list of corrections before there is any: its headings alone.

    >>> corrections_text().split(";")[:4]
    ['fil', 'blad', 'rad', 'nyckel']
    """
    place = CORRECTION_COLUMNS.index("rad") + 1
    return ";".join((*CORRECTION_COLUMNS[:place], "nyckel", *CORRECTION_COLUMNS[place:])) + "\r\n"
