"""What all charts share: a canvas in pixels, a small and stable SVG, and the figure around it."""

from __future__ import annotations

import base64
import io
import math
import re
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from asf_analysis.presentation.block import Block, Html, element, legible
from asf_analysis.presentation.palette import INK, PAPER, Mark
from asf_analysis.presentation.svg import small_svg
from asf_analysis.presentation.tables.layout import Layout, data_table

WIDTH = 720
"""Pixels, and units of every chart: a font size of 12 is 12 pixels where the chart is shown at full width."""

TEXT_SIZE = 12.5
_PIXELS_PER_INCH = 72
_SETTINGS: dict[str, Any] = {
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


@cache
def _drawing_font() -> str:
    """The font that letters are measured with; matplotlib brings its own where Liberation Sans is not."""
    wanted = "Liberation Sans"
    return wanted if wanted in set(font_manager.get_font_names()) else "DejaVu Sans"


@contextmanager
def chart_settings() -> Iterator[None]:
    """Draw by our settings alone, whatever the notebook has set, and leave no trace of them."""
    settings: Any = _SETTINGS | {"font.family": [_drawing_font(), "DejaVu Sans"]}
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        with mpl.rc_context(settings):
            yield


@dataclass(frozen=True)
class Canvas:
    """A white sheet measured in pixels from its upper left corner."""

    width: float
    height: float
    figure: Figure
    axes: Axes

    @classmethod
    def of(cls, width: float, height: float) -> Canvas:
        """Take out an empty sheet, of whole pixels."""
        width, height = math.ceil(width), math.ceil(height)
        figure = Figure(figsize=(width / _PIXELS_PER_INCH, height / _PIXELS_PER_INCH))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        return cls(width, height, figure, axes)

    def _above(self) -> int:
        """What is drawn later covers what was drawn before."""
        return len(self.axes.get_children())

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = TEXT_SIZE,
        bold: bool = False,
        colour: str = INK,
        align: str = "left",
    ) -> None:
        """Write a line of text whose baseline is at `y`."""
        self.axes.text(
            x,
            y,
            legible(text),
            fontsize=size,
            fontweight=700 if bold else 400,
            color=colour,
            ha=align,
            va="baseline",
            zorder=self._above(),
        )

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle from its upper left corner."""
        self.axes.add_patch(
            mpl.patches.Rectangle(
                (x, y), width, height, facecolor=colour, edgecolor="none", clip_on=False, zorder=self._above()
            )
        )

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, thickness: float = 1
    ) -> None:
        """Draw a straight line."""
        self.axes.plot(
            *zip(start, end, strict=True),
            color=colour,
            linewidth=thickness,
            solid_capstyle="butt",
            clip_on=False,
            zorder=self._above(),
        )

    def mark(self, x: float, y: float, mark: Mark, size: float = 10, edge: str = PAPER) -> None:
        """Set a marker."""
        self.axes.plot(
            [x],
            [y],
            marker=mark.marker,
            markersize=size,
            color=mark.colour,
            markeredgecolor=edge,
            markeredgewidth=1.2,
            clip_on=False,
            zorder=self._above(),
        )

    def panel(self, x: float, y: float, width: float, height: float) -> Axes:
        """Take out a part of the sheet as axes of its own."""
        return self.figure.add_axes(
            (x / self.width, 1 - (y + height) / self.height, width / self.width, height / self.height)
        )

    def svg(self) -> str:
        """Give the drawing as a small SVG that is the same from run to run."""
        drawn = io.StringIO()
        self.figure.savefig(drawn, format="svg", metadata={"Date": None})
        return small_svg(drawn.getvalue())


@dataclass(frozen=True)
class Chart:
    """A chart with everything that stands around it."""

    title: str
    subtitle: str
    alt: str
    svg: str
    width: float
    height: float
    data: Layout


def figure_block(chart: Chart) -> Block:
    """Show a chart as a figure: title, subtitle, picture with alternative text, source, data as a table."""
    table = data_table(replace(chart.data, source=""))
    source = f"Källa: {chart.data.source}."
    picture = element(
        "img",
        src="data:image/svg+xml;base64," + base64.b64encode(chart.svg.encode()).decode("ascii"),
        alt=chart.alt,
        width=round(chart.width),
        height=round(chart.height),
    )
    figure = element(
        "figure",
        element(
            "figcaption",
            element("span", chart.title, class_="chart-title"),
            " ",
            element("span", chart.subtitle, class_="chart-subtitle"),
        ),
        element("div", picture, class_="chart-frame"),
        element("p", source, class_="source") if chart.data.source else "",
        element("details", element("summary", "Visa data som tabell"), Html(table.html)),
        class_="chart",
    )
    return Block(figure, legible("\n".join([chart.title, chart.subtitle, chart.alt])))


def wrap(text: str, width: int, lines: int = 3) -> list[str]:
    """Break a text into lines of at most so many letters; what does not fit ends with an ellipsis.

    >>> wrap("Politiker som fått information om ASF", width=20)
    ['Politiker som fått', 'information om ASF']
    >>> wrap("Aktörssamverkansgruppen", width=10, lines=1)
    ['Aktörssam…']
    """
    broken = re.sub(rf"(\S{{{width - 1}}})(?=\S)", r"\1 ", legible(text)[: width * (lines + 1)])
    return textwrap.wrap(broken, width, max_lines=lines, placeholder="…") or [""]
