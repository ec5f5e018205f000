"""Word documents (docx), read as they stand: without what is deleted, hidden, or a table of contents.

The text lies as XML in an archive; it is read in one pass, without a tree, so that neither depth nor size of
what somebody made can exhaust the machine. No entity is expanded, and nothing outside the file is opened.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from asf_analysis.errors import UnreadableReport
from asf_analysis.written.collector import Collector
from asf_analysis.written.limits import MOST_BYTES, Meter, damaged, too_large
from asf_analysis.written.passages import Passage
from asf_analysis.written.word_styles import Styles, is_on, local_name, outline_level, value_of

_OLE = b"\xd0\xcf\x11\xe0"
"""Begins an encrypted document, and one of Word's older format."""

_SKIPPED = frozenset({"del", "moveFrom", "Fallback"})
"""What is not in the text as it reads: deleted, moved away, or told a second time for older programs."""

_CHUNK = 1 << 20


def read_word_report(path: Path) -> tuple[Passage, ...]:
    """Read the body of a Word document: headings by their style, points of lists, and tables."""
    meter = Meter(path.name)
    try:
        with path.open("rb") as file:
            if file.read(4) == _OLE:
                raise UnreadableReport(
                    f"{path.name}: Filen är skyddad med lösenord, eller av Words äldre slag. "
                    "Spara den som docx utan lösenord."
                )
        with zipfile.ZipFile(path) as archive:
            styles = Styles()
            if "word/styles.xml" in archive.namelist():
                _parse(archive, "word/styles.xml", styles, meter)
            body = _Body(Collector(meter), styles.levels(), styles.lists())
            _parse(archive, "word/document.xml", body, meter)
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, zlib.error, EOFError, ValueError) as error:
        raise damaged(path.name) from error
    except (RuntimeError, NotImplementedError) as error:
        raise UnreadableReport(f"{path.name}: Filen är skyddad med lösenord. Spara den utan.") from error
    except OSError as error:
        raise damaged(path.name) from error
    return tuple(body.collector.passages)


def _parse(archive: zipfile.ZipFile, part: str, reader: Styles | _Body, meter: Meter) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refuse_declarations
    size = 0
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > MOST_BYTES:
                raise too_large(meter.file)
            meter.check_time()
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_declarations(*_: object) -> None:
    raise ValueError("Word writes no document type")


@dataclass
class _Paragraph:
    text: list[str] = field(default_factory=list)
    style: str = ""
    outline: int | None = None
    point: bool = False


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    span: int = 1
    goes_on: bool = False
    """Whether the cell goes on with the one above."""


@dataclass
class _Body:
    """Follows the body of a document, element by element."""

    collector: Collector
    levels: Mapping[str, int]
    lists: frozenset[str]
    open: list[_Paragraph] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    skipped: int = 0
    taken: bool = False
    hidden: bool = False
    raised: bool = False
    in_run: bool = False
    run: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = local_name(name)
        if local in _SKIPPED or self.skipped:
            self.skipped += 1
            return
        match local:
            case "p":
                self._end_run()
                self.open.append(_Paragraph())
            case "r":
                self._end_run()
                self.in_run, self.hidden, self.raised = True, False, False
            case "t":
                self.taken = True
            case "tab":
                self._write(" ") if self.in_run else None
            case "br" | "cr":
                self._write("\n") if self.in_run else None
            case "noBreakHyphen":
                self._write("-")
            case "vanish" if self.in_run:
                self.hidden = is_on(attributes)
            case "vertAlign" if self.in_run:
                self.raised = value_of(attributes) == "superscript"
            case "pStyle" if self.open:
                self.open[-1].style = value_of(attributes)
            case "outlineLvl" if self.open:
                self.open[-1].outline = outline_level(attributes)
            case "numId" if self.open:
                self.open[-1].point = value_of(attributes) != "0"
            case _:
                self._start_of_table(local, attributes)

    def _start_of_table(self, local: str, attributes: Mapping[str, str]) -> None:
        if local == "tbl":
            self.tables.append(_Table())
        if not self.tables:
            return
        table = self.tables[-1]
        match local:
            case "tr":
                table.rows.append([])
            case "tc":
                table.cell, table.span, table.goes_on = [], 1, False
            case "gridSpan":
                table.span = min(int(value_of(attributes) or 1), 100)
            case "vMerge":
                table.goes_on = value_of(attributes) in ("", "continue")

    def end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        match local_name(name):
            case "t":
                self.taken = False
            case "r":
                self._end_run()
                self.in_run = False
            case "p" if self.open:
                self._end_paragraph(self.open.pop())
            case "tc" if self.tables and self.tables[-1].rows:
                self._end_cell(self.tables[-1])
            case "tbl" if self.tables:
                self._end_table(self.tables.pop())

    def data(self, text: str) -> None:
        if self.taken and not self.skipped:
            self._write(text)

    def _write(self, text: str) -> None:
        self.run.append(text)

    def _end_run(self) -> None:
        """Keep a run's text; what is hidden, and the raised number of a note, is not in the text."""
        text = "".join(self.run)
        self.run = []
        if self.open and not self.hidden and not (self.raised and re.fullmatch(r"[\s0-9,*)]+", text)):
            self.open[-1].text.append(text)

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.text).strip()
        level = paragraph.outline or self.levels.get(paragraph.style, 0)
        if level < 0:
            return
        point = paragraph.point or paragraph.style in self.lists
        text = f"- {text}" if point and text and not level else text
        if self.tables:
            self.tables[-1].cell.append(text)
            self.collector.meter.count(text)
        else:
            self.collector.add_text(text, level)

    def _end_cell(self, table: _Table) -> None:
        row, text = table.rows[-1], "\n".join(filter(None, table.cell))
        if table.goes_on and len(table.rows) > 1 and len(table.rows[-2]) > len(row):
            text = table.rows[-2][len(row)]
        row.extend([text, *[""] * (table.span - 1)])

    def _end_table(self, table: _Table) -> None:
        if self.tables:
            self.tables[-1].cell += [" ".join(row) for row in table.rows]
        else:
            self.collector.add_table(table.rows)
