"""The styles of a Word document: which paragraphs are headings, and which are points of lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_OFF = frozenset({"0", "false", "off"})


def local_name(name: str) -> str:
    """Give a name without its namespace."""
    return name.rpartition(" ")[2]


def value_of(attributes: Mapping[str, str]) -> str:
    """Give the value that most of Word's elements have; "" without one."""
    return attributes.get(f"{_WORD}val") or attributes.get(f"{_STRICT}val") or ""


def is_on(attributes: Mapping[str, str]) -> bool:
    """Tell whether a property that can be on or off is on."""
    return value_of(attributes) not in _OFF


@dataclass
class _Style:
    name: str = ""
    based_on: str = ""
    outline: int | None = None
    numbered: bool = False


@dataclass
class Styles:
    """The styles of a document: which are headings, and of which level; which are points of lists."""

    styles: dict[str, _Style] = field(default_factory=dict)
    current: _Style = field(default_factory=_Style)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        match local_name(name):
            case "style":
                key = attributes.get(f"{_WORD}styleId") or attributes.get(f"{_STRICT}styleId") or ""
                self.current = self.styles.setdefault(key, _Style())
            case "name":
                self.current.name = value_of(attributes).casefold()
            case "basedOn":
                self.current.based_on = value_of(attributes)
            case "outlineLvl":
                self.current.outline = outline_level(attributes)
            case "numPr":
                self.current.numbered = True

    def end(self, name: str) -> None:
        """End an element."""

    def data(self, text: str) -> None:
        """Take no text: styles have none."""

    def levels(self) -> dict[str, int]:
        """Give the level of every style that is a heading's; -1 for those of a table of contents."""
        return {key: level for key in self.styles if (level := self._level(key))}

    def lists(self) -> frozenset[str]:
        """Give the styles that make a paragraph a point of a list."""
        named = re.compile(r"list bullet|list number|punktlista|numrerad lista")
        return frozenset(
            key for key, style in self.styles.items() if named.match(style.name) or style.numbered
        )

    def _level(self, key: str) -> int:
        seen: set[str] = set()
        while key in self.styles and key not in seen:
            seen.add(key)
            style = self.styles[key]
            if re.match(r"(?:toc|innehåll) ?[0-9]", style.name):
                return -1
            if found := re.fullmatch(r"(?:heading|rubrik) ?([1-9])", style.name):
                return int(found[1])
            if style.name in ("title", "rubrik", "titel"):
                return 1
            if style.outline is not None:
                return style.outline
            key = style.based_on
        return 0


def outline_level(attributes: Mapping[str, str]) -> int | None:
    """Give a heading's level, from 1; 10 is ordinary text."""
    value = value_of(attributes)
    return int(value) + 1 if re.fullmatch("[0-8]", value) else None
