"""A pattern that is safe and cheap, though perhaps not the cheapest: repaired until safe, then pruned."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array, hstack

from asf_analysis.disclosure.suppression.evidence import Evidence
from asf_analysis.disclosure.suppression.parts import Part

WORTH = 1000.0
"""What getting an exposed figure a unit further is worth, beside the dearest figure's unit of 1."""


def repaired(evidence: Evidence, withheld: np.ndarray, guide: np.ndarray) -> np.ndarray:
    """Withhold more, until a pattern is safe; figures with a high `guide`, 0 to 1, rather than others."""
    part = evidence.part
    withheld = withheld | part.forced
    while True:
        exposed = evidence.doubtful(withheld)
        more = withheld.copy()
        for figure in exposed:
            if evidence.missing(more)[figure]:
                more |= _ways_out(evidence, more, guide, int(figure))
        if not len(exposed):
            return withheld
        if (more == withheld).all():
            return withheld if not evidence.exposed(withheld).any() else np.ones(part.size, dtype=bool)
        withheld = more


def pruned(evidence: Evidence, withheld: np.ndarray) -> np.ndarray:
    """Show again what need not be withheld for the pattern to be safe; the dearest first."""
    kept = withheld.copy()
    candidates = np.flatnonzero(withheld & ~evidence.part.forced)
    for figure in candidates[np.argsort(-evidence.part.costs[candidates], kind="stable")]:
        fewer = kept.copy()
        fewer[figure] = False
        if evidence.is_safe(fewer):
            kept = fewer
    return kept


def _ways_out(evidence: Evidence, withheld: np.ndarray, guide: np.ndarray, figure: int) -> np.ndarray:
    """Give the figures that the cheapest worlds change which get an exposed figure where it must."""
    changed = np.zeros(len(withheld), dtype=bool)
    part = evidence.part
    prices = np.where(withheld, 0, part.costs * (1 - 0.9 * guide))
    prices = prices / max(prices.max(), 1e-9) + np.where(withheld, 1e-6, 1e-5)
    for aim in evidence.aims(withheld, figure):
        world = _cheapest_world(part, prices, aim.figure, aim.sign, aim.need)
        evidence.worlds.add(world)
        changed |= np.abs(world) > 1e-9
    return changed


def _cheapest_world(part: Part, prices: np.ndarray, figure: int, sign: float, need: float) -> np.ndarray:
    """Give a world that gets a figure as far as it must, and changes little of what is dear."""
    from scipy.optimize import linprog

    up, down = part.up.copy(), part.down.copy()
    objective = np.concatenate([prices, prices])
    objective[[figure, part.size + figure]] -= WORTH * np.array([sign, -sign])
    if sign > 0:
        up[figure] = min(up[figure], need)
    else:
        down[figure] = min(down[figure], need)
    found = linprog(
        objective,
        A_eq=csc_array(hstack([part.sums, -part.sums])),
        b_eq=np.zeros(part.sums.shape[0]),
        bounds=np.column_stack([np.zeros(2 * part.size), np.concatenate([up, down])]),
        options={"presolve": False},
    )
    return np.zeros(part.size) if found.x is None else found.x[: part.size] - found.x[part.size :]
