"""What stands on a page: its tables with their headings, its charts' alternative texts, and its sentences."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from asf_analysis.errors import UnreadableFolder

PICTURE = re.compile(r'"data:([a-z/+]+)(;base64)?,([^"]*)"')
TOLD_IN_SVG = re.compile(r"<(title|desc)[^>]*>([^<]*)</\1>")
BLOCKS = {"p", "li", "dd", "figcaption", "summary", "h2", "h3"}
NUMBERED = re.compile(r"^(Tabell|Figur) \d+\.\s*")


@dataclass(frozen=True)
class PageTable:
    """A table: its caption, the headings of its columns (from the group's to its own), and its rows as text.

    The first column holds the rows' headings.
    """

    caption: str
    headings: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """The texts that stand for a chart, and the captions of the tables that hold its figures."""

    texts: tuple[str, ...]
    captions: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A page: its file, tables, charts, and each paragraph's text."""

    file: str
    tables: tuple[PageTable, ...]
    charts: tuple[Chart, ...]
    paragraphs: tuple[str, ...]


def read_page(path: Path) -> Page:
    """Read a page; raises UnreadableFolder where it is not whole."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UnreadableFolder(f"{path} går inte att läsa. Gör om rapporten.") from error
    if "</html>" not in text[-1000:].lower():
        raise UnreadableFolder(f"{path} är avbruten: sidan har inget slut. Gör om rapporten.")
    reader = _Reader()
    reader.feed(PICTURE.sub(_what_a_picture_tells, text))
    reader.close()
    return Page(path.name, tuple(reader.tables), tuple(reader.charts), tuple(reader.paragraphs))


def _what_a_picture_tells(found: re.Match[str]) -> str:
    """Put the title and description of a drawing in the place of it."""
    kind, encoded, content = found.groups()
    if not kind.startswith("image/svg") or not encoded:
        return '""'
    drawing = base64.b64decode(content).decode("utf-8", "replace")
    told = " ".join(text.strip() for _, text in TOLD_IN_SVG.findall(drawing))
    return '"' + told.replace('"', "”") + '"'


def plain(text: str) -> str:
    """Give a text as it is read: no soft hyphens, and one space for each gap."""
    return re.sub(r"\s+", " ", text.replace("\N{SOFT HYPHEN}", "")).strip()


@dataclass
class _TableParts:
    """A table while it is read: the rows of its head and body, each cell as (text, rows, columns)."""

    caption: str
    head: list[list[tuple[str, int, int]]]
    body: list[list[tuple[str, int, int]]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[PageTable] = []
        self.charts: list[Chart] = []
        self.paragraphs: list[str] = []
        self._texts: list[list[str]] = []
        self._table: _TableParts | None = None
        self._in_head = False
        self._chart: tuple[list[str], list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._table = _TableParts("", [], [])
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr" and self._table is not None:
            (self._table.head if self._in_head else self._table.body).append([])
        elif tag in ("th", "td") and self._table is not None:
            rows = self._table.head if self._in_head else self._table.body
            if not rows:
                rows.append([])
            rows[-1].append(("", _span(given.get("rowspan")), _span(given.get("colspan"))))
        elif tag == "figure":
            self._chart = ([], [])
        elif tag in ("img", "source") and self._chart is not None:
            told = (given.get("alt", ""), given.get("src", ""), given.get("srcset", ""))
            self._chart[0].extend(plain(text) for text in told if text)
        if tag in BLOCKS or tag in ("th", "td", "caption"):
            self._texts.append([])

    def handle_data(self, data: str) -> None:
        if self._texts:
            self._texts[-1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if (tag in BLOCKS or tag in ("th", "td", "caption")) and self._texts:
            self._ended(tag, plain("".join(self._texts.pop())))
        elif tag == "thead":
            self._in_head = False
        elif tag == "table" and self._table is not None:
            self.tables.append(_laid_out(self._table))
            if self._chart is not None:
                self._chart[1].append(self.tables[-1].caption)
            self._table = None
        elif tag == "figure" and self._chart is not None:
            self.charts.append(Chart(tuple(dict.fromkeys(self._chart[0])), tuple(self._chart[1])))
            self._chart = None

    def _ended(self, tag: str, text: str) -> None:
        if tag in BLOCKS:
            self.paragraphs.append(text)
        elif self._table is not None:
            if tag == "caption":
                self._table.caption = NUMBERED.sub("", text)
                return
            rows = self._table.head if self._in_head else self._table.body
            _, high, wide = rows[-1][-1]
            rows[-1][-1] = (text, high, wide)


def _span(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1


def _laid_out(parts: _TableParts) -> PageTable:
    head = _spread(parts.head)
    width = max((len(row) for row in head), default=0)
    headings = tuple(
        tuple(dict.fromkeys(row[column] for row in head if column < len(row) and row[column]))
        for column in range(width)
    )
    return PageTable(parts.caption, headings, tuple(tuple(row) for row in _spread(parts.body)))


def _spread(rows: Sequence[Sequence[tuple[str, int, int]]]) -> list[list[str]]:
    """Give each row a text for every column, where a cell spans several rows or columns."""
    hanging: dict[int, tuple[str, int]] = {}
    spread = []
    for row in rows:
        texts: list[str] = []
        left = list(row)
        while left or len(texts) in hanging:
            column = len(texts)
            if column in hanging:
                text, more = hanging.pop(column)
                if more > 1:
                    hanging[column] = (text, more - 1)
                texts.append(text)
                continue
            text, high, wide = left.pop(0)
            for place in range(column, column + wide):
                if high > 1:
                    hanging[place] = (text, high - 1)
            texts.extend([text] * wide)
        spread.append(texts)
    return spread
