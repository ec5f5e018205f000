"""What a workbook says beside its cells: failed formulas, merged cells, headers of two rows."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_workbooks import FIRST, TRAININGS, faults_of, last_round, read, small_data, survey, write_workbook
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from test_intake_no_crash import MAIN, xlsx

from asf_analysis.intake.marks import xlsx as xlsx_marks
from asf_analysis.intake.marks.xlsx import _usual_span

LOST = "Cellens formel är aldrig uträknad, så filen saknar svaret."
END = b"</sheetData></worksheet>"
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s' + END


def trainings_kept(tmp_path, *rows, merged=()):
    """Keep the trainings in a workbook with rows and merged cells of one's own."""
    data = small_data(tmp_path)
    book = Workbook()
    sheet = book.active
    for row in [TRAININGS[0], *rows]:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    for kept in data.raw_year(2018).glob("utbildningar.*"):
        kept.unlink()
    book.save(data.raw_year(2018) / "utbildningar.xlsx")
    return data


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("=10+7", LOST),
        ("=A2/0", LOST),
        ("#REF!", "Cellens formel ger ett fel, inte ett svar."),
        ("#DIV/0!", "Cellens formel ger ett fel, inte ett svar."),
    ],
)
def test_a_formula_without_an_answer_is_a_fault_in_its_cell_and_never_no_answer(tmp_path, cell, problem):
    data = trainings_kept(tmp_path, [date(2018, 5, 2), "AF", "Gävle", cell])
    (fault,) = faults_of(data)
    assert (fault.severity, fault.row, fault.column, fault.problem) == ("fel", 2, TRAININGS[0][3], problem)


@pytest.mark.parametrize("shown", ["#REF!", "#SAKNAS!", "#DIVISION/0!"])
def test_what_a_failed_formula_shows_is_a_fault_in_a_csv_file_too(tmp_path, shown):
    data = small_data(tmp_path)
    for kept in data.raw_year(2018).glob("utbildningar.*"):
        kept.unlink()
    with (data.raw_year(2018) / "utbildningar.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([TRAININGS[0], ["2018-05-02", "AF", "Gävle", shown]])
    assert [(fault.row, fault.column) for fault in faults_of(data)] == [(2, TRAININGS[0][3])]


def test_a_text_that_is_merged_over_rows_stands_on_each_and_the_log_says_so(tmp_path):
    rows = [[date(2018, 5, 2), "AF", "Gävle", 7], [date(2018, 5, 3), "AF", None, 8]]
    tables = read(trainings_kept(tmp_path, *rows, merged=["C2:C3"]))
    assert tables.trainings["municipality"].tolist() == ["Gävle", "Gävle"]
    line = tables.log[tables.log["rule"].str.startswith("Sammanslagen cell")].iloc[0]
    assert (line["row"], line["before"], line["after"]) == (3, "", "Gävle")


def test_a_number_that_is_merged_over_rows_is_refused_on_each(tmp_path):
    rows = [[date(2018, 5, 2), "AF", "Gävle", 7], [date(2018, 5, 3), "AF", "Gävle", None]]
    data = trainings_kept(tmp_path, *rows, merged=["D2:D3"])
    assert [(fault.row, "sammanslagen" in fault.problem) for fault in faults_of(data)] == [
        (2, True),
        (3, True),
    ]


def test_a_date_in_the_place_of_a_count_is_refused_and_not_read_as_a_range(tmp_path):
    data = trainings_kept(tmp_path, [date(2018, 5, 2), "AF", "Gävle", date(2018, 4, 3)])
    (fault,) = faults_of(data)
    assert (fault.row, fault.column) == (2, TRAININGS[0][3])
    assert "datum" in fault.problem


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("<f>10+7</f>", LOST), ("<f>10+7</f><v></v>", LOST), ("<v>#REF!</v>", "Cellens formel ger ett fel")],
)
def test_cells_that_do_not_say_their_place_keep_it_when_they_lost_their_answer(tmp_path, cell, shown):
    kind = ' t="e"' if "#" in cell else ""
    text = '<c t="inlineStr"><is><t>{}</t></is></c>'
    headings = "".join(text.format(heading) for heading in TRAININGS[0])
    answers = "".join(text.format(answer) for answer in ("2018-05-02", "AF", "Gävle"))
    data = small_data(tmp_path, utbildningar=None)
    rows = f'<row>{headings}</row><row/><row r="5">{answers}<c{kind}>{cell}</c></row>'
    path = xlsx(data.raw_year(2018), [f'<worksheet xmlns="{MAIN}"><sheetData>{rows}'.encode(), END])
    path.rename(path.with_stem("utbildningar"))
    write_workbook(path, survey())
    (fault,) = faults_of(data)
    assert (fault.file, fault.row, fault.column) == ("2018/utbildningar.xlsx", 5, TRAININGS[0][3])
    assert fault.problem.startswith(shown)


def test_a_heading_over_several_columns_joins_the_one_below_it(tmp_path):
    headings, *answers = survey()
    upper, lower = [], []
    for heading in headings:
        question, _, sex = heading.rpartition(" ")
        parted = sex in ("kvinnor", "män")
        upper.append((question if sex == "kvinnor" else None) if parted else heading)
        lower.append(sex if parted else None)
    last = last_round(read(small_data(tmp_path, enkat_kv4=[upper, lower, *answers])))
    assert last.loc[FIRST, ["source_row", "employees_women", "participants_men"]].tolist() == [3, 4, 2]


CELLS = st.tuples(st.integers(1, 16_384), st.integers(1, 1_048_576))


@given(st.lists(CELLS, max_size=6), st.sampled_from([b'<c r="%s"/>', b'<c r="%s" s="1"><v>7</v></c>']))
def test_how_far_usual_cells_reach_is_their_last_row_and_column(cells, written):
    places = [f"{get_column_letter(column)}{row}".encode() for column, row in cells]
    marks = _usual_span(SHEET % b"".join(written % place for place in places))
    assert marks.columns == max((column for column, _ in cells), default=0)
    assert marks.rows == max((row for _, row in cells), default=0)


@pytest.mark.parametrize("piece", [1, 7, 40])
def test_a_sheet_searched_in_pieces_reaches_as_far(monkeypatch, piece):
    monkeypatch.setattr(xlsx_marks, "_PIECE", piece)
    marks = _usual_span(SHEET % b'<c r="B2"/><c r="AA17"><v>7</v></c><c r="C40"/>')
    assert (marks.rows, marks.columns) == (40, 27)


@pytest.mark.parametrize(
    "cell", [b"<c><v>7</v></c>", b"<c r='A1'/>", b'<c s="1" r="A1"/>', b"<c", b'<c\nr="A1"/>']
)
def test_cells_written_in_another_way_are_left_to_the_slower_search(cell):
    assert _usual_span(SHEET % cell) is None
