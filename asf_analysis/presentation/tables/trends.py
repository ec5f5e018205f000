"""The tables of several years: targets and results, survival, ages, women and men."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import MISSING, WITHHELD, PublishedTable
from asf_analysis.disclosure.trends import Trends, require_trends
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.survival import BEFORE, FOLLOWED
from asf_analysis.presentation.block import Block, element, join, legible, paragraphs
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.series import Series, YearFigure, all_years, notes_of_years, years_in_words
from asf_analysis.presentation.tables.breakdown import share_cell
from asf_analysis.presentation.tables.layout import (
    LISTING,
    Column,
    Layout,
    data_table,
    lines,
    status_line,
)
from asf_analysis.presentation.tables.notes import notes_of_signs, sources_of
from asf_analysis.presentation.values import (
    NOTHING_SIGN,
    goals_first,
    has_goal,
    label_with_unit,
    name_value,
    status_mark,
    write_outcome,
    write_target,
)
from asf_analysis.swedish.writing import format_date, format_number, start_sentence

NOT_YET = f"{NOTHING_SIGN} betyder att tiden inte har gått än för alla företag i gruppen."


def targets_by_year(report: Trends) -> Block:
    """Show every goal of every year: what was to be reached, what came, and how it was judged."""
    trends = require_trends(report)
    aimed = [
        outcome.kpi
        for outcome in goals_first(trends.current.outcomes)
        if any(has_goal(one.outcome(outcome.kpi.key)) for one in trends.years)
    ]
    if not aimed:
        return paragraphs("Inget mål är satt för något av åren.")
    told = [[one.outcome(kpi.key) for one in trends.years] for kpi in aimed]
    return data_table(
        Layout(
            caption=f"Mål och resultat {years_in_words(trends)}",
            columns=[
                Column("Nyckeltal (enhet)", number=False),
                *(Column(str(one.year), number=False) for one in trends.years),
            ],
            rows=[
                [label_with_unit(kpi.label, kpi.unit), *map(_judged, outcomes)]
                for kpi, outcomes in zip(aimed, told, strict=True)
            ],
            notes=[*notes_of_years(trends), *_notes_of_definitions(trends)],
            source=sources_of([outcome for outcomes in told for outcome in outcomes]),
            css=LISTING,
        )
    )


def _judged(outcome: Outcome) -> Block:
    """Write a year's result, its target and its status in one cell."""
    mark = status_mark(outcome)
    if outcome.kpi.kind == "milestone" and not outcome.period.whole_year:
        return lines(["året pågår"])
    if outcome.kpi.kind == "milestone":
        return Block(status_line(mark, name="div"), str(mark))
    target = f"mål {write_target(outcome)}" if has_goal(outcome) else "inget mål"
    warned = " *" if outcome.warnings else ""
    figures = f"{write_outcome(outcome)}{warned}, {target}"
    if not outcome.period.whole_year:
        return lines([figures, "hittills under året" if outcome.kpi.kind == "flow" else "året pågår"])
    if not has_goal(outcome):
        return lines([figures])
    return Block(join(element("div", figures), status_line(mark, name="div")), legible(f"{figures}; {mark}"))


def _notes_of_definitions(trends: Trends) -> list[str]:
    """Tell what the asterisks mean: where a year compares figures of different definitions."""
    return [
        f"* {outcome.kpi.label} {one.year}: {warning}"
        for one in trends.years
        for outcome in one.outcomes
        for warning in outcome.warnings
    ]


def courses_layout(trends: Trends, series: Sequence[Series]) -> Layout:
    """Lay out the KPIs over the years, result and target of each."""
    require_trends(trends)
    return Layout(
        caption=f"Resultat och mål {years_in_words(trends)}",
        columns=[
            Column("Nyckeltal (enhet)", number=False),
            *(Column(what, group=str(year)) for year in all_years(trends) for what in ("Resultat", "Mål")),
        ],
        rows=[
            [
                label_with_unit(one.kpi.label, one.kpi.unit),
                *(cell for figure in one.figures for cell in _figure_cells(figure)),
            ]
            for one in series
        ],
        notes=notes_of_years(trends),
        source=sources_of([figure.outcome for one in series for figure in one.figures if figure.outcome]),
    )


def _figure_cells(figure: YearFigure) -> tuple[str, str]:
    if figure.outcome is None:
        return NOTHING_SIGN, NOTHING_SIGN
    return write_outcome(figure.outcome), write_target(figure.outcome)


def changes_layout(trends: Trends) -> Layout:
    """Lay out starts and closures year by year."""
    require_trends(trends)
    table = trends.table("starts_and_closures")
    grid = Grid.of(table)
    return Layout(
        caption=f"{table.title} {years_in_words(trends)}",
        columns=[
            Column("År", number=False),
            Column("Startade"),
            Column("Lades ned"),
            Column("Verksamma vid periodens slut"),
        ],
        rows=[[row, *(str(grid.cell(row, column)) for column in grid.columns)] for row in grid.body],
        notes=notes_of_signs(grid, trends.association.rules),
        source=table.source,
    )


def closing_reasons(report: Trends) -> Block:
    """Show why enterprises have closed, year by year."""
    trends = require_trends(report)
    table = trends.table("closing_reasons")
    if not Grid.of(table).body:
        return paragraphs("Inget företag har lagts ned under åren.")
    return _by_year(trends, table)


def enterprise_ages(report: Trends) -> Block:
    """Show how old the active enterprises were at the end of each year."""
    trends = require_trends(report)
    return _by_year(trends, trends.table("enterprise_ages"))


def _by_year(trends: Trends, table: PublishedTable) -> Block:
    grid = Grid.of(table)
    return data_table(
        Layout(
            caption=f"{table.title} {years_in_words(trends)}, antal {table.unit}",
            columns=[
                Column(table.rows_label, number=False),
                *(Column(name_value(table.columns, column)) for column in grid.columns),
            ],
            rows=[
                [name_value(table.rows, row), *(str(grid.cell(row, column)) for column in grid.columns)]
                for row in grid.rows
            ],
            notes=notes_of_signs(grid, trends.association.rules),
            source=table.source,
        )
    )


def survival(report: Trends) -> Block:
    """Show how many of each year's new enterprises were left after one, two, three … years."""
    trends = require_trends(report)
    table = trends.table("survival")
    grid = Grid.of(table)
    spans = [column for column in grid.columns if column != FOLLOWED]
    withheld = grid.holds(WITHHELD)
    first, last_day = trends.years[0].year, format_date(trends.current.period.end)
    return data_table(
        Layout(
            caption=f"{table.title} efter hela år, till och med den {last_day}",
            columns=[
                Column("Startade", number=False),
                Column("Antal företag"),
                *(Column(f"Efter {span} år") for span in spans),
            ],
            rows=[
                [
                    cohort_name(row, trends),
                    str(grid.cell(row, FOLLOWED)),
                    *(_left(grid, row, span) for span in spans),
                ]
                for row in grid.body
            ],
            notes=[
                *([notes_of_signs(grid, trends.association.rules)[0]] if withheld else []),
                *([NOT_YET] if grid.holds(MISSING) else []),
                f"Företagen som fanns redan före {first} följs från den 1 januari {first}. De som har lagts "
                "ned tidigare är inte med, så gruppen går inte att jämföra med nystartade företag.",
            ],
            source=table.source,
        )
    )


def cohort_name(row: str, trends: Trends) -> str:
    """Name a cohort: the year in which it started, or that it started earlier."""
    require_trends(trends)
    return f"Före {trends.years[0].year}" if row == BEFORE else row


def _left(grid: Grid, row: str, span: str) -> str:
    """Write how many of a cohort are left as a count of its whole, never in percent: cohorts are small."""
    left, whole = grid.cell(row, span), grid.cell(row, FOLLOWED)
    if left.status == MISSING:
        return NOTHING_SIGN
    if left.value is None or whole.value is None:
        return str(left)
    return f"{format_number(left.value)} av {format_number(whole.value)}"


def people_by_year(report: Trends, key: str) -> Block:
    """Show women, men and total at the end of each year, with women's share."""
    trends = require_trends(report)
    if key not in trends.tables:
        return paragraphs("Uppgift om kvinnor och män saknas för åren.")
    table = trends.table(key)
    grid = Grid.of(table)
    return data_table(
        Layout(
            caption=f"{table.title} vid årets slut {years_in_words(trends)}",
            columns=[
                Column(table.rows_label, number=False),
                *(
                    Column(name_value("sex", column), group=start_sentence(table.unit))
                    for column in grid.columns
                ),
                Column("Andel kvinnor (%)"),
            ],
            rows=[
                [row, *(str(grid.cell(row, column)) for column in grid.columns), share_cell(grid, row)]
                for row in grid.rows
            ],
            notes=[*notes_of_signs(grid, trends.association.rules), *_note_of_last_day(trends)],
            source=table.source,
        )
    )


def _note_of_last_day(trends: Trends) -> list[str]:
    last = trends.current.period
    return [] if last.whole_year else [f"{last.year} gäller den {format_date(last.end)}."]
