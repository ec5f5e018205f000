"""The PDF of a report: what a screen reader, a search and a printer find in it."""

from __future__ import annotations

import base64
import importlib
import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from finished_pages import HOSTILE, hostile_page, page_with, read, sample_page, squeezed
from made_once import made_once

from asf_analysis.errors import NotPublishable
from asf_analysis.reports.finished import FinishedPage
from asf_analysis.reports.hyphens import SOFT_HYPHEN
from asf_analysis.reports.pdf import write_pdf

A4 = (595.3, 841.9)
"""In points."""

ALLOWED_INSIDE = {
    "/L": {"/LI", "/L", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/THead", "/TBody", "/TFoot", "/TR", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TR": {"/TH", "/TD"},
}
"""ISO 32000-1, 14.8.4.3."""


@pytest.fixture(scope="session")
def made_2018(page_2018: FinishedPage, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    def make(folder: Path) -> Path:
        made = folder / "annual_report.pdf"
        made.write_bytes(write_pdf(page_2018))
        return made

    return made_once(tmp_path_factory, "pdf", make).read_bytes()


@pytest.fixture(scope="session")
def pdf_2018(made_2018: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made_2018))


@pytest.fixture(scope="session")
def texts_2018(made_2018: bytes) -> list[str]:
    """The text of each page."""
    return texts(made_2018)


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def children(tag: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from children(kid) if kid.S == "/NonStruct" else [kid]


def tags(pdf: pikepdf.Pdf, *names: str) -> list[pikepdf.Object]:
    """The tags of some names, all without any, in reading order."""

    def below(tag: pikepdf.Object) -> Iterator[pikepdf.Object]:
        yield tag
        for child in children(tag):
            yield from below(child)

    found = below(pdf.Root.StructTreeRoot.K[0])
    return [tag for tag in found if not names or str(tag.S) in names]


def outline(item: pikepdf.Object | None) -> list[str]:
    titles: list[str] = []
    while item is not None:
        titles += [str(item.Title), *outline(item.get("/First"))]
        item = item.get("/Next")
    return titles


def test_it_is_tagged_and_says_its_language_title_sender_and_standard(pdf_2018, page_2018):
    root, facts = pdf_2018.Root, pdf_2018.docinfo
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "sv"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(facts.Title) == page_2018.title
    assert str(facts.Author) == page_2018.cover.organisation
    assert str(facts.CreationDate) == str(facts.ModDate) == "D:20261124120000+00'00"
    assert b'pdfuaid:part="1"' in root.Metadata.read_bytes()


def test_its_outline_and_its_heading_tags_are_the_headings_of_the_page(pdf_2018, page_2018):
    headings = read(page_2018).find_all(["h1", "h2", "h3", "h4"])
    assert len(headings) > 20
    assert outline(pdf_2018.Root.Outlines.First) == [one.get_text(" ", strip=True) for one in headings]
    tagged = [str(tag.S) for tag in tags(pdf_2018, "/H1", "/H2", "/H3", "/H4")]
    assert tagged == [f"/{one.name.upper()}" for one in headings]


def test_every_figure_has_its_alternative_text(pdf_2018, page_2018):
    alternatives = [image["alt"] for image in read(page_2018).find_all("img")]
    assert len(alternatives) > 3
    assert [str(figure.Alt) for figure in tags(pdf_2018, "/Figure")] == alternatives


def test_every_table_has_header_cells_that_say_what_they_head(pdf_2018):
    tables = tags(pdf_2018, "/Table")
    assert len(tables) > 10
    for table in tables:
        parts = {str(part.S): part for part in children(table)}
        columns = [cell for row in children(parts["/THead"]) for cell in children(row)]
        assert {str(cell.A.Scope) for cell in columns if cell.S == "/TH"} == {"/Column"}
        for row in children(parts["/TBody"]):
            assert str(next(children(row)).A.Scope) == "/Row"


def test_no_row_is_cut_and_every_closed_table_of_data_is_there(pdf_2018, page_2018):
    rows = [
        row for part in tags(pdf_2018, "/TBody") for row in children(part)
    ]  # a row that went on over a page's end would be tagged twice
    assert len(read(page_2018).select("details tbody tr")) > 20
    assert len(rows) == len(read(page_2018).select("tbody tr"))


def test_tags_stand_only_where_the_standard_lets_them(pdf_2018):
    wrong = [
        f"{child.S} in {tag.S}"
        for tag in tags(pdf_2018)
        for child in children(tag)
        if str(child.S) not in ALLOWED_INSIDE.get(str(tag.S), {str(child.S)})
    ]
    assert wrong == []


def test_every_link_says_where_it_leads_and_belongs_to_a_tag(pdf_2018):
    links = [link for page in pdf_2018.pages for link in page.get("/Annots", [])]
    assert len(links) > 20
    assert all("/Contents" in link and "/StructParent" in link for link in links)


def test_each_page_is_an_a4_with_title_stamps_and_number_and_nothing_wider(made_2018, texts_2018, page_2018):
    document, cover = pypdfium2.PdfDocument(made_2018), page_2018.cover
    assert cover.marks[0] in " ".join(texts_2018[0].split())
    for number, (page, text) in enumerate(zip(document, texts_2018, strict=True), start=1):
        assert page.get_size() == pytest.approx(A4, abs=0.2)
        assert f"Sida {number} av {len(texts_2018)}" in text
        assert number == 1 or (cover.short_marks in text and cover.title in text)
        words = page.get_textpage()
        printed = [index for index in range(words.count_chars()) if words.get_text_range(index, 1).strip()]
        right_ends = [words.get_charbox(index)[2] for index in printed]
        assert max(right_ends) < A4[0] - 48  # the margin is 18 mm, 51 points


def test_words_can_be_searched_for_and_copied(texts_2018, page_2018):
    assert SOFT_HYPHEN in page_2018.html
    whole = "".join(texts_2018)
    assert SOFT_HYPHEN not in whole
    assert "Tillsvidareanställda i" in whole


def test_it_says_what_the_page_says_in_the_same_order(texts_2018, page_2018):
    paragraphs = [squeezed(one.get_text()) for one in read(page_2018).select("h1, main > h2, main > p")]
    whole, place, found = squeezed("".join(texts_2018)), 0, 0
    for text in paragraphs:
        if text in whole:  # a few go on over a page's end, with its running lines between
            place, found = whole.index(text, place), found + 1
    assert found > 30


def test_the_same_page_gives_the_same_bytes():
    assert write_pdf(sample_page()) == write_pdf(sample_page())


def test_hostile_text_stays_text():
    pdf = write_pdf(hostile_page())
    whole = squeezed("".join(texts(pdf)))
    assert [text for text in HOSTILE[:-1] if squeezed(text) not in whole] == []
    document = pikepdf.open(io.BytesIO(pdf))
    assert outline(document.Root.Outlines.First)[2] == HOSTILE[0]
    targets = [link.A.URI for page in document.pages for link in page.get("/Annots", []) if "/A" in link]
    assert {str(target).split(":")[0] for target in targets} == {"https", "mailto"}


def drawing(width: int, height: int) -> str:
    size = f'width="{width}" height="{height}"'
    shape = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M0 0h9v9z"/></svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(shape.encode()).decode()}"


def test_of_a_picture_with_a_narrow_form_the_wide_one_is_printed():
    narrow = f'<source media="(max-width: 40rem)" srcset="{drawing(100, 400)}">'
    pdf = write_pdf(page_with(f'<picture>{narrow}<img src="{drawing(400, 100)}" alt="Ett"></picture>'))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (figure,) = tags(document, "/Figure")
        left, top, right, bottom = (float(edge) for edge in figure.A.BBox)
    assert (right - left) / (bottom - top) == pytest.approx(4, abs=0.01)


@pytest.mark.parametrize(
    "source", ["data:image/png;base64,AAAA", "file:///etc/hostname", "http://127.0.0.1:9/"]
)
def test_a_picture_that_cannot_be_drawn_or_is_not_in_the_page_stops_the_pdf(source):
    importlib.import_module("weasyprint")  # which gives its logger a handler
    before = list(logging.getLogger("weasyprint").handlers)
    with pytest.raises(NotPublishable, match="En bild i rapporten går inte att rita i PDF"):
        write_pdf(page_with(f'<img src="{source}" alt="En bild">'))
    assert logging.getLogger("weasyprint").handlers == before
