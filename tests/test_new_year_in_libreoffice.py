"""A year's prepared workbooks, filled in by LibreOffice: no fault, no warning, and all help still there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from typing_in_libreoffice import skip_without_libreoffice, type_in

from asf_analysis.association import load_association
from asf_analysis.folders import DataFolder
from asf_analysis.intake.headings import Headings
from asf_analysis.intake.inspection import Inspection, inspect_years
from asf_analysis.intake.schemas import AGE_GROUPS, AUTHORITY_KEYS, SEXES
from asf_analysis.pipeline import inspect
from asf_analysis.preparation import prepare_year
from asf_analysis.preparation.drawing import HEADER_ROW

pytestmark = pytest.mark.slow

YEAR = 2020
TYPED_BESIDE = {
    "informationsinsatser": [
        {"held_on": "2020-02-29", "activity": "Vad är ett ASF?", "kind": "informationsträff",
         "organisation": "Kommunstyrelsen", "party": "Gävle", "municipality": "Gävle", "employees": "12",
         "politicians": "ca 75", "others": "0"},
        {"held_on": "31/12 2020", "activity": "Föreläsning", "kind": "föreläsning",
         "organisation": "Riksmötet", "place": "Borlänge", "employees": "0", "politicians": "0",
         "others": "40"},
    ],
    "utbildningar": [
        {"held_on": "2020-09-19", "commissioned_by": "Försäkringskassan", "municipality": "Sandviken",
         "participants": "14"},
    ],
    "handledarplatser": [
        {"organisation_number": "492000-0009", "period": "jan–jun 2020", "places": "4",
         "granted_sek": "168000", "paid_sek": "162500", "participants": "8"},
    ],
}  # fmt: skip
"""What is typed below the headings beside the survey."""


def answers(place: int) -> dict[str, str]:
    """What an enterprise answers, by its place in the sheet; it adds up."""
    told: dict[str, str] = {}
    for sex, more in zip(SEXES, (1, 0), strict=True):
        participants = 5 + place % 3 + more
        told |= {
            f"employees_{sex}": str(6 + place % 4),
            f"permanent_{sex}": str(4 + place % 2),
            f"participants_{sex}": str(participants),
            **{f"from_{key}_{sex}": "1" for key in AUTHORITY_KEYS[:-1]},
            f"from_other_{sex}": str(participants - 4),
            **{f"aged_{group}_{sex}": "0" for group in AGE_GROUPS},
            f"aged_30_64_{sex}": str(participants),
            f"completed_{sex}": "3",
            f"completed_to_work_{sex}": "1",
            f"completed_to_studies_{sex}": "2",
            f"completed_to_other_{sex}": "0",
        }
    return told


@dataclass(frozen=True)
class Filled:
    """A data folder with a year filled in, what was read of it, and its faults."""

    data: DataFolder
    read: Inspection
    by_place: tuple[str, ...]


@pytest.fixture(scope="module")
def filled(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """The workbooks of 2020, typed in by LibreOffice: the first round as a sheet, the last one as both."""
    skip_without_libreoffice()
    place = tmp_path_factory.mktemp("typed")
    data = DataFolder(Path(shutil.copytree(project / "data", place / "data")))
    prepare_year(data, YEAR)
    folder, association = data.raw_year(YEAR), load_association(data)
    headings = Headings.of("responses", association.region)
    typed: dict[Path, dict[str, str]] = {}
    numbers: list[str] = []
    for quarter in (1, 4):
        path = folder / f"enkat_kv{quarter}.xlsx"
        sheet = openpyxl.load_workbook(path).worksheets[0]
        letters = letters_of(sheet, headings)
        rows = range(HEADER_ROW + 1, sheet.max_row + 1)
        numbers = [str(sheet[f"{letters['organisation_number']}{row}"].value) for row in rows]
        cells = {}
        # Of the last round, the first three answer with the form instead.
        for turn, row in enumerate(rows):
            if quarter == 1 or turn >= 3:
                cells |= {f"{letters[column]}{row}": text for column, text in answers(turn).items()}
        typed[path] = cells
    forms = folder / "enkat_kv4"
    forms.mkdir()
    for turn, number in enumerate(numbers[:3]):
        path = forms / f"svar {turn}.xlsx"
        shutil.copyfile(data.forms(YEAR) / "formular_kv4.xlsx", path)
        rows_of = questions_of(openpyxl.load_workbook(path).worksheets[0], headings)
        told = {"organisation_number": number, "municipality": "Gävle", **answers(turn), "comment": "Hej!"}
        typed[path] = {f"B{rows_of[column]}": text for column, text in told.items()}
    for stem, told_rows in TYPED_BESIDE.items():
        path = folder / f"{stem}.xlsx"
        table = {"informationsinsatser": "activities", "utbildningar": "trainings"}.get(
            stem, "supervised_places"
        )
        letters = letters_of(
            openpyxl.load_workbook(path).worksheets[0], Headings.of(table, association.region)
        )
        typed[path] = {
            f"{letters[column]}{row}": text
            for row, told_row in enumerate(told_rows, start=HEADER_ROW + 1)
            for column, text in told_row.items()
        }
    type_in(typed, place)
    return Filled(data, inspect_years(data, association, [YEAR]), tuple(numbers))


def letters_of(sheet: Worksheet, headings: Headings) -> dict[str, str]:
    """Give the letter of every column."""
    found = {headings.find(str(cell.value)): get_column_letter(cell.column) for cell in sheet[HEADER_ROW]}
    return {column: letter for column, letter in found.items() if column}


def questions_of(sheet: Worksheet, headings: Headings) -> dict[str, int]:
    """Give the row of every question of a form."""
    rows = range(HEADER_ROW, sheet.max_row + 1)
    found = {headings.find(str(sheet.cell(row, 1).value)): row for row in rows}
    return {column: row for column, row in found.items() if column}


def test_nothing_is_wrong_and_nothing_is_doubted(filled):
    grave = [fault for fault in inspect(YEAR, filled.data) if fault.severity != "upplysning"]
    assert grave == []
    assert [str(fault) for fault in filled.read.faults] == []


def test_no_row_is_set_aside_and_those_answered_by_a_form_are_not_counted_twice(filled):
    account = filled.read.intake
    assert account["set_aside"].sum() == 0
    rows = account[account["table"] == "responses"].groupby("file")["raw_rows"].sum()
    asked = len(filled.by_place)
    assert (rows["2020/enkat_kv4.xlsx"], rows["2020/enkat_kv1.xlsx"]) == (asked - 3, asked)


@pytest.mark.parametrize("quarter", [1, 4])
def test_every_answer_is_the_one_that_was_typed(filled, quarter):
    responses = filled.read.rows["responses"]
    told = responses[responses["quarter"] == quarter].set_index("organisation_number")
    assert sorted(told.index) == sorted(filled.by_place)
    for place, number in enumerate(filled.by_place):
        row = told.loc[number]
        assert {column: str(row[column]) for column in answers(place)} == answers(place), place


def test_days_counts_and_kronor_are_those_that_were_typed(filled):
    activities = filled.read.rows["activities"]
    assert activities["held_on"].tolist() == [pd.Timestamp(2020, 2, 29), pd.Timestamp(2020, 12, 31)]
    assert activities["politicians"].tolist() == [75, 0]
    assert activities["politicians_high"].tolist() == [82.5, 0]
    assert activities["kind"].tolist() == ["informationsträff", "föreläsning"]
    assert activities["place"].fillna("").tolist() == ["", "Borlänge"]
    training = filled.read.rows["trainings"].iloc[0]
    assert (training["held_on"], training["municipality"], training["participants"]) == (
        pd.Timestamp(2020, 9, 19), "Sandviken", 14,
    )  # fmt: skip
    place = filled.read.rows["supervised_places"].iloc[0]
    assert (place["organisation_number"], place["granted_sek"], place["ended_on"]) == (
        "492000-0009", 168000, pd.Timestamp(2020, 6, 30),
    )  # fmt: skip


def rules_of(sheet: Worksheet) -> Iterator[tuple[str, str, str, str]]:
    """Give what each column allows: its kind, its source or limits, how it refuses, and what it says."""
    for rule in sheet.data_validations.dataValidation:
        first = next(iter(rule.sqref.ranges))
        kind = rule.type if rule.type in ("list", "date", "whole") else "any"
        source = (rule.formula1 or "").replace("'", "") if kind != "any" else ""
        source += f"–{rule.formula2}" if kind in ("date", "whole") else ""
        refuses = (rule.errorStyle or "stop") if rule.showErrorMessage else ""
        yield (
            f"{get_column_letter(first.min_col)}{first.min_row}",
            kind,
            f"{source} {refuses}".strip(),
            rule.prompt,
        )


@pytest.mark.parametrize("name", ["enkat_kv1", "informationsinsatser", "utbildningar", "handledarplatser"])
def test_help_lists_and_limits_are_still_there_after_libreoffice_has_saved(filled, project, tmp_path, name):
    fresh = DataFolder(Path(shutil.copytree(project / "data", tmp_path / "data")))
    prepare_year(fresh, YEAR)
    saved, drawn = (
        openpyxl.load_workbook(one.raw_year(YEAR) / f"{name}.xlsx") for one in (filled.data, fresh)
    )
    assert saved.sheetnames == drawn.sheetnames
    sheet, own = saved.worksheets[0], drawn.worksheets[0]
    assert sorted(rules_of(sheet)) == sorted(rules_of(own))
    assert len(list(rules_of(sheet))) == own.max_column
    assert sheet.protection.sheet
    assert sheet.cell(HEADER_ROW, 1).protection.locked
    assert not sheet.cell(HEADER_ROW + 1, 1).protection.locked
    lists = [[row[0].value for row in book["Hjälp"].iter_rows()] for book in (saved, drawn)]
    assert lists[0] == lists[1]
