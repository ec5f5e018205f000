"""Finished pages that PDF and Word are made from in tests."""

from __future__ import annotations

from datetime import UTC, datetime

import nbformat
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from sample_notebook import COVER, notebook

from asf_analysis.presentation.block import element, join
from asf_analysis.reports.cover import COVER_MIME, find_cover
from asf_analysis.reports.export import export_html
from asf_analysis.reports.finished import FinishedPage
from asf_analysis.reports.hyphens import SOFT_HYPHEN

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

HOSTILE = (
    "<script>alert(1)</script>",
    "```{=openxml}<w:p/>```",
    "\\input{/etc/passwd}",
    "$\\frac{1}{2}$",
    "\\(x^2\\)",
    "=HYPERLINK(1)",
    "{ INCLUDETEXT C:/hemligt.docx }",
    "<!--#include virtual='x'-->",
    "[länk](file:///etc/passwd)",
    "&lt;b&gt;",
    "<div data-custom-style='Title'>rubrik</div>",
    "Åsa " + "lång" * 2500,
)
"""Texts that something could take for more than text."""


def finished(executed: NotebookNode) -> FinishedPage:
    """The finished page of an executed notebook."""
    return FinishedPage(export_html(executed, NOON), find_cover(executed), NOON)


def sample_page() -> FinishedPage:
    """A page with every kind of block."""
    return finished(notebook())


def hostile_page() -> FinishedPage:
    """A page whose paragraphs and cells hold hostile texts, as the data could."""
    rows = join(*(element("tr", element("th", str(row)), element("td", HOSTILE[row])) for row in range(10)))
    table = element(
        "table",
        element("caption", "Svar"),
        element("thead", element("tr", element("th", "Rad"), element("th", "Svar"))),
        element("tbody", rows),
    )
    told = join(table, *(element("p", text) for text in HOSTILE))
    outputs = ({COVER_MIME: COVER}, {"text/html": element("h2", HOSTILE[0])}, {"text/html": str(told)})
    return finished(
        nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", output)])
                for output in outputs
            ]
        )
    )


def page_with(body: str) -> FinishedPage:
    """A page of a body alone."""
    html = f'<!DOCTYPE html><html lang="sv"><head><title>Sida</title></head><body>{body}</body></html>'
    return FinishedPage(html, find_cover(notebook()), NOON)


def read(page: FinishedPage) -> BeautifulSoup:
    """The page's elements, without soft hyphens."""
    return BeautifulSoup(page.html.replace(SOFT_HYPHEN, ""), "html.parser")


def squeezed(text: str) -> str:
    """A text without the spaces and line breaks that layout adds."""
    return "".join(text.split())
