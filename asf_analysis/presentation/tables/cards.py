"""The cards: every KPI at a glance."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.pace import pace_of
from asf_analysis.presentation.block import Block, Html, element, legible
from asf_analysis.presentation.kpi_links import kpi_link
from asf_analysis.presentation.tables.layout import status_line
from asf_analysis.presentation.tables.notes import brief_answers
from asf_analysis.presentation.values import (
    StatusMark,
    goals_first,
    has_target,
    measured_on,
    status_mark,
    write_baseline,
    write_outcome,
    write_target,
)
from asf_analysis.swedish.writing import start_sentence


def kpi_cards(report: Published) -> Block:
    """Show every KPI as a card, those with a goal first; its name leads to its definition."""
    outcomes = goals_first(require_published(report).outcomes)
    plain = [
        f"{outcome.kpi.label}: {write_outcome(outcome)} ({_compared(outcome)}). {status_mark(outcome).word}"
        for outcome in outcomes
    ]
    return Block(
        element("ul", *(_card(outcome) for outcome in outcomes), class_="kpi-cards"),
        legible("\n".join(plain)),
    )


def _card(outcome: Outcome) -> Html:
    label = Html(kpi_link(outcome.kpi).html)
    return card(label, write_outcome(outcome), _compared(outcome), status_mark(outcome))


def card(label: str, value: str, compared: str, mark: StatusMark) -> Html:
    """Draw a card: what is counted, the figure, what it is compared with, and its status."""
    return element(
        "li",
        element("p", label, class_="kpi-label"),
        element("p", value, class_="kpi-value"),
        element("p", compared, class_="kpi-compare"),
        status_line(mark),
        class_=f"kpi-card {mark.css}",
    )


def _compared(outcome: Outcome) -> str:
    """What a figure is compared with, and the answers behind it."""
    answers = brief_answers(outcome.result)
    if answers and outcome.kpi.kind == "milestone":
        answers = f"minst {answers}"
    return " · ".join(filter(None, [_aim(outcome), answers]))


def _aim(outcome: Outcome) -> str:
    if outcome.kpi.kind == "milestone":
        return "Milstolpe"
    pace = pace_of(outcome)
    if pace and pace.word:
        word = pace.word if pace.word == "i takt" else f"{pace.word} takten"
        return f"Mål {write_target(outcome)} för hela året · {word}"
    if has_target(outcome):
        started = outcome.baseline.amount is not None
        baseline = f" · utgångsläge {write_baseline(outcome)}" if started else ""
        return f"Mål {write_target(outcome)}{baseline}"
    if outcome.baseline.amount is not None:
        return f"Utgångsläge {write_baseline(outcome)}"
    return start_sentence(measured_on(outcome))
