"""What a stranger reads of people: figures, the cells that tell or withhold them, and other facts of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

TOTAL = "total"
SEX, PLACE, ROLE, COMPONENT, TABLE = "sex", "municipality", "role", "component", "table"
"""Dimensions, as the open data name them; the last one tells a table's people from all others."""

SEXES = {"kvinnor": "women", "män": "men", "totalt": TOTAL}
ROLES = ("Deltagare", "Anställda", "Tillsvidareanställda", "Avslutade")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")


@dataclass(frozen=True)
class Figure:
    """A number of people: the day, or the days `first/last`, and what the people have in common."""

    when: str
    of: frozenset[tuple[str, str]]

    def value(self, dimension: str) -> str | None:
        """Give its people's value of a dimension; None where they differ."""
        return next((value for name, value in self.of if name == dimension), None)

    def without(self, dimension: str) -> Figure:
        """Give all that it is a part of, when a dimension is left out."""
        return Figure(self.when, frozenset(pair for pair in self.of if pair[0] != dimension))

    def within(self, dimension: str, value: str) -> Figure:
        """Give the part of it that has a value of a dimension; all of it for the total."""
        return self if value == TOTAL else Figure(self.when, self.of | {(dimension, value)})

    @property
    def dimensions(self) -> frozenset[str]:
        """What its people are told by."""
        return frozenset(name for name, _ in self.of)


@dataclass(frozen=True)
class Spot:
    """Where a figure stands: the file, the table, the row and the column, as far as there are any."""

    file: str
    table: str = ""
    row: str = ""
    column: str = ""

    def __str__(self) -> str:
        parts = [
            self.file,
            f"tabellen ”{self.table}”" if self.table else "",
            f"rad {self.row}" if self.row else "",
            f"kolumn {self.column}" if self.column else "",
        ]
        return ", ".join(part for part in parts if part)


Status = Literal["shown", "withheld", "missing"]


@dataclass(frozen=True)
class Cell:
    """A figure at a spot: shown as a number from `low` to `high`, withheld, or missing.

    `grand` marks a grand total, which is shown whatever it is; `doubtful` what was read out of running text.
    """

    spot: Spot
    figure: Figure
    status: Status
    low: float = 0.0
    high: float = 0.0
    grand: bool = False
    doubtful: bool = False


@dataclass(frozen=True)
class Fact:
    """Something told of several figures: their sum, each with its factor, lies from `low` to `high`.

    `doubtful` is what gives way where all that is told cannot be true: what was read out of running text, or
    in another edition.
    """

    terms: Mapping[Figure, float]
    low: float
    high: float
    doubtful: bool = False


@dataclass(frozen=True)
class Reading:
    """All that one edition tells of people.

    `partitions` are lists of values that a whole is made of: (what the whole has in common, dimension,
    values). `changes` are (what all have in common, first day, last day, components). `tables` counts the
    tables read, `unread` names tables of people that were not understood.
    """

    cells: tuple[Cell, ...] = ()
    facts: tuple[Fact, ...] = ()
    partitions: frozenset[tuple[frozenset[tuple[str, str]], str, tuple[str, ...]]] = frozenset()
    changes: frozenset[tuple[frozenset[tuple[str, str]], str, str, tuple[str, ...]]] = frozenset()
    parts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    tables: int = 0
    unread: tuple[str, ...] = ()
    threshold: int | None = None

    def and_(self, other: Reading) -> Reading:
        """Put two readings together; the first one's threshold stands."""
        return Reading(
            self.cells + other.cells,
            self.facts + other.facts,
            self.partitions | other.partitions,
            self.changes | other.changes,
            {**other.parts, **self.parts},
            self.tables + other.tables,
            self.unread + other.unread,
            other.threshold if self.threshold is None else self.threshold,
        )


def days_in(text: str) -> tuple[str, ...]:
    """Give the days that a Swedish text names, in order.

    >>> days_in("Deltagare efter kommun, 31 december 2018")
    ('2018-12-31',)
    """
    return tuple(
        f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}" for day, month, year in DAY.findall(text)
    )


def number_in(text: str) -> float | None:
    """Read a number written the Swedish way, alone; None for anything else.

    >>> number_in("1 234"), number_in("−5"), number_in("7,5"), number_in("ca 75")
    (1234.0, -5.0, 7.5, None)
    """
    plain = re.sub(r"\s", "", text).replace("−", "-").replace(",", ".")
    return float(plain) if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain) else None
