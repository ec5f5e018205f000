"""The columns that people fill in: what each is called, what goes in it, and what may stand there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from asf_analysis.association import Association
from asf_analysis.definitions import definition_lines
from asf_analysis.intake.headings import OPTIONAL, Headings
from asf_analysis.intake.schemas import COUNTS, SEXES, SURVEY_COUNTS
from asf_analysis.preparation.lists import Choices, Lists

Kind = Literal["text", "number of an enterprise", "count", "kronor", "day"]

AMOUNTS = frozenset({"granted_sek", "paid_sek"})
DAYS = frozenset({"held_on", "started_on", "ended_on"})
BINDING = frozenset({"municipality", "round"})
"""Columns in which nothing else than what the list has can be understood."""

_SURVEY_WOMEN_AND_MEN = {"women": "Bara kvinnor.", "men": "Bara män."}


@dataclass(frozen=True)
class Field:
    """A column, or a question of a form.

    `note` says what goes in it, `choices` may be chosen there and nothing else where they are `binding`;
    a day lies between `first` and `last`.
    """

    column: str
    heading: str
    note: str
    kind: Kind = "text"
    choices: Choices = ()
    binding: bool = False
    first: date = date(1900, 1, 1)
    last: date = date(2099, 12, 31)


def fields_of(table: str, association: Association, lists: Lists, year: int) -> tuple[Field, ...]:
    """Give a table's columns as a year has them, in the order of `definitions/columns.csv`."""
    headings = Headings.of(table, association.region)
    notes = {
        line["column"]: line["note"]
        for line in definition_lines("column_notes.csv")
        if line["table"] == table
    }
    choices = _choices(table, lists, year)
    return tuple(
        _field(
            table,
            column,
            headings.expected(column, year),
            _note(table, column, notes, association, year),
            choices,
            year,
        )
        for column in headings.columns
    )


def _field(
    table: str, column: str, heading: str, note: str, choices: Mapping[str, Choices], year: int
) -> Field:
    within_year = column == "held_on"
    return Field(
        column,
        heading,
        note,
        _kind(table, column),
        choices.get(column, ()),
        column in BINDING,
        *((date(year, 1, 1), date(year, 12, 31)) if within_year else ()),
    )


def _kind(table: str, column: str) -> Kind:
    if column in COUNTS[table]:
        return "count"
    if column in AMOUNTS:
        return "kronor"
    if column in DAYS:
        return "day"
    return "number of an enterprise" if column == "organisation_number" else "text"


def _note(table: str, column: str, notes: Mapping[str, str], association: Association, year: int) -> str:
    """Say what goes in a column; one of the survey's for women or men has the note of both."""
    measure, _, sex = column.rpartition("_")
    of_both = table == "responses" and column in SURVEY_COUNTS and sex in SEXES
    note = notes[measure if of_both else column].format(region=association.region, year=year)
    parts = [note, _SURVEY_WOMEN_AND_MEN[sex] if of_both else "", _if_unknown(table, column)]
    return " ".join(filter(None, parts))


def _if_unknown(table: str, column: str) -> str:
    """Say how it is written that something is not known."""
    if column in COUNTS[table]:
        return "Lämna tomt om det inte är känt; 0 betyder ingen alls."
    known = column in OPTIONAL[table] or column in ("ended_on", "paid_sek", "granted_sek", "municipality")
    return "" if known or table == "responses" else "Måste fyllas i."


def _choices(table: str, lists: Lists, year: int) -> dict[str, Choices]:
    everywhere = {"municipality": lists.municipalities}
    own: dict[str, dict[str, Choices]] = {
        "enterprises": {
            "legal_form": lists.legal_forms,
            "industry": lists.industries,
            "end_reason": lists.end_reasons,
        },
        "responses": {"name": lists.names, "round": tuple(f"{year}-kv{quarter}" for quarter in (1, 4))},
        "activities": {"kind": lists.activity_kinds, "party": lists.parties},
        "trainings": {"commissioned_by": lists.parties},
        "support_structures": {"group": lists.groups, "form": lists.structure_forms},
        "supervised_places": {"organisation_number": lists.numbers, "period": lists.periods},
    }
    return {**everywhere, **own[table]}
