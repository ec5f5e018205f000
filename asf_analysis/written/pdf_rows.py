"""Blocks beside each other are rows; one that looks like a single block is cut at its table's columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from asf_analysis.written.pdf_blocks import Block
from asf_analysis.written.pdf_lines import Piece

Row = list[Block]

_ROWS_OF_COLUMN = 2
"""So many rows with a cell that begins at the same place make a column."""

_GAP = 0.3
"""Of the size: what must be between two cells, at least."""


def rows_of(blocks: Sequence[Block]) -> list[Row]:
    """Put blocks beside each other where they were written after each other and overlap in height."""
    rows: list[Row] = []
    for block in blocks:
        if rows and _stands_beside(rows[-1], block):
            rows[-1].append(block)
        else:
            rows.append([block])
    return rows


def _stands_beside(row: Row, block: Block) -> bool:
    top, bottom = max(one.top for one in row), min(one.bottom for one in row)
    overlap = min(top, block.top) - max(bottom, block.bottom)
    return overlap > 0.5 * block.size and block.left > row[-1].right - 1


def align_rows(rows: Sequence[Row]) -> list[Row]:
    """Cut the blocks of a single line where a column of the rows around them begins."""
    aligned = [list(row) for row in rows]
    place = 0
    while place < len(rows):
        end = place
        while end < len(rows) and len(rows[end]) > 1:
            end += 1
        if end > place:
            lefts = Counter(round(block.left) for row in rows[place:end] for block in row[1:])
            columns = [left for left, times in lefts.items() if times >= _ROWS_OF_COLUMN]
            for near in range(max(place - 1, 0), min(end + 1, len(rows))):
                aligned[near] = [part for block in rows[near] for part in _cut(block, columns)]
        place = end + 1
    return aligned


def _cut(block: Block, columns: Sequence[int]) -> list[Block]:
    if len(block.lines) > 1:
        return [block]
    line = block.lines[0]
    cuts = [
        place
        for place in range(1, len(line.signs))
        if any(abs(line.signs[place].left - left) <= 1 for left in columns) and _after_gap(line, place)
    ]
    starts, ends = [0, *cuts], [*cuts, len(line.signs)]
    parts = [line.signs[start:end] for start, end in zip(starts, ends, strict=True)]
    return [Block([Piece(part, point=line.point and not place)]) for place, part in enumerate(parts)]


def _after_gap(line: Piece, place: int) -> bool:
    sign = line.signs[place]
    before = next((one for one in reversed(line.signs[:place]) if one.text.strip()), None)
    return bool(sign.text.strip()) and before is not None and sign.left - before.right > _GAP * sign.size
