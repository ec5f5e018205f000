"""Whatever people write is text: every hostile text goes all the way to a page, and does nothing there."""

from __future__ import annotations

import base64
import csv
import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import nbformat
import pytest
from bs4 import BeautifulSoup
from hostile_pages import ASSESSMENTS, COMMENTS, ROOMS, as_shown
from hostile_texts import FORMULAS, HOSTILE, KINDS, LONG, SURROGATES, mark, numbered
from page_audit import Visit, open_details, open_page, page_faults
from test_export import code, cover, export, html, text

from asf_analysis.presentation.records import faults_as_csv, kpis_as_csv, log_as_csv
from asf_analysis.reports.sanitise import ELEMENTS
from asf_analysis.spreadsheets import defused

pytestmark = pytest.mark.browser

PAGES = ("published", "quality", "made")
OF_THE_PAGE = {"html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "footer"}
MARKDOWN = re.compile(r"[\\`*_\[\]~|]|<\w+:|\n\s*\S|^\s*([#>+=-]|\d+\.)|^(\t| {4})|https?:")
"""What Markdown may take for its own; a text without it stands in an assessment as it was written."""

READ_PARTS = """() => { const parts = {}; let part = ''
  for (const element of document.querySelector('main').children) {
    part = element.localName === 'h2' ? element.innerText : part
    parts[part] = (parts[part] ?? '') + ' ' + element.innerText }
  return parts }"""


@pytest.fixture(scope="module")
def parts(chromium, hostile_pages) -> dict[str, dict[str, str]]:
    """What can be read under each heading of the three pages, with every `details` open."""
    return {name: dict(_parts(chromium, hostile_pages.paths[name])) for name in PAGES}


def _parts(chromium, path) -> Iterator[tuple[str, str]]:
    with open_page(chromium, path) as visit:
        open_details(visit.page)
        yield from (
            (as_shown(name), as_shown(text)) for name, text in visit.page.evaluate(READ_PARTS).items()
        )


def test_there_are_texts_enough_and_some_are_very_long():
    assert len(set(HOSTILE)) == len(HOSTILE) >= 200
    assert all(len(texts) >= 12 for texts in KINDS.values())
    assert sum(len(text) >= LONG for text in HOSTILE) >= 5


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_hostile_texts_stands_and_does_nothing(chromium, hostile_pages, name, width):
    with open_page(chromium, hostile_pages.paths[name], width=width) as visit:
        open_details(visit.page)
        assert page_faults(visit, width) == []
        assert list(_foreign_parts(visit)) == []
        headings = visit.page.locator("main h2").all_inner_texts()
        assert visit.page.locator("body > footer").count() == visit.page.locator(".skip-link").count() == 1
    assert headings == [*ROOMS, ASSESSMENTS]


def _foreign_parts(visit: Visit) -> Iterator[str]:
    """Find elements, attributes and addresses that no text may bring in."""
    names, attributes, addresses = visit.page.evaluate(
        """() => { const all = [...document.querySelectorAll('*')]
          return [all.map(e => e.localName), all.flatMap(e => e.getAttributeNames()),
            [...document.links].map(e => e.getAttribute('href'))] }"""
    )
    yield from sorted(set(names) - ELEMENTS - OF_THE_PAGE)
    yield from sorted(
        name for name in set(attributes) if name.startswith("on") or name in ("style", "hidden")
    )
    yield from (link for link in addresses if not re.match(r"#[\w-]+$|https://[^@]+$|mailto:\S+@\S+$", link))


@pytest.mark.parametrize(("name", "answered"), [("quality", {0}), ("published", set())])
def test_every_name_of_an_enterprise_and_every_place_is_legible(parts, name, answered):
    """The first enterprise is the only one that answered the last round, so it is not named."""
    tables = parts[name]["Tabeller"]
    shown = {number: as_shown(text.replace("\0", "")) for number, text in numbered()}
    assert [number for number, text in shown.items() if number not in answered and text not in tables] == []


def test_what_is_written_in_an_assessment_is_legible_and_no_more_than_markdown(parts):
    """The words after the signs that open a block of code name its language, and are not shown."""
    assessments = parts["published"][ASSESSMENTS]
    lost = [text for number, text in enumerate(HOSTILE) if mark(number) not in assessments]
    assert lost == ["``` js"]
    plain = [as_shown(text) for _, text in numbered() if not MARKDOWN.search(text)]
    assert len(plain) > 150
    assert [text for text in plain if text not in assessments] == []


def test_what_stands_in_definitions_sources_and_association_is_legible(parts, hostile_pages):
    report = hostile_pages.made
    kpis = [outcome.kpi for outcome in report.outcomes]
    effort = report.association.effort
    written = [
        *(text for kpi in kpis for text in (kpi.label, kpi.formula, kpi.source)),
        *(warning for outcome in report.outcomes for warning in outcome.warnings),
        *(outcome.published.source for outcome in report.outcomes),
        *(outcome.text for outcome in report.outcomes if outcome.kpi.kind == "milestone"),
        *(place for lecture in report.lectures for place in lecture),
        *(effort.summary, effort.purpose, effort.tracks[0].title, effort.target_groups[0].text),
    ]
    page = " ".join(parts["made"].values()).casefold()
    assert len(written) > 200
    assert [text for text in written if as_shown(text).casefold() not in page] == []


def test_charts_hold_letters_and_shapes_alone_and_tell_every_name(hostile_pages):
    page = BeautifulSoup(hostile_pages.paths["made"].read_text("utf-8"), "html.parser")
    drawings = [base64.b64decode(image["src"].partition(",")[2]) for image in page.select(".chart img")]
    parts = {part.tag.rpartition("}")[2] for drawing in drawings for part in ET.fromstring(drawing).iter()}
    assert len(drawings) >= 3
    assert parts <= {"svg", "g", "path", "text", "use", "defs"}
    told = as_shown(" ".join(image["alt"] for image in page.select(".chart img"))).casefold()
    people = hostile_pages.made.table("participants_by_municipality")
    names = [name for name in people.frame[people.rows].unique() if name != "total"]
    assert len(names) > 30
    assert [name for name in names if as_shown(name).casefold() not in told] == []


def test_what_was_written_as_a_comment_stands_nowhere(hostile_pages):
    documents = [path.read_text("utf-8") for path in hostile_pages.paths.values()]
    documents += [log_as_csv(hostile_pages.quality.log), faults_as_csv(hostile_pages.quality.faults)]
    marks = [mark(number + COMMENTS) for number in range(len(HOSTILE))]
    assert [one for one in marks if any(one in document for document in documents)] == []


# -- the other ways out


def test_no_cell_of_a_csv_file_is_a_formula_in_whatever_way_a_spreadsheet_divides_it(hostile_pages):
    files = [
        kpis_as_csv(hostile_pages.made),
        faults_as_csv(hostile_pages.quality.faults),
        log_as_csv(hostile_pages.quality.log),
    ]
    cells = [
        cell.lstrip(' \u00a0\ufeff\x00"')
        for file in files
        for delimiter in (",", ";", "\t")
        for line in csv.reader(io.StringIO(file, newline=""), delimiter=delimiter)
        for cell in line
    ]
    assert sum("=" in cell for cell in cells) > 30
    assert [cell for cell in cells if cell.startswith(tuple("=+-@＝＋－＠"))] == []


def test_every_formula_is_kept_from_being_one_and_other_text_is_left_alone():
    harmless = {'"=1+1"', "'=1+1", ",=1+1"}
    assert {text for text in FORMULAS if defused(text) == text} == harmless
    assert all(defused(text).replace("'", "") == text.replace("'", "") for text in HOSTILE)
    assert [defused(text) for text in ("ca 75", "2018-12-31", "a = b; c", "a;-5")] == [
        "ca 75", "2018-12-31", "a = b; c", "a;'-5",
    ]  # fmt: skip


@pytest.mark.parametrize("half", SURROGATES)
def test_half_a_character_is_left_out_wherever_it_stands(half):
    kinds = (html(f"<p>{half}</p>"), text(half), code({"text/markdown": half}), code({"text/plain": half}))
    page = export(*kinds, first=cover(title=f"Titel {half}", facts=[[half, half]]))
    kept = half.encode("utf-8", "ignore").decode()
    assert page.encode("utf-8").decode().count(kept) >= 7


def test_nbconverts_own_command_writes_half_a_character_too(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[cover(), text("A\ud800B"), html("<p>C\udfffD</p>")])
    (tmp_path / "OUT.ipynb").write_text(nbformat.writes(notebook, ensure_ascii=True), encoding="utf-8")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "asf_report", "OUT.ipynb"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    page = (tmp_path / "OUT.html").read_text(encoding="utf-8")
    assert "<p>AB</p>" in page
    assert "<p>CD</p>" in page
