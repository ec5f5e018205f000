"""The enterprises themselves, and the people who work and take part in them."""

from __future__ import annotations

import pandas as pd

from asf_analysis.intake.spans import running_on
from asf_analysis.kpis import groups
from asf_analysis.kpis.registry import Kpi, Period, Result, count_rows
from asf_analysis.kpis.survey import survey_total

SURVEY = "Enkät till företagen; Företagsregistret"


def count_active_enterprises(enterprises: pd.DataFrame, period: Period) -> Result:
    """Count the enterprises active on the period's last day; needs `started_on` and `ended_on`."""
    return count_rows(running_on(enterprises, period.end))


ACTIVE_ENTERPRISES = Kpi(
    key="active_enterprises",
    label="Aktivt verksamma ASF",
    unit="företag",
    kind="stock",
    formula="Antal företag i registret som har startat senast på mätdagen och inte har avslutats före den.",
    source="Företagsregistret",
    tables=("enterprises",),
    measure=count_active_enterprises,
    singular="verksamt företag",
    plural="verksamma företag",
    neuter=True,
    sentence="fanns det {count} i länet",
)


def count_permanent_employees(enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period) -> Result:
    """Count the permanently employed in the enterprises active on the period's last day."""
    return survey_total(enterprises, responses, period, "permanent")


def count_employees(enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period) -> Result:
    """Count all employed, permanently or not, in the enterprises active on the period's last day."""
    return survey_total(enterprises, responses, period, "employees")


PERMANENT_EMPLOYEES = Kpi(
    key="permanent_employees",
    label="Tillsvidareanställda i verksamma ASF",
    unit="personer",
    kind="stock",
    formula="Summan av tillsvidareanställda kvinnor och män i de företag som är aktiva på mätdagen.",
    source=SURVEY,
    tables=("enterprises", "responses"),
    measure=count_permanent_employees,
    definition="tillsvidareanställda",
    other_definition="anställda",
    measure_other=count_employees,
    tells=(groups.PERMANENT,),
    other_tells=(groups.EMPLOYEES,),
    people=True,
    singular="tillsvidareanställd",
    plural="tillsvidareanställda",
    sentence="hade de verksamma företagen {count}",
)


def count_participants(enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period) -> Result:
    """Count the people in a measure (åtgärd) at the enterprises active on the period's last day."""
    return survey_total(enterprises, responses, period, "participants")


PARTICIPANTS = Kpi(
    key="participants",
    label="Deltagare i åtgärd i verksamma ASF",
    unit="personer",
    kind="stock",
    formula="Summan av deltagande kvinnor och män i de företag som är aktiva på mätdagen.",
    source=SURVEY,
    tables=("enterprises", "responses"),
    measure=count_participants,
    tells=(groups.PARTICIPANTS,),
    people=True,
    singular="deltagare",
    plural="deltagare",
    sentence="hade de verksamma företagen {count} i åtgärd",
)
