"""An association switches KPIs off and declares its own in association.toml; both are KPIs like any other."""

import pickle
import shutil
from pathlib import Path

import pandas as pd
import pytest
from command_line import asf_analysis

from asf_analysis import load
from asf_analysis.association import OwnKpi
from asf_analysis.folders import DataFolder
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.own import Measure
from asf_analysis.kpis.registry import Period, Result
from asf_analysis.pipeline import inspect, load_with_tables
from asf_analysis.presentation import tables
from asf_analysis.presentation.records import kpis_as_csv

ROOT = Path(__file__).parent.parent
VISITS = """
[[own_kpis]]
key = "study_visits"
title = "Genomförda studiebesök"
unit = "studiebesök"
definition = "Antal studiebesök i aktivitetsloggen under året."
table = "activities"
where = { kind = "Studiebesök" }
"""
YEAR = Period.of_year(2018)
ACTIVITIES = pd.DataFrame({
    "held_on": pd.to_datetime(["2018-02-01", "2018-05-01", "2018-09-01", "2019-01-01"]),
    "kind": ["studiebesök", "Studiebesök", "dialogmöte", "studiebesök"],
    "organisation": ["Norra skolan", "norra  skolan", "Södra skolan", "Östra skolan"],
    "employees": pd.array([4, None, 6, 50], "Int64"),
})  # fmt: skip
PLACES = pd.DataFrame({
    "started_on": pd.to_datetime(["2018-01-01", "2018-01-01"]),
    "ended_on": pd.to_datetime(["2018-06-30", "2018-12-31"]),
    "places": pd.array([3, 5], "Int64"),
})  # fmt: skip


def own(table: str = "activities", count: str = "rows", **where: str | tuple[str, ...]) -> OwnKpi:
    return OwnKpi(
        key="own", title="Eget", unit="", definition="Så räknas det.", table=table, count=count, where=where
    )


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """Our data folder, whose configuration a test may add to."""
    return DataFolder(Path(shutil.copytree(ROOT / "data", tmp_path / "data")))


def declare(data: DataFolder, text: str) -> DataFolder:
    data.association.write_text(data.association.read_text("utf-8") + text, encoding="utf-8")
    return data


@pytest.mark.parametrize(("declared", "rows", "amount"), [
    (own(), ACTIVITIES, 3),
    (own(kind="STUDIEBESÖK"), ACTIVITIES, 2),
    (own(kind=("studiebesök", "dialogmöte")), ACTIVITIES, 3),
    (own(kind="konferens"), ACTIVITIES, 0),
    (own(count="distinct:organisation"), ACTIVITIES, 2),
    (own(count="sum:employees"), ACTIVITIES, 10),
    (own(count="sum:employees", kind="studiebesök"), ACTIVITIES, 4),
    (own("supervised_places", "sum:places"), PLACES, 5),
])  # fmt: skip
def test_rows_are_counted_told_apart_or_summed_where_they_belong_to_the_period(declared, rows, amount):
    assert Measure(declared)(rows, YEAR) == Result(amount)
    assert pickle.loads(pickle.dumps(Measure(declared)))(rows, YEAR) == Result(amount)


def test_where_no_row_has_an_answer_the_sum_is_not_known():
    silent = ACTIVITIES.assign(employees=pd.array([None] * 4, "Int64"))
    assert Measure(own(count="sum:employees"))(silent, YEAR) == Result(None)


def test_an_own_kpi_has_all_that_a_kpi_has(data):
    declare(data, VISITS)
    with data.targets.open("a", encoding="utf-8") as targets:
        targets.write("2018;study_visits;;;5;2018-12-31;;\n")
    report = load(2018, "internal", data.root)
    outcome = report.outcome("study_visits")
    held = load_with_tables(2018, "internal", data.root)[1].activities
    expected = int((held["kind"].eq("studiebesök") & held["held_on"].dt.year.eq(2018)).sum())
    assert outcome.result.amount == expected > 0
    assert outcome.target.value == 5
    assert outcome.status != ""
    assert len(outcome.evidence) == expected
    assert "Genomförda studiebesök" in str(tables.goals(report))
    assert "Antal studiebesök i aktivitetsloggen" in str(tables.definitions(report))
    assert "study_visits" in kpis_as_csv(report)


def test_a_kpi_that_is_switched_off_is_no_goal_though_its_target_stands(data):
    declare(data, '\n[kpis]\noff = ["regional_council", "external_lectures", "organisations_informed"]\n')
    report = load(2018, data=data.root)
    off = {"regional_council", "external_lectures", "organisations_informed"}
    assert {one.kpi.key for one in report.outcomes} == {kpi.key for kpi in KPIS} - off
    assert report.outcome("organisations_informed").target is None
    assert "Länsövergripande" not in str(tables.goals(report))
    assert "regional_council" not in kpis_as_csv(report)


FAULTY = """
[kpis]
off = ["saknas"]

[[own_kpis]]
key = "participants"
title = "Deltagare"
unit = "personer"
definition = "…"
table = "responses"

[[own_kpis]]
key = "trained"
title = "Utbildade"
unit = "personer"
definition = "…"
table = "trainings"
count = "sum:participants"
where = { town = "Gävle" }

[[own_kpis]]
key = "trained"
title = "Medel"
unit = ""
definition = "…"
table = "activities"
count = "mean:employees"

[[own_kpis]]
key = "parties"
title = "Parter"
unit = ""
definition = "…"
table = "activities"
count = "distinct:parties"
"""


def test_all_that_is_wrong_is_told_at_once_with_its_place(data):
    faults = {
        fault.column: fault.problem
        for fault in inspect(2018, declare(data, FAULTY))
        if fault.severity == "fel"
    }
    assert faults == {
        "kpis.off": "Det finns inget nyckeltal saknas att stänga av.",
        "own_kpis.1.key": "Nyckeln participants är upptagen.",
        "own_kpis.1.table": "Tabellen responses går inte att räkna i.",
        "own_kpis.2.count": "Kolumnen participants räknar personer, som måste sekretessgranskas.",
        "own_kpis.2.where.town": "trainings har ingen kolumn town med text.",
        "own_kpis.3.key": "Nyckeln trained är upptagen.",
        "own_kpis.3.count": "mean:employees är inget sätt att räkna.",
        "own_kpis.4.count": "activities har ingen kolumn parties med text.",
    }


def test_a_text_that_no_row_has_is_told_without_stopping_anything(data):
    declare(data, VISITS.replace('Studiebesök" }', 'Studebesök" }'))
    told = [fault for fault in inspect(2018, data) if fault.file == "association.toml"]
    assert [(fault.severity, fault.column) for fault in told] == [("upplysning", "own_kpis.1.where.kind")]
    assert load(2018, data=data.root).outcome("study_visits").result.amount == 0


def test_the_new_year_and_the_reference_know_an_associations_kpis(data):
    declare(data, f'{VISITS}\n[kpis]\noff = ["organisations_informed"]\n')
    with data.targets.open("a", encoding="utf-8") as targets:
        targets.write("2019;study_visits;;;5;2019-12-31;;\n")
    assert asf_analysis("new-year", 2020, "--data", data.root).returncode == 0
    added = [line for line in data.targets.read_text("utf-8-sig").splitlines() if line.startswith("2020;")]
    keys = {line.split(";")[1] for line in added}
    assert "study_visits" in keys
    assert "organisations_informed" not in keys
    told = asf_analysis("reference", "--data", data.root).stdout
    assert "| Genomförda studiebesök |" in told
    assert "`organisations_informed`" not in told
