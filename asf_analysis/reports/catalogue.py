"""The reports there are: one line per notebook. A new notebook is added here."""

from __future__ import annotations

from dataclasses import dataclass

from asf_analysis.errors import UnknownName


@dataclass(frozen=True)
class Report:
    """A notebook that becomes a document: its file's name without ending, and what it is called."""

    name: str
    title: str


REPORTS = (Report("annual_report", "Årsrapport"),)


def find_report(name: str) -> Report:
    """Give the report of a name; raises UnknownName with the names that exist."""
    for report in REPORTS:
        if report.name == name:
            return report
    known = ", ".join(report.name for report in REPORTS)
    raise UnknownName(f"Det finns ingen rapport som heter {name!r}. De som finns: {known}.")
