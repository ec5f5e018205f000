"""What the optimiser works on: figures, the sums that hold between them, and what must be kept of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array


@dataclass(frozen=True)
class System:
    """Figures and the sums that hold between them; everybody knows the sums and the bounds.

    `values` are the true figures, whole numbers as floats. Each row of `equations` times them is 0. `lower`
    and `upper` bound each figure, whatever is published (-inf and inf where nothing does).
    """

    values: np.ndarray
    equations: csr_array
    lower: np.ndarray
    upper: np.ndarray


@dataclass(frozen=True)
class Demand:
    """What must be kept of a system's figures, and what withholding them costs; an entry per figure.

    A `primary` figure is withheld, and a reader must not be able to exclude any number from `low` to `high`,
    which its true value lies within. Of any withheld figure, primary or not, the least and the most that it
    may be must lie at least `width` apart (0: no demand). `costs` are what a reader loses, never negative.
    `never` is shown whatever happens; `anyway` is withheld whatever happens, at no cost.
    """

    primary: np.ndarray
    low: np.ndarray
    high: np.ndarray
    width: np.ndarray
    costs: np.ndarray
    never: np.ndarray
    anyway: np.ndarray


@dataclass(frozen=True)
class Pattern:
    """Which figures to withhold: a pattern that is safe, and how far it may be from the cheapest.

    `cost` is that of the withheld figures (those withheld anyway cost nothing), and `bound` a cost that no
    safe pattern can be below; they are equal where the pattern is proven to be the cheapest. `limited` marks
    figures that are kept less well than demanded, because what is never withheld tells more: they are kept
    as well as if everything else were withheld.
    """

    withheld: np.ndarray
    cost: float
    bound: float
    limited: np.ndarray

    @property
    def proven(self) -> bool:
        """Whether no safe pattern is cheaper."""
        return self.cost <= self.bound + 1e-6
