"""The linear programs over the worlds of a part, one after the other, each begun where the last one ended."""

from __future__ import annotations

import highspy
import numpy as np
from scipy.sparse import csr_array

from asf_analysis.disclosure.suppression.parts import Part

PRIMAL = 4
"""HiGHS' primal simplex: where only the objective is new, the last world is still possible."""


class Programs:
    """All linear programs of a part have its sums; they differ by objectives and by the bounds of figures.

    HiGHS is called directly, since scipy begins every program from nothing, which takes six times as long.
    """

    def __init__(self, part: Part) -> None:
        rows, self._size = part.sums.shape
        self._sums_of_figures = csr_array(part.sums.T)
        self._all = np.arange(self._size, dtype=np.int32)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = self._size, rows
        program.col_cost_ = program.col_lower_ = program.col_upper_ = np.zeros(self._size)
        program.row_lower_ = program.row_upper_ = np.zeros(rows)
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_ = part.sums.indptr
        program.a_matrix_.index_ = part.sums.indices
        program.a_matrix_.value_ = part.sums.data
        program.sense_ = highspy.ObjSense.kMaximize
        options = highspy.HighsOptions()
        options.output_flag, options.threads, options.presolve, options.simplex_strategy = (
            False,
            1,
            "off",
            PRIMAL,
        )
        self._solver = highspy.Highs()
        self._solver.passOptions(options)
        self._solver.passModel(program)

    def solve(self, objective: np.ndarray, up: np.ndarray, down: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give the world within these bounds that is largest by an objective, and each figure's slope there.

        Slopes are the objective less the multipliers of the sums: what a figure adds for each unit it moves.
        """
        self._solver.changeColsBounds(self._size, self._all, -down, up)
        self._solver.changeColsCost(self._size, self._all, objective)
        if not self._solves():
            # A start from the last world may fail where one from nothing does not.
            self._solver.clearSolver()
            if not self._solves():
                return np.zeros(self._size), objective
        found = self._solver.getSolution()
        return np.array(found.col_value), objective - self._sums_of_figures @ np.array(found.row_dual)

    def _solves(self) -> bool:
        self._solver.run()
        return self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
