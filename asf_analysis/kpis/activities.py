"""Information activities taken apart: by month and kind."""

from __future__ import annotations

import pandas as pd

from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts, tidy
from asf_analysis.kpis.information import SOURCE, county_activities
from asf_analysis.kpis.registry import Period


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give the breakdowns of the period's information activities."""
    return (
        Breakdown(
            key="activities_by_month",
            title="Informationsinsatser efter månad och slag",
            rows="month",
            rows_label="Månad",
            columns="kind",
            unit="insatser",
            source=SOURCE,
            people=False,
            frame=activities_by_month(facts.tables.activities, facts.period),
        ),
    )


def activities_by_month(activities: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Count the period's information activities by month and kind, margins included.

    Months are "1" to "12", as far as the period goes; kinds come with the most frequent first.
    """
    held = county_activities(activities, period)
    by_name = held["kind"].value_counts().sort_index()
    kinds = list(by_name.sort_values(ascending=False, kind="stable").index)
    months = range(period.start.month, period.end.month + 1)
    counts = pd.DataFrame(
        {kind: held.loc[held["kind"] == kind, "held_on"].dt.month.value_counts() for kind in kinds},
        index=months,
    ).fillna(0)
    with_total_row = pd.concat([counts, counts.sum().to_frame(TOTAL).T])
    return tidy(with_total_row.assign(**{TOTAL: with_total_row.sum(axis=1)}), "month", "kind")
