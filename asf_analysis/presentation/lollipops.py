"""Women and men side by side: two thin bars per row, each ending in the group's own marker and its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.presentation.drawing import WIDTH, Canvas, wrap
from asf_analysis.presentation.palette import BLUE, GRID, MEN, MEN_INK, QUIET_INK, WOMEN, Mark
from asf_analysis.swedish.writing import format_number

HEAD, FOOT, ROW, STEP = 6, 6, 46, 17
LABEL_LETTERS = 24


@dataclass(frozen=True)
class Pair:
    """One row: its name, and women and men, each a number or the words that stand where none is shown."""

    name: str
    women: int | str
    men: int | str


def draw_pairs(pairs: Sequence[Pair], width: int = WIDTH) -> Canvas:
    """Draw one row per pair; the scale comes from the numbers that are shown, and from no others."""
    canvas = Canvas.of(width, HEAD + ROW * len(pairs) + FOOT)
    left, right = 176.0, width - 96.0
    longest = max(
        [number for pair in pairs for number in (pair.women, pair.men) if isinstance(number, int)], default=0
    )
    scale = (right - left) / max(longest, 1)
    named = _first_shown(pairs)
    canvas.line((left, HEAD), (left, canvas.height - FOOT), GRID, 1.5)
    for index, pair in enumerate(pairs):
        _draw_pair(canvas, pair, HEAD + ROW * index, left, scale, named == index)
    return canvas


def _first_shown(pairs: Sequence[Pair]) -> int | None:
    """The row whose numbers are followed by the groups' names, so that no legend is needed."""
    both = [
        index for index, pair in enumerate(pairs) if isinstance(pair.women, int) and isinstance(pair.men, int)
    ]
    counted = [index for index in both if pairs[index].women and pairs[index].men]
    return next(iter(counted or both), None)


def _draw_pair(canvas: Canvas, pair: Pair, y: float, left: float, scale: float, named: bool) -> None:
    lines = wrap(pair.name, LABEL_LETTERS, lines=2)
    first = y + ROW / 2 + 4 - (len(lines) - 1) * 8
    for index, line in enumerate(lines):
        canvas.text(left - 14, first + 16 * index, line, bold=True, align="right")
    middle = y + ROW / 2
    if isinstance(pair.women, str) and pair.women == pair.men:
        canvas.text(left + 10, middle + 4, pair.women, colour=QUIET_INK)
        return
    _draw_one(canvas, pair.women, middle - STEP / 2, left, scale, WOMEN, BLUE, "kvinnor" if named else "")
    _draw_one(canvas, pair.men, middle + STEP / 2, left, scale, MEN, MEN_INK, "män" if named else "")


def _draw_one(
    canvas: Canvas, number: int | str, y: float, left: float, scale: float, mark: Mark, ink: str, name: str
) -> None:
    if isinstance(number, str):
        canvas.text(left + 10, y + 4, number, size=11.5, colour=QUIET_INK)
        return
    end = left + scale * number
    if number:
        canvas.line((left, y), (end, y), mark.colour, 5)
    canvas.mark(end, y, mark, size=11)
    canvas.text(end + 11, y + 4.5, f"{format_number(number)} {name}".strip(), bold=True, colour=ink)
