"""A KPI's outcome: its result beside baseline, target and the published figure, judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

import pandas as pd

from asf_analysis.association import Rules
from asf_analysis.kpis.registry import Exact, Kpi, Period, Result

Status = Literal["uppnått", "nära målet", "ej uppnått", "kan ej bedömas"]
REACHED: Status = "uppnått"
NEAR: Status = "nära målet"
MISSED: Status = "ej uppnått"
UNKNOWN: Status = "kan ej bedömas"

NO_TARGET = "inget mål är satt"
NO_RESULT = "resultatet är inte känt"
WITHHELD_RESULT = "resultatet redovisas inte, för att skydda företagen bakom det"
NO_JUDGEMENT = "ingen bedömning är skriven"
YEAR_NOT_OVER = "året är inte slut"
NO_WHOLE = "det finns inget att räkna andelen av"
UNDECIDED = "den ungefärliga uppgiften kan ligga på båda sidor om en gräns"
CARRIED = "bedömningen kan bli en annan utan de svar som är hämtade från förra enkätomgången"

Change = Literal["ökade", "minskade", "oförändrat"]
INCREASED: Change = "ökade"
DECREASED: Change = "minskade"
UNCHANGED: Change = "oförändrat"

PERCENT_UNITS = ("procent", "%")
"""Units of a KPI that is a share."""


@dataclass(frozen=True)
class Target:
    """What a KPI was to reach (`data/targets.csv`), a share in percent; `value` is None for a milestone."""

    value: float | None
    on: date | None = None
    baseline: float | None = None
    baseline_on: date | None = None
    definition: str = ""
    comment: str = ""


@dataclass(frozen=True)
class PublishedFigure:
    """What an earlier report said of a KPI (`data/published/<year>.csv`)."""

    baseline: float | None = None
    target: float | None = None
    result: float | None = None
    approximate: bool = False
    status: str = ""
    members: tuple[str, ...] = ()
    baseline_definition: str = ""
    result_definition: str = ""
    source: str = ""
    revision_reason: str = ""
    """Why the figure is another today, in the words of whoever revised it."""


@dataclass(frozen=True)
class Outcome:
    """One KPI in one period.

    `fulfilment` is result ÷ target, `share_of_planned_change` (result − baseline) ÷ (target − baseline);
    both None where a part is missing or the divisor is 0. `status` judges against the target; `reason`
    says in Swedish why it cannot be judged, else it is empty. `warnings` are Swedish sentences that must
    stand beside the figure. A share with a smaller whole than `share_base` is told in counts, not in percent.
    """

    kpi: Kpi
    period: Period
    baseline: Result
    target: Target | None
    result: Result
    status: Status
    reason: str
    fulfilment: float | None
    share_of_planned_change: float | None
    published: PublishedFigure | None
    warnings: tuple[str, ...] = ()
    other: Result | None = None
    """The result by the KPI's other definition, where it has one."""
    measured: date | None = None
    """The day that a stock was counted on; None for the period's last one."""
    text: str = ""
    """A milestone's written account, from the year's assessment file (plain text)."""
    share_base: int = Rules().share_base
    explained: bool = False
    """Whether answers carried forward can explain the change since the baseline, though they are withheld."""

    @property
    def is_share(self) -> bool:
        """Whether the figure is a share, so that its target is in percent."""
        told = self.result.whole is not None or self.baseline.whole is not None
        return told or self.kpi.unit.strip().lower() in PERCENT_UNITS

    @property
    def change(self) -> Change | None:
        """How the figure changed since the baseline (see `change_between`)."""
        return UNCHANGED if self.explained else change_between(self.baseline, self.result)

    @property
    def day(self) -> date:
        """The day that a stock was counted on."""
        return self.measured or self.period.end

    @property
    def evidence(self) -> pd.DataFrame:
        """The raw rows that the result was counted from: `file`, `sheet`, `row`, in that order.

        A survey figure rests on the answers that stand and the register's active enterprises; a milestone
        judged by a person on the assessment file, without a row. No rows in a public edition, nor for a
        measure that does not tell (see `Result.counted_from`). A measured baseline has `baseline.evidence`.
        """
        return self.result.evidence


def judge(result: Result, target: Target | None, rules: Rules) -> tuple[Status, str]:
    """Judge a result against its target, and say why where it cannot be judged.

    Near is a fulfilment of at least `rules.near_target_percent`. A share is judged on its exact percent. An
    approximate result is judged at both of its bounds, and cannot be judged where they differ; nor can one
    that is judged otherwise without the answers carried forward.

    >>> judge(Result(75, low=67.5, high=82.5), Target(80), Rules())
    ('kan ej bedömas', 'den ungefärliga uppgiften kan ligga på båda sidor om en gräns')
    """
    if target is None or target.value is None:
        return UNKNOWN, NO_TARGET
    if result.amount is None:
        return UNKNOWN, NO_RESULT
    ends, reach = result.ends, result.reach
    if ends is None or reach is None:
        return UNKNOWN, NO_WHOLE
    aim = Fraction(str(target.value))
    if _status(ends[0], aim, rules) != _status(ends[1], aim, rules):
        return UNKNOWN, UNDECIDED
    low, high = (_status(end, aim, rules) for end in reach)
    return (low, "") if low == high else (UNKNOWN, CARRIED)


def _status(value: Exact, target: Fraction, rules: Rules) -> Status:
    if value >= target:
        return REACHED
    return NEAR if value * 100 >= target * rules.near_target_percent else MISSED


def change_between(before: Result, after: Result) -> Change | None:
    """Tell how a figure changed; unchanged where what is approximate or carried forward can explain it.

    That is where the values that the two may have overlap. None where either is not known.

    >>> change_between(Result(100), Result(105, low=95, high=115)), change_between(Result(7), Result(8))
    ('oförändrat', 'ökade')
    """
    then, now = before.reach, after.reach
    if then is None or now is None:
        return None
    if now[0] > then[1]:
        return INCREASED
    return DECREASED if now[1] < then[0] else UNCHANGED


def judge_milestone(reached: bool | None) -> tuple[Status, str]:
    """Judge a milestone, which is reached or not; without a judgement it cannot be told.

    >>> judge_milestone(True), judge_milestone(None)
    (('uppnått', ''), ('kan ej bedömas', 'ingen bedömning är skriven'))
    """
    if reached is None:
        return UNKNOWN, NO_JUDGEMENT
    return (REACHED if reached else MISSED), ""


def judge_interim(status: Status, reason: str) -> tuple[Status, str]:
    """Give what may be said of a judgement before the year has ended.

    A goal that is reached already is so; a stock may fall again, so the words must say *hittills*. Any other
    goal with a known result may still be reached, and is not judged: neither as near nor as missed. So it is
    with milestones too, whether a rule or a person judges them. How it goes until then, `kpis.pace` tells.

    >>> judge_interim("ej uppnått", ""), judge_interim("uppnått", "")
    (('kan ej bedömas', 'året är inte slut'), ('uppnått', ''))
    """
    if status == REACHED or reason in (NO_TARGET, NO_RESULT):
        return status, reason
    return UNKNOWN, YEAR_NOT_OVER


def fulfilment(result: Result, target: Target | None) -> float | None:
    """Divide result by target; None where either is missing or the target is 0.

    >>> fulfilment(Result(63), Target(50)), fulfilment(Result(63), None)
    (1.26, None)
    >>> fulfilment(Result(3, whole=5), Target(80))
    0.75
    """
    exact = exact_fulfilment(result, target)
    return None if exact is None else float(exact)


def exact_fulfilment(result: Result, target: Target | None) -> Exact | None:
    """Divide result by target without rounding, as `fulfilment`."""
    if target is None or not target.value or result.value is None:
        return None
    return result.value / Fraction(str(target.value))


def share_of_planned_change(baseline: Result, result: Result, target: Target | None) -> float | None:
    """Divide the change that came by the change that was planned; None where a part is missing or none was.

    >>> share_of_planned_change(Result(25), Result(28), Target(30))
    0.6
    """
    started, reached = baseline.value, result.value
    if target is None or target.value is None or started is None or reached is None:
        return None
    planned = Fraction(str(target.value)) - started
    return float((reached - started) / planned) if planned else None
