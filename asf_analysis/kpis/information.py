"""Information about ASF: activities in the county, whom they reached, and lectures outside it."""

from __future__ import annotations

import pandas as pd

from asf_analysis.kpis.registry import Kpi, Period, Result, count_rows, total
from asf_analysis.swedish.names import fold

LECTURE = "föreläsning"
SOURCE = "Informationsinsatser"
CONTACTS = "Den som har deltagit flera gånger räknas varje gång."


def external_lectures(activities: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Give the period's lectures outside the county, in order of date.

    Needs `held_on`, `kind` and `place`; a place is filled in only for what was held outside the county.
    """
    external = activities[period.holds(activities["held_on"]) & _are_external(activities)]
    return external.sort_values("held_on", kind="stable")


def county_activities(activities: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Give the period's information activities: all but the lectures outside the county."""
    return activities[period.holds(activities["held_on"]) & ~_are_external(activities)]


def _are_external(activities: pd.DataFrame) -> pd.Series:
    """Tell which activities are lectures outside the county."""
    return activities["place"].notna() & (activities["kind"] == LECTURE)


def count_organisations(activities: pd.DataFrame, period: Period) -> Result:
    """Count the distinct organisations and groups that got information.

    Needs `organisation` beside the columns of `external_lectures`. Names that differ in case or spaces only
    are one name.

    >>> day = pd.Timestamp(2018, 5, 1)
    >>> held = pd.DataFrame({"held_on": [day, day], "kind": ["dialogmöte"] * 2, "place": [None, None],
    ...                      "organisation": ["Socialnämnden Bollnäs", "socialnämnden  Bollnäs "]})
    >>> count_organisations(held, Period.of_year(2018))
    Result(amount=1)
    """
    named = county_activities(activities, period).dropna(subset="organisation")
    return Result(len({fold(name) for name in named["organisation"]})).counted_from(named)


ORGANISATIONS_INFORMED = Kpi(
    key="organisations_informed",
    label="Organisationer och grupper som fått information om ASF",
    unit="organisationer och grupper",
    kind="flow",
    formula=(
        "Antal olika organisationer och grupper i periodens informationsinsatser; samma namn räknas en gång."
    ),
    source=SOURCE,
    tables=("activities",),
    measure=count_organisations,
    singular="organisation eller grupp",
    plural="organisationer och grupper",
    sentence="fick {count} information om ASF",
)


def count_employees_informed(activities: pd.DataFrame, period: Period) -> Result:
    """Count the parties' employees who got information, as contacts; needs `employees`."""
    return total(county_activities(activities, period), ["employees"])


EMPLOYEES_INFORMED = Kpi(
    key="employees_informed",
    label="Medarbetare som fått information om ASF",
    unit="personer",
    kind="flow",
    formula=f"Summan av antalet medarbetare i periodens informationsinsatser. {CONTACTS}",
    source=SOURCE,
    tables=("activities",),
    measure=count_employees_informed,
    people=True,
    singular="medarbetare",
    plural="medarbetare",
    sentence="fick {count} hos parterna information om ASF",
)


def count_politicians_informed(activities: pd.DataFrame, period: Period) -> Result:
    """Count the politicians who got information, as contacts; needs `politicians`."""
    return total(county_activities(activities, period), ["politicians"])


POLITICIANS_INFORMED = Kpi(
    key="politicians_informed",
    label="Politiker som fått information om ASF",
    unit="personer",
    kind="flow",
    formula=f"Summan av antalet politiker i periodens informationsinsatser. {CONTACTS}",
    source=SOURCE,
    tables=("activities",),
    measure=count_politicians_informed,
    people=True,
    singular="politiker",
    plural="politiker",
    sentence="fick {count} information om ASF",
)


def count_activities(activities: pd.DataFrame, period: Period) -> Result:
    """Count the period's information activities, lectures outside the county left out."""
    return count_rows(county_activities(activities, period))


INFORMATION_ACTIVITIES = Kpi(
    key="information_activities",
    label="Genomförda informationsinsatser",
    unit="insatser",
    kind="flow",
    formula="Antal informationsinsatser i perioden. Föreläsningar utanför länet räknas inte hit.",
    source=SOURCE,
    tables=("activities",),
    measure=count_activities,
    singular="informationsinsats",
    plural="informationsinsatser",
    sentence="genomfördes {count}",
)


def count_external_lectures(activities: pd.DataFrame, period: Period) -> Result:
    """Count the lectures outside the county, and name their places."""
    lectures = external_lectures(activities, period)
    return Result(len(lectures), members=tuple(lectures["place"])).counted_from(lectures)


EXTERNAL_LECTURES = Kpi(
    key="external_lectures",
    label="Föreläsningar utanför länet",
    unit="föreläsningar",
    kind="flow",
    formula="Antal föreläsningar i perioden som hölls på en plats utanför länet.",
    source=SOURCE,
    tables=("activities",),
    measure=count_external_lectures,
    singular="föreläsning utanför länet",
    plural="föreläsningar utanför länet",
    sentence="hölls {count}",
)
