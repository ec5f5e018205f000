"""The sums of an analyst's own tables: margins and hierarchies; those that a table lacks are added."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from asf_analysis.disclosure.own_tables.counts import Cell, Counts, name_cells
from asf_analysis.errors import WrongUsage

Hierarchy = Mapping[Hashable, Sequence[Hashable]]
"""Labels that are sums of others of the same dimension: each with its parts."""


@dataclass(frozen=True)
class CellSum:
    """A cell that is the sum of others, and of what is missing; `gap` is how much that is."""

    whole: Cell
    parts: tuple[Cell, ...]
    gap: int


def check_hierarchies(hierarchies: Mapping[str, Hierarchy], dimensions: Collection[str]) -> None:
    """Raise WrongUsage for a hierarchy of a dimension that no table has."""
    for name, nodes in hierarchies.items():
        if name not in dimensions:
            known = ", ".join(sorted(dimensions))
            raise WrongUsage(f"Det finns ingen dimension {name!r} att dela in. De som finns: {known}.")
        if not isinstance(nodes, Mapping):
            raise WrongUsage(f"Indelningen av {name} ska säga vad varje nod har för delar: {{nod: [delar]}}.")


def sums_within(counts: Counts, hierarchies: Mapping[str, Hierarchy]) -> list[Hierarchy]:
    """Give for each dimension the labels that are sums, those of parts first, and last the total of all.

    Raises WrongUsage for a hierarchy with a label that is not there, or that is a part of itself.
    """
    return [
        _ordered(hierarchies.get(name, {}), labels, total, name)
        for name, labels, total in zip(counts.dimensions, counts.labels, counts.totals, strict=True)
    ]


def _ordered(
    nodes: Hierarchy, labels: Sequence[Hashable], total: Hashable, dimension: str
) -> dict[Hashable, tuple[Hashable, ...]]:
    for node, parts in nodes.items():
        strange = [part for part in parts if part not in labels and part not in nodes]
        if strange or isinstance(parts, str) or not parts:
            what = f"delen {strange[0]!r} finns inte" if strange else "delarna ska vara en lista"
            raise WrongUsage(f"Indelningen {node!r} av {dimension} går inte att läsa: {what}.")
    ordered: dict[Hashable, tuple[Hashable, ...]] = {}
    left = {node: tuple(dict.fromkeys(parts)) for node, parts in nodes.items() if node != total}
    while left:
        ready = [node for node, parts in left.items() if not any(part in left for part in parts)]
        if not ready:
            raise WrongUsage(f"I indelningen av {dimension} är {next(iter(left))!r} en del av sig själv.")
        ordered |= {node: left.pop(node) for node in ready}
    leaves = tuple(label for label in labels if label not in ordered)
    return {**ordered, total: leaves}


def completed(counts: Counts, hierarchies: Mapping[str, Hierarchy]) -> tuple[Counts, list[CellSum]]:
    """Add the cells that a table lacks, and give the sums that hold between its cells.

    A cell by which nobody was counted is 0, and a sum that the table lacks is that of its known parts. Where
    a part is missing, the rest of its sum is taken to be known. Raises WrongUsage where sums do not add up.
    """
    sums = sums_within(counts, hierarchies)
    labels = tuple(
        (*own, *(node for node in nodes if node not in own and node != total))
        for own, nodes, total in zip(counts.labels, sums, counts.totals, strict=True)
    )
    leaves = [[label for label in own if label not in nodes] for own, nodes in zip(labels, sums, strict=True)]
    cells = {**dict.fromkeys(product(*leaves), 0), **counts.cells}
    for place, whole, parts in _all_sums(labels, sums, leaves):
        for cell, members in _lines(place, whole, parts):
            if cell not in cells:
                cells[cell] = sum(cells[member] or 0 for member in members)
    every = [(*own, total) for own, total in zip(labels, counts.totals, strict=True)]
    ordered = {cell: cells[cell] for cell in product(*every)}
    return replace(counts, labels=labels, cells=ordered), list(_checked(ordered, sums, every))


def _all_sums(
    labels: Sequence[Sequence[Hashable]], sums: Sequence[Hierarchy], leaves: Sequence[Sequence[Hashable]]
) -> Iterator[tuple[int, list[Sequence[Hashable]], Sequence[Hashable]]]:
    """Give every sum in an order in which its parts come first: dimension by dimension, node by node."""
    for place, nodes in enumerate(sums):
        before = [(*dict.fromkeys((*own, *sums[d])),) for d, own in enumerate(labels[:place])]
        for node, parts in nodes.items():
            yield place, [*before, (node,), *leaves[place + 1 :]], parts


def _lines(
    place: int, whole: Sequence[Sequence[Hashable]], parts: Sequence[Hashable]
) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    for cell in product(*whole):
        yield cell, tuple((*cell[:place], part, *cell[place + 1 :]) for part in parts)


def _checked(
    cells: Mapping[Cell, int | None], sums: Sequence[Hierarchy], every: Sequence[Sequence[Hashable]]
) -> Iterator[CellSum]:
    wrong = []
    for place, nodes in enumerate(sums):
        for node, parts in nodes.items():
            around = [*every[:place], (node,), *every[place + 1 :]]
            for cell, members in _lines(place, around, parts):
                known = [member for member in members if cells[member] is not None]
                amount = cells[cell]
                if amount is None or not known:
                    continue
                gap = amount - sum(cells[member] or 0 for member in known)
                if gap < 0 or (gap and len(known) == len(members)):
                    wrong.append(cell)
                else:
                    yield CellSum(cell, tuple(known), gap)
    if wrong:
        raise WrongUsage(
            f"Summan stämmer inte i {name_cells(list(dict.fromkeys(wrong)))}. "
            "Rätta tabellen, eller säg vad summorna heter med `total` (total=False: tabellen har inga)."
        )
