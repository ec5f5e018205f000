"""Blocks on pages become passages: rows of tables, headings, and paragraphs, also over the end of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from asf_analysis.written.passages import Passage
from asf_analysis.written.pdf_blocks import Block, blocks_of, line_distance, paragraphs_in
from asf_analysis.written.pdf_lines import Piece, Rule, Sign, pieces_of
from asf_analysis.written.pdf_rows import Row, align_rows, rows_of
from asf_analysis.written.text import begins_anew, join_lines, tidy

_PAGE_NUMBER = re.compile(r"(?:sida|sid\.?|s\.)? ?[0-9]{1,4}(?: ?(?:av|/|\() ?[0-9]{1,4}\)?)?", re.IGNORECASE)
_SAME_PLACE = 4.0
"""Points that a page's head or foot may move from page to page."""

_FULL_LINE = 4.0
"""Less room than this, in letters' sizes, made the next word go to the next page."""

_WALL, _MANY = 5.0, 4
"""Lines that end within so many letters' sizes of the longest, and how many of them make a column's edge."""

_NEAR_PAGE = 5
"""How far a number in a page's head or foot may be from the page's own."""

_FAR = 4.0
"""Of the size: rows further apart are not of one table."""

_DEEPEST = 6


@dataclass(frozen=True)
class _Line:
    """What stands beside each other on a page: cells of a row, or one block alone."""

    page: int
    blocks: Row

    @property
    def text(self) -> str:
        return " ".join(block.text() for block in self.blocks)

    @property
    def y(self) -> float:
        return self.blocks[0].lines[0].y


def passages_of_pages(pages: Sequence[tuple[list[Sign], list[Rule]]]) -> tuple[Passage, ...]:
    """Give the passages of all pages, from their signs and drawn lines."""
    pieces = [pieces_of(signs, rules) for signs, rules in pages]
    distance = line_distance(pieces)
    lines = [
        _Line(number, row)
        for number, (own, (_, rules)) in enumerate(zip(pieces, pages, strict=True), start=1)
        for row in rows_of(blocks_of(own, rules, distance))
    ]
    lines = [
        _Line(line.page, row)
        for line, row in zip(lines, align_rows([one.blocks for one in lines]), strict=True)
    ]
    lines = _without_edges(lines, len(pages))
    return _Writer(_body_size(pieces), _largest_sizes(pieces), pieces).write(lines)


def _without_edges(lines: list[_Line], pages: int) -> list[_Line]:
    """Leave out the head and foot of pages: what recurs at the same height, and page numbers alone."""
    by_page: dict[int, list[_Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    edges: list[_Line] = []
    for own in by_page.values():
        by_height = sorted(own, key=lambda line: line.y)
        edges += by_height[:3] + by_height[3:][-3:]
    seen = Counter((shape, round(line.y / _SAME_PLACE)) for line in edges for shape in _shapes(line))

    def recurs(line: _Line) -> bool:
        place = round(line.y / _SAME_PLACE)
        times = max(
            sum(seen[shape, near] for near in (place - 1, place, place + 1)) for shape in _shapes(line)
        )
        return pages > 1 and times > max(1, pages // 3)

    out = {id(line) for line in edges if recurs(line)}
    for own in by_page.values():
        outermost = (min(own, key=lambda line: line.y), max(own, key=lambda line: line.y))
        out |= {id(line) for line in outermost if _PAGE_NUMBER.fullmatch(line.text.strip(" -–"))}
    return [line for line in lines if id(line) not in out]


def _shapes(line: _Line) -> set[str]:
    """Give a line's text, and the same with each number as far as it is from the page's."""

    def relative(found: re.Match[str]) -> str:
        away = int(found[0]) - line.page
        return f"#{away}" if abs(away) <= _NEAR_PAGE else found[0]

    text = " ".join(line.text.split())
    return {text, re.sub("[0-9]{1,4}", relative, text)}


def _body_size(pages: Sequence[Sequence[Piece]]) -> tuple[float, bool]:
    """Give the size of most letters, and whether most are bold."""
    sizes = Counter(round(sign.size, 1) for pieces in pages for piece in pieces for sign in piece.signs)
    bold = Counter(sign.bold for pieces in pages for piece in pieces for sign in piece.signs)
    return (sizes.most_common(1)[0][0], bold[True] > bold[False]) if sizes else (0, False)


def _largest_sizes(pages: Sequence[Sequence[Piece]]) -> list[float]:
    return sorted({round(piece.size, 1) for pieces in pages for piece in pieces}, reverse=True)


class _Writer:
    """Writes passages line by line."""

    def __init__(
        self, body: tuple[float, bool], sizes: Sequence[float], pieces: Sequence[Sequence[Piece]]
    ) -> None:
        self.body, self.body_bold = body
        self.sizes = [size for size in sizes if size > 1.08 * self.body]
        self.pieces = pieces
        self.passages: list[Passage] = []
        self.tables = 0
        self.room = 0.0
        """How much room a paragraph's last line left, in letters' sizes; a line alone may be a heading."""
        self.paragraphs = (0, 0)
        """The page, and how many paragraphs it has so far."""

    def write(self, lines: Sequence[_Line]) -> tuple[Passage, ...]:
        place = 0
        while place < len(lines):
            end = place
            while end < len(lines) and self._is_of_table(lines, place, end):
                end += 1
            if sum(len(line.blocks) > 1 for line in lines[place:end]) > 1:
                self._table(lines[place:end])
                place = end
            else:
                self._text(lines[place])
                place += 1
        return tuple(self.passages)

    def _is_of_table(self, lines: Sequence[_Line], first: int, place: int) -> bool:
        """Tell whether a line goes on with the table: a row of its own, or one of few cells between rows."""
        line = lines[place]
        if place > first and not _follows(lines[place - 1], line):
            return False
        if len(line.blocks) > 1:
            return True
        between = place > first and place + 1 < len(lines) and len(lines[place + 1].blocks) > 1
        if not between or line.page != lines[place + 1].page:
            return False
        around = lines[place - 1].blocks + lines[place + 1].blocks
        edges = {round(block.left) for block in around}
        block = line.blocks[0]
        return any(abs(edge - block.left) < 2 for edge in edges) and not self._level(block)

    def _table(self, lines: Sequence[_Line]) -> None:
        widest = max(len(line.blocks) for line in lines)
        full = [line.blocks for line in lines if len(line.blocks) == widest]
        columns = [
            (median(row[place].left for row in full), median(row[place].right for row in full))
            for place in range(widest)
        ]
        before = self.passages[-1] if self.passages else None
        goes_on = bool(
            before and len(before.cells) == widest and before.page == lines[0].page - 1 and self.tables
        )
        self.tables += not goes_on
        head = next((one.cells for one in self.passages if one.table == self.tables), ())
        rows = sum(one.table == self.tables for one in self.passages)
        for line in lines:
            cells = [""] * widest
            for block in line.blocks:
                column = max(range(widest), key=lambda place: _shared(columns[place], block))
                cells[column] = tidy(f"{cells[column]} {block.text()}")
            rows += 1
            if goes_on and tuple(cells) == head:
                continue
            row = Passage(
                " | ".join(cells),
                f"sida {line.page}, tabell {self.tables}, rad {rows}",
                cells=tuple(cells),
                table=self.tables,
                page=line.page,
            )
            self.passages.append(row)

    def _text(self, line: _Line) -> None:
        level = self._level(line.blocks[0]) if len(line.blocks) == 1 else 0
        if len(line.blocks) > 1:
            self._paragraph(line.text, line.page, 0)
            return
        edge = self._edge(line)
        for paragraph in [line.text] if level else paragraphs_in(line.blocks[0], edge):
            self._paragraph(paragraph, line.page, level)
        lines = line.blocks[0].lines
        self.room = (edge - lines[-1].right) / lines[-1].size if len(lines) > 1 else edge

    def _paragraph(self, text: str, page: int, level: int) -> None:
        before = self.passages[-1] if self.passages else None
        if before and not before.table and before.page == page - 1 and before.level == level:
            open_end = not re.search(r"[.:;!?)]$", before.text)
            goes_on = text[:1].islower() or before.text.endswith("-") or self.room < _FULL_LINE
            if not begins_anew(text) and open_end and goes_on:
                whole = tidy(join_lines(before.text, text))
                self.passages[-1] = Passage(whole, before.place, level, page=before.page)
                return
        count = self.paragraphs[1] + 1 if self.paragraphs[0] == page else 1
        self.paragraphs = (page, count)
        if tidied := tidy(text):
            self.passages.append(Passage(tidied, f"sida {page}, stycke {count}", level, page=page))

    def _edge(self, line: _Line) -> float:
        """Give where lines end in the block's column: at the wall that many of them reach, or the page's."""
        block, own = line.blocks[0], self.pieces[line.page - 1]
        beside = [one.right for one in own if abs(one.left - block.left) < 2 * block.size]
        reached = sum(right > max(beside) - _WALL * block.size for right in beside)
        return max(beside) if reached >= _MANY else max(one.right for one in own)

    def _level(self, block: Block) -> int:
        """Give a heading's level: by its size, or the lowest for a short bold line."""
        size = round(block.size, 1)
        if size in self.sizes:
            return min(self.sizes.index(size) + 1, _DEEPEST)
        short = len(block.lines) < 3 and not re.search(r"[.:,;]$", block.text())
        return _DEEPEST if block.bold and not self.body_bold and short else 0


def _follows(above: _Line, line: _Line) -> bool:
    """Tell whether a line comes close below another, or begins the next page."""
    size = line.blocks[0].size
    gap = min(block.bottom for block in above.blocks) - max(block.top for block in line.blocks)
    return above.page != line.page or -2 * size < gap < _FAR * size


def _shared(column: tuple[float, float], block: Block) -> float:
    """Give how much of a column's width a block shares with it; less than 0 is how far away it is."""
    return min(column[1], block.right) - max(column[0], block.left)
