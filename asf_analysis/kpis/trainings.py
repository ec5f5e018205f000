"""ASF trainings, and the people trained in them."""

from __future__ import annotations

import pandas as pd

from asf_analysis.kpis.registry import Kpi, Period, Result, count_rows, total


def count_trainings(trainings: pd.DataFrame, period: Period) -> Result:
    """Count the trainings held within the period; needs `held_on`.

    >>> held = pd.DataFrame({"held_on": pd.to_datetime(["2018-03-01", "2019-01-01"])})
    >>> count_trainings(held, Period.of_year(2018))
    Result(amount=1)
    """
    return count_rows(trainings[period.holds(trainings["held_on"])])


TRAININGS = Kpi(
    key="trainings",
    label="Genomförda ASF-utbildningar",
    unit="utbildningar",
    kind="flow",
    formula="Antal utbildningar vars datum ligger i perioden.",
    source="Utbildningar",
    tables=("trainings",),
    measure=count_trainings,
    singular="utbildning",
    plural="utbildningar",
    sentence="hölls {count} om ASF",
)


def count_ambassadors(trainings: pd.DataFrame, period: Period) -> Result:
    """Count the people trained within the period; needs `held_on` and `participants`.

    >>> held = pd.DataFrame({"held_on": pd.to_datetime(["2018-03-01", "2018-05-01"]),
    ...                      "participants": pd.array([18, 17], "Int64")})
    >>> count_ambassadors(held, Period.of_year(2018))
    Result(amount=35)
    """
    return total(trainings[period.holds(trainings["held_on"])], ["participants"])


AMBASSADORS = Kpi(
    key="ambassadors",
    label="Utbildade ASF-ambassadörer",
    unit="personer",
    kind="flow",
    formula="Summan av antalet deltagare i periodens utbildningar.",
    source="Utbildningar",
    tables=("trainings",),
    measure=count_ambassadors,
    people=True,
    singular="ambassadör",
    plural="ambassadörer",
    sentence="utbildades {count} för ASF",
)
