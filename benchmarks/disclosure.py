"""What is withheld: attacked by the independent auditor, beside an oracle and a rule of thumb, and timed.

The releases, the oracle and the attack are those of the tests, which try a quick share of them.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np

from asf_analysis.disclosure.suppression.cheapest import cheapest_pattern

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from random_releases import RandomRelease, one_table, random_release
from release_trials import attacked, next_smallest
from suppression_oracle import cheapest_cost

RELEASES, SMALL_TABLES, LARGE_TABLES = 1000, 200, 10
SMALL, FIGURES = (4, 3, 2), 36
"""The most municipalities, authorities and sexes of a small table, and the most figures of its release."""
LIMIT = 60.0
"""Seconds after which a pattern is taken as it is: a safe one always."""
PROCESSES = 2
Result = TypeVar("Result")
TITLE = "Random releases (to reach: nothing withheld worked out; no pattern dearer than the oracle's)"


def measure() -> Iterator[tuple[str, str]]:
    """Give a line per figure of each trial; ends the benchmark if any bar is missed."""
    missed: list[str] = []
    for trial in (_against_attack, _beside_oracle, _large_tables):
        yield from trial(missed)
    if missed:
        raise SystemExit("Missed: " + "; ".join(missed))


@dataclass(frozen=True)
class Kept:
    """What a pattern keeps of a release: its cells, those withheld, and of the attacked those worked out."""

    cells: int
    withheld: int
    attacked: int
    leaking: int
    known: int

    @classmethod
    def by(cls, release: RandomRelease, withheld: np.ndarray) -> Kept:
        """Attack a pattern."""
        found = attacked(release, withheld)
        return cls(
            cells=len(release.cells),
            withheld=int((withheld & release.printed).sum()),
            attacked=len(found.figures),
            leaking=len(found.leaking),
            known=len(found.known),
        )


@dataclass(frozen=True)
class Tried:
    """A release tried: what our pattern and the rule of thumb's keep of it, and how long ours took."""

    tables: int
    primary: int
    ours: Kept
    rule: Kept
    limited: int
    seconds: float
    cost: float
    gap: float


def tried(release: RandomRelease) -> Tried:
    """Find the pattern of a release, and attack it and the one that is made by the rule of thumb."""
    started = time.perf_counter()
    pattern = cheapest_pattern(release.system, release.demand, seconds=LIMIT)
    seconds = time.perf_counter() - started
    return Tried(
        tables=release.tables,
        primary=int((release.demand.primary & release.printed).sum()),
        ours=Kept.by(release, pattern.withheld),
        rule=Kept.by(release, next_smallest(release)),
        limited=int((pattern.limited & release.printed).sum()),
        seconds=seconds,
        cost=pattern.cost,
        gap=(pattern.cost - pattern.bound) / max(pattern.cost, 1.0),
    )


def _tried_random(seed: int) -> Tried:
    return tried(random_release(seed))


def _tried_large(seed: int) -> Tried:
    return tried(one_table(seed))


def _costs(seed: int) -> tuple[float, float, float | None, int]:
    """Give our pattern's cost and bound, the oracle's cost, and how many it withholds beside small ones."""
    release = random_release(seed, SMALL)
    pattern = cheapest_pattern(release.system, release.demand)
    more = pattern.withheld & release.printed & ~release.demand.primary
    return pattern.cost, pattern.bound, cheapest_cost(release.system, release.demand), int(more.sum())


def _all(work: Callable[[int], Result], seeds: Iterable[int]) -> list[Result]:
    if PROCESSES == 1:
        return [work(seed) for seed in seeds]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, seeds))


def _against_attack(missed: list[str]) -> Iterator[tuple[str, str]]:
    found = _all(_tried_random, range(RELEASES))
    ours, rule = [one.ours for one in found], [one.rule for one in found]
    yield f"{len(found):,} random releases of 1 to 4 tables", f"{'ours':>12}{'next smallest':>16}"
    yield "cells that tables print", _beside(ours, rule, "cells")
    yield "of them small", f"{sum(one.primary for one in found):>12,}"
    yield "cells withheld", _beside(ours, rule, "withheld")
    yield "share of cells kept", f"{_kept(ours):>12.1%}{_kept(rule):>16.1%}"
    yield (
        "figures attacked: withheld cells, and small ones between the lines",
        _beside(ours, rule, "attacked"),
    )
    yield "of them worked out more closely than they may be", _beside(ours, rule, "leaking")
    yield "of them worked out to the number", _beside(ours, rule, "known")
    leaky = [sum(one.leaking > 0 for one in kept) for kept in (ours, rule)]
    yield "releases with any figure worked out", f"{leaky[0]:>12,}{leaky[1]:>16,}"
    clean = [one for one in found if not one.rule.leaking]
    kept = f"{_kept([one.ours for one in clean]):>12.1%}{_kept([one.rule for one in clean]):>16.1%}"
    yield f"share of cells kept in the {len(clean):,} where the rule leaks nothing", kept
    limited = sum(one.limited for one in found)
    yield "cells less well kept because a total is always told, as well as can be", f"{limited:>12,}"
    yield from _timed(found)
    if sum(one.leaking for one in ours):
        missed.append("something withheld in random releases can be worked out")


def _beside(ours: Sequence[Kept], rule: Sequence[Kept], name: str) -> str:
    return "".join(
        f"{sum(getattr(one, name) for one in kept):>{width},}" for kept, width in ((ours, 12), (rule, 16))
    )


def _kept(patterns: Sequence[Kept]) -> float:
    return 1 - sum(one.withheld for one in patterns) / max(sum(one.cells for one in patterns), 1)


def _timed(found: Sequence[Tried]) -> Iterator[tuple[str, str]]:
    proven = sum(one.gap <= 0 for one in found)
    yield "patterns proven to be the cheapest", f"{proven:,} of {len(found):,}"
    yield "largest gap", f"{max(one.gap for one in found):.1%}"
    taken = [one.seconds for one in found]
    yield "seconds: median, most", f"{statistics.median(taken):.2f}, {max(taken):.2f}"


def _beside_oracle(missed: list[str]) -> Iterator[tuple[str, str]]:
    found = _all(_costs, islice(_small_seeds(), SMALL_TABLES))
    told = [(cost, bound, oracle, more) for cost, bound, oracle, more in found if oracle is not None]
    dearer = sum(cost > oracle + 1e-6 for cost, _, oracle, _ in told)
    cheaper = sum(cost < oracle - 1e-6 for cost, _, oracle, _ in told)
    wrong = sum(bound > oracle + 1e-6 for _, bound, oracle, _ in told)
    yield "small tables beside the oracle, one compact program", f"{len(told):,}"
    yield "of them withheld more than what is small", f"{sum(more > 0 for *_, more in told):,}"
    yield "equal cost", f"{len(told) - dearer - cheaper:,}"
    yield "dearer; cheaper; bounds above the oracle's cost", f"{dearer:,}; {cheaper:,}; {wrong:,}"
    yield "not solved by the oracle in time", f"{len(found) - len(told):,}"
    if dearer or cheaper or wrong or len(told) < SMALL_TABLES:
        missed.append("equal cost with the oracle on every small table")


def _small_seeds() -> Iterator[int]:
    """Give seeds of small releases in which something must be withheld."""
    seed = 0
    while True:
        release = random_release(seed, SMALL)
        if len(release.labels) <= FIGURES and release.demand.primary.any():
            yield seed
        seed += 1


def _large_tables(missed: list[str]) -> Iterator[tuple[str, str]]:
    found = _all(_tried_large, range(LARGE_TABLES))
    yield f"tables of 10 × 6 × 3: {found[0].ours.cells} cells each", f"{len(found)}"
    yield (
        "small; withheld; the rule withholds",
        "; ".join(
            f"{total:,}"
            for total in (
                sum(one.primary for one in found),
                sum(one.ours.withheld for one in found),
                sum(one.rule.withheld for one in found),
            )
        ),
    )
    leaks = [
        sum(kept.leaking for kept in side) for side in zip(*((a.ours, a.rule) for a in found), strict=True)
    ]
    yield "worked out more closely than they may be; by the rule", f"{leaks[0]:,}; {leaks[1]:,}"
    yield from _timed(found)
    if leaks[0]:
        missed.append("something withheld in a large table can be worked out")
