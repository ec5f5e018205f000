"""Collects the passages of a document as a reader of its format comes to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from asf_analysis.written.limits import Meter
from asf_analysis.written.passages import Passage
from asf_analysis.written.text import continues, join_lines, tidy


@dataclass
class Collector:
    """Passages so far, numbered as they come: paragraphs, and the rows of each table."""

    meter: Meter
    passages: list[Passage] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    rows: int = 0

    def add_text(self, text: str, level: int = 0) -> None:
        """Add a paragraph or a heading; lines broken by hand within it become passages of their own."""
        paragraph = ""
        for line in filter(None, map(str.strip, text.split("\n"))):
            if paragraph and not continues(paragraph, line):
                self._add(paragraph, level)
                paragraph = line
            else:
                paragraph = join_lines(paragraph, line)
        self._add(paragraph, level)

    def _add(self, paragraph: str, level: int) -> None:
        if tidied := tidy(paragraph):
            self.paragraphs += 1
            self.meter.count(tidied)
            self.passages.append(Passage(tidied, f"stycke {self.paragraphs}", level))

    def add_table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table's rows; one of a single column is a frame around paragraphs."""
        if max(map(len, rows), default=0) < 2:
            for row in rows:
                for cell in row:
                    self.add_text(cell)
            return
        self.tables += 1
        for number, row in enumerate(rows, start=1):
            cells = tuple(tidy(cell) for cell in row)
            if any(cells):
                text = " | ".join(cells)
                self.meter.count(text)
                place = f"tabell {self.tables}, rad {number}"
                self.passages.append(Passage(text, place, cells=cells, table=self.tables))
