"""Rings of dimensions: tables of the same people that tell more together than their shared margins do.

Of tables by A × B, B × C and A × C, each pair may agree on its shared margin though no people are such as all
three say. A reader knows that there are people, so that what is withheld may be worked out by the cells of
A × B × C, which no table has. Where the sets of dimensions make an acyclic hypergraph, tables that agree on
their shared margins are always margins of one table of whole numbers from 0, so that nothing is hidden there
(Beeri, Fagin, Maier and Yannakakis 1983, "On the desirability of acyclic database schemes", Journal of the
ACM 30; for counts Atserias and Kolaitis 2021, "Structure and complexity of bag consistency", PODS).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from asf_analysis.errors import WrongUsage
from asf_analysis.swedish.writing import join_words

Dimensions = frozenset[str]


def refuse_rings(tables: Mapping[str, Sequence[str]]) -> None:
    """Raise WrongUsage for tables, by name and dimensions, of which some make a ring that no table spans."""
    found = rings(tables.values())
    if not found:
        return
    within = [[name for name, own in tables.items() if len({*own} & {*ring}) > 1] for ring in found]
    told = "; ".join(
        f"{join_words(ring)} (i tabellerna {', '.join(map(repr, names))})"
        for ring, names in zip(found, within, strict=True)
    )
    spanning = join_words([f"personer.groupby({list(ring)}).size()" for ring in found])
    raise WrongUsage(
        f"Dimensionerna bildar en ring, där varje tabell har några av dem men ingen har alla: {told}. "
        "Tillsammans säger sådana tabeller mer än var för sig, så att det undanhållna kan gå att räkna ut. "
        f"Ge också tabellen över alla dimensioner i ringen, till exempel {spanning}. "
        "Ska den inte visas, använd då bara inte resultatet för den."
    )


def rings(tables: Iterable[Iterable[str]]) -> list[tuple[str, ...]]:
    """Give the dimensions of each ring in which sets of dimensions hang together; none if they are acyclic.

    With the set of all dimensions of each ring added, no ring is left.

    >>> rings([("kommun", "kön"), ("myndighet", "kön"), ("kommun", "myndighet")])
    [('kommun', 'kön', 'myndighet')]
    >>> rings([("kommun", "kön"), ("myndighet", "kön"), ("kommun", "myndighet", "kön")])
    []
    >>> rings([("kommun", "kön"), ("kön", "ålder"), ("ålder", "myndighet")])
    []
    """
    sets = [tuple(table) for table in tables]
    order = tuple(dict.fromkeys(name for table in sets for name in table))
    found = [tuple(name for name in order if name in ring) for ring in _rings(map(frozenset, sets), order)]
    return sorted(found, key=lambda ring: [order.index(name) for name in ring])


def _rings(sets: Iterable[Dimensions], order: Sequence[str]) -> Iterator[Dimensions]:
    """Give the rings: what is left is cut at every dimension that alone holds its parts together."""
    left = _reduced(sets)
    for cut in (frozenset[str](), *(frozenset({name}) for name in order)):
        parts = _connected(left, cut)
        if len(parts) > 1:
            for part in parts:
                yield from _rings(part, order)
            return
    if left:
        yield frozenset().union(*left)


def _reduced(sets: Iterable[Dimensions]) -> set[Dimensions]:
    """Take away dimensions of one set only, and sets within others, until nothing more can be taken away.

    Nothing is left of an acyclic hypergraph. This is the reduction of Graham (1979, "On the universal
    relation", University of Toronto) and of Yu and Özsoyoğlu (1979, "An algorithm for tree-query membership
    of a distributed query", IEEE COMPSAC).
    """
    left, before = set(sets), None
    while left != before:
        before = left
        times = Counter(name for one in left for name in one)
        shared = {frozenset(name for name in one if times[name] > 1) for one in left}
        left = {one for one in shared if one and not any(one < other for other in shared)}
    return left


def _connected(sets: Iterable[Dimensions], cut: Dimensions) -> list[list[Dimensions]]:
    """Group the sets that hang together by other dimensions than those of the cut."""
    groups: list[list[Dimensions]] = []
    for one in sets:
        near = [group for group in groups if any((one & other) - cut for other in group)]
        apart = [group for group in groups if group not in near]
        groups = [*apart, [one, *(other for group in near for other in group)]]
    return groups
