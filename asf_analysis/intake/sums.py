"""Sums that stand in a file, used as a check on the rows above them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from asf_analysis.intake.draft import Draft
from asf_analysis.intake.schemas import COUNTS
from asf_analysis.swedish.numbers import read_count, read_number

AMOUNTS = {"supervised_places": ("granted_sek", "paid_sek")}
"""Columns of amounts in kronor, by table."""

_ORE = 0.005
"""Amounts that differ by less are the same; sums of decimals are not exact."""


def check_sums(draft: Draft, approximate_percent: float) -> Draft:
    """Add a fault for each sum that is not that of its column, or of the part since the sum before."""
    refused = {fault.column for fault in draft.faults}
    for column in (*COUNTS[draft.table], *AMOUNTS.get(draft.table, ())):
        if column not in draft.sums or draft.heading(column) in refused:
            continue
        for start, row in pairwise([0, *draft.sums.index.tolist()]):
            told = draft.sums[column].loc[row]
            if not _adds_up(draft.frame, column, told, range(start, row), approximate_percent):
                draft = draft.with_faults(
                    pd.Index([row]),
                    column,
                    "Summan är inte summan av kolumnens rader.",
                    "Rätta summan eller raderna, eller ta bort summaraden.",
                    subject="Delar och summor",
                )
    return draft


def _adds_up(frame: pd.DataFrame, column: str, cell: Any, part: range, approximate_percent: float) -> bool:
    """Tell whether a sum could be that of all rows above it, or of a part of them; blank always could."""
    try:
        ends = _told(column, cell, approximate_percent)
    except ValueError:
        return False
    if ends is None:
        return True
    lowest, highest = ends
    bounds = [f"{column}_low", f"{column}_high"] if f"{column}_low" in frame else [column, column]
    for rows in (range(part.stop), part):
        within = (frame.index >= rows.start) & (frame.index < rows.stop)
        low, high = (frame[name][within].sum() for name in bounds)
        if low <= highest + _ORE and lowest <= high + _ORE:
            return True
    return False


def _told(column: str, cell: Any, approximate_percent: float) -> tuple[float, float] | None:
    """Read a sum as its lowest and highest; None where the cell tells none. Raises ValueError."""
    if column.endswith("_sek"):
        number = read_number(cell)
        return None if number is None else (number, number)
    amount = read_count(cell, approximate_percent)
    return None if amount is None else amount.bounds()
