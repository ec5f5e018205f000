"""How wide letters are, and where the lines of a chart break so that none of them is clipped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import matplotlib as mpl
import pyphen

from asf_analysis.presentation.block import legible

TEXT_SIZE = 12.5
SMALL_TEXT = 12.0
"""Nothing in a chart is written smaller, in units of the chart."""

_WIDEST = 1000
"""Thousandths of the text size; letters that the tables do not hold are taken to be so wide."""

_MORE_WIDTHS = {"–": 556, "”": 500, "…": 1000}
Measure = Callable[[str], float]
"""Gives the width of a text."""

_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_INSIDE = re.compile(r"[-/](?=\w)")
_MOST_LETTERS = 400
"""No label has more; what comes after is never drawn."""


def text_width(text: str, size: float = TEXT_SIZE, *, bold: bool = False) -> float:
    """Give the width of a text in units of the chart, on every machine the same.

    It is that of Helvetica; Arial and Liberation Sans, which readers have, are as wide.

    >>> text_width("Bollnäs", size=10)
    32.79
    >>> text_width("1 234", size=10, bold=True) > text_width("1 234", size=10)
    False
    """
    widths = _widths(bold)
    return round(size * sum(_width(letter, widths) for letter in text) / 1000, 3)


def _width(letter: str, widths: Mapping[str, int]) -> int:
    """A letter with a mark above or below is as wide as the letter alone."""
    known = widths.get(letter)
    return widths.get(unicodedata.normalize("NFKD", letter)[0], _WIDEST) if known is None else known


@cache
def _widths(bold: bool) -> Mapping[str, int]:
    """The widths of the letters of ASCII, from the metrics that matplotlib brings with it."""
    name = "Helvetica-Bold.afm" if bold else "Helvetica.afm"
    metrics = Path(mpl.get_data_path(), "fonts", "pdfcorefonts", name).read_text(encoding="latin-1")
    found = re.findall(r"^C (\d+) ; WX (\d+) ;", metrics, re.MULTILINE)
    return {chr(int(code)): int(width) for code, width in found if int(code) < 127} | _MORE_WIDTHS


def wrap(
    text: str, width: float, *, size: float = TEXT_SIZE, bold: bool = False, lines: int = 3
) -> list[str]:
    """Break a text into lines no wider than `width`, about equally long; what is too much ends with "…".

    >>> wrap("Politiker som fått information om ASF", width=200)
    ['Politiker som fått', 'information om ASF']
    >>> wrap("Arbetsmarknadsförvaltningen", width=100), wrap("Aktörssamverkansgruppen", width=70, lines=1)
    (['Arbetsmarknads-', 'förvaltningen'], ['Aktörssa…'])
    """

    measure = partial(text_width, size=size, bold=bold)
    words = _SPACES.split(legible(text)[:_MOST_LETTERS].strip())
    broken = _lines(words, measure, width, lines)
    if len(broken) > lines:
        return [*broken[: lines - 1], _cut(broken[lines - 1].removesuffix("-"), measure, width)]
    return _balanced(words, measure, width, broken)


def _lines(words: Iterable[str], measure: Measure, width: float, most: int) -> list[str]:
    """Fill lines with words, one line more than is wanted at most."""
    lines, line = [], ""
    for word in words:
        if measure(longer := f"{line} {word}".lstrip()) <= width:
            line = longer
            continue
        lines += [line] if line else []
        line = word
        while measure(line) > width and len(line) > 1 and len(lines) <= most:
            start, line = _break(line, measure, width)
            lines.append(start)
    return [*lines, line][: most + 1]


def _balanced(words: Sequence[str], measure: Measure, width: float, broken: list[str]) -> list[str]:
    """Fill as many lines again, as narrow as they can be without breaking a word."""
    narrowest = max(map(measure, words))
    for narrower in (width * twentieths / 20 for twentieths in range(19, 9, -1)):
        tried = _lines(words, measure, narrower, len(broken))
        if narrower < narrowest or len(tried) > len(broken):
            return broken
        broken = tried
    return broken


def _break(word: str, measure: Measure, width: float) -> tuple[str, str]:
    """Break a word that is wider than a line: after a hyphen, else between syllables, else anywhere."""
    natural = [found.end() for found in _INSIDE.finditer(word)]
    ways = ((natural, ""), (_dictionary().positions(word), "-"), (range(2, len(word)), ""))
    for places, mark in ways:
        fitting = [place for place in places if measure(word[:place] + mark) <= width]
        if fitting:
            return word[: fitting[-1]] + mark, word[fitting[-1] :]
    return word[:1], word[1:]


def _cut(text: str, measure: Measure, width: float) -> str:
    """Shorten a text until it fits with an ellipsis."""
    while text and measure(f"{text}…") > width:
        text = text[:-1].rstrip()
    return f"{text}…"


@cache
def _dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="sv_SE", left=4, right=4)
