"""Information activities of the demonstration data: in the county, and lectures outside it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asf_analysis.demonstration.chance import Chance, share_out
from asf_analysis.demonstration.figures import EFFORT_STARTED_ON, YearFigures
from asf_analysis.demonstration.handwriting import municipal

MUNICIPALITIES = (
    "Gävle", "Hudiksvall", "Söderhamn", "Bollnäs", "Sandviken",
    "Ljusdal", "Nordanstig", "Hofors", "Ovanåker", "Ockelbo",
)  # fmt: skip

# Public bodies of a municipality and the party they belong to; None is the municipality itself.
ELECTED = (("Kommunstyrelsen", None), ("Socialnämnden", None), ("Kommunfullmäktige", None))
OFFICES = (
    ("Arbetsförmedlingen", "Arbetsförmedlingen"),
    ("Försäkringskassan", "Försäkringskassan"),
    ("Arbetsmarknadsenheten", None),
    ("Socialförvaltningen", None),
    ("Primärvården", "Region Gävleborg"),
    ("Näringslivskontoret", None),
    ("Psykiatriska öppenvården", "Region Gävleborg"),
    ("Daglig verksamhet", None),
)
ELECTED_OF_A_HUNDRED = 20

KINDS = {
    "informationsträff": ("Information om ASF", "Information på arbetsplatsträff", "Vad är ett ASF?"),
    "dialogmöte": ("Dialog om platser hos ASF", "Dialog om samverkan med ASF"),
    "studiebesök": ("Studiebesök hos ASF",),
    "föreläsning": ("Föreläsning om socialt företagande",),
    "konferens": ("Konferens om arbetsintegration", "Konferens om social ekonomi"),
}
KIND_WEIGHTS = (50, 20, 13, 10, 7)
LECTURE = "föreläsning"

MONTH_WEIGHTS = (4, 6, 8, 6, 7, 4, 1, 4, 7, 8, 7, 3)
"""How activities fall over January to December: few in July."""


@dataclass(frozen=True)
class Unit:
    """A public body that got information."""

    name: str
    party: str
    municipality: str
    elected: bool


@dataclass(frozen=True)
class Activity:
    """One activity; either `municipality` or, outside the county, `place` is filled in.

    `approximate` says that nobody counted the politicians.
    """

    held_on: date
    activity: str
    kind: str
    organisation: str
    party: str
    municipality: str
    place: str
    employees: int
    politicians: int
    others: int
    approximate: bool = False


def activities_of(year: int, figures: YearFigures) -> list[Activity]:
    """Give a year's activities in order of date; they add up to the figures."""
    held = [*_in_the_county(year, figures), *_lectures(year, figures)]
    return sorted(held, key=lambda activity: activity.held_on)


def _in_the_county(year: int, figures: YearFigures) -> list[Activity]:
    chance = Chance("activities", year)
    units = _visits(chance, figures)
    elected = [place for place, unit in enumerate(units) if unit.elected]
    offices = [place for place, unit in enumerate(units) if not unit.elected]
    approximate = dict(zip(elected, figures.approximate_politicians, strict=False))
    left = figures.politicians_informed - sum(approximate.values())
    politicians = approximate | _shared(
        left, [place for place in elected if place not in approximate], chance
    )
    employees = _shared(figures.employees_informed, offices, chance)
    others = _shared(figures.others_informed, range(len(units)), chance, empty=50)
    days = chance.shuffled(_days(year, len(units), chance))
    held = []
    for place, (unit, day) in enumerate(zip(units, days, strict=True)):
        kind = chance.weighted(tuple(KINDS), KIND_WEIGHTS)
        held.append(
            Activity(
                held_on=day,
                activity=chance.pick(KINDS[kind]),
                kind=kind,
                organisation=unit.name,
                party=unit.party,
                municipality=unit.municipality,
                place="",
                employees=employees.get(place, 0),
                politicians=politicians.get(place, 0),
                others=others[place],
                approximate=place in approximate,
            )
        )
    return held


def _visits(chance: Chance, figures: YearFigures) -> list[Unit]:
    """Choose who is visited: every unit once, the elected first, then some of them again."""
    several = figures.organisations // 60 + 1
    few = figures.organisations * ELECTED_OF_A_HUNDRED // 100
    elected = chance.shuffled(_units(ELECTED, several, elected=True))[:few]
    offices = chance.shuffled(_units(OFFICES, several, elected=False))[: figures.organisations - few]
    again = [
        chance.pick(elected if chance.happens(ELECTED_OF_A_HUNDRED) else offices)
        for _ in range(figures.activities - figures.organisations)
    ]
    return [*elected, *chance.shuffled(offices + again)]


def _units(bodies: Sequence[tuple[str, str | None]], several: int, *, elected: bool) -> list[Unit]:
    return [
        Unit(
            name=f"{body} {municipality}" + (f", grupp {group}" if group > 1 else ""),
            party=party or municipal(municipality),
            municipality=municipality,
            elected=elected,
        )
        for group in range(1, several + 1)
        for municipality in MUNICIPALITIES
        for body, party in bodies
    ]


def _shared(total: int, places: Sequence[int], chance: Chance, empty: int = 0) -> dict[int, int]:
    """Share people out over activities, by place; so many activities in a hundred get none."""
    weights = [0 if chance.happens(empty) else chance.between(4, 16) for _ in places]
    return dict(zip(places, share_out(total, weights), strict=True))


def _days(year: int, count: int, chance: Chance) -> list[date]:
    """Choose days, spread over the months; from August in the year in which the effort started."""
    first = EFFORT_STARTED_ON.month if year == EFFORT_STARTED_ON.year else 1
    weights = [weight if month >= first else 0 for month, weight in enumerate(MONTH_WEIGHTS, start=1)]
    held: list[date] = []
    for month, share in enumerate(share_out(count, weights), start=1):
        days = _meeting_days(year, month)
        held += [chance.pick(days) for _ in range(share)]
    return held


def _meeting_days(year: int, month: int) -> list[date]:
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    return [day for day in days if _suits(day)]


def _suits(day: date) -> bool:
    """Tell whether people meet on such a day: from Tuesday to Thursday, clear of public holidays."""
    ascension = day.month == 5 and day.weekday() == 3
    holiday = (day.month, day.day) in ((5, 1), (6, 6)) or ascension
    christmas = (day.month == 12 and day.day > 19) or (day.month == 1 and day.day < 8)
    return day.weekday() in (1, 2, 3) and not holiday and not christmas


def _lectures(year: int, figures: YearFigures) -> list[Activity]:
    """Give the lectures outside the county, held in autumn in the order of their places."""
    chance = Chance("lectures", year)
    autumn = [day for month in (9, 10, 11) for day in _meeting_days(year, month)]
    days = sorted(chance.pick(autumn) for _ in figures.lectures)
    return [
        Activity(
            held_on=day,
            activity="Föreläsning om förbundets arbete med ASF",
            kind=LECTURE,
            organisation=f"Nätverk för social ekonomi, {place}",
            party="",
            municipality="",
            place=place,
            employees=0,
            politicians=0,
            others=chance.between(4, 16) * 5,
        )
        for day, place in zip(days, figures.lectures, strict=True)
    ]
