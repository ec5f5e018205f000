"""Which survey answers stand on a day: the last round's, and what is carried forward from the one before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from asf_analysis.intake.schemas import SEXES
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.registry import NOT_KNOWN, Period, Result, total
from asf_analysis.swedish.dates import last_day


def last_day_of_round(name: str) -> date:
    """Give the day that a round's answers tell of: the last of its quarter.

    >>> last_day_of_round("2018-kv1")
    datetime.date(2018, 3, 31)
    """
    year, quarter = name.split("-kv")
    return last_day(int(year), int(quarter))


@dataclass(frozen=True)
class Answers:
    """How many enterprises were asked and answered, and how many of the rest were carried forward."""

    answered: int | None = None
    asked: int | None = None
    carried: int = 0

    @classmethod
    def of(cls, answers: pd.DataFrame, active: pd.DataFrame) -> Answers:
        """Count what `standing_answers` gives (`answered` and `carried`) of the enterprises asked."""
        return cls(int(answers["answered"].sum()), len(active), int(answers["carried"].sum()))


NOT_TOLD = Answers()


def rounds_until(responses: pd.DataFrame, day: date) -> list[str]:
    """Name the rounds that had ended on a day, first to last; needs `round`, which sorts by time."""
    return sorted(name for name in responses["round"].unique() if last_day_of_round(name) <= day)


def survey_day(responses: pd.DataFrame, period: Period) -> date:
    """Give the day on which a period's survey figures are measured.

    For a whole year it is the last day. For a part of one it is the last day of the last round that had
    ended, which may be the fourth quarter of the year before; where no round had, the period's own last day.
    """
    rounds = [] if period.whole_year else rounds_until(responses, period.end)
    return last_day_of_round(rounds[-1]) if rounds else period.end


def standing_answers(
    enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, measure: str
) -> pd.DataFrame:
    """Give the answers that stand on the survey's day, one row per enterprise active then that has one.

    An enterprise that did not give `measure` for both women and men in the period's last round is carried
    forward from the round before, and marked in `carried`; without an answer there either, what it did
    answer stands, marked as neither `answered` nor `carried`. The municipality is the register's.
    No rows where the year of that day (`survey_day`) held no round.
    """
    day = survey_day(responses, period)
    active = running_on(enterprises, day)
    rounds = rounds_until(responses, day)
    if not rounds or not rounds[-1].startswith(str(day.year)):
        return responses.iloc[:0].assign(answered=False, carried=False)
    # Rows are found in the few columns that decide, as plain arrays, and taken with all columns once.
    numbers, told = (responses[name].to_numpy(dtype=object) for name in ("organisation_number", "round"))
    complete = np.logical_and.reduce([responses[f"{measure}_{sex}"].notna().to_numpy() for sex in SEXES])
    last = told == rounds[-1]
    register = pd.Index(active["organisation_number"])
    in_register = register.get_indexer(numbers)
    asked = np.isin(told, rounds[-2:]) & (in_register >= 0)
    own = np.flatnonzero(asked & last & complete)
    carried = _of_others(np.flatnonzero(asked & ~last & complete), own, numbers)
    partial = _of_others(np.flatnonzero(asked & last & ~complete), carried, numbers)
    order = np.concatenate([own, carried, partial])
    standing = np.arange(len(order))
    return (
        responses.take(order)
        .set_axis(pd.RangeIndex(len(order)))
        .assign(
            answered=standing < len(own),
            carried=(standing >= len(own)) & (standing < len(own) + len(carried)),
            municipality=active["municipality"].array.take(in_register[order]),
        )
    )


def _of_others(rows: np.ndarray, than: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Keep the rows of other enterprises than some rows are of, in the order of their numbers."""
    known = set(numbers[than])
    return np.array(sorted((row for row in rows if numbers[row] not in known), key=numbers.item), dtype=int)


def columns_of(responses: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Keep of responses what `standing_answers` needs of a measure, and its bounds: few of many columns.

    Where answers are only summed, they are found several times as fast.
    """
    ends = ("", "_low", "_high")
    wanted = {f"{measure}_{sex}{end}" for sex in SEXES for end in ends} | {"round", "organisation_number"}
    return responses[[name for name in responses if name in wanted]]


def survey_total(enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, measure: str) -> Result:
    """Sum a survey measure, women and men, over the enterprises active on the survey's day (`survey_day`).

    The result says how many of them answered, and how many were carried forward; where some were, it also
    tells the sum without them (`answered_only`). It is counted from the answers that stand, also those of an
    earlier round, and from the enterprises that were asked. Without a round in the year of that day, or
    without any answer, the figure is not known.
    """
    active = running_on(enterprises, survey_day(responses, period))
    return total_of(standing_answers(enterprises, responses, period, measure), active, measure)


def total_of(answers: pd.DataFrame, active: pd.DataFrame, measure: str) -> Result:
    """Give what `survey_total` does, of the answers that stand and the enterprises that were asked."""
    if len(active) and answers.empty:
        return NOT_KNOWN
    columns = [f"{measure}_{sex}" for sex in SEXES]
    summed = total(answers, columns)
    behind = Answers.of(answers, active)
    return Result(
        summed.amount,
        low=summed.low,
        high=summed.high,
        answered=behind.answered,
        asked=behind.asked,
        carried=behind.carried,
        answered_only=_own_total(answers, measure) if behind.carried else None,
    ).counted_from(answers, active)


def _own_total(answers: pd.DataFrame, measure: str) -> Result:
    """Sum the answers of a figure that were not carried forward, untraced; not known without any of them."""
    alone = columns_of(answers, measure)[~answers["carried"]]
    columns = [f"{measure}_{sex}" for sex in SEXES]
    return NOT_KNOWN if alone.empty else replace(total(alone, columns), counted=())
