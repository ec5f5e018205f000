"""The bare attacker: how closely unknown figures can be worked out of what is known of them together.

It knows nothing of files or people: `Knowledge` says within what bounds each figure is, and which sums of
them are known; `narrowed` gives the least and the most that each figure may then be. Nothing is guessed: each
end of a range is what the figure is in some world where all that is known holds.

A table of a row of three municipalities and their total, 10; the first two are withheld, the third shown as
7:

>>> known = Knowledge.of([(0, math.inf), (0, math.inf), (7, 7), (10, 10)],
...                      [({0: 1, 1: 1, 2: 1, 3: -1}, 0, 0)])
>>> least, most = narrowed(known, [0, 1])
>>> least.tolist(), most.tolist()
([0.0, 0.0], [3.0, 3.0])

Whoever only wants to know whether figures are kept well enough says `enough`, and the search of a figure ends
as soon as two possible worlds lie that far apart: its range is then at least that wide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import block_diag, coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from asf_analysis.disclosure.audit.bounds import NEAR, Contradiction, Knowledge, tightened

WORLDS, STACKED, SECONDS = 6, 2000, 10.0
"""Worlds that push all figures at once before each is tried by itself; figures in one call of the solver; and
seconds for one figure where only whole numbers count."""
FAR = 1000.0
"""What has no bound is sought within this many times the largest number known: an end out there is none."""

__all__ = ["Contradiction", "Knowledge", "narrowed"]


def narrowed(
    known: Knowledge, wanted: Sequence[int] | None = None, enough: float = math.inf
) -> tuple[np.ndarray, np.ndarray]:
    """Give the least and the most that each wanted figure (all, if not told) may be.

    A range that is at least `enough` wide may be wider still; one that is narrower is exact. Whole figures
    are whole in every world. Raises Contradiction when nothing can be as it is known.

    >>> narrowed(Knowledge.of([(0, 9), (0, 9)], [({0: 2, 1: 1}, 7, 8)]), [0])
    (array([0.]), array([4.]))
    """
    lower, upper = tightened(known)
    least, most = lower.copy(), upper.copy()
    sought = np.zeros(len(lower), bool)
    sought[list(range(len(lower)) if wanted is None else wanted)] = True
    for part, columns in _parts(known, lower, upper):
        targets = np.flatnonzero(sought[columns])
        if len(targets):
            least[columns[targets]], most[columns[targets]] = _ends(part, targets, enough)
    chosen = np.flatnonzero(sought) if wanted is None else np.asarray(wanted, int)
    return least[chosen], most[chosen]


def _parts(known: Knowledge, lower: np.ndarray, upper: np.ndarray) -> Iterator[tuple[Knowledge, np.ndarray]]:
    """Give the figures that still are open, in parts that have no relation in common."""
    open_ = np.flatnonzero(upper - lower > NEAR)
    settled = np.where(upper - lower > NEAR, 0.0, lower)
    given = known.relations @ settled
    relations = csr_array(known.relations[:, open_])
    rows, columns = relations.nonzero()
    size = len(open_) + relations.shape[0]
    links = coo_array((np.ones(len(rows)), (columns, len(open_) + rows)), shape=(size, size))
    _, labels = connected_components(links, directed=False)
    figures, sums = labels[: len(open_)], labels[len(open_) :]
    for label in np.unique(figures):
        mine, rows_of = np.flatnonzero(figures == label), np.flatnonzero(sums == label)
        if not len(rows_of):
            continue
        yield (
            Knowledge(
                lower[open_[mine]],
                upper[open_[mine]],
                csr_array(relations[rows_of][:, mine]),
                known.low[rows_of] - given[rows_of],
                known.high[rows_of] - given[rows_of],
                known.whole[open_[mine]],
            ),
            open_[mine],
        )


def _ends(part: Knowledge, targets: np.ndarray, enough: float) -> tuple[np.ndarray, np.ndarray]:
    """Give the least and the most of figures of one part."""
    search = _Search(part)
    if math.isfinite(enough):
        for aims in search.pushes(targets, enough):
            search.visit(aims)
    for start in range(0, len(targets), search.stack):
        some = [
            target
            for target in targets[start : start + search.stack]
            if search.highest[target] - search.lowest[target] < enough - NEAR
        ]
        search.settle(some, enough)
    far = search.far
    least = np.where(search.lowest <= -far, -math.inf, search.lowest)
    most = np.where(search.highest >= far, math.inf, search.highest)
    return least[targets] + 0.0, most[targets] + 0.0  # no minus zero


class _Search:
    """Worlds seen so far of one part: the lowest and highest that each figure was in any of them."""

    def __init__(self, part: Knowledge) -> None:
        numbers = np.concatenate([part.low, part.high, part.lower, part.upper])
        largest = float(np.abs(numbers[np.isfinite(numbers)]).max(initial=1.0))
        self.far = FAR * max(largest, 1.0)
        self.part = part
        self.lower = np.maximum(part.lower, -10 * self.far)
        self.upper = np.minimum(part.upper, 10 * self.far)
        self.stack = max(1, STACKED // len(self.lower))
        self.lowest = np.full(len(self.lower), math.inf)
        self.highest = np.full(len(self.lower), -math.inf)

    def pushes(self, targets: np.ndarray, enough: float) -> Iterator[np.ndarray]:
        """Give objectives that push many figures apart at once: all up, all down, then by chance."""
        chance = np.random.default_rng(0)
        for turn in range(WORLDS):
            left = targets[~(self.highest[targets] - self.lowest[targets] >= enough - NEAR)]
            if len(left) <= 1:
                return
            way = np.ones(len(left)) if not turn else chance.choice([-1.0, 1.0], len(left))
            aims = np.zeros((2, len(self.lower)))
            aims[0, left], aims[1, left] = way, -way
            yield aims

    def visit(self, aims: np.ndarray) -> np.ndarray:
        """Give the worlds where each aim is least, and note those in which all is whole that should be."""
        worlds = self._solved(aims)
        for world in worlds:
            if self._is_whole(world):
                self._note(world)
        return worlds

    def settle(self, targets: Sequence[int], enough: float) -> None:
        """Find the ends of each of these figures."""
        if not targets:
            return
        aims = np.zeros((2 * len(targets), len(self.lower)))
        for number, target in enumerate(targets):
            aims[2 * number, target], aims[2 * number + 1, target] = 1.0, -1.0
        worlds = self.visit(aims)
        for number, target in enumerate(targets):
            ends = worlds[2 * number][target], worlds[2 * number + 1][target]
            for aim, end in zip(aims[2 * number : 2 * number + 2], ends, strict=True):
                self._reach(target, aim, end, enough)

    def _reach(self, target: int, aim: np.ndarray, end: float, enough: float) -> None:
        """Make sure of one end of a figure that a world of parts of people reached, but perhaps no whole."""
        if self.part.whole[target]:
            end = math.ceil(end - NEAR) if aim[target] > 0 else math.floor(end + NEAR)
        reached = self.lowest[target] <= end + NEAR if aim[target] > 0 else self.highest[target] >= end - NEAR
        if reached or self.highest[target] - self.lowest[target] >= enough - NEAR:
            return
        found = self._solver(aim, self.part.relations, whole=True)
        if found.x is not None:
            self._note(np.where(self.part.whole, np.rint(found.x), found.x))
        if found.status == 2:
            raise Contradiction
        if found.status != 0:  # the time ended: what is proven is the outer bound
            proven = found.mip_dual_bound if found.mip_dual_bound is not None else aim[target] * end
            bound = aim[target] * proven
            if aim[target] > 0:
                self.lowest[target] = min(self.lowest[target], max(bound, end))
            else:
                self.highest[target] = max(self.highest[target], min(bound, end))

    def _note(self, world: np.ndarray) -> None:
        self.lowest = np.minimum(self.lowest, world)
        self.highest = np.maximum(self.highest, world)

    def _is_whole(self, world: np.ndarray) -> bool:
        parts = world[self.part.whole]
        return bool(np.all(np.abs(parts - np.rint(parts)) <= NEAR))

    def _solved(self, aims: np.ndarray) -> np.ndarray:
        relations = csr_array(block_diag([self.part.relations] * len(aims), format="csr"))
        found = self._solver(aims.ravel(), relations, whole=False)
        if found.status == 2:
            raise Contradiction
        if found.x is None:
            raise ArithmeticError(found.message)
        worlds: np.ndarray = found.x.reshape(aims.shape)
        whole = np.rint(worlds)
        return np.where(self.part.whole & (np.abs(worlds - whole) <= NEAR), whole, worlds)

    def _solver(self, aim: np.ndarray, relations: csr_array, *, whole: bool) -> OptimizeResult:
        """Call HiGHS, for as many copies of the part as the aim is long."""
        copies = len(aim) // len(self.lower)
        return milp(
            aim,
            integrality=self.part.whole.astype(int) if whole else np.zeros(len(aim), int),
            bounds=Bounds(np.tile(self.lower, copies), np.tile(self.upper, copies)),
            constraints=LinearConstraint(
                relations, np.tile(self.part.low, copies), np.tile(self.part.high, copies)
            ),
            options={"time_limit": SECONDS} if whole else {},
        )
