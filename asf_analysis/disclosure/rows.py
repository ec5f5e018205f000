"""The rule of one table: which cells of a table about people are withheld.

The rule is the simplest one that is safe. Whole rows are withheld: every row with a small count, and then the
smallest other rows until the withheld ones together are no small count in any column. A column whose grand
total is small is withheld whole, with the smallest others beside it, and is told only in the rows' totals.
Where more than half of the rows would go, all inner cells do instead, if more of the totals can then be
shown: see `Pattern.of`. Amounts with a sign, such as changes, are small by their absolute value; they may
cancel out, so their totals do not protect the cells, and they are withheld by rows alone.

Why it holds: an attacker knows the rows and columns that are shown, and of the withheld ones their sums. A
withheld cell can be anything from nothing to such a sum, which is no small count. With all inner cells
withheld and totals shown, a cell can take as many values as the smallest of its row's total, its column's
total, and what stands outside its row and outside its column, none of which is a small count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from asf_analysis.association import Rules
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown


@dataclass(frozen=True)
class Counts:
    """A table of people laid out: a row per group and one named TOTAL, a column per part and one TOTAL.

    `wide` may lack either margin; `enterprises` says how many enterprises stand behind each row. Where
    `adds_up` is not set, each row is a whole of its own.
    """

    wide: pd.DataFrame
    enterprises: pd.Series
    adds_up: bool = True

    @classmethod
    def of(cls, breakdown: Breakdown) -> Counts:
        """Lay out a breakdown; behind a row stand as many enterprises as behind its cell with the fewest."""
        frame, rows, columns = breakdown.frame, breakdown.rows, breakdown.columns
        wide = frame.pivot(index=rows, columns=columns, values="amount")
        wide = wide.reindex(index=frame[rows].unique(), columns=frame[columns].unique())
        counted = frame[frame["amount"].fillna(0) != 0].groupby(rows)["enterprises"].min()
        behind = counted.reindex(wide.index, fill_value=0).astype("Int64")
        return cls(wide, behind, breakdown.adds_up)

    @cached_property
    def inner(self) -> list[str]:
        """The columns but the total."""
        return [column for column in self.wide.columns if column != TOTAL]

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """The amounts without sign; what is missing adds nothing to any sum."""
        return self.wide.astype("Float64").abs().fillna(0).astype(float)

    @cached_property
    def body(self) -> pd.DataFrame:
        """The sizes without the total row."""
        return self.sizes.drop(index=TOTAL, errors="ignore")

    @property
    def signed(self) -> bool:
        """Whether any amount is below zero."""
        return bool((self.wide < 0).any(axis=None))

    def too_few_in_all(self, rules: Rules) -> bool:
        """Whether too few enterprises stand behind the whole table."""
        if TOTAL not in self.wide.index:
            return False
        return too_few(self.sizes.loc[TOTAL].to_numpy().max(), self.enterprises[TOTAL], rules)

    def few_columns(self, rules: Rules) -> list[str]:
        """Choose the columns with a small grand total, and the smallest others until they are safe too."""
        if TOTAL not in self.wide.index:
            return []
        totals = self.sizes[self.inner].T[TOTAL]
        chosen = [column for column in totals.index if is_small(totals[column], rules)]
        others = totals.drop(chosen).sort_values(kind="stable")
        candidates = [*others.index[others > 0], *others.index[others == 0]]
        while chosen and candidates and (len(chosen) < 2 or is_small(totals[chosen].to_numpy().sum(), rules)):
            chosen.append(candidates.pop(0))
        return chosen

    def without(self, columns: Sequence[str]) -> Counts:
        """Give the groups with some columns put together, as far as a reader can put them together."""
        if not columns:
            return Counts(self.body, self.enterprises)
        together = self.body[list(columns)].sum(axis=1)
        return Counts(self.body.drop(columns=list(columns)).assign(together=together), self.enterprises)

    def totals(self) -> Counts:
        """Give the groups' totals alone."""
        return Counts(self.body[[TOTAL]], self.enterprises)


@dataclass(frozen=True)
class Pattern:
    """What is withheld of a table: some rows, and where it is coarse every inner cell of the others too."""

    rows: Sequence[str]
    coarse: bool = False

    @classmethod
    def of(cls, tables: Sequence[Counts], columns: Sequence[Sequence[str]], rules: Rules) -> Pattern:
        """Choose the rows that some tables withhold together, beside each one's withheld columns.

        Where they are more than half of the rows, the pattern is coarse: all inner cells are withheld, and
        rows only where their totals ask for it; unless no more totals could be shown that way.
        """
        parts = [table.without(few) for table, few in zip(tables, columns, strict=True)]
        rows = rows_to_withhold(parts, rules)
        inner_shown = any(set(few) < set(table.inner) for table, few in zip(tables, columns, strict=True))
        if not inner_shown or 2 * len(rows) <= rows_known(tables):
            return cls(rows)
        if not all(TOTAL in table.wide and not table.signed for table in tables):
            return cls(rows)
        fewer = rows_to_withhold([table.totals() for table in tables], rules)
        return cls(fewer, coarse=True) if len(fewer) < len(rows) else cls(rows)

    def laid_on(self, table: Counts, columns: Sequence[str] = ()) -> pd.DataFrame:
        """Tell cell by cell what is withheld of a table: True where it is; a missing cell never is.

        `columns` are withheld altogether, their grand totals too.
        """
        cells = pd.DataFrame(False, index=table.wide.index, columns=table.wide.columns)
        groups = table.body.index
        cells[list(columns)] = True
        if len(columns) == len(table.inner) == 1:
            cells[TOTAL] = True
        rows = groups.intersection(list(self.rows))
        cells.loc[rows] = True
        if self.coarse:
            cells.loc[groups, table.inner] = True
        if len(rows) == len(groups) == 1 and TOTAL in cells.index:
            cells.loc[TOTAL] = True
        return cells & table.wide.notna()


def withheld_pattern(table: Counts, rules: Rules) -> pd.DataFrame:
    """Tell which cells of a table of people to withhold, as if it were the only one.

    >>> wide = pd.DataFrame({"women": [2, 9, 30, 20, 61], "men": [6, 8, 20, 30, 64],
    ...                      "total": [8, 17, 50, 50, 125]},
    ...                     index=["Ockelbo", "Hofors", "Gävle", "Bollnäs", TOTAL])
    >>> withheld_pattern(Counts(wide, pd.Series(4, index=wide.index)), Rules())["women"].to_dict()
    {'Ockelbo': True, 'Hofors': True, 'Gävle': False, 'Bollnäs': False, 'total': False}
    """
    if not table.adds_up:
        return withheld_where_rows_stand_alone(table, rules)
    if table.too_few_in_all(rules):
        return everything(table)
    columns = table.few_columns(rules)
    return Pattern.of([table], [columns], rules).laid_on(table, columns)


def withheld_where_rows_stand_alone(table: Counts, rules: Rules) -> pd.DataFrame:
    """Tell which cells to withhold of a table of people whose rows have no sum, each a whole of its own.

    A small total withholds its row; where any part is few, the parts of that row are withheld.

    >>> wide = pd.DataFrame({"women": [3, 9, 2], "men": [0, 3, 0], "total": [3, 12, 2]},
    ...                     index=["2017-kv4", "2018-kv1", "2018-kv4"])
    >>> alone = Counts(wide, pd.Series(4, index=wide.index), adds_up=False)
    >>> withheld_where_rows_stand_alone(alone, Rules())["total"].to_list()
    [True, False, True]
    """
    sizes = table.sizes
    small = (sizes > 0) & (sizes < rules.threshold)
    few = (sizes > 0).any(axis=1) & (table.enterprises.astype(float) < rules.min_enterprises)
    whole = small[TOTAL] | few if TOTAL in sizes else few
    parts = whole | small[table.inner].any(axis=1)
    pattern = pd.DataFrame({column: whole if column == TOTAL else parts for column in sizes.columns})
    return pattern & table.wide.notna()


def everything(table: Counts) -> pd.DataFrame:
    """Withhold all that a table knows."""
    return table.wide.notna()


def rows_known(tables: Sequence[Counts]) -> int:
    """Count the groups of which any table knows something."""
    known = [table.wide.drop(index=TOTAL, errors="ignore").dropna(how="all").index for table in tables]
    return len(set().union(*known))


def rows_to_withhold(tables: Sequence[Counts], rules: Rules, first: Sequence[str] = ()) -> list[str]:
    """Choose the rows with a small count in any table, and the smallest others until all are safe in each.

    Each table has its body alone, without sign. `first` are withheld anyway. Rows with nobody are taken last:
    they tell the reader most.
    """
    named = list(dict.fromkeys(row for table in tables for row in table.wide.index))
    if not named:
        return []
    numbers = [_Numbers.of(table, named) for table in tables]
    exposed = np.isin(named, list(first)) | np.any([one.exposed(rules) for one in numbers], axis=0)
    sizes = np.sum([one.sizes for one in numbers], axis=0)
    chosen = np.flatnonzero(exposed)
    others = np.flatnonzero(~exposed)
    candidates = others[np.lexsort((sizes[others], sizes[others] == 0))]
    for more in range(len(candidates) + 1):
        taken = np.concatenate([chosen, candidates[:more]])
        if not len(chosen) or all(one.safe_together(taken, rules) for one in numbers):
            return [row for place, row in enumerate(named) if place in taken]
    return named


@dataclass(frozen=True)
class _Numbers:
    """The counts of a table's groups as an array, with each group's size and the enterprises behind it."""

    counts: np.ndarray
    sizes: np.ndarray
    enterprises: np.ndarray

    @classmethod
    def of(cls, table: Counts, named: Sequence[str]) -> _Numbers:
        """Take the counts of some groups; one that the table does not have has nobody."""
        wide = table.wide.reindex(list(named), fill_value=0).astype(float)
        sizes = wide[TOTAL] if TOTAL in wide else wide.sum(axis=1)
        behind = table.enterprises.reindex(list(named), fill_value=0).astype(float)
        return cls(wide.to_numpy(), sizes.to_numpy(), behind.to_numpy())

    def exposed(self, rules: Rules) -> np.ndarray:
        """Tell which groups have a small count, or people with too few enterprises behind them."""
        small = (self.counts > 0) & (self.counts < rules.threshold)
        few = (self.counts > 0).any(axis=1) & (self.enterprises < rules.min_enterprises)
        return small.any(axis=1) | few

    def safe_together(self, rows: np.ndarray, rules: Rules) -> bool:
        """Tell whether what can be worked out of withheld rows, their sums, is no small count."""
        sums = self.counts[rows].sum(axis=0)
        small = any(is_small(count, rules) for count in sums)
        return len(rows) > 1 and not small and not too_few(sums.max(), self.enterprises[rows].sum(), rules)


def too_few(people: float, enterprises: float, rules: Rules) -> bool:
    """Whether a figure about people has too few enterprises behind it; nobody is always told."""
    return people > 0 and enterprises < rules.min_enterprises


def is_small(count: float, rules: Rules) -> bool:
    """Whether a count is so small that it tells of single persons: below the threshold, and not 0."""
    return 0 < abs(count) < rules.threshold
