"""Random releases, as sparse as ours: linked tables of the same people, and what must be kept of them.

The people are told apart by municipality, authority and sex (or age), all together the smallest groups. Each
table counts groups by some of these, with all margins; municipalities may make up districts, a table may be
of one municipality alone or of the change between two days. What must be kept is as in the product: small
counts, withheld ones that a table prints, totals that are told anyway.

A stranger's view of a release needs nothing of the optimiser's: how many people are in each group, which
nobody tells, and which groups each figure counts.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from random_demands import AFTER, ALL, BEFORE, CHANGE, Label, random_demand
from scipy.sparse import csr_array

from asf_analysis.disclosure.suppression.system import Demand, System


@dataclass(frozen=True)
class Dimension:
    """What people are told apart by: its leaves, and the districts that some dimensions have."""

    leaves: tuple[str, ...]
    districts: Mapping[str, tuple[str, ...]]

    @property
    def nodes(self) -> tuple[str, ...]:
        """All rows of a table: leaves, districts, and all."""
        return (*self.leaves, *self.districts, ALL)

    def under(self, node: str) -> tuple[str, ...]:
        """Give the leaves of a node."""
        return self.leaves if node == ALL else self.districts.get(node, (node,))

    def divisions(self, node: str) -> Iterator[tuple[str, ...]]:
        """Give the ways that a node is made of others."""
        if node == ALL and self.districts:
            yield tuple(self.districts)
        if node not in self.leaves:
            yield self.under(node)


@dataclass(frozen=True)
class RandomRelease:
    """A release: for the optimiser a system and a demand, for a stranger the groups that each figure counts.

    `counted` has a row per figure and a column per group; its entries are 1, and -1 where a change loses the
    people of a group. `groups` is how many people are in each. `lines` are the sums that a table shows as a
    row or a column: a whole and its parts.
    """

    labels: tuple[Label, ...]
    groups: np.ndarray
    counted: csr_array
    printed: np.ndarray
    lines: tuple[tuple[int, tuple[int, ...]], ...]
    tables: int
    threshold: int
    system: System
    demand: Demand

    @cached_property
    def cells(self) -> np.ndarray:
        """Give the figures that a table prints."""
        return np.flatnonzero(self.printed)


def random_release(seed: int, most: Sequence[int] = (10, 6, 3)) -> RandomRelease:
    """Give the release of a seed: one to four tables of at most so many municipalities, authorities, ages."""
    random = np.random.default_rng(seed)
    many = int(random.integers(2, len(most) + 1))
    draws = int(random.choice([1, 2, 2, 2]))
    sizes = [int(random.integers(2, size + 1, draws).min()) for size in most[:many]]
    days = (BEFORE, AFTER) if len(sizes) == 2 and random.random() < 0.3 else (AFTER,)
    dimensions = _dimensions(sizes, districts=sizes[0] > 3 and random.random() < 0.4)
    possible = list(_possible_tables(dimensions, days, random))
    chosen = random.permutation(len(possible))[: int(random.integers(1, 5))]
    threshold = int(random.choice([3, 5, 5, 5, 10]))
    tables = [possible[number] for number in chosen]
    return _release(tables, dimensions, days, threshold, random)


def one_table(seed: int, sizes: Sequence[int] = (10, 6, 3), threshold: int = 5) -> RandomRelease:
    """Give a release of one table with all margins."""
    random = np.random.default_rng(seed)
    dimensions = _dimensions(sizes, districts=False)
    table = [(AFTER, nodes) for nodes in itertools.product(*(one.nodes for one in dimensions))]
    return _release([table], dimensions, (AFTER,), threshold, random)


def _dimensions(sizes: Sequence[int], *, districts: bool) -> list[Dimension]:
    names = [
        tuple(f"{letter}{number}" for number in range(size))
        for letter, size in zip("MAS", sizes, strict=False)
    ]
    half = sizes[0] // 2
    halves = {"D0": names[0][:half], "D1": names[0][half:]} if districts else {}
    return [Dimension(leaves, {} if number else halves) for number, leaves in enumerate(names)]


def _possible_tables(
    dimensions: Sequence[Dimension], days: Sequence[str], random: np.random.Generator
) -> Iterator[list[Label]]:
    """Give tables by every one to three dimensions; for one value of a dimension; of the change of days."""
    for many in range(1, len(dimensions) + 1):
        for told in itertools.combinations(range(len(dimensions)), many):
            nodes = [one.nodes if place in told else (ALL,) for place, one in enumerate(dimensions)]
            yield [(AFTER, found) for found in itertools.product(*nodes)]
            if len(days) > 1 and many == 1:
                yield list(itertools.product((BEFORE, CHANGE, AFTER), itertools.product(*nodes)))
    for place, dimension in enumerate(dimensions):
        leaf = str(random.choice(dimension.leaves))
        nodes = [(leaf,) if place == other else one.nodes for other, one in enumerate(dimensions)]
        yield [(AFTER, found) for found in itertools.product(*nodes)]
    if len(days) > 1:
        yield [(BEFORE, found) for found in itertools.product(*(one.nodes for one in dimensions))]


def _release(
    tables: Sequence[Sequence[Label]],
    dimensions: Sequence[Dimension],
    days: Sequence[str],
    threshold: int,
    random: np.random.Generator,
) -> RandomRelease:
    """Fill tables with random people, and tell what must be kept."""
    smallest = list(itertools.product(days, itertools.product(*(one.leaves for one in dimensions))))
    printed = list(dict.fromkeys(label for table in tables for label in table))
    labels = tuple(dict.fromkeys([*printed, *smallest]))
    groups = _people(dimensions, days, random)
    counted = csr_array(np.array([_counts(label, dimensions, days) for label in labels], float))
    values = counted @ groups
    place = {label: number for number, label in enumerate(labels)}
    sums = [
        (place[whole], tuple(place[part] for part in parts))
        for whole in labels
        for parts in _divisions(whole, dimensions)
        if all(part in place for part in parts)
    ]
    in_table = [{place[label] for label in table} for table in tables]
    signed = np.array([when == CHANGE for when, _ in labels])
    told = np.arange(len(labels)) < len(printed)
    return RandomRelease(
        labels=labels,
        groups=groups,
        counted=counted,
        printed=told,
        lines=tuple(one for one in sums if any({one[0], *one[1]} <= table for table in in_table)),
        tables=len(tables),
        threshold=threshold,
        system=System(
            values=values,
            equations=_equations(sums, counted, [place[label] for label in smallest]),
            lower=np.where(signed, -np.inf, 0.0),
            upper=np.full(len(labels), np.inf),
        ),
        demand=random_demand(labels, values, told, in_table, threshold, random),
    )


def _people(dimensions: Sequence[Dimension], days: Sequence[str], random: np.random.Generator) -> np.ndarray:
    """Give numbers of people: mostly none or few, some many; in some municipalities nobody."""
    shape = [len(one.leaves) for one in dimensions]
    size = random.choice([0.05, 0.12, 0.3])
    before = random.negative_binomial(random.choice([0.15, 0.3, 0.6]), size, shape)
    before[random.random(shape[0]) < 0.1] = 0
    if len(days) == 1:
        return before.ravel().astype(float)
    after = np.maximum(before + np.where(random.random(shape) < 0.4, random.integers(-4, 5, shape), 0), 0)
    return np.concatenate([before.ravel(), after.ravel()]).astype(float)


def _counts(label: Label, dimensions: Sequence[Dimension], days: Sequence[str]) -> np.ndarray:
    """Tell which groups a figure counts."""
    when, nodes = label
    inside = np.ones(1)
    for node, dimension in zip(nodes, dimensions, strict=True):
        inside = np.outer(inside, [leaf in dimension.under(node) for leaf in dimension.leaves]).ravel()
    signs = {BEFORE: (1, 0), AFTER: (0, 1), CHANGE: (-1, 1)}[when][-len(days) :]
    return np.concatenate([sign * inside for sign in signs])


def _divisions(whole: Label, dimensions: Sequence[Dimension]) -> Iterator[tuple[Label, ...]]:
    """Give the ways that a figure is the sum of others."""
    when, nodes = whole
    if when == AFTER:
        yield ((BEFORE, nodes), (CHANGE, nodes))
    for number, (node, dimension) in enumerate(zip(nodes, dimensions, strict=True)):
        for parts in dimension.divisions(node):
            yield tuple((when, (*nodes[:number], part, *nodes[number + 1 :])) for part in parts)


def _equations(
    sums: Sequence[tuple[int, tuple[int, ...]]], counted: csr_array, smallest: Sequence[int]
) -> csr_array:
    """Give the sums as rows; what no sum takes apart is its groups together."""
    apart = {whole for whole, _ in sums} | set(smallest)
    rows = [({whole: -1.0} | dict.fromkeys(parts, 1.0)) for whole, parts in sums]
    for whole in set(range(counted.shape[0])) - apart:
        signs = counted[[whole]].toarray()[0]
        rows.append({whole: -1.0} | {smallest[group]: signs[group] for group in np.flatnonzero(signs)})
    entries = [(row, figure, sign) for row, terms in enumerate(rows) for figure, sign in terms.items()]
    numbers, figures, signs = zip(*entries, strict=True)
    return csr_array((signs, (numbers, figures)), shape=(len(rows), counted.shape[0]))
