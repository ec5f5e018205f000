"""The figures of a municipality as they may be shown."""

from __future__ import annotations

from asf_analysis.disclosure.published import MISSING, Published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.grids import Cell, Grid


def people_cell(published: Published | None, key: str, row: str, sex: str = TOTAL) -> Cell:
    """Give how many people a municipality, or the county, has, as its county's table shows it."""
    if published is None or key not in published.tables:
        return Cell(None, MISSING)
    return Grid.of(published.table(key)).cell(row, sex)
