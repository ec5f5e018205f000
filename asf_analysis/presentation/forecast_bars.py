"""Forecasts as bars: what is known, where the year is likely to end, and how unsure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.letters import SMALL_TEXT, wrap
from asf_analysis.presentation.palette import BLUE, INK, ORANGE_TEXT, PLUM, QUIET_INK, TRACK, Mark

LABEL_WIDTH, LINE, BAR, GAP = 330, 16, 16, 20
EXPECTED, CAME = Mark(PLUM, "D"), Mark(INK, "o")


@dataclass(frozen=True)
class ForecastBar:
    """A KPI's forecast as it is drawn; `outcome` is what came, where the year is over."""

    label: str
    told: str
    known: float
    expected: float
    low: float
    high: float
    target: float | None
    outcome: float | None

    @property
    def most(self) -> float:
        """The highest number that the bar must have room for."""
        return max(self.known, self.high, self.target or 0, self.outcome or 0, 1)


def draw_forecasts(bars: Sequence[ForecastBar]) -> Canvas:
    """Draw a bar for each KPI, its name and figures beside it."""
    names = [_name(bar, LABEL_WIDTH - 20) for bar in bars]
    heights = [LINE * (len(label) + len(told)) + GAP for label, told in names]
    canvas = Canvas.of(WIDTH, sum(heights) - GAP + 8)
    y = 0.0
    for bar, (label, told), height in zip(bars, names, heights, strict=True):
        _write(canvas, 0, y, label, told)
        _draw_bar(canvas, bar, LABEL_WIDTH, WIDTH - EDGE, y + (height - GAP) / 2 + 2)
        y += height
    return canvas


def draw_narrow_forecasts(bars: Sequence[ForecastBar]) -> Canvas:
    """Draw the same with each name and its figures above the bar."""
    names = [_name(bar, NARROW - 2 * EDGE) for bar in bars]
    heights = [LINE * (len(label) + len(told)) + 2 * BAR + GAP for label, told in names]
    canvas = Canvas.of(NARROW, sum(heights) - GAP + 4)
    y = 0.0
    for bar, (label, told), height in zip(bars, names, heights, strict=True):
        _write(canvas, EDGE, y, label, told)
        _draw_bar(canvas, bar, EDGE, NARROW - EDGE, y + height - GAP - BAR / 2)
        y += height
    return canvas


def _name(bar: ForecastBar, room: float) -> tuple[list[str], list[str]]:
    return wrap(bar.label, room, bold=True), wrap(bar.told, room, size=SMALL_TEXT)


def _write(canvas: Canvas, x: float, y: float, label: Sequence[str], told: Sequence[str]) -> None:
    for place, line in enumerate(label):
        canvas.text(x, y + LINE * (place + 1) - 3, line, bold=True)
    for place, line in enumerate(told):
        canvas.text(x, y + LINE * (len(label) + place + 1) - 3, line, size=SMALL_TEXT, colour=QUIET_INK)


def _draw_bar(canvas: Canvas, bar: ForecastBar, left: float, right: float, middle: float) -> None:
    """Draw a track from nought with what is known, and over it the interval and the marks."""

    def at(value: float) -> float:
        return left + (right - left) * value / bar.most

    over, under = middle - BAR / 4, middle + BAR / 4
    canvas.bar(left, under, right - left, BAR / 2, TRACK)
    canvas.bar(left, under, at(bar.known) - left, BAR / 2, BLUE)
    canvas.line((at(bar.low), over), (at(bar.high), over), PLUM, 3)
    for end in (bar.low, bar.high):
        canvas.line((at(end), over - 5), (at(end), over + 5), PLUM, 3)
    if bar.target is not None:
        canvas.line((at(bar.target), over - 9), (at(bar.target), under + BAR / 2 + 3), ORANGE_TEXT, 2.5)
    canvas.mark(at(bar.expected), over, EXPECTED, size=9)
    if bar.outcome is not None:
        canvas.mark(at(bar.outcome), over, CAME, size=9)
