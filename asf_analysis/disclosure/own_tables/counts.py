"""An analyst's own table of counts, whichever way it is laid out, read as cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Literal, cast

import pandas as pd

from asf_analysis.errors import WrongUsage

Cell = tuple[Hashable, ...]
"""A cell of a table: its label by each dimension."""

TOTALS = frozenset({"all", "total", "totalt", "totals", "summa", "sum", "samtliga", "alla", "grand total"})
"""What sums are called, in small letters, where nothing else is said; "All" is what pandas calls them."""

ADDED_TOTALS = ("Totalt", "Summa", "Samtliga", "Summa av alla")
"""What sums that a table lacks are called: the first name that is no label."""

MOST_NAMED = 5
"""How many cells an error names."""


@dataclass(frozen=True)
class Layout:
    """How a table is laid out: in `rows` and `columns`, or tidily, with its numbers in a column `count`."""

    rows: tuple[str, ...]
    columns: tuple[str, ...] = ()
    count: str | None = None
    tidy: bool = False

    def lay_out(self, values: pd.Series) -> pd.DataFrame | pd.Series:
        """Lay out values, indexed by all dimensions, as the table was."""
        if self.tidy:
            return values.rename(self.count).reset_index()
        if not self.columns:
            flat = values if len(self.rows) > 1 else values.set_axis(values.index.get_level_values(0))
            return flat.rename(self.count)
        orders = [list(dict.fromkeys(_keys(values.index, names))) for names in (self.rows, self.columns)]
        wide = values.unstack(list(self.columns), sort=False)
        return wide.reindex(index=_axis(orders[0], self.rows), columns=_axis(orders[1], self.columns))


def _keys(index: pd.Index, names: Sequence[str]) -> Iterable[Cell]:
    return zip(*(index.get_level_values(name) for name in names), strict=True)


def _axis(keys: Sequence[Cell], names: Sequence[str]) -> pd.Index:
    if len(names) == 1:
        return pd.Index([key[0] for key in keys], name=names[0])
    return pd.MultiIndex.from_tuples(keys, names=list(names))


@dataclass(frozen=True)
class Counts:
    """A table's cells: whole numbers, None where one is missing.

    `labels` are those of each dimension but for its sum, in the table's order; `totals` what each sum is
    called. A cell that the table lacks is not among `cells`.
    """

    dimensions: tuple[str, ...]
    labels: tuple[tuple[Hashable, ...], ...]
    totals: tuple[Hashable, ...]
    cells: Mapping[Cell, int | None]
    layout: Layout


def read_counts(
    table: pd.DataFrame | pd.Series,
    by: Sequence[str] | None = None,
    count: str | None = None,
    total: Hashable | Literal[False] | None = None,
) -> Counts:
    """Read a cross table, a series of counts or, with `by`, a tidy frame. Raises WrongUsage."""
    layout, values = cells_in(table, by, count)
    if values.empty:
        raise WrongUsage("Tabellen är tom.")
    cells = whole_numbers(values)
    dimensions = layout.rows + layout.columns
    every = [tuple(dict.fromkeys(cell[place] for cell in cells)) for place in range(len(dimensions))]
    if total is not None and total is not False and not any(total in labels for labels in every):
        raise WrongUsage(f"Ingen rad eller kolumn heter {total!r}, som summorna sägs heta.")
    found = [_total_of(labels, name, total) for labels, name in zip(every, dimensions, strict=True)]
    if total is None:
        _refuse_unnamed_sums(cells, every, found, dimensions)
    named = next((one for one in found if one not in (None, "")), None)
    totals = tuple(
        one if one not in (None, "") else _name_of_sum(labels, named)
        for one, labels in zip(found, every, strict=True)
    )
    labels = tuple(
        tuple(label for label in every[place] if label != found[place]) for place in range(len(dimensions))
    )
    renamed = {
        tuple(
            totals[place] if found[place] is not None and label == found[place] else label
            for place, label in enumerate(cell)
        ): value
        for cell, value in cells.items()
    }
    return Counts(dimensions, labels, totals, renamed, layout)


def cells_in(
    table: pd.DataFrame | pd.Series, by: Sequence[str] | None = None, count: str | None = None
) -> tuple[Layout, pd.Series]:
    """Give a table's values in one series, whose index has a level for each dimension, and its layout."""
    if by is not None:
        return _tidy(table, by, count)
    if not isinstance(table, pd.DataFrame | pd.Series):
        raise WrongUsage(f"En tabell är en DataFrame eller en Series, inte {type(table).__name__}.")
    axes = [table.index] if isinstance(table, pd.Series) else [table.index, table.columns]
    for axis, what in zip(axes, ("rad", "kolumn"), strict=False):
        if axis.has_duplicates:
            raise WrongUsage(
                f"Tabellen har mer än en {what} med samma namn. Med `by` läses en tabell i långform."
            )
    rows, columns = _names(table.index, "rad"), _names(table.columns, "kolumn") if len(axes) > 1 else ()
    if len({*rows, *columns}) < len(rows) + len(columns):
        raise WrongUsage("Två av tabellens dimensioner heter lika. Ge dem olika namn med rename_axis.")
    if isinstance(table, pd.Series):
        values = table.rename_axis(list(rows))
        count = None if table.name is None else str(table.name)
        return Layout(rows, count=count), values.set_axis(_as_levels(values.index))
    named = table.rename_axis(index=list(rows), columns=list(columns))
    # `stack` keeps every level of both axes, and cells that are missing; `melt` would lose the index.
    values = cast("pd.Series", named.stack(list(range(len(columns)))))  # noqa: PD013
    return Layout(rows, columns), values


def _as_levels(index: pd.Index) -> pd.MultiIndex:
    if isinstance(index, pd.MultiIndex):
        return index
    return pd.MultiIndex.from_arrays([index], names=[index.name])


def _names(axis: pd.Index, kind: str) -> tuple[str, ...]:
    many = axis.nlevels > 1
    return tuple(
        (f"{kind} {number}" if many else kind) if name is None else str(name)
        for number, name in enumerate(axis.names, start=1)
    )


def _tidy(table: object, by: Sequence[str], count: str | None) -> tuple[Layout, pd.Series]:
    if not isinstance(table, pd.DataFrame):
        raise WrongUsage("Med `by` är tabellen en DataFrame med en kolumn för varje dimension.")
    dimensions = [by] if isinstance(by, str) else list(by)
    unknown = [name for name in [*dimensions, *([count] if count else [])] if name not in table]
    if unknown or not dimensions or len(set(dimensions)) < len(dimensions):
        known = ", ".join(map(str, table.columns))
        raise WrongUsage(
            f"Tabellen saknar {', '.join(map(str, unknown))}. Kolumner som finns: {known}."
            if unknown
            else "Med `by` nämns en eller flera olika kolumner."
        )
    if table[dimensions].isna().any(axis=None):
        raise WrongUsage(
            "En dimension saknar värde på någon rad. Ge de raderna ett eget, till exempel 'Ej angivet'."
        )
    groups = table.groupby(dimensions, sort=False, observed=True)
    values = groups.size() if count is None else groups[count].sum(min_count=1)
    if count is not None:
        values = values.mask(groups[count].apply(lambda numbers: numbers.isna().any()))
    return Layout(tuple(dimensions), count=count or "antal", tidy=True), values.set_axis(
        _as_levels(values.index)
    )


def whole_numbers(values: pd.Series) -> dict[Cell, int | None]:
    """Give each cell's count, None where it is missing. Raises WrongUsage for what is no count."""
    cells = dict(zip(values.index, values, strict=True))
    missing = {cell for cell, value in cells.items() if pd.isna(value)}
    odd = [cell for cell, value in cells.items() if cell not in missing and not _is_whole(value)]
    if odd:
        raise WrongUsage(f"Tabellen ska ha hela tal, men har inte det i {name_cells(odd)}.")
    negative = [cell for cell, value in cells.items() if cell not in missing and value < 0]
    if negative:
        raise WrongUsage(f"Antal kan inte vara under 0, men är det i {name_cells(negative)}.")
    return {cell: None if cell in missing else int(value) for cell, value in cells.items()}


def _is_whole(value: object) -> bool:
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return False
    return isinstance(value, Integral) or (isinstance(value, Real) and float(value).is_integer())


def name_cells(cells: Sequence[Cell]) -> str:
    """Name some cells by their labels, and how many more there are; never what they hold."""
    named = "; ".join(" × ".join(map(str, cell)) for cell in cells[:MOST_NAMED])
    return named + (f" och {len(cells) - MOST_NAMED} till" if len(cells) > MOST_NAMED else "")


def _total_of(
    labels: Sequence[Hashable], dimension: str, total: Hashable | Literal[False] | None
) -> Hashable | None:
    """Find which label of a dimension is its sum; pandas leaves the lower levels of a sum's name empty."""
    if total is False:
        return None
    if total is not None:
        return total if total in labels else ("" if "" in labels else None)
    known = [label for label in labels if label == "" or str(label).strip().lower() in TOTALS]
    if len(known) > 1:
        raise WrongUsage(
            f"I {dimension} kan både {known[0]!r} och {known[1]!r} vara summan. Säg vilken med `total`."
        )
    return known[0] if known else None


def _refuse_unnamed_sums(
    cells: Mapping[Cell, int | None],
    labels: Sequence[Sequence[Hashable]],
    found: Sequence[Hashable | None],
    dimensions: Sequence[str],
) -> None:
    """Raise WrongUsage where a label might be a sum, as it is that of all others in every row or column."""
    for place, name in enumerate(dimensions):
        if found[place] is not None or len(labels[place]) < 3:
            continue
        rest: dict[Cell, int] = defaultdict(int)
        for cell, value in cells.items():
            rest[cell[:place] + cell[place + 1 :]] += value or 0
        for label in labels[place]:
            own = {
                cell[:place] + cell[place + 1 :]: value
                for cell, value in cells.items()
                if cell[place] == label
            }
            if any(rest.values()) and all(2 * (own.get(key) or 0) == amount for key, amount in rest.items()):
                raise WrongUsage(
                    f"I {name} är {label!r} summan av de andra. Säg med `total` om det är tabellens summa; "
                    "total=False om det är en slump."
                )


def _name_of_sum(labels: Sequence[Hashable], named: Hashable | None) -> Hashable:
    return next(name for name in (named, *ADDED_TOTALS) if name is not None and name not in labels)
