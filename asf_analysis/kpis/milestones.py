"""Milestones: reached or not, by a person's judgement or by a rule."""

from __future__ import annotations

from datetime import date

import pandas as pd

from asf_analysis.association import Rules
from asf_analysis.intake.schemas import AUTHORITY_KEYS, SEXES
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.registry import NOT_KNOWN, Kpi, Period, Result

ROUND_ENDS = ((1, (3, 31)), (4, (12, 31)))
"""The survey's rounds: quarter, and the month and day on which it ends."""

REGIONAL_COUNCIL = Kpi(
    key="regional_council",
    label="Länsövergripande råd eller akademi för ASF",
    unit="",
    kind="milestone",
    formula="Förbundets egen bedömning av om ett råd eller en akademi har initierats under året.",
    source="Årets skriftliga bedömning",
    milestone_from_assessment=True,
)


def follow_up_gender(
    enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, rules: Rules
) -> Result:
    """Tell whether gender was followed up: both rounds held, and each answered by enough enterprises.

    Before the year has ended only the rounds that had ended are counted, and whether it is reached is not
    told. Enough is `rules.response_percent` of the enterprises active at the end of the round's quarter, with
    women and men and with placing authority. `answered` and `asked` are those of the round with the
    smaller share; it is counted from the complete answers and the active enterprises of both.
    """
    rounds = [
        _complete_in(enterprises, responses, f"{period.year}-kv{quarter}", date(period.year, *last_day))
        for quarter, last_day in ROUND_ENDS
        if date(period.year, *last_day) <= period.end
    ]
    if not rounds:
        return NOT_KNOWN
    counts = [(len(answers), len(active)) for answers, active in rounds]
    answered, asked = min(counts, key=lambda count: count[0] / count[1] if count[1] else 0)
    enough = all(asked and answered * 100 >= rules.response_percent * asked for answered, asked in counts)
    reached = enough if len(rounds) == len(ROUND_ENDS) else None
    frames = [frame for of_round in rounds for frame in of_round]
    return Result(None, answered=answered, asked=asked, reached=reached).counted_from(*frames)


def _complete_in(
    enterprises: pd.DataFrame, responses: pd.DataFrame, name: str, day: date
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the complete answers of the enterprises active on the day, and those enterprises."""
    active = running_on(enterprises, day)
    theirs = responses["organisation_number"].isin(active["organisation_number"])
    answers = responses[(responses["round"] == name) & theirs]
    return answers[_tells_gender_and_authority(answers)], active


def _tells_gender_and_authority(answers: pd.DataFrame) -> pd.Series:
    counts = [f"{measure}_{sex}" for measure in ("employees", "participants") for sex in SEXES]
    placed = [f"from_{key}_{sex}" for key in AUTHORITY_KEYS for sex in SEXES]
    nobody = answers[[f"participants_{sex}" for sex in SEXES]].sum(axis=1) == 0
    return answers[counts].notna().all(axis=1) & (answers[placed].notna().all(axis=1) | nobody)


GENDER_FOLLOW_UP = Kpi(
    key="gender_follow_up",
    label="Uppföljning av jämställdheten i företagen",
    unit="",
    kind="milestone",
    formula=(
        "Uppnått när båda enkätomgångarna har hållits och tillräckligt många av de aktiva företagen har "
        "svarat i var och en med kvinnor, män och placerande myndighet."
    ),
    source="Enkät till företagen; Företagsregistret",
    tables=("enterprises", "responses"),
    measure=follow_up_gender,
    uses_rules=True,
)
