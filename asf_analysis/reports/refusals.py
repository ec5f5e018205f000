"""Why a document may not be published: every reason, with its cell, at once."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Tag

from asf_analysis.errors import NotPublishable

CELL = "data-cell"
"""Attribute of the element around each cell's part of the page: the cell's position, from 1."""


class Refusals:
    """Collects what is wrong while a page is made; raises once, at the end.

    >>> refusals = Refusals(["## Nådde vi målen?"])
    >>> refusals.add("Tabellen saknar rubrik.", cell=1)
    >>> refusals.raise_if_any()
    Traceback (most recent call last):
    ...
    asf_analysis.errors.NotPublishable: Rapporten kan inte publiceras:
      cell 1 (”## Nådde vi målen?”): Tabellen saknar rubrik.
    """

    def __init__(self, cells: Sequence[str] = ()) -> None:
        self._cells = tuple(cells)
        self._problems: list[tuple[int, str]] = []

    def add(self, problem: str, *, cell: int = 0) -> None:
        """Note a problem in a cell, or in the document as a whole (0)."""
        self._problems.append((cell, problem))

    def add_at(self, element: Tag, problem: str) -> None:
        """Note a problem at an element of the page."""
        place = element.find_parent(attrs={CELL: True})
        self.add(problem, cell=int(str(place[CELL])) if place else 0)

    def raise_if_any(self) -> None:
        """Raise NotPublishable with all problems in the cells' order, each once."""
        if not self._problems:
            return
        in_order = dict.fromkeys(sorted(self._problems, key=lambda found: found[0]))
        lines = [f"  {self._place(cell)}{problem}" for cell, problem in in_order]
        raise NotPublishable("\n".join(["Rapporten kan inte publiceras:", *lines]))

    def _place(self, cell: int) -> str:
        if not cell:
            return ""
        beginning = self._cells[cell - 1] if cell <= len(self._cells) else ""
        return f"cell {cell} (”{beginning}”): " if beginning else f"cell {cell}: "
