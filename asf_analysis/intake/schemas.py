"""What a clean table is: its columns and their kinds, checked by pandera.

Every clean table keeps where each row came from (`source_file`, `source_sheet`, `source_row`). A count
column `c` holds whole numbers (`Int64`, missing where there was no answer) and may have `c_low` and
`c_high` beside it (`Float64`), filled on every row that has an answer, which bound approximate answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

from asf_analysis.errors import Fault

SEXES = ("women", "men")
AUTHORITY_KEYS = ("employment_service", "insurance_agency", "region", "municipality", "other")
AGE_GROUPS = ("16_29", "30_64", "outside")

SURVEY_MEASURES = (
    "employees",
    "permanent",
    "participants",
    *(f"from_{key}" for key in AUTHORITY_KEYS),
    *(f"aged_{group}" for group in AGE_GROUPS),
    "completed",
    "completed_to_work",
    "completed_to_studies",
    "completed_to_other",
)
SURVEY_COUNTS = tuple(f"{measure}_{sex}" for measure in SURVEY_MEASURES for sex in SEXES)

COUNTS: dict[str, tuple[str, ...]] = {
    "enterprises": (),
    "responses": SURVEY_COUNTS,
    "activities": ("employees", "politicians", "others"),
    "trainings": ("participants",),
    "support_structures": ("meetings_per_year",),
    "supervised_places": ("places", "participants"),
}

SOURCE = {
    "source_file": pa.Column(str),
    "source_sheet": pa.Column(str, nullable=True),
    "source_row": pa.Column(int),
}

DAY = "datetime64[us]"


def _text(*, required: bool = False) -> pa.Column:
    return pa.Column(str, nullable=not required)


def _day(*, required: bool = False) -> pa.Column:
    return pa.Column(DAY, nullable=not required)


def _schema(table: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    counts = {name: pa.Column("Int64", pa.Check.ge(0), nullable=True) for name in COUNTS[table]}
    bounds = {
        f"{name}_{end}": pa.Column("Float64", nullable=True, required=False)
        for name in COUNTS[table]
        for end in ("low", "high")
    }
    return pa.DataFrameSchema({**columns, **counts, **bounds, **SOURCE}, strict=True, name=table)


SCHEMAS: dict[str, pa.DataFrameSchema] = {
    "enterprises": _schema(
        "enterprises",
        {
            "organisation_number": pa.Column(str, pa.Check.str_matches(r"^\d{6}-\d{4}$"), unique=True),
            "name": _text(required=True),
            "former_name": _text(),
            "municipality": _text(required=True),
            "legal_form": _text(),
            "industry": _text(),
            "started_on": _day(required=True),
            "ended_on": _day(),
            "end_reason": _text(),
        },
    ),
    "responses": _schema(
        "responses",
        {
            "round": pa.Column(str, pa.Check.str_matches(r"^\d{4}-kv[1-4]$")),
            "year": pa.Column(int),
            "quarter": pa.Column(int, pa.Check.isin([1, 2, 3, 4])),
            "organisation_number": pa.Column(str, pa.Check.str_matches(r"^\d{6}-\d{4}$")),
            "name": _text(),
            "municipality": _text(),
            "comment": _text(),
        },
    ),
    "activities": _schema(
        "activities",
        {
            "held_on": _day(required=True),
            "activity": _text(),
            "kind": _text(required=True),
            "organisation": _text(),
            "party": _text(),
            "municipality": _text(),
            "place": _text(),
        },
    ),
    "trainings": _schema(
        "trainings",
        {"held_on": _day(required=True), "commissioned_by": _text(), "municipality": _text()},
    ),
    "support_structures": _schema(
        "support_structures",
        {
            "group": _text(required=True),
            "municipality": _text(required=True),
            "form": _text(),
            "started_on": _day(required=True),
            "ended_on": _day(),
        },
    ),
    "supervised_places": _schema(
        "supervised_places",
        {
            "organisation_number": pa.Column(str, pa.Check.str_matches(r"^\d{6}-\d{4}$")),
            "started_on": _day(required=True),
            "ended_on": _day(required=True),
            "granted_sek": pa.Column("Float64", pa.Check.ge(0), nullable=True),
            "paid_sek": pa.Column("Float64", pa.Check.ge(0), nullable=True),
        },
    ),
}

LOG_COLUMNS = ("file", "sheet", "row", "column", "before", "after", "rule", "severity")
INTAKE_COLUMNS = ("table", "file", "sheet", "raw_rows", "clean_rows", "set_aside")


@dataclass(frozen=True)
class CleanTables:
    """The clean tables of the years that were read, and the account of how they came to be.

    `log` has a row per cell that cleaning changed, doubted or refused (LOG_COLUMNS); `intake` has a row per
    sheet read (INTAKE_COLUMNS), where raw_rows = clean_rows + set_aside. `warnings` are what was doubted
    but does not stop publication.
    """

    enterprises: pd.DataFrame
    responses: pd.DataFrame
    activities: pd.DataFrame
    trainings: pd.DataFrame
    support_structures: pd.DataFrame
    supervised_places: pd.DataFrame
    log: pd.DataFrame
    intake: pd.DataFrame
    warnings: tuple[Fault, ...]
    years: tuple[int, ...]

    def table(self, name: str) -> pd.DataFrame:
        """Give a clean table by its name in SCHEMAS."""
        if name not in SCHEMAS:
            raise KeyError(name)
        frame: pd.DataFrame = getattr(self, name)
        return frame


@dataclass(frozen=True)
class Inspection:
    """Everything that reading some years gave, also where a *fel* keeps it from becoming clean tables.

    `rows` has the rows that could be read, by table; those of a table in `incomplete` lack a file. `faults`
    are of all severities, in the order of files, sheets and rows. `log` and `intake` are those of
    CleanTables.
    """

    rows: Mapping[str, pd.DataFrame]
    incomplete: frozenset[str]
    faults: tuple[Fault, ...]
    log: pd.DataFrame
    intake: pd.DataFrame
    years: tuple[int, ...]

    @property
    def stopping(self) -> tuple[Fault, ...]:
        """What stops publication."""
        return tuple(fault for fault in self.faults if fault.severity == "fel")

    @property
    def tables(self) -> CleanTables | None:
        """The clean tables; None where a *fel* stands."""
        if self.stopping:
            return None
        return CleanTables(
            **self.rows, log=self.log, intake=self.intake, warnings=self.faults, years=self.years
        )
