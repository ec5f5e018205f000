"""Rounds of cuts for one part: first for patterns in shares, which costs little, then for whole ones."""

from __future__ import annotations

import time

import numpy as np

from asf_analysis.disclosure.suppression.evidence import Evidence, Known
from asf_analysis.disclosure.suppression.master import Relaxed, relaxed, whole
from asf_analysis.disclosure.suppression.parts import TOLERANCE, WITHHELD, Part
from asf_analysis.disclosure.suppression.starting import pruned, repaired

ROUNDS = 60
"""Rounds of cuts, at most, for patterns in shares and again for whole ones."""

ENOUGH = 20
"""Cuts after which a round for patterns in shares looks for no more."""

GAIN = 0.003
"""By what share of its cost a round must make the cheapest pattern in shares dearer, or it is the last."""


def solved(part: Part, known: Known, nodes: int, deadline: float | None) -> tuple[np.ndarray, float]:
    """Give the cheapest safe pattern found for a part, and a cost that no safe one is below.

    Both costs are of what is withheld beyond what is withheld whatever happens.
    """
    evidence = Evidence(part, known)
    if not len(evidence.doubtful(part.forced)):
        return part.forced, 0.0
    return cut_whole(evidence, cut_shares(evidence), nodes, deadline)


def cut_shares(evidence: Evidence) -> Relaxed:
    """Add the cuts that patterns in shares break, as long as they make the cheapest of them much dearer."""
    cheapest = cut_sums(evidence)
    for _ in range(ROUNDS):
        figures = evidence.doubtful(cheapest.share >= WITHHELD)
        if not evidence.attack_some(cheapest.share, figures, ENOUGH):
            break
        before, cheapest = cheapest.cost, cut_sums(evidence)
        if cheapest.cost <= before * (1 + GAIN):
            break
    return cheapest


def cut_sums(evidence: Evidence) -> Relaxed:
    """Give the cheapest pattern in shares that breaks no cut known, nor one that a sum by itself gives."""
    while True:
        cheapest = relaxed(evidence.part, evidence.cuts)
        if not evidence.cuts.add_linked(cheapest.share):
            return cheapest


def cut_whole(
    evidence: Evidence, relaxation: Relaxed, nodes: int, deadline: float | None
) -> tuple[np.ndarray, float]:
    """Choose patterns that obey the cuts until one is safe, or a limit is reached; give it and the bound.

    A safe pattern near those chosen is made where choosing is hard, since a limit may end it.
    """
    part = evidence.part
    bound = _raised(part, relaxation.cost)
    best: np.ndarray | None = None
    guess = relaxation.share >= WITHHELD
    for _ in range(ROUNDS):
        cost = np.inf if best is None else part.cost_of(best)
        seconds = None if deadline is None else deadline - time.monotonic()
        if bound >= cost - TOLERANCE or (seconds is not None and seconds <= 0):
            break
        chosen = whole(part, evidence.cuts, fixed(part, relaxation, cost), nodes, seconds)
        bound = max(bound, min(_raised(part, chosen.bound), cost))
        if chosen.withheld is None:
            break
        guess = chosen.withheld
        if evidence.cuts.add_linked(guess.astype(float)):
            relaxation = cut_sums(evidence)
            continue
        safe = evidence.cut(guess, part.size)
        if not safe and chosen.hard:
            guess = pruned(evidence, repaired(evidence, guess, guess.astype(float)))
            safe = True
        if safe and part.cost_of(guess) < cost - TOLERANCE:
            best = guess
        if not chosen.finished:
            break
    if best is None:
        best = pruned(evidence, repaired(evidence, guess, np.maximum(relaxation.share, guess)))
    return best, min(bound, part.cost_of(best))


def fixed(part: Part, relaxation: Relaxed, cost: float) -> tuple[np.ndarray, np.ndarray]:
    """Mark what no pattern cheaper than a cost withholds, and what every one does."""
    room = cost - step(part) - relaxation.cost + TOLERANCE
    return relaxation.reduced > room, relaxation.reduced < -room


def step(part: Part) -> float:
    """Give by how much, at least, one pattern is cheaper than another that costs more."""
    return 1.0 if part.whole_costs else 0.0


def _raised(part: Part, bound: float) -> float:
    """Raise a bound to the next cost that a pattern may have."""
    return float(np.ceil(bound - TOLERANCE)) if part.whole_costs and np.isfinite(bound) else bound
