"""Supervised places: how far they are used, what they cost, and where they are."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import inf

import pandas as pd

from asf_analysis.association import Association
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts, tidy
from asf_analysis.kpis.people import NOT_STATED
from asf_analysis.kpis.registry import NOT_KNOWN, Indicator, Period, Result, total
from asf_analysis.swedish.writing import round_half_up

SOURCE = "Handledarplatser"
SINCE = ("from_start", "later")
"""Whether an enterprise had supervised places already on the period's first day."""


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give the breakdown of the places on the period's last day."""
    tables = facts.tables
    return (
        Breakdown(
            key="places_by_municipality",
            title="Platser med handledning efter kommun och sedan när företaget har platser",
            rows="municipality",
            rows_label="Kommun",
            columns="since",
            unit="platser",
            source=f"{SOURCE}; Företagsregistret",
            people=False,
            kind="stock",
            frame=places_by_municipality(
                tables.supervised_places, tables.enterprises, facts.period, facts.association
            ),
        ),
    )


def places_by_municipality(
    supervised_places: pd.DataFrame, enterprises: pd.DataFrame, period: Period, association: Association
) -> pd.DataFrame:
    """Sum the places that run on the period's last day by the enterprise's municipality, margins included.

    The columns tell whether the enterprise had places already on the period's first day. An enterprise that
    the register lacks has no municipality. A municipality without places has 0; where no figure is told, it
    is missing.
    """
    running = running_on(supervised_places, period.end)
    before = running_on(supervised_places, period.start)["organisation_number"]
    towns = enterprises.set_index("organisation_number")["municipality"]
    town = running["organisation_number"].map(towns).fillna(NOT_STATED)
    since = running["organisation_number"].isin(before).map({True: SINCE[0], False: SINCE[1]})
    names = list(association.municipality_names())
    outside = sorted(set(town) - {*names, NOT_STATED})
    rows = [*names, *outside, *([NOT_STATED] if (town == NOT_STATED).any() else []), TOTAL]
    places = running["places"]
    here = {row: (town == row) | (row == TOTAL) for row in rows}
    wide = pd.DataFrame(
        {
            **{column: [_sum(places[here[row] & (since == column)]) for row in rows] for column in SINCE},
            TOTAL: [_sum(places[here[row]]) for row in rows],
        },
        index=rows,
        dtype="Int64",
    )
    return tidy(wide, "municipality", "since")


def _sum(places: pd.Series) -> int | None:
    """Sum places; 0 where there is none, and missing where no figure is told."""
    return int(places.sum()) if places.empty or places.notna().any() else None


def measure_occupancy(supervised_places: pd.DataFrame, period: Period) -> Result:
    """Give the participants of the places on the period's last day, of those places; may exceed them.

    Needs `places`, `participants` and the days they run. A row without either figure is left out of both.

    >>> rows = pd.DataFrame({"places": [4, 3], "participants": [6, 3], "ended_on": [pd.NaT] * 2,
    ...                      "started_on": pd.to_datetime(["2018-01-01", "2018-07-01"])})
    >>> measure_occupancy(rows, Period.of_year(2018)).percent()
    129
    """
    running = running_on(supervised_places, period.end)
    told = running.dropna(subset=["places", "participants"])
    if len(running) and told.empty:
        return NOT_KNOWN
    taken, places = total(told, ["participants"]), int(told["places"].sum())
    return Result(taken.amount, whole=places, low=taken.low, high=taken.high).counted_from(told)


OCCUPANCY = Indicator(
    key="supervised_places_occupancy",
    label="Beläggning på platser med handledning",
    unit="procent",
    kind="stock",
    formula=(
        "Antal deltagare på platserna delat med antal platser på mätdagen. En plats kan delas av flera "
        "deltagare, så andelen kan bli mer än hundra procent."
    ),
    source=SOURCE,
    tables=("supervised_places",),
    measure=measure_occupancy,
)
"""It is no share of people, though people are counted: what is left of the whole is empty places."""


def measure_cost(supervised_places: pd.DataFrame, period: Period) -> Result:
    """Give what was paid (SEK) for a place and year: paid in the period ÷ place-years in it.

    A place-year is a place for all the days of the calendar year. Of a row that runs also outside the period,
    as many of its days are counted, and that part of what was paid. Needs `places`, `paid_sek` and the first
    and last day; a row without a figure is left out.

    >>> rows = pd.DataFrame({"places": [3], "paid_sek": [60000.0],
    ...     "started_on": pd.to_datetime(["2018-07-01"]), "ended_on": pd.to_datetime(["2018-12-31"])})
    >>> round(measure_cost(rows, Period.of_year(2018)).amount)  # 3 places for 184 of 365 days
    39674
    """
    told = during(supervised_places, period).dropna(subset=["places", "paid_sek"])
    if not told["places"].sum():
        return NOT_KNOWN
    cost = _cost(told, period, "places")
    if "places_low" not in told or bool((told["places_low"] == told["places_high"]).all()):
        return Result(cost).counted_from(told)
    low, high = _cost(told, period, "places_high"), _cost(told, period, "places_low")
    return Result(cost, low=low, high=high).counted_from(told)


def _cost(rows: pd.DataFrame, period: Period, places: str) -> float:
    """Divide what was paid by place-years, with the places of a column; infinite without any."""
    days_of_year = (date(period.year, 12, 31) - date(period.year, 1, 1)).days + 1
    paid, place_years = Fraction(0), Fraction(0)
    for row in rows.to_dict("records"):
        first, last = row["started_on"].date(), row["ended_on"].date()
        days = (min(last, period.end) - max(first, period.start)).days + 1
        paid += Fraction(str(row["paid_sek"])) * days / ((last - first).days + 1)
        place_years += Fraction(str(row[places])) * days / days_of_year
    return float(paid / place_years) if place_years else inf


COST = Indicator(
    key="cost_per_place_and_year",
    label="Kostnad per plats med handledning och år",
    unit="kronor",
    kind="flow",
    formula=(
        "Utbetalda kronor delat med platsår. En plats som finns alla dagar på året är ett platsår; en som "
        "finns kortare tid räknas med sin del av dagarna."
    ),
    source=SOURCE,
    tables=("supervised_places",),
    measure=measure_cost,
)


def measure_share_paid(supervised_places: pd.DataFrame, period: Period) -> Result:
    """Give what was paid of what was granted, in whole SEK, for the places that run in the period.

    Needs `granted_sek` and `paid_sek`; a row without either is left out of both.
    """
    running = during(supervised_places, period)
    told = running.dropna(subset=["granted_sek", "paid_sek"])
    if told.empty:
        return NOT_KNOWN
    paid, granted = (int(round_half_up(told[name].sum())) for name in ("paid_sek", "granted_sek"))
    return Result(paid, whole=granted).counted_from(told)


SHARE_PAID = Indicator(
    key="share_paid_of_granted",
    label="Utbetalt av beviljade medel till platser med handledning",
    unit="procent",
    kind="flow",
    formula="Utbetalda kronor delat med beviljade, för de platser som fanns någon dag under perioden.",
    source=SOURCE,
    tables=("supervised_places",),
    measure=measure_share_paid,
)


def during(supervised_places: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Give the rows that run on some day of the period; needs `started_on` and `ended_on`."""
    started = supervised_places["started_on"] <= pd.Timestamp(period.end)
    return supervised_places[started & (supervised_places["ended_on"] >= pd.Timestamp(period.start))]
