"""A correction mends the cell it names, is logged, and stops the run when it no longer matches."""

import pytest
from intake_workbooks import (
    FIRST,
    PERSON,
    SECOND,
    SURVEY_HEADINGS,
    THIRD,
    answer,
    faults_of,
    last_round,
    read,
    small_data,
    stopping_faults,
    survey,
    write_workbook,
)
from openpyxl import Workbook

HEADINGS = "fil;blad;rad;kolumn;förväntat;rättat;skäl;beslutat av"
LINE = "2018/enkat_kv4.xlsx;Blad1;2;Anställda män;fyra elva;4;Felskrivet;Processledaren"


def corrected(folder, *lines, year=2018, **changes):
    wrong = survey(answer(Anställda_män="fyra elva"))
    data = small_data(folder, **({"enkat_kv4": wrong} | changes))
    path = data.corrections(year)
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([HEADINGS, *lines]), encoding="utf-8-sig")
    return data


def test_a_correction_is_applied_before_cleaning_and_logged(tmp_path):
    tables = read(corrected(tmp_path, LINE))
    assert last_round(tables).loc[FIRST, "employees_men"] == 4
    line = tables.log[tables.log["before"] == "fyra elva"].iloc[0]
    assert (line["row"], line["column"], line["after"]) == (2, "Anställda män", "4")
    assert line["rule"] == "Rättad: Felskrivet (beslutat av Processledaren)"


def test_a_correction_may_leave_out_the_sheet_and_blank_a_cell(tmp_path):
    line = "2018/enkat_kv4.xlsx;;2;Anställda män;fyra elva;;Okänt antal;Processledaren"
    assert last_round(read(corrected(tmp_path, line)))["employees_men"].isna().all()


def test_a_personal_number_that_is_corrected_stands_nowhere(tmp_path):
    line = f"2018/enkat_kv4.xlsx;;2;Organisationsnummer;{PERSON};{FIRST};Personnummer;Processledaren"
    log = read(corrected(tmp_path, line, enkat_kv4=survey(answer(PERSON)))).log
    assert log[log["row"] == 2]["before"].iloc[0] == "(visas inte)"
    assert not log.astype(str).apply(lambda column: column.str.contains(PERSON)).any(axis=None)


@pytest.mark.parametrize(
    "line",
    [
        LINE.replace("fyra elva", "fem"),
        LINE.replace(";2;", ";3;"),
        LINE.replace("Anställda män", "Anställda hundar"),
        LINE.replace("Blad1", "Blad2"),
        LINE.replace("enkat_kv4.xlsx", "enkat_kv4.csv"),
        LINE.replace(";2;", ";två;"),
        LINE.replace("Felskrivet", ""),
        LINE.replace("Processledaren", ""),
    ],
)
def test_a_correction_that_hits_nothing_or_lacks_its_reason_stops_the_run(tmp_path, line):
    stopped = stopping_faults(corrected(tmp_path, line))
    (fault,) = (fault for fault in stopped if fault.file.startswith("corrections/"))
    assert (fault.file, fault.row) == ("corrections/2018.csv", 2)
    assert "fyra elva" not in str(fault)


def test_a_correction_of_what_has_been_mended_stops_the_run(tmp_path):
    (fault,) = stopping_faults(corrected(tmp_path, LINE, enkat_kv4=survey()))
    assert "stämmer inte längre" in fault.problem


def test_a_year_without_corrections_needs_no_file(tmp_path):
    data = small_data(tmp_path)
    assert not data.corrections(2018).exists()
    assert faults_of(data) == []


def test_a_corrections_file_with_headings_only_corrects_nothing(tmp_path):
    assert faults_of(corrected(tmp_path, enkat_kv4=survey())) == []


def test_a_correction_of_another_years_file_waits_for_that_year(tmp_path):
    data = corrected(tmp_path, LINE.replace("2018/", "2017/"), enkat_kv4=survey())
    data.raw_year(2017).mkdir()
    assert faults_of(data) == []


def test_a_correction_of_a_register_counts_whichever_years_file_it_is_in(tmp_path):
    line = "foretagsregister.xlsx;;2;Kommun;Gävle;Hofors;Flyttat;Processledaren"
    data = corrected(tmp_path, line, year=2017, enkat_kv4=survey())
    data.raw_year(2017).mkdir()
    assert list(read(data).enterprises["municipality"]) == ["Hofors", "Hudiksvall"]


def test_a_corrections_file_without_its_columns_stops_the_run(tmp_path):
    data = corrected(tmp_path, enkat_kv4=survey())
    data.corrections(2018).write_text("fil;rad\n", encoding="utf-8")
    assert {fault.file for fault in stopping_faults(data)} == {"corrections/2018.csv"}


KEYED = "fil;blad;rad;nyckel;kolumn;förväntat;rättat;skäl;beslutat av"


def keyed(folder, *lines, **changes):
    """Write data whose second answer is wrong, with corrections that may have a key."""
    wrong = survey(answer(FIRST), answer("16492000-0017", Anställda_män="fyra elva"))
    data = corrected(folder, **({"enkat_kv4": wrong} | changes))
    data.corrections(2018).write_text("\n".join([KEYED, *lines]), encoding="utf-8-sig")
    return data


def line(row="", key="", file="2018/enkat_kv4.xlsx", sheet=""):
    return f"{file};{sheet};{row};{key};Anställda män;fyra elva;4;Felskrivet;Processledaren"


def fault_of(data):
    """Give the only fault of the corrections."""
    (fault,) = (fault for fault in stopping_faults(data) if fault.file.startswith("corrections/"))
    assert (fault.file, fault.row) == ("corrections/2018.csv", 2)
    return fault


def with_forms(folder, *lines, **answers):
    """Write the last round as a folder of forms, by name, each with questions and answers below a title."""
    data = keyed(folder, *lines, enkat_kv4=None)
    forms = data.raw_year(2018) / "enkat_kv4"
    forms.mkdir()
    for name, told in answers.items():
        pairs = [list(pair) for pair in zip(SURVEY_HEADINGS, told, strict=True)]
        write_workbook(forms / f"{name}.xlsx", [["Enkät 2018"], *pairs])
    return data


WRONG_FORMS = {"alfa": answer(FIRST), "beta": answer(SECOND, Anställda_män="fyra elva")}
ANSWER_ROW = SURVEY_HEADINGS.index("Anställda män") + 2


@pytest.mark.parametrize(("row", "key"), [("", SECOND), ("", "4920000017"), ("3", SECOND), ("3", "")])
def test_a_correction_finds_its_row_by_the_organisation_number_however_it_is_written(tmp_path, row, key):
    tables = read(keyed(tmp_path, line(row, key)))
    assert last_round(tables).loc[SECOND, "employees_men"] == 4
    logged = tables.log[tables.log["before"] == "fyra elva"].iloc[0]
    assert (logged["file"], logged["row"]) == ("2018/enkat_kv4.xlsx", 3)


@pytest.mark.parametrize(
    ("row", "key", "problem"),
    [
        ("", "", "vilken rad"),
        ("", "–", "vilken rad"),
        ("", "492000-0001", "kontrollsiffra"),
        ("", PERSON, "personnummer"),
        ("", THIRD, "Ingen rad"),
        ("2", SECOND, "Raden har inte"),
        ("9", SECOND, "inte finns bland svaren"),
    ],
)
def test_a_correction_whose_row_is_not_told_or_not_found_stops_the_run(tmp_path, row, key, problem):
    fault = fault_of(keyed(tmp_path, line(row, key)))
    assert problem in fault.problem
    assert not key or key not in str(fault)


def test_a_key_that_several_rows_have_stops_the_run_unless_the_row_is_told(tmp_path):
    twice = survey(answer(SECOND), answer(SECOND, Anställda_män="fyra elva"))
    assert "flera rader" in fault_of(keyed(tmp_path / "a", line("", SECOND), enkat_kv4=twice)).problem
    stopped = stopping_faults(keyed(tmp_path / "b", line("3", SECOND), enkat_kv4=twice))
    assert not [fault for fault in stopped if fault.file.startswith("corrections/")]


def test_a_key_in_a_file_without_organisation_numbers_hits_no_row(tmp_path):
    text = f"2018/utbildningar.xlsx;;;{FIRST};Antal deltagare;17;18;Felskrivet;Processledaren"
    assert "Ingen rad" in fault_of(keyed(tmp_path, text, enkat_kv4=survey())).problem


def test_a_correction_that_could_be_in_any_of_several_sheets_stops_the_run(tmp_path):
    data = keyed(tmp_path, line("", SECOND), enkat_kv1=None, enkat_kv4=None)
    book = Workbook()
    for name in ("kv1", "kv4"):
        sheet = book.create_sheet(name)
        for row in survey(answer(FIRST), answer(SECOND, Anställda_män="fyra elva")):
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(data.raw_year(2018) / "enkat.xlsx")
    both = line("", SECOND, "2018/enkat.xlsx")
    data.corrections(2018).write_text("\n".join([KEYED, both]), encoding="utf-8")
    assert "vilket av filens blad" in fault_of(data).problem
    each = [line("", SECOND, "2018/enkat.xlsx", name) for name in ("kv1", "kv4")]
    data.corrections(2018).write_text("\n".join([KEYED, *each]), encoding="utf-8")
    assert read(data).responses["employees_men"].tolist() == [4, 4, 4, 4]


@pytest.mark.parametrize(
    ("file", "row", "key"),
    [
        ("2018/enkat_kv4/beta.xlsx", ANSWER_ROW, ""),
        ("2018/enkat_kv4/beta.xlsx", ANSWER_ROW, SECOND),
        ("2018/enkat_kv4/beta.xlsx", "", SECOND),
        ("2018/enkat_kv4", "", SECOND),
    ],
)
def test_a_correction_of_a_form_names_its_file_or_the_folder_with_a_key(tmp_path, file, row, key):
    tables = read(with_forms(tmp_path, line(row, key, file), **WRONG_FORMS))
    assert last_round(tables)["employees_men"].tolist() == [4, 4]
    logged = tables.log[tables.log["before"] == "fyra elva"].iloc[0]
    assert (logged["file"], logged["row"]) == ("2018/enkat_kv4/beta.xlsx", ANSWER_ROW)


@pytest.mark.parametrize(
    ("file", "row", "key"),
    [
        ("2018/enkat_kv4/beta.xlsx", ANSWER_ROW + 1, ""),
        ("2018/enkat_kv4/alfa.xlsx", ANSWER_ROW, ""),
        ("2018/enkat_kv4/alfa.xlsx", "", SECOND),
        ("2018/enkat_kv4/gamma.xlsx", ANSWER_ROW, ""),
        ("2018/enkat_kv4", ANSWER_ROW, ""),
        ("2018/enkat_kv4", "", THIRD),
    ],
)
def test_a_correction_of_no_form_or_another_answer_stops_the_run(tmp_path, file, row, key):
    fault_of(with_forms(tmp_path, line(row, key, file), **WRONG_FORMS))


def test_a_form_that_cannot_be_read_has_a_fault_of_its_own_and_none_for_its_corrections(tmp_path):
    data = with_forms(tmp_path, line("", SECOND, "2018/enkat_kv4"))
    (data.raw_year(2018) / "enkat_kv4" / "alfa.xlsx").write_text("inget")
    assert not [fault for fault in stopping_faults(data) if fault.file.startswith("corrections/")]
