"""Evidence: where the rows that a figure was counted from stand in the raw files."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from asf_analysis.intake.findings import SOURCE

EVIDENCE = ("file", "sheet", "row")
"""The columns of evidence."""

_KINDS = {"file": "str", "sheet": "str", "row": "Int64"}


def origins_of(tables: Sequence[pd.DataFrame]) -> tuple[pd.DataFrame, ...]:
    """Give the source columns alone of each table; of none where one lacks them, for half is no evidence."""
    traceable = all(name in rows for rows in tables for name in SOURCE)
    return tuple(rows[SOURCE] for rows in tables) if traceable else ()


def whole_file(file: str) -> pd.DataFrame:
    """Give the source columns of something that is not counted row by row, but read in a file as a whole."""
    return pd.DataFrame([[file, None, None]], columns=SOURCE)


def gather_evidence(origins: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Give evidence in the order of files, sheets and rows, each row once; needs the source columns.

    Columns: `file` (str; raw files by their place below `raw/`), `sheet` (str, missing for a file without
    sheets) and `row` (Int64, as the file itself counts, from 1; missing for a file as a whole). A returned
    form stands as the row of its first known question.

    >>> sheet = {"source_file": "kv4.xlsx", "source_sheet": "Enkät"}
    >>> later, earlier = (pd.DataFrame({**sheet, "source_row": rows}) for rows in ([9, 7], [7, 4]))
    >>> gather_evidence([later, earlier])
           file  sheet  row
    0  kv4.xlsx  Enkät    4
    1  kv4.xlsx  Enkät    7
    2  kv4.xlsx  Enkät    9
    """
    told = [rows.set_axis(list(EVIDENCE), axis=1).astype(_KINDS) for rows in origins]
    nothing = pd.DataFrame(columns=list(EVIDENCE)).astype(_KINDS)
    rows = pd.concat([nothing, *told], ignore_index=True)
    ordered = rows.sort_values(list(EVIDENCE), na_position="first", ignore_index=True)
    return ordered.drop_duplicates(ignore_index=True)
