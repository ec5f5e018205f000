"""A sheet as it stands in a file, parted at its header row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from asf_analysis.intake.cells import Cells, cell_text
from asf_analysis.swedish.numbers import Cell

SEARCHED_ROWS = 200
"""How far down a header row is looked for."""

LEAST_KNOWN = 2
"""How many known headings make a row a header row."""

_FOLLOWING_ROWS = 10
"""How far below a header row a better one is looked for."""

CountKnown = Callable[[Sequence[Cell]], int]
"""Counts the known headings in a row of cells."""


@dataclass(frozen=True, eq=False)
class Grid:
    """A sheet's rows; the first is row 1, and a CSV file is one grid without a sheet's name.

    `top` holds the rows down to the header row, which is the last of them; where `headings` is empty no
    row is one, and `top` holds the first SEARCHED_ROWS. `columns` are the cells below, each as long as the
    others.
    """

    file: str
    sheet: str | None
    top: Sequence[Sequence[Any]]
    headings: tuple[str, ...]
    columns: tuple[Cells, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the sheet."""
        return not any(cell is not None for row in self.top for cell in row)

    @property
    def rows_below(self) -> int:
        """How many rows there are below the header row."""
        return len(self.columns[0]) if self.columns else 0


def find_header(rows: Sequence[Sequence[Any]], count_known: CountKnown) -> tuple[int, tuple[str, ...], int]:
    """Find the row with most known headings, the first such: its index, its headings, and how many.

    A row's headings are its own or, where more of them are known so, those joined with the row above: the
    cell above stands for the cells to its right until the next one, as a merged one does. The search ends
    where no better row follows soon.

    >>> def known(row): return len({"Namn", "Kommun", "Anställda kvinnor", "Anställda män"} & set(row))
    >>> find_header([["Enkät"], ["Namn", "Kommun"]], known)
    (1, ('Namn', 'Kommun'), 2)
    >>> find_header([["Namn", "Anställda", None], [None, "kvinnor", "män"]], known)
    (1, ('Namn', 'Anställda kvinnor', 'Anställda män'), 3)
    """
    best: tuple[int, tuple[str, ...], int] = (0, (), 0)
    above: Sequence[Any] = ()
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        if best[2] >= LEAST_KNOWN and place > best[0] + _FOLLOWING_ROWS:
            break
        own = tuple(cell_text(cell) for cell in row)
        joined = _joined(above, own, count_known) if any(cell is not None for cell in above) else own
        for headings in dict.fromkeys((own, joined)):
            known = count_known(headings)
            if known > best[2]:
                best = (place, headings, known)
        above = row
    return best


def _joined(above: Sequence[Any], own: Sequence[str], count_known: CountKnown) -> tuple[str, ...]:
    """Join every heading with the one above it, or the last one before that, unless it is known alone."""
    joined = []
    over = ""
    for place in range(max(len(above), len(own))):
        direct = cell_text(above[place]) if place < len(above) else ""
        over = direct or over
        text = own[place] if place < len(own) else ""
        both = f"{over} {text}".strip() if text else direct
        alone = text and count_known((text,))
        joined.append(both if not alone and (direct or count_known((both,))) else text)
    return tuple(joined)
