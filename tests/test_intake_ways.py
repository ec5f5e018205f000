"""The same year, kept in seven ways, gives the same tables and the same figures."""

from __future__ import annotations

import os
import shutil

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from ways_of_keeping import WAYS, YEARS, demonstration_tables, write_way

from asf_analysis.association import load_association
from asf_analysis.folders import DataFolder
from asf_analysis.intake.inspection import read_years
from asf_analysis.intake.schemas import SCHEMAS, SOURCE, CleanTables
from asf_analysis.pipeline import load
from asf_analysis.presentation.records import kpis_as_json

PLAIN, *OTHERS = WAYS
KEYS = {
    "enterprises": ["organisation_number"],
    "responses": ["round", "organisation_number"],
    "activities": ["held_on", "organisation", "activity"],
    "trainings": ["held_on"],
    "support_structures": ["group", "municipality"],
    "supervised_places": ["started_on", "ended_on", "organisation_number"],
}


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """Give the data folder of a way, written once."""
    tables = demonstration_tables()
    written: dict[str, DataFolder] = {}

    def folder(way: str) -> DataFolder:
        if "LibreOffice" in way and not shutil.which("soffice") and os.environ.get("CI") != "true":
            pytest.skip("LibreOffice (soffice) is not installed, and writes these files")
        if way not in written:
            written[way] = write_way(way, tmp_path_factory.mktemp("way"), tables)
        return written[way]

    return folder


@pytest.fixture(scope="session")
def tables_of(kept):
    """Give the clean tables of a way, read once."""
    read: dict[str, CleanTables] = {}

    def tables(way: str) -> CleanTables:
        data = kept(way)
        if way not in read:
            read[way] = read_years(data, load_association(data), YEARS)
        return read[way]

    return tables


@pytest.fixture(scope="session")
def plain_figures(kept) -> str:
    """Give the figures of the plain workbooks."""
    return kpis_as_json(load(2018, "internal", kept(PLAIN).root))


def rows(tables: CleanTables, name: str) -> pd.DataFrame:
    """Give a table's rows without where they came from, in the order of their keys."""
    table = tables.table(name).drop(columns=list(SOURCE))
    return table.sort_values(KEYS[name], kind="stable", ignore_index=True)


def test_the_plain_workbooks_hold_all_rows_and_the_odd_answers(tables_of):
    tables = tables_of(PLAIN)
    assert {name: len(tables.table(name)) for name in SCHEMAS} == {
        "enterprises": 36,
        "responses": 97,
        "activities": 117,
        "trainings": 5,
        "support_structures": 8,
        "supervised_places": 16,
    }
    responses = tables.responses
    assert {"completed_women_low", "completed_men_high", "participants_women_high"} <= set(responses)
    assert responses["employees_men"].isna().sum() == responses["completed_to_other_men"].isna().sum() == 4
    assert responses["comment"].dropna().tolist() == ['Vi flyttar i höst;\nnya lokaler, "Kvarnen".'] * 4


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.parametrize("way", OTHERS)
def test_every_way_of_keeping_gives_the_same_clean_table(tables_of, way, name):
    assert_frame_equal(rows(tables_of(way), name), rows(tables_of(PLAIN), name))


@pytest.mark.parametrize("way", OTHERS)
def test_every_way_of_keeping_gives_the_same_figures(kept, plain_figures, way):
    assert kpis_as_json(load(2018, "internal", kept(way).root)) == plain_figures


@pytest.mark.parametrize("way", OTHERS)
def test_no_row_is_set_aside_and_none_is_lost_in_any_way_of_keeping(tables_of, way):
    account = tables_of(way).intake
    assert account["set_aside"].sum() == 0
    plain = tables_of(PLAIN).intake
    assert account.groupby("table")["clean_rows"].sum().equals(plain.groupby("table")["clean_rows"].sum())


def test_who_answered_the_form_stands_nowhere_in_what_was_read(tables_of):
    tables = tables_of("an export from Microsoft Forms")
    told = " ".join([tables.log.to_csv(), tables.responses.to_csv(), *map(str, tables.warnings)])
    assert "anonymous" not in told
    assert sum("Formulärets egna kolumner" in fault.problem for fault in tables.warnings) == 4
