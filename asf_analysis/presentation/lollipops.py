"""Women and men side by side: two thin bars per row, each ending in the group's own marker and its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.letters import SMALL_TEXT, text_width, wrap
from asf_analysis.presentation.palette import BLUE, GRID, MEN, MEN_INK, QUIET_INK, WOMEN, Mark
from asf_analysis.swedish.writing import format_number

HEAD, FOOT, ROW, STEP, LINE = 6, 6, 46, 17, 16
LEFT, NAME_WIDTH = 176, 158
BESIDE = 11
"""Units from a bar's end to its number."""

NARROW_LEFT, NARROW_GAP = EDGE + 5, 14
NAMES = ("kvinnor", "män")


@dataclass(frozen=True)
class Pair:
    """One row: its name, and women and men, each a number or the words that stand where none is shown."""

    name: str
    women: int | str
    men: int | str

    @property
    def told_once(self) -> str:
        """The words that stand for both, where neither is shown and for the same reason; else nothing."""
        return self.women if isinstance(self.women, str) and self.women == self.men else ""


@dataclass(frozen=True)
class Bars:
    """Where bars begin, units per person, and the row whose numbers are followed by the groups' names."""

    left: float
    unit: float
    named: int | None

    @classmethod
    def fitting(cls, pairs: Sequence[Pair], left: float, right: float) -> Bars:
        """Choose the scale by the numbers that are shown, and by no others, so that each has room."""
        named = _first_shown(pairs)
        room = [
            (right - left - BESIDE - text_width(_label(number, sex, index == named), bold=True)) / number
            for index, pair in enumerate(pairs)
            for sex, number in enumerate((pair.women, pair.men))
            if isinstance(number, int) and number
        ]
        return cls(left, min(room, default=0), named)


def _label(number: int, sex: int, named: bool) -> str:
    return f"{format_number(number)} {NAMES[sex] if named else ''}".strip()


def _first_shown(pairs: Sequence[Pair]) -> int | None:
    """The row whose numbers are followed by the groups' names, so that no legend is needed."""
    both = [
        index for index, pair in enumerate(pairs) if isinstance(pair.women, int) and isinstance(pair.men, int)
    ]
    counted = [index for index in both if pairs[index].women and pairs[index].men]
    return next(iter(counted or both), None)


def draw_pairs(pairs: Sequence[Pair]) -> Canvas:
    """Draw one row per pair, its name beside its bars."""
    canvas = Canvas.of(WIDTH, HEAD + ROW * len(pairs) + FOOT)
    bars = Bars.fitting(pairs, LEFT, WIDTH - 4)
    canvas.line((LEFT, HEAD), (LEFT, canvas.height - FOOT), GRID, 1.5)
    for index, pair in enumerate(pairs):
        middle = HEAD + ROW * (index + 0.5)
        lines = wrap(pair.name, NAME_WIDTH, bold=True, lines=2)
        first = middle + 4 - (len(lines) - 1) * LINE / 2
        for place, line in enumerate(lines):
            canvas.text(LEFT - 14, first + LINE * place, line, bold=True, align="right")
        if pair.told_once:
            canvas.text(LEFT + 10, middle + 4, pair.told_once, colour=QUIET_INK)
        else:
            _draw_pair(canvas, pair, index, middle, bars)
    return canvas


def draw_narrow_pairs(pairs: Sequence[Pair]) -> Canvas:
    """Draw one block per pair, its name above its bars."""
    names = [wrap(pair.name, NARROW - 2 * EDGE, bold=True) for pair in pairs]
    heights = [
        LINE * len(lines) + (LINE + 4 if pair.told_once else 2 * STEP) + NARROW_GAP
        for pair, lines in zip(pairs, names, strict=True)
    ]
    canvas = Canvas.of(NARROW, sum(heights) - NARROW_GAP + 4)
    bars = Bars.fitting(pairs, NARROW_LEFT, NARROW - EDGE)
    y = 0.0
    for index, (pair, lines, height) in enumerate(zip(pairs, names, heights, strict=True)):
        for place, line in enumerate(lines):
            canvas.text(EDGE, y + 12 + LINE * place, line, bold=True)
        top, bottom = y + LINE * len(lines) + 3, y + height - NARROW_GAP + 1
        canvas.line((NARROW_LEFT, top), (NARROW_LEFT, bottom), GRID, 1.5)
        if pair.told_once:
            canvas.text(NARROW_LEFT + 10, (top + bottom) / 2 + 4, pair.told_once, colour=QUIET_INK)
        else:
            _draw_pair(canvas, pair, index, (top + bottom) / 2, bars)
        y += height
    return canvas


def _draw_pair(canvas: Canvas, pair: Pair, index: int, middle: float, bars: Bars) -> None:
    groups = ((pair.women, WOMEN, BLUE), (pair.men, MEN, MEN_INK))
    for sex, (number, mark, ink) in enumerate(groups):
        y = middle + STEP * (sex - 0.5)
        if isinstance(number, str):
            canvas.text(bars.left + 10, y + 4, number, size=SMALL_TEXT, colour=QUIET_INK)
        else:
            _draw_one(canvas, number, y, bars, mark, ink, _label(number, sex, index == bars.named))


def _draw_one(canvas: Canvas, number: int, y: float, bars: Bars, mark: Mark, ink: str, label: str) -> None:
    end = bars.left + bars.unit * number
    if number:
        canvas.line((bars.left, y), (end, y), mark.colour, 5)
    canvas.mark(end, y, mark, size=11)
    canvas.text(end + BESIDE, y + 4.5, label, bold=True, colour=ink)
