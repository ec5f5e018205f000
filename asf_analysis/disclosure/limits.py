"""What readers know of people from elsewhere: why a row is there, and how large enterprises are."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from itertools import pairwise

from asf_analysis.disclosure.figures import COMPONENT, Days, Figure
from asf_analysis.kpis.breakdowns import Breakdown
from asf_analysis.kpis.groups import EMPLOYEES, ROLE, SEX, SIZE, UNKNOWN_EMPLOYEES
from asf_analysis.kpis.people import NOT_STATED
from asf_analysis.kpis.sizes import SIZE_CLASSES

Limits = tuple[float, float]
"""The least and the most that a figure may be."""


def limits_of_rows(amounts: Mapping[Figure, int], printed: Collection[Figure]) -> dict[Figure, Limits]:
    """Give the limits of rows that a table has only where there is somebody in them, as *Ej angivet*.

    One that is not printed, though its table is, has nobody.
    """
    rows = {figure: amount for figure, amount in amounts.items() if _is_row_of_somebody(figure)}
    there = {
        figure: (1.0, math.inf)
        for figure, amount in rows.items()
        if amount > 0 and SEX not in figure.dimensions
    }
    left_out = {figure: (0.0, 0.0) for figure, amount in rows.items() if not amount and figure not in printed}
    return {**there, **left_out}


def _is_row_of_somebody(figure: Figure) -> bool:
    told = dict(figure.of)
    unknown = NOT_STATED in told.values() or told.get(ROLE) == UNKNOWN_EMPLOYEES[0][1]
    return unknown and COMPONENT not in told


def limits_of_sizes(enterprises: Breakdown, days: Days) -> dict[Figure, Limits]:
    """Give the limits of the employees of each size class, as many enterprises as a table tells are in it.

    `enterprises` is that table, of which rows are the keys of `SIZE_CLASSES`; others tell nothing.
    """
    ends = dict(
        zip(
            SIZE_CLASSES,
            [*(after - 1 for _, after in pairwise(SIZE_CLASSES.values())), math.inf],
            strict=True,
        )
    )
    counts = enterprises.frame.set_index(enterprises.rows)["amount"].dropna()
    return {
        Figure(str(days.measured), frozenset({*EMPLOYEES, (SIZE, size)})): (
            float(least * counts[size]),
            float(ends[size] * counts[size]) if counts[size] else 0.0,
        )
        for size, least in SIZE_CLASSES.items()
        if size in counts
    }
