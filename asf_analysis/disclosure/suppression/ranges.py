"""What a reader can work out of a pattern: the least and the most that each withheld figure may be."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array

from asf_analysis.disclosure.suppression.system import System


def ranges(system: System, withheld: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the least and the most that each figure may be to somebody who sees those that are not withheld.

    The values of withheld figures are not looked at. What nothing bounds is inf away.
    """
    least, most = np.where(withheld, np.nan, system.values), np.where(withheld, np.nan, system.values)
    places = np.flatnonzero(withheld)
    sums = csc_array(system.equations)
    shown = np.where(withheld, 0, system.values)
    bounds = np.column_stack([system.lower, system.upper])[places]
    for number, place in enumerate(places):
        aim = np.zeros(len(places))
        aim[number] = 1
        for sign, ends in ((1.0, least), (-1.0, most)):
            found = linprog(sign * aim, A_eq=sums[:, places], b_eq=-(sums @ shown), bounds=bounds)
            if found.status not in (0, 3):
                raise ValueError(f"No figures add up to what is shown: {found.message}")
            ends[place] = sign * (found.fun if found.status == 0 else -np.inf)
    return least, most
