"""Every breakdown of every demonstration year sums to its totals, for each audience, as far as is shown."""

from collections import defaultdict
from functools import cache

import pandas as pd
import pytest
from demonstration_years import measured_year

from asf_analysis.audience import AUDIENCES
from asf_analysis.disclosure.protect import protect
from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD, Published, PublishedTable
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.results import Results

YEARS = (2016, 2017, 2018, 2019)
OF_PARTICIPANTS = {
    "participants_by_municipality",
    "participants_by_authority",
    "participants_by_age",
    "participants_by_authority_and_municipality",
}


@cache
def results_of(year: int) -> Results:
    """Measure a year once for all tests here."""
    return measured_year(year)


@pytest.fixture(scope="module", params=YEARS)
def year(request: pytest.FixtureRequest) -> int:
    """A demonstration year."""
    return request.param


@pytest.fixture(scope="module", params=AUDIENCES)
def report(year: int, request: pytest.FixtureRequest) -> Published:
    """A year for an audience."""
    return protect(results_of(year), request.param)


@pytest.fixture(scope="module")
def changes(year: int) -> set[str]:
    """The tables of changes, which may be less than nothing."""
    return {one.key for one in results_of(year).breakdowns if (one.frame["amount"] < 0).any()}


def lines(table: PublishedTable, along: str, across: str) -> dict[str, tuple[pd.DataFrame, pd.Series]]:
    """Give each line of a table that has a total: its parts and its total, by the name of the line."""
    frame = table.frame
    return {
        name: (line[line[along] != TOTAL], line[line[along] == TOTAL].squeeze())
        for name, line in frame.groupby(across, sort=False)
        if (line[along] == TOTAL).any()
    }


def every_line(table: PublishedTable) -> list[tuple[str, pd.DataFrame, pd.Series]]:
    """Give the rows and the columns that have a total; a table without margins has none."""
    return [
        (f"{table.key}: {name}", parts, total)
        for along, across in ((table.columns, table.rows), (table.rows, table.columns))
        for name, (parts, total) in lines(table, along, across).items()
    ]


def test_what_is_shown_and_what_is_withheld_sum_to_the_total(report, changes):
    for table in report.tables.values():
        for name, parts, total in every_line(table):
            shown = parts.loc[parts["status"] == SHOWN, "value"].sum()
            withheld = int((parts["status"] == WITHHELD).sum())
            unknown = (parts["status"] == MISSING).any()
            if total["status"] == SHOWN and not withheld and not unknown:
                assert shown == total["value"], name
            elif total["status"] == SHOWN and table.key not in changes:
                assert shown <= total["value"], name
            elif total["status"] == MISSING:
                assert (parts["status"] == MISSING).all(), name
            elif total["status"] == WITHHELD:
                assert withheld, f"{name}: the total can be summed from its parts"


def test_a_single_withheld_cell_is_never_what_its_total_leaves_over(report):
    for table in report.tables.values():
        for name, parts, total in every_line(table):
            if total["status"] == SHOWN:
                assert (parts["status"] == WITHHELD).sum() != 1, name


def test_what_is_withheld_together_is_at_least_a_count_that_may_be_shown(report, changes):
    threshold = report.association.rules.threshold
    for table in report.tables.values():
        for name, parts, total in every_line(table):
            left = parts["status"] == WITHHELD
            if total["status"] == SHOWN and left.any() and table.key not in changes:
                remainder = total["value"] - parts.loc[parts["status"] == SHOWN, "value"].sum()
                assert remainder == 0 or remainder >= threshold, name


def test_a_cell_has_a_value_only_where_it_is_shown_and_stands_once(report):
    for table in report.tables.values():
        frame = table.frame
        assert set(frame["status"]) <= {SHOWN, WITHHELD, MISSING}
        assert (frame["value"].notna() == (frame["status"] == SHOWN)).all(), table.key
        assert not frame.duplicated([table.rows, table.columns]).any(), table.key
        assert table.withheld == int((frame["status"] == WITHHELD).sum())


def test_only_the_public_edition_withholds(report):
    withheld = sum(table.withheld for table in report.tables.values())
    assert (withheld > 0) is (report.audience == "public")


def test_all_tables_of_participants_tell_the_same_totals(report):
    tables = [table for key, table in report.tables.items() if key in OF_PARTICIPANTS]
    assert len(tables) == len(OF_PARTICIPANTS)
    told: dict[str, set[int]] = defaultdict(set)
    for table in tables:
        grand = table.frame[(table.frame[table.rows] == TOTAL) & (table.frame["status"] == SHOWN)]
        for column, value in zip(grand[table.columns], grand["value"], strict=True):
            if table.columns == "sex" or column == TOTAL:
                told[column].add(int(value))
    assert {column: len(values) for column, values in told.items()} == {"women": 1, "men": 1, TOTAL: 1}


def test_the_roles_are_what_their_own_tables_and_kpis_say(report):
    roles = report.tables["people_by_role"].frame.set_index(["role", "sex"])
    for row, key in (("Tillsvidareanställda", "permanent"), ("Deltagare", "participants")):
        own = report.tables[f"{key}_by_municipality"].frame.set_index(["municipality", "sex"]).loc[TOTAL]
        assert roles.loc[row].equals(own), row
    kpis = {"Tillsvidareanställda": "permanent_employees", "Deltagare": "participants"}
    for row, key in kpis.items():
        assert roles.loc[(row, TOTAL), "value"] == report.outcome(key).result.amount
    employees = report.tables["employees_by_municipality"].frame.set_index(["municipality", "sex"])
    everybody = roles.loc[TOTAL, "value"] - roles.loc["Deltagare", "value"]
    assert everybody.equals(employees.loc[TOTAL, "value"])


def test_participants_by_authority_and_municipality_show_the_totals_of_their_own_tables(report):
    crossed = report.tables["participants_by_authority_and_municipality"].frame
    by_place = crossed[crossed["authority"] == TOTAL].set_index("municipality")[["value", "status"]]
    by_authority = crossed[crossed["municipality"] == TOTAL].set_index("authority")[["value", "status"]]
    for margin, key in (
        (by_place, "participants_by_municipality"),
        (by_authority, "participants_by_authority"),
    ):
        own = report.tables[key].frame
        totals = own[own["sex"] == TOTAL].set_index(own.columns[0])[["value", "status"]]
        assert margin.equals(totals.rename_axis(margin.index.name)), key
