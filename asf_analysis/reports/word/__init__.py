"""The finished page as a Word document: flattened, turned by pandoc, and completed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from asf_analysis.reports.finished import FinishedPage
from asf_analysis.reports.word.finish import finish
from asf_analysis.reports.word.flatten import flatten
from asf_analysis.reports.word.pictures import prepare_pictures
from asf_analysis.reports.word.styles import LANGUAGE, reference_document

READER = "html-line_blocks-auto_identifiers"
"""Pandoc's reader of HTML; what it could take for TeX, raw code or Markdown is off unless it is turned on."""


def write_docx(page: FinishedPage) -> bytes:
    """Give a finished page as a Word document; the same page gives the same bytes where the same fonts are.

    Raises NotPublishable where a picture of the page cannot be drawn.
    """
    return finish(convert(prepare_pictures(flatten(page))), page)


def convert(html: str) -> bytes:
    """Turn flat HTML into a Word document; pandoc reads no file but the two it is given."""
    import pypandoc

    with tempfile.TemporaryDirectory() as folder:
        reference, made = Path(folder, "reference.docx"), Path(folder, "made.docx")
        reference.write_bytes(reference_document())
        pypandoc.convert_text(
            html,
            "docx",
            format=READER,
            outputfile=made,
            sandbox=True,
            extra_args=[
                f"--reference-doc={reference}",
                f"--metadata=lang:{LANGUAGE}",
                "--shift-heading-level-by=-1",
                "--syntax-highlighting=none",
            ],
        )
        return made.read_bytes()
