"""A small association's data folder, with tables that one can check by eye."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from asf_analysis.association import Association
from asf_analysis.errors import DataFaults, Fault
from asf_analysis.folders import DataFolder
from asf_analysis.intake.inspection import inspect_years, read_years
from asf_analysis.intake.schemas import CleanTables

FIRST, SECOND, THIRD = "492000-0009", "492000-0017", "492000-0025"
PERSON = "640823-3234"

AUTHORITIES = ("Arbetsförmedlingen", "Försäkringskassan", "Region Gävleborg", "kommunen", "annan")
SURVEY_HEADINGS = (
    "Mättillfälle",
    "Namn",
    "Organisationsnummer",
    "Kommun",
    *(
        f"{question} {sex}"
        for question in (
            "Anställda",
            "varav tillsvidareanställda",
            "Deltagare",
            *(f"Deltagare från {authority}" for authority in AUTHORITIES),
            "Deltagare 16–29 år",
            "Deltagare 30–64 år",
            "Deltagare utanför 16–64 år",
            "Avslutade",
            "varav till arbete",
            "varav till studier",
            "varav till annat",
        )
        for sex in ("kvinnor", "män")
    ),
    "Kommentar",
)

REGISTER = [
    [
        "Namn",
        "Tidigare namn",
        "Organisationsnummer",
        "Kommun",
        "Företagsform",
        "Bransch",
        "Startdatum",
        "Slutdatum",
        "Orsak",
    ],
    ["Alfa", None, FIRST, "Gävle", "ekonomisk förening", "Kafé", date(2015, 1, 1), None, None],
    ["Beta", None, SECOND, "Hudiksvall", "ideell förening", "Tvätt", date(2015, 1, 1), None, None],
]
STRUCTURES = [
    ["Grupp", "Kommun", "Form", "Startdatum", "Slutdatum", "Träffar per år"],
    ["Norra gruppen", "Hudiksvall", "samverkansgrupp", date(2016, 1, 1), None, 4],
]
ACTIVITIES = [
    [
        "Datum",
        "Aktivitet",
        "Typ",
        "Organisation/grupp",
        "Part",
        "Kommun",
        "Plats",
        "Antal medarbetare",
        "Antal politiker",
        "Antal övriga",
    ],
    [date(2018, 3, 1), "Om ASF", "informationsträff", "Grupp 1", "AF", "Gävle", None, 12, 0, 0],
]
TRAININGS = [
    ["Datum", "Beställare", "Kommun", "Antal deltagare"],
    [date(2018, 5, 2), "Arbetsförmedlingen", "Gävle", 17],
]
PLACES = [
    ["Organisationsnummer", "Period", "Platser", "Beviljat belopp", "Utbetalt belopp", "Deltagare"],
    [FIRST, "2018", 3, 120000, "100 000 kr", 5],
]


def answer(number: str = FIRST, **changes: Any) -> list[Any]:
    """Give a survey answer that holds together: 4 + 4 employed, 3 + 3 permanent, 2 + 2 participants.

    `changes` are by heading, with _ for a space.
    """
    values = dict.fromkeys(SURVEY_HEADINGS, 0)
    values |= {
        "Mättillfälle": None,
        "Namn": {FIRST: "Alfa", SECOND: "Beta", THIRD: "Gamma"}.get(number),
        "Organisationsnummer": number,
        "Kommun": "Gävle",
        "Kommentar": None,
    }
    for sex in ("kvinnor", "män"):
        values |= {f"Anställda {sex}": 4, f"varav tillsvidareanställda {sex}": 3, f"Deltagare {sex}": 2}
        values |= {f"Deltagare från Arbetsförmedlingen {sex}": 2, f"Deltagare 30–64 år {sex}": 2}
    return list((values | {heading.replace("_", " "): value for heading, value in changes.items()}).values())


def survey(*answers: list[Any]) -> list[list[Any]]:
    """Give a survey's table: its headings and answers (both enterprises', unless given)."""
    return [list(SURVEY_HEADINGS), *(answers or (answer(FIRST), answer(SECOND)))]


def small_association() -> Association:
    """Give an association with four municipalities."""
    return Association.model_validate(
        {
            "name": "Samordningsförbund Prov",
            "county": "Gävleborgs län",
            "region": "Region Gävleborg",
            "demonstration": True,
            "started_on": date(2016, 8, 1),
            "period": "2016–2019",
            "contact": "info@example.se",
            "accessibility_url": "https://example.se",
            "rules": {},
            "effort": {
                "title": "Insats",
                "summary": "Insats.",
                "purpose": "Insats.",
                "tracks": [{"title": "Spår", "text": "Spår."}],
                "target_groups": [{"text": "Personer."}],
            },
            "parties": [{"name": name} for name in AUTHORITIES[:3]],
            "authorities": [{"key": "employment_service", "name": "Arbetsförmedlingen"}],
            "municipalities": [
                {"code": code, "name": name}
                for code, name in (
                    ("2180", "Gävle"),
                    ("2184", "Hudiksvall"),
                    ("2104", "Hofors"),
                    ("2183", "Bollnäs"),
                )
            ],
        }
    )


def small_data(folder: Path, year: int = 2018, **changes: Any) -> DataFolder:
    """Write a year's folder and the registers; `changes` replace a table by its stem, None leaves it out."""
    data = DataFolder(folder / "data")
    registers = {"foretagsregister": REGISTER, "stodstrukturer": STRUCTURES}
    yearly = {
        "enkat_kv1": survey(),
        "enkat_kv4": survey(),
        "informationsinsatser": ACTIVITIES,
        "utbildningar": TRAININGS,
        "handledarplatser": PLACES,
    }
    for stem, rows in {**registers, **yearly, **changes}.items():
        place = data.raw if stem in registers else data.raw_year(year)
        place.mkdir(parents=True, exist_ok=True)
        if rows is not None:
            write_workbook(place / f"{stem}.xlsx", rows if stem in registers else _in_year(rows, year))
    return data


def _in_year(rows: list[list[Any]], year: int) -> list[list[Any]]:
    """Move the days of 2018 to another year."""
    return [
        [cell.replace(year=year) if isinstance(cell, date) and cell.year == 2018 else cell for cell in row]
        for row in rows
    ]


def write_workbook(path: Path, rows: list[list[Any]], sheet: str = "Blad1") -> None:
    """Write rows as a workbook of one sheet."""
    workbook = Workbook()
    workbook.active.title = sheet
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)


def write_csv(path: Path, rows: list[list[Any]], delimiter: str = ";", encoding: str = "utf-8") -> None:
    """Write rows as a CSV file."""
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(["" if c is None else c for c in row] for row in rows)


def read(data: DataFolder, years: Sequence[int] = (2018,)) -> CleanTables:
    """Read the years as the association does."""
    return read_years(data, small_association(), years)


def faults_of(data: DataFolder, years: Sequence[int] = (2018,)) -> list[Fault]:
    """Give everything that is found, of all severities."""
    return list(inspect_years(data, small_association(), years).faults)


def stopping_faults(data: DataFolder, years: Sequence[int] = (2018,)) -> list[Fault]:
    """Give the faults that stop the run."""
    with pytest.raises(DataFaults) as stop:
        read(data, years)
    return list(stop.value.faults)


def last_round(tables: CleanTables) -> pd.DataFrame:
    """Give the last quarter's answers by organisation number."""
    return tables.responses[tables.responses["round"] == "2018-kv4"].set_index("organisation_number")
