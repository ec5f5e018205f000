"""A system taken apart into the parts that sums link, told as deviations from the true figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csc_array, csr_array

from asf_analysis.disclosure.suppression.system import Demand, System

TOLERANCE = 1e-6
"""How much less than demanded still counts as kept; linear programs are solved to 1e-7."""

FAR = 1000.0
"""Figures are let deviate by no more than this many times the largest demand: what is safe so is safe."""


WITHHELD = 1 - TOLERANCE
"""From what share on a figure is withheld."""


@dataclass(frozen=True)
class Part:
    """Figures that sums link, as an attacker sees them: how far each may be from its true value.

    An attacker's world is a deviation of every figure, within `-down` and `up`, whose `sums` are all 0, and 0
    where a figure is shown. `need_up`, `need_down` and `need_width` are how far worlds must reach where a
    figure is withheld; the first two are 0 but for primary ones. `forced` figures are withheld whatever
    happens. `places` are where the figures stand in the whole system.
    """

    places: np.ndarray
    sums: csc_array
    up: np.ndarray
    down: np.ndarray
    need_up: np.ndarray
    need_down: np.ndarray
    need_width: np.ndarray
    forced: np.ndarray
    costs: np.ndarray

    @property
    def size(self) -> int:
        """How many figures it has."""
        return len(self.places)

    @property
    def demanding(self) -> bool:
        """Whether any figure that is withheld whatever happens must be kept."""
        return bool(((self.need_up + self.need_down + self.need_width) > 0)[self.forced].any())

    @property
    def whole_costs(self) -> bool:
        """Whether all costs are whole numbers, so that a cheaper pattern is cheaper by 1 at least."""
        free = self.costs[~self.forced]
        return bool((free == np.round(free)).all())

    def need(self, sign: float) -> np.ndarray:
        """Give how far worlds must reach up (1), down (-1), or both ways together (0)."""
        return {1.0: self.need_up, -1.0: self.need_down, 0.0: self.need_width}[sign]

    def cost_of(self, withheld: np.ndarray) -> float:
        """Give what withholding these costs beyond what is withheld whatever happens."""
        return float(self.costs[withheld & ~self.forced].sum())

    def missing(self, up: np.ndarray, down: np.ndarray) -> np.ndarray:
        """Mark figures whose known reach up and down is less than what they need if they are withheld."""
        return (
            (up < self.need_up - TOLERANCE)
            | (down < self.need_down - TOLERANCE)
            | (up + down < self.need_width - TOLERANCE)
        )

    def lowered(self, up: np.ndarray, down: np.ndarray) -> Part:
        """Ask for no more than this reach up and down, and for a width only where it adds to those."""
        need_up, need_down = np.minimum(self.need_up, up), np.minimum(self.need_down, down)
        width = np.minimum(self.need_width, up + down)
        width = np.where(width > need_up + need_down, width, 0)
        return replace(self, need_up=need_up, need_down=need_down, need_width=width)


def parts_of(system: System, demand: Demand) -> Iterator[Part]:
    """Give the parts of a system; what is never withheld links nothing, and is in none."""
    free = np.flatnonzero(~demand.never)
    sums = csr_array(system.equations)[:, free]
    labels = _linked(sums)
    order = np.argsort(labels, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        if len(members):
            yield _part(system, demand, free[members])


def _linked(sums: csr_array) -> np.ndarray:
    """Give each figure the first figure that sums link it to, itself where it is that one.

    scipy.sparse.csgraph would tell the same, but takes a tenth of the time to import the whole package.
    """
    rows, figures = sums.nonzero()
    first = np.arange(sums.shape[1])
    while True:
        of_sum = np.full(sums.shape[0], len(first))
        np.minimum.at(of_sum, rows, first[figures])
        nearer = first.copy()
        np.minimum.at(nearer, figures, of_sum[rows])
        if (nearer == first).all():
            return first
        first = nearer


def _part(system: System, demand: Demand, places: np.ndarray) -> Part:
    value = system.values[places]
    primary = demand.primary[places]
    need_up = np.where(primary, np.maximum(demand.high[places] - value, 0), 0)
    need_down = np.where(primary, np.maximum(value - demand.low[places], 0), 0)
    width = np.maximum(demand.width[places], 0)
    far = FAR * max(1.0, need_up.max(), need_down.max(), width.max())
    sums = csc_array(csr_array(system.equations)[:, places])
    return Part(
        places=places,
        sums=csc_array(csr_array(sums)[np.diff(csr_array(sums).indptr) > 0]),
        up=np.clip(system.upper[places] - value, 0, far),
        down=np.clip(value - system.lower[places], 0, far),
        need_up=need_up,
        need_down=need_down,
        need_width=width,
        forced=primary | demand.anyway[places],
        costs=demand.costs[places].astype(float),
    )
