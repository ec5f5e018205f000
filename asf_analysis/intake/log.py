"""The account of intake: what became of every cell that was changed, doubted or refused, and of every row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from asf_analysis.errors import Severity
from asf_analysis.intake.cells import text_array
from asf_analysis.intake.origin import Origin, Texts
from asf_analysis.intake.schemas import INTAKE_COLUMNS, LOG_COLUMNS


def log_lines(
    file: Texts,
    sheet: Texts,
    rows: Sequence[int] | np.ndarray,
    column: str | None,
    before: Texts | pd.api.extensions.ExtensionArray,
    after: Texts | pd.api.extensions.ExtensionArray,
    rule: Texts | pd.api.extensions.ExtensionArray,
    severity: Severity = "upplysning",
) -> pd.DataFrame:
    """Give one line of the log per row; what is alike for all rows may be given once.

    >>> lines = log_lines("kv4.csv", None, [7, 8], "Kommun", ["GÄVLE", "2104"], ["Gävle", "Hofors"], "Namn")
    >>> lines[["row", "before", "after", "rule"]]
       row before   after  rule
    0    7  GÄVLE   Gävle  Namn
    1    8   2104  Hofors  Namn
    """
    told = {"file": file, "sheet": sheet, "column": column, "before": before, "after": after}
    texts = {
        name: _texts(text, len(rows)) for name, text in {**told, "rule": rule, "severity": severity}.items()
    }
    return pd.DataFrame({**texts, "row": pd.array(np.asarray(rows), dtype="Int64")})[list(LOG_COLUMNS)]


def gather_log(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put the log together in the order of files, sheets and rows."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return log_lines("", None, [], None, "", "", "")
    log = pd.concat(filled, ignore_index=True)
    order = np.lexsort((log["row"].to_numpy(), *(_ranks(log[name]) for name in ("sheet", "file"))))
    return log.take(order).reset_index(drop=True)


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


def source_of(origin: Origin, rows: pd.Index) -> dict[str, pd.Series]:
    """Give the columns of a clean table that say where its rows came from."""
    files, sheets, numbers = origin.places(rows, "")
    return {
        "source_file": pd.Series(_texts(files, len(rows)), index=rows),
        "source_sheet": pd.Series(_texts(sheets, len(rows)), index=rows),
        "source_row": pd.Series(numbers, index=rows),
    }


def _texts(given: Texts | pd.api.extensions.ExtensionArray, count: int) -> pd.api.extensions.ExtensionArray:
    """Give a text per row."""
    if given is None or isinstance(given, str):
        return text_array([given]).take(np.zeros(count, dtype=np.intp))
    return given if isinstance(given, pd.api.extensions.ExtensionArray) else text_array(list(given))


def _ranks(texts: pd.Series) -> np.ndarray:
    """Give each text's place in the order of all; a missing one comes first."""
    return pd.factorize(texts, sort=True)[0]
