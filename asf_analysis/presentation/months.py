"""Activities over the months: a row of columns for all of them and one for each kind, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import seaborn as sns

from asf_analysis.presentation.drawing import WIDTH, Canvas, wrap
from asf_analysis.presentation.palette import BLUE, GRID, INK, QUIET_INK
from asf_analysis.presentation.values import WITHHELD_SIGN
from asf_analysis.swedish.writing import format_number

MOST_KINDS = 4
TALLEST = 84
"""Pixels of the tallest column."""

HEAD, FOOT, GAP, NUMBER = 2, 6, 18, 18
LEFT = 170
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


def draw_months(rows: Sequence[MonthRow], months: Sequence[str], width: int = WIDTH) -> Canvas:
    """Draw the rows under each other, the whole first, with columns of one scale."""
    unit = TALLEST / max(1, *(row.most for row in rows))
    heights = [max(row.most * unit, 12) + NUMBER for row in rows]
    canvas = Canvas.of(width, HEAD + sum(heights) + GAP * len(rows) + FOOT)
    y = float(HEAD)
    for index, (row, height) in enumerate(zip(rows, heights, strict=True)):
        _draw_row(canvas, row, months, (y, height, unit), BLUE if index == 0 else KIND_COLOUR)
        y += height + GAP
    step = (width - LEFT) / len(months)
    for index, month in enumerate(months):
        canvas.text(
            LEFT + step * (index + 0.5), y - GAP + 18, month, size=11.5, colour=QUIET_INK, align="center"
        )
    return canvas


def _draw_row(
    canvas: Canvas, row: MonthRow, months: Sequence[str], place: tuple[float, float, float], colour: str
) -> None:
    y, height, unit = place
    axes = canvas.panel(LEFT, y, canvas.width - LEFT, height)
    counts = pd.DataFrame({"month": list(months), "count": [count or 0 for count in row.counts]})
    sns.barplot(
        data=counts, x="month", y="count", color=colour, saturation=1, width=0.66, errorbar=None, ax=axes
    )
    axes.set_axis_off()
    axes.set_ylim(0, height / unit)
    canvas.line((LEFT, y + height), (canvas.width, y + height), GRID)
    _draw_numbers(canvas, row, y + height, unit)
    _draw_name(canvas, row, y + height)


def _draw_numbers(canvas: Canvas, row: MonthRow, bottom: float, unit: float) -> None:
    """Write every column's number above it: those that stand out first, then zeros and what is not shown."""
    step = (canvas.width - LEFT) / len(row.counts)
    for index, count in sorted(enumerate(row.counts), key=lambda pair: not pair[1]):
        canvas.text(
            LEFT + step * (index + 0.5),
            bottom - (count or 0) * unit - 5,
            WITHHELD_SIGN if count is None else format_number(count),
            bold=bool(count),
            colour=INK if count else QUIET_INK,
            align="center",
        )


def _draw_name(canvas: Canvas, row: MonthRow, bottom: float) -> None:
    name = wrap(row.name, 23, lines=1)[0]
    canvas.text(0, bottom - 16, name, bold=True)
    canvas.text(0, bottom - 1, row.whole, colour=QUIET_INK)
