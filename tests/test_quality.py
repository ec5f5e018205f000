"""The quality of a year's data is counted as one would by hand, and shown to those who may see it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from intake_workbooks import (
    ACTIVITIES,
    FIRST,
    PERSON,
    PLACES,
    REGISTER,
    SECOND,
    THIRD,
    TRAININGS,
    answer,
    small_association,
    small_data,
    survey,
)
from quality_sample import (
    CHANGE,
    INTAKE,
    LOG,
    NOT_A_COUNT,
    ROW_OF_ALFA,
    ROW_OF_PERSON,
    SECRET,
    faulty_data,
    make_quality,
)

import asf_analysis
from asf_analysis import DataQuality, cleaning_log, load, load_quality
from asf_analysis.disclosure.quality import disclose_quality, hide_in_log
from asf_analysis.errors import DataFaults, Fault, WrongUsage
from asf_analysis.intake.inspection import inspect_years
from asf_analysis.intake.schemas import INTAKE_COLUMNS, LOG_COLUMNS, SURVEY_MEASURES
from asf_analysis.kpis.quality import (
    Quality,
    account_of,
    contradictions,
    gather_faults,
    quality_of,
    rules_used,
)
from asf_analysis.kpis.response_rate import Silent, expected_rounds
from asf_analysis.swedish.organisation_numbers import HIDDEN, hide_personal_numbers


def quality(folder: Path, **changes: object) -> Quality:
    """Give the quality of the small association's 2018, with some of its tables replaced."""
    association = small_association()
    inspection = inspect_years(small_data(folder, **changes), association, (2018,))
    return quality_of(2018, association, inspection, inspection.faults)


def test_an_active_enterprise_without_an_answer_is_silent_and_one_that_closed_before_is_not(tmp_path):
    closed = ["Gamma", None, THIRD, "Hofors", None, None, date(2015, 1, 1), date(2018, 6, 30), None]
    found = quality(
        tmp_path,
        foretagsregister=[*REGISTER, closed],
        enkat_kv1=survey(answer(FIRST)),
        enkat_kv4=survey(answer(FIRST)),
    )
    first, last = found.rounds
    assert (first.answered, first.asked) == (1, 3)
    assert {enterprise.name for enterprise in first.silent} == {"Beta", "Gamma"}
    assert (last.answered, last.asked) == (1, 2)
    assert last.silent == (Silent("Beta", "Hudiksvall"),)


def test_two_answers_of_one_enterprise_count_once_and_one_from_a_stranger_does_not(tmp_path):
    last = quality(tmp_path, enkat_kv4=survey(answer(FIRST), answer(FIRST), answer(THIRD))).rounds[-1]
    assert (last.rows, last.answered, last.asked, last.unmatched) == (3, 1, 2, 1)


def test_a_question_is_blank_where_women_or_men_are_left_out_and_a_zero_is_an_answer(tmp_path):
    found = quality(
        tmp_path,
        enkat_kv4=survey(
            answer(FIRST, Avslutade_kvinnor=None, Avslutade_män=None, varav_till_arbete_män=None),
            answer(SECOND, Avslutade_kvinnor=0, Avslutade_män=0),
        ),
    )
    blanks = found.rounds[-1].blanks
    assert set(blanks) == set(SURVEY_MEASURES)
    assert {name: count for name, count in blanks.items() if count} == {
        "completed": 1,
        "completed_to_work": 1,
    }


def test_a_round_whose_file_is_missing_is_expected_and_not_known(tmp_path):
    missing, last = quality(tmp_path, enkat_kv1=None).rounds
    assert (missing.year, missing.quarter) == (2018, 1)
    assert (missing.rows, missing.answered, missing.silent) == (None, None, ())
    assert last.answered == 2


def test_without_the_register_nobody_knows_who_is_silent(tmp_path):
    last = quality(tmp_path, foretagsregister=None).rounds[-1]
    assert (last.rows, last.asked, last.answered, last.silent) == (2, None, None, ())


def test_no_round_is_expected_before_the_effort_began():
    assert expected_rounds([2016], date(2016, 4, 1)) == [(2016, 4)]
    assert expected_rounds([2016], date(2016, 3, 31)) == [(2016, 1), (2016, 4)]


@pytest.mark.parametrize(("now", "is_told"), [(13, False), (14, True)])
def test_a_count_far_from_the_round_before_is_told_with_both_values(tmp_path, now, is_told):
    found = quality(tmp_path, enkat_kv4=survey(answer(FIRST, Anställda_män=now), answer(SECOND)))
    told = [
        (change.name, change.measure, change.sex, change.before, change.now) for change in found.large_changes
    ]
    assert told == ([("Alfa", "employees", "men", 4, now)] if is_told else [])


def test_every_file_has_as_many_rows_as_were_used_and_set_aside(tmp_path):
    elsewhere = [cell if cell != "Gävle" else "Atlantis" for cell in ACTIVITIES[1]]
    activities = [*ACTIVITIES, elsewhere]
    account = quality(tmp_path, informationsinsatser=activities).intake.set_index("file")
    counts = ["raw_rows", "clean_rows", "set_aside"]
    assert account.loc["2018/informationsinsatser.xlsx", counts].tolist() == [2, 1, 1]
    assert (account["raw_rows"] == account["clean_rows"] + account["set_aside"]).all()


def test_a_row_that_got_lost_on_the_way_would_be_seen():
    rows = {
        "enterprises": pd.DataFrame({"source_file": ["register.csv"] * 3, "source_sheet": [None] * 3}),
        "responses": pd.DataFrame({"source_file": ["2018/kv4.xlsx"] * 2, "source_sheet": ["Enkät", "Annat"]}),
    }
    assert account_of(INTAKE, rows)["clean_rows"].tolist() == [3, 1]


def test_the_same_fault_is_told_once_with_its_rows_and_its_columns():
    cells = [
        Fault("kv4.xlsx", *NOT_A_COUNT, "Enkät", row, column)
        for row in (9, 7)
        for column in ("Ålder", "Antal")
    ]
    other = Fault("kv4.xlsx", *NOT_A_COUNT, "Enkät", 8, "Antal")
    assert [(one.columns, one.rows, one.count) for one in gather_faults(cells)] == [
        (("Antal", "Ålder"), (7, 9), 4)
    ]
    assert [(one.columns, one.rows) for one in gather_faults([*cells, other])] == [
        (("Antal",), (7, 8, 9)),
        (("Ålder",), (7, 9)),
    ]


def test_faults_come_by_severity_then_file_and_none_is_lost():
    faults = [
        Fault("b.csv", "Varning.", "", severity="varning"),
        Fault("b.csv", "Fel.", ""),
        Fault("a.csv", "Upplysning.", "", severity="upplysning"),
        Fault("a.csv", "Fel.", ""),
    ]
    groups = gather_faults(faults)
    assert [(one.severity, one.file) for one in groups] == [
        ("fel", "a.csv"), ("fel", "b.csv"), ("varning", "b.csv"), ("upplysning", "a.csv"),
    ]  # fmt: skip
    assert sum(one.count for one in groups) == len(faults)


@pytest.mark.parametrize(
    ("changes", "subject"),
    [
        ({"enkat_kv4": survey(answer(FIRST, Deltagare_män=9), answer(SECOND))}, "Delar och summor"),
        ({"enkat_kv4": survey(answer(FIRST, Avslutade_män=0, varav_till_arbete_män=3), answer(SECOND))},
         "Delar och summor"),
        ({"enkat_kv4": survey(answer(FIRST, varav_tillsvidareanställda_män=9), answer(SECOND))},
         "Delar och summor"),
        ({"enkat_kv4": survey(answer(FIRST), answer(SECOND), answer(THIRD))}, "Register och enkät"),
        ({"enkat_kv4": survey(answer(FIRST), answer(SECOND), answer(SECOND))}, "Omgång och omgång"),
        ({"enkat_kv4": survey(answer(FIRST, Anställda_män=40), answer(SECOND))}, "Omgång och omgång"),
        ({"foretagsregister": [*REGISTER[:2], [*REGISTER[2][:7], date(2014, 1, 1), None]]},
         "Datum och datum"),
        ({"utbildningar": [*TRAININGS, ["Totalt", None, None, 99]]}, "Delar och summor"),
        ({"handledarplatser": [PLACES[0], [THIRD, "2018", 3, 120000, 100000, 5]]}, "Register och enkät"),
        ({"handledarplatser": [PLACES[0], [FIRST, "2018", 3, 100000, 120000, 5]]}, "Delar och summor"),
    ],
)  # fmt: skip
def test_what_the_checks_of_intake_find_has_its_subject(tmp_path, changes, subject):
    assert subject in contradictions(quality(tmp_path, **changes).faults)


@pytest.mark.parametrize("missing", ["foretagsregister", "utbildningar"])
def test_what_is_merely_missing_contradicts_nothing(tmp_path, missing):
    found = quality(tmp_path, enkat_kv4=survey(answer(FIRST)), **{missing: None}).faults
    assert found
    assert contradictions(found) == {}


def test_the_log_is_grouped_by_rule_the_gravest_and_the_most_used_first():
    uses = rules_used(LOG)
    assert [(use.rule, use.severity, use.count) for use in uses] == [
        ("Inget antal", "fel", 1),
        ("Kommunens namn", "upplysning", 2),
        ("Summarad", "upplysning", 1),
        ("Text putsad", "upplysning", 1),
    ]
    assert (uses[1].row, uses[1].before, uses[1].after) == (8, " Gävle", "Gävle")
    assert sum(use.count for use in uses) == len(LOG)


def test_only_the_internal_audience_is_given_the_quality():
    raw = Quality(**{name: getattr(make_quality(), name) for name in Quality.__dataclass_fields__})
    assert isinstance(disclose_quality(raw, "internal"), DataQuality)
    with pytest.raises(WrongUsage, match="Rapporten om datakvalitet är intern"):
        disclose_quality(raw, "public")


def test_free_text_and_personal_numbers_are_in_no_log():
    surveyed = {"file": "2018/kv4.xlsx", "sheet": "Enkät", "rule": "Text putsad", "severity": "upplysning"}
    log = pd.DataFrame(
        [
            {**surveyed, "row": 7, "column": "Kommentar", "before": f" {SECRET}", "after": SECRET},
            {**surveyed, "row": 8, "column": "Kommentar", "before": "vet ej", "after": ""},
            {**surveyed, "row": 9, "column": "Namn", "before": f"Alfa {PERSON}", "after": f"Alfa, {FIRST}"},
            {
                **surveyed,
                "row": 2,
                "column": "Kommentar",
                "before": " Om",
                "after": "Om",
                "file": "annat.csv",
            },
        ]
    )
    hidden = hide_in_log(log, INTAKE, "Region Gävleborg")
    assert list(zip(hidden["before"], hidden["after"], strict=True)) == [
        (HIDDEN, HIDDEN), (HIDDEN, ""), (f"Alfa {HIDDEN}", f"Alfa, {FIRST}"), (" Om", "Om"),
    ]  # fmt: skip
    assert log["before"].iloc[0] == f" {SECRET}"


@pytest.mark.parametrize(
    "written", [PERSON, PERSON.replace("-", ""), f"19{PERSON}", PERSON.replace("-", "+")]
)
def test_a_personal_number_is_hidden_however_it_is_written(written):
    assert hide_personal_numbers(f"Alfa ({written})") == f"Alfa ({HIDDEN})"


def test_a_name_that_holds_a_personal_number_is_shown_without_it():
    named = make_quality(large_changes=(replace(CHANGE, name=f"Alfa {PERSON}"),))
    raw = Quality(**{name: getattr(named, name) for name in Quality.__dataclass_fields__})
    assert disclose_quality(raw, "internal").large_changes[0].name == f"Alfa {HIDDEN}"


def test_quality_is_given_where_a_fault_stops_the_report(tmp_path):
    data = faulty_data(tmp_path)
    with pytest.raises(DataFaults):
        load(2018, data=data.root)
    found = load_quality(2018, data=data.root)
    told = {(fault.file, fault.row) for fault in found.of_severity("fel")}
    survey_file = "2018/enkat_kv4.xlsx"
    assert {(survey_file, ROW_OF_ALFA), (survey_file, ROW_OF_PERSON), ("2018/utbildningar", None)} <= told
    assert found.incomplete == {"trainings"}
    assert found.rounds[-1].silent == (Silent("Beta", "Hudiksvall"),)


@pytest.mark.parametrize(
    ("name", "content"),
    [("association.toml", "name ="), ("targets.csv", "År"), ("raw/2018/enkat_kv4.xlsx", "inte en arbetsbok")],
)
def test_quality_is_given_whatever_file_cannot_be_read(tmp_path, name, content):
    data = faulty_data(tmp_path)
    (data.root / name).write_text(content, encoding="utf-8")
    found = load_quality(2018, data=data.root)
    assert name.removeprefix("raw/") in {fault.file for fault in found.of_severity("fel")}


def test_quality_of_a_year_without_files_is_given(tmp_path):
    data = faulty_data(tmp_path)
    data.raw_year(2017).mkdir()
    found = load_quality(2017, data=data.root)
    assert [one.answered for one in found.rounds] == [None, None]
    assert len(found.of_severity("fel")) >= 4


@pytest.mark.parametrize(("year", "audience"), [(2031, "internal"), (2018, "public"), (2018, "alla")])
def test_wrong_parameters_are_refused(tmp_path, year, audience):
    with pytest.raises(WrongUsage):
        load_quality(year, audience, faulty_data(tmp_path).root)


def test_an_analyst_gets_the_cleaning_log_as_a_frame(tmp_path):
    log = cleaning_log(2018, faulty_data(tmp_path).root)
    assert tuple(log.columns) == LOG_COLUMNS
    refused = log[(log["column"] == "Deltagare kvinnor") & (log["severity"] == "fel")]
    assert refused[["file", "row", "before", "after"]].to_numpy().tolist() == [
        ["2018/enkat_kv4.xlsx", ROW_OF_ALFA, "många", ""]
    ]
    assert not log.map(lambda cell: SECRET in str(cell) or PERSON in str(cell)).to_numpy().any()


def test_the_account_keeps_the_columns_of_intake(tmp_path):
    assert tuple(quality(tmp_path).intake.columns) == INTAKE_COLUMNS


def test_what_an_analyst_imports_is_there():
    offered = {name: getattr(asf_analysis, name) for name in asf_analysis.__all__}
    assert {name for name, one in offered.items() if not callable(one)} == {"KPIS", "INDICATORS"}
