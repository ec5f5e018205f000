"""The workbooks that are filled in for a year: which they are, where, and what they hold from the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from asf_analysis.association import Association
from asf_analysis.folders import DataFolder
from asf_analysis.intake.sources import REGISTERS, SURVEY, YEARLY
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.response_rate import expected_rounds
from asf_analysis.preparation.drawing import Book, form_workbook, table_workbook
from asf_analysis.preparation.fields import fields_of
from asf_analysis.preparation.lists import Lists, known_enterprises, lists_of
from asf_analysis.swedish.dates import last_day
from asf_analysis.swedish.writing import format_date

QUARTERS = {1: "första kvartalet", 4: "sista kvartalet"}

PAGES_OF_SURVEY = 3
"""How many pages a survey's sheet is printed across."""

LOOK = "Markera en cell så visas vad som ska stå där. Mer hjälp finns på bladet Hjälp."

_BESIDE = {
    "activities": ("Insatser", "Informationsinsatser {year}", "En rad för varje aktivitet."),
    "trainings": ("Utbildningar", "ASF-utbildningar {year}", "En rad för varje utbildning."),
    "supervised_places": (
        "Handledarplatser",
        "ASF-platser med handledning {year}",
        "En rad för varje företag och period.",
    ),
    "enterprises": (
        "Företag",
        "Arbetsintegrerande sociala företag: register",
        "En rad för varje företag, år efter år. Ta inte bort ett företag som har upphört: skriv slutdatum.",
    ),
    "support_structures": (
        "Stödstrukturer",
        "Lokala stödstrukturer för ASF: register",
        "En rad för varje kommun i en grupp, år efter år. Ta inte bort den som har lämnat: skriv slutdatum.",
    ),
}
"""Sheet, title and guide of every workbook beside the survey's."""


@dataclass(frozen=True)
class Workbook:
    """A workbook of a year: the table it is for, its place, and what it holds; a round for the survey's."""

    table: str
    path: Path
    content: bytes
    quarter: int | None = None
    is_form: bool = False


def workbooks_of(
    data: DataFolder, association: Association, registers: Mapping[str, pd.DataFrame], year: int
) -> Iterator[Workbook]:
    """Give the workbooks of a year: registers, rounds with their forms, and what else is filled in.

    `registers` are the clean registers, by table; they fill the lists, and the rows of the survey.
    """
    lists = lists_of(association, registers, year)
    for table, stem in REGISTERS.items():
        yield Workbook(table, data.raw / f"{stem}.xlsx", _beside(table, association, lists, year))
    for table, stem in YEARLY.items():
        path = data.raw_year(year) / f"{stem}.xlsx"
        yield Workbook(table, path, _beside(table, association, lists, year))
    for _, quarter in expected_rounds([year], association.started_on):
        active = running_on(registers["enterprises"], last_day(year, quarter))
        rows = known_enterprises(active)
        sheet, form = _survey(association, lists, year, quarter, rows)
        path = data.raw_year(year) / f"{SURVEY}_kv{quarter}.xlsx"
        yield Workbook("responses", path, table_workbook(sheet), quarter)
        path = data.forms(year) / f"formular_kv{quarter}.xlsx"
        yield Workbook("responses", path, form_workbook(form), quarter, is_form=True)


def _beside(table: str, association: Association, lists: Lists, year: int) -> bytes:
    sheet, title, guide = _BESIDE[table]
    numbers = tuple(f"{number} {name}" for number, name, _ in lists.enterprises)
    known = ("Företagens nummer", numbers) if table == "supervised_places" else ("", ())
    return table_workbook(
        Book(
            sheet=sheet,
            title=title.format(year=year),
            guide=(guide, LOOK),
            fields=fields_of(table, association, lists, year),
            known=known,
            author=association.name,
        )
    )


def _survey(
    association: Association,
    lists: Lists,
    year: int,
    quarter: int,
    enterprises: tuple[tuple[str, str, str], ...],
) -> tuple[Book, Book]:
    """Give a round's collected sheet, with a row for every enterprise, and its form for a single one."""
    told = f"{year}-kv{quarter}"
    fields = fields_of("responses", association, lists, year)
    title = f"Enkät till arbetsintegrerande sociala företag, {QUARTERS[quarter]} {year}"
    day = format_date(last_day(year, quarter))
    columns = ("organisation_number", "name", "municipality")
    sheet = Book(
        sheet="Enkät",
        title=title,
        guide=(
            f"En rad för varje företag, så som det var {day}. Rör inte raden för ett företag utan svar.",
            f"{LOOK} Ett nytt företag skrivs sist.",
        ),
        fields=fields,
        rows=tuple({"round": told, **dict(zip(columns, one, strict=True))} for one in enterprises),
        wide=PAGES_OF_SURVEY,
        author=association.name,
    )
    form = replace(
        sheet,
        sheet="Formulär",
        guide=(
            f"Svara så som det var {day}, i de färgade cellerna. Spara filen och skicka tillbaka den.",
            LOOK,
        ),
        # Nobody is told who else is asked.
        fields=tuple(replace(one, choices=()) if one.column == "name" else one for one in fields),
        rows=({"round": told},),
    )
    return sheet, form
