"""A small `DataQuality`, made by hand, and a small data folder with faults, so that one can check by eye."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from intake_workbooks import FIRST, PERSON, SECOND, answer, small_data, survey
from published_sample import ASSOCIATION

from asf_analysis.disclosure.quality import DataQuality
from asf_analysis.errors import Fault
from asf_analysis.folders import DataFolder
from asf_analysis.intake.schemas import INTAKE_COLUMNS, LOG_COLUMNS, SURVEY_MEASURES
from asf_analysis.kpis.response_rate import LargeChange, RoundAnswers, Silent

ROOT = Path(__file__).parent.parent
SECRET = "Vår hemliga kommentar"

NOT_A_COUNT = ("Det som står är inget antal.", "Skriv antalet med siffror.")
FAULTS = (
    *(Fault("2018/kv4.xlsx", *NOT_A_COUNT, "Enkät", row, "Deltagare män") for row in (7, 9, 12)),
    Fault(
        "2018/kv4.xlsx",
        "Summan är inte summan av kolumnens rader.",
        "Rätta.",
        "Enkät",
        30,
        "Deltagare män",
        subject="Delar och summor",
    ),
    Fault(
        "2018/kv4.xlsx",
        "Antalet skiljer sig mycket från förra omgången.",
        "Kontrollera.",
        "Enkät",
        8,
        "Deltagare män",
        "upplysning",
        "Omgång och omgång",
    ),
    Fault("2018/utbildningar", "Filen saknas.", "Lägg dit den."),
    Fault(
        "register.csv",
        "Företaget finns inte i företagsregistret.",
        "Lägg till det.",
        None,
        4,
        None,
        "varning",
        "Register och enkät",
    ),
)
INTAKE = pd.DataFrame(
    [
        ("enterprises", "register.csv", None, 3, 3, 0),
        ("responses", "2018/kv4.xlsx", "Enkät", 1200, 1198, 2),
    ],
    columns=list(INTAKE_COLUMNS),
)
LOG = pd.DataFrame(
    [
        ("2018/kv4.xlsx", "Enkät", 7, "Deltagare män", "många", "", "Inget antal", "fel"),
        ("2018/kv4.xlsx", "Enkät", 8, "Kommun", " Gävle", "Gävle", "Kommunens namn", "upplysning"),
        ("2018/kv4.xlsx", "Enkät", 9, "Kommun", "Gavle", "Gävle", "Kommunens namn", "upplysning"),
        ("2018/kv4.xlsx", "Enkät", 30, None, "", "", "Summarad", "upplysning"),
        ("register.csv", None, 2, "Namn", "=1+1", "=1+1 AB", "Text putsad", "upplysning"),
    ],
    columns=list(LOG_COLUMNS),
)
NO_BLANKS = dict.fromkeys(SURVEY_MEASURES, 0)
ROUNDS = (
    RoundAnswers(2017, 4),
    RoundAnswers(2018, 1, rows=27, asked=27, answered=27, unmatched=0, blanks=NO_BLANKS),
    RoundAnswers(
        2018,
        4,
        rows=28,
        asked=28,
        answered=26,
        unmatched=2,
        silent=(Silent("Beta", "Hudiksvall"), Silent("Alfa", "Gävle")),
        blanks={**NO_BLANKS, "participants": 3, "completed_to_studies": 7},
    ),
)
CHANGE = LargeChange(2018, 4, "Alfa", "Gävle", "participants", "men", before=4, now=55)


def make_quality(**changes: Any) -> DataQuality:
    """Make a `DataQuality` of 2018; what is not given is the above."""
    quality = DataQuality(
        year=2018,
        years=(2017, 2018),
        association=ASSOCIATION,
        faults=FAULTS,
        intake=INTAKE,
        incomplete=frozenset({"trainings"}),
        log=LOG,
        rounds=ROUNDS,
        large_changes=(CHANGE,),
        audience="internal",
    )
    return replace(quality, **changes)


def takes_another_report(function: Callable[..., object]) -> bool:
    """Whether a function of presentation takes the results of several years, or of municipalities."""
    taken = str(next(iter(inspect.signature(function).parameters.values())).annotation)
    return taken in ("Trends", "MunicipalityReport")


def is_of_quality(function: Callable[..., Any]) -> bool:
    """Whether a function shows the quality of data, and not a year's results."""
    return inspect.signature(function).parameters["report"].annotation == "DataQuality"


def without_faults() -> DataQuality:
    """Make the quality of a year in which nothing is wrong, missing or changed."""
    return make_quality(
        faults=(),
        intake=INTAKE.assign(clean_rows=INTAKE["raw_rows"], set_aside=0),
        incomplete=frozenset(),
        log=LOG.iloc[:0],
        rounds=(ROUNDS[1], RoundAnswers(2018, 4, 28, 28, 28, 0, blanks=NO_BLANKS)),
        large_changes=(),
    )


def nothing_read() -> DataQuality:
    """Make the quality of a year whose association cannot be read."""
    return make_quality(
        association=None,
        faults=(Fault("association.toml", "Raden går inte att läsa.", "Rätta den.", row=3),),
        intake=INTAKE.iloc[:0],
        incomplete=frozenset({"responses", "enterprises"}),
        log=LOG.iloc[:0],
        rounds=(),
        large_changes=(),
    )


def faulty_data(folder: Path) -> DataFolder:
    """Write a small year with a count that is none, a number that is a person's, and a file that is missing.

    Alfa changed much since the first quarter; Beta has answered the first quarter alone.
    """
    data = small_data(
        folder,
        enkat_kv1=survey(answer(FIRST), answer(SECOND, Namn="Beta")),
        enkat_kv4=survey(
            answer(FIRST, Deltagare_kvinnor="många", Anställda_män=40, Kommentar=f" {SECRET} {PERSON} "),
            answer(PERSON, Namn="Okänd"),
        ),
        utbildningar=None,
    )
    shutil.copy(ROOT / "data" / "association.toml", data.association)
    return data


ROW_OF_ALFA, ROW_OF_PERSON = 2, 3
"""Rows of the fourth quarter's answers."""
