"""Signs on a page become pieces of lines: what stands on one line without a wide gap or a drawn line between.

Lengths are points; y grows upwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from asf_analysis.written.text import BULLET_ALONE

_SPACE = 0.18
"""Of the size: a gap between letters that is a space, where the file has none."""

_WIDE_GAP = 1.3
"""Of the size: a gap between words that parts cells."""


@dataclass(frozen=True)
class Sign:
    """A letter, digit or mark, where it begins and ends on its line of writing."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Rule:
    """A drawn line, or the edge of a drawn box."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass
class Piece:
    """Part of a line: signs without a wide gap between them."""

    signs: list[Sign] = field(default_factory=list)
    point: bool = False
    """Whether it begins a point of a list."""

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.signs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(sign.right for sign in self.signs)

    @property
    def y(self) -> float:
        """Its line of writing."""
        return self.signs[0].y

    @property
    def size(self) -> float:
        """The largest size in it."""
        return max(sign.size for sign in self.signs)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(sign.bold for sign in self.signs if sign.text.strip())

    def text(self) -> str:
        """Give its text; a gap is a space, and the raised number of a note is left out."""
        written, last = "", None
        for sign in self.signs:
            raised = sign.size < 0.8 * self.size and sign.y > self.y + 0.15 * self.size
            if raised and re.fullmatch(r"[0-9,*)]", sign.text):
                continue
            if last and sign.left - last.right > _SPACE * sign.size and not written.endswith(" "):
                written += " "
            written += sign.text
            last = sign
        return f"- {written.strip()}" if self.point else written.strip()


def pieces_of(signs: Iterable[Sign], rules: Sequence[Rule] = ()) -> list[Piece]:
    """Join signs to pieces of lines; the sign of a list's point belongs to the line beside it."""
    pieces = _parted(signs, rules)
    marks = [piece for piece in pieces if BULLET_ALONE.fullmatch(piece.text())]
    others = [piece for piece in pieces if not BULLET_ALONE.fullmatch(piece.text())]
    for mark in marks:
        beside = [
            piece
            for piece in others
            if abs(piece.y - mark.y) < 0.5 * mark.size and 0 < piece.left - mark.left < 5 * mark.size
        ]
        if beside:
            nearest = min(beside, key=lambda piece: piece.left)
            nearest.point = True
    return others


def _parted(signs: Iterable[Sign], rules: Sequence[Rule]) -> list[Piece]:
    upright = [rule for rule in rules if rule.top - rule.bottom > rule.right - rule.left]
    pieces: list[Piece] = []
    for sign in signs:
        blank = not sign.text.strip()
        piece = pieces[-1] if pieces else None
        if piece and _goes_on(piece, sign, upright):
            if not (blank and not piece.signs):
                piece.signs.append(sign)
        elif not blank:
            pieces.append(Piece([sign]))
    return [_without_blank_end(piece) for piece in pieces]


def _goes_on(piece: Piece, sign: Sign, upright: Sequence[Rule]) -> bool:
    last = next(one for one in reversed(piece.signs) if one.text.strip())
    size = max(last.size, sign.size)
    same_line = abs(sign.y - piece.y) < 0.5 * size
    gap = sign.left - last.right
    if not same_line or not -size < gap < _WIDE_GAP * size:
        return False
    if gap <= 0.1 * size:
        return True
    return not any(
        last.right - 0.5 <= (rule.left + rule.right) / 2 <= sign.left + 0.5
        and rule.bottom < sign.y + 0.3 * size < rule.top
        for rule in upright
    )


def _without_blank_end(piece: Piece) -> Piece:
    signs = list(piece.signs)
    while not signs[-1].text.strip():
        signs.pop()
    return Piece(signs)
