"""Which reports to make: each with its parameters, checked before anything runs, and its files' names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.audience import Audience
from asf_analysis.folders import DataFolder
from asf_analysis.reports.catalogue import Report, check_made_for, find_report, reports_for
from asf_analysis.reports.formats import HTML, Format, check_installed
from asf_analysis.reports.parameters import (
    check_takes,
    file_word,
    find_day,
    find_municipalities,
    reports_that_take,
)
from asf_analysis.years import check_year


@dataclass(frozen=True)
class Request:
    """One report to make, in one or several formats.

    `as_of` is the last day of an interim report (2018-08-31), "" for the whole year; `municipality` the one
    that the report is about, "" for all of them. `requests_for` reads and checks what a person wrote.
    """

    report: Report
    year: int
    audience: Audience = "public"
    formats: tuple[Format, ...] = (HTML,)
    as_of: str = ""
    municipality: str = ""

    @property
    def parameters(self) -> dict[str, object]:
        """What the notebook's parameters cell is given."""
        chosen = {"as_of": self.as_of, "municipality": self.municipality}
        given = {name: value for name, value in chosen.items() if value}
        return {"year": self.year, "audience": self.audience, **given}

    @property
    def name(self) -> str:
        """What the report's files are called, without ending.

        >>> Request(find_report("annual_report"), 2018, as_of="2018-08-31").name
        'annual_report-2018-08-31'
        """
        about = file_word(self.municipality)
        return "-".join(filter(None, [self.report.name, about, self.as_of]))

    @property
    def title(self) -> str:
        """What the report is called while it is made.

        >>> Request(find_report("annual_report"), 2018, as_of="2018-08-31").title
        'Årsrapport 2018 till och med 2018-08-31'
        """
        about = f": {self.municipality}" if self.municipality else ""
        return f"{self.report.title}{about} {self.year}{f' till och med {self.as_of}' if self.as_of else ''}"

    @property
    def document_names(self) -> tuple[str, ...]:
        """What the report's documents are called, one of each format.

        >>> Request(find_report("annual_report"), 2018).document_names
        ('annual_report.html',)
        """
        return tuple(f"{self.name}.{format.name}" for format in self.formats)


def requests_for_all(
    years: Sequence[int],
    names: Sequence[str],
    audiences: Sequence[Audience],
    data: DataFolder,
    formats: tuple[Format, ...] = (HTML,),
    as_of: str = "",
    municipalities: Sequence[str] = (),
) -> tuple[Request, ...]:
    """Plan the reports of some years for several audiences, each report once; see `requests_for`.

    A report that is named and made for some of the audiences is made for them.
    """
    planned: dict[Request, None] = {}
    for audience in dict.fromkeys(audiences):
        others = [find_report(name).audiences for name in names]
        meant = [
            name
            for name, made_for in zip(names, others, strict=True)
            if audience in made_for or not set(made_for) & set(audiences)
        ]
        if meant or not names:
            planned |= dict.fromkeys(
                requests_for(years, meant, audience, data, formats, as_of, municipalities)
            )
    return tuple(planned)


def requests_for(
    years: Sequence[int],
    names: Sequence[str],
    audience: Audience,
    data: DataFolder,
    formats: tuple[Format, ...] = (HTML,),
    as_of: str = "",
    municipalities: Sequence[str] = (),
) -> tuple[Request, ...]:
    """Plan the reports of some years; all that are made for the audience unless some are named.

    With `as_of` or `municipalities` and no names, only the reports that take them are meant. Each
    municipality gets a report of its own; `alla` stands for every one.

    Raises WrongUsage for a year without data, a notebook that does not exist, one that is not made for the
    audience or does not take what is given, for several years with one day, a day outside the year and a
    municipality that is not the association's, and MissingExtra for a format that is not installed, before
    anything runs.
    """
    for format in formats:
        check_installed(format)
    given = tuple(name for name, value in (("as_of", as_of), ("municipality", municipalities)) if value)
    reports = [find_report(name) for name in names] or reports_that_take(reports_for(audience), given)
    for report in reports:
        check_made_for(report, audience)
        check_takes(report, given)
    for year in years:
        check_year(year, data)
    day = find_day(years, as_of)
    places = find_municipalities(municipalities, data) or ("",)
    return tuple(
        Request(report, year, audience, formats, day, place)
        for year in years
        for report in reports
        for place in places
    )
