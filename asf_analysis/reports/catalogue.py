"""The reports there are: one entry per notebook. A new notebook is added here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from asf_analysis.disclosure.published import AUDIENCES, Audience
from asf_analysis.errors import UnknownName, WrongUsage
from asf_analysis.folders import DataFolder
from asf_analysis.pipeline import years_of_municipalities, years_to_read, years_until
from asf_analysis.reports.materials import (
    Material,
    figures_material,
    municipalities_material,
    quality_material,
    results_material,
    trends_material,
)


@dataclass(frozen=True)
class Report:
    """A notebook that becomes a document: its file's name without ending, and what it is called.

    `material` reads the data and gives what the report needs beside its notebook; `audiences` are those that
    it is made for, and `years` names the years whose raw data it rests on. `takes` names the parameters of
    its notebook beside year and audience: `as_of` where it can tell a part of a year, `municipality` where
    it can be about one.
    """

    name: str
    title: str
    material: Callable[..., Material] = results_material
    audiences: tuple[Audience, ...] = AUDIENCES
    years: Callable[[int, DataFolder], tuple[int, ...]] = years_to_read
    takes: tuple[str, ...] = ("as_of",)


REPORTS = (
    Report("annual_report", "Årsrapport"),
    Report("gender_equality", "Jämställdhet", material=figures_material),
    Report(
        "municipalities",
        "Kommunerna",
        material=municipalities_material,
        years=years_of_municipalities,
        takes=("as_of", "municipality"),
    ),
    Report("trends", "Utveckling över tid", material=trends_material, years=years_until),
    Report("data_quality", "Datakvalitet", material=quality_material, audiences=("internal",), takes=()),
)


def find_report(name: str) -> Report:
    """Give the report of a name; raises UnknownName with the names that exist."""
    for report in REPORTS:
        if report.name == name:
            return report
    known = ", ".join(report.name for report in REPORTS)
    raise UnknownName(f"Det finns ingen rapport som heter {name!r}. De som finns: {known}.")


def reports_for(audience: Audience) -> tuple[Report, ...]:
    """Give the reports that are made for an audience.

    >>> [report.name for report in reports_for("public")]
    ['annual_report', 'gender_equality', 'municipalities', 'trends']
    """
    return tuple(report for report in REPORTS if audience in report.audiences)


def check_made_for(report: Report, audience: Audience) -> None:
    """Raise WrongUsage for a report that is not made for an audience."""
    if audience not in report.audiences:
        raise WrongUsage(
            f"Rapporten {report.name} ({report.title}) är intern och görs inte för målgruppen {audience}. "
            "Lägg till --audience internal."
        )
