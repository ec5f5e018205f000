"""Support structures: local cooperation groups, the municipalities in them, and supervised places."""

from __future__ import annotations

import pandas as pd

from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.registry import Kpi, Period, Result, total


def count_supporting_municipalities(support_structures: pd.DataFrame, period: Period) -> Result:
    """Count, and name, the municipalities in some support structure on the period's last day.

    Needs `municipality`, `started_on` and `ended_on`; names come in the order in which they joined.

    >>> joined = pd.DataFrame({"municipality": ["Gävle", "Bollnäs", "Gävle"], "ended_on": [pd.NaT] * 3,
    ...                        "started_on": pd.to_datetime(["2018-02-01", "2017-01-01", "2018-05-01"])})
    >>> count_supporting_municipalities(joined, Period.of_year(2018))
    Result(amount=2, members=('Bollnäs', 'Gävle'))
    """
    running = running_on(support_structures, period.end).sort_values("started_on", kind="stable")
    names = tuple(running["municipality"].unique())
    return Result(len(names), members=names).counted_from(running)


SUPPORTING_MUNICIPALITIES = Kpi(
    key="supporting_municipalities",
    label="Kommuner som samverkar i en stödstruktur för ASF",
    unit="kommuner",
    kind="stock",
    formula="Antal olika kommuner som ingår i någon stödstruktur på mätdagen.",
    source="Stödstrukturer",
    tables=("support_structures",),
    measure=count_supporting_municipalities,
    singular="kommun",
    plural="kommuner",
    sentence="ingick {count} i någon stödstruktur för ASF",
)


def count_cooperation_groups(support_structures: pd.DataFrame, period: Period) -> Result:
    """Count the local cooperation groups that run on the period's last day; needs `group`."""
    running = running_on(support_structures, period.end)
    return Result(int(running["group"].nunique())).counted_from(running)


COOPERATION_GROUPS = Kpi(
    key="cooperation_groups",
    label="Lokala samverkansgrupper",
    unit="grupper",
    kind="stock",
    formula="Antal olika samverkansgrupper som är igång på mätdagen.",
    source="Stödstrukturer",
    tables=("support_structures",),
    measure=count_cooperation_groups,
    singular="lokal samverkansgrupp",
    plural="lokala samverkansgrupper",
    sentence="fanns det {count} i länet",
)


def count_supervised_places(supervised_places: pd.DataFrame, period: Period) -> Result:
    """Count the places financed with supervision on the period's last day; needs `places` and its period."""
    return total(running_on(supervised_places, period.end), ["places"])


SUPERVISED_PLACES = Kpi(
    key="supervised_places",
    label="ASF-platser med handledning",
    unit="platser",
    kind="stock",
    formula="Summan av de platser med handledning vars period omfattar mätdagen.",
    source="Handledarplatser",
    tables=("supervised_places",),
    measure=count_supervised_places,
    singular="plats med handledning",
    plural="platser med handledning",
    sentence="finansierade förbundet {count}",
)
