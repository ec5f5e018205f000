"""Elements of a Word document's XML that python-docx has no words for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def element(name: str, *children: Any, text: str | None = None, **attributes: str) -> Any:
    """Make an element; names and attributes bear their prefix, such as `w:tblW`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    if text is not None:
        made.text = text
    made.extend(children)
    return made


def field(instruction: str, shown: str) -> Iterator[Any]:
    """Give the runs of a field that Word fills in; `shown` stands there until it has."""
    yield from field_start(instruction)
    yield element("w:r", element("w:t", text=shown))
    yield field_end()


def field_start(instruction: str) -> tuple[Any, ...]:
    """Give the runs that begin a field."""
    words = element("w:instrText", text=f" {instruction} ", **{"xml:space": "preserve"})
    return (_mark("begin"), element("w:r", words), _mark("separate"))


def field_end() -> Any:
    """Give the run that ends a field."""
    return _mark("end")


def _mark(kind: str) -> Any:
    return element("w:r", element("w:fldChar", **{"w:fldCharType": kind}))
