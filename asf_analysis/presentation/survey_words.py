"""What the survey's questions and rounds are called where a reader meets them."""

from __future__ import annotations

import re

from asf_analysis.association import Association
from asf_analysis.kpis.people import AGE_LABELS
from asf_analysis.kpis.response_rate import LargeChange, RoundAnswers

_QUARTERS = {1: "första", 2: "andra", 3: "tredje", 4: "fjärde"}
_SOURCES = {"municipality": "kommunen", "other": "annan"}
"""Sources of participants that are no proper names."""

_QUESTIONS = {
    "employees": "Anställda",
    "permanent": "Tillsvidareanställda",
    "participants": "Deltagare",
    "completed": "Avslutade",
    "completed_to_work": "Avslutade till arbete",
    "completed_to_studies": "Avslutade till studier",
    "completed_to_other": "Avslutade till annat",
}


def name_question(measure: str, association: Association | None) -> str:
    """Name a question of the survey; women and men are asked for in each.

    >>> name_question("completed_to_work", None), name_question("aged_30_64", None)
    ('Avslutade till arbete', 'Deltagare 30–64 år')
    >>> name_question("from_municipality", None)
    'Deltagare från kommunen'
    """
    if measure in _QUESTIONS:
        return _QUESTIONS[measure]
    kind, _, key = measure.partition("_")
    if kind == "aged":
        age = AGE_LABELS[key]
        return f"Deltagare {age[:1].lower()}{age[1:]}"
    authorities = association.authorities if association else ()
    names = {str(one.key): one.name for one in authorities} | _SOURCES
    return f"Deltagare från {names.get(key, key)}"


def round_of(name: str) -> RoundAnswers | None:
    """Read the name that a survey round has in the data; None for a text that names none.

    >>> round_of("2018-kv4") == RoundAnswers(2018, 4), round_of("2018-kv5")
    (True, None)
    """
    found = re.fullmatch(r"(\d{4})-kv([1-4])", name)
    return RoundAnswers(int(found[1]), int(found[2])) if found else None


def write_round(asked: RoundAnswers | LargeChange) -> str:
    """Name a survey round in a heading or a cell.

    >>> write_round(RoundAnswers(2018, 4))
    'Kvartal 4 2018'
    """
    return f"Kvartal {asked.quarter} {asked.year}"


def tell_round(asked: RoundAnswers) -> str:
    """Name a survey round within a sentence.

    >>> tell_round(RoundAnswers(2018, 4))
    'fjärde kvartalet 2018'
    """
    return f"{_QUARTERS[asked.quarter]} kvartalet {asked.year}"
