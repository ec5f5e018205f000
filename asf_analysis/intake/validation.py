"""The last gate of intake: a clean table keeps what its schema promises."""

from __future__ import annotations

import pandas as pd
from pandera.errors import SchemaErrors

from asf_analysis.errors import Fault
from asf_analysis.intake.findings import SOURCE, Titles, place
from asf_analysis.intake.schemas import SCHEMAS

_RULES = {
    "greater_than_or_equal_to(0)": "Värdet är mindre än noll.",
    "field_uniqueness": "Värdet står på flera rader men får bara stå på en.",
    "not_nullable": "Värdet saknas.",
}


def schema_faults(table: str, rows: pd.DataFrame, titles: Titles) -> list[Fault]:
    """Give a fault for every cell of a clean table that breaks its schema."""
    try:
        SCHEMAS[table].validate(rows, lazy=True, inplace=True)
    except SchemaErrors as error:
        return [_fault(table, rows, failure, titles) for failure in error.failure_cases.to_dict("records")]
    return []


def _fault(table: str, rows: pd.DataFrame, failure: dict, titles: Titles) -> Fault:
    problem = _RULES.get(failure["check"], f"Värdet bryter mot tabellens regel {failure['check']}.")
    if pd.isna(failure["index"]):
        return Fault(table, problem, "Felet ligger i programmet, anmäl det.", column=failure["column"])
    file, sheet, row, column = place(tuple(rows.loc[failure["index"], SOURCE]), failure["column"], titles)
    return Fault(file, problem, "Rätta värdet i filen.", sheet, row, column)
