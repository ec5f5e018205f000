"""Cuts: what every safe pattern obeys, found from patterns that are not safe."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from asf_analysis.disclosure.suppression.parts import TOLERANCE, Part

VIOLATED = 1e-4
"""By how much of 1 a pattern must break a cut to be held unsafe for it."""


@dataclass(frozen=True)
class Priced:
    """How much further, at most, a figure gets by each figure's being withheld.

    It is pushed up (`sign` 1), down (-1), or both ways together (0). This holds whatever is withheld.
    """

    figure: int
    sign: float
    prices: np.ndarray


class Cuts:
    """Inequalities that every safe pattern obeys: weights times what is withheld is at least a floor.

    Figures that are withheld whatever happens are taken into the floors. Those made of `known` prices are
    there from the start, and new prices are added to these.
    """

    def __init__(self, part: Part, known: list[Priced]) -> None:
        self._part = part
        self._known = known
        self._lines: dict[bytes, tuple[np.ndarray, float]] = {}
        self._table: tuple[np.ndarray, np.ndarray] | None = None
        for priced in known:
            line = self._priced_line(priced)
            if line is not None:
                self._keep(*line)

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

    def add_priced(self, priced: Priced, share: np.ndarray) -> bool:
        """Add, if this pattern breaks it: where a figure is withheld, all that is allows it what it needs."""
        line = self._priced_line(priced)
        if line is None or line[0] @ share >= line[1] - VIOLATED:
            return False
        self._known.append(priced)
        self._keep(*line)
        return True

    def _priced_line(self, priced: Priced) -> tuple[np.ndarray, float] | None:
        """Give the cut that prices make; None where what is withheld whatever happens allows enough."""
        figure, forced = priced.figure, self._part.forced
        need = self._part.need(priced.sign)[figure]
        prices = np.minimum(priced.prices, need)
        lacking = need - prices[forced].sum() - (0 if forced[figure] else prices[figure])
        if lacking <= TOLERANCE:
            return None
        weights = np.minimum(prices / lacking, 1)
        weights[forced | (weights < 1e-9)] = 0
        return self._line(weights, figure)

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
