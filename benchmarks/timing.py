"""Timing in pairs: machines are shared and noisy, so only ratios taken in turn can be trusted."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def paired(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int = ROUNDS
) -> tuple[float, float, float]:
    """Time two calls in turn; gives the median seconds of each, and of theirs ÷ ours pair by pair."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    ratios = [other / own for own, other in pairs]
    return (
        statistics.median(own for own, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(ratios),
    )
