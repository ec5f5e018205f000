"""A table of some indicators: what each is, its figure, and the counts behind it."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.indicator_words import write_counts
from asf_analysis.presentation.tables.layout import LISTING, Column, Layout, data_table
from asf_analysis.presentation.tables.notes import sources_of, why_withheld
from asf_analysis.presentation.values import MISSING_SIGN, WITHHELD_SIGN, write_outcome, write_period


def indicators(report: Published, keys: Sequence[str], about: str = "Mått") -> Block:
    """Show some indicators of a report; raises UnknownName for one that it does not have.

    `about` says in the caption what they tell of.
    """
    published = require_published(report)
    outcomes = [published.outcome(key) for key in keys]
    headings = ["Mått", "Resultat", "Bygger på", "Vad som räknas"]
    return data_table(
        Layout(
            caption=f"{about}, {write_period(published.period)}",
            columns=[Column(heading, number=False) for heading in headings],
            rows=[
                [outcome.kpi.label, _with_unit(outcome), write_counts(outcome), outcome.kpi.formula]
                for outcome in outcomes
            ],
            notes=_notes(published, outcomes),
            source=sources_of(outcomes),
            css=LISTING,
        )
    )


def _with_unit(outcome: Outcome) -> str:
    """The figure and its unit, unless a percent sign or the label tells it."""
    figure, unit = write_outcome(outcome), outcome.kpi.unit
    if outcome.result.amount is None or outcome.result.whole is not None:
        return figure
    return figure if unit.lower() in outcome.kpi.label.lower() else f"{figure} {unit}"


def _notes(report: Published, outcomes: Sequence[Outcome]) -> list[str]:
    """Explain the signs of figures that are withheld or missing."""
    absent = [outcome.result for outcome in outcomes if outcome.result.amount is None]
    withheld = (
        f"{WITHHELD_SIGN} betyder att uppgiften inte redovisas. {why_withheld(report.association.rules)}"
    )
    return [
        *([withheld.strip()] if any(result.withheld for result in absent) else []),
        *([f"{MISSING_SIGN} betyder att uppgift saknas."] if any(not one.withheld for one in absent) else []),
    ]
