"""What a check of clean tables gives: findings, which become faults with their place in the raw files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from asf_analysis.errors import Fault, Severity, Subject


@dataclass(frozen=True)
class Title:
    """The heading of each clean column as it stands in a file and, where a form has one for each, its row."""

    headings: Mapping[str, str]
    rows: Mapping[str, int] = field(default_factory=dict)


Titles = Mapping[tuple[str, str | None], Title]
"""What every file and sheet calls its columns."""


@dataclass(frozen=True)
class Finding:
    """What a check found: rows of a table, the column, and the words for a person."""

    rows: pd.DataFrame
    column: str
    problem: str
    remedy: str
    severity: Severity = "fel"
    subject: Subject | None = None


Check = Callable[[Mapping[str, pd.DataFrame]], Iterator[Finding]]


SOURCE = ["source_file", "source_sheet", "source_row"]
"""The columns of a clean table that say where a row came from."""


def faults_of(finding: Finding, titles: Titles) -> Iterator[Fault]:
    """Give a fault for each row that a check found."""
    if finding.rows.empty:
        return
    for source in finding.rows[SOURCE].itertuples(index=False, name=None):
        file, sheet, row, column = place(source, finding.column, titles)
        yield Fault(
            file, finding.problem, finding.remedy, sheet, row, column, finding.severity, finding.subject
        )


def place(source: Sequence[Any], column: str, titles: Titles) -> tuple[str, str | None, int, str]:
    """Give the file, sheet, row and heading of a clean value, from what SOURCE says of its row."""
    file, told, row = source
    sheet = None if pd.isna(told) else told
    title = titles.get((file, sheet), Title({}))
    return file, sheet, title.rows.get(column, int(row)), title.headings.get(column, column)
