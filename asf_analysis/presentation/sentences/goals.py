"""The year in short, and how many goals were reached."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.outcomes import MISSED, NEAR, REACHED, UNKNOWN, Outcome, Status
from asf_analysis.kpis.pace import pace_of
from asf_analysis.kpis.registry import Exact
from asf_analysis.presentation.block import Block, bullet_list, paragraphs
from asf_analysis.presentation.findings import (
    GoalCounts,
    goals_reached,
    in_short,
    listed,
    surely_exceeds_target,
)
from asf_analysis.presentation.values import has_goal, has_target, write_outcome, write_target
from asf_analysis.swedish.writing import number_word


def summary(report: Published) -> Block:
    """Tell the year in a few sentences: goals reached, the best one, and those that were not reached."""
    published = require_published(report)
    outcomes = _with_goal(published)
    counts = GoalCounts.of(outcomes)
    return paragraphs(
        " ".join(
            filter(
                None,
                [
                    f"{goals_reached(outcomes, published.period)}.",
                    _near_and_missed(counts) if counts.judged > 1 and published.period.whole_year else "",
                    _furthest(outcomes),
                ],
            )
        ),
        _named("Nära målet kom", _of_status(outcomes, NEAR)),
        _named(
            "Målet nåddes inte för" if counts.missed == 1 else "Målen nåddes inte för",
            _of_status(outcomes, MISSED),
        ),
        _still_open(published) if not published.period.whole_year else "",
        _unjudged(_of_status(outcomes, UNKNOWN)) if counts.judged and published.period.whole_year else "",
    )


def _still_open(report: Published) -> str:
    """Tell that the targets are the whole year's, and which goals are ahead of an even pace and behind it."""
    paces = {outcome: pace for outcome in _with_goal(report) if (pace := pace_of(outcome))}
    said = [
        f"{lead} {listed([in_short(outcome) for outcome, pace in paces.items() if pace.word == word])}."
        for word, lead in (
            ("före", "Före en jämn takt ligger"),
            ("i takt", "I jämn takt ligger"),
            ("efter", "Efter en jämn takt ligger"),
        )
        if any(pace.word == word for pace in paces.values())
    ]
    return " ".join(["Målen gäller hela året.", *said])


def _near_and_missed(counts: GoalCounts) -> str:
    """Tell of the goals that were judged and not reached how many were near, and how many were not."""
    near, missed = (number_word(number, neuter=True) for number in (counts.near, counts.missed))
    if counts.near and counts.missed:
        whose = "Av de övriga" if counts.reached else "Av dem"
        return f"{whose} nåddes {near} nästan, och {missed} nåddes inte."
    how, number = ("nästan", counts.near) if counts.near else ("inte", counts.missed)
    if not number or (not counts.reached and not counts.near):
        return ""
    if not counts.reached:
        return f"{'Båda' if number == 2 else f'Alla {near}'} nåddes nästan."
    return f"{'Det återstående' if number == 1 else f'De övriga {number_word(number)}'} nåddes {how}."


def _furthest(outcomes: Sequence[Outcome]) -> str:
    """Tell which goal was exceeded most, in relation to its target; nothing where that is not sure."""
    exceeded = [outcome for outcome in outcomes if surely_exceeds_target(outcome) and outcome.fulfilment]
    if not exceeded:
        return ""
    best = max(exceeded, key=lambda outcome: _fulfilments(outcome)[0])
    others = [outcome for outcome in outcomes if outcome is not best and outcome.fulfilment is not None]
    if any(_fulfilments(outcome)[1] >= _fulfilments(best)[0] for outcome in others):
        return ""
    return (
        f"I förhållande till målet gick det bäst för {in_short(best)}: "
        f"{write_outcome(best)}, mot målet {write_target(best)}."
    )


def _fulfilments(outcome: Outcome) -> tuple[Exact, Exact]:
    """Between which quotients an outcome's fulfilment is; that of an approximate result is not one number."""
    ends, target = outcome.result.ends, outcome.target
    if ends is None or target is None or not target.value:
        return (0.0, 0.0)
    aim = Fraction(str(target.value))
    return (ends[0] / aim, ends[1] / aim)


def _unjudged(outcomes: Sequence[Outcome]) -> str:
    if not outcomes:
        return ""
    goals = "målet" if len(outcomes) == 1 else "målen"
    return f"Det går inte att bedöma {goals} för {listed([in_short(outcome) for outcome in outcomes])}."


def _named(lead: str, outcomes: Sequence[Outcome]) -> str:
    return f"{lead} {listed([_with_figures(outcome) for outcome in outcomes])}." if outcomes else ""


def _with_figures(outcome: Outcome) -> str:
    if not has_target(outcome):
        return in_short(outcome)
    aim = "mål" if outcome.is_share else "av"
    between = ", " if outcome.is_share else " "
    return f"{in_short(outcome)} ({write_outcome(outcome)}{between}{aim} {write_target(outcome)})"


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
