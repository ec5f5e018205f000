"""`asf-analysis audit MAPP`, and the audit of a real folder of the demonstration."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from audit_sample import HELD, by_municipality, write_folder

from asf_analysis.disclosure.audit import audit_folder

ROOT = Path(__file__).parent.parent
SAFE = {"Gävle": [HELD, HELD, 20], "Hofors": [HELD, HELD, 20], "total": [21, 19, 40]}
LEAKING = {"Gävle": [10, 10, 20], "Hofors": [HELD, 17, 20], "total": [13, 27, 40]}


def asf_analysis(*arguments):
    command = [sys.executable, "-m", "asf_analysis.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_safe_folder_is_said_to_hold_and_the_command_ends_with_0(tmp_path):
    ran = asf_analysis("audit", write_folder(tmp_path / "2018", by_municipality(SAFE)))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == [
        f"{tmp_path / '2018'}: läste 1 tabell; 4 uppgifter om personer redovisas inte.",
        "Inget av det som inte redovisas går att räkna ut.",
    ]


def test_a_leaking_folder_is_told_line_by_line_and_the_command_ends_with_1(tmp_path):
    ran = asf_analysis("audit", write_folder(tmp_path / "2018", by_municipality(LEAKING)))
    assert ran.returncode == 1
    assert ran.stdout.splitlines()[1:] == [
        "Detta går att räkna ut:",
        "  data/participants_by_municipality.csv, tabellen ”Deltagare efter kommun, 31 december 2018”, "
        "rad Hofors, kolumn Kvinnor: redovisas inte, men är 3",
        "Mappen håller inte: 1 fynd.",
    ]


def test_the_year_beside_and_an_edition_before_are_read_with_the_folder(tmp_path):
    folder = write_folder(tmp_path / "now" / "2018", by_municipality(SAFE))
    before = write_folder(tmp_path / "before", by_municipality(LEAKING | {"Gävle": [11, 9, 20]}))
    ran = asf_analysis("audit", folder, "--before", before)
    assert "Detta har redovisats förut:" in ran.stdout
    write_folder(tmp_path / "now" / "2017", by_municipality({"Gävle": [4, 16, 20]}))
    assert "Detta har redovisats förut:" in asf_analysis("audit", folder).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Ange MAPP."),
        (("/no/such/folder",), "Det finns ingen mapp /no/such/folder."),
        ((".", "--threshold", "noll"), "är inget antal"),
        ((".", "--before", "/no/such/folder"), "Det finns ingen mapp /no/such/folder."),
    ],
)
def test_wrong_usage_ends_with_2(arguments, said):
    ran = asf_analysis("audit", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert said in ran.stderr


def test_a_folder_without_reports_ends_with_1_and_says_so(tmp_path):
    ran = asf_analysis("audit", tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("Fel: ")
    assert "har varken rapporter (.html) eller öppna data" in ran.stderr


def test_the_help_is_swedish_and_has_an_example():
    told = asf_analysis("audit", "--help").stdout
    assert "Exempel: asf-analysis audit output/2018" in told


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
    from time import process_time

    started = process_time()
    audit_folder(report_2018.parent)
    assert process_time() - started < 2
