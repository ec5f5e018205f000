"""Women's share of each row as a dot, on a scale from none to all, with the even band behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.balance import EVEN_PERCENT
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.balance import BAND, Balance, Group
from asf_analysis.presentation.block import Block, paragraphs, stack
from asf_analysis.presentation.chart import Chart, draw_both, figure_block
from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.findings import women_in_all
from asf_analysis.presentation.grids import Grid, share_of_women
from asf_analysis.presentation.letters import SMALL_TEXT, wrap
from asf_analysis.presentation.palette import BLUE, GRID, QUIET_INK, TRACK, WOMEN
from asf_analysis.presentation.tables.balance import balance_layout
from asf_analysis.presentation.tables.breakdown import time_of_table
from asf_analysis.presentation.tables.layout import data_table
from asf_analysis.presentation.values import name_value
from asf_analysis.swedish.writing import format_percent, within_sentence

HEAD, ROW, LINE, FOOT = 26, 34, 16, 6
LEFT, NAME_WIDTH = 176, 158
NARROW_ROW, NARROW_GAP = 26, 10
BESIDE = 11
"""Units from a dot to its number."""

FAR = 85
"""Percent from which a number stands before its dot, where there is room."""

ENDS, MIDDLE = ("bara män", "bara kvinnor"), f"jämn: {BAND} %"


@dataclass(frozen=True)
class Dot:
    """One row: its name, women's exact share in percent or None, and the text at the dot or in its place."""

    name: str
    share: float | None
    text: str


def balance(report: Published, key: str) -> Block:
    """Draw women's share of each row of a breakdown of people, beside the band of 40–60 percent."""
    published = require_published(report)
    table = published.table(key)
    told, layout = Balance.of(table), balance_layout(published, table)
    when = time_of_table(published, table)
    if not told.told:
        why = paragraphs(f"{table.title}, {when}: inget diagram visas, eftersom ingen andel kan redovisas.")
        return stack(why, data_table(layout))
    grid = Grid.of(table)
    dots = [_dot(grid, group, name_value(table.rows, group.row)) for group in told.groups]
    everyone = Group.of(grid, TOTAL)
    if len(told.groups) > 1 and not everyone.why:
        dots.append(_dot(grid, everyone, name_value(table.rows, TOTAL)))
    in_all = women_in_all(table)
    title = told.finding or in_all or f"Andelen kvinnor: {within_sentence(table.title)}"
    alt = f"Punkter på en skala från bara män till bara kvinnor, mot ett band för {BAND} procent kvinnor."
    return figure_block(
        Chart(
            title=title,
            subtitle=f"{table.title}, andel kvinnor i procent, {when}. Det grå bandet: jämn fördelning.",
            alt=" ".join([alt, f"{title}.", *(f"{dot.name}: {_told(dot)}." for dot in dots)]),
            drawn=draw_both(lambda: draw_dots(dots), lambda: draw_narrow_dots(dots)),
            data=layout,
        )
    )


def _dot(grid: Grid, group: Group, name: str) -> Dot:
    """The number is the whole percent that may be written, and the dot stands at the exact share."""
    written = share_of_women(grid, group.row)
    if group.share is None or written is None:
        return Dot(name, None, group.why)
    return Dot(name, float(group.share), format_percent(written))


def _told(dot: Dot) -> str:
    return dot.text if dot.share is None else f"{dot.text} kvinnor"


@dataclass(frozen=True)
class Scale:
    """Where a share stands across the sheet."""

    left: float
    right: float

    def at(self, percent: float) -> float:
        """Give the place of a share in percent."""
        return self.left + (self.right - self.left) * percent / 100


def draw_dots(dots: Sequence[Dot]) -> Canvas:
    """Draw one line per row, its name beside its dot."""
    canvas = Canvas.of(WIDTH, HEAD + ROW * len(dots) + FOOT)
    scale = Scale(LEFT, WIDTH - 12)
    _draw_band(canvas, scale)
    for index, dot in enumerate(dots):
        middle = HEAD + ROW * (index + 0.5)
        lines = wrap(dot.name, NAME_WIDTH, bold=True, lines=2)
        first = middle + 4 - (len(lines) - 1) * LINE / 2
        for place, line in enumerate(lines):
            canvas.text(LEFT - 14, first + LINE * place, line, bold=True, align="right")
        _draw_dot(canvas, dot, middle, scale)
    return canvas


def draw_narrow_dots(dots: Sequence[Dot]) -> Canvas:
    """Draw one block per row, its name above its dot."""
    names = [wrap(dot.name, NARROW - 2 * EDGE, bold=True) for dot in dots]
    heights = [LINE * len(lines) + NARROW_ROW + NARROW_GAP for lines in names]
    canvas = Canvas.of(NARROW, HEAD + sum(heights) + FOOT)
    scale = Scale(EDGE, NARROW - EDGE)
    _draw_band(canvas, scale)
    y = float(HEAD)
    for dot, lines, height in zip(dots, names, heights, strict=True):
        for place, line in enumerate(lines):
            canvas.text(EDGE, y + 14 + LINE * place, line, bold=True)
        _draw_dot(canvas, dot, y + LINE * len(lines) + NARROW_ROW / 2 + 2, scale)
        y += height
    return canvas


def _draw_band(canvas: Canvas, scale: Scale) -> None:
    """The even band with its edges and its words, and what the ends of the scale mean."""
    low, high = scale.at(EVEN_PERCENT), scale.at(100 - EVEN_PERCENT)
    canvas.bar(low, HEAD - 4, high - low, canvas.height - HEAD + 4, TRACK)
    for edge in (low, high):
        canvas.line((edge, HEAD - 4), (edge, canvas.height), GRID)
    canvas.text(scale.at(50), 13, MIDDLE, size=SMALL_TEXT, colour=QUIET_INK, align="center")
    canvas.text(scale.left, 13, ENDS[0], size=SMALL_TEXT, colour=QUIET_INK)
    canvas.text(scale.right, 13, ENDS[1], size=SMALL_TEXT, colour=QUIET_INK, align="right")


def _draw_dot(canvas: Canvas, dot: Dot, y: float, scale: Scale) -> None:
    """A line over the whole scale, and on it the dot with its number; or the words that stand for both."""
    if dot.share is None:
        canvas.text(scale.left, y + 4, dot.text, size=SMALL_TEXT, colour=QUIET_INK)
        return
    canvas.line((scale.left, y), (scale.right, y), GRID)
    x = scale.at(dot.share)
    canvas.mark(x, y, WOMEN, size=12)
    before = dot.share > FAR
    canvas.text(
        x - BESIDE if before else x + BESIDE,
        y - 5,
        dot.text,
        bold=True,
        colour=BLUE,
        align="right" if before else "left",
    )
