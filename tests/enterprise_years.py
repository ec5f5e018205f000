"""A small register and its survey, written by hand: one enterprise for each thing that can happen to one."""

from __future__ import annotations

import pandas as pd
from published_sample import ASSOCIATION

from asf_analysis.association import Rules
from asf_analysis.intake.schemas import SEXES, CleanTables
from asf_analysis.kpis.breakdowns import Facts
from asf_analysis.kpis.changes import PEOPLE
from asf_analysis.kpis.registry import Period

YEAR = Period.of_year(2018)
ROUNDS = ("2017-kv1", "2017-kv4", "2018-kv1", "2018-kv4")
LONG_AGO = "2010-01-01"
COUNTS = tuple(f"{measure}_{sex}" for measure in PEOPLE for sex in SEXES)


def register(*enterprises: tuple[str, str, str | None]) -> pd.DataFrame:
    """The register: number, first day, and last day or nothing; all have the same name."""
    numbers, started, ended = zip(*enterprises, strict=True) if enterprises else ((), (), ())
    return pd.DataFrame(
        {
            "organisation_number": pd.Series(numbers, dtype="str"),
            "name": "Verkstan",
            "municipality": "Gävle",
            "legal_form": "aktiebolag",
            "industry": "Bageri",
            "started_on": pd.to_datetime(pd.Series(started, dtype="str")),
            "ended_on": pd.to_datetime(pd.Series(ended, dtype="object")),
        }
    )


def survey(*answers: tuple[str, str, int | None, int | None]) -> pd.DataFrame:
    """The answers: round, number, women and men, the same for every measure."""
    frame = pd.DataFrame(answers, columns=["round", "organisation_number", *SEXES])
    given = {column: pd.array(frame[column.rpartition("_")[2]], "Int64") for column in COUNTS}
    return frame[["round", "organisation_number"]].astype("str").assign(municipality="Gävle", **given)


REGISTER = register(
    ("started", "2018-05-01", None),
    ("closed", LONG_AGO, "2018-06-30"),
    ("grown", LONG_AGO, None),
    ("shrunk", LONG_AGO, None),
    ("unchanged", LONG_AGO, None),
    ("carried", LONG_AGO, None),
)
ANSWERS = survey(
    ("2018-kv4", "started", 3, 1),
    ("2017-kv4", "closed", 2, 5),
    ("2017-kv4", "grown", 4, 4),
    ("2018-kv4", "grown", 9, 3),
    ("2017-kv4", "shrunk", 6, 6),
    ("2018-kv4", "shrunk", 5, 4),
    ("2017-kv4", "unchanged", 2, 3),
    ("2018-kv4", "unchanged", 3, 2),
    ("2017-kv4", "carried", 7, 1),
    ("2018-kv1", "carried", 8, 1),
)


def facts(enterprises=REGISTER, responses=ANSWERS, years=(2017, 2018), rules: Rules | None = None) -> Facts:
    nothing = pd.DataFrame()
    tables = CleanTables(
        enterprises, responses, nothing, nothing, nothing, nothing, nothing, nothing, (), tuple(years)
    )
    association = ASSOCIATION.model_copy(update={"rules": rules or Rules()})
    return Facts(tables, association, YEAR)
