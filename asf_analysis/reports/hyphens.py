"""Soft hyphens, so that long Swedish words break in the right place on a phone."""

from __future__ import annotations

import re
from functools import cache

import pyphen
from bs4 import BeautifulSoup
from bs4.element import NavigableString

SOFT_HYPHEN = "\u00ad"
SHORTEST = 13
"""Letters in the shortest word that may be broken."""

_LONG_WORD = re.compile(rf"(?<![\w/.@])[^\W\d_]{{{SHORTEST},}}(?![\w/@]|\.\w)")
"""A word of letters alone; a part of a file's name is none, for it must be the same when it is copied."""

_PLACES = (
    "h1, .subtitle, main :is(h2, h3, h4, h5, h6), .contents a, "
    ".chart-title, .caption-text, main th, .kpi-label, main dt"
)


def soften(text: str) -> str:
    """Put soft hyphens where a long word may be broken.

    >>> soften("Tillsvidareanställda i länet").replace(SOFT_HYPHEN, "|")
    'Tills|vi|da|re|an|ställda i länet'
    >>> soften("2018/informationsinsatser.xlsx")
    '2018/informationsinsatser.xlsx'
    """
    return _LONG_WORD.sub(lambda word: _dictionary().inserted(word.group(), SOFT_HYPHEN), text)


def soften_headings(soup: BeautifulSoup) -> None:
    """Put soft hyphens in a page's headings, table heads and labels."""
    for element in soup.select(_PLACES):
        for text in list(element.find_all(string=_LONG_WORD)):
            text.replace_with(NavigableString(soften(text)))


@cache
def _dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="sv_SE", left=4, right=4)
