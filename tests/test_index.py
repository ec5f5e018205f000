"""The index: every published report one step away, the KPIs' course over the years, and nothing internal."""

import base64
import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from index_sample import SECRET, publish_year, with_result, write
from published_sample import ASSOCIATION

from asf_analysis.errors import NotebookFailed, UnwritableOutput
from asf_analysis.folders import DataFolder
from asf_analysis.reports.catalogue import find_report
from asf_analysis.reports.export import style_hash
from asf_analysis.reports.hyphens import SOFT_HYPHEN
from asf_analysis.reports.index import write_index
from asf_analysis.reports.index.courses import Figure, courses_of
from asf_analysis.reports.index.page import write_page
from asf_analysis.reports.index.shelf import read_shelf
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run import Run, making, measuring, run_reports
from asf_analysis.reports.run.made import Made
from asf_analysis.reports.run.work import MEASURING
from asf_analysis.swedish.writing import NO_BREAK_SPACE

DATA = DataFolder(Path(__file__).parent.parent / "data")
NOON = datetime(2026, 11, 24, 12, 0)
INFORMED = "Organisationer och grupper som fått information"


def index_of(output: Path, said: list[str] | None = None) -> BeautifulSoup:
    path = write_index(DATA, output, (said if said is not None else []).append, clock=lambda: NOON)
    assert path == output / "index.html"
    return parsed(path.read_text(encoding="utf-8"))


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html.replace(SOFT_HYPHEN, ""), "html.parser")


def words(element: Tag) -> str:
    return " ".join(element.get_text().replace(NO_BREAK_SPACE, " ").split())


def files_linked(page: BeautifulSoup) -> list[str]:
    addresses = [str(link["href"]) for link in page.select("main a")]
    return [unquote(address) for address in addresses if not address.startswith("#")]


def row_of(page: BeautifulSoup, label: str) -> list[Tag]:
    rows = [row for row in page.select("tbody tr") if words(row.th).startswith(label)]
    assert len(rows) == 1
    return rows[0].select("td")


def test_the_newest_year_comes_first_with_every_format_and_its_size(tmp_path):
    for year in (2017, 2019, 2018):
        publish_year(tmp_path, year)
    page = index_of(tmp_path)
    assert [words(heading) for heading in page.select(".year h3")] == ["2019", "2018", "2017"]
    newest = page.select_one(".year > .files")
    assert words(newest.select_one(".file-title")) == "Årsrapport"
    assert [words(link) for link in newest.select("a")] == [
        "Webbsida, Årsrapport 2019, 1 kB",
        "PDF, Årsrapport 2019, 2 kB",
        "Word, Årsrapport 2019, 3 kB",
    ]


def test_the_data_are_listed_by_their_titles(tmp_path):
    folder = publish_year(tmp_path, 2018)
    write(folder / "data" / "utan_titel.csv", "a")
    page = index_of(tmp_path)
    listed = {
        words(item.select_one(".file-title")): [link.get_text().split(",")[0] for link in item.select("a")]
        for item in page.select("details li")
    }
    assert listed == {
        "Nyckeltal": ["CSV", "JSON", "Excel"],
        "Mål och resultat": ["CSV"],
        "Deltagare efter kommun & kön": ["CSV"],
        "utan_titel": ["CSV"],
        "Beskrivning av datafilerna": ["JSON"],
    }


def test_every_link_leads_to_a_file_whatever_it_is_called(tmp_path):
    folder = publish_year(tmp_path, 2018)
    publish_year(tmp_path, 2019, documents=("annual_report.pdf",))
    for name in ("å ä#1.csv", "50 %?.csv", "a&b;'c'.csv"):
        write(folder / "data" / name, "x")
    linked = files_linked(index_of(tmp_path))
    assert [name for name in linked if not (tmp_path / name).is_file()] == []
    assert {"2018/data/å ä#1.csv", "2018/data/50 %?.csv", "2019/annual_report.pdf"} <= set(linked)
    assert "2019/annual_report.html" not in linked


def test_every_link_is_relative_and_has_a_name_of_its_own(tmp_path):
    for year in (2018, 2019):
        publish_year(tmp_path, year)
    links = index_of(tmp_path).select("main a")
    assert len({words(link) for link in links}) == len(links) == 22
    assert [link["href"] for link in links if re.match(r"[a-z]+:|/", link["href"])] == []


def test_nothing_internal_failed_or_unfinished_is_read_or_linked(tmp_path):
    publish_year(tmp_path, 2018)
    for name in (
        "failed/annual_report-2018-public.ipynb", ".staging-x/2018/annual_report.html", "2021/data.csv",
        "2018/data_quality.html", "2018/.hidden.csv", "2018/data/.hidden.csv", "2018/notes.txt",
        "2020/internal/annual_report.html", "20190/annual_report.html", "0099/annual_report.html",
    ):  # fmt: skip
        write(tmp_path / name, SECRET)
    page = index_of(tmp_path)
    assert SECRET not in page.decode()
    assert {name.split("/")[0] for name in files_linked(page)} == {"2018"}
    assert not [name for name in files_linked(page) if re.search(r"internal|hidden|notes|quality", name)]


def test_a_kpi_is_told_as_in_the_report_with_its_status_and_its_course(tmp_path):
    publish_year(tmp_path, 2017, with_result(1234, low=1200.0, high=1300.0))
    publish_year(tmp_path, 2018)
    publish_year(tmp_path, 2019, with_result(None, withheld=True))
    publish_year(tmp_path, 2020, with_result(None))
    page = index_of(tmp_path)
    assert [words(head) for head in page.select("thead th")] == [
        "Nyckeltal (enhet)", "2017", "2018", "2019", "2020", "Utveckling",
    ]  # fmt: skip
    *cells, course = row_of(page, INFORMED)
    assert [words(cell) for cell in cells] == [
        "ca 1 234 ▲Uppnått", "32 ▲Uppnått", ".. ○Kan ej bedömas", ". ○Kan ej bedömas",
    ]  # fmt: skip
    assert [cell["data-label"] for cell in (*cells, course)] == ["2017", "2018", "2019", "2020", "Utveckling"]
    assert words(course) == ""
    assert (
        course.img["alt"]
        .replace(NO_BREAK_SPACE, " ")
        .endswith(
            "2017: ca 1 234, mål 30; 2018: 32, mål 30; "
            "2019: redovisas inte av sekretesskäl, mål 30; 2020: uppgift saknas, mål 30."
        )
    )


def test_a_milestone_has_a_word_and_no_line(tmp_path):
    publish_year(tmp_path, 2018)
    reached, course = row_of(index_of(tmp_path), "Uppföljning av jämställdhet")
    assert words(reached) == "Ja ▲Uppnått"
    assert course.img is None


def test_each_year_in_the_table_leads_to_its_report(tmp_path):
    publish_year(tmp_path, 2018)
    publish_year(tmp_path, 2019, documents=("annual_report.pdf",))
    publish_year(tmp_path, 2020, documents=())
    first, second, third, _ = row_of(index_of(tmp_path), "Hela rapporten")
    assert [cell.a["href"] for cell in (first, second)] == [
        "2018/annual_report.html",
        "2019/annual_report.pdf",
    ]
    assert words(first) == "Läs Årsrapport 2018"
    assert third.a is None


figures = st.builds(
    lambda amount, target, known: {
        "kind": "flow", "target": target, "status": "uppnått",
        "result": amount if known in ("exact", "ca") else None,
        "approximate": known == "ca", "withheld": known == "withheld",
    },
    st.integers(0, 5000),
    st.none() | st.integers(1, 5000),
    st.sampled_from(["exact", "ca", "withheld", "missing"]),
)  # fmt: skip
years_of_figures = st.dictionaries(st.integers(2010, 2025), figures, min_size=1, max_size=8)


def by_hand(amount: int) -> str:
    return f"{amount:,}".replace(",", NO_BREAK_SPACE)


@given(years_of_figures, st.sets(st.integers(2010, 2025), max_size=2))
def test_cells_alternative_text_and_line_agree_with_the_records(told, without):
    records = {
        year: [Figure(kpi="k", label="Insatser", unit="st", **told[year])] if year in told else []
        for year in sorted(told.keys() | without)
    }
    (course,) = courses_of(records)
    expected = []
    for year in records:
        figure = told.get(year)
        known = {True: "..", False: "."}[figure["withheld"]] if figure else "–"
        if figure and figure["result"] is not None:
            known = ("ca " if figure["approximate"] else "") + by_hand(figure["result"])
        expected.append((year, known))
    assert [(cell.year, cell.text) for cell in course.cells] == expected
    marked = [bool(cell.mark) for cell in course.cells]
    assert marked == [bool(told.get(year) and told[year]["target"] is not None) for year in records]
    shown = [year for year, text in expected if text[-1].isdigit()]
    assert bool(course.svg) == bool(shown)
    signs = {"..": "redovisas inte av sekretesskäl", ".": "uppgift saknas", "–": "inget att redovisa"}
    if shown:
        assert course.svg.count("<circle") == len(shown)
        told_years = course.alt.removeprefix("Insatser (st). ").removesuffix(".").split("; ")
        assert [text.split(", mål")[0] for text in told_years] == [
            f"{year}: {signs.get(text, text)}" for year, text in expected
        ]


def test_kpis_are_named_and_ordered_as_in_the_newest_year():
    def figure(kpi: str, label: str, target: float | None) -> Figure:
        return Figure(
            kpi=kpi, label=label, unit=None, kind="flow", target=target, result=1, approximate=False,
            withheld=False, status="uppnått",
        )  # fmt: skip

    courses = courses_of(
        {
            2017: [figure("old", "Utgånget", None), figure("a", "Förr", 1)],
            2018: [figure("b", "Utan mål", None), figure("a", "Nu", 1)],
        }
    )
    assert [course.heading for course in courses] == ["Nu", "Utan mål", "Utgånget"]
    assert [[cell.text for cell in course.cells] for course in courses] == [
        ["1", "1"],
        ["–", "1"],
        ["1", "–"],
    ]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\x00\u202e&amp;"]
)
def test_hostile_words_stay_words(tmp_path, text):
    folder = publish_year(tmp_path, 2018, titles={"data/goals.csv": text})
    records = json.loads((folder / "kpis.json").read_text(encoding="utf-8"))
    records[0] |= {"label": text, "unit": text}
    write(folder / "kpis.json", json.dumps(records))
    html = index_of(tmp_path).decode()
    page = parsed(html)
    seen = text.replace("\x00", "").replace("\u202e", "")
    assert page.script is None
    assert [image for image in page.select("img") if not image["src"].startswith("data:image/svg+xml;")] == []
    assert words(row_of(page, seen)[0].find_previous("th")).startswith(seen)
    assert row_of(page, seen)[-1].img["alt"].startswith(seen)
    assert seen in [item.get_text() for item in page.select(".file-title")]


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"{", b'{"a": 1}', b'[{"kpi": "x"}]', b"[NaN]", b"[" * 100_000, b"\xff\xfe[]",
        b'[{"kpi":"k","label":"L","unit":"","kind":"flow","target":null,"result":1e99,"approximate":false,'
        b'"withheld":false,"status":"ej uppn\xc3\xa5tt"}]',
    ],
)  # fmt: skip
def test_kpis_that_cannot_be_read_are_told_and_the_year_keeps_its_reports(tmp_path, broken):
    publish_year(tmp_path, 2016)
    folder = publish_year(tmp_path, 2017)
    publish_year(tmp_path, 2018)
    (folder / "kpis.json").write_bytes(broken)
    said: list[str] = []
    page = index_of(tmp_path, said)
    assert len(said) == 1
    assert "2017/kpis.json går inte att läsa" in said[0]
    assert said[0].endswith("asf-analysis run --year 2017")
    assert {"2017/annual_report.html", "2017/kpis.csv"} <= set(files_linked(page))
    assert "2017/kpis.json" not in files_linked(page)
    assert [words(head) for head in page.select("thead .number")] == ["2016", "2018"]
    assert words(page.select_one(".courses .note")).startswith("2017 saknas i tabellen")
    assert svg_of(row_of(page, INFORMED)[-1]).find("{*}polyline") is None


def svg_of(cell: Tag) -> ElementTree.Element:
    return ElementTree.fromstring(base64.b64decode(cell.img["src"].split(",")[1]))


def test_a_description_of_data_that_cannot_be_read_leaves_the_files_their_names(tmp_path):
    folder = publish_year(tmp_path, 2018)
    write(folder / "datapackage.json", "[]")
    said: list[str] = []
    page = index_of(tmp_path, said)
    assert "2018/datapackage.json går inte att läsa" in said[0]
    assert {"goals", "people"} < {item.get_text() for item in page.select("details .file-title")}
    assert "2018/datapackage.json" not in files_linked(page)


def test_an_older_edition_without_kpis_is_listed_and_said_nothing_of(tmp_path):
    write(tmp_path / "2015" / "annual_report.html", "x")
    publish_year(tmp_path, 2018)
    said: list[str] = []
    page = index_of(tmp_path, said)
    assert said == []
    assert "2015/annual_report.html" in files_linked(page)
    assert [words(value) for value in page.select(".facts dd")[:2]] == ["2015 och 2018", "2"]


def test_an_output_folder_without_reports_says_so(tmp_path):
    page = index_of(tmp_path / "not" / "made")
    assert "Ingen rapport är publicerad än." in words(page.main)
    assert page.table is None
    assert files_linked(page) == []


@pytest.mark.parametrize("kind", ["output is a file", "index is a folder"])
def test_an_output_that_cannot_be_written_is_told_in_swedish(tmp_path, kind):
    if kind == "output is a file":
        output = write(tmp_path / "output", "")
    else:
        output = publish_year(tmp_path, 2018).parent
        (output / "index.html").mkdir()
    with pytest.raises(UnwritableOutput, match=r"Det går inte att skriva i mappen|går inte att göra om"):
        index_of(output)
    assert not list(tmp_path.glob(".*"))


def test_a_report_that_comes_while_the_index_is_written_is_in_it(tmp_path):
    publish_year(tmp_path, 2018)

    def publish_meanwhile() -> datetime:
        publish_year(tmp_path, 2019)
        return NOON

    page = parsed(write_index(DATA, tmp_path, print, clock=publish_meanwhile).read_text(encoding="utf-8"))
    assert "2019/annual_report.html" in files_linked(page)


def test_a_reader_finds_a_whole_index_while_two_runs_write_it(tmp_path):
    publish_year(tmp_path, 2018)
    path = write_index(DATA, tmp_path, print)
    done = threading.Event()

    def read_until_done() -> set[str]:
        endings = set()
        while not done.is_set():
            endings.add(path.read_text(encoding="utf-8")[-8:])
        return endings

    with ThreadPoolExecutor(3) as pool:
        reading = pool.submit(read_until_done)
        for writing in [pool.submit(partial(write_index, DATA, tmp_path, print)) for _ in range(10)]:
            writing.result()
        done.set()
        assert reading.result() == {"</html>\n"}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["2018", "index.html"]


def test_two_indexes_differ_only_in_the_line_with_the_time(tmp_path):
    publish_year(tmp_path, 2018)
    first, second = (
        write_page(ASSOCIATION, read_shelf(tmp_path), when).splitlines()
        for when in (NOON, datetime(2027, 1, 1))
    )
    different = [line for line, other in zip(first, second, strict=True) if line != other]
    assert len(different) == 1
    assert 'class="generated"' in different[0]
    assert "24 november 2026 kl." in different[0]


def test_the_page_runs_nothing_and_lets_in_its_own_style_alone(tmp_path):
    publish_year(tmp_path, 2018)
    html = write_page(ASSOCIATION, read_shelf(tmp_path), NOON)
    page = BeautifulSoup(html, "html.parser")
    policy = page.select_one("meta[http-equiv]")["content"]
    assert "default-src 'none'" in policy
    assert f"'{style_hash(page.style.string)}'" in policy
    assert page.select("script, link, iframe, form, base, [style]") == []
    assert page.html["lang"] == "sv"
    assert len(page.select("h1")) == 1


@pytest.mark.parametrize(
    ("association", "page", "stamp"),
    [
        (True, "", "Demonstrationsdata: företag, organisationsnummer och svar är påhittade."),
        (
            False,
            "Demonstrationsdata: företag, organisationsnummer och svar är påhittade.",
            "Demonstrationsdata: uppgifterna för 2018 är påhittade.",
        ),
        (False, "", None),
    ],
)
def test_the_index_says_of_which_years_the_data_is_invented(tmp_path, association, page, stamp):
    write(publish_year(tmp_path, 2018) / "annual_report.html", page)
    publish_year(tmp_path, 2019)
    who = ASSOCIATION.model_copy(update={"demonstration": association})
    header = parsed(write_page(who, read_shelf(tmp_path), NOON)).header
    assert [words(mark) for mark in header.select(".stamps li")] == ([stamp] if stamp else [])


def make_some(monkeypatch: pytest.MonkeyPatch, output: Path, failing: set[int]) -> Run:
    """Make the reports of 2017 and 2018, some of which fail."""

    def make(request: Request, *_: object) -> Made:
        if request.year in failing:
            raise NotebookFailed("Anteckningsboken stannade.", b"{}")
        page = b"<!DOCTYPE html><title>2018</title>"
        return Made(
            {"annual_report.html": page}, b"{}", {}, (), {"raw": 0, "clean": 0, "set_aside": 0}, {}, 1, 1
        )

    for task, made in (("measure", b""), ("choose", (b"", b"")), ("pattern_record", {}), ("audit", ())):
        monkeypatch.setattr(measuring if task in MEASURING else making, task, lambda *_, made=made: made)
    monkeypatch.setattr(making, "make", make)
    requests = [Request(find_report("annual_report"), year) for year in (2017, 2018)]
    return run_reports(requests, DATA, output)


def test_a_run_makes_the_index_also_when_a_report_failed(tmp_path, monkeypatch):
    done = make_some(monkeypatch, tmp_path, failing={2017})
    assert [one.status for one in done.reports] == ["misslyckades", "klar"]
    assert str(done.errors[0]).startswith("Anteckningsboken stannade.")
    assert done.exit_code == 1
    assert (tmp_path / "index.html").is_file()


def test_a_run_that_publishes_nothing_leaves_what_is_published_as_it_was(tmp_path, monkeypatch):
    make_some(monkeypatch, tmp_path, failing={2017, 2018})
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "failed", "log"}


def test_an_index_that_cannot_be_written_fails_the_run_but_keeps_its_reports(tmp_path, monkeypatch):
    (tmp_path / "index.html").mkdir()
    done = make_some(monkeypatch, tmp_path, failing=set())
    assert "går inte att göra om" in str(done.errors[-1])
    assert [one.status for one in done.reports] == ["klar", "klar"]
    assert (tmp_path / "2018" / "annual_report.html").is_file()
