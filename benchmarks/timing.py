"""Timing in pairs: machines are shared and noisy, so only ratios taken in turn can be trusted."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 5

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


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


def fastest(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Time calls in turn; gives the least seconds of each: what other work touched least."""
    turns = [[seconds(work) for work in works] for _ in range(rounds)]
    return [min(times) for times in zip(*turns, strict=True)]


def peak_megabytes(work: Callable[[], object]) -> float:
    """Give the most memory that this process has had during a call; where there is no /proc, until then."""
    if not _STATUS.exists():
        import resource

        work()
        bytes_each = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * bytes_each / 1e6
    _CLEAR.write_text("5")
    work()
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6
