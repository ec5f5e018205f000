"""What an attacker knows of figures, and the bounds that follow from one sum at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

NEAR = 1e-6
"""Numbers no further apart than this are the same: the solver's own tolerance is a tenth of it."""
ROUNDS = 30

Relation = tuple[Mapping[int, float], float, float]
"""Coefficients of figures by their number, and the least and the most that their sum is."""


class Contradiction(ValueError):
    """All that is known cannot be true at once."""


@dataclass(frozen=True)
class Knowledge:
    """Bounds of figures, and the sums of them that are known to lie between `low` and `high`.

    `whole` tells which figures are whole numbers.
    """

    lower: np.ndarray
    upper: np.ndarray
    relations: csr_array
    low: np.ndarray
    high: np.ndarray
    whole: np.ndarray

    @classmethod
    def of(
        cls,
        bounds: Sequence[tuple[float, float]],
        relations: Iterable[Relation],
        whole: Sequence[bool] | None = None,
    ) -> Knowledge:
        """Lay out what is known; all figures are whole if not told.

        >>> Knowledge.of([(0, 5), (0, math.inf)], [({0: 1, 1: -1}, 0, 2)]).relations.toarray().tolist()
        [[1.0, -1.0]]
        """
        all_relations = list(relations)
        entries = [
            (row, figure, factor)
            for row, (terms, _, _) in enumerate(all_relations)
            for figure, factor in terms.items()
            if factor
        ]
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        return cls(
            np.array([low for low, _ in bounds], float),
            np.array([high for _, high in bounds], float),
            csr_array(
                (np.array(factors, float), (np.array(rows, int), np.array(columns, int))),
                shape=(len(all_relations), len(bounds)),
            ),
            np.array([low for _, low, _ in all_relations], float),
            np.array([high for _, _, high in all_relations], float),
            np.ones(len(bounds), bool) if whole is None else np.array(whole, bool),
        )


def tightened(known: Knowledge) -> tuple[np.ndarray, np.ndarray]:
    """Give the bounds of figures that follow from each sum by itself, until nothing more does.

    Raises Contradiction when a figure is left no value.

    >>> lower, upper = tightened(Knowledge.of([(0, math.inf), (2, 2)], [({0: 1, 1: 1}, 5, 5)]))
    >>> lower.tolist(), upper.tolist()
    ([3.0, 2.0], [3.0, 2.0])
    """
    lower, upper = known.lower.copy(), known.upper.copy()
    table = known.relations.tocoo()
    rows, columns, factors = table.row, table.col, table.data
    whole = known.whole
    for _ in range(ROUNDS):
        before = lower.copy(), upper.copy()
        ends = factors * lower[columns], factors * upper[columns]
        most_of = _without_self(np.maximum(*ends), rows, len(known.low))
        least_of = _without_self(np.minimum(*ends), rows, len(known.low))
        first = (known.low[rows] - most_of) / factors
        second = (known.high[rows] - least_of) / factors
        np.maximum.at(lower, columns, np.where(factors > 0, first, second))
        np.minimum.at(upper, columns, np.where(factors > 0, second, first))
        lower[whole] = np.ceil(lower[whole] - NEAR)
        upper[whole] = np.floor(upper[whole] + NEAR)
        if np.any(lower > upper + NEAR):
            raise Contradiction
        upper = np.maximum(lower, upper)
        if _same(before[0], lower) and _same(before[1], upper):
            break
    return lower, upper


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    finite = np.isfinite(one)
    return bool(np.array_equal(finite, np.isfinite(other)) and np.allclose(one[finite], other[finite]))


def _without_self(ends: np.ndarray, rows: np.ndarray, count: int) -> np.ndarray:
    """Give, for each term of a sum, what the other terms come to; infinite where another one has no end."""
    endless = ~np.isfinite(ends)
    finite = np.where(endless, 0.0, ends)
    sums = np.bincount(rows, finite, count)
    without_end = np.bincount(rows, endless, count)[rows] - endless
    sign = np.sign(ends[endless][0]) if endless.any() else 1.0
    return np.where(without_end > 0, sign * math.inf, sums[rows] - finite)
