"""The table of lectures given outside the county."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.tables.layout import Column, Layout, data_table
from asf_analysis.presentation.values import write_period


def lectures(report: Published) -> Block:
    """Show the lectures given outside the county, by day and place."""
    published = require_published(report)
    when, area = write_period(published.period), published.association.area
    if not published.lectures:
        return paragraphs(f"Inga föreläsningar hölls utanför {area} under {when}.")
    return data_table(
        Layout(
            caption=f"Föreläsningar utanför {area} {when}",
            columns=[Column("Datum", number=False), Column("Plats", number=False)],
            rows=[list(lecture) for lecture in published.lectures],
            source=_source_of(published, "external_lectures"),
        )
    )


def _source_of(report: Published, key: str) -> str:
    return next((outcome.kpi.source for outcome in report.outcomes if outcome.kpi.key == key), "")
