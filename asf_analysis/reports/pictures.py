"""What a picture in a file may hold: shapes and letters, nothing that runs and nothing from elsewhere.

A browser lets no picture run a script or fetch anything, but a file is opened by other programs too: the
ones that make a PDF or a Word document of it, and a drawing program. So such a picture is refused, not
mended: a drawing that was changed in silence is no longer its maker's.
"""

from __future__ import annotations

import base64
import binascii
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

_ADDRESS = re.compile(r"data:image/(?P<kind>[a-z+]+);base64,(?P<content>[A-Za-z0-9+/=\s]+)")
_SIGNATURES = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
"""How the files of each kind begin."""

_RUNNING = {"script", "handler", "listener", "foreignobject", "iframe", "object", "embed", "audio", "video"}
"""Elements of SVG that run something, or hold a page of their own."""

_MOVING = {"animate", "animatemotion", "animatetransform", "discard", "set"}
"""Elements of SVG that change the drawing afterwards; also what an address points to."""

_OWN = r"\s*(?:#|data:image/(?:png|jpeg|gif|webp);base64,)"
"""How an address begins that stays within the drawing."""

_INSIDE = re.compile(_OWN)
_FETCHING = re.compile(rf"@import|url\((?!\s*[\"']?{_OWN})|\\", re.IGNORECASE)
"""What fetches something in a style; a backslash can hide either of the words before it."""

_ROOT = "{http://www.w3.org/2000/svg}svg"
_DECLARED = re.compile(r"<!ENTITY|<\?xml-stylesheet", re.IGNORECASE)

UNREADABLE = "går inte att läsa som den bild den utger sig för att vara"


def faults_of_picture(address: str) -> Iterator[str]:
    """Tell what is wrong with a picture that stands in an address, as the end of a Swedish sentence.

    >>> drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    >>> list(faults_of_picture("data:image/svg+xml;base64," + base64.b64encode(drawing).decode()))
    ['innehåller <script>']
    """
    found = _ADDRESS.fullmatch(address)
    content = _decoded(found["content"]) if found else None
    if found is None or content is None:
        yield UNREADABLE
    elif found["kind"] == "svg+xml":
        yield from dict.fromkeys(_faults_of_drawing(content))
    elif found["kind"] not in _SIGNATURES or not _SIGNATURES[found["kind"]].match(content):
        yield UNREADABLE


def _decoded(content: str) -> bytes | None:
    try:
        return base64.b64decode("".join(content.split()), validate=True)
    except binascii.Error:
        return None


def _faults_of_drawing(content: bytes) -> Iterator[str]:
    """Read an SVG; one that declares entities is not read at all, for they may grow without end."""
    declared = _DECLARED.search(content.decode("utf-8", errors="replace"))
    if declared:
        yield f"innehåller {declared[0]}"
        return
    try:
        root = ET.fromstring(content)
    except ET.ParseError:
        yield UNREADABLE
        return
    if root.tag != _ROOT:
        yield UNREADABLE
    for part in root.iter():
        yield from _faults_of_part(part)


def _faults_of_part(part: ET.Element) -> Iterator[str]:
    name = _plain(part.tag)
    if name.lower() in _RUNNING | _MOVING:
        yield f"innehåller <{name}>"
    if name == "style" and _FETCHING.search(part.text or ""):
        yield "har en stilmall som kan hämta något utifrån"
    for attribute, value in part.attrib.items():
        key = _plain(attribute)
        if key.lower().startswith("on"):
            yield f"innehåller attributet {key}"
        elif key in ("href", "src") and not _INSIDE.match(value):
            yield "hänvisar till en adress utanför sig själv"
        elif _FETCHING.search(value):
            yield f"kan hämta något utifrån genom attributet {key}"


def _plain(name: str) -> str:
    """Take the namespace off a name.

    >>> _plain("{http://www.w3.org/1999/xlink}href")
    'href'
    """
    return name.rpartition("}")[2]
