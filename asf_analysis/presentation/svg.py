"""A drawing of matplotlib made small: nothing but shapes, texts and markers, the same from run to run."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

READER_FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"
"""What the reader's machine draws the letters with; they have the same widths."""

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
_OWN = {"x", "y", "d", "xlink:href", "transform", "id"}
"""What a part does not share with others that look the same."""

_LEFT_OUT = {"font-family", "clip-path", "stroke-linejoin", "stroke-linecap", "version"}


def small_svg(drawn: str) -> str:
    """Take away what matplotlib writes for machines, and write every number with at most two decimals.

    Comments, metadata, prolog, groups, clip paths and unused ids go; styles become attributes; the reader's
    fonts are named once.
    """
    root = ET.fromstring(drawn)
    picture = ET.Element("svg", _root_attributes(root))
    used = {target: f"m{index}" for index, target in enumerate(_references(root))}
    for part in _drawn_parts(root, used):
        _add(picture, part)
    return ET.tostring(picture, encoding="unicode", short_empty_elements=True)


def _add(picture: ET.Element, part: ET.Element) -> None:
    """Put a part last; parts that look the same share one group, which says how they look."""
    own = {key: value for key, value in part.attrib.items() if key in _OWN}
    looks = {key: value for key, value in part.attrib.items() if key not in _OWN}
    part.attrib.clear()
    part.attrib.update(own)
    last = picture[-1] if len(picture) else None
    if not looks:
        picture.append(part)
    elif last is not None and last.tag == "g" and last.attrib == looks:
        last.append(part)
    else:
        ET.SubElement(picture, "g", looks).append(part)


def _root_attributes(root: ET.Element) -> dict[str, str]:
    _, _, width, height = root.attrib["viewBox"].split()
    return {
        "xmlns": _SVG,
        "xmlns:xlink": _XLINK,
        "width": _short(width),
        "height": _short(height),
        "viewBox": f"0 0 {_short(width)} {_short(height)}",
        "font-family": READER_FONTS,
    }


def _references(root: ET.Element) -> list[str]:
    """The ids that something refers to, in the order of the drawing."""
    return list(
        dict.fromkeys(part.attrib[_HREF].removeprefix("#") for part in root.iter() if _HREF in part.attrib)
    )


def _drawn_parts(root: ET.Element, used: dict[str, str]) -> Iterator[ET.Element]:
    """The shapes, texts and markers of a drawing, without the groups around them."""
    for child in root:
        name = child.tag.removeprefix(f"{{{_SVG}}}")
        if name in ("path", "text", "use"):
            yield _cleaned(name, child, used)
        elif name == "defs":
            kept = [_cleaned("path", path, used) for path in child if path.attrib.get("id") in used]
            if kept:
                definitions = ET.Element("defs")
                definitions.extend(kept)
                yield definitions
        elif name == "g":
            yield from _drawn_parts(child, used)


def _cleaned(name: str, part: ET.Element, used: dict[str, str]) -> ET.Element:
    attributes = {key: value for key, value in part.attrib.items() if key not in ("style", "id", _HREF)}
    attributes |= _styles(part.attrib.get("style", ""))
    if part.attrib.get("id") in used:
        attributes["id"] = used[part.attrib["id"]]
    if _HREF in part.attrib:
        attributes["xlink:href"] = f"#{used[part.attrib[_HREF].removeprefix('#')]}"
    if name == "text":
        attributes = _placed(attributes)
    if name == "use":
        attributes.pop("stroke", None)
    cleaned = ET.Element(
        name, {key: _value(key, value) for key, value in attributes.items() if key not in _LEFT_OUT}
    )
    cleaned.text = part.text if name == "text" else None
    return cleaned


def _styles(style: str) -> dict[str, str]:
    pairs = (rule.partition(":") for rule in style.split(";") if rule.strip())
    styles = {key.strip(): value.strip() for key, _, value in pairs}
    plain = (("font-weight", "400"), ("stroke-width", "1"), ("text-anchor", "start"))
    return {key: value.removesuffix("px") for key, value in styles.items() if (key, value) not in plain}


def _placed(attributes: dict[str, str]) -> dict[str, str]:
    """A text's place as x and y; charts have no turned text."""
    turned = attributes.pop("transform", "")
    if turned.startswith("translate"):
        x, y = _NUMBER.findall(turned)[:2]
        return {"x": x, "y": y} | attributes
    return attributes


def _value(key: str, value: str) -> str:
    if key == "d":
        return re.sub(r"\s*([A-Za-z])\s*", r"\1", _short(value)).replace("\n", " ").strip()
    if key in ("x", "y", "font-size", "stroke-width", "transform"):
        return _short(value)
    return value


def _short(text: str) -> str:
    """Write every number of a text with at most two decimals.

    >>> _short("M 0 64.500001 L -0.001 3.0")
    'M 0 64.5 L 0 3'
    """
    return _NUMBER.sub(
        lambda found: (
            f"{round(float(found[0]), 2) + 0.0:g}" if len(found[0]) < 6 or "." in found[0] else found[0]
        ),
        text,
    )
