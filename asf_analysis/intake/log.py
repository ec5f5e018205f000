"""The account of intake: what became of every cell that was changed, doubted or refused, and of every row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from asf_analysis.errors import Severity
from asf_analysis.intake.schemas import INTAKE_COLUMNS, LOG_COLUMNS

_KINDS = {"row": "Int64"}
_SORTED_BY = ["file", "sheet", "row"]


def log_lines(
    file: str,
    sheet: str | None,
    rows: Sequence[int],
    column: str | None,
    before: Sequence[str] | str,
    after: Sequence[str] | str,
    rule: Sequence[str] | str,
    severity: Severity = "upplysning",
) -> pd.DataFrame:
    """Give one line of the log per row; what is alike for all rows may be given once.

    >>> lines = log_lines("kv4.csv", None, [7, 8], "Kommun", ["GÄVLE", "2104"], ["Gävle", "Hofors"], "Namn")
    >>> lines[["row", "before", "after", "rule"]]
       row before   after  rule
    0    7  GÄVLE   Gävle  Namn
    1    8   2104  Hofors  Namn
    """
    lines = pd.DataFrame(
        {
            "row": pd.array(list(rows), dtype="Int64"),
            "before": before,
            "after": after,
            "rule": rule,
        }
    ).assign(file=file, sheet=sheet, column=column, severity=severity)
    return _typed(lines, LOG_COLUMNS)


def gather_log(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put the log together in the order of files, sheets and rows."""
    return _gather(parts, LOG_COLUMNS, _SORTED_BY)


def gather_account(lines: Iterable[tuple[str, str, str | None, int, int]]) -> pd.DataFrame:
    """Give a row per sheet from its table, file, sheet, raw rows and rows set aside.

    >>> gather_account([("trainings", "2018/utbildningar.csv", None, 4, 1)])
           table                   file sheet  raw_rows  clean_rows  set_aside
    0  trainings  2018/utbildningar.csv   NaN         4           3          1
    """
    columns = ["table", "file", "sheet", "raw_rows", "set_aside"]
    account = pd.DataFrame(list(lines), columns=columns)
    account = account.assign(clean_rows=account["raw_rows"] - account["set_aside"])
    counts = {name: "int64" for name in ("raw_rows", "clean_rows", "set_aside")}
    texts = {name: "str" for name in ("table", "file", "sheet")}
    return account[list(INTAKE_COLUMNS)].astype({**texts, **counts})


def _gather(parts: Iterable[pd.DataFrame], columns: Sequence[str], order: list[str]) -> pd.DataFrame:
    filled = [part for part in parts if len(part)]
    if not filled:
        return _typed(pd.DataFrame(columns=list(columns)), columns)
    return pd.concat(filled).sort_values(order, kind="stable", ignore_index=True)


def _typed(lines: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    return lines[list(columns)].astype({name: _KINDS.get(name, "str") for name in columns})
