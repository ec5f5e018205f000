"""The table of definitions: what each KPI counts."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.evidence import KPI_ROWS_FILE, write_evidence
from asf_analysis.presentation.kpi_links import kpi_target
from asf_analysis.presentation.tables.layout import LISTING, Cell, Column, Layout, data_table, lines
from asf_analysis.presentation.values import KIND_WORDS, NOTHING_SIGN
from asf_analysis.swedish.writing import start_sentence

COUNTED_FROM = "Räknat ur"
"""Heading of the column of source and raw rows; the public sees the source alone."""

_ROWS_EXPLAINED = (
    f"{COUNTED_FROM}: källan, och de rader i de inlämnade filerna som räknades, numrerade som i filen. En "
    f"blankett anges med raden för sin första fråga. Alla rader, en för en, står i {KPI_ROWS_FILE} bredvid "
    "rapporten. Vad städningen och rättelserna ändrade i dem står i städloggen."
)


def definitions(report: Published, keys: Sequence[str] = ()) -> Block:
    """Show what each KPI counts, of which kind it is, its unit and its source; links to a KPI lead here.

    `keys` chooses KPIs and indicators; without them all KPIs are shown. Under the source the internal
    audience is told the raw rows that the result was counted from.
    """
    published = require_published(report)
    internal = published.audience == "internal"
    headings = ["Nyckeltal", "Vad som räknas", "Slag", "Enhet", COUNTED_FROM if internal else "Källa"]
    return data_table(
        Layout(
            caption="Så räknas nyckeltalen",
            columns=[Column(heading, number=False) for heading in headings],
            rows=[_definition(outcome) for outcome in published.chosen(keys)],
            notes=[_ROWS_EXPLAINED] if internal else [],
            css=LISTING,
        )
    )


def _definition(outcome: Outcome) -> list[Cell]:
    """A definition; an outcome of the public edition has no evidence, and tells its source alone."""
    kpi = outcome.kpi
    return [
        kpi_target(kpi),
        kpi.formula,
        start_sentence(KIND_WORDS[kpi.kind]),
        kpi.unit or NOTHING_SIGN,
        lines([kpi.source, *write_evidence(outcome.evidence)]),
    ]
