"""`asf-analysis check` and `log`: a list that a person can read, and one that a machine can."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import Finished, asf_analysis
from intake_workbooks import FIRST, PERSON, SECOND, answer, small_data, survey
from published_sample import ACTIVE, make_outcome, make_report
from quality_sample import SECRET, faulty_data, make_quality

from asf_analysis.errors import Fault
from asf_analysis.folders import DataFolder
from asf_analysis.intake.schemas import LOG_COLUMNS
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.records import faults_as_csv, kpis_as_csv, log_as_csv


@pytest.fixture
def faulty(tmp_path: Path) -> DataFolder:
    return faulty_data(tmp_path)


def check(data: DataFolder, *arguments: object) -> Finished:
    return asf_analysis("check", "--year", 2018, "--data", data.root, *arguments)


def log(data: DataFolder, *arguments: object) -> Finished:
    return asf_analysis("log", "--year", 2018, "--data", data.root, *arguments)


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_faults_are_listed_by_severity_then_by_file(faulty):
    heads = [line for line in check(faulty).stdout.splitlines() if line and not line.startswith(" ")]
    severities = [line.partition(":")[0] for line in heads[:-1]]
    assert severities == sorted(severities, key=["FEL", "VARNING", "UPPLYSNING"].index)
    assert len(heads) == len(set(heads))
    assert heads[0] == "FEL: 2018/enkat_kv4.xlsx, blad Blad1"
    assert "FEL: 2018/utbildningar" in heads


def test_a_hundred_faults_of_one_kind_are_told_once_with_their_rows_and_counted(faulty):
    answers = [answer(FIRST if row % 2 else SECOND, Deltagare_kvinnor="många") for row in range(100)]
    small_data(faulty.root.parent, enkat_kv4=survey(*answers), utbildningar=None)
    shown = check(faulty).stdout
    assert shown.count("går inte att läsa som ett antal") == 1
    assert "Rad 2–101, kolumn Deltagare kvinnor:" in shown
    last = shown.splitlines()[-1]
    assert last.startswith("Sammanlagt: ")
    assert int(last.split()[1]) >= 100


def test_a_list_without_faults_counts_none_and_exits_with_zero(project):
    shown = asf_analysis("check", "--year", 2018, "--data", project / "data")
    assert shown.returncode == 0
    assert "Sammanlagt: 0 fel, " in shown.stdout


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_check_exits_with_one_where_a_fault_stops_the_report_whatever_the_form(faulty, form):
    assert check(faulty, "--format", form).returncode == 1


def test_the_faults_are_the_same_as_csv_and_json_a_row_each(faulty):
    listed = records(check(faulty, "--format", "csv").stdout)
    told = json.loads(check(faulty, "--format", "json").stdout)
    assert list(listed[0]) == ["severity", "file", "sheet", "row", "column", "problem", "remedy"]
    assert listed == [
        {name: "" if value is None else str(value) for name, value in fault.items()}
        for fault in told["faults"]
    ]
    assert told["counts"] == {
        severity: sum(one["severity"] == severity for one in listed)
        for severity in ("fel", "varning", "upplysning")
    }
    assert told["counts"]["fel"] >= 3
    found = next(one for one in told["faults"] if one["column"] == "Deltagare kvinnor")
    assert (found["file"], found["row"]) == ("2018/enkat_kv4.xlsx", 2)


@pytest.mark.parametrize(
    ("name", "content"),
    [("association.toml", "name ="), ("targets.csv", "År"), ("assessments/2018.md", "text")],
)
def test_faults_of_the_other_files_are_among_them(faulty, name, content):
    (faulty.root / name).parent.mkdir(exist_ok=True)
    (faulty.root / name).write_text(content, encoding="utf-8")
    listed = records(check(faulty, "--format", "csv").stdout)
    assert name in {one["file"] for one in listed if one["severity"] == "fel"}


def test_the_log_is_the_same_as_table_csv_and_json_and_sorted_by_place(faulty):
    listed = records(log(faulty, "--format", "csv").stdout)
    told = json.loads(log(faulty, "--format", "json").stdout)
    assert tuple(listed[0]) == LOG_COLUMNS
    assert [list(one) for one in told] == [list(LOG_COLUMNS)] * len(listed)
    places = [(one["file"], one["sheet"] or "", one["row"] or 0) for one in told]
    assert places == sorted(places)
    shown = log(faulty)
    assert shown.returncode == 0
    assert f"Sammanlagt: {len(listed)} rader." in shown.stdout
    assert "många" in shown.stdout


def everything_told(data: DataFolder) -> Iterator[str]:
    for form in ("table", "csv", "json"):
        yield check(data, "--format", form).stdout
        yield log(data, "--format", form).stdout


def test_free_text_and_personal_numbers_are_never_told(faulty):
    told = list(everything_told(faulty))
    assert all(len(one) > 100 for one in told)
    assert not [one for one in told if SECRET in one or PERSON in one]


def test_what_begins_as_a_formula_is_defused_and_numbers_stay_numbers():
    faults = [Fault("=a.csv", "-Fel.", "+Rätta.", "@blad", 7, "\tkolumn")]
    assert records(faults_as_csv(faults)) == [
        {"severity": "fel", "file": "'=a.csv", "sheet": "'@blad", "row": "7", "column": "'\tkolumn",
         "problem": "'-Fel.", "remedy": "'+Rätta."}
    ]  # fmt: skip
    assert records(log_as_csv(make_quality().log))[4]["before"] == "'=1+1"


def test_a_negative_number_is_no_formula():
    report = make_report([make_outcome(ACTIVE, Result(20), target=30, baseline=25)])
    assert records(kpis_as_csv(report))[0]["share_of_planned_change"] == "-1.0"
