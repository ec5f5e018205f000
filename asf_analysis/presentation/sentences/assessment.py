"""What people wrote about the year."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import MarkdownBlock
from asf_analysis.presentation.written import plain_markdown, shift_headings


def assessment(report: Published, section: str) -> MarkdownBlock:
    """Give a section of the year's written assessment, with its headings below the notebook's own."""
    published = require_published(report)
    text = published.assessment.sections.get(section, "").strip()
    if not text:
        return MarkdownBlock(
            f"Ingenting är skrivet under rubriken *{plain_markdown(section)}* för {published.year}."
        )
    return MarkdownBlock(shift_headings(text))
