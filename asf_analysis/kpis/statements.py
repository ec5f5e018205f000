"""Statements of published reports that can be checked by themselves: a sum and its parts, a share and its
counts (`data/published/statements.csv`)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Literal

from asf_analysis.errors import DataFaults
from asf_analysis.folders import DataFolder
from asf_analysis.intake.lists import Line, read_list
from asf_analysis.kpis.targets import read_year
from asf_analysis.swedish.numbers import Amount, Share, plain, read_count, read_share

COLUMNS = ("År", "Uppgift", "Sagt", "Räknat ur", "Avrundning", "Källa")

ROUNDINGS: Mapping[str, int | None] = {
    "": None,
    "hela procent": 0,
    "en decimal": 1,
    "hela tal": 0,
    "tiotal": -1,
    "hundratal": -2,
}
"""How a report may say that it rounds, and to how many decimals."""

Verdict = Literal["agrees", "agrees if rounded", "contradicts"]

_DECIMALS = re.compile(r"[0-9][,.]([0-9]+)\s*(?:%|procent)")


@dataclass(frozen=True)
class Statement:
    """What a report said, and what it can be counted from.

    A sum is told as an Amount with its `parts`; a share in percent (0–100) with the counts of its `basis`.
    `decimals` are those that a share was written with; `rounding` those that the report says it rounds to,
    None where it says nothing.
    """

    year: int
    what: str
    told_as: str
    counted_from: str
    source: str
    told: Amount | Share
    parts: tuple[Amount, ...] = ()
    basis: Share | None = None
    decimals: int = 0
    rounding: int | None = None

    @property
    def is_share(self) -> bool:
        """Whether a share was told, and not a sum."""
        return isinstance(self.told, Share)

    @property
    def counted(self) -> Fraction:
        """What its basis gives: the sum of the parts, or the share in percent, unrounded."""
        if self.basis is not None:
            return 100 * Fraction(self.basis.part) / Fraction(self.basis.whole)
        return Fraction(sum(part.value for part in self.parts))


def check_statement(statement: Statement) -> Verdict:
    """Tell whether a statement agrees with what it is counted from.

    A share must be right to the tenth of its last digit, a sum to the unit, unless the report says how it
    rounds (halves up): then it must be what that rounding gives. A statement that only some rounding
    explains, though none is told, is `agrees if rounded`. Approximate figures agree where their bounds meet.

    >>> told = Share(95, 100)
    >>> share = Statement(2018, "Svarande", "95 %", "127 av 133", "Rapporten", told, basis=Share(127, 133))
    >>> check_statement(share)
    'agrees if rounded'
    """
    counted, rounding = statement.counted, statement.rounding
    if isinstance(statement.told, Share):
        told = Fraction(str(statement.told.part))
        exact = _round(counted, statement.decimals + 1) == told
        roundings: tuple[int, ...] = (statement.decimals,)
    else:
        told = Fraction(statement.told.value)
        exact = _bounds_meet(statement.told, statement.parts)
        roundings = (-1, -2)
    if rounding is not None:
        return "agrees" if _round(counted, rounding) == told else "contradicts"
    if exact:
        return "agrees"
    return "agrees if rounded" if any(_round(counted, one) == told for one in roundings) else "contradicts"


def _round(value: Fraction, decimals: int) -> Fraction:
    """Round halves up to so many decimals; a negative number of them rounds to tens and hundreds."""
    unit = Fraction(10) ** -decimals
    return math.floor(value / unit + Fraction(1, 2)) * unit


def _bounds_meet(told: Amount, parts: Sequence[Amount]) -> bool:
    """Tell whether the told sum can be the sum of the parts; exact figures can only where they are equal."""
    low, high = told.bounds()
    ends = [part.bounds() for part in parts]
    return low <= sum(end[1] for end in ends) and sum(end[0] for end in ends) <= high


def read_statements(data: DataFolder, approximate_percent: float) -> dict[int, tuple[Statement, ...]]:
    """Read what the published reports said, by year; nothing where there is no file.

    `Sagt` is a number or a percentage; `Räknat ur` the parts of a sum (`221 + 214`) or the counts of a share
    (`27 av 179`). Raises DataFaults for a missing column, a year, a figure or a rounding that cannot be read,
    a share whose basis is a sum or the other way round, and a statement without its source.
    """
    lines = read_list(data.statements, f"published/{data.statements.name}", COLUMNS)
    statements: dict[int, tuple[Statement, ...]] = {}
    for line in lines:
        known_year = read_year(line) is not None
        statement = _read_statement(line, approximate_percent)
        if known_year and statement is not None:
            statements[statement.year] = (*statements.get(statement.year, ()), statement)
    faults = [fault for line in lines for fault in line.faults]
    if faults:
        raise DataFaults(faults)
    return statements


def _read_statement(line: Line, approximate_percent: float) -> Statement | None:
    """Read a line; notes its faults, and gives None where it has any."""
    told_as, counted_from, rounding = (line.text(name) for name in ("Sagt", "Räknat ur", "Avrundning"))
    for heading, what in (("Uppgift", "vad uppgiften gäller"), ("Källa", "vilken rapport den står i")):
        if not line.text(heading):
            line.fault(heading, "Cellen är tom.", f"Skriv {what}.")
    if plain(rounding) not in ROUNDINGS:
        known = ", ".join(name for name in ROUNDINGS if name)
        line.fault("Avrundning", "Avrundningen är okänd.", f"Lämna cellen tom, eller skriv: {known}.")
    count = partial(_read_told, approximate_percent=approximate_percent)
    told: Amount | Share | None
    parts: Sequence[Amount] | None = ()
    basis: Share | None = None
    if _is_percent(told_as):
        told = line.read("Sagt", read_share, "Skriv andelen som 19 % eller 12,5 %.")
        basis = line.read("Räknat ur", _read_counts, "Skriv de tal som andelen är räknad ur, som 27 av 179.")
    else:
        told = line.read("Sagt", count, "Skriv talet, eller andelen som 19 %.")
        split = partial(_read_parts, approximate_percent=approximate_percent)
        parts = line.read("Räknat ur", split, "Skriv delarna med plustecken mellan, som 221 + 214.")
    if line.faults or told is None:
        return None
    return Statement(
        year=int(line.text("År")),
        what=line.text("Uppgift"),
        told_as=told_as,
        counted_from=counted_from,
        source=line.text("Källa"),
        told=told,
        parts=tuple(parts or ()),
        basis=basis,
        decimals=len(written[1]) if (written := _DECIMALS.search(told_as)) else 0,
        rounding=ROUNDINGS[plain(rounding)],
    )


def _is_percent(text: str) -> bool:
    return "%" in text or "procent" in text.casefold()


def _read_told(text: str, approximate_percent: float) -> Amount:
    told = read_count(text, approximate_percent)
    if told is None:
        raise ValueError("Cellen är tom.")
    return told


def _read_counts(text: str) -> Share:
    share = None if _is_percent(text) else read_share(text)
    if share is None:
        raise ValueError("Det som står är inte en del av en helhet.")
    return share


def _read_parts(text: str, approximate_percent: float) -> list[Amount]:
    parts = [read_count(part, approximate_percent) for part in text.split("+")]
    known = [part for part in parts if part is not None]
    if len(known) < 2 or len(known) < len(parts):
        raise ValueError("Det som står är inte delar av en summa.")
    return known
