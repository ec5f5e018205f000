"""Text that people wrote in Markdown, made to stand below a notebook's own headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=\s|$)")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)\s*$")
TOP_LEVEL = 3
"""The level at which headings of written text begin, below those of the notebook."""


def plain_markdown(text: str) -> str:
    """Make any text stand for itself in Markdown.

    >>> plain_markdown("a*b")
    'a\\\\*b'
    """
    return re.sub(r"([\\`*_\[\]<>#&])", r"\\\1", text)


def shift_headings(text: str) -> str:
    """Move a Markdown text's headings so that the highest is of level 3; code is left alone.

    >>> shift_headings("# Företagen\\n\\nText\\n\\n## Närmare")
    '### Företagen\\n\\nText\\n\\n#### Närmare'
    """
    lines = _with_hashes(text.splitlines())
    levels = [len(found[1]) for line, is_text in lines if is_text and (found := _HEADING.match(line))]
    step = TOP_LEVEL - min(levels, default=TOP_LEVEL)
    return "\n".join(_shifted(line, step) if is_text else line for line, is_text in lines)


def _shifted(line: str, step: int) -> str:
    found = _HEADING.match(line)
    if not found:
        return line
    return "#" * min(6, len(found[1]) + step) + line[found.end() :]


def _with_hashes(lines: Sequence[str]) -> list[tuple[str, bool]]:
    """Write underlined headings with hashes, and tell of each line whether it is text, not code."""
    written: list[tuple[str, bool]] = []
    in_code = False
    for line in lines:
        fence = bool(_FENCE.match(line))
        is_text = not (in_code or fence)
        in_code ^= fence
        above = written[-1] if written else ("", False)
        if is_text and _UNDERLINE.match(line) and above[1] and _can_be_underlined(above[0]):
            written[-1] = (f"{'#' if '=' in line else '##'} {above[0].strip()}", True)
        else:
            written.append((line, is_text))
    return written


def _can_be_underlined(line: str) -> bool:
    """Whether a line is a paragraph's, so that a line of dashes below makes it a heading and not a rule."""
    return bool(line.strip()) and not re.match(r"^( {4}|\s*([-*+>#|]|\d+[.)]))", line)
