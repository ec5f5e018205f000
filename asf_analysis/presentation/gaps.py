"""What was left blank: a grid of questions and rounds, darker where more is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.letters import SMALL_TEXT, text_width, wrap
from asf_analysis.presentation.palette import BLUE, INK, PAPER, QUIET_INK, TRACK
from asf_analysis.presentation.values import MISSING_SIGN
from asf_analysis.swedish.writing import format_number

LEFT, HEAD, ROW, GAP, LINE = 268, 12, 26, 3, 16
NARROW_ROW, NARROW_GAP = 24, 8

SHADES = ((0.0, TRACK, INK), (0.1, "#A9BFD4", INK), (0.25, "#456A93", PAPER), (1.0, BLUE, PAPER))
"""Up to which share a cell has which ground, and the colour of its number on it: 4.5:1 or more."""


@dataclass(frozen=True)
class GapRow:
    """A question, and in each round how many of how many left it blank; None where nothing was read."""

    name: str
    counts: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True)
class Columns:
    """The rounds side by side: where they begin, how wide each is, and their names in lines."""

    left: float
    step: float
    names: list[list[str]]
    beside: list[str]

    @classmethod
    def across(cls, rounds: Sequence[tuple[str, str]], left: float, right: float) -> Columns:
        """Share the width between the rounds; a name that is too long for one line breaks before its year."""
        step = (right - left) / max(1, len(rounds))
        names = [
            [name]
            if text_width(name, bold=True) <= step - GAP
            else [line for part in name.rsplit(" ", 1) for line in wrap(part, step - GAP, bold=True)]
            for name, _ in rounds
        ]
        return cls(left, step, names, [beside for _, beside in rounds])

    @property
    def head(self) -> float:
        """Units that the names take above the grid."""
        return HEAD + LINE * (1 + max(map(len, self.names), default=1))

    def draw_names(self, canvas: Canvas) -> None:
        """Write each round's name, and under it how many answers came in, down to the grid."""
        last = self.head - 13
        for place, (lines, beside) in enumerate(zip(self.names, self.beside, strict=True)):
            middle = self.left + self.step * (place + 0.5)
            for index, line in enumerate(reversed(lines)):
                canvas.text(middle, last - LINE * (index + 1), line, bold=True, align="center")
            canvas.text(middle, last, beside, size=SMALL_TEXT, colour=QUIET_INK, align="center")


@dataclass(frozen=True)
class Cell:
    """One cell as it is drawn, from its middle; without a ground where nothing was read."""

    x: float
    y: float
    width: float
    height: float
    ground: str
    ink: str
    number: str
    bold: bool


def draw_gaps(rows: Sequence[GapRow], rounds: Sequence[tuple[str, str]]) -> Canvas:
    """Draw the grid under the rounds' names, each question beside its row of cells."""
    columns = Columns.across(rounds, LEFT, WIDTH)
    canvas = Canvas.of(WIDTH, columns.head + ROW * len(rows) + 4)
    columns.draw_names(canvas)
    middles = [columns.head + ROW * (index + 0.5) for index in range(len(rows))]
    for row, middle in zip(rows, middles, strict=True):
        canvas.text(0, middle + 4, wrap(row.name, LEFT - 8, lines=1)[0])
    _draw_cells(canvas, _cells(rows, columns, middles, ROW))
    return canvas


def draw_narrow_gaps(rows: Sequence[GapRow], rounds: Sequence[tuple[str, str]]) -> Canvas:
    """Draw the same with each question above its row of cells."""
    columns = Columns.across(rounds, EDGE - GAP / 2, NARROW - EDGE + GAP / 2)
    names = [wrap(row.name, NARROW - 2 * EDGE, lines=2) for row in rows]
    heights = [LINE * len(lines) + 2 + NARROW_ROW + NARROW_GAP for lines in names]
    ends = [columns.head + end for end in accumulate(heights)]
    canvas = Canvas.of(NARROW, ends[-1] - NARROW_GAP + 4)
    columns.draw_names(canvas)
    for lines, height, end in zip(names, heights, ends, strict=True):
        for index, line in enumerate(lines):
            canvas.text(EDGE, end - height + 12 + LINE * index, line)
    middles = [end - NARROW_GAP - NARROW_ROW / 2 for end in ends]
    _draw_cells(canvas, _cells(rows, columns, middles, NARROW_ROW))
    return canvas


def _cells(rows: Sequence[GapRow], columns: Columns, middles: Sequence[float], height: float) -> list[Cell]:
    """Place every count in its row and column."""
    return [
        _cell(count, columns.left + columns.step * (place + 0.5), middle, columns.step - GAP, height - GAP)
        for row, middle in zip(rows, middles, strict=True)
        for place, count in enumerate(row.counts)
    ]


def _cell(count: tuple[int, int] | None, x: float, y: float, width: float, height: float) -> Cell:
    if count is None:
        return Cell(x, y, width, height, ground="", ink=QUIET_INK, number=MISSING_SIGN, bold=False)
    blank, whole = count
    share = blank / whole if whole else 0
    ground, ink = next((ground, ink) for limit, ground, ink in SHADES if share <= limit)
    number = format_number(blank)
    return Cell(x, y, width, height, ground, ink if blank else QUIET_INK, number, bold=bool(blank))


def _draw_cells(canvas: Canvas, cells: Sequence[Cell]) -> None:
    """Draw the grounds, then the numbers, those that look alike together, which keeps the SVG small."""
    for cell in sorted(cells, key=lambda cell: cell.ground):
        if cell.ground:
            corner = (cell.x - cell.width / 2, cell.y - cell.height / 2)
            canvas.bar(*corner, cell.width, cell.height, cell.ground)
    for cell in sorted(cells, key=lambda cell: (cell.ink, cell.bold)):
        canvas.text(cell.x, cell.y + 4, cell.number, bold=cell.bold, colour=cell.ink, align="center")
