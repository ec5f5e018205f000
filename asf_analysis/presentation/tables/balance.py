"""The table of balance: women, men, their share, the gap between them, and whether it is even."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, PublishedTable, require_published, require_table
from asf_analysis.presentation.balance import BAND, Group, write_gap
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.grids import Grid, people_grid
from asf_analysis.presentation.tables.breakdown import breakdown_layout, share_cell
from asf_analysis.presentation.tables.layout import COMPACT, Cell, Column, Layout, data_table
from asf_analysis.presentation.values import NO, YES, StatusMark, name_value

EVEN = StatusMark("reached", "●", YES)
UNEVEN = StatusMark("unknown", "□", NO)
"""An uneven distribution is no goal that was missed, and has no colour of one."""


def balance(report: Published, key: str) -> Block:
    """Show women, men and total of a breakdown, women's share, the gap, and whether it lies in the band."""
    published = require_published(report)
    return data_table(balance_layout(published, published.table(key)))


def balance_layout(report: Published, table: PublishedTable) -> Layout:
    """Lay out a breakdown of people as a table of balance, with notes on its signs."""
    require_published(report)
    require_table(table)
    grid, plain = people_grid(table), breakdown_layout(report, table)
    return Layout(
        caption=plain.caption,
        columns=[
            *plain.columns,
            Column("Skillnad (procent\u00adenheter)"),
            Column(f"Inom {BAND} %", number=False),
        ],
        rows=[_row(table, grid, row) for row in grid.rows],
        notes=[_explained(), *plain.notes],
        source=plain.source,
        css=COMPACT,
    )


def _row(table: PublishedTable, grid: Grid, row: str) -> list[Cell]:
    group, share = Group.of(grid, row), share_cell(grid, row)
    counts = [str(grid.cell(row, column)) for column in grid.columns]
    gap = share if group.gap is None else write_gap(group.gap)
    even = share if group.even is None else (EVEN if group.even else UNEVEN)
    return [name_value(table.rows, row), *counts, share, gap, even]


def _explained() -> str:
    return (
        "Skillnad: andelen kvinnor minus andelen män. Plus betyder fler kvinnor, minus fler män. "
        f"Fördelningen räknas som jämn när andelen kvinnor ligger inom {BAND} %."
    )
