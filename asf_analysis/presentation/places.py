"""Where in the raw files something is, told to a person: rows gathered, long lists cut short."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from asf_analysis.kpis.quality import FaultGroup
from asf_analysis.swedish.writing import count_phrase, format_number, join_words

MOST_ROWS = 12
"""More rows, or spans of rows, than these are not told one by one."""

MOST_COLUMNS, MOST_PLACES = 6, 3


def write_rows(rows: Sequence[int] | np.ndarray) -> str:
    """Write rows that are in order, each once; neighbours as a span, and of very many only the first.

    >>> write_rows([7]), write_rows([7, 9, 12]), write_rows([7, 8, 9, 12])
    ('rad 7', 'rad 7, 9 och 12', 'rad 7–9 och 12')
    >>> write_rows(range(1, 40, 2))
    'rad 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 och åtta rader till'
    """
    if not len(rows):
        return ""
    numbers = np.asarray(rows)
    starts = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 2) != 1)
    told = np.split(numbers, starts[1 : MOST_ROWS + 1])[:MOST_ROWS]
    written = [text for span in told for text in _span(int(span[0]), int(span[-1]))]
    more = len(numbers) - sum(map(len, told))
    if more:
        written.append(count_phrase(more, "rad till", "rader till"))
    return f"rad {join_words(written)}"


def _span(first: int, last: int) -> list[str]:
    """Two neighbours are told as two rows."""
    if last - first < 2:
        return [str(row) for row in range(first, last + 1)]
    return [f"{first}–{last}"]


def write_columns(columns: Sequence[str]) -> str:
    """Write the columns of a fault.

    >>> write_columns(["Antal"]), write_columns(["Antal", "Datum"])
    ('kolumn Antal', 'kolumnerna Antal och Datum')
    """
    if len(columns) < 2:
        return f"kolumn {columns[0]}" if columns else ""
    more = len(columns) - MOST_COLUMNS
    rest = [count_phrase(more, "kolumn till", "kolumner till")] if more > 0 else []
    return f"kolumnerna {join_words([*columns[:MOST_COLUMNS], *rest])}"


def place_in_file(group: FaultGroup) -> str:
    """Write where in its file a fault is: sheet, rows, column, as far as they are known."""
    parts = [f"blad {group.sheet}" if group.sheet else "", place_in_sheet(group)]
    return ", ".join(part for part in parts if part)


def place_in_sheet(group: FaultGroup) -> str:
    """Write where in its sheet a fault is."""
    parts = [write_rows(group.rows), write_columns(group.columns)]
    return ", ".join(part for part in parts if part)


def write_place(group: FaultGroup) -> str:
    """Write where a fault is: file, sheet, rows, column."""
    return ", ".join(part for part in (group.file, place_in_file(group)) if part)


def write_places(groups: Sequence[FaultGroup]) -> str:
    """Write where faults of one kind are, the first of them where they are many."""
    told = [write_place(group) for group in groups[:MOST_PLACES]]
    more = len(groups) - len(told)
    return "; ".join([*told, *([f"och {format_number(more)} ställen till"] if more else [])])
