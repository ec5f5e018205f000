"""What was left blank: a grid of questions and rounds, darker where more is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.presentation.drawing import TEXT_SIZE, WIDTH, Canvas, wrap
from asf_analysis.presentation.palette import BLUE, INK, PAPER, QUIET_INK, TRACK
from asf_analysis.presentation.values import MISSING_SIGN
from asf_analysis.swedish.writing import format_number

LEFT, HEAD, ROW, GAP = 268, 44, 26, 3
LABEL_LETTERS = 40

SHADES = ((0.0, TRACK, INK), (0.1, "#A9BFD4", INK), (0.25, "#456A93", PAPER), (1.0, BLUE, PAPER))
"""Up to which share a cell has which ground, and the colour of its number on it: 4.5:1 or more."""


@dataclass(frozen=True)
class GapRow:
    """A question, and in each round how many of how many left it blank; None where nothing was read."""

    name: str
    counts: tuple[tuple[int, int] | None, ...]


def draw_gaps(rows: Sequence[GapRow], rounds: Sequence[tuple[str, str]], width: int = WIDTH) -> Canvas:
    """Draw the grid under the rounds' names, each a line of two parts."""
    canvas = Canvas.of(width, HEAD + ROW * len(rows) + 4)
    step = (width - LEFT) / max(1, len(rounds))
    for place, (name, beside) in enumerate(rounds):
        middle = LEFT + step * (place + 0.5)
        canvas.text(middle, 14, name, bold=True, align="center")
        canvas.text(middle, 31, beside, size=11.5, colour=QUIET_INK, align="center")
    for index, row in enumerate(rows):
        y = HEAD + ROW * index
        canvas.text(0, y + ROW / 2 + 4, wrap(row.name, LABEL_LETTERS, lines=1)[0])
        for place, count in enumerate(row.counts):
            _draw_cell(canvas, (LEFT + step * place, y, step), count)
    return canvas


def _draw_cell(canvas: Canvas, place: tuple[float, float, float], count: tuple[int, int] | None) -> None:
    x, y, step = place
    if count is None:
        canvas.text(x + step / 2, y + ROW / 2 + 4, MISSING_SIGN, colour=QUIET_INK, align="center")
        return
    blank, whole = count
    share = blank / whole if whole else 0
    ground, ink = next((ground, ink) for limit, ground, ink in SHADES if share <= limit)
    canvas.bar(x + GAP / 2, y + GAP / 2, step - GAP, ROW - GAP, ground)
    canvas.text(
        x + step / 2,
        y + ROW / 2 + 4,
        format_number(blank),
        size=TEXT_SIZE,
        bold=bool(blank),
        colour=ink if blank else QUIET_INK,
        align="center",
    )
