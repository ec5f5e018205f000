"""The attacker of a pattern: linear programs over the worlds that what is shown leaves possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, csc_array

from asf_analysis.disclosure.suppression.parts import Part

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
    """The worlds in which only some figures change, made ready for many objectives.

    `columns` are those figures, and `rows` the sums that hold any of them.
    """

    part: Part
    columns: np.ndarray
    rows: np.ndarray
    sums: csc_array

    @classmethod
    def on(cls, part: Part, changing: np.ndarray) -> Attack:
        """Attack a pattern that withholds these figures."""
        columns = np.flatnonzero(changing & (part.up + part.down > 0))
        sums = part.sums[:, columns].tocsr()
        rows = np.flatnonzero(np.diff(sums.indptr))
        return cls(part, columns, rows, csc_array(sums[rows]))

    def furthest(self, objective: np.ndarray, up: np.ndarray, down: np.ndarray) -> np.ndarray:
        """Give the world within these bounds that is largest by an objective."""
        return self._solve(objective[None], up[None], down[None])[0][0]

    def extremes(self, aims: Sequence[Aim]) -> np.ndarray:
        """Give for each aim the world that goes as far as any does."""
        return self._solve(self._objectives(aims), self.part.up[None], self.part.down[None])[0]

    def prices(self, aims: Sequence[Aim], share: np.ndarray, *, exact: bool = False) -> np.ndarray:
        """Give for each aim how much further, at most, it gets by each figure's being withheld.

        The multipliers of the sums are those best for a pattern that withholds each figure to a `share`, 0 to
        1. If not `exact`, no figure goes further than the aim must get, and those shown go a faint way, so
        that few are priced high. Any multipliers give a valid bound.
        """
        part, objectives = self.part, self._objectives(aims)
        need = np.inf if exact else np.array([aim.need for aim in aims])[:, None]
        share = share if exact else np.maximum(share, FAINT)
        up, down = np.minimum(part.up, need) * share, np.minimum(part.down, need) * share
        slopes = objectives + (part.sums.T @ self._solve(objectives, up, down)[1].T).T
        return np.maximum(slopes, 0) * part.up + np.maximum(-slopes, 0) * part.down

    def _objectives(self, aims: Sequence[Aim]) -> np.ndarray:
        objectives = np.zeros((len(aims), self.part.size))
        for number, aim in enumerate(aims):
            objectives[number, aim.figure] = aim.sign
        return objectives

    def _solve(
        self, objectives: np.ndarray, up: np.ndarray, down: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Give the largest world and the multipliers of the sums, for each objective; stacked into one."""
        many, columns = len(objectives), self.columns
        worlds = np.zeros((many, self.part.size))
        multipliers = np.zeros((many, self.part.sums.shape[0]))
        if not len(columns):
            return worlds, multipliers
        bounds = np.stack(
            [np.broadcast_to(side, objectives.shape)[:, columns].ravel() for side in (-down, up)], axis=1
        )
        stacked = block_diag([self.sums] * many, format="csc")
        found = linprog(
            -objectives[:, columns].ravel(),
            A_eq=stacked,
            b_eq=np.zeros(stacked.shape[0]),
            bounds=bounds,
            options={"presolve": False},
        )
        if found.x is not None:
            worlds[:, columns] = found.x.reshape(many, -1)
            multipliers[:, self.rows] = found.eqlin.marginals.reshape(many, -1)
        return worlds, multipliers
