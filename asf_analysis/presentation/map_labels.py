"""Where the names and values of a map stand: within their area, beside it, or in the key by a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from asf_analysis.presentation.letters import SMALL_TEXT, TEXT_SIZE, text_width

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

LINE = 15
"""Units from one line of a label to the next."""

DISC = 20
"""Units across the disc that a number stands on."""

_AIR = 3
_GRID = 32
"""Places tried along each side of an area."""

_LEAST_WITHIN = 0.4
"""How much of a label must lie in its area, where it reaches out over what is empty."""

_STEP, _LONGEST_LINE, _FARTHEST, _ANGLES = 5, 76, 400, 32


@dataclass(frozen=True)
class Label:
    """What tells an area: its name and value, or a number whose name the key tells; `x`, `y` is its middle.

    `inside` is whether all of it lies in its area; `points_at` is a place in the area, where none of it does.
    """

    name: str
    lines: tuple[str, ...]
    x: float
    y: float
    inside: bool = True
    points_at: tuple[float, float] | None = None

    @property
    def numbered(self) -> bool:
        """Whether it is a number."""
        return len(self.lines) == 1

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        return size_of(self.lines)


def size_of(lines: Sequence[str]) -> tuple[float, float]:
    """Give the width and height of a label: a name, and its value in bold; or a number on its disc."""
    if len(lines) == 1:
        return DISC, DISC
    name, value = lines
    width = max(text_width(name, SMALL_TEXT), text_width(value, TEXT_SIZE, bold=True))
    return width, 2 * LINE - 3


def labels_of(
    areas: Mapping[str, MultiPolygon], values: Mapping[str, str], sheet: Polygon
) -> tuple[Label, ...]:
    """Place a label for each area on the sheet, so that none covers another; in the order of the areas.

    A label stands in its area; else close by, with a line to it; else it reaches out from its area over what
    is empty. Where there is no room for that it is a number, counted in the order of the areas.
    """
    room = _Room(areas, sheet)
    for find in (room.within, room.close_by, room.reaching_out):
        for name in areas:
            if name not in room.placed:
                room.put(find(name, (name, values[name])))
    without = [name for name in areas if name not in room.placed]
    numbers = {name: (str(number),) for number, name in enumerate(without, start=1)}
    for find in (room.within, room.anywhere):
        for name in without:
            if name not in room.placed:
                room.put(find(name, numbers[name]))
    return tuple(room.placed[name] for name in areas)


class _Room:
    """What of a map is taken: by its areas, and by the labels placed so far with their lines."""

    def __init__(self, areas: Mapping[str, MultiPolygon], sheet: Polygon) -> None:
        from shapely import STRtree

        self.areas, self.sheet = areas, sheet
        self.names = list(areas)
        self.tree = STRtree(list(areas.values()))
        self.placed: dict[str, Label] = {}

    def put(self, label: Label | None) -> None:
        if label:
            self.placed[label.name] = label

    def within(self, name: str, lines: tuple[str, ...]) -> Label | None:
        """Find the place in an area where a label has most air around it."""
        import shapely

        area, xs, ys = self.areas[name], *self._grid(name)
        shapely.prepare(area)
        inside = shapely.contains_xy(area, xs, ys)  # a label in the area has its middle there
        boxes = _boxes(xs[inside], ys[inside], lines)
        fits = shapely.contains_properly(area, boxes) & self._free(boxes)
        air = np.full(len(boxes), -1.0)
        air[fits] = shapely.distance(boxes[fits], area.boundary)
        return self._best(name, lines, xs[inside], ys[inside], air)

    def close_by(self, name: str, lines: tuple[str, ...]) -> Label | None:
        """Find the nearest empty place for a label that is joined to its area by a line."""
        return self._outwards(name, lines, _LONGEST_LINE, over_areas=False)

    def reaching_out(self, name: str, lines: tuple[str, ...]) -> Label | None:
        """Find the place where most of a label lies in its area, and the rest over no other area."""
        import shapely

        area, xs, ys = self.areas[name], *self._grid(name)
        boxes = _boxes(xs, ys, lines)
        fits = np.flatnonzero(self._free(boxes) & self._empty(boxes, but=name))
        boxes, xs, ys = boxes[fits], xs[fits], ys[fits]
        share = shapely.area(shapely.intersection(boxes, area)) / shapely.area(boxes)
        merit = np.where(share >= _LEAST_WITHIN, share, -1.0)
        return self._best(name, lines, xs, ys, merit, inside=False)

    def anywhere(self, name: str, lines: tuple[str, ...]) -> Label:
        """Find the nearest place where a label covers no other one, also over other areas."""
        found = self._outwards(name, lines, _FARTHEST, over_areas=True)
        return found or Label(name, lines, *self.areas[name].representative_point().coords[0])

    def _outwards(
        self, name: str, lines: tuple[str, ...], farthest: int, *, over_areas: bool
    ) -> Label | None:
        import shapely

        point = self.areas[name].representative_point()
        radii, turns = np.meshgrid(
            np.arange(_STEP, farthest, _STEP), np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False)
        )
        xs, ys = (point.x + radii * np.cos(turns)).ravel(), (point.y + radii * np.sin(turns)).ravel()
        boxes = _boxes(xs, ys, lines)
        ends = np.column_stack([np.full(len(xs), point.x), np.full(len(xs), point.y), xs, ys])
        joined = shapely.linestrings(ends.reshape(-1, 2, 2))
        fits = self._free(boxes)
        if not over_areas:
            fits &= self._free(joined) & self._empty(boxes)
        nearness = np.where(fits, farthest - radii.ravel(), -1.0)
        return self._best(name, lines, xs, ys, nearness, inside=False, points_at=(point.x, point.y))

    def _grid(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        left, top, right, bottom = self.areas[name].bounds
        xs, ys = np.meshgrid(np.linspace(left, right, _GRID), np.linspace(top, bottom, _GRID))
        return xs.ravel(), ys.ravel()

    def _free(self, shapes: Any) -> np.ndarray:
        """Tell which shapes lie on the sheet and touch no label nor its line."""
        from shapely import STRtree

        taken = STRtree([shape for label in self.placed.values() for shape in _taken_by(label)])
        free = np.zeros(len(shapes), dtype=bool)
        free[STRtree(shapes).query(self.sheet, predicate="contains")] = True
        free[taken.query(shapes, predicate="intersects")[0]] = False
        return free

    def _empty(self, boxes: Any, but: str = "") -> np.ndarray:
        """Tell which boxes lie over no area, but one."""
        box, area = self.tree.query(boxes, predicate="intersects")
        empty = np.ones(len(boxes), dtype=bool)
        empty[box[[self.names[place] != but for place in area]]] = False
        return empty

    def _best(
        self,
        name: str,
        lines: tuple[str, ...],
        xs: np.ndarray,
        ys: np.ndarray,
        merit: np.ndarray,
        **told: Any,
    ) -> Label | None:
        """Give a label at the place of greatest merit; None where no place has any."""
        if not len(merit):
            return None
        best = int(np.argmax(merit))
        return Label(name, lines, float(xs[best]), float(ys[best]), **told) if merit[best] > 0 else None


def _taken_by(label: Label) -> list[Any]:
    import shapely

    box = _boxes(label.x, label.y, label.lines, air=2)
    line = [shapely.LineString([label.points_at, (label.x, label.y)])] if label.points_at else []
    return [box, *line]


def _boxes(x: np.ndarray | float, y: np.ndarray | float, lines: tuple[str, ...], air: float = _AIR) -> Any:
    import shapely

    width, height = (side / 2 + air for side in size_of(lines))
    return shapely.box(x - width, y - height, x + width, y + height)
