"""What a breakdown is: a result taken apart over two dimensions, margins included.

The subject files that take results apart have a function `breakdowns_of`; `kpis.results` gathers what they
give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from asf_analysis.association import Association, Rules
from asf_analysis.intake.schemas import CleanTables
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.groups import Group
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survey import standing_answers, survey_day

SURVEY = "Enkät till företagen"
"""What the survey is called among sources."""

TOTAL = "total"
"""The value that a dimension has on its total row or column."""


@dataclass(frozen=True)
class Facts:
    """What breakdowns are made from: the clean tables, whose they are, and the period they tell.

    What many breakdowns begin with is found once, when first asked for.
    """

    tables: CleanTables
    association: Association
    period: Period

    @cached_property
    def survey_day(self) -> date:
        """The day on which the period's survey figures are measured (see `kpis.survey.survey_day`)."""
        return survey_day(self.tables.responses, self.period)

    @cached_property
    def active(self) -> pd.DataFrame:
        """The enterprises that the survey figures are asked of: those active on its day."""
        return running_on(self.tables.enterprises, self.survey_day)

    @cached_property
    def answers(self) -> Mapping[str, pd.DataFrame]:
        """The answers that stand on the survey's day, by the measures of people that the responses tell."""
        tables, period = self.tables, self.period
        return {
            measure: standing_answers(tables.enterprises, tables.responses, period, measure)
            for measure in ("participants", "employees", "permanent")
            if f"{measure}_women" in tables.responses
        }

    @cached_property
    def before(self) -> Facts:
        """The same of the year before, whose last day is the baseline."""
        return replace(self, period=self.period.before())


@dataclass(frozen=True, kw_only=True)
class TableHead:
    """What a table of counts over two dimensions is about.

    `rows` and `columns` name the dimensions, which are columns of its frame; TOTAL marks their margins. Where
    `adds_up` is not set, the rows have no sum, as those of a stock on several days, and no total row. `on` is
    the day that a table of people tells of; None for the period's last one. `kind` says whether it is counted
    on one day (stock) or over the period (flow); where it is left out, a table by sex is a stock and any
    other a flow. A table from the survey tells how many enterprises were `asked` and how many `answered`,
    and how many of the rest were `carried` forward from the round before. `whom` names the people that the
    whole table counts, so that it is known which tables tell of the same people; None where it is the only
    one to tell of them.
    """

    key: str
    title: str
    rows: str
    rows_label: str
    columns: str
    unit: str
    source: str
    adds_up: bool = True
    on: date | None = None
    kind: Literal["", "stock", "flow"] = ""
    answered: int | None = None
    asked: int | None = None
    carried: int = 0
    whom: Group | None = None

    @property
    def surveyed(self) -> bool:
        """Whether it rests on the survey."""
        return SURVEY in self.source

    @property
    def is_stock(self) -> bool:
        """Whether it is counted on the period's last day."""
        return self.kind == "stock" or (not self.kind and self.columns == "sex")


@dataclass(frozen=True, kw_only=True)
class Breakdown(TableHead):
    """A table of counts as measured, margins included.

    `frame` is tidy, in the order of display: the two dimensions (str), `amount` (Int64, missing where not
    known) and, where `people` is set, `enterprises` (Int64, how many enterprises stand behind the cell). An
    `internal` one is withheld as a whole in public: set beside another table, it would tell what that one
    withholds.
    """

    people: bool
    frame: pd.DataFrame
    internal: bool = False


def rests_on_few(counts: pd.Series | pd.DataFrame, rules: Rules) -> bool:
    """Tell whether any count of answering enterprises is fewer than must stand behind a figure.

    >>> rests_on_few(pd.Series([0, 2, 9]), Rules(min_enterprises=3)), rests_on_few(pd.Series([0, 2]), Rules())
    (True, False)
    """
    return bool(((counts > 0) & (counts < rules.min_enterprises)).to_numpy().any())


def sum_known(counts: np.ndarray, axis: int) -> np.ndarray:
    """Sum along an axis what is known of counts (floats, nan where missing); missing where nothing is.

    >>> sum_known(np.array([[1.0, np.nan], [2.0, np.nan]]), axis=0)
    array([ 3., nan])
    """
    return np.where(np.isnan(counts).all(axis=axis), np.nan, np.nansum(counts, axis=axis))


def tidy(wide: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Make a row per cell of a table with margins, in its order; cells that are missing stay.

    >>> wide = pd.DataFrame({"women": [2, 2], "men": [1, 1]}, index=["Gävle", TOTAL])
    >>> tidy(wide, "municipality", "sex").head(2)
      municipality    sex  amount
    0        Gävle  women       2
    1        Gävle    men       1
    """
    height, width = wide.shape
    return pd.DataFrame(
        {
            rows: pd.array(np.repeat(wide.index.to_numpy(dtype=object), width), dtype="str"),
            columns: pd.array(np.tile(wide.columns.to_numpy(dtype=object), height), dtype="str"),
            "amount": pd.array(wide.to_numpy(dtype=object).ravel(), dtype="Int64"),
        }
    )
