"""What each cell of a notebook contributes to the page, as clean HTML.

What cannot be shown leaves a mark, `data-refusal`, that the page pass turns into a refusal; cleaned HTML
never holds that attribute.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import escape
from nbconvert.filters.ansi import strip_ansi
from nbformat import NotebookNode

from asf_analysis.presentation.block import legible
from asf_analysis.reports.cover import COVER_MIME
from asf_analysis.reports.sanitise import (
    clean_html,
    clean_markdown,
    clean_markdown_text,
    fetches_from_outside,
)

OUTSIDE_ADDRESS = (
    "Innehållet hämtas från en adress utanför filen. Ta bort det eller länka till det i texten i stället."
)


def markdown_cell(cell: NotebookNode) -> str:
    """Give a Markdown cell as HTML."""
    return _outside_refusal(cell.source) + clean_markdown(cell.source, cell.get("attachments"))


def output(output: NotebookNode) -> str:
    """Give one output as HTML, in the best form it has; streams and the cover give nothing.

    >>> output(NotebookNode(output_type="display_data", data={"text/plain": "1 < 2"}, metadata={}))
    '<pre>1 &lt; 2</pre>'
    """
    if output.output_type == "error":
        return refusal(
            f"Cellen stannade på ett fel ({output.get('ename', 'okänt fel')}). "
            "Rätta felet och kör anteckningsboken igen."
        )
    data = output.get("data", {})
    if COVER_MIME in data:
        return ""
    best = next((mime for mime in _FORMS if mime in data), None)
    return _FORMS[best](data[best], {**output.get("metadata", {}), **_own(output, best)}) if best else ""


def refusal(problem: str) -> str:
    """Mark a place that stops the publication, with the reason."""
    return f'<div data-refusal="{escape(problem)}"></div>'


def _own(output: NotebookNode, mime: str) -> Mapping[str, Any]:
    """Metadata that belongs to one of an output's forms."""
    own = output.get("metadata", {}).get(mime, {})
    return own if isinstance(own, Mapping) else {}


def _html(source: str, _metadata: Mapping[str, Any]) -> str:
    return _outside_refusal(source) + clean_html(source)


def _markdown(source: str, _metadata: Mapping[str, Any]) -> str:
    return clean_markdown_text(source)


def _svg(source: str, metadata: Mapping[str, Any]) -> str:
    return _figure("image/svg+xml", base64.b64encode(legible(source).encode()).decode(), metadata)


def _png(source: str, metadata: Mapping[str, Any]) -> str:
    return _figure("image/png", source, metadata)


def _jpeg(source: str, metadata: Mapping[str, Any]) -> str:
    return _figure("image/jpeg", source, metadata)


def _text(source: str, _metadata: Mapping[str, Any]) -> str:
    return f"<pre>{escape(strip_ansi(source))}</pre>"


def _figure(mime: str, encoded: str, metadata: Mapping[str, Any]) -> str:
    """Frame a bare image; its alternative text and title come from the output's metadata."""
    title = metadata.get("caption")
    caption = f'<figcaption><span class="chart-title">{escape(title)}</span></figcaption>' if title else ""
    image = (
        f'<img src="data:{mime};base64,{"".join(encoded.split())}" alt="{escape(metadata.get("alt", ""))}">'
    )
    return clean_html(f'<figure class="chart">{caption}<div class="chart-frame">{image}</div></figure>')


def _outside_refusal(source: str) -> str:
    return refusal(OUTSIDE_ADDRESS) if fetches_from_outside(source) else ""


_FORMS: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
    "text/html": _html,
    "text/markdown": _markdown,
    "image/svg+xml": _svg,
    "image/png": _png,
    "image/jpeg": _jpeg,
    "text/plain": _text,
}
"""Forms of an output that a page can show, the best first."""
