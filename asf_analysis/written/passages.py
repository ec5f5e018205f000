"""A passage: the piece of a written report that a figure stands in, with its place in the document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """A heading, a paragraph, a point of a list or a row of a table, with its place in Swedish.

    `level` is a heading's (1 is the highest), 0 for text. A table's row has its `cells`, and `table` is the
    table's number from 1; `page` is known for PDF alone, from 1. A point of a list begins with `- `.

    >>> Passage("Resultat: 63 insatser", "stycke 12")
    Passage(text='Resultat: 63 insatser', place='stycke 12', level=0, cells=(), table=0, page=0)
    """

    text: str
    place: str
    level: int = 0
    cells: tuple[str, ...] = ()
    table: int = 0
    page: int = 0
