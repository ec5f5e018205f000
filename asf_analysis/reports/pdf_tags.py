"""Mends the tags of a PDF: what WeasyPrint writes of a page's structure, where PDF/UA-1 wants it otherwise.

Its tags are right but in three places. Cells name their header cells by column, and the columns are counted
wrongly where a header cell spans two rows; a scope on the header cells themselves is what ISO 14289-1 (7.5)
asks for, and cannot go wrong. A list of terms has groups, `<div>`, between the list and its items, where
ISO 32000-1 (14.8.4.3.3) allows nothing else than items. And a heading below its bar of colour is tagged
twice, one within the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")

Tags = Mapping[bytes, dict[str, Any]]
"""The structure elements of a PDF, each a dictionary, by its reference."""


def mend_tags(_document: object, pdf: Any) -> None:
    """Mend the tags of a PDF (pydyf) before it is written."""
    tags = structure_elements(pdf.objects)
    for tag in tags.values():
        if tag["S"] in ("/TH", "/TD"):
            say_what_it_heads(tag, tags)
        elif tag["S"] in HEADINGS and _parent(tag, tags).get("S") == tag["S"]:
            tag["S"] = "/NonStruct"
        elif tag["S"] == "/Div" and _parent(tag, tags).get("S") == "/L":
            make_list_item(tag, tags)


def structure_elements(objects: Iterable[Any]) -> Tags:
    """Give the structure elements among the objects of a PDF."""
    elements: list[Any] = [one for one in objects if isinstance(one, dict) and one.get("S") and "P" in one]
    return {element.reference: element for element in elements}


def say_what_it_heads(cell: dict[str, Any], tags: Tags) -> None:
    """Give a header cell its scope; take away what other cells name it by."""
    cell.pop("ID", None)
    cell["A"].pop("Headers", None)
    if cell["S"] == "/TH":
        part = _parent(_parent(cell, tags), tags)
        cell["A"]["Scope"] = "/Column" if part.get("S") == "/THead" else "/Row"


def make_list_item(group: dict[str, Any], tags: Tags) -> None:
    """Make a group of a term and what is said of it one item: its label and its body."""
    group["S"] = "/LI"
    for position, child in enumerate(_children(group, tags)):
        child["S"] = "/LBody" if position else "/Lbl"
        for inner in _children(child, tags):
            inner["S"] = "/NonStruct" if inner["S"] == "/LBody" else inner["S"]


def _parent(tag: Mapping[str, Any], tags: Tags) -> Mapping[str, Any]:
    return tags.get(tag.get("P", b""), {})


def _children(tag: Mapping[str, Any], tags: Tags) -> list[dict[str, Any]]:
    return [tags[child] for child in tag["K"] if child in tags]
