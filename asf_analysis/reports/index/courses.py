"""The KPIs' course over the years, from the figures that each year published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from asf_analysis.kpis.outcomes import MISSED, PERCENT_UNITS, REACHED, Status
from asf_analysis.kpis.registry import Kind
from asf_analysis.presentation.sparklines import Point, sparkline
from asf_analysis.presentation.values import (
    MARKS,
    MISSING_SIGN,
    NO,
    NOTHING_SIGN,
    WITHHELD_SIGN,
    YES,
    StatusMark,
    label_with_unit,
    write_amount,
)
from asf_analysis.swedish.writing import approximately, format_number, format_percent

Amount = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
"""No KPI comes near these bounds; a file that goes beyond them is none of ours."""

_SIGNS_IN_WORDS = {
    WITHHELD_SIGN: "redovisas inte av sekretesskäl",
    MISSING_SIGN: "uppgift saknas",
    NOTHING_SIGN: "inget att redovisa",
}


class Figure(BaseModel):
    """A KPI of a year as its `kpis.json` tells it (`presentation.records.kpi_records`).

    Those from before `whole` was told hold no shares.
    """

    model_config = ConfigDict(frozen=True)

    kpi: str
    label: str
    unit: str | None
    kind: Kind
    target: Amount | None
    result: Amount | None
    approximate: bool
    withheld: bool
    status: Status
    whole: int | None = None
    percent: Amount | None = None
    decimals: int = Field(default=0, ge=0, le=6)

    @property
    def has_goal(self) -> bool:
        """Whether there is something to reach."""
        return self.kind == "milestone" or self.target is not None

    @property
    def written(self) -> str:
        """The result as the year's report writes it."""
        if self.kind == "milestone":
            return {REACHED: YES, MISSED: NO}.get(self.status, MISSING_SIGN)
        if self.result is None:
            return WITHHELD_SIGN if self.withheld else MISSING_SIGN
        if self.whole == 0:
            return NOTHING_SIGN
        if self.percent is not None:
            figure = format_percent(self.percent, self.decimals)
        elif self.whole is not None:
            figure = f"{write_amount(self.result)} av {format_number(self.whole)}"
        else:
            figure = write_amount(self.result, self.decimals)
        return approximately(figure) if self.approximate else figure

    @property
    def written_target(self) -> str:
        """The target as the year's report writes it, or nothing."""
        if self.target is None:
            return ""
        decimals = max(0, -int(Decimal(str(self.target)).normalize().as_tuple().exponent))
        if self.is_share:
            return format_percent(self.target, decimals)
        return write_amount(self.target, max(self.decimals, decimals) if self.decimals else 0)

    @property
    def is_share(self) -> bool:
        """Whether it is a share, so that its target is in percent."""
        return self.whole is not None or (self.unit or "").strip().lower() in PERCENT_UNITS

    @property
    def drawn(self) -> float | None:
        """The result as it is drawn: a share in percent."""
        if self.result is None or self.whole is None:
            return self.result
        return self.result * 100 / self.whole if self.whole else None


@dataclass(frozen=True)
class Cell:
    """A KPI in a year: its figure or a sign, and its status where it has a goal."""

    year: int
    text: str
    mark: StatusMark | None = None


@dataclass(frozen=True)
class Course:
    """A KPI over the years: a cell for each, and its line, which is empty where there is none to draw."""

    heading: str
    cells: tuple[Cell, ...]
    svg: str
    alt: str


def courses_of(years: Mapping[int, Sequence[Figure]]) -> tuple[Course, ...]:
    """Set the KPIs of some years beside each other, in the order of the years that are given.

    They are named as in the newest year that has them, and ordered as its report does: those with a goal
    first. A KPI that a year does not have is a sign in that year.
    """
    by_kpi: dict[str, dict[int, Figure]] = {}
    for year in sorted(years, reverse=True):
        for figure in years[year]:
            by_kpi.setdefault(figure.kpi, {})[year] = figure
    rows = sorted(by_kpi.values(), key=lambda figures: not figures[max(figures)].has_goal)
    return tuple(_course(figures, tuple(years)) for figures in rows)


def _course(figures: Mapping[int, Figure], years: Sequence[int]) -> Course:
    newest = figures[max(figures)]
    heading = label_with_unit(newest.label, newest.unit or "")
    line = "" if newest.kind == "milestone" else sparkline(_points(figures, years))
    told = "; ".join(f"{year}: {_tell(figures.get(year))}" for year in years)
    return Course(
        heading=heading,
        cells=tuple(_cell(year, figures.get(year)) for year in years),
        svg=line,
        alt=f"{heading}. {told}." if line else "",
    )


def _cell(year: int, figure: Figure | None) -> Cell:
    if figure is None:
        return Cell(year, NOTHING_SIGN)
    return Cell(year, figure.written, MARKS[figure.status] if figure.has_goal else None)


def _points(figures: Mapping[int, Figure], years: Sequence[int]) -> list[Point]:
    """Give a point per year, so that the lines of all KPIs have the same years under each other."""
    return [
        Point(year, figure.drawn, figure.target, figure.approximate) if figure else Point(year, None)
        for year in years
        for figure in [figures.get(year)]
    ]


def _tell(figure: Figure | None) -> str:
    """Tell a year's figure in words that a screen reader says.

    >>> _tell(None)
    'inget att redovisa'
    """
    written = figure.written if figure else NOTHING_SIGN
    value = _SIGNS_IN_WORDS.get(written, written)
    return value if figure is None or figure.target is None else f"{value}, mål {figure.written_target}"
