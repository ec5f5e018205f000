"""The attacker of a pattern: how far the worlds reach that what is shown leaves possible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from asf_analysis.disclosure.suppression.parts import Part
from asf_analysis.disclosure.suppression.programs import Programs

FAINT = 1e-3
"""To what share shown figures may deviate when multipliers are sought, so that they are priced low."""


@dataclass(frozen=True)
class Aim:
    """One figure that an attacker pushes up (`sign` 1) or down (-1), and how far it must get."""

    figure: int
    sign: float
    need: float


@dataclass(frozen=True)
class Attack:
    """The worlds in which only some figures change, those that a pattern withholds."""

    part: Part
    changing: np.ndarray
    programs: Programs

    def furthest(self, objective: np.ndarray, up: np.ndarray, down: np.ndarray) -> np.ndarray:
        """Give the world within these bounds that is largest by an objective."""
        return self.programs.solve(objective, up * self.changing, down * self.changing)[0]

    def extreme(self, aim: Aim) -> np.ndarray:
        """Give a world that goes as far towards an aim as any does."""
        return self.furthest(self._objective(aim), self.part.up, self.part.down)

    def prices(self, aim: Aim, share: np.ndarray, *, exact: bool = False) -> np.ndarray:
        """Give how much further, at most, an attacker gets towards an aim by each figure's being withheld.

        The multipliers of the sums are those best for a pattern that withholds each figure to a `share`, 0 to
        1. If not `exact`, no figure goes further than the aim must get, and those shown go a faint way, so
        that few are priced high. Any multipliers give a valid bound.
        """
        part, objective = self.part, self._objective(aim)
        need = np.inf if exact else aim.need
        share = share if exact else np.maximum(share, FAINT)
        up, down = np.minimum(part.up, need) * share, np.minimum(part.down, need) * share
        _, slopes = self.programs.solve(objective, up, down)
        return np.maximum(slopes, 0) * part.up + np.maximum(-slopes, 0) * part.down

    def _objective(self, aim: Aim) -> np.ndarray:
        objective = np.zeros(self.part.size)
        objective[aim.figure] = aim.sign
        return objective
