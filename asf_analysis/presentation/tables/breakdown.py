"""The tables of breakdowns: women and men, or activities, by municipality, age, authority or month."""

from __future__ import annotations

from asf_analysis.disclosure.published import (
    MISSING,
    WITHHELD,
    Published,
    PublishedTable,
    require_published,
    require_table,
)
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.grids import Grid, is_of_last_day, is_signed, share_of_women, tells_share
from asf_analysis.presentation.survey_words import round_of, tell_round
from asf_analysis.presentation.tables.layout import Column, Layout, data_table
from asf_analysis.presentation.tables.notes import ONLY_TOTALS, brief_answers, notes_of_shares, notes_of_signs
from asf_analysis.presentation.values import (
    MISSING_SIGN,
    NOTHING_SIGN,
    WITHHELD_SIGN,
    name_value,
    write_period,
)
from asf_analysis.swedish.writing import format_date, format_number, join_words, start_sentence


def breakdown(report: Published, key: str) -> Block:
    """Show one breakdown: women, men and total with women's share, or the columns that it has."""
    published = require_published(report)
    return data_table(breakdown_layout(published, published.table(key)))


def breakdown_layout(report: Published, table: PublishedTable) -> Layout:
    """Lay out one breakdown as a table, with notes on what is withheld or missing."""
    require_published(report)
    require_table(table)
    grid = Grid.of(table)
    by_sex = tells_share(table)
    figures = [
        Column(name_value(table.columns, column), group=start_sentence(table.unit)) for column in grid.columns
    ]
    share = [Column("Andel kvinnor (%)")] if by_sex else []
    return Layout(
        caption=f"{table.title}, {time_of_table(report, table)}",
        columns=[Column(table.rows_label, number=False), *figures, *share],
        rows=[_breakdown_row(table, grid, row, by_sex) for row in grid.rows],
        notes=[
            *([f"{answers}."] if (answers := brief_answers(table)) else []),
            *([ONLY_TOTALS] if table.only_totals else []),
            *notes_of_signs(grid, report.association.rules),
            *(notes_of_shares(grid) if by_sex else []),
        ],
        source=table.source,
    )


def _breakdown_row(table: PublishedTable, grid: Grid, row: str, by_sex: bool) -> list[str]:
    cells = [str(grid.cell(row, column)) for column in grid.columns]
    return [name_value(table.rows, row), *cells, *([share_cell(grid, row)] if by_sex else [])]


def share_cell(grid: Grid, row: str) -> str:
    """Write women's share of a row in percent, without the sign; or the sign for why there is none."""
    share = share_of_women(grid, row)
    if share is not None:
        return format_number(share)
    statuses = {grid.cell(row, column).status for column in ("women", TOTAL)}
    if WITHHELD in statuses:
        return WITHHELD_SIGN
    return MISSING_SIGN if MISSING in statuses else NOTHING_SIGN


def time_of_table(report: Published, table: PublishedTable) -> str:
    """Tell when a breakdown was counted: a stock on its day, other things over the period.

    A table of survey rounds is told by its first and its last, a change between two days: the baseline's and
    the last one.
    """
    require_published(report)
    require_table(table)
    if table.rows == "round":
        return rounds_told(Grid.of(table))
    last = format_date(table.on or report.period.end)
    if is_signed(table):
        return f"{format_date(report.period.before().end)}–{last}"
    return last if is_of_last_day(table) else write_period(report.period)


def rounds_told(grid: Grid) -> str:
    """Tell which survey rounds a table holds; nothing where it holds none."""
    held = [round_held for row in grid.body if (round_held := round_of(row))]
    ends = dict.fromkeys(tell_round(one) for one in (held[:1] + held[-1:]))
    return join_words(list(ends), "till") or "ingen enkätomgång"
