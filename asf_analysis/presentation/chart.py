"""A chart as a reader meets it: drawn for a desk and for a phone, with everything that stands around it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace

from asf_analysis.presentation.block import Block, Html, element, legible
from asf_analysis.presentation.drawing import Canvas, chart_settings
from asf_analysis.presentation.tables.layout import Layout, data_table

PHONE = "screen and (max-width: 47.99rem)"
"""Where the narrow rendition is shown, as report.css lays out its frame, and never on paper: wider screens
show the letters of the wide one large enough."""

DATA_SUMMARY = "Visa tabell med siffrorna"


@dataclass(frozen=True)
class Picture:
    """A drawing and its size in pixels."""

    svg: str
    width: int
    height: int

    @property
    def address(self) -> str:
        """The drawing as an address that a page holds in itself."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode("ascii")


@dataclass(frozen=True)
class Renditions:
    """The same chart twice: for a desk and paper, and for a phone."""

    wide: Picture
    narrow: Picture


def draw_both(wide: Callable[[], Canvas], narrow: Callable[[], Canvas]) -> Renditions:
    """Draw a chart's two renditions by our settings alone."""
    with chart_settings():
        return Renditions(_picture(wide()), _picture(narrow()))


def _picture(canvas: Canvas) -> Picture:
    return Picture(canvas.svg(), round(canvas.width), round(canvas.height))


@dataclass(frozen=True)
class Chart:
    """A chart with everything that stands around it."""

    title: str
    subtitle: str
    alt: str
    drawn: Renditions
    data: Layout


def figure_block(chart: Chart) -> Block:
    """Show a chart as a figure: title, subtitle, picture with alternative text, source, data as a table."""
    table = data_table(replace(chart.data, source=""))
    source = f"Källa: {chart.data.source}."
    figure = element(
        "figure",
        element(
            "figcaption",
            element("span", chart.title, class_="chart-title"),
            " ",
            element("span", chart.subtitle, class_="chart-subtitle"),
        ),
        element("div", _picture_element(chart), class_="chart-frame"),
        element("p", source, class_="source") if chart.data.source else "",
        element("details", element("summary", DATA_SUMMARY), Html(table.html)),
        class_="chart",
    )
    return Block(figure, legible("\n".join([chart.title, chart.subtitle, chart.alt])))


def _picture_element(chart: Chart) -> Html:
    """The browser takes the rendition for its width; the alternative text is told once, for both."""
    wide, narrow = chart.drawn.wide, chart.drawn.narrow
    return element(
        "picture",
        element("source", media=PHONE, srcset=narrow.address, width=narrow.width, height=narrow.height),
        element("img", src=wide.address, alt=chart.alt, width=wide.width, height=wide.height),
    )
