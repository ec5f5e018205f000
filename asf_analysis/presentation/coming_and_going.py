"""Diverging bars: enterprises that started above the line, those that closed below it, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.presentation.drawing import EDGE, NARROW, WIDTH, Canvas
from asf_analysis.presentation.letters import text_width
from asf_analysis.presentation.palette import BLUE, INK, PLUM, QUIET_INK
from asf_analysis.presentation.values import NOTHING_SIGN
from asf_analysis.swedish.writing import format_number

WIDE_NAMES, NARROW_NAMES = 132, 82
UNIT_ROOM, NUMBER, LINE = 70, 20, 22
WIDEST_BAR = 44
STARTED, CLOSED, ACTIVE = (
    ("Startade", "Startade"),
    ("Lades ned", "Lades ned"),
    ("Verksamma vid årets slut", "Verksamma"),
)


@dataclass(frozen=True)
class YearChange:
    """A year's starts and closures, and how many were active at its end; None in a year without data."""

    year: str
    started: int | None
    closed: int | None
    active: int | None


def draw_changes(changes: Sequence[YearChange]) -> Canvas:
    """Draw the bars with the names of the rows beside them."""
    return _draw(changes, WIDTH, 0, WIDE_NAMES, 0)


def draw_narrow_changes(changes: Sequence[YearChange]) -> Canvas:
    """Draw the same for a phone."""
    return _draw(changes, NARROW, EDGE, NARROW_NAMES, 1)


def _draw(changes: Sequence[YearChange], width: float, edge: float, names: float, short: int) -> Canvas:
    unit = UNIT_ROOM / max(1, *(number or 0 for one in changes for number in (one.started, one.closed)))
    up = max((one.started or 0) for one in changes) * unit
    down = max((one.closed or 0) for one in changes) * unit
    middle = NUMBER + max(up, LINE)
    foot = middle + max(down, LINE) + 2 * NUMBER
    canvas = Canvas.of(width, foot + 2 * LINE + 4)
    left = edge + names
    step = (width - edge - left) / len(changes)
    canvas.line((edge, middle), (width - edge, middle), INK)
    rows = (
        (middle - 8, STARTED, BLUE), (middle + 18, CLOSED, PLUM), (foot + LINE, ACTIVE, INK),
    )  # fmt: skip
    for y, words, colour in rows:
        for place, word in enumerate(_name(words[short], names)):
            canvas.text(edge, y + 15 * place, word, bold=True, colour=colour)
    every = max(1, -int(-(text_width("2000", bold=True) + 6) // step))
    for place, one in enumerate(changes):
        x = left + step * (place + 0.5)
        _draw_bar(canvas, x, middle, (one.started, -unit), min(step * 0.6, WIDEST_BAR), BLUE)
        _draw_bar(canvas, x, middle, (one.closed, unit), min(step * 0.6, WIDEST_BAR), PLUM)
        if (len(changes) - 1 - place) % every == 0:
            canvas.text(x, foot, one.year, colour=QUIET_INK, align="center")
            canvas.text(x, foot + LINE, _number(one.active), bold=True, align="center")
    return canvas


def _name(words: str, room: float) -> list[str]:
    """Break a row's name after its first word where it is wider than its room."""
    if text_width(words, bold=True) <= room - 6:
        return [words]
    first, _, rest = words.partition(" ")
    return [first, rest]


def _draw_bar(
    canvas: Canvas, x: float, middle: float, counted: tuple[int | None, float], width: float, colour: str
) -> None:
    """Draw a bar up or down from the middle, with its number beyond it."""
    number, unit = counted
    end = middle + (number or 0) * unit
    if number:
        canvas.bar(x - width / 2, min(middle, end), width, abs(end - middle), colour)
    beyond = end - 5 if unit < 0 else end + 15
    canvas.text(
        x, beyond, _number(number), bold=bool(number), colour=colour if number else QUIET_INK, align="center"
    )


def _number(number: int | None) -> str:
    return NOTHING_SIGN if number is None else format_number(number)
