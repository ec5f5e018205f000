"""A waterfall: from a baseline, over what was added and taken away, to the result; one row per step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.letters import text_width, wrap
from asf_analysis.presentation.palette import (
    BLUE,
    DARK_GREY,
    GRID,
    INK,
    ORANGE,
    ORANGE_TEXT,
    QUIET_INK,
    TRACK,
    Mark,
)

Kind = Literal["level", "change", "hidden"]

LEFT, NAME_WIDTH, ROW, BAR, LINE = 200, 184, 40, 18, 16
GAP, MOST_LINES = 12, 6
NARROW_BAR, NARROW_GAP = 16, 12
HEAD, FOOT, BESIDE, STRIPE, ARROW = 4, 4, 9, 6, 12
UP, DOWN = Mark(BLUE, ">"), Mark(ORANGE, "<")


@dataclass(frozen=True)
class Step:
    """One row: its name, where its bar begins and ends, the words beside it, and what kind of step it is."""

    name: str
    start: int
    end: int
    label: str
    kind: Kind

    @property
    def ink(self) -> str:
        """The colour of its number."""
        if self.kind == "level":
            return INK
        if self.kind == "hidden" or self.start == self.end:
            return QUIET_INK
        return BLUE if self.end > self.start else ORANGE_TEXT

    @property
    def reach(self) -> int:
        """How far to the right its bar goes."""
        return max(self.start, self.end)


@dataclass(frozen=True)
class Scale:
    """Where bars begin, and units per person."""

    left: float
    unit: float

    @classmethod
    def fitting(cls, steps: Sequence[Step], left: float, right: float) -> Scale:
        """Choose the scale so that every bar and the words to its right have room."""
        room = [
            (right - left - BESIDE - text_width(step.label, bold=True)) / step.reach
            for step in steps
            if step.reach
        ]
        return cls(left, min(room, default=0))

    def at(self, number: float) -> float:
        """The place of a number."""
        return self.left + self.unit * number


def draw_waterfall(steps: Sequence[Step]) -> Canvas:
    """Draw one row per step, its name beside its bar."""
    names = [wrap(step.name, NAME_WIDTH, bold=step.kind == "level", lines=MOST_LINES) for step in steps]
    heights = [max(ROW, LINE * len(lines) + GAP) for lines in names]
    canvas = Canvas.of(WIDTH, HEAD + sum(heights) + FOOT)
    scale = Scale.fitting(steps, LEFT, WIDTH - 4)
    middles = [HEAD + end - height / 2 for end, height in zip(accumulate(heights), heights, strict=True)]
    canvas.line((LEFT, HEAD), (LEFT, canvas.height - FOOT), GRID, 1.5)
    _draw_levels(canvas, steps, middles, scale)
    for step, lines, middle in zip(steps, names, middles, strict=True):
        first = middle + 4 - (len(lines) - 1) * LINE / 2
        for place, line in enumerate(lines):
            canvas.text(LEFT - 14, first + LINE * place, line, bold=step.kind == "level", align="right")
        _draw_step(canvas, step, middle, scale, BAR)
    return canvas


def draw_narrow_waterfall(steps: Sequence[Step]) -> Canvas:
    """Draw one block per step, its name above its bar."""
    width = NARROW - 2 * EDGE
    names = [wrap(step.name, width, bold=step.kind == "level", lines=MOST_LINES) for step in steps]
    heights = [LINE * len(lines) + 4 + NARROW_BAR + NARROW_GAP for lines in names]
    canvas = Canvas.of(NARROW, sum(heights) - NARROW_GAP + 6)
    scale = Scale.fitting(steps, EDGE, NARROW - EDGE)
    middles = [end - NARROW_GAP - NARROW_BAR / 2 for end in accumulate(heights)]
    for step, lines, middle in zip(steps, names, middles, strict=True):
        top = middle - NARROW_BAR / 2 - LINE * len(lines) + 6
        for place, line in enumerate(lines):
            canvas.text(EDGE, top + LINE * place, line, bold=step.kind == "level")
        canvas.line((EDGE, middle - NARROW_BAR / 2 - 2), (EDGE, middle + NARROW_BAR / 2 + 2), GRID, 1.5)
        _draw_step(canvas, step, middle, scale, NARROW_BAR)
    return canvas


def _draw_levels(canvas: Canvas, steps: Sequence[Step], middles: Sequence[float], scale: Scale) -> None:
    """Lead from where each step ends to where the next one begins."""
    for step, above, below in zip(steps, middles, middles[1:], strict=False):
        canvas.line((scale.at(step.end), above), (scale.at(step.end), below), GRID)


def _draw_step(canvas: Canvas, step: Step, middle: float, scale: Scale, height: float) -> None:
    left, right = (scale.at(number) for number in sorted((step.start, step.end)))
    top = middle - height / 2
    if step.kind == "level":
        canvas.bar(left, top, right - left, height, DARK_GREY)
    elif step.kind == "hidden":
        _draw_hidden(canvas, left, right, top, height)
    elif step.start == step.end:
        canvas.line((left, top), (left, top + height), QUIET_INK, 2)
    else:
        _draw_change(canvas, step, middle, scale, height)
    beside = BESIDE + (ARROW / 2 if step.kind == "change" and right - left < ARROW else 0)
    canvas.text(right + beside, middle + 4.5, step.label, bold=True, colour=step.ink)


def _draw_change(canvas: Canvas, step: Step, middle: float, scale: Scale, height: float) -> None:
    """Draw an arrow from where the step begins to where it ends, with a whole head however short it is."""
    mark, along = (UP, 1) if step.end > step.start else (DOWN, -1)
    start, end = scale.at(step.start), scale.at(step.end)
    neck = end - along * ARROW / 2
    if (neck - start) * along > 0:
        canvas.bar(min(start, neck), middle - height / 2 + 4, abs(neck - start), height - 8, mark.colour)
    canvas.mark(neck, middle, mark, size=ARROW, edge=mark.colour)


def _draw_hidden(canvas: Canvas, left: float, right: float, top: float, height: float) -> None:
    """Stripe what is told only together; where it is nothing, a line alone."""
    canvas.bar(left, top, right - left, height, TRACK)
    x = left
    while x <= right:
        canvas.line((x, top), (x, top + height), QUIET_INK)
        x += STRIPE
    canvas.line((right, top), (right, top + height), QUIET_INK)
