"""What people wrote becomes HTML that can do no harm: an allow-list of elements, attributes and addresses.

Every Markdown cell and every output passes here on its own. What is not on the lists is taken away; an
image that pointed out of the file keeps its element but loses its address, so that the page pass
(`page.py`) can refuse it by name instead of losing it in silence.
"""

from __future__ import annotations

import re

import nh3
from nbconvert.filters.markdown_mistune import (
    BlockParser,
    InlineParser,
    IPythonRenderer,
    MarkdownWithMath,
)

from asf_analysis.presentation.block import legible

Attachments = dict[str, dict[str, str]]
"""A cell's pasted images: by name, then by MIME type."""

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"blockquote", "br", "details", "div", "hr", "p", "pre", "summary"}
_LISTS = {"dd", "dl", "dt", "li", "ol", "ul"}
_TABLES = {"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
_FIGURES = {"figcaption", "figure", "img", "picture", "source"}
_WORDS = {"a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "q", "s", "samp", "small"}
_MORE_WORDS = {"span", "strong", "sub", "sup", "time", "u", "var"}
ELEMENTS = _HEADINGS | _BLOCKS | _LISTS | _TABLES | _FIGURES | _WORDS | _MORE_WORDS

ATTRIBUTES = {
    "*": {"class", "id", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "source": {"srcset", "media", "width", "height"},
    "span": {"aria-hidden"},
    "td": {"colspan", "rowspan", "data-label"},
    "th": {"colspan", "rowspan", "scope", "data-label"},
    "time": {"datetime"},
}

_CARD_CLASSES = {"kpi-cards", "kpi-card", "kpi-label", "kpi-value", "kpi-compare"}
_STATUS_CLASSES = {"status", "reached", "near", "missed", "unknown"}
_FIGURE_CLASSES = {"chart", "chart-title", "chart-subtitle", "chart-frame", "source", "note"}
_TABLE_CLASSES = {"data", "goals", "listing", "number", "total"}
CLASSES = _CARD_CLASSES | _STATUS_CLASSES | _FIGURE_CLASSES | _TABLE_CLASSES | {"lead"}
"""The class names that a notebook's outputs may carry, all of them styled by report.css."""

GONE_WITH_CONTENT = {"script", "style", "title", "template", "noscript", "iframe", "textarea", "svg", "math"}

_EMBEDDED_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+")
_LINK = re.compile(r"https://[^/?#@\\\s]+(?:[/?#]|$)|mailto:|#", re.IGNORECASE)
"""Where a link may lead. None with a user's name before its host: it would not lead where it seems to."""
_VALUE_PATTERNS = {
    "id": re.compile(r"[A-Za-z][\w-]*"),
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*"),
    "aria-hidden": re.compile(r"true|false"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "src": _EMBEDDED_IMAGE,
    "srcset": _EMBEDDED_IMAGE,
    "start": re.compile(r"\d{1,5}"),
    "datetime": re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d)?)?)?"),
    **{name: re.compile(r"[1-9]\d{0,4}") for name in ("width", "height")},
    **{name: re.compile(r"[1-9]\d{0,2}") for name in ("colspan", "rowspan", "span")},
}
_OUTSIDE_RESOURCE = re.compile(
    r"<(?:iframe|frame|embed|object|video|audio|source|track|link|image|use)\b[^>]*?"
    r"\b(?:src|srcset|data|href|poster)\s*=\s*[\"']?\s*(?:[a-z]+:)?//",
    re.IGNORECASE,
)
_RIGHT_ALIGNED = re.compile(r'<(t[dh]) style="text-align:right">')
"""How Markdown writes a cell of a column marked as right-aligned, `---:`."""


def clean_html(source: str) -> str:
    """Give HTML that holds only the elements, attributes and addresses of the lists above.

    >>> clean_html('<p onclick="alert(1)">Hej <script>alert(2)</script><b style="color:red">du</b></p>')
    '<p>Hej <b>du</b></p>'
    >>> clean_html('<img src="https://example.org/spy.png" alt="En bild">')
    '<img alt="En bild">'
    """
    return nh3.clean(
        legible(source),
        tags=ELEMENTS,
        attributes=ATTRIBUTES,
        attribute_filter=_allowed_value,
        url_schemes={"https", "mailto", "data"},
        link_rel="noreferrer noopener",
        strip_comments=True,
        clean_content_tags=GONE_WITH_CONTENT,
    )


def clean_markdown(source: str, attachments: Attachments | None = None) -> str:
    """Turn a Markdown cell into HTML; HTML that its author wrote there is cleaned like any other.

    `attachments` are the cell's pasted images, by name and MIME type.

    >>> clean_markdown("Läs **mer** [här](https://example.org).")
    '<p>Läs <strong>mer</strong> <a href="https://example.org" rel="noreferrer noopener">här</a>.</p>\\n'
    """
    return clean_html(_render_markdown(source, attachments or {}, html_is_text=False))


def clean_markdown_text(source: str) -> str:
    """Turn Markdown that came out of the data into HTML; tags in it are text, as the writer typed them.

    >>> clean_markdown_text("Vi minskade <5 till <b>3</b>.")
    '<p>Vi minskade &lt;5 till &lt;b&gt;3&lt;/b&gt;.</p>\\n'
    """
    return clean_html(_render_markdown(source, {}, html_is_text=True))


def is_blank(text: str) -> bool:
    """Say whether there is nothing to read in a text: spaces, and signs without width.

    >>> is_blank("\u200b \u00ad"), is_blank("–")
    (True, False)
    """
    return not any(sign.isprintable() and not sign.isspace() for sign in text)


def fetches_from_outside(source: str) -> bool:
    """Say whether HTML embeds something by an address outside the file, other than an image.

    Images are not counted: they survive cleaning without their address and are found there.

    >>> fetches_from_outside('<iframe src="https://example.org/karta"></iframe>')
    True
    >>> fetches_from_outside('<a href="https://example.org/">Läs mer</a>')
    False
    """
    return _OUTSIDE_RESOURCE.search(source) is not None


def _allowed_value(element: str, attribute: str, value: str) -> str | None:
    """Give an attribute's value as it may stand, or None to take the attribute away."""
    if attribute == "class":
        return " ".join(name for name in value.split() if name in CLASSES) or None
    if element == "a" and attribute == "href":
        return value if _LINK.match(value) else None
    pattern = _VALUE_PATTERNS.get(attribute)
    return value if pattern is None or pattern.fullmatch(value) else None


def _render_markdown(source: str, attachments: Attachments, *, html_is_text: bool) -> str:
    """Render with plain Markdown's parsers: nothing here draws formulas, and #samverkan is no heading."""
    renderer = _MarkdownRenderer(escape=html_is_text, exclude_anchor_links=True, attachments=attachments)
    markdown = MarkdownWithMath(renderer, block=BlockParser(), inline=InlineParser(hard_wrap=False))
    html = str(markdown.render(source))
    return _RIGHT_ALIGNED.sub(r'<\1 class="number">', html)


class _MarkdownRenderer(IPythonRenderer):
    """nbconvert's Markdown, without comments, mermaid diagrams and files read from disk."""

    def block_html(self, html: str) -> str:
        """Leave comments out: they are written for the next author, not for the reader."""
        return "" if _is_comment(html) else str(super().block_html(html))

    def inline_html(self, html: str) -> str:
        """Leave comments out, within a line too."""
        return "" if _is_comment(html) else str(super().inline_html(html))

    def block_mermaidjs(self, code: str) -> str:
        """Show a diagram's source as text: nothing here may draw it."""
        return f"<pre>{self.escape_html(code)}</pre>"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Show a pasted image; a name that no attachment has becomes an image without address."""
        name = url.removeprefix("attachment:")
        missing = url != name and name not in self.attachments
        return str(super().image(text, "" if missing else url, title))


def _is_comment(html: str) -> bool:
    text = html.strip()
    return text.startswith("<!--") and text.endswith("-->")
