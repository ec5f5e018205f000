"""`asf-analysis audit MAPP`: what it prints, and how it ends."""

import pytest
from audit_sample import HELD, by_municipality, write_folder
from command_line import asf_analysis

SAFE = {"Gävle": [HELD, HELD, 20], "Hofors": [HELD, HELD, 20], "total": [21, 19, 40]}
LEAKING = {"Gävle": [10, 10, 20], "Hofors": [HELD, 17, 20], "total": [13, 27, 40]}


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
