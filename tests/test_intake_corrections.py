"""A correction mends the cell it names, is logged, and stops the run when it no longer matches."""

import pytest
from intake_workbooks import (
    FIRST,
    PERSON,
    answer,
    faults_of,
    last_round,
    read,
    small_data,
    stopping_faults,
    survey,
)

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
