"""Pieces of a document: HTML that is escaped by the way it is built, and the objects that notebooks show."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from asf_analysis.presentation.notebook_style import notebook_style

_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ud800-\udfff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_COMBINING = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_FLOOD = re.compile(f"({_COMBINING}{{4}}){_COMBINING}+")
"""More marks on one letter than any language sets, which would cover the lines above and below."""

_VOID = frozenset({"img", "br", "source"})


class Html(str):
    """Text that is HTML already, made by `element`; any other text is escaped where it is put."""

    __slots__ = ()


def legible(text: str) -> str:
    """Leave out what no document can hold: control characters, and marks that turn the reading direction.

    A letter and its marks are composed (NFC), as HTML should be; of the marks on one letter four are kept.

    >>> legible("Kaffe\\x00 & Bröd")
    'Kaffe & Bröd'
    """
    return _FLOOD.sub(r"\1", unicodedata.normalize("NFC", _UNWRITABLE.sub("", text)))


def escape(text: str) -> Html:
    """Make any text safe to stand in HTML, between tags or in an attribute; HTML stays as it is.

    >>> escape("<script>"), escape(element("b", "&"))
    ('&lt;script&gt;', '<b>&amp;</b>')
    """
    return text if isinstance(text, Html) else Html(html.escape(legible(text)))


def element(name: str, *children: str, **attributes: str | int | None) -> Html:
    """Write one HTML element; text is escaped, elements are not, attributes that are None are left out.

    An attribute's name may end in `_` (`class_`) and has `_` for `-` (`aria_hidden`).

    >>> element("td", "a < b", class_="number", colspan=None)
    '<td class="number">a &lt; b</td>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    start = f"<{name}{written}>"
    return Html(start if name in _VOID else f"{start}{join(*children)}</{name}>")


def join(*children: str) -> Html:
    """Put pieces beside each other."""
    return Html("".join(escape(child) for child in children))


@dataclass(frozen=True)
class Block:
    """Something to show: as HTML, and as plain text where HTML cannot be shown."""

    html: str
    plain: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": notebook_style() + self.html, "text/plain": self.plain}


@dataclass(frozen=True)
class MarkdownBlock:
    """A text that people wrote in Markdown; whoever shows it makes it safe."""

    markdown: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        text = legible(self.markdown)
        return {"text/markdown": text, "text/plain": text}


def paragraphs(*texts: str) -> Block:
    """Show texts as paragraphs; empty ones are left out.

    >>> paragraphs("Ett.", "", "Två.").html
    '<p>Ett.</p><p>Två.</p>'
    """
    told = [text for text in texts if text]
    return Block(join(*(element("p", text) for text in told)), "\n\n".join(map(legible, told)))


def bullet_list(lead: str, items: list[tuple[str, str]]) -> Block:
    """Show a lead-in and a list, each item with an emphasised start, which may be empty."""
    lines = [
        element("li", element("strong", start) if start else "", " " if start and text else "", text)
        for start, text in items
    ]
    shown = join(element("p", lead) if lead else "", element("ul", *lines) if lines else "")
    plain = "\n".join(
        [*([lead] if lead else []), *(f"- {f'{start} {text}'.strip()}" for start, text in items)]
    )
    return Block(shown, legible(plain))


def stack(*blocks: Block) -> Block:
    """Show blocks one after the other, as one."""
    return Block(join(*(Html(block.html) for block in blocks)), "\n\n".join(block.plain for block in blocks))
