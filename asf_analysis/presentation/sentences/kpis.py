"""One KPI at a time, several that belong together, and the milestones."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.tables.notes import told_answers, told_without_carried
from asf_analysis.presentation.telling import (
    NO_TARGET,
    against_target,
    tell_figure,
    tell_milestone,
    tell_outcome,
)
from asf_analysis.presentation.values import has_target, write_period


def kpi(report: Published, key: str) -> Block:
    """Tell one KPI: its figure, its target, where it started from, and what a reader must know about it."""
    published = require_published(report)
    outcome = published.outcome(key)
    if outcome.kpi.kind == "milestone":
        return paragraphs(tell_milestone(outcome))
    return paragraphs(
        tell_outcome(outcome, published.association.rules),
        " ".join(
            filter(None, [told_answers(outcome.result), told_without_carried(outcome), *outcome.warnings])
        ),
    )


def milestones(report: Published) -> Block:
    """Tell of each milestone whether it was reached, with what people wrote about it."""
    published = require_published(report)
    outcomes = [outcome for outcome in published.outcomes if outcome.kpi.kind == "milestone"]
    if not outcomes:
        return paragraphs(f"Inga milstolpar är satta för {write_period(published.period)}.")
    return paragraphs(*(tell_milestone(outcome) for outcome in outcomes))


def target_of(report: Published, key: str) -> str:
    """Tell how a KPI stands to its target; nothing where it has none, or the report has no such KPI."""
    require_published(report)
    rules = report.association.rules
    return next((against_target(outcome, rules) for outcome in report.outcomes if outcome.kpi.key == key), "")


def tell_together(report: Published, keys: Sequence[str]) -> list[str]:
    """Tell flows that belong together, a text for each; the period, and that targets lack, is said once."""
    require_published(report)
    outcomes = [report.outcome(key) for key in keys]
    no_targets = len(outcomes) > 1 and not any(map(has_target, outcomes))
    told = []
    for place, outcome in enumerate(outcomes):
        when = "" if place == 0 else _again(report, last=1 < place == len(outcomes) - 1)
        target = against_target(outcome, report.association.rules)
        parts = [tell_figure(outcome, when), target or ("" if no_targets else NO_TARGET)]
        told.append(" ".join(filter(None, [*parts, *outcome.warnings])))
    return [*told[:-1], f"{told[-1]} Inga mål är satta för detta."] if no_targets else told


def _again(report: Published, last: bool) -> str:
    """What stands for the period where it was named in the sentence before."""
    if last:
        return "dessutom"
    return "samma år" if write_period(report.period).isdecimal() else "under samma period"
