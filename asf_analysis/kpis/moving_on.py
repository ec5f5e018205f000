"""Those who completed their measure (åtgärd) and went on to work or studies."""

from __future__ import annotations

import pandas as pd

from asf_analysis.intake.schemas import SEXES
from asf_analysis.kpis.completed import answers_over
from asf_analysis.kpis.groups import COMPLETED, TO_WORK_OR_STUDIES
from asf_analysis.kpis.registry import NOT_KNOWN, Indicator, Period, Result, total
from asf_analysis.kpis.survey import rounds_until

WENT_ON = ("completed_to_work", "completed_to_studies")


def completed_to_work_or_studies(responses: pd.DataFrame, period: Period) -> Result:
    """Count who went on to work or studies, of all who completed in the rounds of the period.

    Needs the survey's counts, `round` and `organisation_number`. `answered` is how many enterprises told how
    many completed; over several rounds, and with enterprises that have closed, there is no one number that
    was asked. Not known where none of them told, or none told to what.
    """
    rounds = [name for name in rounds_until(responses, period.end) if name.startswith(str(period.year))]
    answers = answers_over(responses, period)
    completed = total(answers, _columns("completed"))
    went_on = total(answers, [column for measure in WENT_ON for column in _columns(measure)])
    if answers.empty or completed.amount is None or went_on.amount is None:
        return NOT_KNOWN
    telling = answers[_columns("completed")].notna().all(axis=1)
    return Result(
        went_on.amount,
        whole=int(completed.amount),
        answered=int(telling.sum()),
    ).counted_from(responses[responses["round"].isin(rounds)])


def _columns(measure: str) -> list[str]:
    return [f"{measure}_{sex}" for sex in SEXES]


COMPLETED_TO_WORK_OR_STUDIES = Indicator(
    key="completed_to_work_or_studies",
    label="Avslutade deltagare som gick vidare till arbete eller studier",
    unit="procent",
    kind="flow",
    formula=(
        "Antal som gick vidare till arbete eller studier delat med alla som avslutade sin åtgärd i periodens "
        "enkätomgångar. De som det inte är känt vad de gick vidare till ingår bland alla."
    ),
    source="Enkät till företagen",
    tables=("responses",),
    measure=completed_to_work_or_studies,
    tells=(COMPLETED, TO_WORK_OR_STUDIES),
    people=True,
)
