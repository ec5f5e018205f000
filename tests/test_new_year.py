"""A new year is made ready: what is missing is written, what is there is left, and all of it can be read."""

from __future__ import annotations

import csv
import io
import os
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from command_line import asf_analysis
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from asf_analysis.association import load_association
from asf_analysis.definitions import definition_lines
from asf_analysis.errors import DataFaults, UnwritableOutput, WrongUsage
from asf_analysis.folders import DataFolder
from asf_analysis.intake.headings import Headings
from asf_analysis.intake.inspection import inspect_years, read_registers, read_years
from asf_analysis.kpis import INDICATORS, KPIS
from asf_analysis.kpis.assessments import read_assessment
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.targets import read_targets
from asf_analysis.pipeline import inspect, load, load_quality
from asf_analysis.preparation import prepare_year
from asf_analysis.preparation.allowing import LONGEST_NOTE
from asf_analysis.preparation.drawing import HEADER_ROW
from asf_analysis.preparation.fields import fields_of
from asf_analysis.preparation.lists import Lists, lists_of
from asf_analysis.preparation.workbooks import workbooks_of

YEAR = 2020
WORKBOOKS = {
    "raw/2020/enkat_kv1.xlsx",
    "raw/2020/enkat_kv4.xlsx",
    "raw/2020/informationsinsatser.xlsx",
    "raw/2020/utbildningar.xlsx",
    "raw/2020/handledarplatser.xlsx",
    "forms/2020/formular_kv1.xlsx",
    "forms/2020/formular_kv4.xlsx",
}
REGISTERS = {"raw/foretagsregister.xlsx", "raw/stodstrukturer.xlsx"}
TEXTS = {"assessments/2020.md", "corrections/2020.csv"}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def data(data_copy: Path) -> DataFolder:
    return DataFolder(data_copy)


@pytest.fixture
def light(data: DataFolder) -> DataFolder:
    """The data without the years before, which need not be measured then: for what concerns files alone."""
    for year in data.years():
        shutil.rmtree(data.raw_year(year))
    return data


@pytest.fixture(scope="module")
def prepared(project: Path, tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The demonstration data with 2020 made ready; tests only read it."""
    folder = Path(shutil.copytree(project / "data", tmp_path_factory.mktemp("ready") / "data"))
    prepare_year(DataFolder(folder), YEAR)
    return DataFolder(folder)


@pytest.fixture
def new_association(project: Path, tmp_path: Path) -> DataFolder:
    """An association that has nothing but the file that says who it is."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(project / "data" / "association.toml", folder / "association.toml")
    return DataFolder(folder)


def first_sheet(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def headings_of(sheet: Worksheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[HEADER_ROW] if cell.value}


# What is written ------------------------------------------------------------------------------------


def test_what_is_missing_is_written_and_all_that_was_there_stands_as_it_was(data):
    before = tree(data.root)
    done = prepare_year(data, YEAR)
    after = tree(data.root)
    assert set(after) - set(before) == WORKBOOKS | TEXTS
    assert {path.relative_to(data.root).as_posix() for path in done.written} == WORKBOOKS | TEXTS
    assert {name for name in before if before[name] != after[name]} == {"targets.csv"}
    assert {path.relative_to(data.root).as_posix() for path in done.left} >= REGISTERS


@pytest.mark.slow
def test_made_ready_again_nothing_changes(data):
    prepare_year(data, YEAR)
    before = tree(data.root)
    again = prepare_year(data, YEAR)
    assert tree(data.root) == before
    assert (again.written, again.targets_added) == ((), 0)
    named = {path.relative_to(data.root).as_posix() for path in again.left}
    assert named == WORKBOOKS | TEXTS | REGISTERS | {"targets.csv"}


def test_the_same_data_gives_the_same_bytes(project, prepared, tmp_path):
    other = DataFolder(Path(shutil.copytree(project / "data", tmp_path / "data")))
    prepare_year(other, YEAR)
    assert tree(other.root) == tree(prepared.root)


@pytest.mark.parametrize(
    ("there", "kept_out"),
    [
        ("raw/2020/enkat_kv1.xlsx", "raw/2020/enkat_kv1.xlsx"),
        ("raw/2020/enkat_kv1.csv", "raw/2020/enkat_kv1.xlsx"),
        ("raw/2020/Enkät sista kvartalet.ods", "raw/2020/enkat_kv4.xlsx"),
        ("raw/2020/enkat_kv4/svar 1.xlsx", "raw/2020/enkat_kv4.xlsx"),
        ("raw/2020/utbildningar.csv", "raw/2020/utbildningar.xlsx"),
        ("forms/2020/formular_kv1.xlsx", "forms/2020/formular_kv1.xlsx"),
        ("assessments/2020.md", "assessments/2020.md"),
        ("corrections/2020.csv", "corrections/2020.csv"),
    ],
)
def test_what_somebody_has_begun_is_never_written_over(light, there, kept_out):
    data = light
    path = data.root / there
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"begun")
    done = prepare_year(data, YEAR)
    assert path.read_bytes() == b"begun"
    written = {one.relative_to(data.root).as_posix() for one in done.written}
    assert written == (WORKBOOKS | TEXTS) - {kept_out}
    assert any(path == one or path.is_relative_to(one) for one in done.left)


@pytest.mark.parametrize("step", [1, 2, 5, 9, 10, 11])
def test_where_it_fails_in_the_middle_all_is_as_it_was(light, monkeypatch, step):
    data = light
    before, folders = tree(data.root), sorted(path for path in data.root.rglob("*") if path.is_dir())
    calls = 0
    real = os.fsync

    def fail(number: int) -> None:
        nonlocal calls
        calls += 1
        if calls == step:
            raise OSError(28, "No space left on device")
        real(number)

    monkeypatch.setattr(os, "fsync", fail)
    if step > len(WORKBOOKS | TEXTS) + 1:
        prepare_year(data, YEAR)
        return
    with pytest.raises(UnwritableOutput, match="Inget har skrivits"):
        prepare_year(data, YEAR)
    assert tree(data.root) == before
    assert sorted(path for path in data.root.rglob("*") if path.is_dir()) == folders


def test_a_file_that_comes_to_be_meanwhile_is_not_written_over(light, monkeypatch):
    data = light
    real = os.link
    place = data.root / "corrections" / "2020.csv"

    def link(source: Path, target: Path) -> None:
        if target == place:
            place.write_bytes(b"meanwhile")
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    with pytest.raises(UnwritableOutput):
        prepare_year(data, YEAR)
    assert place.read_bytes() == b"meanwhile"
    assert not data.raw_year(YEAR).exists()
    assert not data.assessment(YEAR).exists()


def test_where_files_cannot_have_two_names_they_are_moved(light, monkeypatch):
    data = light

    def link(source: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    done = prepare_year(data, YEAR)
    assert {path.relative_to(data.root).as_posix() for path in done.written} == WORKBOOKS | TEXTS
    assert not [path for path in data.root.rglob(".*")]


# Workbooks ------------------------------------------------------------------------------------------


def test_every_active_enterprise_has_a_row_in_the_survey_with_its_number_and_municipality(prepared):
    association = load_association(prepared)
    registers, _ = read_registers(prepared, association, YEAR)
    register = registers["enterprises"]
    still = register[register["ended_on"].isna()]
    sheet = first_sheet(prepared.raw_year(YEAR) / "enkat_kv4.xlsx")
    rows = [row[:4] for row in sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True)]
    expected = still[["name", "organisation_number", "municipality"]]
    assert len(rows) > 20
    assert rows == [("2020-kv4", *row) for row in expected.itertuples(index=False, name=None)]


@pytest.mark.parametrize(
    ("year", "heading"), [(2018, "Anställda kvinnor"), (2019, "Antal anställda kvinnor")]
)
def test_headings_are_those_of_the_year(prepared, year, heading):
    fields = fields_of("responses", load_association(prepared), Lists(), year)
    assert next(field.heading for field in fields if field.column == "employees_women") == heading


def test_another_region_stands_in_the_headings_and_their_notes(prepared):
    association = load_association(prepared).model_copy(update={"region": "Region Skåne"})
    fields = {field.column: field for field in fields_of("responses", association, Lists(), YEAR)}
    assert fields["from_region_men"].heading == "Deltagare från Region Skåne män"
    assert "Region Skåne" in fields["from_region_men"].note


@pytest.mark.parametrize("table", sorted({line["table"] for line in definition_lines("columns.csv")}))
def test_every_column_has_a_note_that_a_workbook_can_hold(prepared, table):
    fields = fields_of(table, load_association(prepared), Lists(), YEAR)
    assert [field.column for field in fields] == list(Headings.of(table, "").columns)
    assert all(10 < len(field.note) <= LONGEST_NOTE for field in fields)


def test_headings_are_locked_without_a_password_and_cells_below_are_open(prepared):
    for name in sorted(WORKBOOKS):
        sheet = first_sheet(prepared.root / name)
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        if "formular" in name:
            questions = [row for row in range(HEADER_ROW, sheet.max_row + 1)]
            assert all(sheet.cell(row, 1).protection.locked for row in questions)
            assert not any(sheet.cell(row, 2).protection.locked for row in questions)
            continue
        for heading, column in headings_of(sheet).items():
            letter = sheet.cell(HEADER_ROW, column).column_letter
            assert sheet.cell(HEADER_ROW, column).protection.locked, heading
            assert not sheet.column_dimensions[letter].protection.locked, heading
            for row in range(HEADER_ROW + 1, sheet.max_row + 1):
                cell = sheet.cell(row, column)
                assert not cell.value or not cell.protection.locked
        assert sheet.freeze_panes.endswith(str(HEADER_ROW + 1))
        assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"


def choices_in(path: Path) -> dict[str, list[str]]:
    """Read the drop-down lists of a workbook's first sheet as a program does: by the cells they point to."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    found = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            where, cells = rule.formula1.replace("'", "").replace("$", "").split("!")
            column = int(str(next(iter(rule.sqref.ranges)).min_col))
            heading = sheet.cell(HEADER_ROW, column).value
            found[heading] = [row[0].value for row in book[where][cells]]
    return found


def test_lists_have_the_names_of_the_register_the_association_and_the_definitions(prepared):
    association = load_association(prepared)
    registers, _ = read_registers(prepared, association, YEAR)
    lists = lists_of(association, registers, YEAR)
    folder = prepared.raw_year(YEAR)
    activities = choices_in(folder / "informationsinsatser.xlsx")
    assert activities["Kommun"] == list(association.municipality_names())
    assert activities["Part"][:3] == ["Arbetsförmedlingen", "Försäkringskassan", "Region Gävleborg"]
    assert "studiebesök" in activities["Typ"]
    assert choices_in(folder / "handledarplatser.xlsx")["Organisationsnummer"] == list(lists.numbers)
    survey = choices_in(folder / "enkat_kv1.xlsx")
    assert survey["Namn"] == list(lists.names)
    assert survey["Mättillfälle"] == ["2020-kv1", "2020-kv4"]


def test_registers_offer_forms_of_law_and_of_support(new_association):
    prepare_year(new_association, YEAR)
    register = choices_in(new_association.raw / "foretagsregister.xlsx")
    assert "ideell förening" in register["Företagsform"]
    assert "lokal samverkansgrupp" in choices_in(new_association.raw / "stodstrukturer.xlsx")["Form"]


def test_days_lie_in_the_year_and_counts_are_whole_numbers_and_messages_are_swedish(prepared):
    sheet = first_sheet(prepared.raw_year(YEAR) / "informationsinsatser.xlsx")
    rules = {rule.promptTitle: rule for rule in sheet.data_validations.dataValidation}
    day, count = rules["Datum"], rules["Antal politiker"]
    epoch = date(1899, 12, 30)
    assert [int(end) for end in (day.formula1, day.formula2)] == [
        (date(2020, 1, 1) - epoch).days,
        (date(2020, 12, 31) - epoch).days,
    ]
    assert (day.errorStyle, day.showErrorMessage) == ("stop", True)
    assert (count.type, count.formula1, count.errorStyle, count.showErrorMessage) == (
        "whole",
        "0",
        "warning",
        True,
    )
    assert day.error == "Skriv dagen som 2020-03-01. Dagen ska ligga i 2020."
    assert "0 betyder ingen alls" in count.prompt


def test_the_form_says_nothing_of_other_enterprises(prepared):
    book = openpyxl.load_workbook(prepared.forms(YEAR) / "formular_kv4.xlsx")
    texts = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    registers, _ = read_registers(prepared, load_association(prepared), YEAR)
    register = registers["enterprises"]
    assert not texts & {*register["name"], *register["organisation_number"]}


def test_a_year_in_which_the_effort_began_asks_for_no_round_before_it(prepared):
    association = load_association(prepared)
    registers, _ = read_registers(prepared, association, 2016)
    rounds = [book.quarter for book in workbooks_of(prepared, association, registers, 2016) if book.quarter]
    assert rounds == [4, 4]


# Goals ----------------------------------------------------------------------------------------------


def lines_of(data: DataFolder, year: int) -> dict[str, dict[str, str]]:
    text = data.targets.read_text("utf-8-sig")
    lines = csv.DictReader(io.StringIO(text), delimiter=";")
    return {line["Nyckeltal"]: line for line in lines if line["År"] == str(year)}


def test_goals_are_prepared_with_where_each_stock_stood(project, prepared):
    lines = lines_of(prepared, YEAR)
    assert list(lines) == list(lines_of(prepared, 2019))
    before = load(2019, "internal", project / "data")
    stocks = [key for key in lines if before.outcome(key).kpi.kind == "stock"]
    assert len(stocks) == 4
    for key, line in lines.items():
        outcome = before.outcome(key)
        stood = key in stocks
        assert line["Målbild"] == ""
        assert line["Ingångsvärde"] == (str(outcome.result.amount) if stood else "")
        assert line["Ingångsdatum"] == ("2019-12-31" if stood else "")
        assert line["Definition"] == outcome.kpi.definition
    assert lines["information_activities"]["Kommentar"] == "Resultatet 2019 var 71."
    assert lines["politicians_informed"]["Kommentar"] == "Resultatet 2019 var ca 104."


@pytest.mark.slow
def test_a_baseline_that_is_approximate_says_so(data):
    path = data.raw_year(2019) / "enkat_kv4.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.active
    column = next(cell.column for cell in sheet[3] if cell.value == "Deltagare kvinnor")
    sheet.cell(4, column).value = f"ca {sheet.cell(4, column).value}"
    book.save(path)
    prepare_year(data, YEAR)
    lines = lines_of(data, YEAR)
    assert lines["participants"]["Kommentar"].startswith("Ingångsvärdet är ungefärligt (ca).")
    assert lines["active_enterprises"]["Kommentar"] == ""


def test_prepared_goals_are_valid_and_nothing_is_judged_by_them(prepared):
    targets = read_targets(prepared, (*KPIS, *INDICATORS))[YEAR]
    assert all(target.value is None for target in targets.values())
    assert targets["participants"].baseline == 221


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_goals_stay_byte_for_byte_however_the_list_is_saved(new_association, encoding, delimiter, end):
    data = new_association
    rows = [
        ["Kommentar", "År", "Nyckeltal", "Ingångsvärde", "Ingångsdatum", "Målbild", "Måldatum",
         "Definition", "Vem"],
        ["Åtta, eller fler", "2018", "participants", "150", "2018-01-01", "180", "2018-12-31", "", "Ö"],
        ["Året som var", "2019", "participants", "", "", "210", "2019-12-31", "", ""],
    ]  # fmt: skip
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=end or "\n").writerows(rows)
    text = written.getvalue() if end else written.getvalue().rstrip("\n")
    own = text.encode(encoding)
    data.targets.write_bytes(own)
    done = prepare_year(data, YEAR)
    now = data.targets.read_bytes()
    assert now.startswith(own)
    assert done.targets_added == 1
    assert now.decode(encoding).count("\n") == 4
    targets = read_targets(data, (*KPIS, *INDICATORS))
    assert targets[YEAR]["participants"].on == date(2020, 12, 31)
    assert targets[2018]["participants"].value == 180
    assert prepare_year(data, YEAR).targets_added == 0
    assert data.targets.read_bytes() == now


def test_a_goal_that_is_set_already_is_left_and_the_others_are_prepared(light):
    data = light
    line = b"2020;participants;;;230;2020-12-31;;\r\n"
    data.targets.write_bytes(data.targets.read_bytes() + line)
    assert prepare_year(data, YEAR).targets_added == 9
    assert lines_of(data, YEAR)["participants"]["Målbild"] == "230"


def test_a_list_of_goals_with_faults_is_left_and_told(light):
    data = light
    own = data.targets.read_bytes() + b"20xx;participants;;;;;;\r\n"
    data.targets.write_bytes(own)
    done = prepare_year(data, YEAR)
    assert data.targets.read_bytes() == own
    assert data.targets in done.left
    assert "Målen för 2020 är inte förberedda" in " ".join(done.remarks)


def test_faults_in_the_year_before_leave_baselines_empty_and_are_told(data):
    (data.raw_year(2019) / "enkat_kv4.xlsx").write_bytes(b"broken")
    done = prepare_year(data, YEAR)
    assert {line["Ingångsvärde"] for line in lines_of(data, YEAR).values()} == {""}
    assert "check --year 2019" in " ".join(done.remarks)
    assert (data.raw_year(YEAR) / "enkat_kv4.xlsx").is_file()


def test_a_share_is_a_baseline_in_percent(data):
    line = "2019;left_for_work_or_studies;;;60;2019-12-31;;\r\n"
    shares = [one for one in INDICATORS if one.unit == "procent" and one.kind == "stock"]
    if not shares:
        pytest.skip("no indicator is a share that is a stock")
    data.targets.write_bytes(
        data.targets.read_bytes() + line.replace("left_for_work_or_studies", shares[0].key).encode()
    )
    prepare_year(data, YEAR)
    assert 0 < float(lines_of(data, YEAR)[shares[0].key]["Ingångsvärde"].replace(",", ".")) <= 100


# Texts ----------------------------------------------------------------------------------------------


def test_the_assessment_has_headings_to_write_under_and_nothing_else(prepared):
    written = read_assessment(prepared, Period.of_year(YEAR), KPIS)
    assert dict(written.sections) == {"Framgångsfaktorer": "", "Medarbetarnas bedömning": ""}
    assert dict(written.milestones) == {}


def test_the_milestone_is_judged_by_taking_away_the_signs_before_its_lines(data):
    prepare_year(data, YEAR)
    path = data.assessment(YEAR)
    lines = path.read_text("utf-8").splitlines()
    judged = [
        line.removeprefix("# ") if line.startswith(("# [", "# status", "# text")) else line for line in lines
    ]
    path.write_text("\n".join(judged), "utf-8")
    written = read_assessment(data, Period.of_year(YEAR), KPIS)
    assert {key: judgement.reached for key, judgement in written.milestones.items()} == {
        "regional_council": False
    }


# An association that has nothing -------------------------------------------------------------------


def test_a_new_association_gets_registers_goals_and_all_but_the_surveys_rows(new_association):
    done = prepare_year(new_association, YEAR)
    written = {path.relative_to(new_association.root).as_posix() for path in done.written}
    surveys = {"raw/2020/enkat_kv1.xlsx", "raw/2020/enkat_kv4.xlsx"}
    assert written == (WORKBOOKS - surveys) | REGISTERS | TEXTS | {"targets.csv"}
    assert "new-year 2020 igen" in " ".join(done.remarks)
    assert set(lines_of(new_association, YEAR)) == {kpi.key for kpi in KPIS}


def test_when_its_register_is_filled_in_the_survey_gets_its_rows(new_association):
    data = new_association
    prepare_year(data, YEAR)
    path = data.raw / "foretagsregister.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = headings_of(sheet)
    for heading, cell in {
        "Namn": "Kvarnens café",
        "Organisationsnummer": "492000-0009",
        "Kommun": "Gävle",
        "Startdatum": date(2020, 5, 1),
    }.items():
        sheet.cell(HEADER_ROW + 1, columns[heading]).value = cell
    book.save(path)
    done = prepare_year(data, YEAR)
    assert {path.name for path in done.written} == {"enkat_kv1.xlsx", "enkat_kv4.xlsx"}
    first, last = (first_sheet(data.raw_year(YEAR) / f"enkat_kv{quarter}.xlsx") for quarter in (1, 4))
    assert first.max_row == HEADER_ROW
    assert [cell.value for cell in last[HEADER_ROW + 1][:4]] == [
        "2020-kv4",
        "Kvarnens café",
        "492000-0009",
        "Gävle",
    ]


def test_a_year_before_the_effort_is_refused(data):
    with pytest.raises(WrongUsage, match="Insatsen började 2016-08-01"):
        prepare_year(data, 2015)


# Before anything is filled in, and when some is ----------------------------------------------------


def test_check_says_in_one_line_that_nothing_is_filled_in_yet(prepared):
    told = [fault for fault in inspect(YEAR, prepared) if fault.file.startswith("2020")]
    assert [(fault.severity, fault.problem) for fault in told] == [
        ("fel", "Årets filer är förberedda, men ingenting är ifyllt än.")
    ]
    checked = asf_analysis("check", "--year", YEAR, "--data", prepared.root)
    assert checked.returncode == 1
    assert "ingenting är ifyllt än" in " ".join(checked.stdout.split())


def test_no_report_is_made_of_a_year_in_which_nothing_is_filled_in(prepared):
    with pytest.raises(DataFaults, match="ingenting är ifyllt än"):
        read_years(prepared, load_association(prepared), [YEAR])


def fill(path: Path, row: int, **cells: object) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = headings_of(sheet)
    for heading, cell in cells.items():
        sheet.cell(row, columns[heading.replace("_", " ")]).value = cell
    book.save(path)


@pytest.mark.slow
def test_a_round_that_nobody_has_answered_stops_the_year_as_a_missing_one_does(data):
    prepare_year(data, YEAR)
    folder = data.raw_year(YEAR)
    fill(folder / "enkat_kv1.xlsx", HEADER_ROW + 1, Deltagare_kvinnor=3)
    told = {
        fault.file: fault.severity for fault in inspect(YEAR, data) if "Ingen har svarat" in fault.problem
    }
    assert told == {"2020/enkat_kv4.xlsx": "fel"}
    fill(folder / "enkat_kv4.xlsx", HEADER_ROW + 1, Deltagare_kvinnor=3)
    assert not [fault for fault in inspect(YEAR, data) if fault.severity != "upplysning"]


@pytest.mark.slow
def test_an_interim_report_misses_no_round_that_has_not_ended(data):
    prepare_year(data, YEAR)
    fill(data.raw_year(YEAR) / "enkat_kv1.xlsx", HEADER_ROW + 1, Deltagare_kvinnor=3)
    assert load(YEAR, "internal", data.root, as_of="2020-06-30").period.end == date(2020, 6, 30)
    (data.raw_year(YEAR) / "enkat_kv4.xlsx").unlink()
    assert load(YEAR, "internal", data.root, as_of="2020-09-30").period.end == date(2020, 9, 30)
    with pytest.raises(DataFaults, match="enkat_kv4"):
        load(YEAR, "internal", data.root)


@pytest.mark.slow
def test_a_prepared_row_that_nobody_filled_in_is_no_row_of_data_and_has_a_line_in_the_log(data):
    prepare_year(data, YEAR)
    path = data.raw_year(YEAR) / "enkat_kv4.xlsx"
    rows = first_sheet(path).max_row - HEADER_ROW
    fill(path, HEADER_ROW + 2, Avslutade_kvinnor=0)
    read = inspect_years(data, load_association(data), [YEAR])
    assert len(read.rows["responses"]) == 1
    account = read.intake[read.intake["file"] == "2020/enkat_kv4.xlsx"].iloc[0]
    assert (account["raw_rows"], account["clean_rows"], account["set_aside"]) == (1, 1, 0)
    logged = read.log[
        (read.log["file"] == "2020/enkat_kv4.xlsx") & read.log["rule"].str.contains("ingen har fyllt i")
    ]
    assert logged["row"].tolist() == [
        row for row in range(HEADER_ROW + 1, HEADER_ROW + 1 + rows) if row != HEADER_ROW + 2
    ]
    assert load_quality(YEAR, data=data.root).rounds[-1].answered == 1


@pytest.mark.slow
def test_a_row_that_a_correction_fills_is_an_answer(data):
    prepare_year(data, YEAR)
    fill(data.raw_year(YEAR) / "enkat_kv4.xlsx", HEADER_ROW + 1, Deltagare_kvinnor=3)
    with data.corrections(YEAR).open("a", encoding="utf-8", newline="") as file:
        file.write(
            f"2020/enkat_kv4.xlsx;Enkät;{HEADER_ROW + 2};;Deltagare kvinnor;;4;Svarade per telefon;AB\r\n"
        )
    read = inspect_years(data, load_association(data), [YEAR])
    kv4 = read.rows["responses"]
    assert sorted(kv4["participants_women"].dropna()) == [3, 4]


@pytest.mark.slow
@settings(max_examples=6)
@given(chosen=st.sets(st.integers(0, 27), max_size=8))
def test_just_the_rows_that_are_filled_in_are_answers(prepared, tmp_path_factory, chosen):
    folder = tmp_path_factory.mktemp("filled")
    shutil.copytree(prepared.root, folder / "data")
    data = DataFolder(folder / "data")
    path = data.raw_year(YEAR) / "enkat_kv4.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = headings_of(sheet)["Deltagare män"]
    for place in chosen:
        sheet.cell(HEADER_ROW + 1 + place, column).value = place
    numbers = {sheet.cell(HEADER_ROW + 1 + place, 3).value: place for place in chosen}
    book.save(path)
    answers = inspect_years(data, load_association(data), [YEAR]).rows["responses"]
    told = answers.set_index("organisation_number")["participants_men"]
    assert dict(told) == numbers


# The command ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_tells_what_it_wrote_and_what_it_left(data_copy):
    told = asf_analysis("new-year", YEAR, "--data", data_copy)
    assert told.returncode == 0, told.stderr
    for line in (
        "Året 2020 är förberett.",
        "  data/raw/2020/enkat_kv4.xlsx",
        "fått tio nya rader",
        "status 2020",
    ):
        assert line in told.stdout
    again = asf_analysis("new-year", YEAR, "--data", data_copy)
    assert "var redan förberett" in again.stdout


@pytest.mark.parametrize("year", ["20", "nästa", "2015"])
def test_a_year_that_is_none_ends_with_two(data_copy, year):
    refused = asf_analysis("new-year", year, "--data", data_copy)
    assert refused.returncode == 2
    assert "Fel: " in refused.stderr


def test_a_folder_that_cannot_be_written_to_is_told(data_copy):
    (data_copy / "forms").write_text("no folder")
    refused = asf_analysis("new-year", YEAR, "--data", data_copy)
    assert refused.returncode == 1
    assert "Inget har skrivits" in refused.stderr
    assert not (data_copy / "raw" / "2020").exists()
