"""The sums that hold between figures of people, and the figures that a reader can reckon by them.

Sums are found, not listed: a figure is the sum of its parts by a dimension wherever the parts are there and
add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from asf_analysis.disclosure.figures import BOTH_DAYS, COMPONENT, Days, Figure
from asf_analysis.kpis.changes import CLOSED, STARTED
from asf_analysis.kpis.groups import PARTS

LEAVING: dict[str | None, tuple[int, bool]] = {CLOSED: (-1, True), STARTED: (1, False)}
"""The parts of a change that are of whole enterprises: their sign, and whether they leave the first day."""


@dataclass(frozen=True)
class Sum:
    """A sum that every reader knows: each figure with its sign, 0 together."""

    terms: tuple[tuple[Figure, int], ...]

    @classmethod
    def of(cls, whole: Figure, parts: Iterable[Figure]) -> Sum:
        """Give the sum of a whole's parts."""
        return cls(((whole, -1), *((part, 1) for part in parts)))


def with_what_can_be_reckoned(values: Mapping[Figure, int]) -> dict[Figure, int]:
    """Add the figures that are others together, or what is left of them: a reader can reckon those."""
    known = dict(values)
    for dimension, nodes in PARTS.items():
        for node, names in nodes.items():
            for figure in [one for one in known if one.value(dimension) in (node, *names)]:
                around = figure.without(dimension)
                whole, parts = (
                    around.within(dimension, node),
                    [around.within(dimension, one) for one in names],
                )
                told = [part for part in parts if part in known]
                if whole not in known:
                    known[whole] = sum(known[part] for part in told)
                elif told and len(told) == len(parts) - 1 and _splits(around):
                    [left] = set(parts) - set(told)
                    known[left] = known[whole] - sum(known[part] for part in told)
    return known


def with_those_of_both_days(values: Mapping[Figure, int], days: Days) -> dict[Figure, int]:
    """Add those of enterprises that were there on both days of a change: they are nobody at least, too."""
    remaining = {}
    for figure in values:
        if figure.value(COMPONENT) in LEAVING:
            one = _leaving(figure, days)
            (end, _), (both, _), (_, sign) = one.terms
            if end in values:
                remaining[both] = values[end] - sign * values[figure]
    return {**values, **remaining}


def _leaving(figure: Figure, days: Days) -> Sum:
    """Give the sum of those there on both days and those who left or came: all of one of the days."""
    sign, first = LEAVING[figure.value(COMPONENT) or ""]
    end = Figure(str(days.baseline if first else days.measured), figure.without(COMPONENT).of)
    return Sum(((end, -1), (end.within(BOTH_DAYS, "yes"), 1), (figure, sign)))


def _splits(figure: Figure) -> bool:
    """Whether the people of a figure are known to be made of their parts.

    An enterprise may have grown in employees and not in permanent ones, so those parts of a change are not.
    """
    return figure.value(COMPONENT) in (None, STARTED, CLOSED)


def sums_of(values: Mapping[Figure, int], days: Days) -> Iterator[Sum]:
    """Find every figure that is the sum of its parts by a dimension, and every change from day to day.

    What the parts do not add up to, because an answer is missing or others contradict it, is no sum.
    """
    parts: dict[tuple[Figure, str], dict[str, Figure]] = defaultdict(dict)
    for figure in values:
        for dimension, value in sorted(figure.of):
            parts[figure.without(dimension), dimension][value] = figure
    candidates = (
        one
        for (around, dimension), named in parts.items()
        for one in _candidates(around, dimension, named, days)
    )
    leaving = (_leaving(figure, days) for figure in values if figure.value(COMPONENT) in LEAVING)
    for one in chain(candidates, leaving):
        known = all(figure in values for figure, _ in one.terms)
        if known and sum(values[figure] * sign for figure, sign in one.terms) == 0:
            yield one


def _candidates(around: Figure, dimension: str, named: Mapping[str, Figure], days: Days) -> Iterator[Sum]:
    """Give the sums that may hold of figures that differ by one dimension alone."""
    if dimension == BOTH_DAYS:
        return
    if dimension == COMPONENT:
        before, after = (Figure(str(day), around.of) for day in (days.baseline, days.measured))
        yield Sum.of(after, [before, *named.values()])
        return
    nodes = {node: names for node, names in PARTS.get(dimension, {}).items() if node in named}
    for node, names in nodes.items():
        yield Sum.of(named[node], [named[name] for name in names if name in named])
    inside = {name for names in nodes.values() for name in names}
    yield Sum.of(around, [figure for value, figure in named.items() if value not in inside])
