"""Cuts: what every safe pattern obeys, found from patterns that are not safe."""

from __future__ import annotations

import numpy as np

from asf_analysis.disclosure.suppression.parts import TOLERANCE, Part

VIOLATED = 1e-4
"""By how much of 1 a pattern must break a cut to be held unsafe for it."""


class Cuts:
    """Inequalities that every safe pattern obeys: weights times what is withheld is at least a floor.

    Figures that are withheld whatever happens are taken into the floors.
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._lines: dict[bytes, tuple[np.ndarray, float]] = {}
        self._table: tuple[np.ndarray, np.ndarray] | None = None

    @property
    def table(self) -> tuple[np.ndarray, np.ndarray]:
        """Give the weights, a row per cut, and the floors."""
        if self._table is None:
            lines = list(self._lines.values())
            weights = np.array([weights for weights, _ in lines]).reshape(-1, self._part.size)
            self._table = weights, np.array([floor for _, floor in lines])
        return self._table

    def broken(self, share: np.ndarray) -> bool:
        """Tell whether a pattern that withholds each figure to a share breaks any cut."""
        weights, floors = self.table
        return bool((weights @ np.where(self._part.forced, 0, share) < floors - VIOLATED).any())

    def add_priced(self, figure: int, prices: np.ndarray, need: float, share: np.ndarray) -> bool:
        """Add, if this pattern breaks it: where a figure is withheld, all that is allows it what it needs."""
        forced = self._part.forced
        prices = np.minimum(prices, need)
        lacking = need - prices[forced].sum() - (0 if forced[figure] else prices[figure])
        if lacking <= TOLERANCE:
            return False
        weights = np.minimum(prices / lacking, 1)
        weights[forced | (weights < 1e-9)] = 0
        weights, floor = self._line(weights, figure)
        if weights @ share >= floor - VIOLATED:
            return False
        self._keep(weights, floor)
        return True

    def add_linked(self, share: np.ndarray) -> bool:
        """Add those that a pattern breaks of: if a figure is withheld, another in each of its sums is."""
        part = self._part
        sums = part.sums.tocoo()
        needing = part.need_up + part.need_down + part.need_width > 0
        moving = part.up + part.down > 0
        held = np.where(part.forced, 1.0, share) * moving
        all_held = np.bincount(sums.row, held[sums.col], minlength=part.sums.shape[0])
        broken = (needing & moving)[sums.col] & (all_held[sums.row] - 2 * held[sums.col] < -VIOLATED)
        members = part.sums.tocsr()
        for row, figure in zip(sums.row[broken], sums.col[broken], strict=True):
            weights = np.zeros(part.size)
            weights[members.indices[members.indptr[row] : members.indptr[row + 1]]] = 1
            weights[~moving | part.forced] = 0
            self._keep(*self._line(weights, int(figure)))
        return bool(broken.any())

    def _line(self, weights: np.ndarray, figure: int) -> tuple[np.ndarray, float]:
        forced = bool(self._part.forced[figure])
        weights = weights.copy()
        weights[figure] = 0 if forced else -1
        return weights, float(forced)

    def _keep(self, weights: np.ndarray, floor: float) -> None:
        self._lines.setdefault(np.round(weights, 9).tobytes() + bytes([int(floor)]), (weights, floor))
        self._table = None
