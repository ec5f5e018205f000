"""Those who completed their measure (åtgärd) during the period, taken apart by what they went on to."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from asf_analysis.intake.schemas import SEXES
from asf_analysis.kpis.breakdowns import Breakdown, Facts
from asf_analysis.kpis.groups import COMPLETED, OUTCOME
from asf_analysis.kpis.people import of_people, people_by_group
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survey import rounds_until

COMPLETED_TABLE = "completed_by_outcome"
ENDS = ("", "_low", "_high")
"""A count column, and the bounds of an approximate one."""

OUTCOMES = {
    "completed_to_work": "Arbete",
    "completed_to_studies": "Studier",
    "completed_to_other": "Annat",
}
"""What an enterprise can tell that somebody went on to; those it does not tell of are *Ej angivet*."""


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give the breakdown of those who completed during the period."""
    answers = answers_over(facts.tables.responses, facts.period)
    by_outcome = people_by_group(answers, "completed", OUTCOMES, OUTCOME)
    table = of_people(
        COMPLETED_TABLE,
        "Avslutade deltagare efter vad de gick vidare till",
        OUTCOME,
        "Gick vidare till",
        by_outcome,
        whom=COMPLETED,
    )
    return (replace(table, kind="flow"),)


def answers_over(responses: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Sum what each enterprise told of those who completed in the rounds of the period's year, up to its end.

    A row per enterprise that answered, also one that has closed since; a count that it gave in no round is
    missing, and one that it gave in some is the sum of those, with its bounds. An answer that tells what
    women or men went on to, but not how many completed, tells nothing of them. Nothing is carried forward:
    what is completed in a round does not stand for another.
    """
    rounds = [name for name in rounds_until(responses, period.end) if name.startswith(str(period.year))]
    answered = _telling_both(responses[responses["round"].isin(rounds)])
    told = (f"{measure}_{sex}{end}" for measure in ("completed", *OUTCOMES) for sex in SEXES for end in ENDS)
    counts = [name for name in told if name in answered]
    return answered.groupby("organisation_number")[counts].sum(min_count=1).reset_index()


def _telling_both(answers: pd.DataFrame) -> pd.DataFrame:
    """Leave out what women or men went on to where an answer does not tell how many of them completed."""
    unknown = {sex: answers[f"completed_{sex}"].isna() for sex in SEXES}
    columns = {f"{outcome}_{sex}{end}": sex for outcome in OUTCOMES for sex in SEXES for end in ENDS}
    masked = {
        column: answers[column].mask(unknown[sex]) for column, sex in columns.items() if column in answers
    }
    return answers.assign(**masked)
