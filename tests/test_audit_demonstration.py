"""The audit of a real folder: the published report of the demonstration's 2018."""

import csv
import shutil
from pathlib import Path
from time import process_time

from asf_analysis.disclosure.audit import audit_folder
from asf_analysis.disclosure.audit.open_data import read_package
from asf_analysis.disclosure.release import Release
from asf_analysis.folders import DataFolder
from asf_analysis.pipeline import load_results

ROOT = Path(__file__).parent.parent


def told_again(folder, name, row, column, value):
    """Write a withheld number into a table of a folder's open data."""
    path = folder / "data" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    [cell] = [one for one in lines if (next(iter(one.values())), one["sex"]) == (row, column)]
    assert cell["status"] == "withheld"
    cell |= {"value": str(value), "status": "shown"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(cell), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def test_the_report_of_2018_holds_and_one_more_figure_gives_it_away(report_2018, tmp_path):
    """Of Ljusdal's 17 participants neither women nor men are told; once one of them is, both are."""
    folder = report_2018.parent
    audit = audit_folder(folder)
    assert audit.passed, "\n".join(map(str, audit.findings))
    assert audit.cells > 50
    assert audit.tables >= 40
    assert audit.remarks == ()
    leaking = shutil.copytree(folder, tmp_path / "2018", ignore=shutil.ignore_patterns("internal"))
    told_again(leaking, "participants_by_municipality", "Ljusdal", "women", 8)
    lines = [str(one) for one in audit_folder(leaking).findings]
    assert any(line.endswith("rad Ljusdal, kolumn Män: redovisas inte, men är 9") for line in lines)


def test_the_audit_of_a_year_takes_no_more_than_two_seconds(report_2018):
    started = process_time()
    audit_folder(report_2018.parent)
    assert process_time() - started < 2


def test_open_data_tells_a_stranger_which_figures_are_the_same(report_2018):
    """The audit reads out of the open data what the door knows of each cell: whom it counts, and when."""
    folder = report_2018.parent
    release = Release.of(load_results(2018, DataFolder(ROOT / "data")))
    _, tables = read_package(folder / "datapackage.json", folder)
    told = {
        (table.file, row, column): table.figure(row, column)
        for table in tables
        if "whom" in table.counts
        for one in table.records
        for row, column in [(one[table.rows.name], one[table.columns.name])]
    }
    known = {
        (f"data/{key}.csv", row, column): figure
        for (municipality, key), cells in release.tables.items()
        if not municipality
        for (row, column), figure in cells.items()
        if not figure.value("table")
    }
    assert len(known) > 200
    assert {cell: (figure.when.replace("/", " – "), figure.of) for cell, figure in told.items()} == {
        cell: (figure.when, figure.of) for cell, figure in known.items()
    }
