"""Small multiples: each KPI's course over the years in a panel of its own, with its targets as dashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.letters import SMALL_TEXT, TEXT_SIZE, text_width, wrap
from asf_analysis.presentation.palette import BLUE, GRID, INK, ORANGE_TEXT, PAPER, QUIET_INK, Mark
from asf_analysis.presentation.series import Series, YearFigure
from asf_analysis.presentation.values import write_outcome

IN_ROW = 3
PANEL_GAP, ROW_GAP, LINE = 26, 26, 16
TALLEST, ABOVE, BELOW = 74, 24, 20
"""Units of a panel's highest point, of the room for a number above it, and for the years below."""

DASH = 22
WHOLE, PART = "o", "s"


@dataclass(frozen=True)
class Panel:
    """One KPI's panel: where it stands, and how its years and values become places."""

    series: Series
    heading: list[str]
    left: float
    width: float
    foot: float

    @property
    def step(self) -> float:
        """Units from one year to the next."""
        return self.width / len(self.series.figures)

    def x(self, year: int) -> float:
        """Where a year stands."""
        return self.left + self.step * (year - self.series.figures[0].year + 0.5)

    def y(self, value: float) -> float:
        """Where a value stands; every panel begins at nought."""
        told = [
            number for one in self.series.figures for number in (one.value, one.target) if number is not None
        ]
        return self.foot - value / max([*told, 1]) * TALLEST


def draw_trends(series: Sequence[Series]) -> Canvas:
    """Draw the panels three in a row."""
    return _draw(series, WIDTH, 0, IN_ROW)


def draw_narrow_trends(series: Sequence[Series]) -> Canvas:
    """Draw the panels under each other."""
    return _draw(series, NARROW, EDGE, 1)


def _draw(series: Sequence[Series], width: float, edge: float, in_row: int) -> Canvas:
    room = (width - 2 * edge - PANEL_GAP * (in_row - 1)) / in_row
    panels, y = [], 0.0
    for start in range(0, len(series), in_row):
        row = series[start : start + in_row]
        headings = [wrap(one.kpi.label, room, bold=True) for one in row]
        foot = y + LINE * max(map(len, headings)) + ABOVE + TALLEST
        panels += [
            Panel(one, heading, edge + (room + PANEL_GAP) * place, room, foot)
            for place, (one, heading) in enumerate(zip(row, headings, strict=True))
        ]
        y = foot + BELOW + ROW_GAP
    canvas = Canvas.of(width, y - ROW_GAP + 4)
    for panel in panels:
        _draw_panel(canvas, panel)
    return canvas


def _draw_panel(canvas: Canvas, panel: Panel) -> None:
    figures = panel.series.figures
    head = panel.foot - TALLEST - ABOVE - LINE * (len(panel.heading) - 1)
    for place, line in enumerate(panel.heading):
        canvas.text(panel.left, head - 4 + LINE * place, line, bold=True)
    canvas.line((panel.left, panel.foot), (panel.left + panel.width, panel.foot), GRID)
    dash = min(DASH, panel.step * 0.7) / 2
    for figure in figures:
        if figure.target is not None:
            x, y = panel.x(figure.year), panel.y(figure.target)
            canvas.line((x - dash, y), (x + dash, y), ORANGE_TEXT, 2.5)
    for before, after in _neighbours(figures):
        ends = [(panel.x(one.year), panel.y(one.value or 0)) for one in (before, after)]
        canvas.line(ends[0], ends[1], BLUE, 2)
    for figure in figures:
        _draw_point(canvas, panel, figure)
    for figure in _labelled(figures, panel.step, [str(one.year) for one in figures], SMALL_TEXT):
        canvas.text(
            panel.x(figure.year),
            panel.foot + 16,
            str(figure.year),
            size=SMALL_TEXT,
            colour=QUIET_INK,
            align="center",
        )
    for figure in _labelled(figures, panel.step, [_label(one) for one in figures], TEXT_SIZE):
        _draw_number(canvas, panel, figure)


def _neighbours(figures: Sequence[YearFigure]) -> Iterator[tuple[YearFigure, YearFigure]]:
    """The pairs of years that a line joins: both known, and both whole."""
    for before, after in pairwise(figures):
        if before.value is not None and after.value is not None and not (before.part or after.part):
            yield before, after


def _draw_point(canvas: Canvas, panel: Panel, figure: YearFigure) -> None:
    if figure.value is not None:
        place = panel.x(figure.year), panel.y(figure.value)
        colour = PAPER if figure.approximate else BLUE
        canvas.mark(*place, Mark(colour, PART if figure.part else WHOLE), size=8, edge=BLUE)


def _label(figure: YearFigure) -> str:
    return "" if figure.outcome is None else write_outcome(figure.outcome)


def _labelled(
    figures: Sequence[YearFigure], step: float, labels: Sequence[str], size: float
) -> Iterator[YearFigure]:
    """The years whose label has room: all, or the last and every so many before it."""
    widest = max(text_width(label, size, bold=True) for label in labels) + 4
    every = max(1, -int(-widest // step))
    for place, figure in enumerate(figures):
        if (len(figures) - 1 - place) % every == 0:
            yield figure


def _draw_number(canvas: Canvas, panel: Panel, figure: YearFigure) -> None:
    """Write a figure above its point, and above the dash of the target where that would cross it."""
    known = figure.value is not None
    y = panel.y(figure.value or 0)
    if figure.target is not None:
        target = panel.y(figure.target)
        y = target if y - 24 < target < y else y
    canvas.text(
        panel.x(figure.year),
        y - 9,
        _label(figure),
        bold=known,
        colour=INK if known else QUIET_INK,
        align="center",
    )
