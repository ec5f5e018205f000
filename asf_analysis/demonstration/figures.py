"""What the demonstration data adds up to, year by year.

The stocks and flows of 2017–2018 are those of the published report of 2018; the rest is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import NamedTuple

EFFORT_STARTED_ON = date(2016, 8, 1)


class Pair(NamedTuple):
    """A number of women and of men."""

    women: int
    men: int

    @property
    def total(self) -> int:
        """Women and men together."""
        return self.women + self.men

    def times(self, factor: int, divisor: int = 1) -> Pair:
        """Give the pair multiplied, rounded down."""
        return Pair(self.women * factor // divisor, self.men * factor // divisor)

    def plus(self, other: Pair) -> Pair:
        """Give the sum of two pairs."""
        return Pair(self.women + other.women, self.men + other.men)

    def minus(self, other: Pair) -> Pair:
        """Give the difference between two pairs."""
        return Pair(self.women - other.women, self.men - other.men)


@dataclass(frozen=True)
class Training:
    """An ASF training; `participants` may be written as people write it, such as `ca 15`."""

    month: int
    day: int
    commissioned_by: str
    municipality: str
    participants: int | str


@dataclass(frozen=True)
class YearFigures:
    """One year's totals. Stocks are those of 31 December; `active` = last year's + started − closed.

    `silent_kv1` and `silent_kv4` are how many active enterprises did not answer that round. The stocks
    count what those of the last quarter answered in the first.
    """

    active: int
    started: int
    closed: int
    permanent: Pair
    employees: Pair
    participants: Pair
    completed: Pair
    activities: int
    organisations: int
    employees_informed: int
    politicians_informed: int
    approximate_politicians: tuple[int, ...]
    others_informed: int
    lectures: tuple[str, ...]
    trainings: tuple[Training, ...]
    places: int
    outside_target_group: int = 0
    silent_kv1: int = 0
    silent_kv4: int = 0


FIGURES: dict[int, YearFigures] = {
    2016: YearFigures(
        active=21,
        started=3,
        closed=1,
        permanent=Pair(90, 68),
        employees=Pair(107, 80),
        participants=Pair(62, 56),
        completed=Pair(11, 10),
        activities=17,
        organisations=12,
        employees_informed=74,
        politicians_informed=28,
        approximate_politicians=(),
        others_informed=41,
        lectures=("Sundsvall",),
        trainings=(Training(11, 22, "Samordningsförbund Gävleborg", "Gävle", 14),),
        places=10,
    ),
    2017: YearFigures(
        active=25,
        started=5,
        closed=1,
        permanent=Pair(109, 81),
        employees=Pair(130, 96),
        participants=Pair(80, 70),
        completed=Pair(29, 24),
        activities=48,
        organisations=26,
        employees_informed=198,
        politicians_informed=62,
        approximate_politicians=(20,),
        others_informed=122,
        lectures=("Uppsala", "Falun"),
        trainings=(
            Training(4, 25, "Sandvikens kommun", "Sandviken", 16),
            Training(10, 10, "Hudiksvalls kommun", "Hudiksvall", "ca 12"),
        ),
        places=18,
        outside_target_group=1,
        silent_kv1=1,
    ),
    2018: YearFigures(
        active=28,
        started=4,
        closed=1,
        permanent=Pair(121, 88),
        employees=Pair(146, 105),
        participants=Pair(108, 91),
        completed=Pair(41, 35),
        activities=63,
        organisations=32,
        employees_informed=235,
        politicians_informed=75,
        approximate_politicians=(35, 15),
        others_informed=164,
        lectures=("Stockholm", "Värmdö", "Borlänge", "Riga"),
        trainings=(
            Training(2, 13, "Arbetsförmedlingen", "Gävle", 18),
            Training(5, 24, "Försäkringskassan", "Bollnäs", 17),
            Training(10, 16, "Söderhamns kommun", "Söderhamn", "ca 15"),
        ),
        places=24,
        silent_kv4=1,
    ),
    2019: YearFigures(
        active=31,
        started=5,
        closed=2,
        permanent=Pair(131, 95),
        employees=Pair(158, 114),
        participants=Pair(121, 100),
        completed=Pair(50, 44),
        activities=71,
        organisations=37,
        employees_informed=268,
        politicians_informed=104,
        approximate_politicians=(25,),
        others_informed=190,
        lectures=("Örebro", "Umeå", "Stockholm", "Lund", "Vasa"),
        trainings=(
            Training(2, 6, "Region Gävleborg", "Gävle", 15),
            Training(4, 11, "Arbetsförmedlingen", "Hudiksvall", 18),
            Training(9, 19, "Ljusdals kommun", "Ljusdal", "ca 15"),
            Training(11, 14, "Försäkringskassan", "Sandviken", 14),
        ),
        places=30,
    ),
}

FIRST_KNOWN, LAST_KNOWN = min(FIGURES), max(FIGURES)


def figures_of(year: int) -> YearFigures:
    """Give a year's figures: those of the table, or by rule so that each year starts where the last ended.

    >>> figures_of(2018).permanent.total, figures_of(2018).participants.total
    (209, 199)
    >>> next_year = figures_of(2021)
    >>> next_year.active == figures_of(2020).active + next_year.started - next_year.closed
    True
    """
    if year in FIGURES:
        return FIGURES[year]
    anchor = FIGURES[FIRST_KNOWN if year < FIRST_KNOWN else LAST_KNOWN]
    active = _active_by_rule(year)
    closed = 1 if year % 3 == 0 else 0
    return replace(
        anchor,
        active=active,
        started=active - _active_by_rule(year - 1) + closed,
        closed=closed,
        permanent=anchor.permanent.times(active, anchor.active),
        employees=anchor.employees.times(active, anchor.active),
        participants=anchor.participants.times(active, anchor.active),
        completed=anchor.completed.times(active, anchor.active),
        places=anchor.places * active // anchor.active,
    )


def _active_by_rule(year: int) -> int:
    """Count active enterprises at a year's end outside the table: 2 fewer each year back, 1 more ahead."""
    if year >= LAST_KNOWN:
        return FIGURES[LAST_KNOWN].active + year - LAST_KNOWN
    first = FIGURES[FIRST_KNOWN]
    before = first.active - first.started + first.closed
    return max(7, before - 2 * (FIRST_KNOWN - 1 - year))


def scaled(figures: YearFigures, scale: int) -> YearFigures:
    """Give figures so many times as large. Trainings stay as they are."""
    changed: dict[str, object] = {}
    for field in fields(figures):
        value = getattr(figures, field.name)
        if isinstance(value, Pair):
            changed[field.name] = value.times(scale)
        elif isinstance(value, int) or field.name in ("lectures", "approximate_politicians"):
            changed[field.name] = value * scale
    return replace(figures, **changed)  # type: ignore[arg-type]
