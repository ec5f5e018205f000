"""The table of reconciliation: what was computed beside what was published."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.outcomes import Outcome, PublishedFigure
from asf_analysis.kpis.reconciliation import differences
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.tables.layout import Column, Layout, data_table
from asf_analysis.presentation.values import (
    NOTHING_SIGN,
    status_mark,
    write_amount,
    write_baseline,
    write_outcome,
    write_target,
)
from asf_analysis.swedish.writing import approximately, join_words, start_sentence

AGREES, DIFFERS = "Stämmer", "Avviker"


def reconciliation(report: Published) -> Block:
    """Show every computed figure beside the one that was published, and whether they agree."""
    published = require_published(report)
    compared = [(outcome, outcome.published) for outcome in published.outcomes if outcome.published]
    if not compared:
        return paragraphs(f"Inga tidigare publicerade uppgifter finns att jämföra med för {published.year}.")
    groups = ("Utgångsläge", "Mål", "Resultat")
    parts = [Column(heading, group=group) for group in groups for heading in ("Beräknat", "Publicerat")]
    sources = list(dict.fromkeys(figure.source for _, figure in compared if figure.source))
    return data_table(
        Layout(
            caption=f"Beräknade och tidigare publicerade uppgifter {published.year}",
            columns=[Column("Nyckeltal", number=False), *parts, Column("Jämförelse", number=False)],
            rows=[_reconciled(outcome, figure) for outcome, figure in compared],
            notes=[f"{NOTHING_SIGN} betyder att uppgiften inte finns, eller inte har publicerats."],
            source=join_words(sources),
        )
    )


def _reconciled(outcome: Outcome, figure: PublishedFigure) -> list[str]:
    result = NOTHING_SIGN if figure.result is None else write_amount(figure.result)
    if outcome.kpi.kind == "milestone":
        return [
            outcome.kpi.label,
            *[NOTHING_SIGN] * 4,
            status_mark(outcome).word,
            start_sentence(figure.status) or NOTHING_SIGN,
            agreement(outcome, figure),
        ]
    return [
        outcome.kpi.label,
        write_baseline(outcome),
        _written(figure.baseline),
        write_target(outcome),
        _written(figure.target),
        write_outcome(outcome),
        approximately(result) if figure.approximate and figure.result is not None else result,
        agreement(outcome, figure),
    ]


def _written(value: float | None) -> str:
    return NOTHING_SIGN if value is None else write_amount(value)


def agreement(outcome: Outcome, figure: PublishedFigure) -> str:
    """Tell whether a computed figure agrees with the published one, and in which parts it does not."""
    told = (figure.baseline, figure.target, figure.result)
    if all(value is None for value in told) and not figure.status and not figure.members:
        return NOTHING_SIGN
    differing = differences(outcome)
    return f"{DIFFERS} ({join_words(differing)})" if differing else AGREES
