"""Editions of reports: what is withheld of a period, as the editions before it did.

A figure that one edition shows and another withholds would be known, and tell what was withheld beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from asf_analysis.audience import Audience
from asf_analysis.disclosure.choice import Choice, choose
from asf_analysis.disclosure.figures import Figure
from asf_analysis.disclosure.record import (
    RELEASE_FILE,
    WITHHELD_FILE,
    Pattern,
    read_release,
    release_as_csv,
    withheld_as_csv,
)
from asf_analysis.disclosure.release import Release
from asf_analysis.folders import edition_files, edition_name
from asf_analysis.kpis.results import Results


def choose_withheld(years: Sequence[Results], audience: Audience, output: Path) -> tuple[Choice, ...]:
    """Choose what is withheld of periods' results: the last one's first, and all as earlier editions did.

    `output` is where the editions lie. Nothing is withheld from the internal audience. Raises DataFaults for
    an earlier edition whose record cannot be read.
    """
    if audience == "internal":
        return tuple(Choice(Release.of(one), {}) for one in years)
    known = pattern_known(output)
    choices: list[Choice] = []
    for one in reversed(years):
        choice, known = choose_one(one, known)
        choices.append(choice)
    return tuple(reversed(choices))


def pattern_known(output: Path) -> Pattern:
    """Give which figures the public editions in a folder showed, and which they withheld.

    Raises DataFaults for an edition whose record cannot be read.
    """
    return earlier_pattern(*map(read_release, edition_files(output, RELEASE_FILE)))


def choose_one(results: Results, known: Pattern) -> tuple[Choice, Pattern]:
    """Choose what is withheld of a period beside what is known; gives it, and what is known with it."""
    choice = choose(Release.of(results), results.association.rules, known)
    return choice, earlier_pattern(known, pattern_of(choice))


def edition_of(years: Sequence[Results], choices: Sequence[Choice], output: Path) -> Mapping[str, str]:
    """Give what must be kept of an edition that tells of periods, the last one its own: files by their names.

    What an earlier edition of the same period told is kept with it: readers may have it.
    """
    period = years[-1].period
    day = "" if period.whole_year else str(period.end)
    own = edition_name(RELEASE_FILE, day)
    before = [
        read_release(file) for file in edition_files(output, RELEASE_FILE, period.year) if file.name == own
    ]
    return {
        own: release_as_csv(earlier_pattern(*before, *map(pattern_of, choices))),
        edition_name(WITHHELD_FILE, day): withheld_as_csv(years[-1], choices[-1]),
    }


def pattern_of(choice: Choice) -> Pattern:
    """Give which figures pages tell of, and whether they withhold them; so of tables' insides."""
    release = choice.release
    tables = {release.whole_table(name): name in choice.coarse for name in release.tables}
    return {**{figure: choice.hides(figure) for figure in release.printed}, **tables}


def earlier_pattern(*editions: Pattern) -> Pattern:
    """Give what editions withheld; what any of them showed is known."""
    told: dict[Figure, bool] = {}
    for edition in editions:
        for figure, withheld in edition.items():
            told[figure] = told.get(figure, True) and withheld
    return told
