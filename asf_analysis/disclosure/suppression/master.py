"""The master problem: the cheapest pattern that obeys the cuts found so far.

scipy.optimize is imported where it is used: it takes a tenth of the time to import the whole package, and a
year whose figures an earlier edition has decided needs none of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from asf_analysis.disclosure.suppression.cuts import Cuts
from asf_analysis.disclosure.suppression.parts import Part


@dataclass(frozen=True)
class Relaxed:
    """The cheapest pattern that withholds figures to a share, its cost, and what each share is worth.

    `reduced` is how much dearer, at least, any pattern is that withholds a figure which this one shows (or,
    negative, that shows one which it withholds).
    """

    share: np.ndarray
    cost: float
    reduced: np.ndarray


def relaxed(part: Part, cuts: Cuts) -> Relaxed:
    """Give the cheapest pattern in shares from 0 to 1 that obeys the cuts."""
    share, reduced = part.forced.astype(float), np.zeros(part.size)
    weights, floors = cuts.table
    columns = np.flatnonzero(np.any(weights != 0, axis=0))
    if not len(columns):
        return Relaxed(share, 0.0, reduced)
    from scipy.optimize import linprog

    found = linprog(part.costs[columns], A_ub=csr_array(-weights[:, columns]), b_ub=-floors, bounds=(0, 1))
    share[columns] = np.clip(found.x, 0, 1)
    reduced[columns] = found.lower.marginals + found.upper.marginals
    return Relaxed(share, float(found.fun), reduced)


@dataclass(frozen=True)
class Whole:
    """The cheapest pattern found that obeys the cuts (None: there is none), and a cost that none is below.

    It was `hard` to find if branching was needed.
    """

    withheld: np.ndarray | None
    bound: float
    finished: bool
    hard: bool


def whole(
    part: Part, cuts: Cuts, fixed: tuple[np.ndarray, np.ndarray], nodes: int, seconds: float | None
) -> Whole:
    """Give the cheapest pattern that obeys the cuts; the first of `fixed` are shown, the second withheld."""
    shown, held = fixed
    weights, floors = cuts.table
    columns = np.flatnonzero(np.any(weights != 0, axis=0))
    if not len(columns):
        return Whole(part.forced.copy(), 0.0, True, False)
    from scipy.optimize import Bounds, LinearConstraint, milp

    options = {"node_limit": nodes, "mip_rel_gap": 0.0}
    if seconds is not None:
        options["time_limit"] = max(seconds, 0.01)
    found = milp(
        part.costs[columns],
        constraints=LinearConstraint(csr_array(weights[:, columns]), floors, np.inf),
        integrality=np.ones(len(columns)),
        bounds=Bounds(held[columns].astype(float), 1.0 - shown[columns]),
        options=options,
    )
    if found.status == 2:
        return Whole(None, np.inf, True, False)
    bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
    if found.x is None:
        return Whole(None, bound, False, True)
    withheld = part.forced.copy()
    withheld[columns] = found.x > 0.5
    return Whole(withheld, bound, found.status == 0, found.mip_node_count > 1)
