"""Files are found and read as people keep them, and every row keeps its true number."""

import pytest
from intake_workbooks import (
    FIRST,
    PLACES,
    SECOND,
    TRAININGS,
    answer,
    faults_of,
    read,
    small_data,
    stopping_faults,
    survey,
    write_csv,
)
from openpyxl import Workbook
from pandas.testing import assert_frame_equal


def test_a_small_year_is_read_whole(tmp_path):
    tables = read(small_data(tmp_path))
    assert list(tables.responses["organisation_number"]) == [FIRST, SECOND, FIRST, SECOND]
    assert list(tables.responses["round"]) == ["2018-kv1", "2018-kv1", "2018-kv4", "2018-kv4"]
    assert list(tables.activities["party"]) == ["Arbetsförmedlingen"]
    assert list(tables.supervised_places["paid_sek"]) == [100000.0]
    assert tables.warnings == ()


def test_every_row_tells_its_file_sheet_and_row(tmp_path):
    responses = read(small_data(tmp_path)).responses
    assert list(responses["source_file"].unique()) == ["2018/enkat_kv1.xlsx", "2018/enkat_kv4.xlsx"]
    assert set(responses["source_sheet"]) == {"Blad1"}
    assert list(responses["source_row"]) == [2, 3, 2, 3]


def test_titles_blank_rows_repeated_headings_and_sums_are_no_answers(tmp_path):
    headings, *answers = survey()
    total = ["Totalt", None, None, None, 8, 8]
    messy = [["Enkät 2018"], [], headings, answers[0], [], headings, answers[1], [], total]
    tables = read(small_data(tmp_path, enkat_kv4=messy))
    last = tables.responses[tables.responses["round"] == "2018-kv4"]
    assert list(last["source_row"]) == [4, 7]
    account = tables.intake.set_index("file").loc["2018/enkat_kv4.xlsx"]
    assert (account["raw_rows"], account["clean_rows"], account["set_aside"]) == (2, 2, 0)
    assert {"Upprepad rubrikrad, inte ett svar", "Summarad, inte ett svar"} <= set(tables.log["rule"])


@pytest.mark.parametrize(
    ("sum_in_file", "wrong"), [(8, []), ("ca 8", []), (None, []), (7, [4]), (9, [4]), ("fel", [4])]
)
def test_a_sum_in_the_file_must_be_that_of_its_column(tmp_path, sum_in_file, wrong):
    data = small_data(tmp_path, enkat_kv4=[*survey(), ["Summa:", None, None, None, sum_in_file]])
    found = [fault for fault in faults_of(data) if "Summan" in fault.problem]
    assert [fault.row for fault in found] == wrong
    assert all((fault.column, fault.severity) == ("Anställda kvinnor", "fel") for fault in found)


@pytest.mark.parametrize(("granted", "faults"), [(120000, 0), ("120 000 kr", 0), (119999, 1)])
def test_a_sum_of_amounts_must_add_up_too(tmp_path, granted, faults):
    places = [*PLACES, ["Totalt", None, 3, granted, None, None]]
    assert len(faults_of(small_data(tmp_path, handledarplatser=places))) == faults


@pytest.mark.parametrize("second", [4, 8])
def test_a_second_sum_is_of_all_rows_or_of_its_own_part(tmp_path, second):
    headings, *answers = survey()
    sums = [["Delsumma", None, None, None, 4], ["Summa", None, None, None, second]]
    parts = [headings, answers[0], sums[0], answers[1], sums[1]]
    assert faults_of(small_data(tmp_path, enkat_kv4=parts)) == []


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_is_read_as_the_workbook_is(tmp_path, delimiter, encoding):
    workbook = read(small_data(tmp_path / "workbook")).responses
    data = small_data(tmp_path / "csv", enkat_kv4=None)
    write_csv(data.raw_year(2018) / "enkat_kv4.csv", survey(), delimiter, encoding)
    origin = ["source_file", "source_sheet"]
    assert_frame_equal(read(data).responses.drop(columns=origin), workbook.drop(columns=origin))


def test_a_csv_file_has_no_sheet_and_counts_blank_lines(tmp_path):
    data = small_data(tmp_path, utbildningar=None)
    lines = "Utbildningar 2018\n\nDatum;Beställare;Kommun;Antal deltagare\n2018-05-02;AF;Gävle;17\n"
    (data.raw_year(2018) / "utbildningar.csv").write_text(lines, encoding="utf-8")
    trainings = read(data).trainings
    assert trainings["source_sheet"].isna().all()
    assert list(trainings["source_row"]) == [4]


def test_sheets_without_known_headings_are_told_of_and_not_read(tmp_path):
    data = small_data(tmp_path)
    path = data.raw_year(2018) / "utbildningar.xlsx"
    workbook = Workbook()
    workbook.active.append(["Läs mig först"])
    workbook.create_sheet("Tomt")
    trainings = workbook.create_sheet("Utb")
    for row in TRAININGS:
        trainings.append(row)
    workbook.save(path)
    (fault,) = faults_of(data)
    assert (fault.sheet, fault.severity) == ("Sheet", "upplysning")
    assert list(read(data).trainings["source_sheet"]) == ["Utb"]


def test_a_file_with_headings_only_has_no_rows(tmp_path):
    tables = read(small_data(tmp_path, utbildningar=TRAININGS[:1]))
    assert len(tables.trainings) == 0
    assert str(tables.trainings.dtypes["held_on"]) == "datetime64[us]"


def test_two_files_of_one_table_are_a_fault(tmp_path):
    data = small_data(tmp_path)
    write_csv(data.raw_year(2018) / "utbildningar.csv", TRAININGS)
    (fault,) = stopping_faults(data)
    assert "utbildningar.csv och utbildningar.xlsx" in fault.problem


def test_a_missing_file_is_a_fault_that_says_what_it_may_be_called(tmp_path):
    data = small_data(tmp_path, utbildningar=None)
    (fault,) = stopping_faults(data)
    assert str(data.raw_year(2018)) in fault.problem
    assert "utbildningar.xlsx" in fault.remedy
    assert ".csv" in fault.remedy


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("enkat_kv4.xlsx", b""),
        ("enkat_kv4.xlsx", b"inte en arbetsbok"),
        ("enkat_kv4.xlsx", b"PK\x03\x04" + bytes(40)),
        ("enkat_kv4.ods", b"PK\x03\x04" + bytes(40)),
        ("enkat_kv4.xls", bytes(600)),
        ("enkat_kv4.csv", b""),
        ("enkat_kv4.csv", b"Namn\x81;Kommun\n"),
        ("enkat_kv4.csv", b"a;b\n1;2\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, content):
    data = small_data(tmp_path, enkat_kv4=None)
    (data.raw_year(2018) / name).write_bytes(content)
    (fault,) = stopping_faults(data)
    assert fault.file == f"2018/{name}"


def test_a_truncated_workbook_is_named(tmp_path):
    data = small_data(tmp_path)
    path = data.raw_year(2018) / "enkat_kv4.xlsx"
    path.write_bytes(path.read_bytes()[:2000])
    assert [fault.file for fault in stopping_faults(data)] == ["2018/enkat_kv4.xlsx"]


def test_a_password_protected_workbook_is_said_to_be_so(tmp_path):
    data = small_data(tmp_path, enkat_kv4=None)
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    (data.raw_year(2018) / "enkat_kv4.xlsx").write_bytes(encrypted)
    (fault,) = stopping_faults(data)
    assert "lösenord" in fault.problem


def test_a_folder_in_place_of_a_file_is_named(tmp_path):
    data = small_data(tmp_path, enkat_kv4=None)
    (data.raw_year(2018) / "enkat_kv4.xlsx").mkdir()
    assert [fault.file for fault in stopping_faults(data)] == ["2018/enkat_kv4.xlsx"]


def test_the_lock_file_of_an_open_workbook_is_not_a_second_file(tmp_path):
    data = small_data(tmp_path)
    (data.raw_year(2018) / "~$enkat_kv4.xlsx").write_bytes(b"x")
    assert faults_of(data) == []


def test_all_faults_of_all_files_come_at_once_in_order(tmp_path):
    data = small_data(
        tmp_path,
        enkat_kv1=survey(answer(Anställda_män="många"), answer(SECOND, Anställda_kvinnor="flera")),
        utbildningar=[TRAININGS[0], ["i våras", "AF", "Gävle", 3]],
        informationsinsatser=None,
    )
    places = [(fault.file, fault.row) for fault in stopping_faults(data)]
    expected = [("2018/enkat_kv1.xlsx", 2), ("2018/enkat_kv1.xlsx", 3), ("2018/informationsinsatser", None)]
    assert places == [*expected, ("2018/utbildningar.xlsx", 2)]


def test_a_year_without_a_folder_is_a_fault_that_names_the_years_there_are(tmp_path):
    (fault,) = stopping_faults(small_data(tmp_path), years=[2018, 2021])
    assert (fault.file, "2018" in fault.remedy) == ("2021", True)


@pytest.mark.parametrize(("year", "severities"), [(2016, []), (2017, ["varning"])])
def test_the_first_survey_of_a_year_is_asked_for_once_the_effort_had_begun(tmp_path, year, severities):
    data = small_data(tmp_path, year, enkat_kv1=None)
    assert [fault.severity for fault in faults_of(data, [year])] == severities
    assert set(read(data, [year]).responses["round"]) == {f"{year}-kv4"}


def test_a_missing_last_survey_stops_the_run(tmp_path):
    (fault,) = stopping_faults(small_data(tmp_path, enkat_kv4=None))
    assert fault.file == "2018/enkat_kv4"
