"""How many participants there are for each employee of the enterprises."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from asf_analysis.intake.schemas import SEXES
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.groups import EMPLOYEES, PARTICIPANTS
from asf_analysis.kpis.registry import NOT_KNOWN, Indicator, Period, Result, total
from asf_analysis.kpis.survey import standing_answers, survey_day

MEASURES = ("participants", "employees")


def participants_per_employee(enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period) -> Result:
    """Give participants ÷ employees of the active enterprises whose answers tell both, women and men.

    Answers stand as in `standing_answers`; not known where nobody tells both, or there is no employee.
    """
    participants, employees = (
        standing_answers(enterprises, responses, period, measure).set_index("organisation_number")
        for measure in MEASURES
    )
    tells = [
        frame.index[frame[_columns(measure)].notna().all(axis=1)]
        for frame, measure in zip((participants, employees), MEASURES, strict=True)
    ]
    both = tells[0].intersection(tells[1])
    participants, employees = participants.loc[both], employees.loc[both]
    above, below = total(participants, _columns("participants")), total(employees, _columns("employees"))
    if both.empty or not below.amount or above.amount is None:
        return NOT_KNOWN
    fresh = participants["answered"] & employees["answered"]
    active = running_on(enterprises, survey_day(responses, period))
    return Result(
        float(Fraction(above.amount) / Fraction(below.amount)),
        low=_quotient(above.low, above, below.high, below),
        high=_quotient(above.high, above, below.low, below),
        answered=int(fresh.sum()),
        asked=len(active),
        carried=int((~fresh).sum()),
    ).counted_from(participants, employees, active)


def _quotient(above_end: float | None, above: Result, below_end: float | None, below: Result) -> float | None:
    """Give one bound of the quotient; None where both figures are exact, infinite without an employee."""
    if not (above.approximate or below.approximate):
        return None
    upper = above.amount if above_end is None else above_end
    lower = below.amount if below_end is None else below_end
    return (upper or 0.0) / lower if lower else float("inf")


def _columns(measure: str) -> list[str]:
    return [f"{measure}_{sex}" for sex in SEXES]


PARTICIPANTS_PER_EMPLOYEE = Indicator(
    key="participants_per_employee",
    label="Deltagare per anställd",
    unit="deltagare per anställd",
    kind="stock",
    formula=(
        "Antal deltagare i åtgärd delat med antal anställda på mätdagen, i de aktiva företag som har lämnat "
        "båda uppgifterna."
    ),
    source="Enkät till företagen; Företagsregistret",
    tables=("enterprises", "responses"),
    measure=participants_per_employee,
    tells=(EMPLOYEES, PARTICIPANTS),
    people=True,
    decimals=2,
)
