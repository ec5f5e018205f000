"""What a check of clean tables gives: findings, which become faults with their place in the raw files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from asf_analysis.errors import Fault, Severity


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


Check = Callable[[Mapping[str, pd.DataFrame]], Iterator[Finding]]


def place(row: pd.Series, column: str, titles: Titles) -> tuple[str, str | None, int, str]:
    """Give the file, sheet, row and heading where a clean value came from."""
    file, sheet = row["source_file"], None if pd.isna(row["source_sheet"]) else row["source_sheet"]
    title = titles.get((file, sheet), Title({}))
    number = title.rows.get(column, int(row["source_row"]))
    return file, sheet, number, title.headings.get(column, column)


def faults_of(finding: Finding, titles: Titles) -> Iterator[Fault]:
    """Give a fault for each row that a check found."""
    for _, found in finding.rows.iterrows():
        file, sheet, row, column = place(found, finding.column, titles)
        yield Fault(file, finding.problem, finding.remedy, sheet, row, column, finding.severity)
