"""What a stranger works out of a random release, and what a home-made rule would have withheld of it.

The stranger is the independent auditor's: it is told the shown figures and which groups of people each
figure counts, and nothing of the optimiser's system.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from random_releases import RandomRelease
from scipy.sparse import block_array, eye_array

from asf_analysis.disclosure.audit.attack import Knowledge, narrowed

NEAR = 1e-6


@dataclass(frozen=True)
class Attacked:
    """What came of an attack on these figures.

    `leaking` are known more closely than they must be, though withholding more would have kept them better;
    `known` are those of them that can be but one number.
    """

    figures: np.ndarray
    leaking: np.ndarray
    known: np.ndarray


def attacked(release: RandomRelease, withheld: np.ndarray) -> Attacked:
    """Work out, in whole people, what is withheld of a release: printed figures, and other small ones."""
    demand = release.demand
    figures = np.flatnonzero((withheld & release.printed) | (demand.primary & ~demand.never))
    least, most = worked_out(release, withheld, figures)
    low, high, width = demanded(release, figures)
    suspected = (least > low + NEAR) | (most < high - NEAR) | (most - least < width - NEAR)
    if not suspected.any():
        return Attacked(figures, figures[suspected], figures[suspected])
    closer, least, most = figures[suspected], least[suspected], most[suspected]
    lowest, highest = worked_out(release, ~demand.never, closer)
    low, high = np.maximum(low[suspected], lowest), np.minimum(high[suspected], highest)
    width = np.minimum(width[suspected], highest - lowest)
    leaking = (least > low + NEAR) | (most < high - NEAR) | (most - least < width - NEAR)
    known = leaking & (most - least < NEAR)
    return Attacked(figures, closer[leaking], closer[known])


def demanded(release: RandomRelease, figures: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give what each figure must seem able to be: the least and the most, and how far apart any two are."""
    demand, values = release.demand, release.system.values
    small = demand.primary[figures]
    low = np.where(small, demand.low[figures], values[figures])
    high = np.where(small, demand.high[figures], values[figures])
    return low, high, demand.width[figures]


def worked_out(
    release: RandomRelease, withheld: np.ndarray, figures: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give the least and the most that figures may be, by all that is shown and everybody knows."""
    shown = (release.printed & ~withheld) | release.demand.never
    told = release.counted[np.flatnonzero(shown)]
    values = told @ release.groups
    groups, wanted = len(release.groups), len(figures)
    relations = block_array([[told, None], [-release.counted[figures], eye_array(wanted)]], format="csr")
    sums = np.concatenate([values, np.zeros(wanted)])
    known = Knowledge(
        lower=np.concatenate([np.zeros(groups), np.full(wanted, -math.inf)]),
        upper=np.full(groups + wanted, math.inf),
        relations=relations,
        low=sums,
        high=sums,
        whole=np.ones(groups + wanted, bool),
    )
    return narrowed(known, range(groups, groups + wanted))


def next_smallest(release: RandomRelease) -> np.ndarray:
    """Withhold as people do by hand: where one figure of a row or a column is gone, also the next smallest.

    This is done until no sum that a table shows lacks just one figure; one with nobody only where no other
    is left, and then the whole. What is withheld is so in all tables.
    """
    values, never = np.abs(release.system.values), release.demand.never
    withheld = release.demand.primary & release.printed
    changed = True
    while changed:
        changed = False
        for whole, parts in release.lines:
            gone = [figure for figure in (whole, *parts) if withheld[figure]]
            others = [part for part in parts if not withheld[part] and not never[part]]
            others += [whole] if not withheld[whole] and not never[whole] else []
            if len(gone) == 1 and others:
                chosen = min(others, key=lambda one: (one == whole, not values[one], values[one]))
                withheld[chosen] = changed = True
    return withheld
