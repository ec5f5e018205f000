"""Support structures and supervised places of the demonstration data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asf_analysis.demonstration.chance import Chance, share_out
from asf_analysis.demonstration.enterprises import Enterprise
from asf_analysis.demonstration.figures import EFFORT_STARTED_ON, YearFigures


@dataclass(frozen=True)
class Membership:
    """A municipality in a local cooperation group, with its period."""

    group: str
    municipality: str
    form: str
    started_on: date
    ended_on: date | None
    meetings_per_year: int | str


GROUP, DIALOGUE = "lokal samverkansgrupp", "dialoggrupp"
NORTH = "Norra Hälsinglands ASF-grupp"

MEMBERSHIPS = (
    Membership("Dialoggrupp Sandviken", "Sandviken", DIALOGUE, date(2009, 3, 1), date(2016, 6, 30), 2),
    Membership(NORTH, "Hudiksvall", GROUP, date(2009, 9, 1), None, "ca 4"),
    Membership(NORTH, "Nordanstig", GROUP, date(2009, 9, 1), None, "ca 4"),
    Membership("Samverkansgrupp Söderhamn", "Söderhamn", GROUP, date(2016, 11, 15), None, 4),
    Membership("ASF-dialog Bollnäs", "Bollnäs", DIALOGUE, date(2017, 9, 1), None, "ca 4"),
    Membership("Samverkansgrupp Ljusdal", "Ljusdal", GROUP, date(2018, 2, 15), None, "4 st"),
    Membership("ASF-forum Gävle", "Gävle", "forum", date(2018, 5, 2), None, 6),
    Membership("ASF-dialog Hofors", "Hofors", DIALOGUE, date(2018, 10, 1), None, "ca 4"),
    Membership("Samverkansgrupp Sandviken", "Sandviken", GROUP, date(2019, 3, 20), None, 4),
    Membership("ASF-dialog Ockelbo", "Ockelbo", DIALOGUE, date(2021, 4, 1), None, 2),
    Membership("ASF-dialog Ovanåker", "Ovanåker", DIALOGUE, date(2023, 9, 1), None, 2),
)
"""All memberships ever, in the order in which they began: 4 municipalities in 3 groups at the end of 2017,
7 in 6 a year later."""


def memberships(last_year: int) -> list[Membership]:
    """Give the memberships that had begun by the end of a year."""
    return [each for each in MEMBERSHIPS if each.started_on.year <= last_year]


SEK_PER_PLACE_AND_MONTH = 3_500
SMALLEST_HOST = 8
"""The size from which an enterprise is given places."""


@dataclass(frozen=True)
class Places:
    """Places with supervision financed at an enterprise in a period, written as people write it."""

    enterprise: Enterprise
    period: str
    places: int
    granted_sek: int
    paid_sek: int
    participants: int


def places_of(
    year: int, enterprises: list[Enterprise], before: YearFigures, figures: YearFigures
) -> list[Places]:
    """Finance places: last year's number in the first half of the year, this year's in the second.

    Most run all year. In the year in which the effort started there are only those from that day.
    """
    chance = Chance("places", year)
    hosts = chance.shuffled(
        [
            enterprise
            for enterprise in enterprises
            if enterprise.size >= SMALLEST_HOST
            and enterprise.active_on(date(year, 1, 1))
            and enterprise.active_on(date(year, 12, 31))
        ]
    )
    if year == EFFORT_STARTED_ON.year:
        return _financed(figures.places, (f"{EFFORT_STARTED_ON}–{year}-12-31",), 5, hosts, chance)
    all_year = before.places * 6 // 10
    half = len(hosts) // 2
    second_half = (f"jul–dec {year}", f"{year}-07-01–{year}-12-31")
    return [
        *_financed(all_year, (str(year),), 12, hosts[:half], chance),
        *_financed(before.places - all_year, (f"jan–jun {year}",), 6, hosts[half:], chance),
        *_financed(figures.places - all_year, second_half, 6, hosts[half:], chance),
    ]


def _financed(
    total: int, periods: tuple[str, ...], months: int, hosts: list[Enterprise], chance: Chance
) -> list[Places]:
    """Share places out, about three to each enterprise."""
    chosen = hosts[: min(len(hosts), max(1, total // 3))]
    shares = share_out(total, [chance.between(2, 4) for _ in chosen])
    rows = []
    for turn, (host, places) in enumerate(zip(chosen, shares, strict=True)):
        granted = places * months * SEK_PER_PLACE_AND_MONTH
        rows.append(
            Places(
                enterprise=host,
                period=periods[turn % len(periods)],
                places=places,
                granted_sek=granted,
                paid_sek=granted * chance.between(88, 100) // 100 // 500 * 500,
                participants=places + chance.between(0, places),
            )
        )
    return rows
