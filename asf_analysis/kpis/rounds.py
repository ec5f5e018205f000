"""People round by round: women and men on the last day of each survey round that was read."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from asf_analysis.intake.schemas import SEXES
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.breakdowns import SURVEY, TOTAL, Breakdown, Facts, sum_known, tidy
from asf_analysis.kpis.groups import EMPLOYEES, PARTICIPANTS, PERMANENT
from asf_analysis.kpis.people import people_told
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survey import columns_of, last_day_of_round, rounds_until, standing_answers

_MEASURES = {
    "participants": ("Deltagare efter enkätomgång", PARTICIPANTS),
    "employees": ("Anställda efter enkätomgång", EMPLOYEES),
    "permanent": ("Tillsvidareanställda efter enkätomgång", PERMANENT),
}


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give participants, employees and permanently employed by survey round.

    A stock is there again in the next round, so the rows have no sum, and there is no total row.
    """
    return tuple(
        Breakdown(
            key=f"{measure}_by_round",
            title=title,
            rows="round",
            rows_label="Enkätomgång",
            columns="sex",
            unit="personer",
            source=SURVEY,
            people=True,
            adds_up=False,
            whom=whom,
            frame=people_by_round(facts, measure),
        )
        for measure, (title, whom) in _MEASURES.items()
    )


def people_by_round(facts: Facts, measure: str) -> pd.DataFrame:
    """Sum women and men of a measure in each round held until the period's end, the first one first.

    A round counts the enterprises active on its last day, with answers carried forward from the round before
    (see `kpis.survey.standing_answers`). The rows are named as `round` of the responses, 2018-kv4; one
    without any answer is missing. `enterprises` says how many stand behind a row.
    """
    counts: dict[str, np.ndarray] = {}
    behind: dict[str, int] = {}
    for name in rounds_until(facts.tables.responses, facts.period.end):
        answers = _answers_of(facts, name, measure)
        if not counts and not _needs_no_earlier_round(facts, name, answers):
            continue
        counts[name] = sum_known(people_told(answers, [measure]), axis=0)
        behind[name] = len(answers)
    by_sex = np.array(list(counts.values()), dtype=float).reshape(-1, len(SEXES))
    told = np.column_stack([by_sex, sum_known(by_sex, axis=1)])
    cells = tidy(pd.DataFrame(told, index=list(counts), columns=[*SEXES, TOTAL]), "round", "sex")
    return cells.assign(enterprises=cells["round"].map(behind).astype("Int64"))


def _answers_of(facts: Facts, name: str, measure: str) -> pd.DataFrame:
    for known in (facts, facts.before):
        if known.survey_day == _day_of(facts, name):
            return known.answers[measure]
    period = Period.until(_day_of(facts, name))
    given = columns_of(facts.tables.responses, measure)
    return standing_answers(facts.tables.enterprises, given, period, measure)


def _day_of(facts: Facts, name: str) -> date:
    return min(last_day_of_round(name), facts.period.end)


def _needs_no_earlier_round(facts: Facts, name: str, answers: pd.DataFrame) -> bool:
    """Tell whether a round is whole by itself, or the last one, or none was held before it.

    Of the first round read, the answers to carry forward may be in a year that was not read. The year before
    told it with them: to tell it without them would be another figure for the same day, and the difference
    would give away a single enterprise.
    """
    active = running_on(facts.tables.enterprises, _day_of(facts, name))
    whole = int(answers["answered"].sum()) == len(active)
    is_first_ever = min(facts.tables.years) <= facts.association.started_on.year
    is_last = name == rounds_until(facts.tables.responses, facts.period.end)[-1]
    return whole or is_first_ever or is_last
