"""The reports there are: one entry per notebook. A new notebook is added here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from asf_analysis.audience import AUDIENCES, Audience
from asf_analysis.errors import UnknownName, WrongUsage
from asf_analysis.folders import DataFolder
from asf_analysis.handover import Kind
from asf_analysis.years import years_to_read, years_until


def own_year(year: int, data: DataFolder) -> tuple[int, ...]:  # noqa: ARG001
    """Name the year itself, for a report that tells no other."""
    return (year,)


@dataclass(frozen=True)
class Report:
    """A notebook that becomes a document: its file's name without ending, and what it is called.

    `loads` is what its notebook asks for; `audiences` are those that it is made for. `tells` names the years,
    the last one its own, whose results it shows, and `judges` those that it sets beside targets,
    assessments and what was published. `takes` names the parameters of its notebook beside
    year and audience: `as_of` where it can tell a part of a year, `municipality` where it can be about one.
    `open_data` says whether the year's figures are published beside it.
    """

    name: str
    title: str
    loads: Kind = "year"
    audiences: tuple[Audience, ...] = AUDIENCES
    tells: Callable[[int, DataFolder], tuple[int, ...]] = own_year
    judges: Callable[[int, DataFolder], tuple[int, ...]] = own_year
    takes: tuple[str, ...] = ("as_of",)
    open_data: bool = False

    def years(self, year: int, data: DataFolder) -> tuple[int, ...]:
        """Name the years whose raw data it rests on: those that it tells, and the one before each of them."""
        return tuple(sorted({one for told in self.tells(year, data) for one in years_to_read(told, data)}))


REPORTS = (
    Report("annual_report", "Årsrapport", open_data=True),
    Report("gender_equality", "Jämställdhet"),
    Report(
        "municipalities",
        "Kommunerna",
        loads="municipalities",
        tells=years_to_read,
        takes=("as_of", "municipality"),
    ),
    Report("trends", "Utveckling över tid", loads="trends", tells=years_until, judges=years_until),
    Report("data_quality", "Datakvalitet", loads="quality", audiences=("internal",), takes=()),
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
