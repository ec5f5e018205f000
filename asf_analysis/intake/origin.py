"""Where a table's rows stand: all in one sheet, or each in a form of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

Texts = str | None | Sequence[str | None]
"""One text for all rows, or one for each."""


class Origin(Protocol):
    """Tells where the cell of a row and a column stands: its file, its sheet and its row there."""

    @property
    def file(self) -> str:
        """The file, or the folder of forms."""

    @property
    def sheet(self) -> str | None:
        """The sheet, where all rows stand in one."""

    def place(self, row: int, column: str) -> tuple[str, str | None, int]:
        """Give the place of one row's cell."""

    def places(self, rows: pd.Index, column: str) -> tuple[Texts, Texts, np.ndarray]:
        """Give the places of some rows' cells: files, sheets and rows."""

    def sheets(self) -> Iterator[tuple[str, str | None, Mapping[str, int]]]:
        """Give every file and sheet, with the row of each column where it has one of its own."""


@dataclass(frozen=True)
class SheetOrigin:
    """All rows stand in one sheet, by their number in it."""

    file: str
    sheet: str | None

    def place(self, row: int, column: str) -> tuple[str, str | None, int]:  # noqa: ARG002
        """Give the place of one row's cell."""
        return self.file, self.sheet, row

    def places(self, rows: pd.Index, column: str) -> tuple[Texts, Texts, np.ndarray]:  # noqa: ARG002
        """Give the places of some rows' cells."""
        return self.file, self.sheet, rows.to_numpy()

    def sheets(self) -> Iterator[tuple[str, str | None, Mapping[str, int]]]:
        """Give the sheet."""
        yield self.file, self.sheet, {}


@dataclass(frozen=True)
class Form:
    """One returned form: its file and sheet, and the row that every column's answer stands on."""

    file: str
    sheet: str | None
    rows: Mapping[str, int]

    def row(self, column: str) -> int:
        """Give the row of an answer; that of the first one where the form lacks the question."""
        return self.rows.get(column, min(self.rows.values()))


@dataclass(frozen=True)
class FormsOrigin:
    """Every row is a form of its own in a folder; they are numbered from 0."""

    file: str
    forms: tuple[Form, ...]
    sheet: None = None

    def place(self, row: int, column: str) -> tuple[str, str | None, int]:
        """Give the place of one form's answer."""
        form = self.forms[row]
        return form.file, form.sheet, form.row(column)

    def places(self, rows: pd.Index, column: str) -> tuple[Texts, Texts, np.ndarray]:
        """Give the places of some forms' answers."""
        forms = [self.forms[row] for row in rows]
        numbers = np.array([form.row(column) for form in forms], dtype=np.int64)
        return [form.file for form in forms], [form.sheet for form in forms], numbers

    def sheets(self) -> Iterator[tuple[str, str | None, Mapping[str, int]]]:
        """Give every form's file and sheet, with the row of each of its answers."""
        for form in self.forms:
            yield form.file, form.sheet, form.rows
