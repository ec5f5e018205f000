"""The year in short, and how many goals were reached."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.outcomes import MISSED, NEAR, REACHED, UNKNOWN, Outcome, Status
from asf_analysis.presentation.block import Block, bullet_list, paragraphs
from asf_analysis.presentation.findings import GoalCounts, goals_reached, in_short, listed
from asf_analysis.presentation.values import has_goal, has_target, write_outcome, write_target
from asf_analysis.swedish.writing import join_words, number_word, start_sentence


def summary(report: Published) -> Block:
    """Tell the year in a few sentences: goals reached, the best one, and those that were missed."""
    published = require_published(report)
    outcomes = _with_goal(published)
    counts = GoalCounts.of(outcomes)
    return paragraphs(
        " ".join(
            filter(
                None,
                [
                    f"{goals_reached(outcomes, published.period)}.",
                    _near_and_missed(counts) if counts.judged > 1 else "",
                    _furthest(outcomes),
                ],
            )
        ),
        _named("Nära målet kom", _of_status(outcomes, NEAR)),
        _named(
            "Målet nåddes inte för" if counts.missed == 1 else "Målen nåddes inte för",
            _of_status(outcomes, MISSED),
        ),
    )


def _near_and_missed(counts: GoalCounts) -> str:
    near = f"{number_word(counts.near, neuter=True)} var nära målet" if counts.near else ""
    missed = f"{number_word(counts.missed, neuter=True)} nåddes inte" if counts.missed else ""
    told = join_words([text for text in (near, missed) if text])
    return f"{start_sentence(told)}." if told else ""


def _furthest(outcomes: Sequence[Outcome]) -> str:
    exceeded = [outcome for outcome in _of_status(outcomes, REACHED) if (outcome.fulfilment or 0) > 1]
    if not exceeded:
        return ""
    best = max(exceeded, key=lambda outcome: outcome.fulfilment or 0)
    alone = sum(outcome.fulfilment == best.fulfilment for outcome in exceeded) == 1
    if not alone:
        return ""
    return (
        f"I förhållande till målet gick det bäst för {in_short(best)}: "
        f"{write_outcome(best)}, mot målet {write_target(best)}."
    )


def _named(lead: str, outcomes: Sequence[Outcome]) -> str:
    return f"{lead} {listed([_with_figures(outcome) for outcome in outcomes])}." if outcomes else ""


def _with_figures(outcome: Outcome) -> str:
    if not has_target(outcome):
        return in_short(outcome)
    return f"{in_short(outcome)} ({write_outcome(outcome)} av {write_target(outcome)})"


def goals(report: Published) -> Block:
    """Tell how many goals were reached, and which belong to each status."""
    published = require_published(report)
    outcomes = _with_goal(published)
    heads: tuple[tuple[Status, str], ...] = (
        (REACHED, "Uppnådda:"),
        (NEAR, "Nära målet:"),
        (MISSED, "Ej uppnådda:"),
        (UNKNOWN, "Kan ej bedömas:"),
    )
    items = [
        (head, f"{listed([in_short(outcome) for outcome in having])}.")
        for status, head in heads
        if (having := _of_status(outcomes, status))
    ]
    return bullet_list(f"{goals_reached(outcomes, published.period)}.", items)


def _with_goal(report: Published) -> list[Outcome]:
    return [outcome for outcome in report.outcomes if has_goal(outcome)]


def _of_status(outcomes: Sequence[Outcome], status: Status) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.status == status]
