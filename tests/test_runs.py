"""The same notebook, by every way it can be run, in real kernels."""

import functools
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import papermill
import pytest
from bs4 import BeautifulSoup
from demonstration_years import published_year
from intake_workbooks import PERSON
from quality_sample import SECRET
from sample_notebook import notebook

from asf_analysis import load
from asf_analysis.errors import NotebookFailed, WrongUsage
from asf_analysis.folders import DataFolder
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.registry import Kpi, Period, Result
from asf_analysis.presentation import figures, tables
from asf_analysis.presentation.records import kpi_records, kpis_as_csv
from asf_analysis.reports import run
from asf_analysis.reports.catalogue import find_report
from asf_analysis.reports.formats import find_formats
from asf_analysis.reports.requests import Request, requests_for
from asf_analysis.reports.run import make_report, making, measuring, run_reports
from asf_analysis.reports.run.made import Made
from asf_analysis.reports.run.ways import FORK_VARIABLE, processes

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "notebooks" / "annual_report.ipynb"


def figures_in(html: str) -> list[str]:
    """Every number that a reader sees, in order; and what the charts hold."""
    page = BeautifulSoup(html, "html.parser")
    images = [image["src"] + image["alt"] for image in page.find_all("img")]
    page.select_one(".generated").decompose()
    return re.findall(r"\d+", page.get_text(" ")) + images


def beside(page: Path) -> dict[str, bytes]:
    """What lies beside a public page, by name, but for the internal documents."""
    names = {path: path.relative_to(page.parent).as_posix() for path in page.parent.rglob("*")}
    return {
        name: path.read_bytes()
        for path, name in names.items()
        if path.is_file() and path != page and not name.startswith("internal/")
    }


def by_papermill_and_nbconvert(folder: Path, workplace: Path) -> str:
    executed = workplace / "out.ipynb"
    subprocess.run(
        [sys.executable, "-m", "papermill", NOTEBOOK, executed, "-p", "year", "2018", "--no-progress-bar"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "jupyter", "nbconvert", "--to", "asf_report", executed],
        cwd=workplace, check=True, capture_output=True,
    )  # fmt: skip
    return executed.with_suffix(".html").read_text(encoding="utf-8")


def test_run_writes_the_page_and_the_figures_and_says_where(report_2018):
    assert report_2018.name == "annual_report.html"
    folder = report_2018.parent
    assert {path.name for path in folder.iterdir()} == {
        "annual_report.html", "kpis.csv", "kpis.json", "kpis.xlsx", "datapackage.json", "data", "internal",
    }  # fmt: skip
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")}
    files -= {"internal/release.csv", "internal/withheld.csv"}
    assert {one["path"]: one["bytes"] for one in described} == {
        name: (folder / name).stat().st_size for name in files
    }
    assert len(pd.read_csv(report_2018.parent / "kpis.csv")) == 15


@pytest.mark.slow
def test_papermill_and_nbconvert_give_the_same_figures_as_run(report_2018, tmp_path):
    ours = figures_in(report_2018.read_text(encoding="utf-8"))
    assert len(ours) > 100
    assert figures_in(by_papermill_and_nbconvert(ROOT, tmp_path)) == ours


@pytest.mark.slow
def test_a_warm_kernel_gives_the_same_page_as_an_ordinary_one_but_for_the_line_with_the_time(
    report_2018, tmp_path
):
    requests = [Request(find_report("annual_report"), 2018)]
    [made] = run_reports(requests, DataFolder(ROOT / "data"), tmp_path, processes(2)).reports
    again = made.documents[0]
    first, second = (path.read_text(encoding="utf-8").splitlines() for path in (report_2018, again))
    assert len(first) == len(second)
    different = [line for line, other in zip(first, second, strict=True) if line != other]
    assert all('class="generated"' in line for line in different)
    assert len(beside(report_2018)) > len(published_year(2018).tables)
    assert beside(again) == beside(report_2018)


@pytest.mark.slow
def test_without_fork_the_figures_are_the_same(report_2018, tmp_path, monkeypatch):
    monkeypatch.setenv(FORK_VARIABLE, "no")
    requests = [Request(find_report("annual_report"), 2018)]
    [made] = run_reports(requests, DataFolder(ROOT / "data"), tmp_path, processes(1)).reports
    assert figures_in(made.documents[0].read_text("utf-8")) == figures_in(report_2018.read_text("utf-8"))
    assert beside(made.documents[0]) == beside(report_2018)


def test_what_is_unchanged_is_not_made_again_and_force_makes_it_all_the_same(tmp_path, monkeypatch):
    requests, data = [Request(find_report("data_quality"), 2018, "internal")], DataFolder(ROOT / "data")
    made: list[str] = []

    def make(request: Request, *_: object) -> Made:
        made.append(request.name)
        rows = {"raw": 0, "clean": 0, "set_aside": 0}
        return Made({"data_quality.html": b"<!DOCTYPE html>"}, b"{}", {}, (), rows, {}, 1, 1)

    monkeypatch.setattr(making, "make", make)
    statuses = [
        [one.status for one in run_reports(requests, data, tmp_path, force=force).reports]
        for force in (False, False, True, False)
    ]
    assert statuses == [["klar"], ["oförändrad"], ["klar"], ["oförändrad"]]
    assert made == ["data_quality"] * 2
    assert len(list((tmp_path / "archive" / "2018").iterdir())) == 1
    assert len(list((tmp_path / "log" / "runs").iterdir())) == 4


def test_the_manifest_tells_what_the_report_was_made_from(report_2018):
    manifest = json.loads(
        (report_2018.parent / "internal/annual_report-public.manifest.json").read_text("utf-8")
    )
    assert manifest["parameters"] == {"year": 2018, "audience": "public"}
    assert manifest["kpis"]["participants"]["result"] == 199
    assert {"raw/2018/enkat_kv4.xlsx", "raw/2017/enkat_kv4.xlsx", "targets.csv"} <= {
        one["file"] for one in manifest["inputs"]
    }
    assert manifest["rows"]["raw"] == manifest["rows"]["clean"] + manifest["rows"]["set_aside"]


def test_the_page_says_that_it_is_made_of_demonstration_data(report_2018):
    assert (
        "emonstrationsdata" in BeautifulSoup(report_2018.read_text("utf-8"), "html.parser").header.get_text()
    )


def test_a_public_page_and_what_lies_beside_it_hold_no_code_path_raw_file_enterprise_or_comment(report_2018):
    html = report_2018.read_text(encoding="utf-8")
    register = pd.read_excel(ROOT / "data/raw/foretagsregister.xlsx", header=2, engine="calamine")
    survey = pd.read_excel(ROOT / "data/raw/2018/enkat_kv4.xlsx", header=2, engine="calamine")
    secret = {*register["Namn"], *register["Organisationsnummer"], *survey["Kommentar"].dropna()}
    assert len(secret) > 50
    assert [text for text in secret if str(text) in html] == []
    others = b"".join(beside(report_2018).values()).decode("utf-8", "ignore")
    assert "Tillsvidareanställda" in others
    assert [text for text in (*secret, ROOT) if str(text) in others] == []
    raw_files = [path.name for path in (ROOT / "data/raw").rglob("*.*")]
    assert len(raw_files) > 20
    assert [name for name in (*raw_files, "assessments/") if name in html + others] == []
    assert "load(year" not in html
    assert str(ROOT) not in html


@pytest.mark.slow
def test_the_internal_edition_goes_to_its_own_folder_and_leaves_the_public_one(tmp_path):
    data = DataFolder(ROOT / "data")
    page = make_report(Request(find_report("annual_report"), 2017, "internal"), data, tmp_path)
    assert page == tmp_path / "2017" / "internal" / "annual_report.html"
    assert [path.name for path in (tmp_path / "2017").iterdir()] == ["internal"]
    tables = published_year(2017, "internal").tables
    assert {file.stem for file in (page.parent / "data").iterdir()} == set(tables)
    shown = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    assert "Intern" in shown.header.get_text()
    link = shown.select_one(".kpi-cards a[href='#nyckeltal-participants']")
    definition = shown.find(id=link["href"][1:]).find_parent("tr").get_text(" ")
    assert "2017/enkat_kv4.xlsx, blad Enkät, rad 4–" in definition
    rows = pd.read_csv(page.parent / "kpi_rows.csv")
    assert set(rows["kpi"]) >= {"participants", "active_enterprises", "trainings"}
    assert "2017/enkat_kv4.xlsx" in set(rows["file"])


@pytest.fixture
def short_notebook(tmp_path: Path) -> Path:
    """The annual report's notebook, cut off after its cards: enough where only the way it runs matters."""
    whole = nbformat.read(NOTEBOOK, as_version=4)
    cards = next(place for place, cell in enumerate(whole.cells) if "tables.kpi_cards" in cell.source)
    whole.cells = whole.cells[: cards + 1]
    folder = tmp_path / "notebooks"
    folder.mkdir()
    nbformat.write(whole, folder / NOTEBOOK.name)
    return folder / NOTEBOOK.name


@pytest.fixture
def without_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs whose notebook has been executed already: a made-up one, with every kind of block."""

    def executed(request: Request, source: Path, environment: dict[str, str], workplace: Path):
        made = notebook()
        nbformat.write(made, workplace / f"{request.report.name}.ipynb")
        return made

    measured = functools.cache(measuring.measure)
    monkeypatch.setattr(measuring, "measure", lambda _, *period: measured(DataFolder(ROOT / "data"), *period))
    monkeypatch.setattr(making, "execute", executed)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("audience", "runs_of_formats"),
    [("public", (["pdf", "docx"], ["html", "docx"], [])), ("internal", (["docx"], []))],
)
def test_each_format_is_published_and_goes_where_the_next_edition_lacks_it(
    without_kernels, tmp_path, audience, runs_of_formats
):
    data = DataFolder(ROOT / "data")
    folder = tmp_path / "2018" / ("internal" if audience == "internal" else "")
    for wanted in runs_of_formats:
        requests = requests_for([2018], ["annual_report"], audience, data, find_formats(wanted))
        done = run_reports(requests, data, tmp_path)
        made = done.reports[0].documents
        names = [f"annual_report.{name}" for name in ("html", "pdf", "docx") if name in ("html", *wanted)]
        assert made == tuple(folder / name for name in names)
        assert sorted(path.name for path in folder.glob("annual_report.*")) == sorted(names)
        beginnings = {".html": b"<!DOCTYPE html>", ".pdf": b"%PDF-1.7", ".docx": b"PK"}
        assert all(path.read_bytes().startswith(beginnings[path.suffix]) for path in made)


def test_data_quality_is_made_where_faults_stop_the_annual_report(quality_2018):
    documents = {path.name for path in quality_2018.parent.iterdir()}
    assert quality_2018.parent.name == "internal"
    assert [path.name for path in quality_2018.parent.parent.iterdir()] == ["internal"]
    assert documents == {
        "data_quality.html", "cleaning_log.csv", "faults.csv", "data_quality-internal.ipynb",
        "data_quality-internal.manifest.json", "edition.json",
    }  # fmt: skip
    faults = pd.read_csv(quality_2018.parent / "faults.csv")
    assert {"2018/enkat_kv4.xlsx", "2018/utbildningar"} <= set(faults[faults["severity"] == "fel"]["file"])
    assert "många" in set(pd.read_csv(quality_2018.parent / "cleaning_log.csv")["before"])
    page = BeautifulSoup(quality_2018.read_text("utf-8"), "html.parser")
    assert "Beta" in page.main.get_text()
    assert [stamp.get_text().partition(":")[0] for stamp in page.header.select(".stamps li")] == [
        "Demonstrationsdata",
        "Internt arbetsmaterial",
    ]


def test_no_document_of_data_quality_holds_free_text_or_a_personal_number(quality_2018):
    texts = {path.name: path.read_text("utf-8") for path in quality_2018.parent.iterdir()}
    assert len(texts) == 6
    assert [name for name, text in texts.items() if SECRET in text or PERSON in text] == []


def test_each_audience_gets_the_reports_that_are_made_for_it():
    data = DataFolder(ROOT / "data")
    named = {
        audience: [one.report.name for one in requests_for([2018], [], audience, data)]
        for audience in ("public", "internal")
    }
    assert named == {
        "public": ["annual_report", "gender_equality", "municipalities", "trends"],
        "internal": ["annual_report", "gender_equality", "municipalities", "trends", "data_quality"],
    }
    with pytest.raises(WrongUsage, match="Lägg till --audience internal"):
        make_report(Request(find_report("data_quality"), 2018), data, ROOT / "output")


def broken_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """A project whose notebook ends with a cell of the given code."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    notebook.cells = [*notebook.cells[:1], nbformat.v4.new_code_cell(code)]
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook, tmp_path / "notebooks" / NOTEBOOK.name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "kärnan dog"),
    ],
)
def test_a_notebook_that_stops_is_kept_and_the_last_good_report_stands(tmp_path, monkeypatch, code, why):
    broken_project(tmp_path, monkeypatch, code)
    output = tmp_path / "output"
    (output / "2018").mkdir(parents=True)
    (output / "2018" / "annual_report.html").write_text("den förra", encoding="utf-8")
    with pytest.raises(NotebookFailed, match=why):
        make_report(Request(find_report("annual_report"), 2018), DataFolder(ROOT / "data"), output)
    assert (output / "2018" / "annual_report.html").read_text("utf-8") == "den förra"
    assert [path.name for path in (output / "failed").iterdir()] == ["annual_report-2018-public.ipynb"]
    assert sorted(path.name for path in output.iterdir()) == [".lock", "2018", "failed", "log"]


@pytest.mark.slow
def test_a_notebook_reads_the_data_folder_that_run_was_given(short_notebook, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "find_notebooks", lambda: short_notebook.parent)
    data = DataFolder(Path(shutil.copytree(ROOT / "data", tmp_path / "elsewhere")))
    targets = data.targets.read_text("utf-8-sig").replace("2018-01-01;180;", "2018-01-01;777;")
    data.targets.write_text(targets, encoding="utf-8-sig")
    page = make_report(Request(find_report("annual_report"), 2018), data, tmp_path / "output")
    assert "777" in figures_in(page.read_text(encoding="utf-8"))


def count_study_visits(activities: pd.DataFrame, period: Period) -> Result:
    return Result(int((period.holds(activities["held_on"]) & (activities["kind"] == "studiebesök")).sum()))


STUDY_VISITS = Kpi(
    key="study_visits",
    label="Studiebesök hos företagen",
    unit="besök",
    kind="flow",
    formula="Antal studiebesök i perioden.",
    source="Informationsinsatser",
    tables=("activities",),
    measure=count_study_visits,
    singular="studiebesök",
    plural="studiebesök",
)


def test_one_entry_is_all_it_takes_to_add_a_kpi(tmp_path):
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    with (data / "targets.csv").open("a", encoding="utf-8") as targets:
        targets.write("2018;study_visits;;;7;2018-12-31;;\n")
    report = load(2018, data=data, kpis=(*KPIS, STUDY_VISITS))
    visits = report.outcome("study_visits").result.amount
    assert visits
    record = kpi_records(report)[-1]
    assert (record["kpi"], record["result"], record["target"]) == ("study_visits", visits, 7)
    assert kpis_as_csv(report).splitlines()[-1].startswith("study_visits,Studiebesök hos företagen,")
    assert report.outcome("study_visits").evidence.empty
    for shown in (
        tables.kpi_cards(report),
        tables.goals(report),
        tables.definitions(report),
        figures.goals(report),
    ):
        assert "Studiebesök hos företagen" in shown.html


@pytest.mark.slow
def test_papermill_from_python_runs_the_notebook_in_its_own_folder_too(short_notebook, tmp_path):
    executed = papermill.execute_notebook(
        short_notebook,
        tmp_path / "out.ipynb",
        parameters={"year": 2019},
        cwd=NOTEBOOK.parent,
        progress_bar=False,
    )
    assert not [o for cell in executed.cells for o in cell.get("outputs", []) if o.output_type == "error"]
