"""Tables of web pages: cells that span columns and rows are laid out in their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_MOST_COLUMNS = 200


@dataclass
class Cell:
    """A cell, with how many columns and rows it spans."""

    text: list[str]
    across: int
    down: int


@dataclass
class Table:
    """A table as far as it has been read."""

    rows: list[list[Cell]] = field(default_factory=list)
    frame: bool = False
    """Whether the table only places other tables on the page."""


def span_of(written: str) -> int:
    """Read how many columns or rows a cell spans; 1 where that is no sensible number."""
    return min(max(int(written), 1), 100) if re.fullmatch(r"[0-9]{1,6}", written) else 1


def grid_of(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Lay cells out in their columns; one that spans rows stands in each, columns in its first.

    >>> grid_of([[Cell(["a"], 1, 2), Cell(["b"], 1, 1)], [Cell(["c"], 1, 1)]])
    [['a', 'b'], ['a', 'c']]
    """
    laid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: list[str] = []
        for cell in row:
            _hang(line, hanging)
            text = "\n".join(cell.text)
            if cell.down > 1:
                for column in range(len(line), min(len(line) + cell.across, _MOST_COLUMNS)):
                    hanging[column] = (cell.down, text if column == len(line) else "")
                _hang(line, hanging)
            else:
                line += [text, *[""] * (cell.across - 1)]
        _hang(line, hanging)
        laid.append(line)
        hanging = {column: (left - 1, text) for column, (left, text) in hanging.items() if left > 1}
    return laid


def _hang(line: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    while len(line) in hanging and len(line) < _MOST_COLUMNS:
        line.append(hanging[len(line)][1])
