"""The cheapest safe pattern, by Fischetti and Salazar's cut generation.

M. Fischetti and J. J. Salazar (2001), Solving the cell suppression problem on tabular data with linear
constraints, Management Science 47(7). A master problem chooses what to withhold; attackers' linear programs
find what it exposes, and their multipliers give cuts that every safe pattern obeys.
"""

from __future__ import annotations

import time

import numpy as np

from asf_analysis.disclosure.suppression.evidence import Evidence, Known
from asf_analysis.disclosure.suppression.parts import Part, parts_of
from asf_analysis.disclosure.suppression.rounds import solved
from asf_analysis.disclosure.suppression.system import Demand, Pattern, System

NODES = 2000
"""Nodes of branch and bound that each master problem may take; a limit in time would not repeat itself."""


class Learnt:
    """What was learnt of a system's parts, which holds for other demands on it with the same protection."""

    def __init__(self) -> None:
        self._known: dict[bytes, Known] = {}

    def of(self, part: Part) -> Known:
        """Give what is known of the figures of a part."""
        same = part.places, part.sums.indptr, part.sums.indices, part.sums.data, part.up, part.down
        key = b"".join(array.tobytes() for array in same)
        if key not in self._known:
            self._known[key] = Known(part)
        return self._known[key]


def cheapest_pattern(
    system: System,
    demand: Demand,
    *,
    nodes: int = NODES,
    seconds: float | None = None,
    learnt: Learnt | None = None,
) -> Pattern:
    """Give the cheapest pattern of withheld figures that keeps what is demanded, or a safe one near it.

    Parts that no sums link are solved each by itself. The same system and demand give the same pattern,
    unless a limit in `seconds` is set. What is never withheld may lower demands, see `Pattern.limited`.
    What is `learnt` makes the next of several demands on one system cheaper.
    """
    withheld = (demand.primary | demand.anyway) & ~demand.never
    limited = demand.primary & demand.never
    deadline = None if seconds is None else time.monotonic() + seconds
    cheaper = 0.0
    for part in parts_of(system, demand):
        known = (learnt or Learnt()).of(part)
        lowered, short = attainable(part, known)
        chosen, bound = solved(lowered, known, nodes, deadline)
        withheld[part.places] = chosen
        limited[part.places] = short & chosen
        cheaper += part.cost_of(chosen) - bound
    cost = float(demand.costs[withheld & ~demand.anyway].sum())
    return Pattern(withheld, cost, cost - max(cheaper, 0.0), limited)


def exposed(system: System, demand: Demand, withheld: np.ndarray) -> np.ndarray:
    """Mark the figures that a pattern keeps less well than demanded, as far as any pattern can.

    What is withheld anyway is taken as withheld, and what never is as shown.
    """
    withheld = (withheld | demand.anyway) & ~demand.never
    marked = demand.primary & ~withheld & ~demand.never
    for part in parts_of(system, demand):
        known = Known(part)
        lowered, _ = attainable(part, known)
        marked[part.places] |= Evidence(lowered, known).exposed(withheld[part.places])
    return marked


def attainable(part: Part, known: Known) -> tuple[Part, np.ndarray]:
    """Lower what is needed to what there is when all is withheld; mark the figures that this lowers."""
    everything = np.ones(part.size, dtype=bool)
    evidence = Evidence(part, known)
    short = evidence.exposed(everything)
    return part.lowered(*evidence.worlds.reach(everything)), short
