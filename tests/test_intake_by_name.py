"""An answer without an organisation number is its enterprise's by the name, or nobody's."""

from datetime import date

import pytest
from intake_workbooks import (
    FIRST,
    PERSON,
    REGISTER,
    SECOND,
    SURVEY_HEADINGS,
    THIRD,
    answer,
    faults_of,
    inspect_years,
    last_round,
    read,
    small_association,
    small_data,
    survey,
    write_workbook,
)

FOURTH = "492000-0033"


def enterprise(name, number, former=None):
    return [name, former, number, "Gävle", None, None, date(2015, 1, 1), None, None]


NAMED = [
    REGISTER[0],
    enterprise("Solrosens café", FIRST),
    enterprise("Verkstan i Valbo", SECOND, former="Gamla verkstan"),
    enterprise("Kooperativet Framtiden 1", THIRD),
    enterprise("Kooperativet Framtiden 2", FOURTH),
]


def asked(tmp_path, name, number=None, register=NAMED):
    """Give a year in which one enterprise's answer in the last round has a name and perhaps a number."""
    return small_data(
        tmp_path,
        foretagsregister=register,
        enkat_kv1=survey(answer(FIRST, Namn="Solrosens café")),
        enkat_kv4=survey(answer(number, Namn=name)),
        handledarplatser=[["Organisationsnummer", "Period", "Platser", "Beviljat belopp", "Utbetalt belopp"]],
    )


def about_the_answer(data):
    """Give the severity and column of what is said of the answer, apart from who did not answer."""
    return [
        (fault.severity, fault.column)
        for fault in faults_of(data)
        if fault.file.endswith("enkat_kv4.xlsx") and fault.severity != "upplysning"
    ]


@pytest.mark.parametrize(
    ("name", "number", "how"),
    [
        ("Solrosens café", FIRST, "namnet"),
        ("  SOLROSENS CAFÉ ", FIRST, "namnet"),
        ("Solrosens cafe", FIRST, "nära ett namn"),
        ("Solrosens kafé", None, None),
        ("Gamla verkstan", SECOND, "tidigare namn"),
        ("Verkstan i Valboo", None, None),
        ("Kooperativet Framtiden 2", FOURTH, "namnet"),
    ],
)
@pytest.mark.parametrize("silence", [None, "vet ej", "–"])
def test_an_answer_without_a_number_is_that_of_the_enterprise_so_named(tmp_path, name, number, how, silence):
    data = asked(tmp_path, name, silence)
    if number is None:
        assert about_the_answer(data) == [("varning", "Namn")]
        return
    tables = read(data)
    assert list(last_round(tables).index) == [number]
    told = tables.log[tables.log["rule"] == f"Organisationsnummer ur företagsregistret: {how}"]
    assert told[["row", "column", "before", "after"]].values.tolist() == [
        [2, "Organisationsnummer", "", number]
    ]
    assert about_the_answer(data) == []


@pytest.mark.parametrize(
    "name", ["Kooperativet Framtiden", "Kooperativet Framtidn", "Framtiden 1", "Borealis"]
)
def test_a_name_near_two_or_none_is_nobodys_and_its_row_is_set_aside(tmp_path, name):
    data = asked(tmp_path, name)
    inspection = inspect_years(data, small_association(), (2018,))
    assert inspection.rows["responses"].query("quarter == 4").empty
    account = inspection.intake[inspection.intake["file"].str.endswith("enkat_kv4.xlsx")]
    assert account[["raw_rows", "clean_rows", "set_aside"]].values.tolist() == [[1, 0, 1]]
    assert about_the_answer(data) == [("varning", "Namn")]


def test_a_name_that_two_enterprises_share_is_neithers_though_another_is_near(tmp_path):
    register = [REGISTER[0], enterprise("Solrosens café", FIRST), enterprise("Solrosens café", SECOND)]
    register.append(enterprise("Solrosens cafét", THIRD))
    data = asked(tmp_path, "Solrosens café", register=register)
    assert about_the_answer(data) == [("varning", "Namn")]


def test_an_answer_without_number_and_name_is_a_fault(tmp_path):
    assert about_the_answer(asked(tmp_path, None)) == [("fel", "Organisationsnummer")]


@pytest.mark.parametrize("number", ["492000-0008", "49200", PERSON])
def test_a_number_that_cannot_be_read_is_a_fault_whatever_the_name(tmp_path, number):
    faults = [
        fault for fault in faults_of(asked(tmp_path, "Solrosens café", number)) if fault.severity == "fel"
    ]
    assert [fault.column for fault in faults] == ["Organisationsnummer"]
    assert number not in str(faults)


def test_no_message_shows_the_name_of_an_unsure_enterprise(tmp_path):
    told = "".join(str(fault) for fault in faults_of(asked(tmp_path, "Kooperativet Framtiden")))
    assert "enkat_kv4.xlsx" in told
    assert "Framtiden" not in told


def test_a_survey_may_lack_the_column_of_numbers_but_not_that_of_names_too(tmp_path):
    data = asked(tmp_path, "Solrosens café")
    place = SURVEY_HEADINGS.index("Organisationsnummer")
    rows = [[*row[:place], *row[place + 1 :]] for row in survey(answer(Namn="Solrosens café"))]
    write_workbook(data.raw_year(2018) / "enkat_kv4.xlsx", rows)
    assert list(last_round(read(data)).index) == [FIRST]
    nameless = [[*row[: place - 1], *row[place + 1 :]] for row in survey(answer())]
    write_workbook(data.raw_year(2018) / "enkat_kv4.xlsx", nameless)
    assert [fault.problem for fault in faults_of(data) if fault.severity == "fel"] == [
        "Bladet saknar kolumnen ”Organisationsnummer”."
    ]


@pytest.mark.parametrize(
    ("name", "warned"),
    [
        ("Verkstan i Valbo", [("varning", "Namn")]),
        ("Gamla verkstan", [("varning", "Namn")]),
        ("Solrosens café", []),
        ("Solrosen", []),
    ],
)
def test_a_number_beside_another_enterprises_name_is_a_warning(tmp_path, name, warned):
    assert about_the_answer(asked(tmp_path, name, FIRST)) == warned
