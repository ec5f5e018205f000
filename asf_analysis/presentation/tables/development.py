"""The tables of the enterprises' development: those that answered both times, and how large they are."""

from __future__ import annotations

from asf_analysis.disclosure.published import SHOWN, WITHHELD, Published, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.changes import BASELINE, DEFINITION, PEOPLE
from asf_analysis.kpis.sizes import UNKNOWN_SIZE
from asf_analysis.presentation.block import Block, paragraphs, stack
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.tables.breakdown import time_of_table
from asf_analysis.presentation.tables.layout import Column, Layout, data_table
from asf_analysis.presentation.tables.notes import notes_of_signs
from asf_analysis.presentation.values import TOTAL_WORD, name_value
from asf_analysis.swedish.writing import format_date, start_sentence

DIRECTIONS = {"grown": "Fler än förut", "shrunk": "Färre än förut", "unchanged": "Lika många som förut"}
"""How an enterprise's people have changed, as a heading."""

NOT_IN_PUBLIC = (
    "Hur många personer företagen hade redovisas inte: då skulle uppgifter om enskilda personer i de övriga "
    "företagen kunna räknas fram."
)


def panel(report: Published) -> Block:
    """Show the enterprises that answered both times by whether they grew, and their people then and now.

    Where their people are withheld, a note says why.
    """
    published = require_published(report)
    table = published.table("panel_changes")
    grid = Grid.of(table)
    if not any(cell.value or cell.status == WITHHELD for cell in grid.cells.values()):
        return paragraphs(
            f"{table.title}, {time_of_table(published, table)}: det finns inga uppgifter att visa."
        )
    rows = [
        row for row in grid.rows if row != DEFINITION or any(grid.cell(row, c).value for c in grid.columns)
    ]
    people = _people_then_and_now(published)
    hidden = not people.rows and any(published.table(f"panel_{measure}").withheld for measure in PEOPLE)
    counted = Layout(
        caption=f"{table.title}, {time_of_table(published, table)}",
        columns=[
            Column(table.rows_label, number=False),
            *(Column(name_value("measure", measure), group="Företag") for measure in grid.columns),
        ],
        rows=[[_direction(row), *(str(grid.cell(row, measure)) for measure in grid.columns)] for row in rows],
        notes=[*notes_of_signs(grid, published.association.rules), *([NOT_IN_PUBLIC] if hidden else [])],
        source=table.source,
    )
    return stack(data_table(counted), data_table(people)) if people.rows else data_table(counted)


def _direction(row: str) -> str:
    return TOTAL_WORD if row == TOTAL else DIRECTIONS.get(row) or name_value("component", row)


def _people_then_and_now(report: Published) -> Layout:
    """Lay out the panel's people by sex on both days; without rows where they are not shown."""
    last = report.table("panel_changes").on or report.period.end
    days = ((BASELINE, report.period.before().end), (TOTAL, last))
    rows = []
    for measure in PEOPLE:
        grid = Grid.of(report.table(f"panel_{measure}"))
        for row, day in days:
            cells = [grid.cell(row, sex) for sex in ("women", "men", TOTAL)]
            if all(cell.status == SHOWN for cell in cells):
                rows.append([f"{name_value('measure', measure)} {format_date(day)}", *map(str, cells)])
    return Layout(
        caption="Personer i de företag som har svarat båda gångerna",
        columns=[
            Column("Personer och dag", number=False),
            *(Column(name_value("sex", sex), group="Personer") for sex in ("women", "men", TOTAL)),
        ],
        rows=rows,
        source=report.table("panel_changes").source,
    )


def sizes(report: Published) -> Block:
    """Show how many enterprises have how many employees, and how many people work in each size class."""
    published = require_published(report)
    table, of_people = published.table("enterprises_by_size"), published.table("employees_by_size")
    counts, people = Grid.of(table), Grid.of(of_people)
    rows = [row for row in counts.rows if row != UNKNOWN_SIZE or counts.cell(row, "enterprises").value]
    rules = published.association.rules
    notes = list(dict.fromkeys([*notes_of_signs(counts, rules), *notes_of_signs(people, rules)]))
    return data_table(
        Layout(
            caption=f"{table.title}, {time_of_table(published, table)}",
            columns=[
                Column(start_sentence(of_people.rows_label), number=False),
                Column("Företag"),
                *(Column(name_value("sex", sex), group="Anställda") for sex in people.columns),
            ],
            rows=[
                [
                    name_value("size", row),
                    str(counts.cell(row, "enterprises")),
                    *(str(people.cell(row, sex)) for sex in people.columns),
                ]
                for row in rows
            ],
            notes=notes,
            source=table.source,
        )
    )
