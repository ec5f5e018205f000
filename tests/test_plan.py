"""What is unchanged is not done: a report's key changes with what it is made from, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from asf_analysis.folders import DataFolder, OutputFolder
from asf_analysis.reports.catalogue import find_report
from asf_analysis.reports.inputs import copy_inputs, lines_of_years
from asf_analysis.reports.key import key_of
from asf_analysis.reports.manifest import ReportManifest, as_json, document_of
from asf_analysis.reports.places import manifest_name
from asf_analysis.reports.requests import Request, requests_for_all
from asf_analysis.reports.run.plan import in_order_of_choice, periods_told, plan
from asf_analysis.reports.workers.digest import digest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ROOT / "notebooks"
YEARS = (2017, 2018, 2019)


def keys(data: Path) -> dict[str, str]:
    """The keys of all public reports of three years, by year and name."""
    folder = DataFolder(data)
    requests = requests_for_all(YEARS, [], ["public"], folder)
    return {
        f"{one.year} {one.name}": key_of(one, folder, NOTEBOOKS / f"{one.report.name}.ipynb", "code")
        for one in requests
    }


def changed(data: Path, change: Callable[[Path], None]) -> set[str]:
    before = keys(data)
    change(data)
    after = keys(data)
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


def append(file: str, text: str) -> Callable[[Path], None]:
    def change(data: Path) -> None:
        path = data / file
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as opened:
            opened.write(text)

    return change


PUBLIC = ("annual_report", "gender_equality", "municipalities", "trends")


def of(*years: int, names: tuple[str, ...] = PUBLIC) -> set[str]:
    return {f"{year} {name}" for year in years for name in names}


LATER_TRENDS = of(2019, names=("trends",))
ALL = of(*YEARS)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (append("targets.csv", "2018;trainings;;;5;2018-12-31;;\n"), of(2018) | LATER_TRENDS),
        (append("targets.csv", "2031;trainings;;;5;2031-12-31;;\n"), set()),
        (append("assessments/2018.md", "\nMer.\n"), of(2018) | LATER_TRENDS),
        (append("raw/2018/enkat_extra.csv", "x\n"), of(2018, 2019)),
        (append("raw/2016/enkat_extra.csv", "x\n"), of(2017) | of(2018, names=PUBLIC[2:]) | LATER_TRENDS),
        (append("corrections/2019.csv", "x\n"), of(2019)),
        (append("association.toml", "\n# Ändrad\n"), ALL),
        (append("reference/population.csv", "\n"), ALL),
        (append("raw/foretagsregister.csv", "x\n"), ALL),
        (append("anteckningar.txt", "Inget som läses."), set()),
    ],
)  # fmt: skip
def test_a_changed_file_changes_the_reports_that_are_made_from_it_and_no_others(data_copy, change, expected):
    assert changed(data_copy, change) == expected


def test_a_file_that_is_touched_but_holds_the_same_changes_nothing(data_copy):
    def touch(data: Path) -> None:
        for path in data.rglob("*.csv"):
            path.write_bytes(path.read_bytes())

    assert changed(data_copy, touch) == set()


@pytest.mark.parametrize(
    "other",
    [
        Request(find_report("annual_report"), 2018, "internal"),
        Request(find_report("annual_report"), 2018, as_of="2018-08-31"),
        Request(find_report("gender_equality"), 2018),
    ],
)
def test_parameters_and_notebooks_belong_to_the_key(other):
    data = DataFolder(ROOT / "data")
    request = Request(find_report("annual_report"), 2018)
    mine, theirs = (key_of(one, data, NOTEBOOKS / f"{one.report.name}.ipynb", "") for one in (request, other))
    assert mine != theirs


def test_a_changed_notebook_and_other_code_change_the_key(tmp_path):
    data, request = DataFolder(ROOT / "data"), Request(find_report("trends"), 2018)
    notebook = tmp_path / "trends.ipynb"
    found = set()
    for content, code in (("{}", "a"), ("{} ", "a"), ("{}", "b")):
        notebook.write_text(content, encoding="utf-8")
        found.add(key_of(request, data, notebook, code))
    assert len(found) == 3


def publish(output: Path, request: Request, key: str) -> Path:
    """Publish a page as a run does, with its manifest."""
    folder = OutputFolder(output, request.year).public
    page = folder / request.document_names[0]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(b"<!DOCTYPE html>")
    manifest = ReportManifest.model_validate(
        {
            "report": request.report.name,
            "title": request.title,
            "parameters": request.parameters,
            "formats": ["html"],
            "key": key,
            "made": "2026-12-01T03:00:00+01:00",
            "duration_seconds": 7.5,
            "inputs": [],
            "rows": {"raw": 0, "clean": 0, "set_aside": 0},
            "kpis": {},
            "documents": [document_of(page.name, page.read_bytes())],
            "notebook_sha256": "",
            "versions": {},
        }
    )
    place = folder / manifest_name(request)
    place.parent.mkdir(exist_ok=True)
    place.write_text(as_json(manifest), encoding="utf-8")
    return page


def break_nothing(_: Path) -> None: ...


def change_page(page: Path) -> None:
    page.write_text("ändrad för hand", encoding="utf-8")


def cut_manifest(page: Path) -> None:
    file = page.parent / "internal" / "trends-public.manifest.json"
    file.write_text(file.read_text("utf-8")[:-9], "utf-8")


@pytest.mark.parametrize(
    ("harm", "unchanged"),
    [(break_nothing, True), (Path.unlink, False), (change_page, False), (cut_manifest, False)],
)
def test_a_report_is_unchanged_only_where_its_documents_are_there_as_they_were_published(
    tmp_path, harm, unchanged
):
    data, request = DataFolder(ROOT / "data"), Request(find_report("trends"), 2018)
    key = key_of(request, data, NOTEBOOKS / "trends.ipynb", digest())
    harm(publish(tmp_path, request, key))
    [planned] = plan([request], NOTEBOOKS, data, tmp_path)
    assert planned.unchanged == unchanged


def test_a_report_takes_the_time_that_it_took(tmp_path):
    data, request = DataFolder(ROOT / "data"), Request(find_report("trends"), 2018)
    publish(tmp_path, request, "another")
    known, guessed = plan([request, Request(find_report("trends"), 2019)], NOTEBOOKS, data, tmp_path)
    assert (known.weight, known.unchanged) == (7.5, False)
    assert guessed.weight == 4.0


def test_each_period_is_chosen_once_the_reports_own_first():
    data = DataFolder(ROOT / "data")
    requests = requests_for_all((2018, 2019), ["municipalities", "trends"], ["public", "internal"], data)
    told = {one: periods_told(one, data) for one in requests}
    assert in_order_of_choice(told) == ((2018, ""), (2019, ""), (2017, ""), (2016, ""))
    interim = Request(find_report("trends"), 2018, as_of="2018-08-31")
    assert periods_told(interim, data) == ((2016, ""), (2017, ""), (2018, "2018-08-31"))
    assert periods_told(Request(find_report("data_quality"), 2018, "internal"), data) == ()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("År;Mål\n2017;1\n2018;2\n", "År;Mål\n2018;2\n"),
        ("Mål;År\n1;2017\n2; 2018\n", "Mål;År\n2; 2018\n"),
        ("År;Mål\ntjugosjutton;1\n;2\n2018;3\n", "År;Mål\ntjugosjutton;1\n;2\n2018;3\n"),
        ('År;Mål\n2017;"två\nrader"\n', 'År;Mål\n2017;"två\nrader"\n'),
        ("Mål\n2017\n", "Mål\n2017\n"),
        ("", ""),
    ],
)
def test_of_a_list_of_all_years_only_lines_that_are_surely_of_others_are_left_out(text, kept):
    assert lines_of_years(text.encode(), {2018}).decode() == kept


def test_what_is_no_text_stays_whole():
    assert lines_of_years(b"\xff\xfe;", {2018}) == b"\xff\xfe;"


def test_the_copy_holds_what_the_reports_are_made_from_and_empty_folders_too(data_copy, tmp_path):
    (data_copy / "raw" / "2018" / "enkat_tom").mkdir()
    (data_copy / "hemligt.txt").write_text("x", encoding="utf-8")
    place = DataFolder(tmp_path / "copied")
    copied = copy_inputs([Request(find_report("annual_report"), 2018)], DataFolder(data_copy), place)
    assert copied["targets.csv"].bytes == (data_copy / "targets.csv").stat().st_size
    assert place.years() == (2017, 2018)
    assert (place.raw_year(2018) / "enkat_tom").is_dir()
    assert not (place.root / "hemligt.txt").exists()
    assert (place.raw / "foretagsregister.xlsx").read_bytes() == (
        data_copy / "raw" / "foretagsregister.xlsx"
    ).read_bytes()
