"""Activities over the months: a row of columns for all of them and one for each kind, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.letters import SMALL_TEXT, text_width, wrap
from asf_analysis.presentation.palette import BLUE, GRID, INK, QUIET_INK
from asf_analysis.presentation.values import WITHHELD_SIGN
from asf_analysis.swedish.writing import format_number

MOST_KINDS = 4
TALLEST = 84
"""Units of the tallest column."""

LEFT, NAME_WIDTH, LINE = 170, 158, 16
NUMBER, MONTH, GAP = 18, 22, 18
THICKNESS = 0.66
"""How much of its place a column fills."""

BETWEEN = 3
"""Units between the numbers of neighbouring columns, at least."""

KIND_COLOUR = "#5B7FA6"
"""A lighter blue for the parts below the whole; 4:1 against white."""


@dataclass(frozen=True)
class MonthRow:
    """One row of columns: what is counted, how many in all, and each month; None where it is not shown."""

    name: str
    whole: str
    counts: tuple[int | None, ...]

    @property
    def most(self) -> int:
        """The highest number of the row."""
        return max((count for count in self.counts if count is not None), default=0)

    @property
    def labels(self) -> list[str]:
        """What stands above each column."""
        return [WITHHELD_SIGN if count is None else format_number(count) for count in self.counts]


@dataclass(frozen=True)
class Strip:
    """Some columns of a row, side by side on a line: which, how high with numbers, where their foot is."""

    row: MonthRow
    columns: range
    height: float
    foot: float
    colour: str


@dataclass(frozen=True)
class Measures:
    """How columns stand across the sheet: from `left` to `right`, so many in each strip, units per count."""

    left: float
    right: float
    in_strip: int
    unit: float

    @classmethod
    def fitting(cls, rows: Sequence[MonthRow], months: Sequence[str], left: float, right: float) -> Measures:
        """Put all months side by side, or as many as leave each number and name room."""
        bold = [text_width(label, bold=True) for row in rows for label in row.labels]
        widest = BETWEEN + max([*bold, *(text_width(month, SMALL_TEXT) for month in months)])
        in_strip = len(months)
        while in_strip > 1 and (right - left) / in_strip < widest:
            in_strip = -(-in_strip // 2)
        return cls(left, right, in_strip, TALLEST / max(1, *(row.most for row in rows)))

    @property
    def step(self) -> float:
        """Units from one column to the next."""
        return (self.right - self.left) / self.in_strip

    def parts(self, months: Sequence[str]) -> list[range]:
        """The months of each strip."""
        starts = range(0, len(months), self.in_strip)
        return [range(start, min(start + self.in_strip, len(months))) for start in starts]

    def height(self, row: MonthRow, columns: range) -> float:
        """Units that some columns of a row take above their foot, with the numbers."""
        return max(12, *((row.counts[column] or 0) * self.unit for column in columns)) + NUMBER


def draw_months(rows: Sequence[MonthRow], months: Sequence[str]) -> Canvas:
    """Draw the rows under each other, the whole first, with columns of one scale and names beside them."""
    measures = Measures.fitting(rows, months, LEFT, WIDTH)
    strips, height = _place(rows, months, measures, above=[0] * len(rows))
    canvas = Canvas.of(WIDTH, height)
    _draw_strips(canvas, strips, months, measures)
    for row in rows:
        foot = next(strip.foot for strip in strips if strip.row is row)
        lines = wrap(row.name, NAME_WIDTH, bold=True, lines=2)
        for index, line in enumerate(reversed(lines)):
            canvas.text(0, foot - LINE * (index + 1), line, bold=True)
        canvas.text(0, foot - 1, row.whole, colour=QUIET_INK)
    return canvas


def draw_narrow_months(rows: Sequence[MonthRow], months: Sequence[str]) -> Canvas:
    """Draw the same with each row's name and sum above its columns."""
    measures = Measures.fitting(rows, months, EDGE, NARROW - EDGE)
    room = NARROW - 2 * EDGE
    names = [wrap(row.name, room - text_width(row.whole) - 8, bold=True, lines=2) for row in rows]
    strips, height = _place(rows, months, measures, above=[LINE * len(lines) + 4 for lines in names])
    canvas = Canvas.of(NARROW, height)
    _draw_strips(canvas, strips, months, measures)
    for row, lines in zip(rows, names, strict=True):
        first = next(strip for strip in strips if strip.row is row)
        last = first.foot - first.height - 6
        for index, line in enumerate(reversed(lines)):
            canvas.text(EDGE, last - LINE * index, line, bold=True)
        canvas.text(EDGE + text_width(lines[-1], bold=True) + 8, last, row.whole, colour=QUIET_INK)
    return canvas


def _place(
    rows: Sequence[MonthRow], months: Sequence[str], measures: Measures, above: Sequence[float]
) -> tuple[list[Strip], float]:
    """Place every row's strips below what stands above them, and tell how high the sheet must be."""
    strips, y = [], 0.0
    parts = measures.parts(months)
    for index, (row, name) in enumerate(zip(rows, above, strict=True)):
        y += name
        for columns in parts:
            height = measures.height(row, columns)
            y += height + 2
            strips.append(Strip(row, columns, height, y, BLUE if index == 0 else KIND_COLOUR))
            y += MONTH if len(parts) > 1 or index == len(rows) - 1 else 0
        y += GAP
    return strips, y - GAP + 4


def _draw_strips(canvas: Canvas, strips: Sequence[Strip], months: Sequence[str], measures: Measures) -> None:
    """Draw the columns of all strips, the lines they stand on, their numbers, and the months below."""
    _draw_columns(canvas, strips, measures)
    split = measures.in_strip < len(months)
    for strip in strips:
        end = measures.left + measures.step * len(strip.columns)
        canvas.line((measures.left, strip.foot), (end, strip.foot), GRID)
        _draw_numbers(canvas, strip, measures)
        if split or strip.row is strips[-1].row:
            for place, month in enumerate(strip.columns):
                x = measures.left + measures.step * (place + 0.5)
                canvas.text(
                    x, strip.foot + 16, months[month], size=SMALL_TEXT, colour=QUIET_INK, align="center"
                )


def _draw_columns(canvas: Canvas, strips: Sequence[Strip], measures: Measures) -> None:
    """Draw the columns of all strips, each on the foot of its strip."""
    for strip in strips:
        for place, month in enumerate(strip.columns):
            height = (strip.row.counts[month] or 0) * measures.unit
            x = measures.left + measures.step * (place + 0.5 - THICKNESS / 2)
            canvas.bar(x, strip.foot - height, measures.step * THICKNESS, height, strip.colour)


def _draw_numbers(canvas: Canvas, strip: Strip, measures: Measures) -> None:
    """Write every column's number above it: those that stand out first, then zeros and what is not shown."""
    row, labels = strip.row, strip.row.labels
    for place, month in sorted(enumerate(strip.columns), key=lambda pair: not row.counts[pair[1]]):
        count = row.counts[month]
        canvas.text(
            measures.left + measures.step * (place + 0.5),
            strip.foot - (count or 0) * measures.unit - 5,
            labels[month],
            bold=bool(count),
            colour=INK if count else QUIET_INK,
            align="center",
        )
