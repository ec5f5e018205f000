"""The colours and markers of every chart; each has at least 3:1 against white and against its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

BLUE = "#12436D"
TEAL = "#28A197"
PLUM = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LILAC = "#A285D1"
CATEGORIES = (BLUE, TEAL, PLUM, ORANGE, DARK_GREY, LILAC)
"""In the order in which categories take them."""

INK = "#1B2733"
QUIET_INK = "#4A5A68"
TRACK = "#E6EBEF"
GRID = "#C9D3DB"
PAPER = "#FFFFFF"
ORANGE_TEXT = "#A8400F"
"""Orange is too light for letters."""

STEPS = ("#E4EEF7", "#BCD5EA", "#93BADB", "#6A9CC8", "#3F74A8")
"""From little to much, also in shades of grey; INK as an outline has 3:1 against each of them."""

STATUS_INK = {"reached": "#0B6B3A", "near": ORANGE_TEXT, "missed": "#9B1C31", "unknown": QUIET_INK}
"""The colour of a status' word, by its class; the word and the symbol stand beside it, always."""


@dataclass(frozen=True)
class Mark:
    """How a group is drawn, everywhere: its colour and its marker (matplotlib's code)."""

    colour: str
    marker: str


WOMEN = Mark(BLUE, "o")
MEN = Mark(TEAL, "s")
MEN_INK = "#17776F"
"""Teal is too light for letters."""
