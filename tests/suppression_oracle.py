"""The oracle of small tables: one program that holds the pattern and all worlds that it must leave possible.

It is slow and simple, and shares nothing with the optimiser but the problem: each figure that must be kept
has two worlds of its own, one where it is as large as it must be able to be and one where it is as small, and
a world differs from the truth in withheld figures alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import block_array, coo_array, csr_array, eye_array, kron, vstack

from asf_analysis.disclosure.suppression.system import Demand, System

REACH = 40.0
"""A world differs from the truth by no more than so many thresholds; the tables are small."""

NEAR = 1e-6


@dataclass(frozen=True)
class Needs:
    """What is demanded of a figure: how far up, how far down, and how far in all, where it is withheld."""

    figure: int
    up: float
    down: float
    width: float


@dataclass(frozen=True)
class Truth:
    """Figures with their sums, and how far worlds may be from them."""

    sums: csr_array
    up: np.ndarray
    down: np.ndarray

    @classmethod
    def of(cls, system: System, demand: Demand) -> Truth:
        """Take a system's figures; what is never withheld cannot be another."""
        far = REACH * max(1.0, demand.width.max(), (demand.high - demand.low).max())
        free = np.where(demand.never, 0.0, far)
        up, down = system.upper - system.values, system.values - system.lower
        return cls(csr_array(system.equations), np.minimum(up, free), np.minimum(down, free))

    def reach(self, figure: int, withheld: np.ndarray) -> tuple[float, float]:
        """Tell how far up and down a figure may be where these are withheld."""
        bounds = np.column_stack([-self.down * withheld, self.up * withheld])
        zeros = np.zeros(self.sums.shape[0])
        objective = np.zeros(len(bounds))
        objective[figure] = 1
        furthest = [linprog(s * objective, A_eq=self.sums, b_eq=zeros, bounds=bounds).fun for s in (-1, 1)]
        return -furthest[0], -furthest[1]


def needs_of(system: System, demand: Demand) -> list[Needs]:
    """Tell what must be kept of each figure, as far as any pattern can keep it."""
    truth, found = Truth.of(system, demand), []
    for figure in np.flatnonzero((demand.primary | (demand.width > 0)) & ~demand.never):
        up, down = truth.reach(figure, ~demand.never)
        needed_up, needed_down = 0.0, 0.0
        if demand.primary[figure]:
            needed_up = min(up, max(demand.high[figure] - system.values[figure], 0))
            needed_down = min(down, max(system.values[figure] - demand.low[figure], 0))
        found.append(Needs(int(figure), needed_up, needed_down, min(up + down, demand.width[figure])))
    return found


def is_safe(system: System, demand: Demand, withheld: np.ndarray) -> bool:
    """Tell whether a pattern keeps all that can be kept."""
    truth, hidden = Truth.of(system, demand), withheld | demand.anyway
    if (demand.primary & ~demand.never & ~withheld).any():
        return False
    for one in needs_of(system, demand):
        up, down = truth.reach(one.figure, hidden) if hidden[one.figure] else (np.inf, np.inf)
        if up < one.up - NEAR or down < one.down - NEAR or up + down < one.width - NEAR:
            return False
    return True


def cheapest_cost(system: System, demand: Demand, seconds: float = 60) -> float | None:
    """Give what the cheapest safe pattern costs; None where the program is not solved in time."""
    truth, needs = Truth.of(system, demand), needs_of(system, demand)
    size, worlds = len(system.values), 2 * len(needs)
    held = (demand.primary | demand.anyway) & ~demand.never
    costs = np.where(demand.anyway, 0.0, demand.costs)
    if not needs:
        return 0.0
    each = eye_array(worlds * size)
    down, up = (csr_array(kron(np.ones((worlds, 1)), np.diag(side))) for side in (truth.down, truth.up))
    sums = kron(eye_array(worlds), truth.sums)
    true_sums = block_array([[csr_array((sums.shape[0], size)), sums]], format="csr")
    only_withheld = vstack([block_array([[down, each]]), block_array([[up, -each]])], format="csr")
    kept, least = _kept(needs, size)
    solved = milp(
        np.concatenate([costs, np.zeros(worlds * size)]),
        constraints=[
            LinearConstraint(true_sums, 0, 0),
            LinearConstraint(only_withheld, 0, np.inf),
            LinearConstraint(kept, least, np.inf),
        ],
        integrality=np.concatenate([np.ones(size), np.zeros(worlds * size)]),
        bounds=Bounds(
            np.concatenate([held, np.full(worlds * size, -np.inf)]),
            np.concatenate([~demand.never, np.full(worlds * size, np.inf)]),
        ),
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    if solved.status != 0:
        return None
    pattern = solved.x[:size] > 0.5
    return float(costs[pattern].sum()) if is_safe(system, demand, pattern) else None


def _kept(needs: list[Needs], size: int) -> tuple[csr_array, np.ndarray]:
    """Give the rows that ask for what is needed where a figure is withheld: up, down, and both together."""
    entries: list[tuple[int, int, float]] = []
    least: list[float] = []
    for number, one in enumerate(needs):
        upper, lower = (size * (1 + 2 * number + world) + one.figure for world in (0, 1))
        for terms, need in (
            ([(upper, 1.0)], one.up),
            ([(lower, -1.0)], one.down),
            ([(upper, 1.0), (lower, -1.0), (one.figure, -one.width)], 0.0),
        ):
            entries += [(len(least), column, sign) for column, sign in terms]
            least.append(need)
    rows, columns, signs = zip(*entries, strict=True)
    shape = (len(least), size * (1 + 2 * len(needs)))
    return csr_array(coo_array((signs, (rows, columns)), shape)), np.array(least)
