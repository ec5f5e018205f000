"""All that several editions tell together, laid out for the attacker; and how closely figures are known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from asf_analysis.disclosure.audit.attack import narrowed
from asf_analysis.disclosure.audit.bounds import NEAR, Contradiction, Knowledge
from asf_analysis.disclosure.audit.cells import Cell, Fact, Figure, Reading
from asf_analysis.disclosure.audit.sums import bounds_of, figures_with_latent, known_sums

FIRM, FAINT = 100.0, 1.0
"""What it costs to disbelieve a sum, or what is doubtful, where all cannot be true at once."""


@dataclass(frozen=True)
class Ranges:
    """The least and the most that each figure may be; `disbelieved` counts what could not be true."""

    of: Mapping[Figure, tuple[float, float]]
    disbelieved: int


def ranges_of(
    reading: Reading, others: Sequence[Reading], wanted: Collection[Figure] | None, enough: float
) -> Ranges:
    """Tell how closely figures are known by an edition and others that readers may have kept.

    Those wanted are given, or, if none are named, all that are not shown. What the others show gives way to
    what this edition shows. A range at least `enough` wide may be wider still.
    """
    everything = reading
    for other in others:
        everything = everything.and_(other)
    shown = known_by(reading.cells)
    facts = [*everything.facts, *_of_others(reading, others, shown)]
    told = {cell.figure for cell in everything.cells if cell.status != "missing"}
    told |= {figure for fact in facts for figure in fact.terms}
    missing = {cell.figure for cell in everything.cells if cell.status == "missing"} - told
    figures = figures_with_latent(everything, told)
    facts = [*facts, *known_sums(everything, figures, missing)]
    order = sorted(figures, key=lambda one: (one.when, sorted(one.of)))
    bounds = [shown.get(figure, bounds_of(figure)) for figure in order]
    believed, disbelieved = _believable(facts, shown)
    seek = [
        number
        for number, one in enumerate(order)
        if (one in wanted if wanted is not None else one not in shown)
    ]
    least, most, dropped = _narrowed(order, bounds, believed, seek, enough)
    found = {
        order[number]: (float(low), float(high)) for number, low, high in zip(seek, least, most, strict=True)
    }
    return Ranges(found, disbelieved + dropped)


def known_by(cells: Iterable[Cell]) -> dict[Figure, tuple[float, float]]:
    """Give what cells show, beyond doubt: the first one stands where two contradict each other.

    A rate that no whole number of people gives tells nothing: it was reckoned from something else.
    """
    known: dict[Figure, tuple[float, float]] = {}
    for cell in cells:
        if cell.status != "shown" or cell.doubtful:
            continue
        low, high = known.get(cell.figure, (-np.inf, np.inf))
        low, high = max(low, cell.low), min(high, cell.high)
        if np.ceil(low - NEAR) <= np.floor(high + NEAR):  # some whole number lies in it
            known[cell.figure] = (low, high)
    return known


def _of_others(
    reading: Reading, others: Sequence[Reading], shown: Mapping[Figure, tuple[float, float]]
) -> list[Fact]:
    """Give what texts, and other editions, tell of figures that this one's tables do not show."""
    texts = [cell for cell in reading.cells if cell.status == "shown" and cell.doubtful]
    theirs = [cell for other in others for cell in other.cells if cell.status == "shown"]
    return [
        Fact({cell.figure: 1.0}, cell.low, cell.high, doubtful=True)
        for cell in (*texts, *theirs)
        if cell.figure not in shown
    ]


def _believable(facts: Iterable[Fact], shown: Mapping[Figure, tuple[float, float]]) -> tuple[list[Fact], int]:
    """Leave out what only shown figures belong to: it tells nothing, or is not true."""
    kept, untrue = [], 0
    for fact in facts:
        if all(figure in shown for figure in fact.terms):
            ends = [(factor * shown[one][0], factor * shown[one][1]) for one, factor in fact.terms.items()]
            low, high = sum(min(pair) for pair in ends), sum(max(pair) for pair in ends)
            untrue += low > fact.high + NEAR or high < fact.low - NEAR
            if low == high:
                continue
            if low > fact.high + NEAR or high < fact.low - NEAR:
                continue
        kept.append(fact)
    return kept, untrue


def _narrowed(
    order: Sequence[Figure],
    bounds: Sequence[tuple[float, float]],
    facts: Sequence[Fact],
    seek: Sequence[int],
    enough: float,
) -> tuple[np.ndarray, np.ndarray, int]:
    """Narrow figures; where all that is told cannot be true, disbelieve as little as possible."""
    left = list(facts)
    firm = [fact for fact in facts if not fact.doubtful]
    for attempt in range(4):
        known = _laid_out(order, bounds, left)
        try:
            return (*narrowed(known, seek, enough), len(facts) - len(left))
        except Contradiction:
            slack = _slack(known, left)
            true = [fact for fact, distance in zip(left, slack, strict=True) if distance <= NEAR]
            left = true if len(true) < len(left) else (firm if attempt < 2 else [])
    raise Contradiction


def _laid_out(
    order: Sequence[Figure], bounds: Sequence[tuple[float, float]], facts: Iterable[Fact]
) -> Knowledge:
    place = {figure: number for number, figure in enumerate(order)}
    relations = [
        ({place[figure]: factor for figure, factor in fact.terms.items()}, fact.low, fact.high)
        for fact in facts
    ]
    return Knowledge.of(bounds, relations)


def _slack(known: Knowledge, facts: Sequence[Fact]) -> np.ndarray:
    """Tell how far each fact must be from true for the rest to be, at the least cost."""
    count = len(facts)
    prices = np.array([FAINT if fact.doubtful else FIRM for fact in facts])
    unit = eye_array(count, format="csr")
    found = milp(
        np.concatenate([np.zeros(len(known.lower)), prices, prices]),
        bounds=Bounds(
            np.concatenate([known.lower, np.zeros(2 * count)]),
            np.concatenate([known.upper, np.full(2 * count, np.inf)]),
        ),
        constraints=LinearConstraint(
            csr_array(hstack([known.relations, unit, -unit])), known.low, known.high
        ),
    )
    if found.x is None:
        raise ArithmeticError(found.message)
    distance: np.ndarray = found.x[len(known.lower) : -count] + found.x[-count:]
    return distance
