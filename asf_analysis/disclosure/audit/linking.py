"""Which figures the tables of a page tell: those of the open data, or what their headings say.

A table whose caption is a title of the open data is that table, set out for a reader. Another one tells of a
role (*Deltagare*), a sex, a municipality and a day, as its caption and headings say. Rates and shares tell
within what the figures lie that they were reckoned from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from asf_analysis.disclosure.audit.cells import (
    PLACE,
    ROLE,
    ROLES,
    SEX,
    SEXES,
    TABLE,
    TOTAL,
    Cell,
    Fact,
    Figure,
    Reading,
    Spot,
    days_in,
    number_in,
)
from asf_analysis.disclosure.audit.open_data import Dimension, OpenTable
from asf_analysis.disclosure.audit.pages import PageTable

SHARE, DIFFERENCE, INHABITANTS = "Andel kvinnor (%)", "Skillnad (procentenheter)", "Folkmängd"
IN_FIGURES, MUNICIPALITY = " i siffror", "Kommun"
PER = re.compile(r"^Per ([\d\s]+) invånare$")
PEOPLE, ENTERPRISES = "Personer", "Företag"


@dataclass(frozen=True)
class Known:
    """What helps to understand a page: the tables of the open data, and the marks of what is not told."""

    tables: tuple[OpenTable, ...]
    withheld: str = ".."
    missing: str = "."

    @property
    def places(self) -> frozenset[str]:
        """The municipalities that the open data name."""
        return frozenset(
            value
            for table in self.tables
            for dimension in (table.rows, table.columns)
            if dimension.name == PLACE
            for value in dimension.labels
            if value != TOTAL
        )

    def dimension(self, title: str) -> Dimension | None:
        """Give the dimension of people that a heading names."""
        named = [table.rows for table in self.tables if table.rows.title == title]
        return named[0] if named else None


def linked(table: PageTable, page: str, known: Known) -> Reading:
    """Tell what a table of a page says of people; nothing where it counts none."""
    columns = _figures_of_columns(table, known)
    if not any(columns):
        return Reading(unread=_not_understood(table, page))
    cells: list[Cell] = []
    facts: list[Fact] = []
    for row in table.rows:
        figures = {
            number: figure
            for number, name in enumerate(columns)
            if name is not None and number < len(row) and (figure := name.of_row(row[0])) is not None
        }
        cells += _cells(table, row, figures, page, known)
        facts += _facts(table, row, figures)
    partitions = _partitions(table, columns)
    return Reading(tuple(cells), tuple(facts), frozenset(partitions), tables=1)


@dataclass(frozen=True)
class _Column:
    """A column of figures: what each row's figure is."""

    figures: Mapping[str, Figure]

    def of_row(self, label: str) -> Figure | None:
        return self.figures.get(label)


def _figures_of_columns(table: PageTable, known: Known) -> list[_Column | None]:
    labels = [row[0] for row in table.rows if row]
    of_titles = {one.title: one for one in known.tables}
    place = _place_in(table.caption, known)
    title = table.caption.replace(f" i {place} ", " ", 1) if place else table.caption
    found: list[_Column | None] = [None]
    for path in table.headings[1:]:
        own = of_titles.get(table.caption) or of_titles.get(title)
        if own is not None and (value := own.columns.value_of(path[-1])) is not None and _per(path) is None:
            rows = {label: own.rows.value_of(label) for label in labels}
            found.append(
                _Column(
                    {
                        label: own.figure(row, value).within(PLACE, place or TOTAL)
                        for label, row in rows.items()
                        if row is not None
                    }
                )
            )
        else:
            figures = {label: _by_headings(table, path, label, place, known) for label in labels}
            told = {label: figure for label, figure in figures.items() if figure is not None}
            found.append(_Column(told) if told else None)
    return found


def _per(path: Sequence[str]) -> float | None:
    """Give how many inhabitants a column of rates is told by; None for another."""
    found = next((match for part in path if (match := PER.match(part))), None)
    return float(re.sub(r"\s", "", found[1])) if found else None


def _place_in(text: str, known: Known) -> str | None:
    if text.endswith(IN_FIGURES):
        return text.removesuffix(IN_FIGURES)
    return max((place for place in known.places if f" i {place} " in text), key=len, default=None)


def _by_headings(
    table: PageTable, path: Sequence[str], label: str, place: str | None, known: Known
) -> Figure | None:
    """Tell what a cell counts by its headings; None where it does not count people."""
    if SHARE in path or DIFFERENCE in path or path[0] == ENTERPRISES:
        return None
    words = [*path, *(part.strip().removeprefix("varav ") for part in label.split(","))]
    first = table.caption.split(",")[0].split(" ")[0] if PEOPLE in path else ""
    role = _role_in((*words, first))
    if role is None:
        return None
    sex = next((SEXES[word] for word in map(str.casefold, words) if word in SEXES and word != label), TOTAL)
    if PEOPLE in path and sex == TOTAL and path[-1].casefold() not in SEXES:
        return None
    figure = Figure("", frozenset({(ROLE, role)})).within(SEX, sex).within(PLACE, place or TOTAL)
    days = days_in(path[-1]) or days_in(table.caption)
    heading = table.headings[0][-1] if table.headings and table.headings[0] else ""
    if heading == "År" and re.fullmatch(r"\d{4}", label):
        return Figure(f"{label}-12-31", figure.of) if "vid årets slut" in table.caption else None
    if len(days) != 1:
        return None
    figure = Figure(days[0], figure.of)
    if heading == "Uppgift":
        return figure
    dimension = known.dimension(heading)
    if dimension is None and heading != MUNICIPALITY:
        return figure.within(TABLE, table.caption).within(heading, _total(label))
    name, value = (dimension.name, dimension.value_of(label)) if dimension else (PLACE, None)
    return figure.within(name, _total(label) if value is None else value)


def _role_in(words: Iterable[str]) -> str | None:
    return next((role for word in words for role in ROLES if word.casefold() == role.casefold()), None)


def _total(label: str) -> str:
    return TOTAL if label.casefold() in ("totalt", "länet", "förbundet") else label


def _cells(
    table: PageTable, row: Sequence[str], figures: Mapping[int, Figure], page: str, known: Known
) -> Iterator[Cell]:
    for number, figure in figures.items():
        spot = Spot(page, table.caption, row[0], ", ".join(table.headings[number]))
        per = _per(table.headings[number])
        value = number_in(row[number])
        if per is not None:
            people = _inhabitants(table, row)
            if value is None or people is None:
                continue
            step = 0.5 / 10 ** len(row[number].partition(",")[2])
            yield Cell(spot, figure, "shown", (value - step) * people / per, (value + step) * people / per)
        elif value is not None:
            yield Cell(spot, figure, "shown", value, value)
        elif row[number] == known.withheld:
            yield Cell(spot, figure, "withheld")


def _inhabitants(table: PageTable, row: Sequence[str]) -> float | None:
    for number, path in enumerate(table.headings):
        if path and path[-1] == INHABITANTS:
            return number_in(row[number])
    return None


def _facts(table: PageTable, row: Sequence[str], figures: Mapping[int, Figure]) -> Iterator[Fact]:
    """Tell what women's share, and how far it is from men's, say of women and all."""
    by_sex = {figure.value(SEX) or TOTAL: figure for figure in figures.values()}
    if not {"women", TOTAL} <= by_sex.keys():
        return
    women, everyone = by_sex["women"], by_sex[TOTAL]
    for number, path in enumerate(table.headings):
        value = number_in(row[number]) if number < len(row) and path else None
        if value is None or path[-1] not in (SHARE, DIFFERENCE):
            continue
        step = 0.5 / 10 ** len(row[number].partition(",")[2])
        times, least = (100.0, value) if path[-1] == SHARE else (200.0, 100.0 + value)
        yield Fact({women: times, everyone: -(least - step)}, 0.0, float("inf"))
        yield Fact({women: times, everyone: -(least + step)}, float("-inf"), 0.0)


def _partitions(
    table: PageTable, columns: Iterable[_Column | None]
) -> Iterator[tuple[frozenset[tuple[str, str]], str, tuple[str, ...]]]:
    """Give the wholes that a table adds up to: women and men, and rows that the open data do not know."""
    figures = [figure for column in columns if column for figure in column.figures.values()]
    if {"women", "men", None} <= {figure.value(SEX) for figure in figures}:
        shared = frozenset.intersection(*(figure.of for figure in figures))
        yield shared, SEX, ("women", "men")
    if any(figure.value(TABLE) == table.caption for figure in figures):
        heading = table.headings[0][-1]
        rows = tuple(dict.fromkeys(value for figure in figures if (value := figure.value(heading))))
        if any(figure.value(heading) is None for figure in figures):
            shared = frozenset.intersection(*(figure.of for figure in figures))
            yield shared, heading, rows


def _not_understood(table: PageTable, page: str) -> tuple[str, ...]:
    if any(PEOPLE in path for path in table.headings):
        return (f"{page}, tabellen ”{table.caption}”",)
    return ()
