"""Editions of the demonstration's reports, audited together: with revised data, and year beside year."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from audit_sample import HELD, by_municipality, write_folder
from openpyxl import load_workbook
from public_release import Listening

from asf_analysis.disclosure.audit import audit_folder
from asf_analysis.disclosure.editions import choose_withheld, edition_of
from asf_analysis.disclosure.record import read_release
from asf_analysis.errors import NotPublishable
from asf_analysis.folders import DataFolder, OutputFolder, years_beside
from asf_analysis.pipeline import load_results, protect_year
from asf_analysis.presentation.open_data import open_data
from asf_analysis.reports.catalogue import find_report
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run import Run, making, measuring, run_reports
from asf_analysis.reports.run.made import Made
from asf_analysis.reports.run.work import MEASURING

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
MORE = {"Deltagare män": 4, "Deltagare från Arbetsförmedlingen män": 4, "Deltagare 30–64 år män": 4}
"""Four men more in an enterprise in Hofors, where few people are."""

EARLIER = "<!DOCTYPE html><html><body><p>Förra utgåvan</p></body></html>"
SAFE = {"Gävle": [HELD, HELD, 20], "Hofors": [HELD, HELD, 20], "total": [21, 19, 40]}


def publish_figures(year: int, data: DataFolder, output: Path) -> Path:
    """Write a year's open data and the record of its edition where a run publishes them."""
    results = load_results(year, data)
    choices = choose_withheld([results], "public", output)
    published, _ = protect_year(results, "public", choices)
    place = OutputFolder(output, year)
    kept = edition_of([results], choices, output)
    for folder, files in ((place.public, open_data(published)), (place.internal, kept)):
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return place.public


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> DataFolder:
    return DataFolder(Path(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("revised") / "data")))


@pytest.fixture(scope="module")
def editions(data, tmp_path_factory) -> tuple[Path, Path, Path]:
    """2018 as it was first published, as it was published with revised data, and 2019 after that."""
    output = tmp_path_factory.mktemp("editions") / "output"
    first = Path(shutil.copytree(publish_figures(2018, data, output), output.parent / "first" / "2018"))
    revise(data.raw_year(2018) / "enkat_kv4.xlsx")
    return first, publish_figures(2018, data, output), publish_figures(2019, data, output)


def revise(survey: Path) -> None:
    """Add MORE to the first answer from Hofors, and to the sums."""
    book = load_workbook(survey)
    sheet = book.active
    headings = {cell.value: cell.column for cell in sheet[3]}
    rows = {row[headings["Kommun"] - 1].value: row for row in reversed(list(sheet.iter_rows(min_row=4)))}
    total = next(row for row in sheet.iter_rows() if row[0].value == "Totalt")
    for heading, more in MORE.items():
        for row in (rows["Hofors"], total):
            row[headings[heading] - 1].value += more
    book.save(survey)


def participants(folder: Path) -> pd.Series:
    table = pd.read_csv(folder / "data" / "participants_by_municipality.csv")
    return table.set_index([table.columns[0], "sex"])["value"]


def test_an_edition_with_revised_data_gives_nothing_away_beside_the_one_before(editions):
    first, revised, _ = editions
    assert participants(revised)["total", "men"] == participants(first)["total", "men"] + 4
    together = audit_folder(revised, before=first)
    assert together.findings == ()
    assert together.cells > 50


def test_what_the_first_edition_withheld_is_withheld_in_the_revised_one(editions):
    before, after = (read_release(folder / "internal" / "release.csv") for folder in editions[:2])
    withheld = {figure for figure, gone in before.items() if gone}
    assert len(withheld) > 50
    assert {figure for figure in withheld if not after[figure]} == set()


def test_a_year_with_participants_carried_over_gives_nothing_away_beside_the_year_before(editions):
    _, revised, later = editions
    for folder, other in ((later, revised), (revised, later)):
        assert years_beside(folder) == (other,)
        assert audit_folder(folder, beside=[other]).findings == ()


def run_with(folder: Path, data: DataFolder, output: Path, said: Listening, monkeypatch) -> Run:
    """Run the annual report of 2018, whose documents are made already: those of a folder."""
    documents = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    documents["annual_report.html"] = EARLIER.replace("Förra", "Ny").encode()
    report = Made(documents, b"", {}, (), {"raw": 0, "clean": 0, "set_aside": 0}, {}, 1, 1)
    for task, made in (("measure", b""), ("choose", (b"", b"")), ("pattern_record", {}), ("make", report)):
        monkeypatch.setattr(measuring if task in MEASURING else making, task, lambda *_, made=made: made)
    return run_reports([Request(find_report("annual_report"), 2018)], data, output, progress=said)


def test_documents_that_give_people_away_are_not_published_and_the_last_edition_stands(
    data, tmp_path, monkeypatch
):
    leaking = {"Gävle": [HELD, 9, 20], "Hofors": [HELD, HELD, 20], "total": [21, 19, 40]}
    folder = write_folder(tmp_path / "new" / "2018", by_municipality(leaking))
    standing = tmp_path / "output" / "2018" / "annual_report.html"
    standing.parent.mkdir(parents=True)
    standing.write_text(EARLIER, encoding="utf-8")
    done = run_with(folder, data, tmp_path / "output", Listening([]), monkeypatch)
    assert "rad Gävle, kolumn Kvinnor: redovisas inte, men är 11" in str(done.errors[0])
    assert isinstance(done.errors[0], NotPublishable)
    assert [path.name for path in standing.parent.iterdir()] == ["annual_report.html"]
    assert standing.read_text(encoding="utf-8") == EARLIER


def test_an_earlier_edition_that_cannot_be_read_is_told_and_does_not_stop_the_next(
    data, tmp_path, monkeypatch
):
    said: list[str] = []
    folder = write_folder(tmp_path / "new" / "2018", by_municipality(SAFE))
    standing = tmp_path / "output" / "2018" / "annual_report.html"
    standing.parent.mkdir(parents=True)
    standing.write_text("<p>Avbruten", encoding="utf-8")
    done = run_with(folder, data, tmp_path / "output", Listening(said), monkeypatch)
    assert [str(error) for error in done.errors] == []
    assert [line for line in said if line.startswith("Granskas utan en utgåva som inte går att läsa")]
    assert (standing.parent / "datapackage.json").exists()
