"""What a KPI is (`Kpi`) and what measuring one gives (`Result`).

The entries themselves stand in the subject files, each under the function that measures it;
`asf_analysis.kpis.KPIS` gathers them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isinf
from typing import Literal

import pandas as pd

from asf_analysis.kpis.evidence import gather_evidence, origins_of
from asf_analysis.kpis.groups import Group

Kind = Literal["flow", "stock", "milestone"]
Exact = Fraction | float
"""A figure without any rounding; a float only where it is infinite."""


@dataclass(frozen=True)
class Period:
    """The days a report covers, both included.

    A stock is counted on the last of them, but for one of the survey in a part of a year (`survey_day`).

    >>> Period.of_year(2018)
    Period(start=datetime.date(2018, 1, 1), end=datetime.date(2018, 12, 31))
    """

    start: date
    end: date

    @classmethod
    def of_year(cls, year: int) -> Period:
        """Give a whole calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def until(cls, day: date) -> Period:
        """Give the part of a calendar year that ends on a day.

        >>> Period.until(date(2018, 8, 31)).start
        datetime.date(2018, 1, 1)
        """
        return cls(date(day.year, 1, 1), day)

    @property
    def whole_year(self) -> bool:
        """Whether it is a whole calendar year; else the report is an interim one."""
        return self == Period.of_year(self.year)

    @property
    def year(self) -> int:
        """The calendar year of the period's last day."""
        return self.end.year

    @property
    def elapsed(self) -> Fraction:
        """Share (0–1) of the days from the period's first one to the year's end that it has used.

        >>> Period.until(date(2018, 3, 14)).elapsed, Period(date(2016, 8, 1), date(2016, 8, 31)).elapsed
        (Fraction(1, 5), Fraction(31, 153))
        """
        last = Period.of_year(self.year).end
        return Fraction((self.end - self.start).days + 1, (last - self.start).days + 1)

    def before(self) -> Period:
        """Give the calendar year before, whose last day is the baseline of this one's stocks."""
        return Period.of_year(self.start.year - 1)

    def holds(self, days: pd.Series) -> pd.Series:
        """Tell which days fall within the period; a missing day does not."""
        return days.between(pd.Timestamp(self.start), pd.Timestamp(self.end))


@dataclass(frozen=True, repr=False)
class Result:
    """A measured figure: a count, or a share that keeps its counts.

    `amount` is None where nothing is known, which is never 0. `low` and `high` bound an approximate
    figure; an exact one has neither. `whole` makes it a share. `members` names what was counted, where a
    reader wants the names. `answered` of `asked` enterprises stand behind a survey figure, and `carried`
    of the rest were carried forward from the round before; `answered_only` is then the figure without what
    was carried, not known where nobody else answered. `reached` is a milestone's own answer. `withheld`
    says that there is a figure, which is not shown. `counted` holds where the rows it was counted from came
    from (`counted_from`); two results are equal whatever rows they were counted from.

    >>> Result(271, whole=705), Result(271, whole=705).percent()
    (Result(amount=271, whole=705), 38)
    """

    amount: int | float | None
    whole: int | None = None
    low: float | None = None
    high: float | None = None
    members: tuple[str, ...] = ()
    answered: int | None = None
    asked: int | None = None
    carried: int = 0
    answered_only: Result | None = None
    reached: bool | None = None
    withheld: bool = False
    counted: tuple[pd.DataFrame, ...] = field(default=(), compare=False, repr=False)

    def counted_from(self, *tables: pd.DataFrame) -> Result:
        """Give the result with the rows that it was counted from, so that it can be traced to them.

        Give the very frames that were counted. One without `source_file`, `source_sheet` and `source_row`, as
        a frame made by hand, cannot be traced, and then nothing is.
        """
        return replace(self, counted=origins_of(tables))

    def hidden(self) -> Result:
        """Give the figure withheld: that there is one, and who answered, but nothing of what it is.

        >>> Result(199, answered=27, asked=28).hidden()
        Result(amount=None, answered=27, asked=28, withheld=True)
        """
        return replace(
            self,
            amount=None,
            whole=None,
            low=None,
            high=None,
            answered_only=None,
            members=(),
            withheld=True,
        )

    @property
    def evidence(self) -> pd.DataFrame:
        """The raw rows it was counted from: `file`, `sheet`, `row` (see `kpis.evidence.gather_evidence`).

        No rows where none are known, and in a public edition.

        >>> held = {"source_file": ["a.csv"], "source_sheet": [None], "source_row": [7]}
        >>> count_rows(pd.DataFrame(held)).evidence
            file sheet  row
        0  a.csv   NaN    7
        """
        return gather_evidence(self.counted)

    @property
    def approximate(self) -> bool:
        """Whether the figure is known only within bounds (*ca*)."""
        return self.low is not None or self.high is not None

    @property
    def coverage(self) -> float | None:
        """Share (0–1) of the enterprises asked that answered; None where nobody was asked."""
        return self.answered / self.asked if self.asked and self.answered is not None else None

    def percent(self, decimals: int = 0) -> int | float | None:
        """Round the share to percent, once, halves up; None without an amount or a whole.

        >>> Result(1, whole=8).percent(), Result(1, whole=8).percent(decimals=1), Result(3).percent()
        (13, 12.5, None)
        """
        if self.amount is None or not self.whole:
            return None
        share = Decimal(str(self.amount)) * 100 / Decimal(self.whole)
        rounded = share.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        return float(rounded) if decimals else int(rounded)

    @property
    def value(self) -> Exact | None:
        """The figure itself, exactly: the amount, or a share in percent; None where neither is known.

        >>> Result(2, whole=3).value, Result(75).value, Result(0, whole=0).value
        (Fraction(200, 3), Fraction(75, 1), None)
        """
        return None if self.amount is None or self.whole == 0 else self._exact(self.amount)

    @property
    def ends(self) -> tuple[Exact, Exact] | None:
        """Between which values the figure is (as `value`), by what is approximate in it."""
        value = self.value
        if value is None:
            return None
        low, high = (value if end is None else self._exact(end) for end in (self.low, self.high))
        return low, high

    @property
    def reach(self) -> tuple[Exact, Exact] | None:
        """Between which values it is where answers carried forward, too, may be wrong.

        It goes from what those who answered tell alone to what is told with the others carried forward.
        Where nobody answered, the lower end is 0; what is withheld tells nothing.

        >>> Result(199, carried=1, answered_only=Result(196)).reach
        (Fraction(196, 1), Fraction(199, 1))
        """
        ends, alone = self.ends, self.answered_only
        if ends is None or alone is None or alone.withheld:
            return ends
        others = alone.ends or (Fraction(0), ends[1] if self.whole is None else Fraction(100))
        return min(ends[0], others[0]), max(ends[1], others[1])

    def _exact(self, amount: float) -> Exact:
        if isinf(amount):
            return amount
        exact = Fraction(str(amount))
        return exact * 100 / self.whole if self.whole else exact

    def __repr__(self) -> str:
        shown = [
            f"{one.name}={getattr(self, one.name)!r}"
            for one in fields(self)
            if one.repr and (one.name == "amount" or getattr(self, one.name) != one.default)
        ]
        return f"Result({', '.join(shown)})"


NOT_KNOWN = Result(None)


@dataclass(frozen=True)
class Kpi:
    """One figure that the association answers for.

    `measure` takes the clean tables named in `tables`, in that order, then the period, and gives a Result;
    with `uses_rules` it takes the association's rules last. A result made by `count_rows` or `total`, or told
    by `counted_from` what it was counted from, can be traced to its raw rows. `milestone_from_assessment`
    marks a milestone whose status a person writes instead. `definition` is what exactly is counted, in a word
    or two: where baseline, target and result are told with different definitions, the comparison carries a
    warning, and `measure_other` counts by the `other_definition` that the figure is mixed up with. `people`
    marks counts of persons, and `tells` names the groups of people whose number a reader learns from the
    figure (`other_tells` from the other count), where tables tell of the same people. `hidden_with` names a
    table whose withheld cells the figure would help to work out: it is told only where that is told whole.
    Labels, formula, source and definitions are Swedish: readers see them.

    `decimals` is how many a figure is written with: 0 for counts, more for a ratio such as 0,80 participants
    per employee, whose Result has no `whole`; a share is written in percent, with so many decimals.

    In running text `singular` and `plural` name the counted thing (`neuter` for *ett*), and `sentence` tells
    the figure: `{count}` in it stands for the number and its noun, and when it was comes before. Without a
    sentence the label tells it.
    """

    key: str
    label: str
    unit: str
    kind: Kind
    formula: str
    source: str
    tables: tuple[str, ...] = ()
    measure: Callable[..., Result] | None = None
    definition: str = ""
    people: bool = False
    singular: str = ""
    plural: str = ""
    neuter: bool = False
    sentence: str = ""
    milestone_from_assessment: bool = False
    uses_rules: bool = False
    other_definition: str = ""
    measure_other: Callable[..., Result] | None = None
    decimals: int = 0
    tells: tuple[Group, ...] = ()
    other_tells: tuple[Group, ...] = ()
    hidden_with: str = ""


class Indicator(Kpi):
    """A KPI that describes: it stands beside breakdowns, and among the KPIs only where it has a target."""


def count_rows(rows: pd.DataFrame) -> Result:
    """Count rows, each of which is one of the thing counted.

    >>> count_rows(pd.DataFrame({"held_on": ["2018-03-01", "2018-05-01"]}))
    Result(amount=2)
    """
    return Result(len(rows)).counted_from(rows)


def total(frame: pd.DataFrame, columns: Sequence[str]) -> Result:
    """Sum count columns over all rows, with bounds where a cell was approximate.

    A count column `c` may have `c_low` and `c_high` beside it, which bound its approximate cells. Cells
    without an answer add nothing; where there are rows but no cell has an answer, the sum is not known.

    >>> heard = pd.DataFrame({"politicians": pd.array([40, 35], "Int64"),
    ...                       "politicians_low": [40.0, 31.5], "politicians_high": [40.0, 38.5]})
    >>> total(heard, ["politicians"])
    Result(amount=75, low=71.5, high=78.5)
    """
    if len(frame) and not any(frame[column].notna().any() for column in columns):
        return NOT_KNOWN
    summed = Result(int(sum(frame[column].sum() for column in columns)))
    if any(f"{column}_{end}" in frame for column in columns for end in ("low", "high")):
        low, high = (_bound(frame, columns, end) for end in ("low", "high"))
        summed = summed if low == high else replace(summed, low=low, high=high)
    return summed.counted_from(frame)


def _bound(frame: pd.DataFrame, columns: Sequence[str], end: str) -> float:
    names = [f"{column}_{end}" if f"{column}_{end}" in frame else column for column in columns]
    return float(frame[names].sum().sum())
