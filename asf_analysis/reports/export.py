"""From an executed notebook to one HTML file that anyone can read.

`jupyter nbconvert --to asf_report OUT.ipynb` does the same as `export_html`.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_datetime
from markupsafe import Markup, escape
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from asf_analysis.errors import NotPublishable
from asf_analysis.reports import outputs
from asf_analysis.reports.cover import UNTITLED, Cover, find_cover
from asf_analysis.reports.page import finish_page
from asf_analysis.reports.refusals import Refusals

TEMPLATES = Path(__file__).parent / "template"
TEMPLATE = "asf_report"
NOW = "now"
"""Key of the resources under which a caller may hand over the time of the export."""


class ReportExporter(TemplateExporter):
    """Exports an executed notebook as a report: no code, no script, no request to anywhere.

    One exporter may make many reports; it reads its template once.
    """

    export_from_notebook = "Rapport (asf-analysis)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return TEMPLATE

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def default_filters(self) -> Any:
        """Add to nbconvert's filters the two that turn cells and outputs into clean HTML."""
        yield from super().default_filters()
        yield "markdown_cell", outputs.markdown_cell
        yield "report_output", outputs.output

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Give the page as HTML; raises NotPublishable with everything that stops it."""
        refusals = Refusals([cell_beginning(cell) for cell in nb.cells])
        cover = _cover_or_refusal(nb, refusals)
        style = Markup(stylesheet(cover))
        facts = {
            "cover": cover,
            "style": style,
            "style_hash": style_hash(style),
            "generated": Markup(dated("Framställd", _now(resources))),
        }
        page, resources = super().from_notebook_node(nb, {**(resources or {}), **facts}, **kw)
        return finish_page(page, refusals), resources


def export_html(notebook: NotebookNode, now: datetime | None = None) -> str:
    """Give an executed notebook as one HTML document that says it was made at `now`.

    Raises NotPublishable, in Swedish, with every fault and the cell it stands in.
    """
    page, _ = exporter().from_notebook_node(notebook, {NOW: now})
    return page


def dated(label: str, moment: datetime) -> str:
    """Write when a page was made, as a fact of its cover.

    >>> dated("Framställd", datetime(2026, 11, 24, 5, 20)).replace("\u00a0", " ")
    '<dt>Framställd</dt><dd><time datetime="2026-11-24T05:20">24 november 2026 kl. 05.20</time></dd>'
    """
    words = format_datetime(moment, "d MMMM y 'kl.'\u00a0HH.mm", locale="sv")
    stamp = moment.isoformat(timespec="minutes")
    return f'<dt>{escape(label)}</dt><dd><time datetime="{stamp}">{escape(words)}</time></dd>'


def stylesheet(cover: Cover) -> str:
    """Give the report's style, with the words that each printed page repeats: title, stamps, sender."""
    running = (
        f"@page{{@top-left{{content:{css_string(cover.title)}}}"
        f"@top-right{{content:{css_string(cover.short_marks)}}}"
        f"@bottom-left{{content:{css_string(cover.organisation)}}}}}"
    )
    return f"{_style()}{running}\n"


def css_string(text: str) -> str:
    r"""Write text as a string of CSS that nothing in it can end.

    >>> css_string('Året 2018 "</style>')
    '"Året 2018 \\22 \\3c \\2f style\\3e "'
    """
    safe = (char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text)
    return f'"{"".join(safe)}"'


def style_hash(style: str) -> str:
    """Give the value by which a content security policy lets this style in and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


def cell_beginning(cell: NotebookNode) -> str:
    """Give a cell's first written line, by which its author finds it.

    >>> cell_beginning(NotebookNode(source="\\n## Nådde vi målen?\\nText"))
    '## Nådde vi målen?'
    """
    line = next((line.strip() for line in cell.source.splitlines() if line.strip()), "")
    return line if len(line) <= 60 else f"{line[:59]}…"


def _cover_or_refusal(notebook: NotebookNode, refusals: Refusals) -> Cover:
    try:
        return find_cover(notebook)
    except NotPublishable as problem:
        refusals.add(str(problem))
        return UNTITLED


def _now(resources: dict[str, Any] | None) -> datetime:
    given = (resources or {}).get(NOW)
    return given if isinstance(given, datetime) else datetime.now().astimezone()


@cache
def exporter() -> ReportExporter:
    """Give the exporter of all reports that this process makes: it reads its template once."""
    return ReportExporter()


@cache
def _style() -> str:
    return (TEMPLATES / TEMPLATE / "report.css").read_text(encoding="utf-8")
