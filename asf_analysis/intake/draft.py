"""A table on its way from raw to clean, and the one way in which its cells are read.

A rule takes a draft and gives a new one. Every distinct text of a column is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Concatenate, ParamSpec

import numpy as np
import pandas as pd

from asf_analysis.errors import Fault, Severity
from asf_analysis.intake.log import log_lines
from asf_analysis.intake.read import cell_text
from asf_analysis.swedish.names import Match
from asf_analysis.swedish.numbers import Cell
from asf_analysis.swedish.organisation_numbers import is_personal_number

Arguments = ParamSpec("Arguments")

HIDDEN = "(visas inte)"
"""Stands in the log for a personal number."""


@dataclass(frozen=True)
class Draft:
    """One sheet's table with what has been found in it so far.

    `headings` maps a clean column name to the heading in the file. The frame's index is the file's row
    numbers, and no rule adds or drops a row: those in `aside` are set aside. `round` is the year and quarter
    that the file of a survey says it holds; `sums` are the rows of the file that sum the others.
    """

    table: str
    file: str
    sheet: str | None
    headings: Mapping[str, str]
    frame: pd.DataFrame
    sums: pd.DataFrame
    round: tuple[int, int] | None = None
    aside: frozenset[int] = frozenset()
    faults: tuple[Fault, ...] = ()
    log: tuple[pd.DataFrame, ...] = ()

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

    def cells(self, column: str) -> pd.Series:
        """Give a column's raw cells; all blank where the file lacks the column."""
        if column in self.frame:
            return self.frame[column]
        return pd.Series(None, index=self.frame.index, dtype=object)

    def with_columns(self, **columns: Any) -> Draft:
        """Give a draft with columns set, aligned by row number."""
        return replace(self, frame=self.frame.assign(**columns))

    def with_faults(
        self, rows: pd.Index, column: str, problem: str, remedy: str, severity: Severity = "fel"
    ) -> Draft:
        """Give a draft with one fault more for each row."""
        heading = self.heading(column)
        found = (Fault(self.file, problem, remedy, self.sheet, int(row), heading, severity) for row in rows)
        return replace(self, faults=(*self.faults, *found))

    def with_fault(self, fault: Fault) -> Draft:
        """Give a draft with one fault more."""
        return replace(self, faults=(*self.faults, fault))

    def with_log(
        self, rows: pd.Index, column: str, before: Any, after: Any, rule: Any, severity: Severity
    ) -> Draft:
        """Give a draft with one line more in the log for each row."""
        if not len(rows):
            return self
        lines = log_lines(
            self.file, self.sheet, list(rows), self.heading(column), before, after, rule, severity
        )
        return replace(self, log=(*self.log, lines))

    def with_rows_aside(self, rows: pd.Index) -> Draft:
        """Give a draft with rows set aside."""
        return replace(self, aside=self.aside | frozenset(int(row) for row in rows))


@dataclass(frozen=True)
class Reader:
    """How a column's cells are read, and what the log and a fault say of it.

    `read` gives a value, None for no answer, or raises ValueError with a Swedish message. `refusal` is how
    grave a refused cell is, and `sets_aside` whether its row is set aside.
    """

    read: Callable[[Cell], object]
    rule: str
    remedy: str
    refusal: Severity = "fel"
    sets_aside: bool = False


@dataclass(frozen=True)
class _Reading:
    """What became of one distinct cell."""

    value: object = None
    before: str = ""
    after: str = ""
    rule: str = ""
    problem: str = ""
    changed: bool = False


def read_cells(
    draft: Draft, column: str, reader: Reader, required: bool | pd.Series = False
) -> tuple[Draft, np.ndarray]:
    """Read a column: the draft with its log and faults, and the value of every row (None: no answer).

    `required` tells, for all rows or each, whether no answer is a fault; a column that the file lacks is a
    fault of its own already.
    """
    codes, distinct = pd.factorize(draft.cells(column).to_numpy(dtype=object))
    readings = [*(_read_one(reader, cell) for cell in distinct), _Reading()]

    def of_rows(attribute: str) -> np.ndarray:
        return _objects([getattr(reading, attribute) for reading in readings])[codes]

    problems, values, before = of_rows("problem"), of_rows("value"), of_rows("before")
    changed = of_rows("changed").astype(bool)
    rows = draft.frame.index
    draft = draft.with_log(
        rows[changed],
        column,
        before[changed],
        of_rows("after")[changed],
        of_rows("rule")[changed],
        "upplysning",
    )
    refused = problems != ""
    draft = draft.with_log(rows[refused], column, before[refused], "", problems[refused], reader.refusal)
    for problem in dict.fromkeys(problems[refused]):
        draft = draft.with_faults(rows[problems == problem], column, problem, reader.remedy, reader.refusal)
    if reader.sets_aside:
        draft = draft.with_rows_aside(rows[refused])
    if column in draft.headings:
        blank = pd.isna(values) & ~refused & np.asarray(required)
        draft = draft.with_faults(rows[blank], column, "Cellen är tom.", reader.remedy)
    return draft, values


def as_logged(text: str) -> str:
    """Give a cell's text as the log may show it: a personal number is never repeated."""
    return HIDDEN if is_personal_number(text) else text


def _read_one(reader: Reader, cell: Cell) -> _Reading:
    before = cell_text(cell)
    try:
        value = reader.read(cell)
    except ValueError as error:
        return _Reading(before=as_logged(before), problem=str(error))
    after = cell_text(value)
    rule = f"{reader.rule}: {value.how}" if isinstance(value, Match) else reader.rule
    rule = rule if value is not None else "Inget svar"
    return _Reading(value, as_logged(before), as_logged(after), rule, changed=before != after)


def _objects(values: list[Any]) -> np.ndarray:
    """Give an array of objects, whatever they are; numpy would take tuples apart."""
    array = np.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        array[place] = value
    return array
