"""Municipalities in words: all of them, or one, as the report is about."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.municipalities import MunicipalityReport, require_municipalities
from asf_analysis.disclosure.published import MISSING, WITHHELD
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.municipality import LocalGroup, Place
from asf_analysis.kpis.people import EMPLOYEES_TABLE, PARTICIPANTS_TABLE
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.place_figures import people_cell
from asf_analysis.presentation.series import enterprises_in_words
from asf_analysis.presentation.tables.notes import why_withheld
from asf_analysis.presentation.values import write_period
from asf_analysis.swedish.writing import (
    count_phrase,
    format_date,
    join_words,
    number_word,
)

FORMS = {PARTICIPANTS_TABLE: ("deltagare", "deltagare"), EMPLOYEES_TABLE: ("anställd", "anställda")}
"""One and several of the people that a table counts."""


def places_summary(report: MunicipalityReport) -> Block:
    """Tell of the enterprises and people of all municipalities, or of the chosen one."""
    told = require_municipalities(report)
    if told.municipality:
        place = told.chosen[0]
        return paragraphs(_enterprises(told, place), _people(told, place))
    return paragraphs(_where(told), _changes(told), _withheld(told))


def _day(report: MunicipalityReport) -> str:
    return format_date(report.current.period.end)


def _where(report: MunicipalityReport) -> str:
    """Tell how many enterprises there are, where most are, and where none is."""
    total = sum(place.enterprises for place in report.places)
    with_some = [place for place in report.places if place.enterprises]
    without = [place.name for place in report.places if not place.enterprises]
    active = "verksamt" if total == 1 else "verksamma"
    count = enterprises_in_words(total).split(" ")
    told = f"Den {_day(report)} fanns det {count[0]} {active} företag"
    if not with_some:
        return (
            f"{told} i någon av kommunerna." if total else f"Den {_day(report)} fanns inget verksamt företag."
        )
    whole = number_word(len(report.places))
    told += f" i {number_word(len(with_some))} av förbundets {whole} kommuner."
    most = max(place.enterprises for place in with_some)
    first = [place.name for place in with_some if place.enterprises == most]
    told += f" Flest fanns i {join_words(first)}, {enterprises_in_words(most)}"
    told += " i varje." if len(first) > 1 else "."
    return told + (f" I {join_words(without)} fanns inget företag." if without else "")


def _changes(report: MunicipalityReport) -> str:
    """Tell where enterprises started and closed."""
    started = [place.name for place in report.places if place.started]
    closed = [place.name for place in report.places if place.closed]
    when = write_period(report.current.period)
    told = (
        f"Under {when} startade företag i {join_words(started)}."
        if started
        else (f"Under {when} startade inget företag.")
    )
    return (
        f"{told} Företag lades ned i {join_words(closed)}." if closed else f"{told} Inget företag lades ned."
    )


def _withheld(report: MunicipalityReport) -> str:
    hidden = [
        place.name
        for place in report.places
        if people_cell(report.current, PARTICIPANTS_TABLE, place.name).status == WITHHELD
    ]
    if not hidden:
        return ""
    why = why_withheld(report.association.rules)
    return f"Hur många som deltar i {join_words(hidden)} redovisas inte. {why}".strip()


def _enterprises(report: MunicipalityReport, place: Place) -> str:
    """Tell a municipality's enterprises now, when the period began, and what came and went between."""
    start = format_date(report.current.period.before().end)
    if not place.enterprises and not place.before and not place.started:
        return f"Den {_day(report)} fanns inget verksamt företag i {place.name}, och inte heller den {start}."
    now = enterprises_in_words(place.enterprises) if place.enterprises else "inget företag"
    told = f"Den {_day(report)} fanns {now} i {place.name}. "
    if place.before == place.enterprises:
        told += f"Lika många fanns den {start}." if place.before > 1 else f"Så var det också den {start}."
    else:
        before = number_word(place.before, neuter=True) if place.before else "inget"
        told += f"Den {start} fanns {before}."
    if not place.started and not place.closed:
        return f"{told} Inget företag startade eller lades ned däremellan."
    started = number_word(place.started, neuter=True) if place.started else "inget"
    closed = number_word(place.closed, neuter=True) if place.closed else "inget"
    return f"{told} Däremellan startade {started} och lades {closed} ned."


def _people(report: MunicipalityReport, place: Place) -> str:
    """Tell a municipality's participants and employees, or why they are not told."""
    counts = {key: people_cell(report.current, key, place.name) for key in FORMS}
    told = [
        f"{'Företagen' if place.enterprises > 1 else 'Företaget'} hade {_women_and_men(report, place, key)}."
        for key, cell in counts.items()
        if cell.value
    ]
    nobody = [f"inga {FORMS[key][1]}" for key, cell in counts.items() if cell.value == 0]
    hidden = [FORMS[key][1] for key, cell in counts.items() if cell.status == WITHHELD]
    missing = [FORMS[key][1] for key, cell in counts.items() if cell.status == MISSING]
    told += [f"Där fanns {join_words(nobody)}."] if nobody else []
    told += [f"Antalet {join_words(missing)} i {place.name} är inte känt."] if missing else []
    told += [f"Antalet {join_words(hidden)} i {place.name} redovisas inte."] if hidden else []
    return " ".join([*told, why_withheld(report.association.rules) if hidden else ""]).strip()


def _women_and_men(report: MunicipalityReport, place: Place, key: str) -> str:
    women, men, everyone = (
        people_cell(report.current, key, place.name, sex).value for sex in ("women", "men", TOTAL)
    )
    told = count_phrase(everyone or 0, *FORMS[key])
    if women is None or men is None:
        return told
    return f"{told}: {count_phrase(women, 'kvinna', 'kvinnor')} och {count_phrase(men, 'man', 'män')}"


def place_groups(report: MunicipalityReport) -> Block:
    """Tell which municipalities are in a cooperation group, or how often the chosen one's groups meet."""
    told = require_municipalities(report)
    if told.municipality:
        place = told.chosen[0]
        if not place.groups:
            return paragraphs(f"{place.name} ingick inte i någon samverkansgrupp för ASF den {_day(told)}.")
        return paragraphs(*(_group(place, group) for group in place.groups))
    joined = [place.name for place in told.places if place.groups]
    outside = [place.name for place in told.places if not place.groups]
    parts = [
        f"{join_words(joined)} ingick i en samverkansgrupp den {_day(told)}." if joined else "",
        f"{join_words(outside)} gjorde det inte." if joined and outside else "",
        f"Ingen kommun ingick i någon samverkansgrupp den {_day(told)}." if not joined else "",
    ]
    return paragraphs(" ".join(filter(None, parts)))


def _group(place: Place, group: LocalGroup) -> str:
    told = f"{place.name} har varit med i {group.name} sedan den {format_date(group.since)}."
    if group.meetings is None:
        return f"{told} Hur ofta gruppen möts är inte känt."
    times = "inte" if not group.meetings else count_phrase(group.meetings, "gång", "gånger") + " per år"
    return f"{told} Gruppen möts {times}."


def place_information(report: MunicipalityReport) -> Block:
    """Tell information and trainings in all municipalities, or the chosen one, and whom they reached."""
    told = require_municipalities(report)
    when = write_period(told.current.period)
    where = told.municipality or "kommunerna"
    held = sum(place.activities for place in told.chosen)
    trainings = sum(place.trainings for place in told.chosen)
    contacts = [told.contacts[place.name] for place in told.chosen]
    parts = [
        f"I {where} genomfördes {count_phrase(held, 'informationsinsats', 'informationsinsatser')} {when}.",
        _reached(contacts) if held else "",
        f"Där hölls {count_phrase(trainings, 'utbildning', 'utbildningar')} om ASF."
        if trainings
        else "Ingen utbildning om ASF hölls där.",
    ]
    return paragraphs(" ".join(filter(None, parts)))


def _reached(contacts: Sequence[int | None]) -> str:
    known = [count for count in contacts if count is not None]
    if len(known) < len(contacts):
        return "Uppgift saknas om hur många som nåddes."
    people = count_phrase(sum(known), "person", "personer")
    return f"De nådde {people}. Den som har deltagit flera gånger räknas varje gång."
