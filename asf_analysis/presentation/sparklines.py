"""A figure's course over the years as a line that is read at a glance: small enough to stand in a table.

It has no words and no scale of its own; the figures stand beside it, and whoever shows it gives them as its
alternative text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asf_analysis.presentation.block import Html, element
from asf_analysis.presentation.palette import BLUE, ORANGE_TEXT, PAPER

WIDTH, HEIGHT = 156, 44
"""Pixels of every line, so that lines under each other have the same years under each other."""

_MARGIN = 11
_DASH = 18
"""Pixels of a target's dash, at most."""

_LEAST_SPAN = 0.3
"""The picture spans at least this share of its greatest value, so that a small change looks small."""


@dataclass(frozen=True)
class Point:
    """A figure in a year; `value` is None where it is missing or withheld, `target` where none is set."""

    year: int
    value: float | None
    target: float | None = None
    approximate: bool = False


def sparkline(points: Sequence[Point]) -> str:
    """Draw a figure's course as SVG; empty where no year has a value.

    Years stand as far apart as they are, and the line breaks where a year is left out or has no value. A
    hollow point is an approximate figure, a dash is the year's target.

    >>> sparkline([Point(2018, None, target=30)])
    ''
    """
    if all(point.value is None for point in points):
        return ""
    place = _Scale.of(points)
    return element(
        "svg",
        *_targets(points, place),
        *(_line(run, place) for run in unbroken_runs(points) if len(run) > 1),
        *(_dot(point, place) for point in points if point.value is not None),
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=HEIGHT,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
    )


def unbroken_runs(points: Sequence[Point]) -> list[list[Point]]:
    """Part the points into runs of years that follow each other and have a value each.

    >>> [len(run) for run in unbroken_runs([Point(2016, 1), Point(2017, 2), Point(2019, 4)])]
    [2, 1]
    """
    runs: list[list[Point]] = []
    for point in points:
        if point.value is None:
            continue
        if runs and runs[-1][-1].year == point.year - 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


@dataclass(frozen=True)
class _Scale:
    """Where years and values stand on the picture."""

    first: int
    years: int
    low: float
    span: float

    @classmethod
    def of(cls, points: Sequence[Point]) -> _Scale:
        values = [value for point in points for value in (point.value, point.target) if value is not None]
        low, high = min(values), max(values)
        span = max(high - low, _LEAST_SPAN * max(abs(low), abs(high)), 1)
        years = [point.year for point in points]
        return cls(min(years), max(years) - min(years), (low + high - span) / 2, span)

    def x(self, year: int) -> float:
        if not self.years:
            return WIDTH / 2
        return _MARGIN + (year - self.first) / self.years * (WIDTH - 2 * _MARGIN)

    def y(self, value: float) -> float:
        return HEIGHT - _MARGIN - (value - self.low) / self.span * (HEIGHT - 2 * _MARGIN)

    @property
    def dash(self) -> float:
        """Pixels of a target's dash: targets of neighbours do not touch."""
        return min(_DASH, 0.7 * (WIDTH - 2 * _MARGIN) / max(self.years, 1))


def _targets(points: Sequence[Point], place: _Scale) -> Iterator[Html]:
    dashes = [
        f"M{_short(place.x(point.year) - place.dash / 2)} {_short(place.y(point.target))}"
        f"h{_short(place.dash)}"
        for point in points
        if point.target is not None
    ]
    if dashes:
        yield element("path", d="".join(dashes), stroke=ORANGE_TEXT, stroke_width=2)


def _line(run: Sequence[Point], place: _Scale) -> Html:
    corners = (f"{_short(place.x(point.year))},{_short(place.y(point.value or 0))}" for point in run)
    return element("polyline", points=" ".join(corners), fill="none", stroke=BLUE, stroke_width=2)


def _dot(point: Point, place: _Scale) -> Html:
    return element(
        "circle",
        cx=_short(place.x(point.year)),
        cy=_short(place.y(point.value or 0)),
        r="3.2",
        fill=PAPER if point.approximate else BLUE,
        stroke=BLUE,
        stroke_width="1.8",
    )


def _short(number: float) -> str:
    """Write a place with at most one decimal.

    >>> _short(12.0), _short(12.345)
    ('12', '12.3')
    """
    return f"{round(number, 1) + 0.0:g}"
