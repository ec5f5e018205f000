"""Small tables as the optimiser takes them, and a reader who works out what he can of a pattern."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron

from asf_analysis.disclosure.suppression.system import Demand, System


def with_margins(inner: Sequence[Sequence[float]]) -> np.ndarray:
    """Add a last row and a last column of sums."""
    counts = np.array(inner, dtype=float)
    counts = np.vstack([counts, counts.sum(axis=0)])
    return np.hstack([counts, counts.sum(axis=1, keepdims=True)])


def system_of(whole: np.ndarray, *, signed: bool = False) -> System:
    """Lay out a table, its margins last; figures stand row by row."""
    rows, columns = whole.shape
    place = np.arange(whole.size).reshape(whole.shape)
    lines = [place[row] for row in range(rows)] + [place[:, column] for column in range(columns)]
    equations = np.zeros((len(lines), whole.size))
    for number, line in enumerate(lines):
        equations[number, line[:-1]] = 1
        equations[number, line[-1]] -= 1
    return System(
        values=whole.ravel(),
        equations=csr_array(equations),
        lower=np.full(whole.size, -np.inf if signed else 0.0),
        upper=np.full(whole.size, np.inf),
    )


def demand_for(system: System, threshold: int = 5, **other: np.ndarray) -> Demand:
    """Keep every count below a threshold between nobody and it, and no withheld one closer than by it."""
    values, size = system.values, len(system.values)
    primary = (np.abs(values) < threshold) & (values != 0)
    demand = Demand(
        primary=primary,
        low=np.where(primary, np.minimum(0, np.sign(values) * threshold), values),
        high=np.where(primary, np.maximum(0, np.sign(values) * threshold), values),
        width=np.where(values != 0, float(threshold), 0.0),
        costs=np.abs(values) + 1,
        never=np.zeros(size, dtype=bool),
        anyway=np.zeros(size, dtype=bool),
    )
    return replace(demand, **other)


def one_figure_kept(system: System, place: int, down: float, up: float) -> Demand:
    """Keep one figure so far down and up, and nothing else; costs are the figures themselves."""
    mark = np.arange(len(system.values)) == place
    return Demand(
        primary=mark,
        low=system.values - down * mark,
        high=system.values + up * mark,
        width=np.zeros(len(mark)),
        costs=np.abs(system.values),
        never=np.zeros(len(mark), dtype=bool),
        anyway=np.zeros(len(mark), dtype=bool),
    )


FAR = 1e4
"""Nothing in these tables is this large; it stands for where nothing bounds a figure."""


def worked_out(system: System, withheld: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the least and the most that each figure may be to somebody who sees what is not withheld.

    Every withheld figure has two worlds of its own, in which all that is shown is true; one program has all.
    """
    least, most = system.values.copy(), system.values.copy()
    places = np.flatnonzero(withheld)
    if len(places):
        aims = np.eye(len(withheld))[places]
        bounds = np.where(
            withheld[:, None],
            np.clip(np.column_stack([system.lower, system.upper]), -FAR, FAR),
            system.values[:, None],
        )
        worlds = 2 * len(places)
        found = linprog(
            np.concatenate([aims, -aims]).ravel(),
            A_eq=kron(eye_array(worlds), system.equations, format="csr"),
            b_eq=np.zeros(worlds * system.equations.shape[0]),
            bounds=np.tile(bounds, (worlds, 1)),
        )
        assert found.success, found.message
        smallest, largest = np.split(found.x.reshape(worlds, -1), 2)
        own = np.arange(len(places))
        least[places], most[places] = smallest[own, places], largest[own, places]
    return least, most


def kept(system: System, demand: Demand, withheld: np.ndarray) -> bool:
    """Tell whether a pattern keeps all that is demanded."""
    least, most = worked_out(system, withheld)
    reach = (least <= demand.low + 1e-6) & (most >= demand.high - 1e-6)
    apart = most - least >= demand.width - 1e-6
    return bool(
        (withheld | ~demand.primary).all() and (reach | ~demand.primary).all() and (apart | ~withheld).all()
    )
