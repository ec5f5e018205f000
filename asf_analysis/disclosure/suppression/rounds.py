"""Rounds of cuts for one part: first for patterns in shares, which costs little, then for whole ones."""

from __future__ import annotations

import time

import numpy as np

from asf_analysis.disclosure.suppression.evidence import Evidence, lots
from asf_analysis.disclosure.suppression.master import Relaxed, relaxed, whole
from asf_analysis.disclosure.suppression.parts import TOLERANCE, WITHHELD, Part
from asf_analysis.disclosure.suppression.starting import pruned, repaired

ROUNDS = 60
"""Rounds of cuts, at most, for patterns in shares and again for whole ones."""

ENOUGH = 20
"""Cuts after which a round looks for no more."""


def solved(part: Part, nodes: int, deadline: float | None) -> tuple[np.ndarray, float]:
    """Give the cheapest safe pattern found for a part, and a cost that no safe one is below.

    Both costs are of what is withheld beyond what is withheld whatever happens.
    """
    evidence = Evidence(part)
    if not len(evidence.doubtful(part.forced)):
        return part.forced, 0.0
    relaxation = cut_shares(evidence)
    start = relaxation.share >= WITHHELD
    best = pruned(evidence, repaired(evidence, start, relaxation.share))
    return cut_whole(evidence, relaxation, best, nodes, deadline)


def cut_shares(evidence: Evidence) -> Relaxed:
    """Add the cuts that patterns in shares break, and give the cheapest of them that breaks none found."""
    part = evidence.part
    cheapest = relaxed(part, evidence.cuts)
    for _ in range(ROUNDS):
        if not evidence.cuts.add_linked(cheapest.share):
            found = 0
            for figures in lots(evidence.doubtful(cheapest.share >= WITHHELD)):
                found += evidence.attack(cheapest.share, figures)
                if found >= ENOUGH:
                    break
            if not found:
                break
        cheapest = relaxed(part, evidence.cuts)
    return cheapest


def cut_whole(
    evidence: Evidence, relaxation: Relaxed, best: np.ndarray, nodes: int, deadline: float | None
) -> tuple[np.ndarray, float]:
    """Improve a safe pattern until none is cheaper, or a limit is reached; give it and the bound."""
    part = evidence.part
    bound = _raised(part, relaxation.cost)
    for _ in range(ROUNDS):
        cost = part.cost_of(best)
        seconds = None if deadline is None else deadline - time.monotonic()
        if bound >= cost - TOLERANCE or (seconds is not None and seconds <= 0):
            break
        chosen = whole(part, evidence.cuts, fixed(part, relaxation, cost), nodes, seconds)
        bound = max(bound, min(_raised(part, chosen.bound), cost))
        if chosen.withheld is None:
            break
        if evidence.cuts.add_linked(chosen.withheld.astype(float)):
            continue
        found = evidence.is_safe(chosen.withheld)
        if not found:
            for figures in lots(np.flatnonzero(evidence.missing(chosen.withheld))):
                evidence.attack(chosen.withheld.astype(float), figures)
        other = chosen.withheld
        if not found:
            other = pruned(evidence, repaired(evidence, other, other))
        best = other if part.cost_of(other) < part.cost_of(best) - TOLERANCE else best
        if not chosen.finished:
            break
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
