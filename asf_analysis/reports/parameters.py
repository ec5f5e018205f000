"""What a report can be asked to be about: a part of the year, a municipality. Read and checked first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from asf_analysis.association import load_association
from asf_analysis.errors import WrongUsage
from asf_analysis.folders import DataFolder
from asf_analysis.municipalities import find_municipality
from asf_analysis.reports.catalogue import REPORTS, Report
from asf_analysis.swedish.names import fold
from asf_analysis.swedish.writing import join_words
from asf_analysis.years import last_day_of

ALL = "alla"
"""Stands for every municipality of the association."""

_WHY_NOT = {
    "as_of": "gäller hela året och kan inte göras för en del av det. Ta bort --as-of, eller välj",
    "municipality": "handlar inte om en enda kommun. Ta bort --municipality, eller välj",
}


def reports_that_take(reports: Sequence[Report], given: Sequence[str]) -> tuple[Report, ...]:
    """Give the reports that take all parameters that were given; raises WrongUsage where none does."""
    taking = tuple(report for report in reports if set(given) <= set(report.takes))
    if not taking:
        flags = join_words([f"--{name.replace('_', '-')}" for name in given])
        raise WrongUsage(f"Ingen rapport för målgruppen tar {flags}. Kör utan.")
    return taking


def check_takes(report: Report, given: Sequence[str]) -> None:
    """Raise WrongUsage for a report that does not take a parameter that was given."""
    for name in given:
        if name not in report.takes:
            others = [other.name for other in REPORTS if name in other.takes]
            choices = join_words(others, "eller") if others else "en annan rapport"
            raise WrongUsage(f"Rapporten {report.name} ({report.title}) {_WHY_NOT[name]} {choices}.")


def find_day(years: Sequence[int], as_of: str) -> str:
    """Give the last day of an interim report of the year; "" where it is the whole year's.

    Raises WrongUsage for a day that cannot be read or lies in another year, and for several years.

    >>> find_day([2018], "2018-08-31"), find_day([2018], "2018-12-31"), find_day([2016, 2017], "")
    ('2018-08-31', '', '')
    """
    if not as_of:
        return ""
    if len(years) != 1:
        raise WrongUsage("--as-of är en dag i ett enda år. Ange det året med --year, eller ta bort --as-of.")
    day = last_day_of(years[0], as_of)
    return "" if day == last_day_of(years[0]) else day.isoformat()


def find_municipalities(written: Sequence[str], data: DataFolder) -> tuple[str, ...]:
    """Recognise the association's municipalities, each once; *alla* gives every one.

    Raises UnknownName for one that is not the association's, with those that exist.
    """
    if not written:
        return ()
    association = load_association(data)
    if any(fold(text) == ALL for text in written):
        return association.municipality_names()
    return tuple(dict.fromkeys(find_municipality(text, association) for text in written))


def file_word(name: str) -> str:
    """Write a name as a part of a file's name: small letters from a to z, digits, and hyphens.

    >>> file_word("Gävle"), file_word("Östra Härads kommun")
    ('gavle', 'ostra-harads-kommun')
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
