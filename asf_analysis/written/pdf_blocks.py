"""Pieces of lines become blocks, paragraphs and cells of tables, by the order and the place they stand in.

A cell is written whole before the next one, and so is a column of text. Lengths are points; y grows upwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from asf_analysis.written.pdf_lines import Piece, Rule
from asf_analysis.written.text import begins_anew, continues, join_lines

_NEW_PARAGRAPH = 1.25
"""Of the usual distance of lines: more than it begins another paragraph."""


@dataclass
class Block:
    """Lines below each other, written after each other."""

    lines: list[Piece]
    in_row: bool = False

    @property
    def left(self) -> float:
        """Where its leftmost line begins."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """Where its longest line ends."""
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        """Above its first line."""
        return self.lines[0].y + self.lines[0].size

    @property
    def bottom(self) -> float:
        """Below its last line."""
        return self.lines[-1].y - 0.3 * self.lines[-1].size

    @property
    def size(self) -> float:
        """The size of its letters."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    def text(self) -> str:
        """Give its lines as one paragraph."""
        whole = ""
        for line in self.lines:
            whole = join_lines(whole, line.text())
        return whole


def line_distance(pages: Iterable[Sequence[Piece]]) -> float:
    """Give the usual distance between lines of a paragraph, as a multiple of the size of its letters."""
    distances = [
        (above.y - below.y) / above.size
        for pieces in pages
        for above, below in pairwise(pieces)
        if 0.9 < (above.y - below.y) / above.size < 3 and abs(above.left - below.left) < 3 * above.size
    ]
    return quantiles(distances, n=20)[0] if len(distances) > 1 else 1.4


def blocks_of(pieces: Iterable[Piece], rules: Sequence[Rule], distance: float) -> list[Block]:
    """Join pieces to blocks: the next line is a little below, neither beside nor beyond a drawn line."""
    level = [rule for rule in rules if rule.right - rule.left >= rule.top - rule.bottom]
    blocks: list[Block] = []
    for piece in pieces:
        if blocks and _is_next_line(blocks[-1], piece, level, distance):
            blocks[-1].lines.append(piece)
        else:
            blocks.append(Block([piece]))
    return blocks


def _is_next_line(block: Block, piece: Piece, level: Sequence[Rule], distance: float) -> bool:
    last = block.lines[-1]
    down = last.y - piece.y
    if not 0.5 * piece.size < down < distance * _NEW_PARAGRAPH * last.size:
        return False
    if abs(piece.size - last.size) > 0.1 * last.size or piece.bold != last.bold:
        return False
    if piece.left > block.right or piece.right < block.left:
        return False
    return not any(
        piece.y + 0.5 * piece.size < (rule.bottom + rule.top) / 2 < last.y
        and rule.left < piece.right
        and rule.right > piece.left
        for rule in level
    )


def paragraphs_in(block: Block, edge: float) -> Iterator[str]:
    """Cut a block where a line had room for the next word before the column's edge, or a point begins."""
    paragraph, before = "", None
    for line in block.lines:
        text = line.text()
        first = before is not None and paragraph == before.text()
        full = before.text() if before and not line.point and not _had_room(before, text, edge) else ""
        if before and (begins_anew(text, full) or _ended_by_intent(before, line, first, edge)):
            yield paragraph
            paragraph = ""
        paragraph, before = join_lines(paragraph, text), line
    yield paragraph


def _ended_by_intent(line: Piece, after: Piece, first: bool, edge: float) -> bool:
    """Tell whether a line ends a paragraph: the next is indented otherwise, or its first word had room."""
    written, next_text = line.text(), after.text()
    inwards = (after.left - line.left) / line.size
    first_line_indented = first and -2.2 < inwards < 0
    hangs = inwards > 0 and begins_anew(written)
    if abs(inwards) > 0.7 and not (first_line_indented or hangs):
        return True
    return not continues(written, next_text) and _had_room(line, next_text, edge)


def _had_room(line: Piece, after: str, edge: float) -> bool:
    """Tell whether the next line's first word had had room before the column's edge."""
    each = (line.right - line.left) / max(len(line.text()), 1)
    return line.right + (len(after.split()[0]) + 1.5) * each < edge
