"""Tables of goals: a row for each goal with its columns, or a row for each thing told of one goal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from asf_analysis.written.goals import Goal, Told, bare_name, goals_of
from asf_analysis.written.labels import DAY, Part, day_of, read_label
from asf_analysis.written.passages import Passage
from asf_analysis.written.text import join_lines

_HEADS = 3
"""Rows in which the headings of a table are looked for."""

_HARMLESS = re.compile(
    r"\b(?:antal|värde|helår(?:et)?|per|procent|i|kolumn|st|uppnått|förväntat)\b|[%*]|\(\s*\)", re.IGNORECASE
)
_DAY = re.compile(DAY, re.IGNORECASE)
_YEAR = re.compile(r"(?:år )?(20[0-9]{2})")

Rows = Sequence[Passage]


def goals_of_tables(passages: Sequence[Passage], year: int) -> tuple[Goal, ...]:
    """Gather the goals that the tables of a report tell, for one year."""
    rows = [passage for passage in passages if passage.table]
    tables = [tuple(group) for _, group in groupby(rows, key=lambda passage: passage.table)]
    return tuple(goal for table in tables for goal in _goals_of_table(_whole_rows(table), year))


def _whole_rows(rows: Rows) -> Rows:
    """Join to a row what goes on below it: a first cell alone that begins with a small letter."""
    whole: list[Passage] = []
    for row in rows:
        if whole and row.cells[0][:1].islower() and not any(row.cells[1:]):
            above = whole[-1]
            cells = (join_lines(above.cells[0], row.cells[0]), *above.cells[1:])
            whole[-1] = replace(above, cells=cells, text=" | ".join(cells))
        else:
            whole.append(row)
    return whole


def _goals_of_table(rows: Rows, year: int) -> Iterator[Goal]:
    if _is_pairs(rows):
        yield from goals_of(list(_as_paragraphs(rows)))
        return
    head = next((place for place, row in enumerate(rows[:_HEADS]) if _is_head(row, year)), None)
    if head is None:
        yield from _unclear(rows)
        return
    columns = tuple(_column(cell, year) for cell in rows[head].cells)
    title = "".join(cell for row in rows[:head] for cell in row.cells)
    names: tuple[str, ...] = ()
    for row in rows[head + 1 :]:
        filled = [cell for cell in row.cells if cell]
        if row.cells == rows[head].cells or not filled:
            continue
        if len(filled) == 1 and row.cells[0] and len(columns) > 2:
            title = row.cells[0]
            continue
        goal = _goal_of_row(row, columns, names, title)
        names = goal.names
        if any(one.part.role in ("target", "result", "baseline") for one in goal.told):
            yield goal


def _unclear(rows: Rows) -> Iterator[Goal]:
    for row in rows:
        if any(re.search("[0-9]", cell) for cell in row.cells[1:]):
            told = Part("unclear", " | ".join(filter(None, row.cells[1:])))
            yield Goal((bare_name(row.cells[0]),), row.place, (Told(told, row),))


def _is_pairs(rows: Rows) -> bool:
    """Tell whether the first column has labels, one to a row."""
    labelled = [row for row in rows if len(row.cells) >= 2 and row.cells[0] and read_label(row.cells[0])]
    return len(labelled) >= 2 and len(labelled) * 2 >= len(rows) and max(len(row.cells) for row in rows) == 2


def _as_paragraphs(rows: Rows) -> Iterator[Passage]:
    for row in rows:
        name, told = row.cells[0], " ".join(filter(None, row.cells[1:]))
        text = f"{name}: {told}" if read_label(name) and told else " ".join(filter(None, (name, told)))
        yield replace(row, text=text, table=0, cells=())


def _is_head(row: Passage, year: int) -> bool:
    roles = [_column(cell, year).role for cell in row.cells]
    return sum(role in ("target", "result", "baseline", "earlier") for role in roles) >= 1 and (
        sum(bool(role) for role in roles) >= 2
    )


def _column(heading: str, year: int) -> Part:
    """Tell what a column tells, from its heading.

    >>> _column("Utfall 2017", 2018).role, _column("Antal (2018-01-01)", 2018).role
    ('earlier', 'baseline')
    """
    text = " ".join(heading.split())
    found = read_label(text) or read_label(" ".join(_HARMLESS.sub(" ", text).split()))
    if found is None:
        return _dated_column(text, year)
    if found.role in ("result", "target") and found.year and found.year != year:
        return replace(found, role="earlier" if found.year < year else "comment")
    if found.role == "baseline" and found.year and found.year > year:
        return replace(found, role="comment")
    return found


def _dated_column(text: str, year: int) -> Part:
    if dated := _DAY.search(text):
        day = day_of(dated[0])
        if day and (day.month, day.day) == (1, 1) and day.year == year:
            return Part("baseline", "", day, year)
        if day and (day.month, day.day) == (12, 31) and day.year in (year, year - 1):
            return Part("result" if day.year == year else "baseline", "", day, day.year)
    if told := _YEAR.fullmatch(text):
        own = int(told[1])
        return Part("result" if own == year else "earlier" if own < year else "comment", "", None, own)
    return Part("", text)


def _goal_of_row(row: Passage, columns: Sequence[Part], before: Sequence[str], title: str) -> Goal:
    names: list[str] = []
    told: list[Told] = []
    targets = [place for place, column in enumerate(columns) if column.role == "target"]
    for place, (cell, column) in enumerate(zip(row.cells, columns, strict=False)):
        goal_text = column.role == "target" and place != targets[-1]
        if column.role == "name" or goal_text or (not column.role and place == 0):
            if cell:
                names.insert(0 if column.role == "name" else len(names), bare_name(cell))
            continue
        if column.role and cell:
            told.append(Told(replace(column, text=cell), row))
    named_apart = any(column.role == "name" for column in columns) or not columns[0].role or len(targets) > 1
    if not names and named_apart:
        names = list(before)
    if not named_apart and targets:
        names = [bare_name(row.cells[targets[0]])]
    return Goal(tuple(filter(None, names)), row.place, tuple(told), title)
