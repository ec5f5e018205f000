"""A folder of returned forms: faults with their place, and rounds told by the answers."""

from intake_workbooks import (
    FIRST,
    SURVEY_HEADINGS,
    answer,
    faults_of,
    read,
    small_data,
    survey,
    write_workbook,
)


def form_of(number, **changed):
    """Give a form as rows: each question with its answer beside it."""
    row = dict(zip(SURVEY_HEADINGS, answer(number), strict=True)) | changed
    return [[question, told] for question, told in row.items()]


def with_forms(tmp_path, *forms, folder="enkat_kv4"):
    """Keep the last round as a folder of forms."""
    data = small_data(tmp_path, enkat_kv4=None)
    place = data.raw_year(2018) / folder
    place.mkdir()
    for turn, form in enumerate(forms):
        write_workbook(place / f"svar {turn}.xlsx", form)
    return data


def test_a_fault_in_a_form_tells_the_forms_file_and_the_answers_row(tmp_path):
    data = with_forms(tmp_path, form_of(FIRST, **{"Anställda män": "många"}))
    (fault,) = [fault for fault in faults_of(data) if fault.severity == "fel"]
    row = list(SURVEY_HEADINGS).index("Anställda män") + 1
    assert (fault.file, fault.row, fault.column) == ("2018/enkat_kv4/svar 0.xlsx", row, "Anställda män")


def test_a_question_that_stands_twice_or_has_two_answers_is_a_fault(tmp_path):
    form = form_of(FIRST)
    twice = [*form, ["Anställda män", 3]]
    beside = [[*row, 7] if row[0] == "Anställda män" else row for row in form]
    for number, wrong in enumerate((twice, beside)):
        data = with_forms(tmp_path / str(number), wrong)
        assert {fault.column for fault in faults_of(data) if fault.severity == "fel"} == {"Anställda män"}


def test_one_folder_may_hold_both_rounds_where_the_answers_tell_theirs(tmp_path):
    forms = [form_of(FIRST, Mättillfälle=f"kv {quarter} 2018") for quarter in (1, 4)]
    data = with_forms(tmp_path, *forms, folder="enkat")
    for kept in data.raw_year(2018).glob("enkat_kv1.*"):
        kept.unlink()
    assert read(data).responses["round"].tolist() == ["2018-kv1", "2018-kv4"]


def test_an_unreadable_file_beside_a_good_one_is_the_only_fault(tmp_path):
    data = small_data(tmp_path, enkat_kv4=survey(answer(FIRST)))
    broken = data.raw_year(2018) / "enkat_kv1.xlsx"
    for kept in data.raw_year(2018).glob("enkat_kv1.*"):
        kept.unlink()
    broken.write_bytes(b"not a workbook")
    assert [fault.file for fault in faults_of(data) if fault.severity == "fel"] == ["2018/enkat_kv1.xlsx"]
