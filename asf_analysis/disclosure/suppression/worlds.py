"""Worlds: figures that an attacker cannot tell from the true ones, and how far they reach."""

from __future__ import annotations

import numpy as np

from asf_analysis.disclosure.suppression.parts import Part

NOISE = 1e-9


class Worlds:
    """The worlds found so far of a part; a world serves every pattern that withholds what it changes.

    Each is stretched as far as the bounds let it, and so is its mirror image.
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._deviations = np.zeros((0, part.size))
        self._changed = np.zeros((0, part.size), dtype=bool)

    def add(self, deviation: np.ndarray) -> None:
        """Keep a world and its mirror image."""
        deviation = np.where(np.abs(deviation) > NOISE, deviation, 0.0)
        if not deviation.any():
            return
        both = np.array([self._stretched(deviation), self._stretched(-deviation)])
        self._deviations = np.vstack([self._deviations, both])
        self._changed = np.vstack([self._changed, both != 0])

    def reach(self, withheld: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give how far up and down each figure is known to reach where these are withheld."""
        possible = self._deviations[~self._changed[:, ~withheld].any(axis=1)]
        if not len(possible):
            return np.zeros(self._part.size), np.zeros(self._part.size)
        return np.maximum(possible.max(axis=0), 0), np.maximum(-possible.min(axis=0), 0)

    def _stretched(self, deviation: np.ndarray) -> np.ndarray:
        room = np.where(deviation > 0, self._part.up, self._part.down)
        changed = deviation != 0
        return deviation * (room[changed] / np.abs(deviation[changed])).min()
