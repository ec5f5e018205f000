"""The tables of municipalities: all side by side, or one with the year before beside it."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.municipalities import MunicipalityReport, require_municipalities
from asf_analysis.disclosure.published import MISSING, WITHHELD
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.municipality import Place
from asf_analysis.kpis.people import EMPLOYEES_TABLE, PARTICIPANTS_TABLE, PERMANENT_TABLE
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.grids import Cell, Grid
from asf_analysis.presentation.place_figures import people_cell
from asf_analysis.presentation.tables.breakdown import breakdown_layout
from asf_analysis.presentation.tables.layout import COMPACT, LISTING, Column, Layout, data_table
from asf_analysis.presentation.tables.notes import why_withheld
from asf_analysis.presentation.values import MISSING_SIGN, NO, TOTAL_WORD, WITHHELD_SIGN, YES, name_value
from asf_analysis.swedish.writing import format_date, format_number, start_sentence

SURVEY, REGISTER = "Enkät till företagen", "Företagsregistret"
SEXES = ("women", "men", TOTAL)
PEOPLE = (
    (PARTICIPANTS_TABLE, "Deltagare"),
    (EMPLOYEES_TABLE, "Anställda"),
    (PERMANENT_TABLE, "varav tillsvidareanställda"),
)


def places(report: MunicipalityReport) -> Block:
    """Show all municipalities side by side, or one with the figures of the year before."""
    told = require_municipalities(report)
    return data_table(_one(told, told.chosen[0]) if told.municipality else _side_by_side(told))


def _side_by_side(report: MunicipalityReport) -> Layout:
    cells: list[Cell] = []

    def people(row: str) -> list[str]:
        own = [people_cell(report.current, PARTICIPANTS_TABLE, row, sex) for sex in SEXES]
        own.append(people_cell(report.current, EMPLOYEES_TABLE, row))
        cells.extend(own)
        return list(map(str, own))

    rows = [
        [place.name, format_number(place.enterprises), *people(place.name), format_number(place.activities),
         YES if place.groups else NO]
        for place in report.places
    ]  # fmt: skip
    joined = sum(bool(place.groups) for place in report.places)
    rows.append(
        [
            TOTAL_WORD,
            format_number(sum(place.enterprises for place in report.places)),
            *people(TOTAL),
            format_number(sum(place.activities for place in report.places)),
            f"{joined} av {len(report.places)}",
        ]
    )
    return Layout(
        caption=f"Kommunerna sida vid sida, {_day(report)}",
        columns=[
            Column("Kommun", number=False),
            Column("Företag"),
            *(Column(name_value("sex", sex), group="Deltagare") for sex in SEXES),
            Column("Anställda"),
            Column("Informations\u00adinsatser"),
            Column("Stödstruktur", number=False),
        ],
        rows=rows,
        notes=[*_notes(report, cells), *_without_place(report)],
        source=f"{REGISTER}, {SURVEY}, Informationsinsatser och Stödstrukturer",
    )


def _without_place(report: MunicipalityReport) -> list[str]:
    """Say where activities are told without a municipality, so that the total is not that of the KPI."""
    everything = report.current.outcome("information_activities").result.amount or 0
    if everything == sum(place.activities for place in report.places):
        return []
    return ["Informationsinsatser utan angiven kommun räknas inte med i tabellen."]


def _one(report: MunicipalityReport, place: Place) -> Layout:
    """Set a municipality's figures beside those of the year before, where that has raw data."""
    cells: list[Cell] = []
    editions = [one for one in (report.before, report.current) if one is not None]

    def row(label: str, key: str, sex: str) -> list[str]:
        own = [people_cell(one, key, place.name, sex) for one in editions]
        cells.extend(own)
        return [label, *map(str, own)]

    enterprises = [place.before, place.enterprises] if report.before else [place.enterprises]
    return Layout(
        caption=f"{place.name} i siffror",
        columns=[Column("Uppgift", number=False), *(Column(format_date(one.period.end)) for one in editions)],
        rows=[
            ["Verksamma företag", *map(format_number, enterprises)],
            *(
                row(label if sex == TOTAL else f"{label}, {name_value('sex', sex).lower()}", key, sex)
                for key, label in PEOPLE
                for sex in (TOTAL, "women", "men")
            ),
        ],
        notes=_notes(report, cells),
        source=f"{REGISTER} och {SURVEY}",
        css=COMPACT,
    )


def _notes(report: MunicipalityReport, cells: Sequence[Cell]) -> list[str]:
    notes = []
    if any(cell.status == WITHHELD for cell in cells):
        why = why_withheld(report.association.rules)
        notes.append(f"{WITHHELD_SIGN} betyder att uppgiften inte redovisas. {why}".strip())
    if any(cell.status == MISSING for cell in cells):
        notes.append(f"{MISSING_SIGN} betyder att uppgift saknas.")
    return notes


def _day(report: MunicipalityReport) -> str:
    return format_date(report.current.period.end)


def local_groups(report: MunicipalityReport) -> Block:
    """Show the support structures of the municipalities: their form, since when, and how often they meet."""
    told = require_municipalities(report)
    rows = [
        [
            place.name,
            group.name,
            start_sentence(group.form) or MISSING_SIGN,
            format_date(group.since),
            MISSING_SIGN if group.meetings is None else format_number(group.meetings),
        ]
        for place in told.chosen
        for group in place.groups
    ]
    whose = told.municipality or "kommunerna"
    if not rows:
        return paragraphs(f"Det finns ingen samverkansgrupp i {whose} att visa i en tabell.")
    return data_table(
        Layout(
            caption=f"Samverkansgrupper i {whose}, {_day(told)}",
            columns=[
                Column(heading, number=False) for heading in ("Kommun", "Grupp", "Form", "Kommunen med sedan")
            ]
            + [Column("Möten per år")],
            rows=rows,
            notes=[f"{MISSING_SIGN} betyder att uppgift saknas."]
            if any(MISSING_SIGN in row for row in rows)
            else [],
            source="Stödstrukturer",
            css=LISTING,
        )
    )


def split(report: MunicipalityReport, key: str) -> Block:
    """Show who the participants are, by authority or by age: in one municipality, or in the county.

    Where a municipality's split is not shown, it says so in words.
    """
    told = require_municipalities(report)
    if not told.municipality:
        return data_table(breakdown_layout(told.current, told.current.table(key)))
    table = told.splits[told.municipality, key]
    if (table.frame["status"] == WITHHELD).all():
        return paragraphs(
            f"Uppdelningen av deltagarna i {told.municipality} redovisas inte. "
            + why_withheld(told.association.rules)
        )
    grid = Grid.of(table)
    if all(cell.value == 0 for cell in grid.cells.values()):
        return paragraphs(f"Det fanns inga deltagare i {told.municipality} att dela upp.")
    if all(cell.status == MISSING for cell in grid.cells.values()):
        return paragraphs(f"Uppgift saknas om deltagarna i {told.municipality}.")
    return data_table(breakdown_layout(told.current, table))
