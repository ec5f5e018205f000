"""A table on its way from raw to clean, and the one way in which its cells are read.

A rule takes a draft and gives a new one. Every distinct cell of a column is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Concatenate, Literal, ParamSpec

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from asf_analysis.errors import Fault, Severity, Subject
from asf_analysis.intake.cells import BLANK, Broken, Cells, Distinct, Shared, cell_text, text_array
from asf_analysis.intake.log import Lines, Repeated, log_lines
from asf_analysis.intake.origin import Origin, Texts
from asf_analysis.intake.schemas import DAY
from asf_analysis.swedish.names import Match
from asf_analysis.swedish.numbers import Cell
from asf_analysis.swedish.organisation_numbers import hide_personal_numbers
from asf_analysis.swedish.texts import as_mask

Arguments = ParamSpec("Arguments")

FREE_TEXT = frozenset({"comment"})
"""Columns whose text is nobody else's business: it is in no message and not in the log."""

_HIDDEN_TEXT = "(fritext)"
_SHARED_PROBLEM = (
    "Cellen är sammanslagen över flera rader, så det går inte att veta vilken rad svaret gäller."
)


@dataclass(frozen=True, eq=False)
class Draft:
    """One sheet's table with what has been found in it so far.

    `headings` maps a clean column name to the heading in the file, and `raw` to its cells. `frame` has the
    clean columns. No rule adds or drops a row: those in `aside` are set aside. `round` is the survey's
    year, and the quarter that the file's or the sheet's name tells; `sums` are the rows that sum the others.
    """

    table: str
    origin: Origin
    headings: Mapping[str, str]
    raw: Mapping[str, Cells]
    frame: pd.DataFrame
    sums: pd.DataFrame
    round: tuple[int, int | None] | None = None
    aside: frozenset[int] = frozenset()
    faults: tuple[Fault, ...] = ()
    log: tuple[Lines, ...] = ()

    @property
    def rows(self) -> pd.Index:
        """The rows, by their number in the file, or in the folder of forms."""
        return self.frame.index

    def pipe(
        self,
        rule: Callable[Concatenate[Draft, Arguments], Draft],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Draft:
        """Apply a rule."""
        return rule(self, *args, **kwargs)

    def heading(self, column: str) -> str:
        """Give a column's heading as it stands in the file."""
        return self.headings.get(column, column)

    def cells(self, column: str) -> Cells:
        """Give a column's raw cells; all blank where the file lacks the column."""
        return self.raw[column] if column in self.raw else Cells.blank(len(self.frame))

    def with_cells(self, column: str, cells: Cells) -> Draft:
        """Give a draft with other raw cells in a column."""
        return replace(self, raw={**self.raw, column: cells})

    def with_columns(self, **columns: Any) -> Draft:
        """Give a draft with clean columns set, aligned by row."""
        return replace(self, frame=self.frame.assign(**columns))

    def with_faults(
        self,
        rows: pd.Index,
        column: str,
        problem: str,
        remedy: str,
        severity: Severity = "fel",
        subject: Subject | None = None,
    ) -> Draft:
        """Give a draft with one fault more for each row."""
        heading = self.heading(column)
        places = (self.origin.place(int(row), column) for row in rows)
        found = (
            Fault(file, problem, remedy, sheet, number, heading, severity, subject)
            for file, sheet, number in places
        )
        return replace(self, faults=(*self.faults, *found))

    def with_fault(self, fault: Fault) -> Draft:
        """Give a draft with one fault more."""
        return replace(self, faults=(*self.faults, fault))

    def with_log(
        self,
        rows: pd.Index,
        column: str,
        before: Texts | Repeated,
        after: Texts | Repeated,
        rule: Texts | Repeated,
        severity: Severity,
    ) -> Draft:
        """Give a draft with one line more in the log for each row."""
        if not len(rows):
            return self
        files, sheets, numbers = self.origin.places(rows, column)
        lines = log_lines(files, sheets, numbers, self.heading(column), before, after, rule, severity)
        return replace(self, log=(*self.log, lines))

    def with_rows_aside(self, rows: pd.Index) -> Draft:
        """Give a draft with rows set aside."""
        return replace(self, aside=self.aside | frozenset(rows.tolist()))


@dataclass(frozen=True)
class Reader:
    """How a column's cells are read, and what the log and a fault say of it.

    `read` gives a value, None for no answer, or raises ValueError with a Swedish message. `refusal` is how
    grave a refused cell is, and `sets_aside` whether its row is set aside; `shared` tells whether a cell
    that is merged over several rows holds for each. `doubt` may say what is worth a line of its own in the
    log although the cell could be read. `many` may read the usual ones of many texts at once, to the texts
    that `read` gives: which they are, and the values. No personal number is among them.
    """

    read: Callable[[Cell], object]
    rule: str
    remedy: str
    refusal: Severity = "fel"
    sets_aside: bool = False
    shared: bool = True
    doubt: Callable[[Cell], str] = field(default=lambda _: "")
    many: Callable[[pa.StringArray], tuple[np.ndarray, pa.StringArray]] | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What became of one distinct cell."""

    value: Any = None
    before: str = ""
    after: str = ""
    rule: str = ""
    problem: str = ""
    remedy: str = ""
    changed: bool = False


_READ_WITH_MANY = _Reading(...)
"""Stands for every cell that was read together with many; it has a value, and what was changed is logged."""

_BLANK = _Reading()


@dataclass(frozen=True, eq=False)
class Values:
    """What a column's cells were read as: one value per distinct cell, the last for none, and rows' codes."""

    codes: np.ndarray
    distinct: tuple[Any, ...] | pa.StringArray
    rows: pd.Index

    def map(self, change: Callable[[Any], Any]) -> Values:
        """Give the values with those that are there changed."""
        changed = (None if value is None else change(value) for value in self._each())
        return Values(self.codes, tuple(changed), self.rows)

    def filled(self, value: Any) -> Values:
        """Give the values with one where there is none."""
        return Values(self.codes, tuple(value if one is None else one for one in self._each()), self.rows)

    def texts(self) -> pd.Series:
        """Give the values as text."""
        given = self.distinct
        if isinstance(given, tuple):
            given = pa.array([None if value is None else str(value) for value in given], pa.string())
        return pd.Series(text_array(given).take(self.codes), index=self.rows)

    def days(self) -> pd.Series:
        """Give the values, which are days."""
        return pd.Series(np.array(self._each(), dtype=DAY)[self.codes], index=self.rows)

    def numbers(self, kind: Literal["Int64", "Float64"]) -> pd.Series:
        """Give the values, which are numbers, as an array of a kind that can miss some."""
        return pd.Series(pd.array(list(self._each()), dtype=kind).take(self.codes), index=self.rows)

    def which(self, holds: Callable[[Any], bool]) -> np.ndarray:
        """Tell for every row whether something holds of its value."""
        return np.array([bool(holds(value)) for value in self._each()], dtype=bool)[self.codes]

    def _each(self) -> tuple[Any, ...]:
        return self.distinct if isinstance(self.distinct, tuple) else tuple(self.distinct.to_pylist())


def read_cells(
    draft: Draft, column: str, reader: Reader, required: bool | np.ndarray = False
) -> tuple[Draft, Values]:
    """Read a column: the draft with its log and faults, and the value of every row (None: no answer).

    `required` tells, for all rows or each, whether no answer is a fault; a column that the file lacks is a
    fault of its own already.
    """
    cells = draft.cells(column)
    known, many = _read_many(reader, cells.different)
    odd = cells.different.where(~known)
    readings = [*(_read_one(reader, cell, column) for _, cell in odd), _READ_WITH_MANY, _BLANK]
    of_cell = np.full(len(known) + 1, len(odd))
    of_cell[[place for place, _ in odd]] = np.arange(len(odd))
    of_cell[BLANK] = len(odd) + 1
    codes = of_cell[cells.codes]
    draft = _log_many(draft, column, cells, known, many, reader.rule)
    draft = _log_changes(draft, column, codes, readings, reader)
    if column in draft.headings and np.any(required):
        silent = np.array([reading.value is None and not reading.problem for reading in readings])
        blank = silent[codes] & np.asarray(required, dtype=bool)
        draft = draft.with_faults(draft.rows[blank], column, "Cellen är tom.", reader.remedy)
    read = [reading.value for reading in readings[: len(odd)]]
    if many is None:
        return draft, Values(cells.codes, (*read, None), draft.rows)
    texts = pa.array([None if value is None else str(value) for value in read], pa.string())
    distinct = pa.concat_arrays([pc.replace_with_mask(many, ~known, texts), pa.nulls(1, pa.string())])
    return draft, Values(cells.codes, distinct, draft.rows)


def as_logged(text: str, column: str = "") -> str:
    """Give a cell's text as the log may show it: no personal number, and no free text."""
    if column in FREE_TEXT:
        return _HIDDEN_TEXT if text else text
    return hide_personal_numbers(text)


def _read_many(reader: Reader, different: Distinct) -> tuple[np.ndarray, pa.StringArray | None]:
    """Read many cells at once where a reader can and all are texts: which were read, and their values."""
    if reader.many is None or different.texts is None:
        return np.zeros(len(different), dtype=bool), None
    return reader.many(different.texts)


def _log_many(
    draft: Draft, column: str, cells: Cells, known: np.ndarray, many: pa.StringArray | None, rule: str
) -> Draft:
    """Log every row whose cell was changed where many were read at once."""
    before = cells.different.texts
    if many is None:
        return draft
    rows = np.flatnonzero(cells.spread(known & as_mask(pc.not_equal(before, many))))
    if column in FREE_TEXT:
        return draft.with_log(draft.rows[rows], column, _HIDDEN_TEXT, _HIDDEN_TEXT, rule, "upplysning")
    was, became = (Repeated(texts, cells.codes[rows]) for texts in (before, many))
    return draft.with_log(draft.rows[rows], column, was, became, rule, "upplysning")


def _log_changes(
    draft: Draft, column: str, codes: np.ndarray, readings: Sequence[_Reading], reader: Reader
) -> Draft:
    """Log every row whose cell was changed or refused, and add a fault for each refused one."""
    told = np.array([reading.changed or bool(reading.problem) for reading in readings])
    if not told.any():
        return draft
    texts = [
        pa.array([getattr(reading, name) for reading in readings]) for name in ("before", "after", "rule")
    ]
    refused = np.array([bool(reading.problem) for reading in readings])
    grave: tuple[tuple[np.ndarray, Severity], ...] = (
        (told & ~refused, "upplysning"),
        (refused, reader.refusal),
    )
    for which, severity in grave:
        rows = np.flatnonzero(which[codes])
        before, after, rule = (Repeated(text, codes[rows]) for text in texts)
        draft = draft.with_log(draft.rows[rows], column, before, after, rule, severity)
    for problem, remedy in dict.fromkeys((reading.problem, reading.remedy) for reading in readings):
        if problem:
            same = np.array([(reading.problem, reading.remedy) == (problem, remedy) for reading in readings])
            draft = draft.with_faults(draft.rows[same[codes]], column, problem, remedy, reader.refusal)
    return draft.with_rows_aside(draft.rows[refused[codes]]) if reader.sets_aside else draft


def _read_one(reader: Reader, cell: Any, column: str) -> _Reading:
    """Read a distinct cell; one that is merged over rows stands on its first row and is added on others."""
    before = cell_text(cell)
    if isinstance(cell, Broken):
        return _refused(as_logged(before, column), cell.problem, cell.remedy)
    if isinstance(cell, Shared):
        if not reader.shared:
            return _refused(as_logged(before, column), _SHARED_PROBLEM, reader.remedy)
        inner = _read_one(reader, cell.cell, column)
        if cell.first or inner.problem:
            return inner
        after = as_logged(cell_text(inner.value), column)
        rule = f"Sammanslagen cell; {inner.rule or reader.rule}"
        return _Reading(inner.value, "", after, rule, changed=after != "")
    try:
        value = reader.read(cell)
    except ValueError as error:
        return _refused(as_logged(before, column), str(error), reader.remedy)
    if value is None:
        return _Reading(None, as_logged(before, column), "", "Inget svar", changed=True)
    after = cell_text(value)
    if before == after:
        return _Reading(value)
    rule = f"{reader.rule}: {value.how}" if isinstance(value, Match) else reader.rule
    doubt = reader.doubt(cell)
    rule = f"{rule}: {doubt}" if doubt else rule
    return _Reading(value, as_logged(before, column), as_logged(after, column), rule, changed=True)


def _refused(before: str, problem: str, remedy: str) -> _Reading:
    return _Reading(before=before, rule=problem, problem=problem, remedy=remedy)
