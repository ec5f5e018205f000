"""Women and men over the survey rounds: two lines on one scale from nobody, with their numbers and names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from asf_analysis.disclosure.published import (
    WITHHELD,
    Published,
    PublishedTable,
    require_published,
    require_table,
)
from asf_analysis.presentation.balance import NOT_KNOWN, NOT_SHOWN
from asf_analysis.presentation.block import Block, paragraphs, stack
from asf_analysis.presentation.chart import Chart, draw_both, figure_block
from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.findings import more_women_or_men
from asf_analysis.presentation.grids import Grid, people_grid
from asf_analysis.presentation.letters import SMALL_TEXT, text_width
from asf_analysis.presentation.palette import BLUE, GRID, MEN, MEN_INK, QUIET_INK, WOMEN
from asf_analysis.presentation.survey_words import round_of
from asf_analysis.presentation.tables.breakdown import breakdown_layout, time_of_table
from asf_analysis.presentation.tables.layout import data_table
from asf_analysis.presentation.values import MISSING_SIGN, WITHHELD_SIGN, name_value
from asf_analysis.swedish.writing import format_number

TOP, TALLEST, NUMBER, TICKS = 24, 150, 22, 40
LEFT, NAMES, LINE = 28, 60, 16
"""Units: before the first round, for the lines' names after the last, and from one name to the next."""

BETWEEN = 4
"""Units between neighbouring numbers, at least."""

LINES = (("Kvinnor", WOMEN, BLUE), ("Män", MEN, MEN_INK))


@dataclass(frozen=True)
class Point:
    """A survey round: how many quarters after the first, its quarter and year, and its counts or a sign."""

    quarters: int
    quarter: str
    year: str
    counts: tuple[int, int] | None
    sign: str = ""


def rounds(report: Published, key: str) -> Block:
    """Draw women and men of a stock over the survey rounds; with fewer than two to draw, show the table."""
    published = require_published(report)
    table = published.table(key)
    layout, points = breakdown_layout(published, table), points_of(table)
    when = time_of_table(published, table)
    if sum(point.counts is not None for point in points) < 2:
        why = "eftersom det inte finns två omgångar att jämföra"
        return stack(
            paragraphs(f"{table.title}, {when}: inget diagram visas, {why}."),
            data_table(layout),
        )
    title = more_women_or_men(table)
    alt = " ".join(["Två linjer över enkätomgångarna, en för kvinnor och en för män.", f"{title}."])
    return figure_block(
        Chart(
            title=title,
            subtitle=f"{table.title}, antal kvinnor och män, {when}",
            alt=" ".join([alt, *_told(table)]),
            drawn=draw_both(lambda: draw_lines(points, WIDTH), lambda: draw_lines(points, NARROW)),
            data=layout,
        )
    )


def points_of(table: PublishedTable) -> list[Point]:
    """Read the rounds of a table in their order; a round is drawn where both women and men are shown."""
    require_table(table)
    grid = people_grid(table)
    held = [(row, found) for row in grid.body if (found := round_of(row))]
    first = min((found.year * 4 + found.quarter for _, found in held), default=0)
    points = []
    for row, found in held:
        women, men = grid.cell(row, "women"), grid.cell(row, "men")
        counts = None if women.value is None or men.value is None else (women.value, men.value)
        hidden = WITHHELD in (women.status, men.status)
        sign = "" if counts else (WITHHELD_SIGN if hidden else MISSING_SIGN)
        quarters = found.year * 4 + found.quarter - first
        points.append(Point(quarters, f"kv {found.quarter}", str(found.year), counts, sign))
    return points


def _told(table: PublishedTable) -> list[str]:
    grid = Grid.of(table)
    told = []
    for row in grid.body:
        women, men = grid.cell(row, "women"), grid.cell(row, "men")
        name = name_value(table.rows, row)
        if women.value is None or men.value is None:
            hidden = WITHHELD in (women.status, men.status)
            told.append(f"{name}: {NOT_SHOWN if hidden else NOT_KNOWN}.")
            continue
        counts = f"kvinnor {format_number(women.value)}, män {format_number(men.value)}"
        told.append(f"{name}: {counts}.")
    return told


@dataclass(frozen=True)
class Plane:
    """Where a round and a count stand on the sheet, and whether every round has room for its numbers."""

    left: float
    step: float
    unit: float

    @classmethod
    def fitting(cls, points: Sequence[Point], width: float) -> Plane:
        """Let rounds stand as far apart as they were held, and the highest count at the top."""
        highest = max((max(point.counts) for point in points if point.counts), default=0)
        longest = max(point.quarters for point in points)
        left = EDGE + LEFT
        return cls(left, (width - left - LEFT - NAMES) / max(longest, 1), TALLEST / max(highest, 1))

    def x(self, point: Point) -> float:
        """Give the place of a round."""
        return self.left + self.step * point.quarters

    def y(self, count: int) -> float:
        """Give the height of a count."""
        return TOP + TALLEST - self.unit * count


def numbered(points: Sequence[Point]) -> set[int]:
    """Which rounds have their numbers written: all that are drawn, or the ends where a phone has no room."""
    drawn = [index for index, point in enumerate(points) if point.counts]
    wide = max(text_width(format_number(n), bold=True) for index in drawn for n in points[index].counts or ())
    plane = Plane.fitting(points, NARROW)
    apart = [plane.x(points[after]) - plane.x(points[index]) for index, after in pairwise(drawn)]
    return set(drawn) if min(apart) >= wide + BETWEEN else {drawn[0], drawn[-1]}


def draw_lines(points: Sequence[Point], width: float) -> Canvas:
    """Draw both lines over the rounds, with their numbers, and the rounds below."""
    canvas = Canvas.of(width, TOP + TALLEST + NUMBER + TICKS)
    plane, foot = Plane.fitting(points, width), TOP + TALLEST + NUMBER
    canvas.text(EDGE, TOP + TALLEST + 14, "0", size=SMALL_TEXT, colour=QUIET_INK)
    canvas.line((EDGE, TOP + TALLEST), (plane.x(points[-1]) + LEFT, TOP + TALLEST), GRID)
    for sex in range(len(LINES)):
        _draw_line(canvas, points, plane, sex)
    for index in sorted(numbered(points)):
        _draw_numbers(canvas, points[index], plane)
    _draw_names(canvas, [point for point in points if point.counts][-1], plane)
    _draw_rounds(canvas, points, plane, foot)
    return canvas


def _draw_line(canvas: Canvas, points: Sequence[Point], plane: Plane, sex: int) -> None:
    """A line's marks, joined where the rounds beside each other are both shown."""
    mark = LINES[sex][1]
    places = [(plane.x(one), plane.y(one.counts[sex])) if one.counts else None for one in points]
    for before, after in pairwise(places):
        if before and after:
            canvas.line(before, after, mark.colour, 2.5)
    for place in filter(None, places):
        canvas.mark(*place, mark, size=10)


def _draw_numbers(canvas: Canvas, point: Point, plane: Plane) -> None:
    """The higher count has its number above it, the lower one below."""
    women, men = point.counts or (0, 0)
    for sex, (count, other) in enumerate(((women, men), (men, women))):
        above = count > other or (count == other and sex == 0)
        y = plane.y(count) + (-9 if above else 19)
        ink = LINES[sex][2]
        canvas.text(plane.x(point), y, format_number(count), bold=True, colour=ink, align="center")


def _draw_names(canvas: Canvas, last: Point, plane: Plane) -> None:
    """Each line's name stands after its last point, and clear of the other's."""
    counts = last.counts or (0, 0)
    half = max(text_width(format_number(count), bold=True) for count in counts) / 2
    heights = [plane.y(count) + 4 for count in counts]
    upper = 0 if counts[0] >= counts[1] else 1
    heights[upper] = min(heights[upper], heights[1 - upper] - LINE)
    for (name, _, ink), y in zip(LINES, heights, strict=True):
        canvas.text(plane.x(last) + max(half, 8) + BETWEEN, y, name, bold=True, colour=ink)


def _draw_rounds(canvas: Canvas, points: Sequence[Point], plane: Plane, foot: float) -> None:
    """Each round's quarter, below it its year where a new one begins, and above it a sign for no counts."""
    years: set[str] = set()
    for point in points:
        x = plane.x(point)
        canvas.text(x, foot + 14, point.quarter, size=SMALL_TEXT, colour=QUIET_INK, align="center")
        if point.year not in years:
            canvas.text(x, foot + 31, point.year, size=SMALL_TEXT, colour=QUIET_INK, align="center")
        years.add(point.year)
        if point.sign:
            canvas.text(x, TOP + TALLEST + 17, point.sign, bold=True, colour=QUIET_INK, align="center")
