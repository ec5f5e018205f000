"""The table of definitions: what each KPI counts."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.tables.layout import Column, Layout, data_table
from asf_analysis.presentation.values import KIND_WORDS, NOTHING_SIGN
from asf_analysis.swedish.writing import start_sentence


def definitions(report: Published) -> Block:
    """Show what each KPI counts, of which kind it is, its unit and its source."""
    published = require_published(report)
    return data_table(
        Layout(
            caption="Så räknas nyckeltalen",
            columns=[
                Column("Nyckeltal", number=False),
                Column("Vad som räknas", number=False),
                Column("Slag", number=False),
                Column("Enhet", number=False),
                Column("Källa", number=False),
            ],
            rows=[
                [
                    outcome.kpi.label,
                    outcome.kpi.formula,
                    start_sentence(KIND_WORDS[outcome.kpi.kind]),
                    outcome.kpi.unit or NOTHING_SIGN,
                    outcome.kpi.source,
                ]
                for outcome in published.outcomes
            ],
        )
    )
