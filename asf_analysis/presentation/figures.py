"""The charts of a report; what their titles and alternative texts say is computed from what they show."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import WITHHELD, Published, PublishedTable, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.presentation.balance_figure import balance
from asf_analysis.presentation.block import Block, paragraphs, stack
from asf_analysis.presentation.bullets import LONGEST, bullet_of, draw_bullets, draw_narrow_bullets
from asf_analysis.presentation.changes_figure import changes
from asf_analysis.presentation.chart import Chart, draw_both, figure_block
from asf_analysis.presentation.findings import (
    busiest_months,
    goals_reached,
    kinds_by_size,
    more_women_or_men,
    women_in_all,
)
from asf_analysis.presentation.grids import Cell, Grid, people_grid
from asf_analysis.presentation.lollipops import Pair, draw_narrow_pairs, draw_pairs
from asf_analysis.presentation.maps import county_map
from asf_analysis.presentation.months import MOST_KINDS, MonthRow, draw_months, draw_narrow_months
from asf_analysis.presentation.quality_figures import missing_answers
from asf_analysis.presentation.rounds_figure import rounds
from asf_analysis.presentation.tables.breakdown import breakdown_layout, time_of_table
from asf_analysis.presentation.tables.layout import COMPACT, Column, Layout, data_table
from asf_analysis.presentation.tables.notes import PROTECTED, sources_of
from asf_analysis.presentation.trend_figures import forecasts, starts_and_closures, trend_lines
from asf_analysis.presentation.values import (
    has_goal,
    has_target,
    label_with_unit,
    name_value,
    status_mark,
    write_baseline,
    write_outcome,
    write_period,
    write_target,
)
from asf_analysis.swedish.writing import format_month_short, format_number, within_sentence

__all__ = [
    "activities",
    "balance",
    "changes",
    "county_map",
    "forecasts",
    "goals",
    "missing_answers",
    "rounds",
    "starts_and_closures",
    "trend_lines",
    "women_and_men",
]

NOT_SHOWN, NOT_KNOWN_WORDS = "redovisas inte", "uppgift saknas"
IN_FIGURES = " i siffror"


def goals(report: Published) -> Block:
    """Draw every goal in figures as a bullet: result, target and baseline."""
    published = require_published(report)
    outcomes = [outcome for outcome in published.outcomes if has_target(outcome)]
    if not outcomes:
        return paragraphs(f"Det finns inga mål i siffror att visa för {write_period(published.period)}.")
    milestones = any(has_goal(outcome) and not has_target(outcome) for outcome in published.outcomes)
    title = goals_reached(outcomes, published.period, IN_FIGURES if milestones else "")
    bullets = [bullet_of(outcome) for outcome in outcomes]
    cut = any(bullet.ratio is not None and bullet.ratio > LONGEST for bullet in bullets)
    drawn = draw_both(lambda: draw_bullets(bullets), lambda: draw_narrow_bullets(bullets))
    started = any(outcome.baseline.amount is not None for outcome in outcomes)
    subtitle = "Resultat i procent av målet. Stapel: resultat. Lodrät linje: målet."
    return figure_block(
        Chart(
            title=title,
            subtitle=subtitle
            + (" Vit romb: utgångsläge." if started else "")
            + (" En stapel med pil är längre än vad som får plats." if cut else ""),
            alt=f"Liggande staplar, en för varje mål, mot en gemensam linje för målet. {title}. "
            + " ".join(_told_goal(outcome) for outcome in outcomes),
            drawn=drawn,
            data=_data_of_goals(published, outcomes),
        )
    )


def _told_goal(outcome: Outcome) -> str:
    baseline = f", utgångsläge {write_baseline(outcome)}" if outcome.baseline.amount is not None else ""
    result = NOT_KNOWN_WORDS if outcome.result.amount is None else f"resultat {write_outcome(outcome)}"
    status = status_mark(outcome).word.lower()
    return f"{outcome.kpi.label}: {result}, mål {write_target(outcome)}{baseline}, {status}."


def _data_of_goals(report: Published, outcomes: Sequence[Outcome]) -> Layout:
    return Layout(
        caption=f"Mål i siffror {write_period(report.period)}",
        columns=[
            Column("Nyckeltal (enhet)", number=False),
            Column("Utgångsläge"),
            Column("Mål"),
            Column("Resultat"),
            Column("Status", number=False),
        ],
        rows=[
            [
                label_with_unit(outcome.kpi.label, outcome.kpi.unit),
                write_baseline(outcome),
                write_target(outcome),
                write_outcome(outcome),
                status_mark(outcome),
            ]
            for outcome in outcomes
        ],
        source=sources_of(outcomes),
        css=COMPACT,
    )


def women_and_men(report: Published, key: str) -> Block:
    """Draw a breakdown of people: women and men of each row, with what is withheld said in words."""
    published = require_published(report)
    table = published.table(key)
    grid = people_grid(table)
    shown = [grid.cell(row, sex).value for row in grid.body for sex in ("women", "men")]
    if not any(shown):
        why = _why_nobody_is_drawn(table, grid, time_of_table(published, table))
        return _without_chart(why, published, table, grid)
    pairs = [
        Pair(name_value(table.rows, row), _drawn(grid.cell(row, "women")), _drawn(grid.cell(row, "men")))
        for row in grid.body
    ]
    in_all = women_in_all(table)
    title = more_women_or_men(table) or in_all or f"Kvinnor och män: {within_sentence(table.title)}"
    drawn = draw_both(lambda: draw_pairs(pairs), lambda: draw_narrow_pairs(pairs))
    return figure_block(
        Chart(
            title=title,
            subtitle=f"{table.title}, antal kvinnor och män, {time_of_table(published, table)}",
            alt=" ".join(
                [
                    f"Liggande staplar för kvinnor och män. {title}.",
                    *([f"{in_all}."] if in_all and in_all != title else []),
                    *map(_told_pair, pairs),
                ]
            ),
            drawn=drawn,
            data=breakdown_layout(published, table),
        )
    )


def _why_nobody_is_drawn(table: PublishedTable, grid: Grid, when: str) -> str:
    if grid.holds(WITHHELD):
        why = PROTECTED
    elif grid.cell(TOTAL, TOTAL).value == 0:
        why = "eftersom det finns ingen att visa"
    else:
        why = "eftersom uppgifter saknas"
    return f"{table.title}, {when}: inget diagram visas, {why}."


def _without_chart(why: str, report: Published, table: PublishedTable, grid: Grid) -> Block:
    """Say why there is no chart, and show in a table what is known all the same."""
    known = any(cell.value for cell in grid.cells.values())
    told = paragraphs(why)
    return stack(told, data_table(breakdown_layout(report, table))) if known else told


def _drawn(cell: Cell) -> int | str:
    if cell.value is not None:
        return cell.value
    return NOT_SHOWN if cell.status == WITHHELD else NOT_KNOWN_WORDS


def _told_pair(pair: Pair) -> str:
    if isinstance(pair.women, str) and pair.women == pair.men:
        return f"{pair.name}: {pair.women}."
    women = pair.women if isinstance(pair.women, str) else format_number(pair.women)
    men = pair.men if isinstance(pair.men, str) else format_number(pair.men)
    return f"{pair.name}: kvinnor {women}, män {men}."


def activities(report: Published) -> Block:
    """Draw the year's activities by month: all of them, and the kinds that were most usual."""
    published = require_published(report)
    table = published.table("activities_by_month")
    grid = Grid.of(table)
    when = write_period(published.period)
    if not any(grid.cell(row, TOTAL).value for row in grid.body):
        none = grid.cell(TOTAL, TOTAL).value == 0
        why = f"Inga informationsinsatser genomfördes {when}, och därför visas inget diagram."
        missing = f"{table.title} {when}: inget diagram visas, eftersom uppgifter saknas."
        return _without_chart(why if none else missing, published, table, grid)
    rows = _rows_of_months(grid, table.unit)
    title = busiest_months(table) or table.title
    months = [_short_month(row) for row in grid.body]
    drawn = draw_both(lambda: draw_months(rows, months), lambda: draw_narrow_months(rows, months))
    return figure_block(
        Chart(
            title=title,
            subtitle=f"{table.title}, antal {table.unit} {when}",
            alt=f"Små stapeldiagram över månaderna: alla {table.unit}, och de vanligaste slagen. {title}. "
            + " ".join([_told_months(rows[0], grid), *map(_told_whole, rows[1:])]),
            drawn=drawn,
            data=breakdown_layout(published, table),
        )
    )


def _short_month(row: str) -> str:
    return format_month_short(int(row)) if row.isdecimal() and 1 <= int(row) <= 12 else row


def _rows_of_months(grid: Grid, unit: str) -> list[MonthRow]:
    """All activities, the most usual kinds, and the rest together where there are more than fit."""
    kinds = kinds_by_size(grid)
    alone = kinds if len(kinds) <= MOST_KINDS else kinds[:MOST_KINDS]
    rest = kinds[len(alone) :]
    rest_name = name_value("kind", rest[0]) if len(rest) == 1 else "Övriga"
    return [
        _month_row(f"Alla {unit}", [TOTAL], grid),
        *(_month_row(name_value("kind", kind), [kind], grid) for kind in alone),
        *([_month_row(rest_name, rest, grid)] if rest else []),
    ]


def _month_row(name: str, kinds: Sequence[str], grid: Grid) -> MonthRow:
    whole = _sum([grid.cell(TOTAL, kind).value for kind in kinds])
    return MonthRow(
        name=name,
        whole="" if whole is None else f"totalt {format_number(whole)}",
        counts=tuple(_sum([grid.cell(row, kind).value for kind in kinds]) for row in grid.body),
    )


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _told_months(row: MonthRow, grid: Grid) -> str:
    months = [name_value("month", month).lower() for month in grid.body]
    told = [
        f"{month} {NOT_SHOWN if count is None else format_number(count)}"
        for month, count in zip(months, row.counts, strict=True)
    ]
    return f"{row.name}: {', '.join(told)}."


def _told_whole(row: MonthRow) -> str:
    return f"{row.name}: {row.whole or NOT_SHOWN}."
