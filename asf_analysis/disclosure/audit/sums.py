"""The sums that every reader knows: wholes of their parts, and changes from day to day.

A figure that nothing tells, but that a reader can reckon with (employees who are not permanent), is one of
the unknown too. Whatever is missing counts nobody, as the tables say.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator

from asf_analysis.disclosure.audit.cells import COMPONENT, ROLE, TABLE, Fact, Figure, Reading

STARTED, CLOSED, GROWN, SHRUNK = "started", "closed", "grown", "shrunk"
Group = frozenset[tuple[str, str]]


def figures_with_latent(reading: Reading, told: Collection[Figure]) -> set[Figure]:
    """Give all figures to reckon with: those told of, and the parts that are left where all others are."""
    figures = set(told)
    for dimension, nodes in reading.parts.items():
        for node, names in nodes.items():
            wholes = {one.without(dimension) for one in figures if one.value(dimension) in (node, *names)}
            for whole in wholes:
                own = [whole.within(dimension, name) for name in (node, *names)]
                if _splits(whole) and sum(one in figures for one in own) >= 2:
                    figures.update(own)
    return figures


def _splits(figure: Figure) -> bool:
    """Whether a change of the whole is that of its parts: an enterprise may grow in one kind alone."""
    return figure.value(COMPONENT) in (None, STARTED, CLOSED)


def known_sums(reading: Reading, figures: set[Figure], missing: set[Figure]) -> Iterator[Fact]:
    """Give every sum that holds between these figures."""
    by_whole = _by_whole(figures)
    for whom, dimension, values in sorted(reading.partitions, key=repr):
        for whole, own in by_whole.get(dimension, {}).items():
            if whom <= whole.of and (whole.value(COMPONENT) is None or dimension != COMPONENT):
                wanted = [whole.within(dimension, value) for value in values]
                counted = [one for one in wanted if one not in missing]
                present = [one for one in counted if one in own]
                if whole in figures and present:
                    yield from _sum(whole, present, complete=len(present) == len(counted))
    for dimension, nodes in reading.parts.items():
        for node, names in nodes.items():
            for whole in list(by_whole.get(dimension, {})):
                family = [whole.within(dimension, name) for name in (node, *names)]
                if figures.issuperset(family):
                    yield from _sum(family[0], family[1:], complete=True)
    yield from _changes(reading, figures, missing)


def _by_whole(figures: Collection[Figure]) -> dict[str, dict[Figure, set[Figure]]]:
    by_whole: dict[str, dict[Figure, set[Figure]]] = defaultdict(lambda: defaultdict(set))
    for figure in sorted(figures, key=_order):
        for dimension in figure.dimensions:
            by_whole[dimension][figure.without(dimension)].add(figure)
    return by_whole


def _order(figure: Figure) -> tuple[str, list[tuple[str, str]]]:
    return figure.when, sorted(figure.of)


def _sum(whole: Figure, parts: list[Figure], *, complete: bool) -> Iterator[Fact]:
    terms = {whole: -1.0, **dict.fromkeys(parts, 1.0)}
    if complete:
        yield Fact(terms, 0.0, 0.0)
    elif whole.value(COMPONENT) is None:
        yield Fact(terms, -math.inf, 0.0)


def _changes(reading: Reading, figures: set[Figure], missing: set[Figure]) -> Iterator[Fact]:
    """Give each change as what it is made of, and no more people closed or started than there were."""
    for whom, first, last, components in sorted(reading.changes, key=repr):
        groups = {one.of for one in figures if one.when in (first, last) and whom <= one.of}
        for of in sorted(groups, key=sorted):
            before, after = Figure(first, of), Figure(last, of)
            wanted = [Figure(f"{first}/{last}", of).within(COMPONENT, name) for name in components]
            counted = [one for one in wanted if one not in missing]
            if {before, after, *counted} <= figures:
                yield Fact({after: -1.0, before: 1.0, **dict.fromkeys(counted, 1.0)}, 0.0, 0.0)
            during = Figure(f"{first}/{last}", of)
            closed, started = during.within(COMPONENT, CLOSED), during.within(COMPONENT, STARTED)
            if before in figures and closed in figures:
                yield Fact({before: 1.0, closed: 1.0}, 0.0, math.inf)
            if after in figures and started in figures:
                yield Fact({after: 1.0, started: -1.0}, 0.0, math.inf)


def bounds_of(figure: Figure) -> tuple[float, float]:
    """Give what everybody knows of a figure: nobody is fewer than none, and who closed has not grown."""
    component = figure.value(COMPONENT)
    whole = figure.dimensions <= {COMPONENT, ROLE, TABLE}
    if component is None or component == STARTED or (component == GROWN and whole):
        return 0.0, math.inf
    if component == CLOSED or (component == SHRUNK and whole):
        return -math.inf, 0.0
    return -math.inf, math.inf
