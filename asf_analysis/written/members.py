"""Names and definitions within a passage: the municipalities that it lists, and what exactly it counts."""

from __future__ import annotations

import re

from asf_analysis.kpis.registry import Kpi
from asf_analysis.swedish.names import Match, NameBook
from asf_analysis.swedish.numbers import plain

_BETWEEN = re.compile(r"[,;:.()–—]|\s-\s|\boch\b|\bsamt\b")


_NAME = re.compile(r"[A-ZÅÄÖ][\w-]+")
_LONGEST = 40


def names_in(text: str, book: NameBook) -> tuple[str, ...]:
    """Give the names that a text lists, in its order, each once.

    >>> places = NameBook.of(["Gävle", "Hofors", "Bollnäs"])
    >>> names_in("3 kommuner är aktiva. Gävle, Hofors och Bollnäs kommun", places)
    ('Gävle', 'Hofors', 'Bollnäs')
    """
    pieces = [piece.strip() for piece in _BETWEEN.split(text)]
    matches = [match for piece in pieces for match in _matches(piece, book)]
    return tuple(dict.fromkeys(match.name for match in matches))


def _matches(piece: str, book: NameBook) -> list[Match]:
    """Recognise a whole piece, or the names with a capital letter within it."""
    whole = book.find(piece) if piece[:1].isupper() and len(piece) < _LONGEST else None
    if whole:
        return [whole]
    found = [book.find(name) for name in _NAME.findall(piece)]
    return [match for match in found if match and match.how == "exakt"]


def definition_in(text: str, kpi: Kpi) -> str:
    """Give which of a KPI's two definitions a text counts by; "" where it does not say, or there is one.

    A definition that is part of the other's word is told by a word of its own; space and hyphen in a word
    make no difference.
    """
    if not kpi.definition or not kpi.other_definition:
        return ""
    words = re.sub(r"[ -]", "", plain(text))
    own, other = (re.sub(r"[ -]", "", plain(one)) for one in (kpi.definition, kpi.other_definition))
    longer, shorter = (own, other) if len(own) > len(other) else (other, own)
    if longer in words or longer[:-1] in words:
        return kpi.definition if longer == own else kpi.other_definition
    if re.search(rf"(?<!ej){shorter[:-1]}", words):
        return kpi.definition if shorter == own else kpi.other_definition
    return ""
