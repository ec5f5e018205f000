"""What pandoc leaves undone in a Word document: contents, tables, running header and footer, properties."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from asf_analysis.reports.finished import FinishedPage
from asf_analysis.reports.word.elements import field, field_end, field_start
from asf_analysis.reports.word.styles import LANGUAGE, TEXT_WIDTH_MM, Style
from asf_analysis.reports.word.tables import finish_table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The time of every file within the document: the earliest that ZIP can say."""

CONTENTS_FIELD = r'TOC \o "1-2" \n \h \z \u'
"""Word's own contents: headings of two levels, as links and without page numbers, which only Word knows."""


def finish(made: bytes, page: FinishedPage) -> bytes:
    """Complete the document that pandoc made of a page."""
    import docx

    document = docx.Document(io.BytesIO(made))
    set_properties(document, page)
    set_running_lines(document, page)
    make_contents_a_field(document)
    for table in document.tables:
        finish_table(table)
    written = io.BytesIO()
    document.save(written)
    return the_same_every_time(written.getvalue())


def set_properties(document: Document, page: FinishedPage) -> None:
    """Say what the document is, who sends it and when it was made; nothing of the machine."""
    properties = document.core_properties
    properties.title = page.title
    properties.subject = page.cover.description
    properties.author = properties.last_modified_by = page.cover.organisation
    properties.language = LANGUAGE
    properties.created = properties.modified = page.made
    properties.comments = properties.keywords = ""
    properties.revision = 1


def set_running_lines(document: Document, page: FinishedPage) -> None:
    """Put title and stamps at the top of every page, the sender and the page's number at its foot."""
    section = document.sections[0]
    top = _emptied(section.header.paragraphs[0])
    top.add_run(f"{page.cover.title}\t")
    top.add_run(page.cover.short_marks, style="Status ej uppnått")
    foot = _emptied(section.footer.paragraphs[0])
    foot.add_run(f"{page.cover.organisation}\tSida ")
    foot._p.extend(field("PAGE", "1"))
    foot.add_run(" av ")
    foot._p.extend(field("NUMPAGES", "1"))


def make_contents_a_field(document: Document) -> None:
    """Make the contents a field that Word can bring up to date after an edit."""
    lines = [line for line in document.paragraphs if _is_contents(line)]
    if not lines:
        return
    for run in reversed(field_start(CONTENTS_FIELD)):
        lines[0]._p.get_or_add_pPr().addnext(run)
    lines[-1]._p.append(field_end())


def the_same_every_time(made: bytes) -> bytes:
    """Give a document whose files bear no time of writing."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ALWAYS), old.read(name), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _is_contents(paragraph: Paragraph) -> bool:
    return paragraph.style is not None and paragraph.style.name in (Style.CONTENTS_1, Style.CONTENTS_2)


def _emptied(paragraph: Paragraph) -> Paragraph:
    """Give a paragraph without text, whose one tab is at the right margin."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph.clear()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    return paragraph
