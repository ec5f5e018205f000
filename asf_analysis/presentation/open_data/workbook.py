"""`kpis.xlsx`: the KPIs, every breakdown and what the words and signs mean, for people who use Excel."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from openpyxl import Workbook

from asf_analysis.association import Rules
from asf_analysis.disclosure.published import Published, PublishedTable, require_published
from asf_analysis.kpis.outcomes import Outcome, exact_fulfilment
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.block import legible
from asf_analysis.presentation.cover import Cover, annual_report
from asf_analysis.presentation.grids import Grid, share_of_women, tells_share
from asf_analysis.presentation.open_data.layout import (
    LONGEST_NAME,
    Content,
    Figure,
    Sheet,
    SheetColumn,
    amount_form,
    percent_form,
    told_apart,
)
from asf_analysis.presentation.open_data.read_me import read_me
from asf_analysis.presentation.open_data.sheets import draw_sheet, draw_text
from asf_analysis.presentation.shares import in_percent
from asf_analysis.presentation.tables.breakdown import share_cell, time_of_table
from asf_analysis.presentation.tables.notes import (
    brief_answers,
    notes_of_shares,
    notes_of_signs,
    told_answers,
    told_without_carried,
)
from asf_analysis.presentation.values import (
    KIND_WORDS,
    MISSING_SIGN,
    NOTHING_SIGN,
    decimals_of,
    decimals_of_target,
    goals_first,
    has_goal,
    is_small_share,
    name_value,
    percent_of_target,
    shown_percent,
    status_mark,
    write_outcome,
    write_result,
    write_target,
)
from asf_analysis.spreadsheets import same_everywhere
from asf_analysis.swedish.writing import start_sentence, within_sentence

READ_ME, KPIS = "Läs mig", "Nyckeltal"

KPI_COLUMNS = (
    SheetColumn("Nyckeltal", 34),
    SheetColumn("Enhet", 17),
    SheetColumn("Slag", 18),
    SheetColumn("Utgångsläge", 14, number=True),
    SheetColumn("Mål", 10, number=True),
    SheetColumn("Resultat", 12, number=True),
    SheetColumn("Ungefärligt", 14),
    SheetColumn("Status", 18),
    SheetColumn("Måluppfyllelse", 17, number=True),
    SheetColumn("Andel av planerad förändring", 20, number=True),
    SheetColumn("Svarsandel", 14, number=True),
    SheetColumn("Tidigare publicerat", 15, number=True),
    SheetColumn("Namn", 26),
    SheetColumn("Anmärkning", 50),
    SheetColumn("Så räknas det", 46),
    SheetColumn("Källa", 22),
    SheetColumn("Nyckel i kpis.csv", 26),
)

GOAL_COLUMNS = 12
"""Those that a first printed page holds: the goals. The rest tell how they came about."""


def workbook(report: Published) -> bytes:
    """Lay out a year's figures as an Excel workbook; the same figures give the same bytes.

    The first sheet tells what the workbook is, bears the stamps and leads to the others: the KPIs, and a
    sheet for each breakdown with its rows and columns as in the report. Numbers are numbers; signs stand for
    what is withheld or missing.
    """
    published = require_published(report)
    cover = annual_report(published)
    sheets = [_kpi_sheet(published, cover), *_breakdown_sheets(published, cover)]
    book = Workbook()
    book.remove(book.active)
    parts = read_me(published, [sheet.name for sheet in sheets])
    draw_text(book, READ_ME, cover.title, parts, _short(cover.stamps))
    for sheet in sheets:
        draw_sheet(book, sheet, header=f"{cover.title}: {sheet.name}", footer=_short(cover.stamps))
    _describe(book, cover)
    target = io.BytesIO()
    book.save(target)
    return same_everywhere(target.getvalue())


def _describe(book: Workbook, cover: Cover) -> None:
    """Say in the workbook's properties what it is and who made it; nothing of the machine or its user."""
    properties = book.properties
    properties.creator, properties.title = legible(cover.organisation), legible(cover.title)
    properties.description = legible(" ".join([cover.description, *cover.stamps]))
    properties.language = "sv-SE"


def _short(stamps: Sequence[str]) -> str:
    return " · ".join(stamp.partition(":")[0] for stamp in stamps)


def _kpi_sheet(report: Published, cover: Cover) -> Sheet:
    rules = report.association.rules
    return Sheet(
        name=KPIS,
        table="kpis",
        columns=KPI_COLUMNS,
        rows=[_kpi_row(outcome, rules) for outcome in goals_first(report.outcomes)],
        second_page=GOAL_COLUMNS,
        notes=[f"Tecken och ord förklaras på bladet {READ_ME}.", *cover.stamps],
    )


def _kpi_row(outcome: Outcome, rules: Rules) -> list[Content]:
    kpi, result = outcome.kpi, outcome.result
    return [
        kpi.label,
        kpi.unit or NOTHING_SIGN,
        start_sentence(KIND_WORDS[kpi.kind]),
        _figure(outcome.baseline, NOTHING_SIGN, kpi.decimals, outcome.share_base),
        _target(outcome),
        write_outcome(outcome)
        if kpi.kind == "milestone"
        else _figure(result, MISSING_SIGN, decimals_of(outcome), outcome.share_base),
        "Ja" if result.approximate else "Nej",
        status_mark(outcome),
        _fulfilment(outcome, rules),
        NOTHING_SIGN
        if is_small_share(outcome)
        else _share(outcome.share_of_planned_change, result.approximate or outcome.baseline.approximate),
        _share(result.coverage) if in_percent(result.asked or 0, outcome.share_base) else NOTHING_SIGN,
        _published(outcome),
        ", ".join(result.members),
        _remarks(outcome),
        kpi.formula,
        kpi.source,
        kpi.key,
    ]


def _figure(result: Result, absent: str, decimals: int, share_base: int) -> Content:
    """Give a result as a number: a share in percent, anything else as an amount; a text for what is none.

    A share of few is its counts.
    """
    percent = shown_percent(result, decimals, share_base)
    if percent is not None:
        return Figure(percent / 100, percent_form(decimals, result.approximate))
    if result.amount is None or result.whole is not None:
        return write_result(result, absent, decimals, share_base)
    return Figure(result.amount, amount_form(result.amount, result.approximate, decimals))


def _target(outcome: Outcome) -> Content:
    value = outcome.target.value if outcome.target else None
    if value is None:
        return write_target(outcome)
    decimals = decimals_of_target(outcome, value)
    if outcome.is_share:
        return Figure(value / 100, percent_form(decimals))
    return Figure(value, amount_form(value, decimals=decimals))


def _fulfilment(outcome: Outcome, rules: Rules) -> Content:
    """Give the fulfilment with as many decimals as keep it on its side of the limits, as in the report."""
    exact = exact_fulfilment(outcome.result, outcome.target)
    if outcome.fulfilment is None or exact is None or is_small_share(outcome):
        return NOTHING_SIGN
    written = percent_of_target(exact, rules.near_target_percent)
    decimals = len(written.partition(",")[2])
    return Figure(outcome.fulfilment, percent_form(decimals, outcome.result.approximate))


def _share(share: float | None, approximate: bool = False) -> Content:
    return NOTHING_SIGN if share is None else Figure(share, percent_form(approximate=approximate))


def _published(outcome: Outcome) -> Content:
    told = outcome.published
    if told is None:
        return NOTHING_SIGN
    if told.result is None:
        return start_sentence(told.status) or NOTHING_SIGN
    return Figure(told.result, amount_form(told.result, told.approximate))


def _remarks(outcome: Outcome) -> str:
    reason = f"Kan inte bedömas: {outcome.reason}." if outcome.reason and has_goal(outcome) else ""
    what = "Bedömningen" if outcome.kpi.kind == "milestone" else "Uppgiften"
    answers = [told_answers(outcome.result, what), told_without_carried(outcome)]
    return " ".join(filter(None, [reason, *outcome.warnings, *answers]))


def _breakdown_sheets(report: Published, cover: Cover) -> list[Sheet]:
    tables = list(report.tables.values())
    names = told_apart([READ_ME, KPIS, *map(_sheet_name, tables)], LONGEST_NAME)[2:]
    return [_breakdown_sheet(report, cover, table, name) for table, name in zip(tables, names, strict=True)]


def _sheet_name(table: PublishedTable) -> str:
    """Name a table's sheet briefly, without the signs that Excel does not allow there."""
    subject, parted, _ = table.title.partition(" efter ")
    name = f"{subject} per {within_sentence(table.rows_label)}" if parted else table.title
    return re.sub(r"[\[\]:*?/\\']", " ", legible(name)).strip()


def _breakdown_sheet(report: Published, cover: Cover, table: PublishedTable, name: str) -> Sheet:
    grid = Grid.of(table)
    headings = [name_value(table.columns, column) for column in grid.columns]
    shares = ["Andel kvinnor"] if tells_share(table) else []
    rows = {row: _breakdown_row(table, grid, row) for row in grid.rows}
    return Sheet(
        name=name,
        table=table.key,
        columns=[
            SheetColumn(table.rows_label, 32),
            *(
                SheetColumn(heading, max(13, min(len(heading) + 4, 26)), True)
                for heading in [*headings, *shares]
            ),
        ],
        rows=[cells for row, cells in rows.items() if row in grid.body],
        total=next((cells for row, cells in rows.items() if row not in grid.body), ()),
        notes=[
            f"{table.title}, {time_of_table(report, table)}. Enhet: {table.unit}.",
            *([f"{answers}."] if (answers := brief_answers(table)) else []),
            *notes_of_signs(grid, report.association.rules),
            *(notes_of_shares(grid) if shares else []),
            f"Källa: {table.source}.",
            *cover.stamps,
        ],
    )


def _breakdown_row(table: PublishedTable, grid: Grid, row: str) -> list[Content]:
    cells = [grid.cell(row, column) for column in grid.columns]
    figures: list[Content] = [
        str(cell) if cell.value is None else Figure(cell.value, amount_form(cell.value)) for cell in cells
    ]
    return [
        name_value(table.rows, row),
        *figures,
        *([_share_of_women(grid, row)] if tells_share(table) else []),
    ]


def _share_of_women(grid: Grid, row: str) -> Content:
    share = share_of_women(grid, row)
    return share_cell(grid, row) if share is None else Figure(share / 100, percent_form())
