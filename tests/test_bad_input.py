"""What a person gets wrong ends in a clear Swedish message, and nothing that was published is touched."""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from command_line import Finished, asf_analysis

from asf_analysis.reports.run.ways import THIS_PROCESS

LAST_GOOD = "den förra rapporten"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reports be made in this process: what goes wrong here goes wrong before a kernel starts."""
    monkeypatch.setattr("asf_analysis.reports.run.ways.processes", lambda _: THIS_PROCESS)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder in which a good report stands."""
    folder = tmp_path / "output"
    (folder / "2018").mkdir(parents=True)
    (folder / "2018" / "annual_report.html").write_text(LAST_GOOD, encoding="utf-8")
    return folder


def run(data: Path, output: Path, *arguments: object) -> Finished:
    wanted = arguments or ("--year", 2018, "--notebook", "annual_report")
    return asf_analysis("run", "--data", data, "--output", output, *wanted)


def assert_refused(finished: Finished, output: Path, code: int, *texts: str) -> None:
    assert finished.returncode == code, finished.stderr
    assert "Traceback" not in finished.stderr
    for text in texts:
        assert text in finished.stderr
    found = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert {name for name in found if name != ".lock" and not name.startswith("log/")} == {
        "2018/annual_report.html"
    }
    assert {path.name for path in output.iterdir()} <= {"2018", ".lock", "log"}
    assert (output / "2018" / "annual_report.html").read_text(encoding="utf-8") == LAST_GOOD


def change(workbook: Path, row_of: str, column: str, value: object) -> int:
    """Put a value under a heading, in the first row below it whose cell `row_of` is filled; gives the row."""
    book = openpyxl.load_workbook(workbook)
    sheet = book.active
    header = next(row for row in sheet.iter_rows() if any(cell.value == column for cell in row))
    place = next(cell.column for cell in header if cell.value == column)
    filled = next(cell.column for cell in header if cell.value == row_of)
    row = next(r for r in range(header[0].row + 1, sheet.max_row) if sheet.cell(r, filled).value)
    sheet.cell(row, place).value = value
    book.save(workbook)
    return row


def test_a_year_without_data_is_told_with_the_years_there_are(data_copy, output):
    refused = run(data_copy, output, "--year", 2031)
    assert_refused(refused, output, 2, "Det finns ingen mapp med rådata för 2031", "2016, 2017, 2018, 2019")


def test_one_year_without_data_among_several_stops_before_any_is_made(data_copy, output):
    refused = run(data_copy, output, "--years", "2018-2031")
    assert_refused(refused, output, 2, "Det finns ingen mapp med rådata för 2020")


def test_a_missing_workbook_is_named_with_where_it_should_be(data_copy, output):
    (data_copy / "raw/2018/informationsinsatser.xlsx").unlink()
    assert_refused(
        run(data_copy, output),
        output,
        1,
        "2018/informationsinsatser",
        "Filen saknas",
        "informationsinsatser.xlsx",
    )


def test_a_missing_column_is_named_as_its_heading_with_how_to_mend_it(data_copy, output):
    workbook = data_copy / "raw/2018/enkat_kv4.xlsx"
    book = openpyxl.load_workbook(workbook)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "Anställda kvinnor":
                cell.value = "Hur är det?"
    book.save(workbook)
    assert_refused(
        run(data_copy, output),
        output,
        1,
        "2018/enkat_kv4.xlsx, blad Enkät",
        "saknar kolumnen ”Anställda kvinnor”",
        "asf_analysis/definitions/columns.csv",
    )


def test_text_in_a_number_column_is_placed_by_file_sheet_row_and_column(data_copy, output):
    row = change(data_copy / "raw/2018/enkat_kv4.xlsx", "Namn", "Deltagare kvinnor", "hemlig uppgift")
    refused = run(data_copy, output)
    assert_refused(
        refused,
        output,
        1,
        f"2018/enkat_kv4.xlsx, blad Enkät, rad {row}, kolumn Deltagare kvinnor",
        "går inte att läsa som ett antal",
    )
    assert "hemlig" not in refused.stderr


def test_all_faults_of_all_files_come_at_once(data_copy, output):
    change(data_copy / "raw/2018/enkat_kv4.xlsx", "Namn", "Deltagare män", "många")
    change(data_copy / "raw/2018/utbildningar.xlsx", "Datum", "Antal deltagare", "flera")
    (data_copy / "raw/2018/handledarplatser.xlsx").unlink()
    targets = data_copy / "targets.csv"
    targets.write_text(
        targets.read_text("utf-8-sig").replace("2018;participants", "2018;paticipants"), "utf-8-sig"
    )
    assert_refused(
        run(data_copy, output),
        output,
        1,
        "enkat_kv4.xlsx",
        "utbildningar.xlsx",
        "handledarplatser",
        "targets.csv",
        "4 fel i underlaget",
    )


def test_an_unknown_kpi_among_the_targets_is_told_with_the_nearest(data_copy, output):
    targets = data_copy / "targets.csv"
    text = targets.read_text(encoding="utf-8-sig")
    row = next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith("2018;participants"))
    targets.write_text(text.replace("2018;participants", "2018;partisipants"), encoding="utf-8-sig")
    assert_refused(
        run(data_copy, output),
        output,
        1,
        f"targets.csv, rad {row}, kolumn Nyckeltal",
        "Nyckeltalet finns inte",
        "participants",
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("2018;participants;150;2018-01-01;180", "2018;participants;150;2018-01-01;många", "kolumn Målbild"),
        ("2018;participants;150;2018-01-01;180", "2018;participants;150;i våras;180", "kolumn Ingångsdatum"),
        ("2018;participants;", "i fjol;participants;", "kolumn År"),
        ("2018;participants;", "2018;active_enterprises;", "har redan ett mål för året"),
        ("Målbild", "Mål", "saknar kolumnen ”Målbild”"),
    ],
)
def test_a_target_that_cannot_be_read_is_placed(data_copy, output, old, new, problem):
    targets = data_copy / "targets.csv"
    text = targets.read_text(encoding="utf-8-sig")
    assert old in text
    targets.write_text(text.replace(old, new), encoding="utf-8-sig")
    assert_refused(run(data_copy, output), output, 1, "targets.csv", problem)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"ej uppnått"', '"kanske"', "saknar status"),
        ("regional_council", "participants", "bedöms inte för hand"),
        ("year = 2018", "year = 2017", "Året i filhuvudet"),
        ("year = 2018", "year =", "assessments/2018.md, rad 2: Raden går inte att läsa"),
        ("+++", "", "Filhuvudet saknas"),
    ],
)
def test_a_fault_in_the_written_assessment_is_told(data_copy, output, old, new, problem):
    file = data_copy / "assessments/2018.md"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert_refused(run(data_copy, output), output, 1, "assessments/2018.md", problem)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("2018;participants", "2018;deltagarna", "Nyckeltalet finns inte"),
        ("2018;participants", "2017;participants", "annat år än filen"),
        ("150;180;199;nej", "150;180;199;kanske", "varken ja eller nej"),
        ("150;180;199", "150;180;lagom", "kolumn Resultat"),
    ],
)
def test_a_fault_among_the_published_figures_is_told(data_copy, output, old, new, problem):
    file = data_copy / "published/2018.csv"
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8-sig")
    assert_refused(run(data_copy, output), output, 1, "published/2018.csv", problem)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("threshold = 5", "threshold = 0", "kolumn rules.threshold: Värdet ska vara minst 1."),
        ("threshold = 5", 'threshold = "fem"', "kolumn rules.threshold: Värdet ska vara ett heltal."),
        (
            "demonstration = true",
            'demonstration = "kanske"',
            "demonstration: Värdet ska vara true eller false.",
        ),
        ("threshold = 5", "troskel = 5", "rules.troskel"),
        ('county = "Gävleborgs län"', "", "county"),
        ("threshold = 5", "threshold =", "Raden går inte att läsa som TOML."),
    ],
)
def test_a_fault_in_the_configuration_is_told_with_its_key(data_copy, output, old, new, key):
    file = data_copy / "association.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert_refused(run(data_copy, output), output, 1, "association.toml", key)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--year", "hej"), "'hej' är inget årtal"),
        (("--year", "20188"), "inget årtal"),
        (("--year", "٢٠١٨"), "inget årtal"),
        (("--years", "2019-2016"), "Intervallet går baklänges. Skriv 2016-2019."),
        (("--years", "2016"), "inget intervall av år"),
        (("--years", "2016-hej"), "inget årtal"),
        ((), "Ange ett år med --year 2018"),
        (("--year", 2018, "--notebook", "data_quality"), "Lägg till --audience internal."),
        (("--year", 2018, "--audience", "alla"), "Välj public eller internal"),
        (("--year", 2018, "--notebook", "arsrapport"), "annual_report"),
        (("--year", 2018, "--format", "odt"), "De som finns: html, pdf, docx."),
        (("--year", 2018, "--format", "pdf,"), "'pdf,' saknar ett namn"),
        (("--year", 2018, "--format"), "Flaggan --format behöver ett värde"),
        (("--year", 2018, "--fart"), "Det finns ingen flagga --fart"),
        (("--year",), "Flaggan --year behöver ett värde"),
        (("--year", 2018, "snabbt"), "Kommandot tar inga ord"),
    ],
)
def test_wrong_usage_is_told_in_swedish_and_exits_with_two(project, output, arguments, text):
    refused = asf_analysis("run", "--data", project / "data", "--output", output, *arguments)
    assert_refused(refused, output, 2, text)


@pytest.mark.parametrize(
    ("form", "module", "text"),
    [
        ("pdf", "weasyprint", "pip install 'asf-analysis[pdf]'"),
        ("docx", "pypandoc", "pip install 'asf-analysis[word]'"),
        ("docx", "docx", "pip install 'asf-analysis[word]'"),
        ("html,docx", "resvg_py", "pip install 'asf-analysis[word]'"),
    ],
)
def test_a_format_that_is_not_installed_is_told_before_anything_runs(
    project, output, monkeypatch, form, module, text
):
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setattr("asf_analysis.reports.run.making.execute", None)
    refused = run(project / "data", output, "--year", 2018, "--format", form)
    assert_refused(refused, output, 2, text)


def test_a_machine_without_the_libraries_of_pdf_is_told_what_to_install(project, output, monkeypatch):
    def refuse(name: str) -> ModuleType:
        if name == "weasyprint":
            raise OSError(f"cannot load library for {name}")
        return import_module(name)

    import_module = importlib.import_module
    monkeypatch.setattr("asf_analysis.reports.formats.importlib.import_module", refuse)
    refused = run(project / "data", output, "--year", 2018, "--format", "pdf")
    assert_refused(refused, output, 2, "biblioteket Pango", "apt-get install libpangoft2-1.0-0")


def test_an_unknown_command_is_told_with_those_that_exist():
    refused = asf_analysis("kor")
    assert refused.returncode == 2
    assert "run, check, log, kpis, diff, audit, read-report, demo, schedule" in refused.stderr


def test_an_output_that_cannot_be_written_is_told_and_left_alone(project, tmp_path):
    occupied = tmp_path / "output"
    occupied.write_text(LAST_GOOD, encoding="utf-8")
    refused = run(project / "data", occupied)
    assert refused.returncode == 1
    assert "Det går inte att skriva i mappen" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert occupied.read_text(encoding="utf-8") == LAST_GOOD


def test_a_data_folder_without_configuration_is_told(tmp_path, output):
    refused = run(tmp_path / "tom", output)
    assert_refused(refused, output, 2, "saknar filen association.toml")


def test_outside_a_project_the_way_in_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused = asf_analysis("check", "--year", 2018)
    assert refused.returncode == 2
    assert "--data MAPP" in refused.stderr


def test_check_writes_nothing_and_exits_with_one_where_there_are_faults(data_copy):
    good = asf_analysis("check", "--year", 2018, "--data", data_copy)
    assert good.returncode == 0
    change(data_copy / "raw/2018/enkat_kv4.xlsx", "Namn", "Deltagare kvinnor", "många")
    before = sorted(path for path in data_copy.rglob("*"))
    bad = asf_analysis("check", "--year", 2018, "--data", data_copy)
    assert bad.returncode == 1
    assert "FEL: 2018/enkat_kv4.xlsx, blad Enkät" in bad.stdout
    assert sorted(path for path in data_copy.rglob("*")) == before


def test_a_file_that_is_no_workbook_is_told(data_copy, output):
    shutil.copy(data_copy / "targets.csv", data_copy / "raw/2018/enkat_kv4.xlsx")
    assert_refused(run(data_copy, output), output, 1, "2018/enkat_kv4.xlsx", "går inte att läsa")


@pytest.mark.parametrize("command", [(), ("run",), ("check",), ("log",), ("kpis",), ("demo",), ("schedule",)])
def test_help_is_swedish_and_shows_an_example(command):
    shown = asf_analysis(*command, "--help")
    assert shown.returncode == 0
    assert "Användning: asf-analysis" in shown.stdout
    assert "Exempel: asf-analysis" in shown.stdout
    assert "Visa den här hjälpen." in shown.stdout
    assert not {"Usage", "Options", "Commands", "Show this"} & set(shown.stdout.split())


def test_the_shell_sees_the_message_and_the_exit_code(project, output):
    command = [sys.executable, "-m", "asf_analysis.cli", "run", "--data", project / "data", "--year", "2031"]
    refused = subprocess.run([*command, "--output", output], capture_output=True, text=True, check=False)
    assert_refused(Finished(refused.returncode, refused.stdout, refused.stderr), output, 2, "rådata för 2031")


def test_without_a_command_the_help_is_shown():
    assert "Kommandon:" in asf_analysis().stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["run", "--help"],
        ["run", "--year", "hej"],
        ["run"],
        ["run", "--year", "2031"],
        ["run", "--year", "2018", "--notebook", "saknas"],
        ["run", "--year", "2018", "--notebook", "data_quality"],
        ["run", "--year", "2018", "--municipality", "Malmö"],
        ["run", "--year", "2018", "--as-of", "2019-01-31"],
        ["run", "--year", "2018", "--format", "odt"],
        ["run", "--year", "2018", "--cluster", "tcp://127.0.0.1:9", "--workers", "2"],
        ["diff", "2031"],
        ["audit", "saknas"],
        ["schedule", "cron", "--year", "2018"],
    ],
)
def test_help_and_wrong_usage_import_no_heavy_library(arguments):
    script = (
        "import sys\nfrom asf_analysis.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'matplotlib', 'scipy', 'papermill', 'nbconvert', 'weasyprint', 'docx'}\n"
        "sys.exit(1 if heavy & set(sys.modules) else 0)\n"
    )
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
