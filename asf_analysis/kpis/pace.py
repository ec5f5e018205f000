"""How a goal goes before the year has ended: share of the target reached, beside share of the year passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from asf_analysis.kpis.outcomes import REACHED, Outcome
from asf_analysis.kpis.registry import Period

PaceWord = Literal["före", "i takt", "efter"]

EVEN_WITHIN = 0.05
"""How far (share of the target) from an even pace a goal may be and still be said to keep it."""


@dataclass(frozen=True)
class Pace:
    """Share of the way to the target, share of the year passed on the day measured (0–1), and the word.

    `word` is None where an approximate figure could be on both sides of a limit.
    """

    reached: float
    elapsed: float
    word: PaceWord | None


def pace_of(outcome: Outcome) -> Pace | None:
    """Tell how a goal goes; None for a whole year, a goal reached already, and where a part is not known.

    A flow is set beside an even pace from nothing to its target. A stock did not start from nothing: its
    way is the planned change since the baseline. One measured before the year began tells no pace.
    """
    if outcome.period.whole_year or outcome.status == REACHED or outcome.day < outcome.period.start:
        return None
    flow = outcome.kpi.kind == "flow"
    reached = outcome.fulfilment if flow else outcome.share_of_planned_change
    if reached is None:
        return None
    elapsed = float(Period.until(outcome.day).elapsed)
    if not flow and outcome.result.approximate:
        return Pace(reached, elapsed, None)
    result, target = outcome.result, outcome.target.value if outcome.target else None
    ends = (result.low, result.high) if flow and result.approximate and target else (None, None)
    words = {pace_word(reached if end is None or not target else end / target, elapsed) for end in ends}
    return Pace(reached, elapsed, words.pop() if len(words) == 1 else None)


def pace_word(reached: float, elapsed: float) -> PaceWord:
    """Say whether a share of the target keeps up with a share of the year.

    >>> pace_word(0.7, 0.6), pace_word(0.62, 0.6), pace_word(0.5, 0.6)
    ('före', 'i takt', 'efter')
    """
    if abs(reached - elapsed) <= EVEN_WITHIN:
        return "i takt"
    return "före" if reached > elapsed else "efter"
