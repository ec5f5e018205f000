"""A map drawn in classes from light to dark, with names and values on it, for a desk and for a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.letters import SMALL_TEXT
from asf_analysis.presentation.map_key import Key, look_of, scale_of
from asf_analysis.presentation.map_labels import DISC, LINE, Label, labels_of
from asf_analysis.presentation.outlines import fitted
from asf_analysis.presentation.palette import INK, PAPER, QUIET_INK, STEPS, Mark
from asf_analysis.presentation.rates import Rate

if TYPE_CHECKING:
    from shapely import MultiPolygon

MAP_WIDTH, MAP_HEIGHT, BESIDE, KEY_WIDTH, GAP = 440, 600, 50, 196, 24
NARROW_WIDTH, NARROW_HEIGHT = NARROW - 2 * EDGE, 540


@dataclass(frozen=True)
class CountyMap:
    """What a map shows: each municipality's outline and rate, what is counted, and the words for nobody."""

    outlines: Mapping[str, MultiPolygon]
    rates: Mapping[str, Rate]
    heading: str
    nobody: str

    def placed(self, width: float, height: float, beside: float) -> _Placed:
        """Make the map as large as fits, and find places for its labels, also `beside` it to the right."""
        from shapely import box, total_bounds

        areas = fitted(self.outlines, width, height, EDGE)
        _, _, right, bottom = total_bounds(list(areas.values()))
        sheet = box(1, 1, right + beside, bottom + EDGE)
        values = {name: str(rate) for name, rate in self.rates.items()}
        return _Placed(areas, labels_of(areas, values, sheet))

    def key(self, labels: Sequence[Label], width: float) -> Key:
        """Explain the map."""
        return Key.of(self.rates, labels, self.heading, self.nobody, width)


@dataclass(frozen=True)
class _Placed:
    areas: Mapping[str, MultiPolygon]
    labels: Sequence[Label]

    @property
    def right(self) -> float:
        labels = [label.x + label.size[0] / 2 for label in self.labels]
        return max(*labels, *(area.bounds[2] for area in self.areas.values()))

    @property
    def bottom(self) -> float:
        return max(area.bounds[3] for area in self.areas.values())


def draw_map(shown: CountyMap) -> Canvas:
    """Draw the map with its key beside it, both in the middle of the sheet."""
    placed = shown.placed(MAP_WIDTH, MAP_HEIGHT, BESIDE)
    key = shown.key(placed.labels, KEY_WIDTH)
    canvas = Canvas.of(WIDTH, max(placed.bottom, EDGE + key.height) + EDGE)
    _draw_areas(canvas, shown, placed)
    key.draw(canvas, placed.right + GAP, EDGE)
    return canvas


def draw_narrow_map(shown: CountyMap) -> Canvas:
    """Draw the map with its key below it."""
    placed = shown.placed(NARROW_WIDTH, NARROW_HEIGHT, EDGE - 1)
    key = shown.key(placed.labels, NARROW_WIDTH)
    canvas = Canvas.of(NARROW, placed.bottom + GAP + key.height + EDGE)
    _draw_areas(canvas, shown, placed)
    key.draw(canvas, EDGE, placed.bottom + GAP)
    return canvas


def _draw_areas(canvas: Canvas, shown: CountyMap, placed: _Placed) -> None:
    scale = scale_of(shown.rates)
    looks = {name: look_of(rate, scale) for name, rate in shown.rates.items()}
    for name, area in placed.areas.items():
        looks[name].draw(canvas, area)
    for label in placed.labels:
        if label.points_at:
            canvas.line(label.points_at, (label.x, label.y), INK)
            canvas.mark(*label.points_at, Mark(INK, "o"), size=5, edge=INK)
    for label in placed.labels:
        look = looks[label.name]
        _write(canvas, label, look.colour if label.inside and not look.striped else PAPER)


def _write(canvas: Canvas, label: Label, ground: str) -> None:
    """Write a label on what lies under it: its area's colour, or else paper."""
    if label.numbered:
        canvas.mark(label.x, label.y, Mark(PAPER, "o"), size=DISC - 2, edge=INK)
        canvas.text(label.x, label.y + 4.5, label.lines[0], bold=True, align="center")
        return
    (width, height), ink = label.size, PAPER if ground == STEPS[-1] else INK
    top, (name, value) = label.y - height / 2, label.lines
    if not label.inside and not label.points_at:
        canvas.bar(label.x - width / 2 - 3, top - 3, width + 6, height + 6, QUIET_INK)
    if ground == PAPER:
        canvas.bar(label.x - width / 2 - 2, top - 2, width + 4, height + 4, PAPER)
    canvas.text(label.x, top + 10, name, size=SMALL_TEXT, colour=ink, align="center")
    canvas.text(label.x, top + 10 + LINE, value, bold=True, colour=ink, align="center")
