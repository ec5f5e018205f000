"""How often the local cooperation groups are meant to meet, quarter by quarter."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pandas as pd

from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts, tidy
from asf_analysis.kpis.people import NOT_STATED
from asf_analysis.kpis.registry import NOT_KNOWN, Indicator, Period, Result
from asf_analysis.swedish.dates import last_day

SOURCE = "Stödstrukturer"
QUARTERS = 4
YEARLY = ("meetings_per_year", "meetings_per_year_low", "meetings_per_year_high")


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give the breakdown of the groups by quarter and by how often they are meant to meet."""
    return (
        Breakdown(
            key="meetings_by_quarter",
            title="Samverkansgrupper efter planerade möten per år, räknade en gång per kvartal",
            rows="quarter",
            rows_label="Kvartal",
            columns="meetings_per_year",
            unit="grupper",
            source=SOURCE,
            people=False,
            frame=groups_by_quarter(facts.tables.support_structures, facts.period),
        ),
    )


def groups_by_quarter(support_structures: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Count the groups in each ended quarter by their planned meetings a year, margins included.

    Quarters are "1" to "4"; the columns are meetings a year, fewest first. The meetings themselves are a
    quarter of these, and no whole numbers: what is counted here is the groups, which keeps it exact. The
    total row counts a group once for each quarter. Groups are counted as in `running_groups`.
    """
    groups = planned_by_quarter(support_structures, period)
    paces = sorted(int(pace) for pace in groups["meetings_per_year"].dropna().unique())
    named = groups["meetings_per_year"].astype("string").fillna(NOT_STATED)
    columns = [*map(str, paces), *([NOT_STATED] if (named == NOT_STATED).any() else [])]
    quarters = [str(number) for number, _ in ended_quarters(period)]
    counts = pd.DataFrame(
        {column: groups.loc[named == column, "quarter"].value_counts() for column in columns}, index=quarters
    ).fillna(0)
    wide = pd.concat([counts, counts.sum().to_frame(TOTAL).T])
    return tidy(wide.assign(**{TOTAL: wide.sum(axis=1)}), "quarter", "meetings_per_year")


def planned_by_quarter(support_structures: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Give a row per group and ended quarter: `quarter` ("1" to "4") beside those of `running_groups`."""
    return pd.concat(
        [
            running_groups(support_structures, day).assign(quarter=str(number))
            for number, day in ended_quarters(period)
        ]
        or [running_groups(support_structures.iloc[:0], period.end).assign(quarter="")]
    )


def ended_quarters(period: Period) -> list[tuple[int, date]]:
    """Give the number and last day of every quarter that ends within the period.

    >>> ended_quarters(Period.until(date(2018, 8, 31)))
    [(1, datetime.date(2018, 3, 31)), (2, datetime.date(2018, 6, 30))]
    """
    days = {number: last_day(period.year, number) for number in range(1, QUARTERS + 1)}
    return [(number, day) for number, day in days.items() if period.start <= day <= period.end]


def running_groups(support_structures: pd.DataFrame, day: date) -> pd.DataFrame:
    """Give the groups that run on a day, one row each, with their planned meetings a year.

    A group stands in the data once for each of its municipalities. Needs `group`, `municipality`,
    `meetings_per_year` and its bounds where there are any, and the days it runs; gives `group` and YEARLY.
    Where the rows of a group tell different figures, nobody knows which is right, and it is missing.
    """
    running = running_on(support_structures, day)
    told = running.reindex(columns=["group", *YEARLY]).astype(dict.fromkeys(YEARLY, "Float64"))
    bounds = {name: told[name].fillna(told[YEARLY[0]]) for name in YEARLY[1:]}
    grouped = told.assign(**bounds).groupby("group", sort=True)
    agreed = grouped[YEARLY[0]].min() == grouped[YEARLY[0]].max()
    first = grouped[list(YEARLY)].first()
    return first.where(agreed.fillna(False)).astype({YEARLY[0]: "Int64"}).reset_index()


def meetings_per_group_and_quarter(support_structures: pd.DataFrame, period: Period) -> Result:
    """Give the planned meetings of a group in a quarter, on average over groups and ended quarters.

    A group that runs on a quarter's last day counts for the whole quarter, with a fourth of its yearly
    meetings; one whose figure is missing is left out.

    >>> groups = pd.DataFrame({"group": ["A", "A", "B"], "municipality": ["Gävle", "Hofors", "Ockelbo"],
    ...     "meetings_per_year": pd.array([4, 4, 6], "Int64"), "ended_on": [pd.NaT] * 3,
    ...     "started_on": pd.to_datetime(["2017-01-01", "2017-01-01", "2018-07-01"])})
    >>> meetings_per_group_and_quarter(groups, Period.of_year(2018)).amount == (4 * 1 + 2 * 1.5) / 6
    True
    """
    known = planned_by_quarter(support_structures, period).dropna(subset=YEARLY[0])
    if known.empty:
        return NOT_KNOWN
    amount, low, high = (
        float(sum(Fraction(str(one)) for one in known[name]) / QUARTERS / len(known)) for name in YEARLY
    )
    counted = pd.concat([running_on(support_structures, day) for _, day in ended_quarters(period)])
    counted = counted[counted["group"].isin(known["group"])].loc[lambda rows: ~rows.index.duplicated()]
    averaged = Result(amount) if low == high else Result(amount, low=low, high=high)
    return averaged.counted_from(counted)


MEETINGS_PER_GROUP_AND_QUARTER = Indicator(
    key="meetings_per_group_and_quarter",
    label="Planerade möten per samverkansgrupp och kvartal",
    unit="möten",
    kind="flow",
    formula=(
        "Gruppernas planerade möten per år delat med fyra, i genomsnitt för de grupper som var igång på "
        "kvartalets sista dag och de kvartal som har gått till slut. En grupp med flera kommuner räknas en "
        "gång."
    ),
    source=SOURCE,
    tables=("support_structures",),
    measure=meetings_per_group_and_quarter,
    decimals=1,
)
