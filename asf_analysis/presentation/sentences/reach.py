"""Whom the information reached, and whom it did not: parties and municipalities."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.people import NOT_STATED
from asf_analysis.kpis.reach import parties_of
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.values import write_period
from asf_analysis.swedish.writing import count_phrase, format_number, join_words, number_word, start_sentence

BY_AREA = "Räknat efter område, oavsett part,"
"""A municipality is both a party and an area: the one may be reached where the other is not."""


def reach(report: Published) -> Block:
    """Tell which parties and municipalities had most contacts, and which were not reached at all."""
    published = require_published(report)
    if not Grid.of(published.table("activities_by_party")).cell(TOTAL, TOTAL).value:
        when = write_period(published.period)
        return paragraphs(
            f"Under {when} genomfördes ingen informationsinsats, så ingen part och ingen kommun nåddes."
        )
    return paragraphs(_of_parties(published), _of_municipalities(published))


def _of_parties(report: Published) -> str:
    contacts = Grid.of(report.table("reach_by_party"))
    towns = report.association.municipality_names()
    members = parties_of(report.association)
    without = _without_activity(report, "party", members)
    if not without:
        missed = "Alla parter nåddes av minst en insats."
    else:
        who = count_phrase(len(without), "part", "parter")
        missed = f"{start_sentence(who)} nåddes inte av någon insats: {_name_members(without, towns)}."
    most = _with_most(contacts)
    told = f"Flest kontakter hade {_name_members(most, towns)}: {_number(contacts, most)}." if most else ""
    return " ".join(filter(None, [_in_all(contacts), told, missed, _not_told(report, "party", "parten")]))


def _of_municipalities(report: Published) -> str:
    contacts = Grid.of(report.table("reach_by_municipality"))
    names = report.association.municipality_names()
    without = _without_activity(report, "municipality", names)
    if not without:
        missed = f"{BY_AREA} gällde minst en insats varje kommun."
    elif len(without) == len(names):
        missed = f"{BY_AREA} gällde ingen insats någon av kommunerna."
    else:
        missed = f"{BY_AREA} gällde ingen insats {join_words(without, 'eller')}."
    most = _with_most(contacts)
    told = f"Flest kontakter gällde {join_words(most)}: {_number(contacts, most)}." if most else ""
    return " ".join(filter(None, [missed, told, _not_told(report, "municipality", "kommunen")]))


def _in_all(contacts: Grid) -> str:
    whole = contacts.cell(TOTAL, TOTAL).value
    if whole is None:
        return "Uppgift saknas om hur många kontakter insatserna gav."
    return f"Insatserna gav {count_phrase(whole, 'kontakt', 'kontakter')}."


def _without_activity(report: Published, rows: str, names: Sequence[str]) -> list[str]:
    """Those that no activity names; it is activities that tell, for one may have reached nobody."""
    held = Grid.of(report.table(f"activities_by_{rows}"))
    return [name for name in names if held.cell(name, TOTAL).value == 0]


def _with_most(contacts: Grid) -> list[str]:
    """The rows with most contacts; none where some are not known, so that nobody is told to have most."""
    cells = {row: contacts.cell(row, TOTAL).value for row in contacts.body if row != NOT_STATED}
    known = [value for value in cells.values() if value is not None]
    if len(known) < len(cells) or not max(known, default=0):
        return []
    return [row for row, value in cells.items() if value == max(known)]


def _number(contacts: Grid, rows: Sequence[str]) -> str:
    value = contacts.cell(rows[0], TOTAL).value or 0
    return format_number(value) + (" vardera" if len(rows) > 1 else "")


def _name_members(members: Sequence[str], towns: Sequence[str]) -> str:
    """Name members, the municipalities last and called so: a town's name alone could be the place."""
    others = [name for name in members if name not in towns]
    named = [name for name in members if name in towns]
    if not named:
        return join_words(others)
    called = f"{'kommunen' if len(named) == 1 else 'kommunerna'} {join_words(named)}"
    return join_words([*others, called]) if len(named) == 1 else " samt ".join([*_joined(others), called])


def _joined(names: Sequence[str]) -> list[str]:
    return [join_words(names)] if names else []


def _not_told(report: Published, rows: str, what: str) -> str:
    """Tell of how many activities the party or municipality is not told; they may have reached any."""
    held = Grid.of(report.table(f"activities_by_{rows}"))
    number = held.cell(NOT_STATED, TOTAL).value
    if not number:
        return ""
    return f"För {number_word(number)} {'insats' if number == 1 else 'insatser'} är {what} inte angiven."
