"""Columns are found by their headings, old and new, and nothing is left out in silence."""

import pytest
from intake_workbooks import SURVEY_HEADINGS, answer, faults_of, read, small_data, stopping_faults, survey

from asf_analysis.intake.headings import Headings


def renamed(**changes: str) -> list[list]:
    """Give the survey with headings changed; _ in a name stands for a space."""
    new = {heading.replace("_", " "): text for heading, text in changes.items()}
    return [[new.get(heading, heading) for heading in SURVEY_HEADINGS], answer()]


def headings_of_responses() -> Headings:
    return Headings.of("responses", "Region Gävleborg")


@pytest.mark.parametrize(
    "heading",
    [
        "Antal anställda kvinnor",
        "ANSTÄLLDA  KVINNOR",
        "Anställda\nkvinnor",
        "Anställda kvinnor:",
        "Anstallda kvinor",
    ],
)
def test_a_heading_may_be_older_newer_or_a_little_wrong(tmp_path, heading):
    tables = read(small_data(tmp_path, enkat_kv4=renamed(Anställda_kvinnor=heading)))
    assert list(tables.responses["employees_women"]) == [4, 4, 4]


def test_a_heading_taken_for_its_nearness_is_in_the_log(tmp_path):
    log = read(small_data(tmp_path, enkat_kv4=renamed(Anställda_kvinnor="Anstallda kvinor"))).log
    line = log[log["before"] == "Anstallda kvinor"].iloc[0]
    assert (line["row"], line["after"], line["severity"]) == (1, "Anställda kvinnor", "varning")


def test_the_region_in_a_heading_is_the_associations_own():
    headings = Headings.of("responses", "Region Skåne")
    assert headings.find("Deltagare från Region Skåne kvinnor") == "from_region_women"


@pytest.mark.parametrize(
    ("year", "heading"), [(2018, "Anställda kvinnor"), (2019, "Antal anställda kvinnor")]
)
def test_the_expected_heading_is_the_one_in_use_that_year(year, heading):
    assert headings_of_responses().expected("employees_women", year) == heading


@pytest.mark.parametrize("heading", ["Deltagare", "Deltagare från kvinnor", "Anställda", "Födelseår", ""])
def test_a_heading_that_is_unsure_is_not_recognised(heading):
    assert headings_of_responses().find(heading) is None


def test_an_unknown_heading_is_a_warning_with_the_nearest_known_ones(tmp_path):
    table = [[*row, extra] for row, extra in zip(survey(answer()), ["Deltagare övriga", 1], strict=True)]
    fault = next(fault for fault in faults_of(small_data(tmp_path, enkat_kv4=table)) if fault.row == 1)
    assert (fault.column, fault.severity) == ("Deltagare övriga", "varning")
    assert "”Deltagare män”" in fault.remedy


def test_a_column_with_answers_and_no_heading_is_a_warning(tmp_path):
    table = [[*row, extra] for row, extra in zip(survey(answer()), [None, 1], strict=True)]
    fault = next(fault for fault in faults_of(small_data(tmp_path, enkat_kv4=table)) if fault.row == 1)
    assert (fault.severity, "ingen rubrik" in fault.problem) == ("varning", True)


def test_a_missing_column_is_a_fault_that_says_what_to_do(tmp_path):
    (fault,) = stopping_faults(
        small_data(tmp_path, enkat_kv4=renamed(Anställda_kvinnor="Hur många jobbar hos er?"))
    )
    assert "saknar kolumnen ”Anställda kvinnor”" in fault.problem
    assert "Hur många jobbar hos er?" in fault.remedy
    assert "asf_analysis/definitions/columns.csv: responses,employees_women,<ny rubrik>,2018" in fault.remedy


def test_a_column_nobody_needs_may_be_missing(tmp_path):
    kept = [place for place, heading in enumerate(SURVEY_HEADINGS) if heading not in ("Kommentar", "Namn")]
    without = [[row[place] for place in kept] for row in survey()]
    responses = read(small_data(tmp_path, enkat_kv1=without, enkat_kv4=without)).responses
    assert responses[["comment", "name"]].isna().all(axis=None)


def test_two_headings_for_one_column_are_a_fault(tmp_path):
    (fault,) = stopping_faults(small_data(tmp_path, enkat_kv4=renamed(Kommentar="Antal anställda kvinnor")))
    assert "”Anställda kvinnor” och ”Antal anställda kvinnor”" in fault.problem
