"""Chance that falls the same way every time, on every machine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Repeatable chance for one subject, such as the activities of 2018.

    Python promises the same sequence from version to version for `random()` alone, so everything else is
    built on that here. Whole numbers only: logarithms differ in the last digit between machines.

    >>> Chance("activities", 2018).between(1, 6) == Chance("activities", 2018).between(1, 6)
    True
    """

    def __init__(self, *subject: object) -> None:
        self._next = random.Random("|".join(["asf-demonstration", *map(str, subject)])).random

    def below(self, limit: int) -> int:
        """Give a whole number from 0 up to, not including, the limit."""
        return int(self._next() * limit)

    def between(self, low: int, high: int) -> int:
        """Give a whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def happens(self, percent: int) -> bool:
        """Give True so many times in a hundred."""
        return self.below(100) < percent

    def pick(self, options: Sequence[T]) -> T:
        """Give one of the options, each as likely."""
        return options[self.below(len(options))]

    def weighted(self, options: Sequence[T], weights: Sequence[int]) -> T:
        """Give one of the options, as likely as its weight says."""
        left = self.below(sum(weights))
        for option, weight in zip(options, weights, strict=True):
            left -= weight
            if left < 0:
                return option
        raise ValueError("The weights hold nothing to choose from.")

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """Give the options in another order."""
        mixed = list(options)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Share a total out by weight into whole numbers that add up to it (largest remainder).

    >>> share_out(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares
