"""The raw rows that KPIs were counted from, for the internal audience: in words, and row by row as CSV."""

from __future__ import annotations

from typing import Any

import pandas as pd

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.evidence import EVIDENCE
from asf_analysis.presentation.places import MOST_PLACES, write_rows
from asf_analysis.spreadsheets import defused
from asf_analysis.swedish.writing import NO_BREAK_SPACE, count_phrase, number_word

KPI_ROWS_FILE = "kpi_rows.csv"
"""The file beside an internal report that lists every row."""


def write_evidence(evidence: pd.DataFrame) -> tuple[str, ...]:
    """Write where the rows of a figure stand, a line for each sheet; of many only the first.

    Needs `file`, `sheet` and `row`, in that order (see `Outcome.evidence`).

    >>> rows = pd.DataFrame({"file": "kv4.xlsx", "sheet": "Enkät", "row": pd.array([4, 5, 6, 9], "Int64")})
    >>> write_evidence(rows)
    ('kv4.xlsx, blad Enkät, rad 4–6 och 9 (fyra\\xa0rader)',)
    """
    sheets = list(evidence.groupby(["file", "sheet"], dropna=False)["row"])
    told = [_write_sheet(place, rows) for place, rows in sheets[:MOST_PLACES]]
    more = len(sheets) - len(told)
    return (
        *told,
        *([f"och {count_phrase(more, 'ställe till', 'ställen till', neuter=True)}"] if more else []),
    )


def _write_sheet(place: Any, rows: pd.Series) -> str:
    file, sheet = place
    known = rows.dropna().to_numpy("int64")
    counted = f" ({number_word(len(known))}{NO_BREAK_SPACE}rader)" if len(known) > 1 else ""
    parts = (file, "" if pd.isna(sheet) else f"blad {sheet}", f"{write_rows(known)}{counted}")
    return ", ".join(part for part in parts if part)


def kpi_rows(report: Published) -> pd.DataFrame:
    """Give the raw rows that each KPI's result was counted from: `kpi`, `file`, `sheet`, `row`.

    A row stands once for each KPI that it counts in; none for the public audience. `row` is missing where a
    file counts as a whole.
    """
    outcomes = require_published(report).outcomes
    rows = [outcome.evidence.assign(kpi=outcome.kpi.key) for outcome in outcomes]
    return pd.concat(rows, ignore_index=True)[["kpi", *EVIDENCE]]


def kpi_rows_as_csv(report: Published) -> str:
    """Give the raw rows behind every KPI as CSV; no cell begins as a formula does."""
    rows = kpi_rows(report)
    texts = {name: rows[name].map(_defused_once(rows[name])) for name in ("file", "sheet")}
    return rows.assign(**texts).to_csv(index=False, lineterminator="\n")


def _defused_once(texts: pd.Series) -> dict[str, str]:
    """Defuse each different text once: there are few of them, and many rows."""
    return {text: defused(text) for text in texts.dropna().unique()}
