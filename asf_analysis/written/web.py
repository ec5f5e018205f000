"""Web pages (HTML), read in one pass: no script is run, nothing outside the file is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from asf_analysis.errors import UnreadableReport
from asf_analysis.written.collector import Collector
from asf_analysis.written.limits import Meter
from asf_analysis.written.passages import Passage
from asf_analysis.written.web_tables import Cell, Table, grid_of, span_of

_VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
_UNSEEN = frozenset(
    {
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "svg",
        "math",
        "nav",
        "object",
        "iframe",
        "select",
        "button",
        "textarea",
    }
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    }
)
_CHUNK = 1 << 20
_DEEPEST = 2000
"""Elements within each other; browsers stop at 512."""

_CHARSET = re.compile(rb"""<meta[^>]{1,200}charset\s*=\s*["']?([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_web_report(path: Path) -> tuple[Passage, ...]:
    """Read a page's headings, paragraphs, points of lists and tables; nothing that a reader cannot see."""
    meter = Meter(path.name)
    page = _Page(Collector(meter))
    text = _decode(path.read_bytes())
    for place in range(0, len(text), _CHUNK):
        meter.check_time()
        page.feed(text[place : place + _CHUNK])
    page.close()
    page.finish()
    return tuple(page.collector.passages)


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    declared = _CHARSET.search(content[:4096])
    for encoding in (declared[1].decode("ascii") if declared else "utf-8", "utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", errors="replace")


class _Page(HTMLParser):
    """Follows a page, tag by tag."""

    def __init__(self, collector: Collector) -> None:
        super().__init__(convert_charrefs=True)
        self.collector = collector
        self.open: list[tuple[str, bool]] = []
        self.hidden = 0
        self.tables: list[Table] = []
        self.text: list[str] = []
        self.level = 0
        self.point = False
        self.raised: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._write("\n")
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        if tag not in _INLINE:
            self._end_block()
        if len(self.open) >= _DEEPEST:
            raise UnreadableReport(
                f"{self.collector.meter.file}: Sidan är byggd i orimligt många led. "
                "Öppna den i en webbläsare, och spara den som PDF."
            )
        unseen = tag in _UNSEEN or "hidden" in given or bool(_HIDDEN_STYLE.search(given.get("style", "")))
        self.open.append((tag, unseen))
        self.hidden += unseen
        if not self.hidden:
            self._start(tag, given)

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.level = int(tag[1])
        elif tag == "li":
            self.point = True
        elif tag == "sup":
            self.raised = []
        elif tag == "table":
            for outer in self.tables:
                self._empty_frame(outer)
            self.tables.append(Table())
        elif self.tables and tag == "tr":
            self.tables[-1].rows.append([])
        elif self.tables and tag in ("td", "th"):
            table = self.tables[-1]
            if not table.rows:
                table.rows.append([])
            across, down = (span_of(given.get(name, "")) for name in ("colspan", "rowspan"))
            table.rows[-1].append(Cell([], across, down))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or all(tag != name for name, _ in self.open):
            return
        if tag not in _INLINE:
            self._end_block()
        name = ""
        while name != tag:
            name, unseen = self.open.pop()
            if not self.hidden:
                self._end(name)
            self.hidden -= unseen

    def _end(self, tag: str) -> None:
        if tag == "sup" and self.raised is not None:
            raised, self.raised = "".join(self.raised), None
            if not re.fullmatch(r"[\s0-9,*)]*", raised):
                self._write(raised)
        elif tag == "table" and self.tables:
            table = self.tables.pop()
            if table.frame:
                self._empty_frame(table)
            else:
                self.collector.add_table(grid_of(table.rows))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self._write(re.sub(r"\s+", " ", data))

    def _write(self, text: str) -> None:
        (self.text if self.raised is None else self.raised).append(text)

    def finish(self) -> None:
        """End what the page left open."""
        self._end_block()
        while self.open:
            name, _ = self.open.pop()
            self._end(name)

    def _end_block(self) -> None:
        text = "".join(self.text).strip()
        self.text = []
        point, self.point = self.point and bool(text), self.point and not text
        text = f"- {text}" if point else text
        level, self.level = (self.level, 0) if text else (0, self.level)
        if not text:
            return
        table = self.tables[-1] if self.tables else None
        if table and table.rows and table.rows[-1] and not table.frame:
            table.rows[-1][-1].text.append(text)
            self.collector.meter.count(text)
        else:
            self.collector.add_text(text, level)

    def _empty_frame(self, table: Table) -> None:
        """Give what stood in a table that places others on the page, as paragraphs."""
        for row in table.rows:
            for cell in row:
                for text in cell.text:
                    self.collector.add_text(text)
        table.rows, table.frame = [], True
