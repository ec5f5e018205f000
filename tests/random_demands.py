"""What must be kept of a random release's figures: small ones, withheld ones that are printed, odd cases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from asf_analysis.disclosure.suppression.system import Demand

ALL = ""
"""The node of a dimension that holds all others."""

BEFORE, AFTER, CHANGE = "before", "after", "change"

Label = tuple[str, tuple[str, ...]]
"""What a figure counts: when, and a node of each dimension."""


def random_demand(
    labels: Sequence[Label],
    values: np.ndarray,
    printed: np.ndarray,
    tables: Sequence[set[int]],
    threshold: int,
    random: np.random.Generator,
) -> Demand:
    """Tell what must be kept of figures, as the product does.

    Drawn are whether grand totals are told anyway, whether everybody knows of municipalities with nobody,
    whether small figures that no table prints must be kept too, and a few that need more enterprises.
    """
    whole = printed & np.array([set(nodes) == {ALL} for _, nodes in labels])
    nobody = _nobody(labels, values)
    never = (whole & (random.random() < 0.5)) | (nobody & (random.random() < 0.5))
    guarded = printed | (random.random() < 0.5)
    small = (np.abs(values) < threshold) & (values != 0) & guarded & ~whole & ~never
    drawn = random.random(len(labels)) < random.choice([0, 0, 0.05])
    few = printed & ~small & ~never & (values != 0) & drawn
    signed = np.array([when == CHANGE for when, _ in labels])
    near = np.where(few, np.abs(values) - threshold, 0)
    near = np.where(signed, near, np.maximum(near, 0))
    far = np.where(few, np.abs(values) + threshold, threshold)
    people = np.where(values == 0, threshold, np.abs(values))
    told = np.array([sum(figure in table for table in tables) for figure in range(len(labels))])
    weights = np.array([_weight(nodes) for _, nodes in labels])
    return Demand(
        primary=small | few,
        low=np.where(values >= 0, near, -far),
        high=np.where(values >= 0, far, -near),
        width=np.where(printed & (values != 0), float(threshold), 0.0),
        costs=(1 + people) * weights * np.maximum(told, 1),
        never=never,
        anyway=~printed & ~never,
    )


def _nobody(labels: Sequence[Label], values: np.ndarray) -> np.ndarray:
    """Mark the figures of municipalities that have nobody."""
    places = np.array([nodes[0] for _, nodes in labels])
    peopled = {place for place, value in zip(places, values, strict=True) if value}
    return ~np.isin(places, [ALL, *peopled])


def _weight(nodes: Sequence[str]) -> float:
    """Give how much dearer a figure is than one of a municipality's cells."""
    margins = [node == ALL for node in nodes]
    if all(margins):
        return 1000
    if margins[0]:
        return 20 if sum(margins) == len(nodes) - 1 else 10
    return 4 if all(margins[1:]) else 1
