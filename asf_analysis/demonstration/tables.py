"""The demonstration data as tables, in the words and spellings of the people who keep them."""

from __future__ import annotations

from datetime import date

from asf_analysis.demonstration.activities import Activity
from asf_analysis.demonstration.chance import Chance
from asf_analysis.demonstration.enterprises import Enterprise
from asf_analysis.demonstration.figures import Training
from asf_analysis.demonstration.handwriting import (
    write_amount,
    write_count,
    write_day,
    write_municipality,
    write_name,
    write_number,
)
from asf_analysis.demonstration.sheets import Row, Table, headings
from asf_analysis.demonstration.structures import Membership, Places
from asf_analysis.demonstration.survey import Answer

MARK = "demonstrationsdata"
QUARTERS = {1: "första", 4: "sista"}
COMMENTS = (
    "Vi flyttar till större lokaler i höst.",
    "Två tjänster tillsätts efter årsskiftet.",
    "Siffrorna gäller hela verksamheten.",
    "Vi söker fler handledare.",
    "Vi räknar med fler platser nästa år.",
)
"""What enterprises wrote in free text: nothing about any person."""

COUNTS_IN_WORDS = ("employees_men", "participants_women", "completed_women")
"""Survey columns in which some enterprises write `12 st` or `tolv` instead of a number."""


def enterprise_table(enterprises: list[Enterprise], last_year: int) -> Table:
    """Give the register of enterprises."""
    chance = Chance("register")
    rows: list[Row] = [
        {
            "name": write_name(enterprise.name, chance),
            "former_name": enterprise.former_name,
            "organisation_number": write_number(enterprise.organisation_number, chance),
            "municipality": write_municipality(enterprise.municipality, chance),
            "legal_form": enterprise.legal_form,
            "industry": enterprise.industry,
            "started_on": write_day(enterprise.started_on, chance),
            "ended_on": write_day(enterprise.ended_on, chance) if enterprise.ended_on else None,
            "end_reason": enterprise.end_reason,
        }
        for enterprise in enterprises
    ]
    return Table(
        "enterprises", "Företag", f"Arbetsintegrerande sociala företag i länet ({MARK})", last_year, rows
    )


def structure_table(memberships: list[Membership], last_year: int) -> Table:
    """Give the register of support structures."""
    chance = Chance("structures")
    rows: list[Row] = [
        {
            "group": membership.group,
            "municipality": write_municipality(membership.municipality, chance),
            "form": membership.form,
            "started_on": write_day(membership.started_on, chance),
            "ended_on": membership.ended_on,
            "meetings_per_year": membership.meetings_per_year,
        }
        for membership in memberships
    ]
    title = f"Lokala stödstrukturer för ASF ({MARK})"
    return Table("support_structures", "Stödstrukturer", title, last_year, rows)


def survey_table(year: int, quarter: int, answers: list[Answer]) -> Table:
    """Give one round of the survey, a row per answer in the order of the names, with a closing total."""
    chance = Chance("survey", year, quarter)
    rows = [_answer_row(year, quarter, answer, chance) for answer in answers]
    _write_some_in_words(rows, chance)
    columns = headings("responses", year)
    return Table(
        "responses",
        "Enkät",
        f"Enkät till arbetsintegrerande sociala företag, {QUARTERS[quarter]} kvartalet {year} ({MARK})",
        year,
        sorted(rows, key=lambda row: str(row["name"]).strip()),
        summed=tuple(column for column in columns if column.endswith(("_women", "_men"))),
        merged_title=quarter == 4,
    )


def _answer_row(year: int, quarter: int, answer: Answer, chance: Chance) -> Row:
    enterprise = answer.enterprise
    return {
        "round": f"kv{quarter} {year}",
        "name": write_name(enterprise.name, chance),
        "organisation_number": write_number(enterprise.organisation_number, chance),
        "municipality": write_municipality(enterprise.municipality, chance),
        **answer.counts,
        "comment": chance.pick(COMMENTS) if chance.happens(12) else "",
    }


def _write_some_in_words(rows: list[Row], chance: Chance) -> None:
    """Let one answer in ten hold a count that is written as text."""
    for row in chance.shuffled(rows)[: len(rows) // 10 + 1]:
        column = chance.pick(COUNTS_IN_WORDS)
        count = row[column]
        if isinstance(count, int) and count:
            row[column] = write_count(count, chance)


def activity_table(year: int, activities: list[Activity], *, total: bool) -> Table:
    """Give the log of information activities."""
    chance = Chance("log", year)
    return Table(
        "activities",
        "Insatser",
        f"Informationsinsatser {year} ({MARK})",
        year,
        [_activity_row(activity, chance) for activity in activities],
        summed=("employees", "politicians", "others") if total else (),
    )


def _activity_row(activity: Activity, chance: Chance) -> Row:
    municipality = activity.municipality
    return {
        "held_on": write_day(activity.held_on, chance),
        "activity": activity.activity,
        "kind": activity.kind,
        "organisation": _organisation(activity.organisation, chance),
        "party": activity.party,
        "municipality": write_municipality(municipality, chance) if municipality else "",
        "place": activity.place,
        "employees": activity.employees,
        "politicians": _about(activity.politicians) if activity.approximate else activity.politicians,
        "others": _others(activity, chance),
    }


def _others(activity: Activity, chance: Chance) -> int | str:
    if activity.place:
        return _about(activity.others)
    return write_count(activity.others, chance) if activity.others and chance.happens(8) else activity.others


def _about(count: int) -> str:
    return f"ca {count}"


def _organisation(name: str, chance: Chance) -> str:
    """Write an organisation in other case or with other spaces some times in a hundred."""
    if chance.happens(88):
        return name
    return chance.pick((name.upper(), f"{name} ", name.lower(), name.replace(" ", "  ", 1)))


def training_table(year: int, trainings: tuple[Training, ...]) -> Table:
    """Give the log of ASF trainings."""
    chance = Chance("trainings", year)
    rows: list[Row] = [
        {
            "held_on": write_day(date(year, training.month, training.day), chance, plain=60),
            "commissioned_by": training.commissioned_by,
            "municipality": write_municipality(training.municipality, chance),
            "participants": training.participants,
        }
        for training in trainings
    ]
    return Table("trainings", "Utbildningar", f"ASF-utbildningar {year} ({MARK})", year, rows)


def place_table(year: int, financed: list[Places]) -> Table:
    """Give the year's places with supervision."""
    chance = Chance("supervised places", year)
    rows: list[Row] = [
        {
            "organisation_number": write_number(places.enterprise.organisation_number, chance),
            "period": places.period,
            "places": places.places,
            "granted_sek": _amount(places.granted_sek, chance),
            "paid_sek": _amount(places.paid_sek, chance),
            "participants": places.participants,
        }
        for places in financed
    ]
    return Table(
        "supervised_places", "Handledarplatser", f"ASF-platser med handledning {year} ({MARK})", year, rows
    )


def _amount(kronor: int, chance: Chance) -> int | str:
    return kronor if chance.happens(70) else write_amount(kronor)
