"""The look of a Word document: pandoc's own reference document, in the report's colours and on A4.

The document is made by code, so that none needs to be kept in git. Names of styles are what a person sees in
Word; those that Word has itself keep its names.
"""

from __future__ import annotations

import io
import subprocess
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from asf_analysis.presentation.palette import BLUE, INK, QUIET_INK, STATUS_INK

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Arial"
"""As in the charts; Liberation Sans, which has its widths, stands in for it where it is missing."""

LANGUAGE = "sv-SE"
MARGIN_MM = 25
TEXT_WIDTH_MM = 210 - 2 * MARGIN_MM
STAMP_GROUND = "FFDF7E"


class Style(StrEnum):
    """Styles of paragraphs that the page's parts get."""

    STAMP = "Stämpel"
    SENDER = "Avsändare"
    TITLE = "Title"
    SUBTITLE = "Subtitle"
    FACT = "Faktarad"
    CONTENTS_TITLE = "TOC Heading"
    CONTENTS_1 = "toc 1"
    CONTENTS_2 = "toc 2"
    CAPTION = "Caption"
    MEASURE = "Diagrammått"
    PICTURE = "Figure"
    NOTE = "Källa och not"
    TABLE_HEAD = "Tabellhuvud"
    TABLE_TEXT = "Tabelltext"


STATUS_STYLES = {
    "reached": "Status uppnått",
    "near": "Status nära",
    "missed": "Status ej uppnått",
    "unknown": "Status övrigt",
}
"""Styles of characters for a status' word, by its class on the page."""


def reference_document() -> bytes:
    """Give the document whose styles and page pandoc copies."""
    import docx
    import pypandoc

    own = subprocess.run(
        [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"],
        check=True,
        capture_output=True,
    ).stdout
    document = docx.Document(io.BytesIO(own))
    set_page(document)
    set_styles(document)
    set_language(document)
    set_hyphens(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def set_page(document: Document) -> None:
    """Make the page an A4 with even margins."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    section.header_distance = section.footer_distance = Mm(12)


def set_styles(document: Document) -> None:
    """Set every style that a report uses: size in points, colour, and room before and after."""
    _paragraph(document, "Normal", 10.5, INK, after=0)
    _paragraph(document, "Body Text", 10.5, INK, before=4, after=6, line=1.15)
    _paragraph(document, "First Paragraph", 10.5, INK, before=4, after=6, line=1.15)
    _paragraph(document, "Compact", 10.5, INK, before=0, after=4, line=1.15)
    _paragraph(document, Style.TABLE_TEXT, 9, INK, before=2, after=2)
    _paragraph(document, Style.TABLE_HEAD, 8.5, QUIET_INK, bold=True, before=2, after=2)
    _paragraph(document, Style.TITLE, 26, BLUE, bold=True, before=6, after=4)
    _paragraph(document, Style.SUBTITLE, 14, QUIET_INK, before=0, after=14)
    _paragraph(document, Style.SENDER, 10.5, INK, bold=True, before=10, after=10)
    _paragraph(document, Style.FACT, 10.5, INK, after=2)
    stamp = _paragraph(document, Style.STAMP, 10.5, "#2B2100", bold=True)
    _shade(stamp, STAMP_GROUND)
    for level, size, before in ((1, 19, 26), (2, 14, 18), (3, 12, 14), (4, 11, 12), (5, 11, 12)):
        colour = BLUE if level < 3 else INK
        _paragraph(document, f"Heading {level}", size, colour, bold=True, before=before, after=5, keep=True)
    _paragraph(document, Style.CONTENTS_TITLE, 13, BLUE, bold=True, before=22, after=4, keep=True)
    _paragraph(document, Style.CONTENTS_1, 10, INK, before=2)
    _paragraph(document, Style.CONTENTS_2, 9.5, QUIET_INK, indent=6)
    for name in (Style.CAPTION, "Table Caption"):
        _paragraph(document, name, 11.5, INK, bold=True, before=14, after=3, keep=True)
    _paragraph(document, Style.MEASURE, 10, QUIET_INK, after=4, keep=True)
    _paragraph(document, Style.PICTURE, 10.5, INK, after=3, keep=True)
    _paragraph(document, Style.NOTE, 8.5, QUIET_INK, before=3, after=2)
    _paragraph(document, "Block Text", 11, QUIET_INK, before=8, after=8, indent=8)
    _paragraph(document, "Definition Term", 10.5, INK, bold=True, before=6, keep=True)
    _paragraph(document, "Header", 9, QUIET_INK)
    _paragraph(document, "Footer", 9, QUIET_INK)
    for key, name in STATUS_STYLES.items():
        _characters(document, name, STATUS_INK[key], bold=True)
    _characters(document, "Hyperlink", "#0B4F8A", bold=None)
    set_table_style(document)


def set_table_style(document: Document) -> None:
    """Give tables thin lines between rows."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    element = document.styles["Table"].element
    for name in ("tblPr", "tblStylePr"):
        for old in element.findall(f"{{{element.nsmap['w']}}}{name}"):
            element.remove(old)
    line = 'w:val="single" w:space="0" w:color="D6DEE3" w:sz="4"'
    properties = f"""<w:tblPr {nsdecls("w")}><w:tblBorders><w:top {line}/><w:bottom {line}/>
        <w:insideH {line}/></w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/>
        <w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>"""
    element.append(parse_xml(properties))


def set_language(document: Document) -> None:
    """Say that the text is Swedish, so that spelling and speech are."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        for kind in ("w:val", "w:eastAsia"):
            language.set(qn(kind), LANGUAGE)


def set_hyphens(document: Document) -> None:
    """Let Word break long words in tables, where columns are narrow, and nowhere else."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    settings = document.settings.element
    settings.find(qn("w:defaultTabStop")).addprevious(
        parse_xml(f'<w:autoHyphenation {nsdecls("w")} w:val="true"/>')
    )
    for name, whole in (("Normal", "true"), (Style.TABLE_HEAD, "false"), (Style.TABLE_TEXT, "false")):
        properties = _style(document, name, "PARAGRAPH").element.get_or_add_pPr()
        properties.insert_element_before(
            parse_xml(f'<w:suppressAutoHyphens {nsdecls("w")} w:val="{whole}"/>'),
            "w:spacing",
            "w:ind",
            "w:jc",
        )


def _paragraph(
    document: Document,
    name: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    indent: float = 0,
    keep: bool = False,
) -> Any:
    """Set a style of paragraphs, which is made where it is missing; `keep` holds it to what follows."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    style = _style(document, name, "PARAGRAPH")
    _letters(style, colour, bold)
    style.font.size = Pt(size)
    style.font.italic = False
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.left_indent, layout.right_indent = Mm(indent), Mm(0)
    layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
    layout.line_spacing = line
    layout.keep_with_next = keep
    return style


def _characters(document: Document, name: str, colour: str, bold: bool | None) -> None:
    _letters(_style(document, name, "CHARACTER"), colour, bold)


def _letters(style: Any, colour: str, bold: bool | None) -> None:
    """Set font, colour and weight; the theme's own are taken away, or they would win."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    style.font.bold = bold
    for spaced in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spaced)


def _style(document: Document, name: str, kind: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    found = next((style for style in document.styles if style.name == name), None)
    if found is not None:
        return found
    made = document.styles.add_style(name, getattr(WD_STYLE_TYPE, kind))
    if kind == "PARAGRAPH":
        made.base_style = document.styles["Normal"]
    made.quick_style = True
    return made


def _shade(style: Any, ground: str) -> None:
    """Colour the ground behind a style's paragraphs."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{ground}"/>')
    style.element.get_or_add_pPr().insert_element_before(
        shade, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"
    )
