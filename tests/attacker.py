"""Somebody who knows all that is shown, and works out what is not by linear programming."""

from collections.abc import Hashable, Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, kron

Sum = Sequence[Hashable]
"""The people that a figure counts: groups that nobody can tell apart more finely."""

MOST = 1000.0
"""No group is larger."""


def ranges(shown: Sequence[tuple[Sum, float]], wanted: Sequence[Sum]) -> list[float]:
    """Tell how far apart the least and the most are that each wanted sum may be, by the sums that are shown.

    Nothing is negative. Every wanted sum has two worlds of its own, in which all that is shown is true: one
    where it is as large as possible and one where it is as small. All are found in one program.
    """
    if not wanted:
        return []
    groups = sorted({group for counted, _ in shown for group in counted} | {g for one in wanted for g in one})
    place = {group: number for number, group in enumerate(groups)}

    def row(counted: Sum) -> np.ndarray:
        coefficients = np.zeros(len(groups))
        np.add.at(coefficients, [place[group] for group in counted], 1)
        return coefficients

    goals = np.array([row(one) for one in wanted])
    worlds = 2 * len(wanted)
    known: dict[str, object] = {}
    if shown:
        told = csr_array(np.array([row(counted) for counted, _ in shown]))
        known["A_eq"] = kron(np.eye(worlds), told, format="csr")
        known["b_eq"] = np.tile([float(value) for _, value in shown], worlds)
    found = linprog(np.concatenate([goals, -goals]).ravel(), bounds=(0, MOST), **known)
    assert found.success, found.message
    by_world = (np.concatenate([goals, goals]) * found.x.reshape(worlds, -1)).sum(axis=1)
    least, most = np.split(by_world, 2)
    return list(most - least)
