"""The planned meetings of the cooperation groups, reckoned exactly from the groups of each quarter."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.meetings import QUARTERS
from asf_analysis.presentation.grids import Grid
from asf_analysis.swedish.writing import format_number


@dataclass(frozen=True)
class QuarterPlan:
    """One quarter: how many groups ran, the meetings they plan, and how many tell no figure."""

    quarter: str
    groups: int
    meetings: Fraction
    without_figure: int


def plans_by_quarter(report: Published) -> tuple[QuarterPlan, ...]:
    """Give the plan of every quarter that has ended in the report's period."""
    require_published(report)
    grid = Grid.of(report.table("meetings_by_quarter"))
    paces = [column for column in grid.parts if column.isdecimal()]
    return tuple(
        QuarterPlan(
            quarter=quarter,
            groups=grid.cell(quarter, TOTAL).value or 0,
            meetings=sum(
                (Fraction(int(pace) * (grid.cell(quarter, pace).value or 0), QUARTERS) for pace in paces),
                start=Fraction(0),
            ),
            without_figure=sum(
                grid.cell(quarter, column).value or 0 for column in grid.parts if column not in paces
            ),
        )
        for quarter in grid.body
    )


def write_meetings(meetings: Fraction) -> str:
    """Write a number of meetings exactly: quarters of a meeting have two decimals at most.

    >>> write_meetings(Fraction(4)), write_meetings(Fraction(11, 2)), write_meetings(Fraction(5, 4))
    ('4', '5,5', '1,25')
    """
    decimals = next(places for places in range(3) if (meetings * 10**places).denominator == 1)
    return format_number(float(meetings), decimals)
