"""Reading a written report, whatever it is kept as: text, Word, PDF or HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from asf_analysis.errors import UnreadableReport
from asf_analysis.written.limits import check_size
from asf_analysis.written.passages import Passage
from asf_analysis.written.pdf import read_pdf_report
from asf_analysis.written.text import read_text_report
from asf_analysis.written.web import read_web_report
from asf_analysis.written.word import read_word_report

Reader = Callable[[Path], tuple[Passage, ...]]

_READERS: Mapping[str, Reader] = {
    ".txt": read_text_report,
    ".md": read_text_report,
    ".docx": read_word_report,
    ".html": read_web_report,
    ".htm": read_web_report,
    ".xhtml": read_web_report,
    ".pdf": read_pdf_report,
}


def read_document(path: Path) -> tuple[Passage, ...]:
    """Read a report's passages, in the order in which they are read.

    Raises UnreadableReport for a file that is missing, empty, too large, damaged, encrypted, without text or
    of another kind, and MissingExtra where what reads it is not installed.
    """
    check_size(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableReport(
            f"{path.name}: Filer av det slaget kan inte läsas. "
            "Spara rapporten som Word (docx), PDF, HTML eller text (txt)."
        )
    passages = reader(path)
    if not any(any(sign.isalnum() for sign in passage.text) for passage in passages):
        raise UnreadableReport(
            f"{path.name}: Filen har ingen text. Är den inläst som bild behöver den tolkas (OCR) först; "
            "eller skriv av det som ska läsas i en textfil."
        )
    return passages
