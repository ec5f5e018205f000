"""How the areas of a map are filled, from little to much, and the key that tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from asf_analysis.disclosure.published import WITHHELD
from asf_analysis.presentation.drawing import Canvas
from asf_analysis.presentation.letters import wrap
from asf_analysis.presentation.map_labels import Label
from asf_analysis.presentation.outlines import rings_of, stripes
from asf_analysis.presentation.palette import PAPER, QUIET_INK, STEPS
from asf_analysis.presentation.rates import Rate
from asf_analysis.presentation.values import MISSING_SIGN, WITHHELD_SIGN
from asf_analysis.swedish.writing import format_number

if TYPE_CHECKING:
    from shapely import MultiPolygon

ROW, LINE, GAP = 23, 16, 10
SWATCH_WIDTH, SWATCH_HEIGHT, INDENT = 30, 16, 40
_APART = 7
"""Units between the stripes of an area that is not shown."""

_ROUND = (1, 2, 5)
_FINEST = Decimal("0.1")


@dataclass(frozen=True)
class Scale:
    """Classes of one width, which is round, from 0 up; at most as many as there are colours."""

    step: Decimal
    number: int

    @classmethod
    def for_highest(cls, highest: Decimal) -> Scale:
        """Choose the narrowest classes that take in a value.

        >>> Scale.for_highest(Decimal("20.0")), Scale.for_highest(Decimal("2.4"))
        (Scale(step=Decimal('5.0'), number=5), Scale(step=Decimal('0.5'), number=5))
        """
        tenfold = _FINEST
        while True:
            for step in (tenfold * times for times in _ROUND):
                if highest < step * len(STEPS):
                    return cls(step, int(highest // step) + 1)
            tenfold *= 10

    def place(self, value: Decimal) -> int:
        """Give the class of a value, from 0; a limit belongs to the class above it."""
        return int(value // self.step)

    def words(self, place: int) -> str:
        """Write which values a class holds, as they are written with one decimal.

        >>> scale = Scale(Decimal("5.0"), number=5)
        >>> scale.words(0), scale.words(1)
        ('under 5,0', '5,0–9,9')
        """
        if not place:
            return f"under {format_number(self.step, decimals=1)}"
        ends = (self.step * place, self.step * (place + 1) - _FINEST)
        return "–".join(dict.fromkeys(format_number(end, decimals=1) for end in ends))


@dataclass(frozen=True)
class Look:
    """How an area is filled: a colour, and on it nothing, stripes, or stripes both ways."""

    colour: str
    striped: bool = False
    crossed: bool = False

    def draw(self, canvas: Canvas, area: MultiPolygon) -> None:
        """Fill an area."""
        canvas.area(rings_of(area), self.colour)
        if self.striped:
            canvas.strokes(stripes(area, _APART, crossed=self.crossed), QUIET_INK)


HIDDEN, UNKNOWN = Look(PAPER, striped=True), Look(PAPER, striped=True, crossed=True)
NOBODY = Look(PAPER)


def look_of(rate: Rate, scale: Scale) -> Look:
    """Tell how a municipality is filled."""
    if rate.value is None:
        return HIDDEN if rate.status == WITHHELD else UNKNOWN
    return NOBODY if rate.nobody else Look(STEPS[scale.place(rate.value)])


@dataclass(frozen=True)
class Key:
    """The key of a map: a heading, what each look means, and the names of areas that have a number."""

    heading: Sequence[str]
    looks: Mapping[Look, str]
    numbered: Sequence[str]

    @classmethod
    def of(
        cls, rates: Mapping[str, Rate], labels: Sequence[Label], heading: str, nobody: str, width: float
    ) -> Key:
        """Explain every class up to the highest, and of the other looks those that the map has."""
        scale = scale_of(rates)
        used = {look_of(rate, scale) for rate in rates.values()}
        classes = {Look(STEPS[place]): scale.words(place) for place in range(scale.number)}
        others = {
            NOBODY: nobody,
            HIDDEN: f"{WITHHELD_SIGN} redovisas inte",
            UNKNOWN: f"{MISSING_SIGN} uppgift saknas",
        }
        return cls(
            heading=wrap(heading, width, bold=True),
            looks=classes | {look: words for look, words in others.items() if look in used},
            numbered=[
                f"{label.lines[0]}. {label.name} {rates[label.name]}" for label in labels if label.numbered
            ],
        )

    @property
    def height(self) -> float:
        """Units from top to bottom."""
        names = GAP + LINE * len(self.numbered) if self.numbered else 0
        return LINE * len(self.heading) + GAP + ROW * len(self.looks) + names

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw the key from its upper left corner."""
        from shapely import MultiPolygon, box

        for line in self.heading:
            canvas.text(x, y + 12, line, bold=True)
            y += LINE
        y += GAP
        for look, words in self.looks.items():
            look.draw(canvas, MultiPolygon([box(x + 0.5, y, x + SWATCH_WIDTH, y + SWATCH_HEIGHT)]))
            canvas.text(x + INDENT, y + 12.5, words)
            y += ROW
        y += GAP
        for name in self.numbered:
            canvas.text(x, y + 12, name)
            y += LINE


def scale_of(rates: Mapping[str, Rate]) -> Scale:
    """Choose classes by the highest rate that is shown; some rate is."""
    return Scale.for_highest(max(rate.value for rate in rates.values() if rate.value is not None))
