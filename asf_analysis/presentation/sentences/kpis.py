"""One KPI at a time, and the milestones."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.tables.notes import told_answers
from asf_analysis.presentation.telling import tell_milestone, tell_outcome
from asf_analysis.presentation.values import write_period


def kpi(report: Published, key: str) -> Block:
    """Tell one KPI: its figure, its target, where it started from, and what a reader must know about it."""
    published = require_published(report)
    outcome = published.outcome(key)
    if outcome.kpi.kind == "milestone":
        return paragraphs(tell_milestone(outcome))
    return paragraphs(
        tell_outcome(outcome, published.association.rules),
        " ".join(filter(None, [told_answers(outcome.result), *outcome.warnings])),
    )


def milestones(report: Published) -> Block:
    """Tell of each milestone whether it was reached, with what people wrote about it."""
    published = require_published(report)
    outcomes = [outcome for outcome in published.outcomes if outcome.kpi.kind == "milestone"]
    if not outcomes:
        return paragraphs(f"Inga milstolpar är satta för {write_period(published.period)}.")
    return paragraphs(*(tell_milestone(outcome) for outcome in outcomes))
