"""What all charts share: the settings they are drawn by, and a canvas in pixels that gives a small SVG."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from asf_analysis.presentation.block import legible
from asf_analysis.presentation.letters import TEXT_SIZE
from asf_analysis.presentation.palette import INK, PAPER, Mark
from asf_analysis.presentation.svg import small_svg

WIDTH = 720
"""Pixels, and units of every chart: a font size of 12 is 12 pixels where the chart is shown at full width."""

NARROW = 310
"""The same on a phone: a screen of 375 pixels leaves a chart some more, one of 320 pixels some less."""

EDGE = 6
"""Units left free at either side of a narrow chart, so that no marker at its end is clipped."""

Ring = Sequence[tuple[float, float]]
"""The corners of a line; a closed one ends where it began."""

_PIXELS_PER_INCH = 72
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "asf-analysis",
    "text.parse_math": False,
    "text.color": INK,
    "font.size": TEXT_SIZE,
    "figure.dpi": _PIXELS_PER_INCH,
    "figure.facecolor": PAPER,
    "axes.unicode_minus": True,
    "path.simplify": False,
}


@contextmanager
def chart_settings() -> Iterator[None]:
    """Draw by our settings alone, whatever the notebook has set, and leave no trace of them."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


class _Line(Text):
    """A line of text that is drawn from where it stands: to lay it out would take most of a chart's time."""

    def draw(self, renderer: Any) -> None:
        """Draw it, turned no way, with its baseline at its place."""
        if not self.get_text():
            return
        x, y = self.get_transform().transform(self.get_position())
        looks = renderer.new_gc()
        looks.set_foreground(self.get_color())
        height = renderer.get_canvas_width_height()[1]
        renderer.draw_text(looks, x, height - y, self.get_text(), self.get_fontproperties(), 0, mtext=self)
        looks.restore()


@dataclass(frozen=True)
class Canvas:
    """A white sheet measured in pixels from its upper left corner; what is drawn later covers the earlier."""

    width: float
    height: float
    figure: Figure

    @classmethod
    def of(cls, width: float, height: float) -> Canvas:
        """Take out an empty sheet, of whole pixels."""
        width, height = math.ceil(width), math.ceil(height)
        return cls(width, height, Figure(figsize=(width / _PIXELS_PER_INCH, height / _PIXELS_PER_INCH)))

    @cached_property
    def _place(self) -> Transform:
        """Where on the drawing a place on the sheet is; the same for all that is drawn."""
        inch = 1 / _PIXELS_PER_INCH
        pixels = Affine2D().scale(inch, -inch).translate(0, self.height * inch)
        return pixels + self.figure.dpi_scale_trans

    def _add(self, drawn: Artist) -> None:
        """Put something on the sheet itself: axes would cost more than all that is drawn in them."""
        drawn.set_transform(self._place)
        drawn.set_zorder(1)
        self.figure.add_artist(drawn)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = TEXT_SIZE,
        bold: bool = False,
        colour: str = INK,
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        """Write a line of text whose baseline is at `y`."""
        weight = 700 if bold else 400
        words = legible(text)
        self._add(
            _Line(x, y, words, fontsize=size, fontweight=weight, color=colour, horizontalalignment=align)
        )

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle from its upper left corner."""
        self._add(Rectangle((x, y), width, height, facecolor=colour, edgecolor="none"))

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, thickness: float = 1
    ) -> None:
        """Draw a straight line."""
        (x, y), (to_x, to_y) = start, end
        self._add(Line2D([x, to_x], [y, to_y], color=colour, linewidth=thickness, solid_capstyle="butt"))

    def area(self, rings: Sequence[Ring], colour: str, edge: str = INK) -> None:
        """Fill what closed rings enclose, and draw their outline; a ring within another is a hole."""
        self._path(rings, closed=True, facecolor=colour, edgecolor=edge)

    def strokes(self, lines: Sequence[Ring], colour: str) -> None:
        """Draw thin lines as one shape."""
        self._path(lines, closed=False, facecolor="none", edgecolor=colour)

    def _path(self, lines: Sequence[Ring], *, closed: bool, **looks: str) -> None:
        paths = [Path([(round(x, 1), round(y, 1)) for x, y in line], closed=closed) for line in lines]
        self._add(PathPatch(Path.make_compound_path(*paths), linewidth=1, **looks))

    def mark(self, x: float, y: float, mark: Mark, size: float = 10, edge: str = PAPER) -> None:
        """Set a marker."""
        self._add(
            Line2D(
                [x],
                [y],
                linestyle="none",
                marker=mark.marker,
                markersize=size,
                color=mark.colour,
                markeredgecolor=edge,
                markeredgewidth=1.2,
            )
        )

    def svg(self) -> str:
        """Give the drawing as a small SVG that is the same from run to run."""
        drawn = io.StringIO()
        self.figure.savefig(drawn, format="svg", metadata={"Date": None})
        return small_svg(drawn.getvalue())
