"""The account of intake: what became of every cell that was changed, doubted or refused, and of every row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from asf_analysis.errors import Severity
from asf_analysis.intake.cells import text_array
from asf_analysis.intake.origin import Origin, Texts
from asf_analysis.intake.schemas import INTAKE_COLUMNS, LOG_COLUMNS

_MOST_ROWS = 1 << 32
"""More than any file has rows."""


@dataclass(frozen=True, eq=False)
class Repeated:
    """A text per line, each kept once: `codes` tell which of the `different` ones stands in every line."""

    different: pa.StringArray
    codes: np.ndarray


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines of the log with the column `texts` by name, and the rows they tell of."""

    rows: np.ndarray
    texts: Mapping[str, Repeated]


def log_lines(
    file: Texts,
    sheet: Texts,
    rows: Sequence[int] | np.ndarray,
    column: str | None,
    before: Texts | Repeated,
    after: Texts | Repeated,
    rule: Texts | Repeated,
    severity: Severity = "upplysning",
) -> Lines:
    """Give one line of the log per row; what is alike for all rows may be given once.

    >>> names = ["GÄVLE", "2104"], ["Gävle", "Hofors"]
    >>> lines = log_lines("kv4.csv", None, [7, 8], "Kommun", *names, "Kommunens namn")
    >>> gather_log([lines])[["row", "before", "after", "rule"]]
       row before   after            rule
    0    7  GÄVLE   Gävle  Kommunens namn
    1    8   2104  Hofors  Kommunens namn
    """
    told = {"file": file, "sheet": sheet, "column": column, "before": before, "after": after}
    texts = {name: _repeated(text, len(rows)) for name, text in {**told, "rule": rule}.items()}
    return Lines(np.asarray(rows, np.int64), {**texts, "severity": _repeated(severity, len(rows))})


def gather_log(parts: Iterable[Lines]) -> pd.DataFrame:
    """Put the log together in the order of files, sheets and rows."""
    filled = [log_lines("", None, [], None, "", "", ""), *parts]
    rows = np.concatenate([part.rows for part in filled])
    texts = {name: _joined([part.texts[name] for part in filled]) for name in filled[0].texts}
    file, sheet = (_ranks(texts[name]) for name in ("file", "sheet"))
    order = np.argsort((file * (len(rows) + 1) + sheet) * _MOST_ROWS + rows, kind="stable")
    columns = {name: text_array(text.different).take(text.codes[order]) for name, text in texts.items()}
    return pd.DataFrame({**columns, "row": pd.array(rows[order], dtype="Int64")})[list(LOG_COLUMNS)]


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
    file, sheet = (_repeated(texts, len(rows)) for texts in (files, sheets))
    return {
        "source_file": pd.Series(text_array(file.different).take(file.codes), index=rows),
        "source_sheet": pd.Series(text_array(sheet.different).take(sheet.codes), index=rows),
        "source_row": pd.Series(numbers, index=rows),
    }


def _repeated(given: Texts | Repeated, count: int) -> Repeated:
    if isinstance(given, Repeated):
        return given
    if given is None or isinstance(given, str):
        return Repeated(pa.array([given], pa.string()), np.zeros(count, dtype=np.int64))
    return Repeated(pa.array(given, pa.string()), np.arange(count))


def _joined(parts: Sequence[Repeated]) -> Repeated:
    """Put the lines of parts after each other."""
    starts = np.cumsum([0, *(len(part.different) for part in parts)])
    codes = [part.codes + start for part, start in zip(parts, starts, strict=False)]
    return Repeated(pa.concat_arrays([part.different for part in parts]), np.concatenate(codes))


def _ranks(texts: Repeated) -> np.ndarray:
    """Give each line's place in the order of all texts; a missing one comes first."""
    written = texts.different.to_pylist()
    ranks = {text: rank for rank, text in enumerate(sorted({*written} - {None}), start=1)}
    return np.array([ranks.get(text, 0) for text in written], dtype=np.int64)[texts.codes]
