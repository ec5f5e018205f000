"""The yardstick: every figure that the report of 2018 published is computed again, from the raw workbooks."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from demonstration_years import published_year

from asf_analysis.disclosure.published import SHOWN, WITHHELD
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.reconciliation import differences

ROOT = Path(__file__).parent.parent
YEARS = (2016, 2017, 2018, 2019)


def run_kpis(*arguments: str) -> str:
    command = [sys.executable, "-m", "asf_analysis.cli", "kpis", "--year", "2018", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def computed() -> dict[str, dict]:
    return {record["kpi"]: record for record in json.loads(run_kpis("--format", "json"))}


@pytest.fixture(scope="module")
def published() -> dict[str, dict[str, str]]:
    text = (ROOT / "data/published/2018.csv").read_text(encoding="utf-8-sig")
    return {line["Nyckeltal"]: line for line in csv.DictReader(text.splitlines(), delimiter=";")}


@pytest.fixture(scope="module")
def reports():
    return {year: published_year(year) for year in YEARS}


def number(text: str) -> int | None:
    return int(text) if text else None


def test_the_published_report_states_fourteen_of_the_fifteen_kpis(computed, published):
    assert set(computed) - set(published) == {"supervised_places"}


@pytest.mark.parametrize(
    ("column", "field"), [("Ingångsvärde", "baseline"), ("Målbild", "target"), ("Resultat", "result")]
)
def test_every_published_figure_is_computed_exactly(computed, published, column, field):
    stated = {key: number(line[column]) for key, line in published.items() if line[column]}
    assert len(stated) >= 4
    assert {key: computed[key][field] for key in stated} == stated


def test_what_was_published_as_approximate_is_approximate_and_nothing_else(computed, published):
    assert {key for key, line in published.items() if line["Ungefärligt"] == "ja"} == {
        key for key, record in computed.items() if record["approximate"]
    }


def test_the_municipalities_and_places_are_the_published_ones_by_name(computed, published):
    for key in ("supporting_municipalities", "external_lectures"):
        assert set(computed[key]["members"]) == set(published[key]["Namn"].split(", "))
    assert len(computed["supporting_municipalities"]["members"]) == 7
    assert computed["supporting_municipalities"]["baseline_members"] == [
        "Hudiksvall", "Nordanstig", "Söderhamn", "Bollnäs",
    ]  # fmt: skip


def test_the_milestones_are_judged_as_published(computed, published):
    assert computed["regional_council"]["status"] == published["regional_council"]["Status"] == "ej uppnått"
    assert computed["gender_follow_up"]["status"] == published["gender_follow_up"]["Status"] == "uppnått"


def test_nothing_that_was_published_differs_from_what_is_computed(reports):
    assert {o.kpi.key: differences(o) for o in reports[2018].outcomes if differences(o)} == {}


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("trainings", "kan ej bedömas"),
        ("organisations_informed", "uppnått"),
        ("employees_informed", "ej uppnått"),
        ("politicians_informed", "ej uppnått"),
        ("information_activities", "uppnått"),
        ("active_enterprises", "nära målet"),
        ("permanent_employees", "uppnått"),
        ("participants", "uppnått"),
        ("supporting_municipalities", "uppnått"),
    ],
)
def test_each_goal_of_2018_is_judged_as_one_would_by_hand(computed, key, status):
    assert computed[key]["status"] == status


def test_fulfilment_and_share_of_the_planned_change_are_quotients(computed):
    assert computed["active_enterprises"]["fulfilment"] == pytest.approx(28 / 30)
    assert computed["active_enterprises"]["share_of_planned_change"] == pytest.approx(3 / 5)
    assert computed["trainings"]["fulfilment"] is None


def test_one_missing_answer_is_carried_forward_and_said(computed):
    participants = computed["participants"]
    assert (participants["answered"], participants["asked"], participants["carried"]) == (27, 28, 1)
    assert participants["coverage"] == pytest.approx(27 / 28)


def test_a_comparison_across_definitions_carries_a_warning(computed):
    permanent = computed["permanent_employees"]
    assert permanent["other_definition"] == "anställda"
    assert permanent["other_result"] > permanent["result"]
    assert "Definitionerna skiljer sig åt" in permanent["warnings"][0]
    assert computed["participants"]["warnings"] is None


def test_a_record_has_every_field_that_is_promised(computed):
    promised = {
        "kpi", "label", "unit", "kind", "baseline", "target", "result", "approximate", "status", "fulfilment",
        "share_of_planned_change", "coverage", "published", "members",
    }  # fmt: skip
    assert all(promised <= set(record) for record in computed.values())


def test_csv_and_json_hold_the_same_figures(computed):
    lines = {line["kpi"]: line for line in csv.DictReader(run_kpis("--format", "csv").splitlines())}
    assert set(lines) == set(computed)
    for key, record in computed.items():
        for field in ("baseline", "target", "result"):
            assert lines[key][field] == ("" if record[field] is None else str(record[field]))


def test_the_table_for_the_terminal_shows_the_figures():
    table = run_kpis()
    assert "ca 75" in table
    assert "nära målet" in table


@pytest.mark.parametrize("year", YEARS)
def test_every_year_runs_and_measures_all_its_kpis(reports, year):
    measured = [outcome for outcome in reports[year].outcomes if outcome.kpi.kind != "milestone"]
    assert len(measured) == 13
    assert [outcome.kpi.key for outcome in measured if outcome.result.amount is None] == []


@pytest.mark.parametrize("year", YEARS[1:])
def test_each_stocks_baseline_is_the_result_of_the_year_before(reports, year):
    stocks = [outcome for outcome in reports[year].outcomes if outcome.kpi.kind == "stock"]
    assert len(stocks) == 6
    for outcome in stocks:
        assert outcome.baseline.amount == reports[year - 1].outcome(outcome.kpi.key).result.amount


@pytest.mark.parametrize(
    ("table", "kpi"),
    [
        ("participants_by_municipality", "participants"),
        ("participants_by_authority", "participants"),
        ("participants_by_age", "participants"),
        ("participants_by_authority_and_municipality", "participants"),
        ("permanent_by_municipality", "permanent_employees"),
        ("activities_by_month", "information_activities"),
    ],
)
@pytest.mark.parametrize("year", YEARS)
def test_a_breakdowns_total_is_the_kpi(reports, year, table, kpi):
    published = reports[year].table(table)
    frame = published.frame
    total = frame[(frame[published.rows] == TOTAL) & (frame[published.columns] == TOTAL)]
    assert total["value"].tolist() == [reports[year].outcome(kpi).result.amount]


@pytest.mark.parametrize(
    ("share", "table"),
    [
        ("women_participants", "participants_by_authority"),
        ("women_participants", "participants_by_municipality"),
        ("women_employees", "employees_by_municipality"),
    ],
)
@pytest.mark.parametrize("year", YEARS)
def test_womens_share_is_that_of_the_total_row_of_the_same_people(reports, year, share, table):
    frame, result = reports[year].table(table).frame, reports[year].outcome(share).result
    totals = frame[frame.iloc[:, 0] == TOTAL].set_index("sex")["value"]
    assert (result.amount, result.whole) == (totals["women"], totals[TOTAL])


@pytest.mark.parametrize(
    ("measure", "kpi"), [("participants", "participants"), ("permanent", "permanent_employees")]
)
@pytest.mark.parametrize("year", YEARS)
def test_the_last_round_of_a_year_is_its_kpi(reports, year, measure, kpi):
    frame = reports[year].table(f"{measure}_by_round").frame.query("sex == @TOTAL")
    assert frame["value"].iloc[-1] == reports[year].outcome(kpi).result.amount
    assert frame["round"].iloc[-1] == f"{year}-kv4"


@pytest.mark.parametrize("measure", ["participants", "employees", "permanent"])
def test_a_round_is_told_the_same_in_every_year_that_tells_it(reports, measure):
    frames = [reports[year].table(f"{measure}_by_round").frame for year in YEARS]
    told = pd.concat(frames)
    assert told.duplicated(["round", "sex"]).any()
    assert not told.drop_duplicates().duplicated(["round", "sex"]).any()


@pytest.mark.parametrize(
    ("table", "kpi"),
    [
        ("enterprise_changes", "active_enterprises"),
        ("permanent_changes", "permanent_employees"),
        ("participants_changes", "participants"),
    ],
)
@pytest.mark.parametrize("year", YEARS[1:])
def test_a_change_goes_from_the_kpis_baseline_to_its_result(reports, year, table, kpi):
    frame = reports[year].table(table).frame.set_index(["component", reports[year].table(table).columns])
    whole = "enterprises" if table == "enterprise_changes" else TOTAL
    outcome = reports[year].outcome(kpi)
    assert frame.loc[("baseline", whole), "value"] == outcome.baseline.amount
    assert frame.loc[(TOTAL, whole), "value"] == outcome.result.amount


def test_the_public_edition_of_2018_withholds_something_and_the_internal_nothing(reports):
    assert sum(table.withheld for table in reports[2018].tables.values()) > 0
    internal = published_year(2018, "internal")
    assert sum(table.withheld for table in internal.tables.values()) == 0


def test_no_shown_cell_of_people_is_a_small_count(reports):
    for report in reports.values():
        for table in report.tables.values():
            if table.unit == "personer":
                shown = table.frame.loc[table.frame["status"] == SHOWN, "value"]
                assert not shown.abs().between(1, 4).any()
                assert (table.frame.loc[table.frame["status"] == WITHHELD, "value"]).isna().all()
