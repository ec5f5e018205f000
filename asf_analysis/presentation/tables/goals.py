"""The table of goals: every KPI's baseline, target, result and status."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from asf_analysis.association import Rules
from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.outcomes import NEAR, Outcome
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.findings import in_short, listed
from asf_analysis.presentation.kpi_links import kpi_link
from asf_analysis.presentation.tables.layout import Cell, Column, Layout, data_table
from asf_analysis.presentation.tables.notes import sources_of, told_answers, told_fewest_answers
from asf_analysis.presentation.telling import tell_pace
from asf_analysis.presentation.values import (
    MISSING_SIGN,
    NOTHING_SIGN,
    goals_first,
    has_goal,
    label_with_unit,
    status_mark,
    write_baseline,
    write_fulfilment,
    write_outcome,
    write_period,
    write_share,
    write_target,
)
from asf_analysis.swedish.writing import start_sentence


def goals(report: Published) -> Block:
    """Show every KPI's baseline, target, result and status, those with a goal first.

    A KPI's name leads to its definition.
    """
    published = require_published(report)
    rules = published.association.rules
    outcomes = goals_first(published.outcomes)
    rows = [_goal_row(outcome, rules) for outcome in outcomes]
    return data_table(
        Layout(
            caption=f"Mål och resultat {write_period(published.period)}",
            columns=[
                Column("Nyckeltal (enhet)", number=False),
                Column("Utgångsläge"),
                Column("Mål"),
                Column("Resultat"),
                Column("Måluppfyllelse (%)"),
                Column("Andel av planerad förändring (%)"),
                Column("Status", number=False),
            ],
            rows=rows,
            notes=_notes(outcomes, rows, rules),
            source=sources_of(outcomes),
            css="data goals",
        )
    )


def _goal_row(outcome: Outcome, rules: Rules) -> list[Cell]:
    return [
        kpi_link(outcome.kpi, label_with_unit(outcome.kpi.label, outcome.kpi.unit)),
        write_baseline(outcome),
        write_target(outcome),
        write_outcome(outcome),
        write_fulfilment(outcome, rules),
        write_share(outcome.share_of_planned_change, outcome),
        status_mark(outcome),
    ]


def _notes(outcomes: Sequence[Outcome], rows: Sequence[Sequence[object]], rules: Rules) -> list[str]:
    """What must stand below the table, most needed first; what is true of several KPIs is said once."""
    paced = [told for outcome in outcomes if (told := _pace(outcome))]
    notes = [
        *(["Målen gäller hela året.", *paced] if paced else []),
        *(f"{labels} kan inte bedömas: {reason}." for reason, labels in _gathered(outcomes, _reason)),
        *(f"{labels}: {warning}" for warning, labels in _gathered(outcomes, _warnings)),
        *(f"{labels}: {answers}" for answers, labels in _gathered(outcomes, _answers)),
        _words_explained(outcomes, rules),
        _signs_explained(rows),
    ]
    return [note for note in notes if note]


def _gathered(outcomes: Sequence[Outcome], say: Callable[[Outcome], Sequence[str]]) -> list[tuple[str, str]]:
    """Give each text that is said of some KPIs once, with the names of those it is said of."""
    labels: dict[str, list[str]] = {}
    for outcome in outcomes:
        for text in say(outcome):
            labels.setdefault(text, []).append(in_short(outcome))
    return [(text, start_sentence(listed(having))) for text, having in labels.items()]


def _reason(outcome: Outcome) -> list[str]:
    return [outcome.reason] if outcome.reason and has_goal(outcome) else []


def _pace(outcome: Outcome) -> str:
    told = tell_pace(outcome)
    return f"{outcome.kpi.label}: {told[0].lower()}{told[1:]}" if told else ""


def _warnings(outcome: Outcome) -> Sequence[str]:
    return outcome.warnings


def _answers(outcome: Outcome) -> list[str]:
    tell = told_fewest_answers if outcome.kpi.kind == "milestone" else told_answers
    told = tell(outcome.result)
    return [told] if told else []


def _words_explained(outcomes: Sequence[Outcome], rules: Rules) -> str:
    """Explain the words that the table uses, and no others."""
    explanations = [
        (
            any(outcome.status == NEAR for outcome in outcomes),
            f"Nära målet: minst {rules.near_target_percent} procent av målet.",
        ),
        (
            any(outcome.result.approximate or outcome.baseline.approximate for outcome in outcomes),
            f"ca: uppgiften är ungefärlig och kan avvika {rules.approximate_percent} procent åt vardera "
            "hållet, om inget annat är angivet.",
        ),
        (
            any(outcome.kpi.kind == "milestone" for outcome in outcomes),
            "Milstolpar har inget tal: de har nåtts (ja) eller inte (nej).",
        ),
    ]
    return " ".join(text for holds, text in explanations if holds)


def _signs_explained(rows: Sequence[Sequence[object]]) -> str:
    meanings = {NOTHING_SIGN: "att det inte finns något att visa", MISSING_SIGN: "att uppgift saknas"}
    used = [f"{sign} {meaning}" for sign, meaning in meanings.items() if any(sign in row for row in rows)]
    return f"I tabellen betyder {', och '.join(used)}." if used else ""
