"""Every way out passes the door: what is withheld stands in no file that a reader may get.

A small year whose every figure of people is an unusual number, so that each can be searched for as text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from finished_pages import finished
from made_once import made_once
from public_release import SHOWN, TOLD, make_release, public_files
from small_year import NOON, NUMBERS, PLACES, data_folder, number_of, tables_of
from told_texts import number_in, texts_of

from asf_analysis.disclosure.editions import WITHHELD_FILE
from asf_analysis.errors import Fault
from asf_analysis.intake.schemas import SURVEY_COUNTS, CleanTables
from asf_analysis.reports.catalogue import find_report, reports_for
from asf_analysis.reports.pdf import write_pdf
from asf_analysis.reports.requests import Request
from asf_analysis.reports.word import write_docx

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
THRESHOLD = 1250
"""So high that counts below it are still unusual numbers."""

REQUESTS = (
    *(Request(report, 2018) for report in reports_for("public")),
    Request(find_report("municipalities"), 2018, municipality="Ockelbo"),
    Request(find_report("annual_report"), 2018, as_of="2018-08-31"),
)
HOFORS, OCKELBO = (number_of(PLACES.index(place), 0) for place in ("Hofors", "Ockelbo"))
MOVED = 7


def marked(answers: pd.DataFrame) -> pd.DataFrame:
    """Multiply each enterprise's people by a number of its own, so that no figure is a usual one."""
    times = answers["organisation_number"].map({name: 261 + 2 * at for at, name in enumerate(NUMBERS)})
    return answers.assign(**{name: (answers[name] * times).astype("Int64") for name in SURVEY_COUNTS})


def moved(answers: pd.DataFrame) -> pd.DataFrame:
    """Let people of two municipalities be others than they were, where that is withheld of both."""
    return answers.pipe(_move, HOFORS, MOVED).pipe(_move, OCKELBO, -MOVED)


def _move(answers: pd.DataFrame, enterprise: str, people: int) -> pd.DataFrame:
    more = ("from_region_women", "from_insurance_agency_women", "from_employment_service_men")
    more += ("aged_16_29_women", "aged_30_64_men", "permanent_women")
    fewer = ("from_other_women", "from_employment_service_women", "from_insurance_agency_men")
    fewer += ("aged_30_64_women", "aged_16_29_men", "permanent_men")
    own = answers["organisation_number"] == enterprise
    changes = {**dict.fromkeys(more, people), **dict.fromkeys(fewer, -people)}
    mine = {name: answers[name].mask(own, answers[name] + by) for name, by in changes.items()}
    return answers.assign(**mine)


def one_world() -> CleanTables:
    return tables_of(marked)


def another_world() -> CleanTables:
    """The same to whoever reads what is published; cleaning has had doubts here, too."""
    doubted = Fault("enkat.csv", "Antalet skiljer sig mycket.", "Kontrollera det.", severity="varning")
    return tables_of(lambda answers: moved(marked(answers)), {"warnings": (doubted,) * 3})


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases, of data that differ only in what is withheld: their output folders."""

    def make(folder: Path) -> Path:
        data = data_folder(folder / "data", ROOT, THRESHOLD)
        for name, tables in (("one", one_world()), ("another", another_world())):
            (folder / name).mkdir()
            make_release(tables, data, folder / name / "output", REQUESTS, NOON)
        return folder

    made = made_once(tmp_path_factory, "worlds", make)
    return made / "one" / "output", made / "another" / "output"


@pytest.fixture(scope="module")
def files(worlds: tuple[Path, Path]) -> dict[str, bytes]:
    """What a reader may get, the annual report as PDF and Word too, and what a run tells."""
    executed = worlds[0] / "2018" / "internal" / "annual_report-public.ipynb"
    page = finished(nbformat.read(executed, as_version=4))
    return {
        **public_files(worlds[0]),
        "2018/annual_report.pdf": write_pdf(page),
        "2018/annual_report.docx": write_docx(page),
        TOLD: (worlds[0].parent / TOLD).read_bytes(),
    }


@pytest.fixture(scope="module")
def withheld(worlds: tuple[Path, Path]) -> dict[int, set[str]]:
    """Every number that is withheld and not shown of other people, and what it is of."""
    shown = set(json.loads((worlds[0].parent / SHOWN).read_text("utf-8")))
    return {number: of for number, of in withheld_numbers(worlds[0]).items() if number not in shown}


def withheld_numbers(output: Path) -> dict[int, set[str]]:
    """Give the numbers that a release withholds, as its office's file tells; nobody is no number."""
    found: dict[int, set[str]] = {}
    for file in sorted((output / "2018" / "internal").glob(f"{Path(WITHHELD_FILE).stem}*.csv")):
        for row in csv.DictReader(io.StringIO(file.read_text("utf-8"))):
            if int(row["value"]):
                what = f"{row['table']}: {row['row']}, {row['column']}"
                found.setdefault(int(row["value"]), set()).add(what)
    return found


def leaks(files: Mapping[str, bytes], numbers: Mapping[int, set[str]]) -> list[str]:
    """Name every place where a number stands that is withheld."""
    texts = [(name, text) for name, text in dict.fromkeys(texts_of(files)) if any(map(str.isdigit, text))]
    return [
        f"{name}: {number} ({', '.join(sorted(of))}) in {text[:200]!r}"
        for number, of in numbers.items()
        for name, text in texts
        if number_in(text, number)
    ]


def test_what_is_withheld_stands_in_no_file_that_a_reader_may_get(files, withheld):
    assert not leaks(files, withheld)


def test_what_is_withheld_can_be_recognised(withheld):
    assert len(withheld) > 70
    assert min(withheld) > 250
    assert max(withheld) > 2 * THRESHOLD


def test_all_kinds_of_files_are_searched(files):
    assert {name.rsplit(".", 1)[1] for name in files} == {"html", "pdf", "docx", "csv", "json", "xlsx", "txt"}
    assert {
        "index.html",
        "2018/kpis.xlsx",
        "2018/datapackage.json",
        "2018/municipalities-ockelbo.html",
    } <= set(files)
    assert any(name.startswith("2018/interim/2018-08-31/") for name in files)


def differing(one: Mapping[str, bytes], another: Mapping[str, bytes]) -> list[str]:
    """Name the files that are not the same, byte for byte, in two releases."""
    return [name for name in sorted({*one, *another}) if one.get(name) != another.get(name)]


def test_to_a_reader_two_worlds_are_one_where_they_differ_only_in_what_is_withheld(worlds):
    one, another = map(public_files, worlds)
    assert not differing(one, another)


def test_the_two_worlds_do_differ_in_what_is_withheld_and_withhold_the_same(worlds):
    internal = [public_files(output / "2018" / "internal") for output in worlds]
    one, another = map(withheld_numbers, worlds)
    assert len(one.keys() - another.keys()) > 15
    patterns = [{name: files[name] for name in files if name.startswith("release")} for files in internal]
    assert len(patterns[0]) == 2
    assert not differing(*patterns)


def test_a_file_that_tells_the_worlds_apart_would_be_seen(worlds):
    one = public_files(worlds[0])
    longer_bar = {**one, "2018/trends.html": one["2018/trends.html"] + b" "}
    assert differing(one, longer_bar) == ["2018/trends.html"]
    assert differing(one, {}) == sorted(one)


def test_a_run_tells_the_same_in_both_worlds(worlds):
    one, another = ((output.parent / TOLD).read_text("utf-8") for output in worlds)
    assert one == another
    assert "index.html" in one
