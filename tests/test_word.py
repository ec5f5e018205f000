"""The Word document of a report: its styles, pictures, tables, running lines and properties."""

from __future__ import annotations

import base64
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from finished_pages import HOSTILE, hostile_page, page_with, read, sample_page, squeezed
from made_once import made_once
from PIL import Image

from asf_analysis.errors import NotPublishable
from asf_analysis.reports.finished import FinishedPage
from asf_analysis.reports.hyphens import SOFT_HYPHEN
from asf_analysis.reports.word import write_docx
from asf_analysis.reports.word.flatten import CARDS_HEAD, flatten
from asf_analysis.reports.word.pictures import draw, prepare_pictures
from asf_analysis.reports.word.styles import TEXT_WIDTH_MM
from asf_analysis.reports.word.tables import TEXT_WIDTH, column_widths

EMU_PER_MM = 36_000


@pytest.fixture(scope="session")
def word_2018(page_2018: FinishedPage, tmp_path_factory: pytest.TempPathFactory) -> Document:
    def make(folder: Path) -> Path:
        made = folder / "annual_report.docx"
        made.write_bytes(write_docx(page_2018))
        return made

    return opened(made_once(tmp_path_factory, "word", make).read_bytes())


@pytest.fixture(scope="session")
def word_sample() -> bytes:
    return write_docx(sample_page())


def opened(written: bytes) -> Document:
    return docx.Document(io.BytesIO(written))


def all_text(document: Document) -> str:
    return "\n".join(text.text or "" for text in document.element.iter(qn("w:t")))


def fields(document: Document) -> list[str]:
    """The instructions of the document's fields, wherever they stand."""
    section = document.sections[0]
    parts = (document.element, section.header._element, section.footer._element)
    return [field.text.split()[0] for part in parts for field in part.iter(qn("w:instrText"))]


def test_headings_have_the_levels_of_the_page_and_its_title_is_the_title(word_2018, page_2018):
    page = read(page_2018)
    wanted = [("Title", page.h1.get_text())] + [
        (f"Heading {int(one.name[1]) - 1}", one.get_text(" ", strip=True))
        for one in page.select("main :is(h2, h3, h4), footer h2")
    ]
    assert len(wanted) > 20
    found = [
        (one.style.name, one.text)
        for one in word_2018.paragraphs
        if one.style.name == "Title" or one.style.name.startswith("Heading")
    ]
    assert found == wanted


def test_every_picture_has_its_alternative_text_and_is_not_stretched(word_2018, page_2018):
    alternatives = [image["alt"] for image in read(page_2018).find_all("img")]
    assert len(alternatives) > 3
    assert [one.get("descr") for one in word_2018.element.iter(qn("wp:docPr"))] == alternatives
    for shape in word_2018.inline_shapes:
        held = word_2018.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        with Image.open(io.BytesIO(held.blob)) as picture:
            assert picture.format == "PNG"
            assert shape.width / shape.height == pytest.approx(picture.width / picture.height, rel=0.005)
        assert shape.width == pytest.approx(TEXT_WIDTH_MM * EMU_PER_MM, rel=0.01)


def test_every_table_repeats_its_head_marks_its_first_column_and_keeps_its_rows_whole(word_2018, page_2018):
    assert len(word_2018.tables) == len(read(page_2018).find_all("table")) + 1  # the cards
    for table in word_2018.tables:
        rows = [row._tr.trPr for row in table.rows]
        assert rows[0].find(qn("w:tblHeader")) is not None
        assert rows[-1].find(qn("w:tblHeader")) is None
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
        assert sum(column.width.twips for column in table.columns) <= TEXT_WIDTH


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_tables_hold_what_the_page_holds(word_2018, page_2018):
    page = read(page_2018)
    cards = [
        [one.get_text() for one in card.find_all("p", recursive=False)] for card in page.select(".kpi-card")
    ]
    assert len(cards) == 15
    assert cells(word_2018.tables[0]) == [list(CARDS_HEAD), *cards]
    for ours, theirs in zip(word_2018.tables[1:], page.find_all("table"), strict=True):
        wanted = [[one.get_text() for one in row.find_all(["th", "td"])] for row in theirs.select("tbody tr")]
        assert cells(ours)[-len(wanted) :] == wanted


def test_numbers_stand_to_the_right_and_sums_are_bold(word_2018, page_2018):
    place = [bool(one.select(".total")) for one in read(page_2018).find_all("table")].index(True)
    last = word_2018.tables[1 + place].rows[-1].cells
    assert last[0].paragraphs[0].alignment != WD_ALIGN_PARAGRAPH.RIGHT
    assert last[1].paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert all(run.bold for cell in last for run in cell.paragraphs[0].runs)


def test_captions_and_headings_stay_with_what_follows(word_2018):
    names = {"Heading 1", "Heading 2", "Caption", "Table Caption", "Figure"}
    used = {one.style.name: one.style for one in word_2018.paragraphs}
    assert names <= set(used)
    assert all(used[name].paragraph_format.keep_with_next for name in names)


def test_the_text_is_swedish(word_2018):
    languages = {one.get(qn("w:val")) for one in word_2018.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    assert word_2018.core_properties.language == "sv-SE"


def test_its_properties_name_the_sender_and_the_time_and_nobody_else(word_2018, page_2018):
    facts, cover = word_2018.core_properties, page_2018.cover
    assert (facts.title, facts.subject) == (page_2018.title, cover.description)
    assert {facts.author, facts.last_modified_by} == {cover.organisation}
    assert facts.created == facts.modified == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert (facts.comments, facts.keywords, facts.category) == ("", "", "")


@pytest.mark.parametrize("which", ["2018", "sample"])
def test_every_page_bears_title_stamps_sender_and_number(which, word_2018, page_2018, word_sample):
    page = page_2018 if which == "2018" else sample_page()
    document = word_2018 if which == "2018" else opened(word_sample)
    (section,) = document.sections
    assert section.header.paragraphs[0].text == f"{page.cover.title}\t{page.cover.short_marks}"
    assert section.footer.paragraphs[0].text == f"{page.cover.organisation}\tSida 1 av 1"
    assert not section.different_first_page_header_footer
    assert [one.text for one in document.paragraphs if one.style.name == "Stämpel"] == list(page.cover.marks)
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)


def test_its_contents_are_links_to_the_headings_within_a_field_of_word(word_2018, page_2018):
    headings = [one.get_text() for one in read(page_2018).select(".contents a")]
    lines = [one for one in word_2018.paragraphs if one.style.name in ("toc 1", "toc 2")]
    bookmarks = {
        one.get(qn("w:name")): one.getnext() for one in word_2018.element.iter(qn("w:bookmarkStart"))
    }
    anchors = [one._p.find(qn("w:hyperlink")).get(qn("w:anchor")) for one in lines]
    assert len(headings) > 20
    assert [one.text for one in lines] == headings
    assert [bookmarks[anchor].text for anchor in anchors] == headings
    assert fields(word_2018) == ["TOC", "PAGE", "NUMPAGES"]


def test_the_same_page_gives_the_same_bytes(word_sample):
    assert write_docx(sample_page()) == word_sample


def test_hostile_text_stays_text():
    document = opened(write_docx(hostile_page()))
    whole = squeezed(all_text(document))
    assert [text for text in HOSTILE if squeezed(text) not in whole] == []
    assert SOFT_HYPHEN not in whole
    assert fields(document) == ["TOC", "PAGE", "NUMPAGES"]
    names = {element.tag for element in document.element.iter() if isinstance(element.tag, str)}
    assert not {name for name in names if re.search(r"oMath|altChunk|object|fldSimple|sdt", name)}
    outside = {rel.target_ref.split(":")[0] for rel in document.part.rels.values() if rel.is_external}
    assert outside == {"https", "mailto"}
    assert [one.text for one in document.paragraphs if one.style.name == "Title"] == [
        read(hostile_page()).h1.get_text()
    ]


def test_flat_html_holds_no_attribute_that_pandoc_could_take_for_more():
    flat = BeautifulSoup(flatten(sample_page()), "html.parser")
    held = {name for element in flat.find_all(True) for name in element.attrs}
    assert held <= {"alt", "colspan", "data-custom-style", "href", "id", "rowspan", "src", "style", "lang"}


def svg(text: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40" '
        f'font-family="Finns Inte, sans-serif"><text x="5" y="25" font-size="20">{text}</text></svg>'
    )


def test_letters_are_drawn_where_the_drawings_own_font_is_missing():
    drawn, empty = draw(svg("ÅÄÖ")), draw(svg(""))
    with Image.open(io.BytesIO(drawn)) as one, Image.open(io.BytesIO(empty)) as other:
        assert one.size == other.size == (200, 80)
        assert one.convert("L").getextrema() == (0, 255)
        assert other.convert("L").getextrema() == (255, 255)


def test_a_small_picture_keeps_its_size_and_a_large_one_is_as_wide_as_the_text():
    for width, wanted in ((96, "25.4mm"), (3000, f"{TEXT_WIDTH_MM}.0mm")):
        written = io.BytesIO()
        Image.new("RGB", (width, 10)).save(written, "PNG")
        source = base64.b64encode(written.getvalue()).decode()
        prepared = BeautifulSoup(
            prepare_pictures(f'<img src="data:image/png;base64,{source}">'), "html.parser"
        )
        assert prepared.img["width"] == wanted


@pytest.mark.parametrize(
    "source", ["data:image/png;base64,AAAA", "file:///etc/hostname", "http://127.0.0.1:9/"]
)
def test_a_picture_that_cannot_be_drawn_or_is_not_in_the_page_stops_the_document(source):
    with pytest.raises(NotPublishable, match="En bild i rapporten går inte att rita i Word"):
        write_docx(page_with(f'<img src="{source}" alt="En bild">'))


@pytest.mark.parametrize(
    "columns",
    [
        [["a"], ["b"]],
        [["ord " * 40], ["1 234"], ["Ej uppnått"]],
        [["x" * 10_000], ["kort"]],
        [["Kommun"]] * 30,
        [[], ["a"]],
    ],
)
def test_columns_fill_the_text_and_none_is_without_room(columns):
    widths = column_widths(columns)
    assert len(widths) == len(columns)
    assert min(widths) > 100
    assert TEXT_WIDTH - len(columns) <= sum(widths) <= TEXT_WIDTH
