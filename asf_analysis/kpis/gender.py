"""Women among those who work and take part in the enterprises, as shares that keep their counts."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from asf_analysis.intake.schemas import SEXES
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.groups import EMPLOYEES, PARTICIPANTS, PERMANENT
from asf_analysis.kpis.registry import Indicator, Period, Result, total
from asf_analysis.kpis.survey import standing_answers, survey_day, total_of

SURVEY = "Enkät till företagen; Företagsregistret"
WOMEN = ("sex", "women")


def women_among(enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, measure: str) -> Result:
    """Count the women of a survey measure, of women and men, in the enterprises active on the last day.

    The whole and the coverage are those of `survey_total`, so that the share agrees with every table of the
    same people. Where cells are approximate, the bounds are those of the share, told as parts of the whole.
    """
    answers = standing_answers(enterprises, responses, period, measure)
    everyone = total_of(answers, running_on(enterprises, survey_day(responses, period)), measure)
    if everyone.amount is None:
        return everyone
    women, men = (total(answers, [f"{measure}_{sex}"]) for sex in SEXES)
    if women.amount is None or men.amount is None:
        return replace(everyone, amount=None, low=None, high=None)
    whole = int(everyone.amount)
    low, high = _bounds(women, men, whole) if everyone.approximate else (None, None)
    alone = everyone.answered_only
    if alone is not None and alone.amount is not None:
        own = total(answers[~answers["carried"]], [f"{measure}_women"])
        alone = Result(own.amount, whole=int(alone.amount))
    return replace(everyone, amount=women.amount, whole=whole, low=low, high=high, answered_only=alone)


def _bounds(women: Result, men: Result, whole: int) -> tuple[float, float]:
    """The least and the greatest that women may be of the whole, given what both may be."""
    (low, high), (men_low, men_high) = _ends(women), _ends(men)
    return _part_of(whole, low, men_high), _part_of(whole, high, men_low)


def _part_of(whole: int, women: float, men: float) -> float:
    return whole * women / (women + men) if women + men else 0.0


def _ends(result: Result) -> tuple[float, float]:
    amount = float(result.amount or 0)
    low = amount if result.low is None else result.low
    return low, amount if result.high is None else result.high


def women_among_participants(enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period) -> Result:
    """Count the women among the participants, of all participants."""
    return women_among(enterprises, responses, period, "participants")


WOMEN_PARTICIPANTS = Indicator(
    key="women_participants",
    label="Andel kvinnor bland deltagarna",
    unit="procent",
    kind="stock",
    formula="Kvinnor som deltar i åtgärd, delat med alla deltagare i de företag som är aktiva på mätdagen.",
    source=SURVEY,
    tables=("enterprises", "responses"),
    measure=women_among_participants,
    tells=(PARTICIPANTS, (*PARTICIPANTS, WOMEN)),
    definition="kvinnor av deltagarna",
    people=True,
    singular="deltagare",
    plural="deltagare",
)


def women_among_employees(enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period) -> Result:
    """Count the women among the employed, of all employed, permanently or not."""
    return women_among(enterprises, responses, period, "employees")


WOMEN_EMPLOYEES = Indicator(
    key="women_employees",
    label="Andel kvinnor bland de anställda",
    unit="procent",
    kind="stock",
    formula="Anställda kvinnor, delat med alla anställda i de företag som är aktiva på mätdagen. "
    "Alla anställningsformer räknas.",
    source=SURVEY,
    tables=("enterprises", "responses"),
    measure=women_among_employees,
    tells=(EMPLOYEES, (*EMPLOYEES, WOMEN)),
    definition="kvinnor av de anställda",
    people=True,
    singular="anställd",
    plural="anställda",
)


def women_among_permanent(enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period) -> Result:
    """Count the women among the permanently employed, of all permanently employed."""
    return women_among(enterprises, responses, period, "permanent")


WOMEN_PERMANENT = Indicator(
    key="women_permanent",
    label="Andel kvinnor bland de tillsvidareanställda",
    unit="procent",
    kind="stock",
    formula="Tillsvidareanställda kvinnor, delat med alla tillsvidareanställda i de företag som är aktiva "
    "på mätdagen.",
    source=SURVEY,
    tables=("enterprises", "responses"),
    measure=women_among_permanent,
    tells=(PERMANENT, (*PERMANENT, WOMEN)),
    definition="kvinnor av de tillsvidareanställda",
    people=True,
    singular="tillsvidareanställd",
    plural="tillsvidareanställda",
)
