"""The table of whom the information reached: activities and contacts side by side."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.tables.breakdown import time_of_table
from asf_analysis.presentation.tables.layout import Column, Layout, data_table
from asf_analysis.presentation.tables.notes import notes_of_signs
from asf_analysis.presentation.values import name_value
from asf_analysis.swedish.writing import start_sentence


def reach(report: Published, by: str) -> Block:
    """Show activities, and the contacts they gave, for each `party` or `municipality`.

    Raises UnknownName for anything else.
    """
    published = require_published(report)
    contacts, activities = published.table(f"reach_by_{by}"), published.table(f"activities_by_{by}")
    grid, held = Grid.of(contacts), Grid.of(activities)
    reached = [
        Column(name_value(contacts.columns, column), group=start_sentence(contacts.unit))
        for column in grid.columns
    ]
    return data_table(
        Layout(
            caption=f"Informationsinsatser och kontakter efter {contacts.rows_label.lower()}, "
            f"{time_of_table(published, contacts)}",
            columns=[
                Column(contacts.rows_label, number=False),
                Column(start_sentence(activities.unit)),
                *reached,
            ],
            rows=[
                [
                    name_value(contacts.rows, row),
                    str(held.cell(row, TOTAL)),
                    *(str(grid.cell(row, column)) for column in grid.columns),
                ]
                for row in grid.rows
            ],
            notes=[
                "Ungefärliga uppgifter ingår med det antal som har uppgetts.",
                *notes_of_signs(grid, published.association.rules),
            ],
            source=contacts.source,
        )
    )
