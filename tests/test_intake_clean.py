"""Cleaning changes what it understands, tells of every change, and guesses nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_workbooks import (
    ACTIVITIES,
    FIRST,
    PERSON,
    PLACES,
    REGISTER,
    SECOND,
    STRUCTURES,
    TRAININGS,
    answer,
    faults_of,
    last_round,
    read,
    small_association,
    small_data,
    stopping_faults,
    survey,
)

from asf_analysis.intake.cells import Cells
from asf_analysis.intake.clean import clean, gather
from asf_analysis.intake.columns import name_columns
from asf_analysis.intake.draft import Draft
from asf_analysis.intake.grid import Grid
from asf_analysis.intake.headings import Headings
from asf_analysis.intake.log import gather_log
from asf_analysis.intake.schemas import SCHEMAS
from asf_analysis.intake.sheets import cut_sheet
from asf_analysis.intake.variants import names_of


def activity(**changes):
    """Give the activities' table with one row; changes by heading, with _ for a space."""
    row = dict(zip(*ACTIVITIES, strict=True)) | {
        name.replace("_", " "): value for name, value in changes.items()
    }
    return [ACTIVITIES[0], list(row.values())]


def test_an_exact_column_has_no_bounds(tmp_path):
    assert not [name for name in read(small_data(tmp_path)).responses if name.endswith(("_low", "_high"))]


def test_an_approximate_count_gives_its_column_bounds_on_every_row_with_an_answer(tmp_path):
    answers = (answer(FIRST, Avslutade_kvinnor="ca 50"), answer(SECOND, Avslutade_kvinnor=20))
    first = (answer(FIRST, Avslutade_kvinnor="vet ej"), answer(SECOND, Avslutade_kvinnor="minst sju"))
    tables = read(small_data(tmp_path, enkat_kv1=survey(*first), enkat_kv4=survey(*answers)))
    completed = tables.responses[["completed_women", "completed_women_low", "completed_women_high"]]
    assert completed.astype(object).where(completed.notna(), None).to_numpy().tolist() == [
        [None, None, None],
        [7, 7, float("inf")],
        [50, 45, 55],
        [20, 20, 20],
    ]
    assert "completed_men_low" not in tables.responses


def test_no_answer_is_missing_and_zero_is_zero(tmp_path):
    answers = (answer(FIRST, Avslutade_kvinnor="–"), answer(SECOND, Avslutade_kvinnor=0))
    completed = last_round(read(small_data(tmp_path, enkat_kv4=survey(*answers))))["completed_women"]
    assert completed.isna().tolist() == [True, False]
    assert completed[SECOND] == 0


def test_every_changed_cell_is_in_the_log_and_no_other(tmp_path):
    data = small_data(
        tmp_path, enkat_kv4=survey(answer(4920000009, Namn=" Alfa", Kommun=2180, Anställda_män="4 st"))
    )
    log = read(data).log
    lines = log[log["file"] == "2018/enkat_kv4.xlsx"].sort_values("column")
    assert lines[["row", "column", "before", "after"]].to_numpy().tolist() == [
        [2, "Anställda män", "4 st", "4"],
        [2, "Kommun", "2180", "Gävle"],
        [2, "Namn", " Alfa", "Alfa"],
        [2, "Organisationsnummer", "4920000009", "492000-0009"],
    ]


def test_text_in_a_number_column_is_a_fault_at_its_cell_that_does_not_repeat_it(tmp_path):
    (fault,) = stopping_faults(small_data(tmp_path, enkat_kv4=survey(answer(Anställda_män="hemligt"))))
    place = (fault.file, fault.sheet, fault.row, fault.column)
    assert place == ("2018/enkat_kv4.xlsx", "Blad1", 2, "Anställda män")
    assert "hemligt" not in str(fault)


def test_a_cell_that_excel_made_a_date_is_no_count(tmp_path):
    (fault,) = stopping_faults(small_data(tmp_path, enkat_kv4=survey(answer(Anställda_män=date(2018, 4, 3)))))
    assert "datum" in fault.problem


def test_a_personal_number_is_refused_and_stands_nowhere(tmp_path):
    (fault,) = stopping_faults(small_data(tmp_path, enkat_kv4=survey(answer(PERSON))))
    assert "personnummer" in fault.problem
    assert PERSON[:6] not in str(fault)


def test_a_required_cell_may_not_be_blank(tmp_path):
    register = [*REGISTER, [None, None, None, None, "aktiebolag"]]
    columns = {fault.column for fault in stopping_faults(small_data(tmp_path, foretagsregister=register))}
    assert columns == {"Namn", "Organisationsnummer", "Kommun", "Startdatum"}


def test_a_row_with_an_unsure_municipality_is_set_aside_and_never_guessed(tmp_path):
    table = [*TRAININGS, [date(2018, 6, 1), "AF", "Borlänge", 9]]
    tables = read(small_data(tmp_path, utbildningar=table))
    assert list(tables.trainings["participants"]) == [17]
    assert [(fault.row, fault.severity) for fault in tables.warnings] == [(3, "varning")]
    account = tables.intake.set_index("table").loc["trainings"]
    assert (account["raw_rows"], account["clean_rows"], account["set_aside"]) == (2, 1, 1)
    assert list(tables.log[tables.log["before"] == "Borlänge"]["severity"]) == ["varning"]


def test_an_answer_with_an_unsure_municipality_stays_without_it(tmp_path):
    tables = read(small_data(tmp_path, enkat_kv4=survey(answer(Kommun="Borlänge"))))
    assert last_round(tables)["municipality"].isna().all()
    assert [fault.severity for fault in tables.warnings if fault.column == "Kommun"] == ["varning"]


@pytest.mark.parametrize("municipality", [None, "Stockholm"])
def test_an_activity_outside_the_county_needs_no_municipality(tmp_path, municipality):
    table = activity(Plats="Stockholm", Kommun=municipality, Typ="Föreläsning")
    tables = read(small_data(tmp_path, informationsinsatser=table))
    assert tables.activities["municipality"].isna().all()
    assert list(tables.activities["kind"]) == ["föreläsning"]
    assert tables.warnings == ()


@pytest.mark.parametrize("place", [None, "–"])
def test_an_activity_within_the_county_needs_a_municipality(tmp_path, place):
    (fault,) = stopping_faults(small_data(tmp_path, informationsinsatser=activity(Plats=place, Kommun=None)))
    assert fault.column == "Kommun"


@pytest.mark.parametrize(
    ("written", "party"),
    [
        ("FK", "Försäkringskassan"),
        ("Landstinget", "Region Gävleborg"),
        ("Gävle kommun", "Gävle"),
        ("Röda korset", "Röda korset"),
    ],
)
def test_a_party_is_named_where_it_is_known_and_else_kept(tmp_path, written, party):
    tables = read(small_data(tmp_path, informationsinsatser=activity(Part=written)))
    assert list(tables.activities["party"]) == [party]


def test_an_unknown_kind_of_activity_is_kept_with_a_warning(tmp_path):
    tables = read(small_data(tmp_path, informationsinsatser=activity(Typ="Picknick")))
    assert list(tables.activities["kind"]) == ["Picknick"]
    assert [fault.column for fault in tables.warnings] == ["Typ"]


def test_a_negative_amount_breaks_the_schema_and_is_a_fault_at_its_cell(tmp_path):
    places = [PLACES[0], [FIRST, "2018", 3, -5, 0, 5]]
    (fault,) = stopping_faults(small_data(tmp_path, handledarplatser=places))
    assert (fault.file, fault.row, fault.column) == ("2018/handledarplatser.xlsx", 2, "Beviljat belopp")


@pytest.mark.parametrize("written", ["2018 kv 4", "Kvartal 4 2018", None])
def test_an_answer_may_name_its_round(tmp_path, written):
    responses = read(small_data(tmp_path, enkat_kv4=survey(answer(Mättillfälle=written)))).responses
    assert list(responses["round"]) == ["2018-kv1", "2018-kv1", "2018-kv4"]


@pytest.mark.parametrize("written", ["2018 kv 1", "2017 kv 4", "i höstas"])
def test_an_answer_of_another_round_than_the_files_is_a_fault(tmp_path, written):
    (fault,) = stopping_faults(small_data(tmp_path, enkat_kv4=survey(answer(Mättillfälle=written))))
    assert fault.column == "Mättillfälle"


def test_clean_tables_keep_their_schemas_when_empty(tmp_path):
    empty = {
        "enkat_kv1": survey()[:1],
        "enkat_kv4": survey()[:1],
        "informationsinsatser": ACTIVITIES[:1],
        "utbildningar": TRAININGS[:1],
        "handledarplatser": PLACES[:1],
        "stodstrukturer": STRUCTURES[:1],
        "foretagsregister": REGISTER[:1],
    }
    tables = read(small_data(tmp_path, **empty))
    for name, schema in SCHEMAS.items():
        schema.validate(tables.table(name))
        assert len(tables.table(name)) == 0


CELLS = st.sampled_from(
    [
        None,
        "",
        "–",
        "vet ej",
        0,
        3,
        3.0,
        "3",
        "3 st",
        "ca 30",
        "2–3",
        "Gävle",
        "Gävle kommun",
        "Gavle",
        "2180",
        "Borlänge",
        "Totalt",
        "AF",
        FIRST,
        4920000017,
        date(2018, 5, 2),
        "2 maj 2018",
        43222,
        " text ",
        "Antal deltagare",
    ]
)
LIKELY = st.tuples(
    st.sampled_from([date(2018, 5, 2), "2 maj 2018", 43222, "180502", "2018-05-02"]),
    st.sampled_from(["AF", None, " Gävle kommun "]),
    st.sampled_from(["Gävle", "GÄVLE ", "Gavle", "2180", 2180, "Borlänge", None]),
    st.sampled_from([17, "17 st", "ca 17", "vet ej", None, "15–20"]),
)


def drafted(rows: list[list]) -> Draft:
    """Give the trainings in some rows, cleaned."""
    headings = Headings.of("trainings", "Region Gävleborg")
    columns = tuple(Cells.of([row[place] for row in rows]) for place in range(len(TRAININGS[0])))
    grid = Grid("2018/utbildningar.csv", None, [TRAININGS[0]], tuple(TRAININGS[0]), columns)
    draft = name_columns(cut_sheet(grid), headings, 2018)
    return clean(draft, names_of(small_association()), approximate_percent=10)


@given(st.lists(LIKELY, max_size=6))
def test_raw_rows_are_clean_rows_and_rows_set_aside_and_every_change_is_logged(rows):
    draft = drafted([list(row) for row in rows])
    assert len(rows) == len(gather("trainings", [draft])) + len(draft.aside)
    log = gather_log(draft.log)
    places = set(zip(log["row"], log["column"], strict=True))
    for row, (day, _, municipality, count) in enumerate(rows, start=2):
        assert ((row, "Datum") in places) == (day not in (date(2018, 5, 2), "2018-05-02"))
        assert ((row, "Kommun") in places) == (municipality not in ("Gävle", None))
        assert ((row, "Antal deltagare") in places) == (count not in (17, None))


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=5))
def test_whatever_stands_in_a_sheet_is_read_or_told_of(rows):
    draft = drafted(rows)
    told = {fault.row for fault in draft.faults}
    trainings = gather("trainings", [draft])
    assert set(trainings[trainings["held_on"].isna()]["source_row"]) <= told
    assert draft.aside <= told
    assert len(trainings) + len(draft.aside) == len(draft.frame) <= len(rows)


def test_every_table_has_the_kinds_that_its_schema_promises(tmp_path):
    tables = read(small_data(tmp_path))
    for name in SCHEMAS:
        kinds = tables.table(name).dtypes.astype(str)
        assert set(kinds) <= {"str", "int64", "Int64", "Float64", "datetime64[us]"}
        assert kinds["source_file"] == "str"


def test_inspecting_gives_warnings_and_faults_without_raising(tmp_path):
    data = small_data(tmp_path, utbildningar=[*TRAININGS, [date(2018, 6, 1), "AF", "Borlänge", "många"]])
    assert [fault.severity for fault in faults_of(data)] == ["fel", "varning"]


@pytest.mark.parametrize("written", ["  Det här är hemligt", "Det  här är hemligt ", "\tDet här är hemligt"])
def test_a_free_text_that_was_tidied_is_in_the_log_without_its_words(tmp_path, written):
    tables = read(small_data(tmp_path, enkat_kv4=survey(answer(FIRST, Kommentar=written), answer(SECOND))))
    lines = tables.log[tables.log["column"] == "Kommentar"]
    assert lines[["before", "after"]].values.tolist() == [["(fritext)", "(fritext)"]]
