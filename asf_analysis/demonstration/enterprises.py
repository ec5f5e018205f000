"""Invented enterprises: who they are, when they started and closed.

No real enterprise has such a number. The first digit of a Swedish organisation number is its group: 1
estates, 2 public bodies, 3 foreign enterprises, 5 limited companies, 6 partnerships without a firm, 7
economic associations, 8 non-profit associations and foundations, 9 trading partnerships (Skatteverket's
groups). There is no group 4, so every number here starts with 49. The third digit is at least 2, as in all
organisation numbers, so that none can be mistaken for a personal number. The check digit is right.

The names join syllables to places that are on no map (Plurrlunda, Snurrhult).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from stdnum import luhn

from asf_analysis.demonstration.chance import Chance
from asf_analysis.demonstration.figures import YearFigures, figures_of, scaled

SYLLABLES = (
    "Bläst", "Snurr", "Glitt", "Lurv", "Pling", "Kvirr", "Fjun", "Virvel", "Humm", "Skrutt", "Tuss", "Klirr",
    "Yll", "Ruffel", "Flax", "Plurr", "Spirr", "Knatt", "Vissel", "Gnagg", "Trill", "Sippr", "Svirr", "Vipp",
)  # fmt: skip
LANDSCAPES = ("backa", "dalen", "hult", "kulla", "lunda", "lycke", "myra", "torp", "vik", "vret")
# Industry, the word for it in the name, and women of a hundred among its people.
INDUSTRIES = (
    ("Kafé och restaurang", "Kafé", 62),
    ("Snickeri", "Snickeri", 36),
    ("Textil och sömnad", "Syateljé", 74),
    ("Trädgård och grönytor", "Trädgård", 48),
    ("Återvinning och second hand", "Andrahand", 57),
    ("Cykelverkstad", "Cykelverkstad", 36),
    ("Tvätt och städ", "Tvätt", 66),
    ("Fastighetsskötsel", "Fastighetsservice", 40),
    ("Hunddagis", "Hunddagis", 66),
    ("Bageri", "Bageri", 62),
    ("Tryckeri och grafisk form", "Tryckeri", 50),
    ("Flytt och transport", "Transport", 34),
    ("Catering", "Matlåda", 62),
)
LEGAL_FORMS = (
    ("ekonomisk förening", "ek. för."),
    ("ideell förening", "ideell förening"),
    ("aktiebolag", "AB"),
)

# The municipality of each enterprise in the order in which they start; Ockelbo has one, Ovanåker none.
HOMES = (
    "Gävle", "Hudiksvall", "Söderhamn", "Sandviken", "Ockelbo", "Bollnäs", "Gävle", "Hudiksvall", "Gävle",
    "Ljusdal", "Hofors", "Nordanstig", "Sandviken", "Gävle", "Söderhamn", "Hudiksvall", "Bollnäs", "Gävle",
    "Söderhamn", "Sandviken", "Gävle", "Ljusdal", "Hudiksvall", "Nordanstig", "Gävle", "Bollnäs", "Gävle",
    "Söderhamn", "Hofors", "Hudiksvall", "Gävle", "Sandviken", "Gävle", "Ljusdal", "Söderhamn",
)  # fmt: skip
SINGLE_HOME = "Ockelbo"

SIZES = (4, 6, 7, 8, 8, 9, 10, 10, 12, 14, 16, 18, 22)
SINGLE_HOME_SIZE = 4

END_REASONS = ("Konkurs", "Verksamheten avvecklad", "Gått samman med annan verksamhet")


@dataclass(frozen=True)
class Enterprise:
    """One invented enterprise; `size` weighs it among the others, `women` is how many of a hundred are."""

    index: int
    name: str
    former_name: str
    organisation_number: str
    municipality: str
    legal_form: str
    industry: str
    size: int
    women: int
    started_on: date
    ended_on: date | None = None
    end_reason: str = ""

    def active_on(self, day: date) -> bool:
        """Tell whether the enterprise is active on a day; the day it ends is its last."""
        return self.started_on <= day and (self.ended_on is None or self.ended_on >= day)


def organisation_number(index: int) -> str:
    """Give the invented organisation number of the enterprise with this index.

    >>> organisation_number(0)
    '492000-0009'
    """
    digits = f"49{2_000_000 + index:07d}"
    digits += luhn.calc_check_digit(digits)
    return f"{digits[:6]}-{digits[6:]}"


def register(first_year: int, last_year: int, scale: int) -> list[Enterprise]:
    """Found and close enterprises so that every year's end has as many as its figures say."""
    first = scaled(figures_of(first_year), scale)
    enterprises: list[Enterprise] = []
    for _ in range(first.active - first.started + first.closed):
        enterprises.append(_enterprise(len(enterprises), scale, first_year, founded_before=True))
    for year in range(first_year, last_year + 1):
        figures = scaled(figures_of(year), scale)
        _close(enterprises, year, figures)
        for _ in range(figures.started):
            enterprises.append(_enterprise(len(enterprises), scale, year, founded_before=False))
    return enterprises


def _enterprise(index: int, scale: int, year: int, *, founded_before: bool) -> Enterprise:
    chance = Chance("enterprise", index)
    industry, trade, women = chance.pick(INDUSTRIES)
    legal_form, suffix = chance.weighted(LEGAL_FORMS, (70, 18, 12))
    municipality = _home(index // scale)
    name = f"{_place(index)} {trade} {suffix}"
    return Enterprise(
        index=index,
        name=name,
        former_name=f"{_place(index)} Aktivitetshus" if chance.happens(10) else "",
        organisation_number=organisation_number(index),
        municipality=municipality,
        legal_form=legal_form,
        industry=industry,
        size=SINGLE_HOME_SIZE if municipality == SINGLE_HOME else chance.pick(SIZES),
        women=women + chance.between(-6, 6),
        started_on=_start(chance, year, founded_before=founded_before),
    )


def _place(index: int) -> str:
    """Join a place of syllable and landscape; every syllable is used before one comes again.

    >>> _place(0), _place(24), _place(240)
    ('Blästbacka', 'Blästdalen', 'Blästbacka 2')
    """
    turn, syllable = divmod(index, len(SYLLABLES))
    land = LANDSCAPES[(turn + syllable) % len(LANDSCAPES)]
    first = SYLLABLES[syllable]
    threefold = first[-2:] == land[0] * 2  # Swedish writes Yllunda, not Ylllunda.
    place = first + land[1:] if threefold else first + land
    again = turn // len(LANDSCAPES)
    return f"{place} {again + 1}" if again else place


def _home(turn: int) -> str:
    home = HOMES[turn % len(HOMES)]
    return "Gävle" if home == SINGLE_HOME and turn >= len(HOMES) else home


def _start(chance: Chance, year: int, *, founded_before: bool) -> date:
    """Choose a first day; within a surveyed year from April to September, clear of both survey rounds."""
    if founded_before:
        return date(year - chance.between(1, 11), chance.between(1, 12), chance.pick((1, 1, 15)))
    return date(year, chance.between(4, 9), chance.pick((1, 1, 15)))


def _close(enterprises: list[Enterprise], year: int, figures: YearFigures) -> None:
    """Close the year's number of enterprises, on the last day of a month from May to August."""
    chance = Chance("closed", year)
    open_ones = [e.index for e in enterprises if e.ended_on is None and e.municipality != SINGLE_HOME]
    for index in chance.shuffled(open_ones)[: figures.closed]:
        enterprises[index] = replace(
            enterprises[index],
            ended_on=date(year, chance.between(6, 9), 1) - timedelta(days=1),
            end_reason=chance.pick(END_REASONS),
        )
