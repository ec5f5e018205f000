"""A small association of two years, made by hand: five municipalities, two enterprises in each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import pandas as pd

from asf_analysis.intake.schemas import AGE_GROUPS, AUTHORITY_KEYS, SEXES, SURVEY_COUNTS, CleanTables

PLACES = ("Bollnäs", "Gävle", "Hofors", "Ockelbo", "Sandviken")
ROUNDS = ("2017-kv4", "2018-kv1", "2018-kv4")
NOON = datetime(2019, 2, 1, 12, 0)

PLACED = {
    "Bollnäs": ((9, 11), (7, 8), (6, 5), (8, 9), (5, 6)),
    "Gävle": ((15, 17), (12, 9), (8, 7), (11, 13), (6, 8)),
    "Hofors": ((2, 6), (1, 3), (1, 2), (3, 1), (1, 1)),
    "Ockelbo": ((3, 7), (2, 1), (1, 2), (2, 4), (1, 1)),
    "Sandviken": ((13, 14), (8, 11), (7, 9), (10, 12), (9, 7)),
}
"""Women and men placed at a municipality's first enterprise by each authority, in their order."""

Change = Callable[[pd.DataFrame], pd.DataFrame]
"""What is done to the survey's answers."""


def number_of(place: int, which: int) -> str:
    """The organisation number of an enterprise."""
    return f"5599{place}{which}-000{which}"


NUMBERS = tuple(number_of(place, which) for place in range(len(PLACES)) for which in (0, 1))


def answer_of(place: str, which: int, round_name: str) -> dict[str, int]:
    """What an enterprise answers; all grow with the rounds."""
    more = ROUNDS.index(round_name)
    placed = [
        (women + more - which if women > 2 else women, men + which if men > 2 else men)
        for women, men in PLACED[place]
    ]
    whole = tuple(sum(pair[sex] for pair in placed) for sex in (0, 1))
    young = tuple(count // 3 for count in whole)
    outside = (1, 0) if which else (0, 1)
    old = tuple(count - some - few for count, some, few in zip(whole, young, outside, strict=True))
    employed = (whole[0] // 2 + 3 + which, whole[1] // 2 + 4)
    completed = (whole[0] // 2, whole[1] // 2)
    work = (completed[0] // 2, completed[1] // 3)
    studies = (completed[0] // 4, completed[1] // 4)
    told = {
        "employees": employed,
        "permanent": (employed[0] - 2, employed[1] - 1),
        "participants": whole,
        **{f"from_{key}": pair for key, pair in zip(AUTHORITY_KEYS, placed, strict=True)},
        **{f"aged_{group}": pair for group, pair in zip(AGE_GROUPS, (young, old, outside), strict=True)},
        "completed": completed,
        "completed_to_work": work,
        "completed_to_studies": studies,
        "completed_to_other": (
            completed[0] - work[0] - studies[0],
            completed[1] - work[1] - studies[1],
        ),
    }
    return {f"{name}_{sex}": pair[at] for name, pair in told.items() for at, sex in enumerate(SEXES)}


@cache
def answers() -> pd.DataFrame:
    """Every enterprise's answer in every round."""
    asked = [(name, at, which) for name in ROUNDS for at in range(len(PLACES)) for which in (0, 1)]
    rows = [
        {
            "round": name, "year": int(name[:4]), "quarter": int(name[-1]),
            "organisation_number": number_of(at, which), "name": f"Verkstan {at}{which}",
            "municipality": PLACES[at], "comment": None, **answer_of(PLACES[at], which, name),
        }
        for name, at, which in asked
    ]  # fmt: skip
    made = _with_origin(pd.DataFrame(rows), "enkat.csv")
    return made.astype({**dict.fromkeys(SURVEY_COUNTS, "Int64"), "comment": object})


def _with_origin(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    return frame.assign(source_file=file, source_sheet=None, source_row=range(2, len(frame) + 2))


def tables_of(change: Change = lambda given: given, more: Mapping[str, object] | None = None) -> CleanTables:
    """The clean tables, with the survey's answers changed."""
    places = [place for place in PLACES for _ in (0, 1)]
    enterprises = pd.DataFrame(
        {
            "organisation_number": NUMBERS, "former_name": None,
            "name": [f"Verkstan {number}" for number in range(len(NUMBERS))],
            "municipality": places, "legal_form": "ekonomisk förening",
            "industry": "kafé", "started_on": pd.Timestamp(2015, 1, 1), "ended_on": pd.NaT,
            "end_reason": None,
        }
    )  # fmt: skip
    activities = pd.DataFrame(
        {
            "held_on": pd.Timestamp(2018, 5, 2), "activity": "Träff", "kind": "dialogmöte",
            "organisation": "Gruppen", "party": "Arbetsförmedlingen", "municipality": list(PLACES),
            "place": None, "employees": pd.array([8, 9, 7, 2, 12], "Int64"),
            "politicians": pd.array([5, 6, 7, 1, 8], "Int64"),
            "others": pd.array([0, 1, 0, 0, 2], "Int64"),
        }
    )  # fmt: skip
    trainings = pd.DataFrame(
        {"held_on": [pd.Timestamp(2018, 3, 5)], "commissioned_by": ["Gävle"], "municipality": ["Gävle"],
         "participants": pd.array([14], "Int64")}
    )  # fmt: skip
    groups = pd.DataFrame(
        {"group": "Norra", "municipality": ["Bollnäs", "Gävle"], "form": "grupp",
         "started_on": pd.Timestamp(2016, 1, 1), "ended_on": pd.NaT,
         "meetings_per_year": pd.array([4, 4], "Int64")}
    )  # fmt: skip
    supervised = pd.DataFrame(
        {"organisation_number": NUMBERS[:4], "started_on": pd.Timestamp(2018, 1, 1),
         "ended_on": pd.Timestamp(2018, 12, 31), "granted_sek": 100000.0, "paid_sek": 90000.0,
         "places": pd.array([6, 7, 8, 9], "Int64"), "participants": pd.array([5, 6, 9, 8], "Int64")}
    )  # fmt: skip
    made = {
        "enterprises": enterprises, "activities": activities, "trainings": trainings,
        "support_structures": groups, "supervised_places": supervised,
    }  # fmt: skip
    intake = pd.DataFrame(
        {"table": ["responses"], "file": ["enkat.csv"], "sheet": [None], "raw_rows": [50],
         "clean_rows": [50], "set_aside": [0]}
    )  # fmt: skip
    given = {
        **{name: _with_origin(frame, f"{name}.csv") for name, frame in made.items()},
        "responses": change(answers()), "log": pd.DataFrame(), "intake": intake, "warnings": (),
        "years": (2017, 2018), **(more or {}),
    }  # fmt: skip
    return CleanTables(**given)  # type: ignore[arg-type]


def data_folder(place: Path, project: Path, threshold: int = 5) -> Path:
    """Make the data folder of the association: the project's, with fewer municipalities and no raw file."""
    data = Path(shutil.copytree(project / "data", place, ignore=shutil.ignore_patterns("raw")))
    for year in (2017, 2018):
        (data / "raw" / str(year)).mkdir(parents=True)
    head, *municipalities = (data / "association.toml").read_text("utf-8").split("[[municipalities]]")
    kept = [one for one in municipalities if any(f'"{place}"' in one for place in PLACES)]
    assert len(kept) == len(PLACES)
    written = "[[municipalities]]".join([head, *kept])
    written = re.sub(r"(?m)^threshold = \d+", f"threshold = {threshold}", written)
    (data / "association.toml").write_text(written, "utf-8")
    return data
