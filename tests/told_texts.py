"""Everything that the files of a release say to whoever opens them, as plain pieces of text.

Pages, pictures in them, data files, workbooks, PDF and Word: what is shown, what is read aloud, what stands
behind it (attributes, comments, properties), and the files' names. Left out are lengths and places: those
are compared as bytes, in another test.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator, Mapping

import openpyxl
import pikepdf
import pypdfium2
from bs4 import BeautifulSoup, Comment, Doctype

SOFT_HYPHEN = "\u00ad"
PLACING = {
    "x",
    "y",
    "d",
    "width",
    "height",
    "viewBox",
    "transform",
    "font-size",
    "stroke-width",
    "href",
    "srcset",
}
PLACING |= {"{http://www.w3.org/1999/xlink}href"}
"""Attributes of a picture that say where something is drawn, and how large."""

PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=\s]+)")
OF_FILES = {"bytes", "hash", "id"}
"""Of a data package: what is reckoned from the files themselves."""


def texts_of(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Give every piece of text with the name of its file; raises KeyError for a kind of file not known."""
    for name, content in files.items():
        yield name, name
        for text in READERS[name.rsplit(".", 1)[1]](content):
            if plain := text.replace(SOFT_HYPHEN, "").strip():
                yield name, plain


def of_page(content: bytes) -> Iterator[str]:
    """Texts by the row, paragraph or heading that they stand in, attributes, comments, and pictures."""
    soup = BeautifulSoup(content, "html.parser")
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            told = " ".join(value) if isinstance(value, list) else str(value)
            yield from of_picture(told) if PICTURE.search(told) else [f"{name}: {told}"]
    for text in soup.find_all(string=True):
        if isinstance(text, Comment | Doctype) or text.parent.name in ("style", "title"):
            yield str(text)
    for row in soup.find_all("tr"):
        yield " | ".join(cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"]))
    for block in soup.find_all(["p", "li", "dt", "dd", "figcaption", "caption", "h1", "h2", "h3", "span"]):
        yield block.get_text(" ", strip=True)
    for block in soup.find_all(["div", "body", "main", "header", "footer"]):
        yield " ".join(block.find_all(string=True, recursive=False))


def of_picture(address: str) -> Iterator[str]:
    """What a picture says: its texts, titles, comments, and its attributes but for places and lengths."""
    for encoded in PICTURE.findall(address):
        drawn = base64.b64decode(encoded)
        builder = ET.TreeBuilder(insert_comments=True)
        root = ET.fromstring(drawn, parser=ET.XMLParser(target=builder))
        for part in root.iter():
            yield part.text or ""
            yield part.tail or ""
            yield from (value for name, value in part.attrib.items() if name not in PLACING)


def of_csv(content: bytes) -> Iterator[str]:
    """Its lines."""
    yield from (" | ".join(row) for row in csv.reader(io.StringIO(content.decode("utf-8"))))


def of_json(content: bytes) -> Iterator[str]:
    """Its records and values, with their names."""
    yield from _of_value(json.loads(content))


def _of_value(value: object, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in OF_FILES:
                yield from _of_value(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _of_value(one, name)
    else:
        yield f"{name}: {value}"


def of_workbook(content: bytes) -> Iterator[str]:
    """Rows of all its sheets, hidden ones too; comments, names, heads and feet, and its properties."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows():
            yield " | ".join("" if cell.value is None else str(cell.value) for cell in row)
            yield from (cell.comment.text for cell in row if cell.comment)
            yield from (cell.hyperlink.tooltip or "" for cell in row if cell.hyperlink)
        for page in (sheet.oddHeader, sheet.oddFooter):
            yield from (part.text or "" for part in (page.left, page.center, page.right))
    yield from map(str, book.defined_names.values())
    yield from _of_parts(
        content, ("docProps/", "xl/comments", "xl/tables/", "xl/drawings/", "xl/workbook.xml")
    )


def of_document(content: bytes) -> Iterator[str]:
    """Paragraphs and table rows of a Word document, pictures' texts, comments, and its properties."""
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if not name.endswith(".xml"):
                continue
            root = ET.fromstring(parts.read(name))
            for piece in (*root.iter(f"{word}tr"), *root.iter(f"{word}p")):
                inner = " | " if piece.tag == f"{word}tr" else ""
                yield inner.join(text.text or "" for text in piece.iter(f"{word}t"))
            for part in root.iter():
                yield from (value for key, value in part.attrib.items() if key in ("descr", "title", "name"))
    yield from _of_parts(content, ("docProps/", "word/comments", "customXml/"))


def _of_parts(content: bytes, places: tuple[str, ...]) -> Iterator[str]:
    """Texts and attributes of some parts of a zipped document."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith(places) and name.endswith(".xml"):
                for part in ET.fromstring(parts.read(name)).iter():
                    yield part.text or ""
                    yield from part.attrib.values()


def of_pdf(content: bytes) -> Iterator[str]:
    """Lines of its pages, what is read aloud instead of pictures, bookmarks, notes, properties."""
    for page in pypdfium2.PdfDocument(content):
        yield from page.get_textpage().get_text_range().splitlines()
    pdf = pikepdf.open(io.BytesIO(content))
    assert not pdf.attachments
    yield from (str(value) for value in pdf.docinfo.values())
    if "/Metadata" in pdf.Root:
        yield from (part.text or "" for part in ET.fromstring(pdf.Root.Metadata.read_bytes()).iter())
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary):
            yield from (str(thing[key]) for key in ("/Alt", "/ActualText", "/E", "/Contents", "/Title")
                        if key in thing and isinstance(thing[key], pikepdf.String))  # fmt: skip


READERS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    "html": of_page,
    "csv": of_csv,
    "json": of_json,
    "xlsx": of_workbook,
    "docx": of_document,
    "pdf": of_pdf,
    "txt": lambda content: iter(content.decode("utf-8").splitlines()),
}


def number_in(text: str, number: int) -> bool:
    """Whether a text holds a whole number by itself, however its thousands are set apart.

    >>> number_in("1 234 personer", 1234), number_in("1234,5", 1234), number_in("1 234", 234)
    (True, False, False)
    >>> number_in("en ändring på −17", -17), number_in("en ändring på −17", 17)
    (True, False)
    """
    digits = f"{abs(number):,}".replace(",", r"[ \u00a0\u2009\u202f.,']?")
    before = r"[−-]" if number < 0 else r"(?<![\w.,#−-])(?<!\d[ \u00a0\u2009\u202f])"
    return re.search(rf"{before}{digits}(?![\w]|[.,]\d)", text) is not None
