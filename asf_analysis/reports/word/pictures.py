"""The page's pictures as Word can show them: drawings become PNG, each at its size on paper."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

from bs4 import BeautifulSoup

from asf_analysis.errors import NotPublishable
from asf_analysis.reports.word.styles import TEXT_WIDTH_MM

RESOLUTION = 2
"""Pixels drawn for each of the drawing's own."""

PIXELS_PER_MM = 96 / 25.4
"""A pixel of CSS is a 96th of an inch."""

_EMBEDDED = re.compile(r"data:(image/[a-z+]+);base64,(.*)", re.DOTALL)


def prepare_pictures(html: str) -> str:
    """Give flat HTML whose pictures are PNG or JPEG, none wider than the text.

    Raises NotPublishable where a picture cannot be drawn.
    """
    soup = BeautifulSoup(html, "html.parser")
    for image in soup.find_all("img"):
        found = _EMBEDDED.fullmatch(str(image["src"]))
        try:
            if found is None:
                raise ValueError("no picture of the file's own")
            kind, content = found[1], base64.b64decode(found[2])
            scale = 1
            if kind == "image/svg+xml":
                kind, content, scale = "image/png", draw(content.decode()), RESOLUTION
            width = min(TEXT_WIDTH_MM, pixels_across(content) / scale / PIXELS_PER_MM)
        except (ValueError, OSError) as error:
            raise NotPublishable(
                "En bild i rapporten går inte att rita i Word. Rita om den med figures, eller spara den på "
                "nytt som PNG."
            ) from error
        image["src"] = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        image["width"] = f"{width:.1f}mm"
    return soup.decode(formatter="minimal")


def draw(drawing: str) -> bytes:
    """Draw an SVG as PNG; where the machine lacks the drawing's fonts, with those that matplotlib brings.

    Raises ValueError for what is no drawing.
    """
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=drawing,
        zoom=RESOLUTION,
        dpi=96,
        background="#ffffff",
        font_dirs=[str(spare_fonts())],
        sans_serif_family="DejaVu Sans",
    )


def spare_fonts() -> Path:
    """Give the folder of the fonts that come with matplotlib."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def pixels_across(picture: bytes) -> int:
    """Give a picture's width in pixels; raises OSError for what is none."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        return image.width
