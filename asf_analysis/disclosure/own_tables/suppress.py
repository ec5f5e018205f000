"""Cell suppression of an analyst's own tables of counts, in the manner of sdcTable and GaussSuppression."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from asf_analysis.disclosure.own_tables.count_sums import Hierarchy, check_hierarchies, completed
from asf_analysis.disclosure.own_tables.counts import Cell, Counts, read_counts
from asf_analysis.disclosure.own_tables.linked_counts import LinkedCounts
from asf_analysis.disclosure.own_tables.rings import refuse_rings
from asf_analysis.disclosure.own_tables.suppressed import Reader, Suppressed
from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD
from asf_analysis.disclosure.suppression.cheapest import cheapest_pattern
from asf_analysis.disclosure.suppression.system import Demand, Pattern
from asf_analysis.errors import WrongUsage

Table = pd.DataFrame | pd.Series
Cost = Literal["people", "cells"] | Callable[[int], float]


@dataclass(frozen=True)
class Ways:
    """How tables are to be read, where they do not say it themselves."""

    by: Sequence[str] | None = None
    count: str | None = None
    total: Hashable | Literal[False] | None = None


def suppress(
    table: Table,
    threshold: int = 5,
    *,
    by: Sequence[str] | None = None,
    count: str | None = None,
    total: Hashable | Literal[False] | None = None,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    cost: Cost = "people",
    protect: Table | None = None,
    show: Table | None = None,
    seconds: float | None = None,
) -> Suppressed:
    """Withhold the small counts of a table (primary suppression), and the cheapest others that protect them.

    `table` is a table of counts of people, as `pd.crosstab` gives it with or without `margins=True`, a series
    as `groupby([...]).size()` gives it, or a tidy frame, with its dimensions in `by` and its numbers in
    `count` (without `count`, every row is one person). Any number of dimensions, in rows or columns.
    Every margin is held to be known: those that the table lacks are added. `total` is what margins are
    called, unless it is All, Total, Totalt, Summa or the like; False: the table has none. `hierarchies` are
    other sums: dimension -> {node: parts}. A NaN is a missing answer, neither 0 nor withheld.

    A count from 1 to `threshold` - 1 is withheld, so that a reader can exclude no number from 0 to the
    threshold; of any other withheld count the least and the most that it may be lie at least the threshold
    apart. Zeros are shown unless they must protect others. `cost` is what withholding a cell costs: *people*
    (its count + 1; a zero as the threshold), *cells* (1 each), or a function of the count. `protect` and
    `show` are tables of True and False with the rows and columns of the table (or a series with its
    dimensions as index): what else is withheld, for example with too few enterprises behind it, and what
    never is. With `seconds` the search ends in a safe pattern that may not be the cheapest, and says how far
    it may be.

    The pattern is that of Fischetti and Salazar's exact method (sdcTable's and τ-ARGUS' OPT). Tables that
    tell of the same people: `suppress_together`. Raises WrongUsage for what is no table of counts, margins
    that do not add up, unknown dimensions, and a threshold below 1.

    >>> people = pd.DataFrame(
    ...     {"kvinnor": [2, 14, 10, 19], "män": [18, 19, 12, 6]}, index=["Alvik", "Bro", "Croneby", "Dalen"]
    ... )
    >>> safe = suppress(people)
    >>> safe  # doctest: +NORMALIZE_WHITESPACE
    kolumn  kvinnor män Totalt
    rad
    Alvik        ..  ..     20
    Bro          14  19     33
    Croneby      ..  ..     22
    Dalen        19   6     25
    Totalt       45  55    100
    <BLANKLINE>
    .. = undanhållet: 4 av 15 celler, så att inget antal under 5 går att räkna ut.
    Kostnad 46. Inget säkert mönster är billigare.
    >>> safe.proven, int(safe.primary.to_numpy().sum())
    (True, 1)
    >>> safe.intervals()  # doctest: +NORMALIZE_WHITESPACE
                     least  most
    rad     kolumn
    Alvik   kvinnor      0    12
            män          8    20
    Croneby kvinnor      0    12
            män         10    22

    A tidy frame with a hierarchy:

    >>> tidy = pd.DataFrame(
    ...     {"kommun": ["Alvik", "Bro", "Croneby"], "deltagare": [3, 8, 30]}
    ... )
    >>> suppress(
    ...     tidy, by=["kommun"], count="deltagare", hierarchies={"kommun": {"Norr": ["Alvik", "Bro"]}}
    ... ).shown
        kommun  deltagare
    0    Alvik       <NA>
    1      Bro       <NA>
    2  Croneby         30
    3     Norr         11
    4   Totalt         41
    """
    wishes = {
        what: {} if wish is None else {"": wish} for what, wish in (("protect", protect), ("show", show))
    }
    ways = Ways(by, count, total)
    return _suppressed({"": table}, threshold, ways, hierarchies or {}, cost, wishes, seconds)[""]


def suppress_together(
    tables: Mapping[str, Table],
    threshold: int = 5,
    *,
    total: Hashable | Literal[False] | None = None,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    cost: Cost = "people",
    protect: Mapping[str, Table] | None = None,
    show: Mapping[str, Table] | None = None,
    seconds: float | None = None,
) -> dict[str, Suppressed]:
    """Suppress linked tables: those that count the same people by different dimensions, each with a name.

    Cells with the same labels by the same dimensions are one figure, shown in all tables or withheld in all;
    so every dimension has a name (`rename_axis`), the same in every table. Else as `suppress`; `cost` and
    `bound` are those of all tables together. Raises WrongUsage also where two tables contradict each other.

    Dimensions must not form a ring: tables by A × B, B × C and A × C tell together of A × B × C, which none
    of them has (`rings`). They are refused unless the table by A × B × C is also given; it protects the
    others even if it is not shown, so whoever does not want it leaves its result unused.

    >>> by_sex = pd.DataFrame({"kvinnor": [9, 20], "män": [11, 25]}, index=["Alvik", "Bro"])
    >>> by_age = pd.DataFrame({"unga": [3, 21], "vuxna": [17, 24]}, index=["Alvik", "Bro"])
    >>> safe = suppress_together(
    ...     {
    ...         "kön": by_sex.rename_axis(index="kommun", columns="kön"),
    ...         "ålder": by_age.rename_axis(index="kommun", columns="ålder"),
    ...     }
    ... )
    >>> int(safe["kön"].shown.isna().to_numpy().sum()), int(safe["ålder"].shown.isna().to_numpy().sum())
    (0, 4)
    """
    if not isinstance(tables, Mapping) or not tables:
        raise WrongUsage("suppress_together tar flera tabeller, var och en med ett namn: {namn: tabell}.")
    for name, table in tables.items():
        if not isinstance(table, pd.DataFrame | pd.Series) or None in [
            axis for one in table.axes for axis in one.names
        ]:
            raise WrongUsage(
                f"Tabellen {name!r} är ingen tabell, eller har en dimension utan namn. "
                "Ge namn med rename_axis."
            )
    wishes = {"protect": protect or {}, "show": show or {}}
    return _suppressed(tables, threshold, Ways(total=total), hierarchies or {}, cost, wishes, seconds)


def _suppressed(
    tables: Mapping[str, Table],
    threshold: int,
    ways: Ways,
    hierarchies: Mapping[str, Hierarchy],
    cost: Cost,
    wishes: Mapping[str, Mapping[str, Table]],
    seconds: float | None,
) -> dict[str, Suppressed]:
    if isinstance(threshold, bool) or not isinstance(threshold, int) or threshold < 1:
        raise WrongUsage(f"Gränsen ska vara ett heltal från 1, inte {threshold!r}.")
    read = {name: read_counts(table, ways.by, ways.count, ways.total) for name, table in tables.items()}
    refuse_rings({name: counts.dimensions for name, counts in read.items()})
    check_hierarchies(hierarchies, {name for counts in read.values() for name in counts.dimensions})
    linked = LinkedCounts.of({name: completed(counts, hierarchies) for name, counts in read.items()})
    system = linked.system
    protected, never = (linked.marked(wishes[what], what) for what in ("protect", "show"))
    never = never | (np.arange(len(never)) >= len(linked.figures))
    demand = _demand(system.values, threshold, protected, never, cost)
    pattern = cheapest_pattern(system, demand, seconds=seconds)
    seen = replace(system, values=np.where(pattern.withheld, 0, system.values))
    reader = Reader(seen, pattern.withheld)
    return {
        name: Suppressed(
            threshold=threshold,
            cost=pattern.cost,
            bound=pattern.bound,
            cells=_cells(counts, linked.places(name), pattern, demand.primary),
            layout=counts.layout,
            reader=reader,
        )
        for name, counts in linked.tables.items()
    }


def _demand(
    values: np.ndarray, threshold: int, protected: np.ndarray, never: np.ndarray, cost: Cost
) -> Demand:
    """Tell what must be kept: small counts between nobody and the threshold, protected ones as far around."""
    small = (values > 0) & (values < threshold)
    around = protected & ~small
    return Demand(
        primary=(small | protected) & ~never,
        low=np.where(small, 0, np.where(around, np.maximum(values - threshold, 0), values)),
        high=np.where(small, threshold, np.where(around, values + threshold, values)),
        width=np.where((values > 0) | protected, float(threshold), 0.0),
        costs=_costs(values, threshold, cost),
        never=never,
        anyway=np.zeros(len(values), dtype=bool),
    )


def _costs(values: np.ndarray, threshold: int, cost: Cost) -> np.ndarray:
    if callable(cost):
        costs = np.array([cost(int(value)) for value in values], float)
        if not (np.isfinite(costs) & (costs >= 0)).all():
            raise WrongUsage("`cost` ska ge ett tal från 0 för varje antal.")
        return costs
    if cost not in ("people", "cells"):
        raise WrongUsage(f"`cost` är 'people', 'cells' eller en funktion av antalet, inte {cost!r}.")
    return np.ones(len(values)) if cost == "cells" else np.where(values == 0, threshold, values) + 1.0


def _cells(counts: Counts, places: Mapping[Cell, int], pattern: Pattern, primary: np.ndarray) -> pd.DataFrame:
    """Give a row per cell: what is shown of it, its status, and where its figure stands (-1: missing)."""
    index = pd.MultiIndex.from_tuples(list(counts.cells), names=counts.dimensions)
    place = np.array([places.get(cell, -1) for cell in counts.cells])
    missing = place < 0
    withheld = pattern.withheld[place] & ~missing
    values = pd.Series(list(counts.cells.values()), index=index, dtype="Int64")
    return pd.DataFrame(
        {
            "shown": values.mask(withheld),
            "status": np.where(missing, MISSING, np.where(withheld, WITHHELD, SHOWN)),
            "primary": primary[place] & withheld,
            "limited": pattern.limited[place] & withheld,
            "figure": place,
        },
        index=index,
    )
