"""How a value is written, wherever it stands: figures of KPIs, cells, marks of status, names of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from asf_analysis.association import Rules
from asf_analysis.disclosure.published import MISSING_SIGN, WITHHELD_SIGN
from asf_analysis.errors import Severity
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.outcomes import MISSED, NEAR, REACHED, UNKNOWN, Outcome, exact_fulfilment
from asf_analysis.kpis.registry import Exact, Period, Result
from asf_analysis.presentation.dimension_words import NAMES
from asf_analysis.presentation.shares import SHARE_BASE, in_percent
from asf_analysis.presentation.survey_words import round_of, write_round
from asf_analysis.swedish.writing import (
    approximately,
    format_date,
    format_month,
    format_number,
    format_percent,
    format_period,
    round_half_up,
    start_sentence,
)

NOTHING_SIGN = "–"

KIND_WORDS = {"flow": "flöde under perioden", "stock": "läge på mätdagen", "milestone": "milstolpe"}
YES, NO = "Ja", "Nej"
TOTAL_WORD = "Totalt"

_SEXES = {"women": "Kvinnor", "men": "Män"}
_NAMES: Mapping[str, Mapping[str, str]] = {
    "reached": {"employees": "Medarbetare", "politicians": "Politiker", "others": "Övriga"},
    "since": {"from_start": "Sedan periodens början", "later": "Tillkom under perioden"},
}


@dataclass(frozen=True)
class StatusMark:
    """A status as a reader sees it: its class, its symbol and its word."""

    css: str
    symbol: str
    word: str

    def __str__(self) -> str:
        return f"{self.symbol} {self.word}"


MARKS: Mapping[str, StatusMark] = {
    REACHED: StatusMark("reached", "▲", "Uppnått"),
    NEAR: StatusMark("near", "■", "Nära målet"),
    MISSED: StatusMark("missed", "▼", "Ej uppnått"),
    UNKNOWN: StatusMark("unknown", "○", "Kan ej bedömas"),
}
"""How the status of a goal is shown."""
NO_GOAL = StatusMark("unknown", "–", "Inget mål")


SEVERITY_FORMS: Mapping[Severity, tuple[str, str]] = {
    "fel": ("fel", "fel"),
    "varning": ("varning", "varningar"),
    "upplysning": ("upplysning", "upplysningar"),
}
"""How each severity is counted: one, and several."""

_SEVERITY_MARKS: Mapping[Severity, StatusMark] = {
    "fel": StatusMark("missed", "▼", "Fel"),
    "varning": StatusMark("near", "■", "Varning"),
    "upplysning": StatusMark("unknown", "○", "Upplysning"),
}


def severity_mark(severity: Severity) -> StatusMark:
    """Tell how a fault's severity is shown."""
    return _SEVERITY_MARKS[severity]


def has_goal(outcome: Outcome) -> bool:
    """Whether there is something to reach: a target in figures, or a milestone."""
    return outcome.kpi.kind == "milestone" or has_target(outcome)


def has_target(outcome: Outcome) -> bool:
    """Whether there is a target in figures."""
    return outcome.target is not None and outcome.target.value is not None


def goals_first(outcomes: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """Order outcomes for display: those with a goal, then the others, each in the order they came."""
    return tuple(sorted(outcomes, key=lambda outcome: not has_goal(outcome)))


def status_mark(outcome: Outcome) -> StatusMark:
    """Tell how an outcome's status is shown."""
    return MARKS[outcome.status] if has_goal(outcome) else NO_GOAL


MANY = 1000
"""From here on a decimal tells a reader nothing."""


def write_amount(value: int | float, decimals: int = 0) -> str:
    """Write a number with so many decimals; with 0, one is kept below 1 000 where it is not whole.

    >>> write_amount(28.0), write_amount(12.25), write_amount(0.8, decimals=2)
    ('28', '12,3', '0,80')
    """
    return format_number(value, decimals or decimals_needed(value))


def decimals_needed(value: float) -> int:
    """How many decimals a number is written with where nothing else is said."""
    return 0 if float(value).is_integer() or abs(value) >= MANY else 1


def write_result(
    result: Result, absent: str = MISSING_SIGN, decimals: int = 0, share_base: int = SHARE_BASE
) -> str:
    """Write a measured figure, with *ca* where it is approximate; a share is written in percent.

    A share of fewer than `share_base` is written in counts, and one of nothing has a sign.

    >>> write_result(Result(75, low=67.5, high=82.5)), write_result(Result(None))
    ('ca 75', '.')
    >>> write_result(Result(None, withheld=True))
    '..'
    >>> write_result(Result(3, whole=7)), write_result(Result(0, whole=0))
    ('3 av 7', '–')
    """
    if result.amount is None:
        return WITHHELD_SIGN if result.withheld else absent
    if result.whole == 0:
        return NOTHING_SIGN
    percent = shown_percent(result, decimals, share_base)
    if percent is not None:
        written = format_percent(percent, decimals)
    elif result.whole is not None:
        between = "på" if result.amount > result.whole else "av"
        written = f"{write_amount(result.amount)} {between} {format_number(result.whole)}"
    else:
        written = write_amount(result.amount, decimals)
    return approximately(written) if result.approximate else written


def shown_percent(result: Result, decimals: int = 0, share_base: int = SHARE_BASE) -> int | float | None:
    """Give a share in percent, rounded as it is shown; None for what is no share, or one of too few."""
    told = result.whole is not None and in_percent(result.whole, share_base)
    return result.percent(decimals) if told else None


def decimals_of(outcome: Outcome) -> int:
    """With how many decimals an outcome's result is written.

    They are the KPI's. A share or a ratio has up to two more where they keep it on its side of the target.
    """
    value, least = outcome.result.value, outcome.kpi.decimals
    aim = outcome.target.value if outcome.target else None
    if value is None or aim is None or not (outcome.is_share or least):
        return least
    target = Fraction(str(aim))
    for decimals in (least, least + 1):
        rounded = Fraction(round_half_up(_decimal(value), decimals))
        if (rounded >= target) == (value >= target):
            return decimals
    return least + 2


def _decimal(value: Exact) -> Decimal:
    """Give an exact value with as many digits as decimals are reckoned with (28)."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(value)


def is_small_share(outcome: Outcome) -> bool:
    """Whether a result is a share of so few that nothing of it is told in percent."""
    whole = outcome.result.whole
    return whole is not None and not in_percent(whole, outcome.share_base)


def write_outcome(outcome: Outcome) -> str:
    """Write an outcome's result; a milestone is answered with yes or no."""
    if outcome.kpi.kind != "milestone":
        return write_result(outcome.result, decimals=decimals_of(outcome), share_base=outcome.share_base)
    return {REACHED: YES, MISSED: NO}.get(outcome.status, MISSING_SIGN)


def write_baseline(outcome: Outcome) -> str:
    """Write where an outcome started from; a flow starts from nothing and has no baseline."""
    return write_result(outcome.baseline, NOTHING_SIGN, outcome.kpi.decimals, outcome.share_base)


def write_target(outcome: Outcome) -> str:
    """Write what was to be reached; a milestone's target is that it is reached."""
    if outcome.kpi.kind == "milestone":
        return YES
    value = outcome.target.value if outcome.target else None
    if value is None:
        return NOTHING_SIGN
    decimals = decimals_of_target(outcome, value)
    return format_percent(value, decimals) if outcome.is_share else format_number(value, decimals)


def decimals_of_target(outcome: Outcome, value: float) -> int:
    """With how many decimals a target is written: that of a share or a ratio with those it was set with."""
    if not outcome.is_share and not outcome.kpi.decimals:
        return decimals_needed(value)
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return max(outcome.kpi.decimals, -exponent if isinstance(exponent, int) else 0)


def write_share(share: float | None, outcome: Outcome) -> str:
    """Write a quotient of an outcome's figures in percent, without the sign; approximate where they are."""
    if share is None or is_small_share(outcome):
        return NOTHING_SIGN
    written = format_number(share * 100)
    return approximately(written) if outcome.result.approximate or outcome.baseline.approximate else written


def write_fulfilment(outcome: Outcome, rules: Rules) -> str:
    """Write result ÷ target in percent, without the sign; it does not depend on the baseline.

    Rounding never lifts it over a limit that it did not reach. That of a share of few is not written.
    """
    exact = exact_fulfilment(outcome.result, outcome.target)
    if outcome.fulfilment is None or exact is None or is_small_share(outcome):
        return NOTHING_SIGN
    written = percent_of_target(exact, rules.near_target_percent)
    return approximately(written) if outcome.result.approximate else written


def percent_of_target(fulfilment: Exact, near: int) -> str:
    """Write a fulfilment in whole percent, or with as many decimals as keep it on its side of the limits.

    One that is nearer than two decimals can tell is rounded down.

    >>> percent_of_target(0.933, near=90), percent_of_target(0.897, near=90)
    ('93', '89,7')
    >>> percent_of_target(0.99999, near=90)
    '99,99'
    """
    value = fulfilment if isinstance(fulfilment, Fraction) else Fraction(str(fulfilment))
    exact = _decimal(value * 100)
    for decimals in range(3):
        rounded = round_half_up(exact, decimals)
        if all((rounded >= limit) == (exact >= limit) for limit in (near, 100)):
            return format_number(exact, decimals)
    return format_number(exact.quantize(Decimal("0.01"), rounding=ROUND_FLOOR), decimals=2)


def write_period(period: Period) -> str:
    """Write the days that a report covers."""
    return format_period(period.start, period.end)


def label_with_unit(label: str, unit: str) -> str:
    """Write a heading and its unit, unless the heading names it already.

    >>> label_with_unit("Aktivt verksamma ASF", "företag"), label_with_unit("Lokala grupper", "grupper")
    ('Aktivt verksamma ASF (företag)', 'Lokala grupper')
    """
    return f"{label} ({unit})" if unit and unit.lower() not in label.lower() else label


def measured_on(outcome: Outcome) -> str:
    """Tell when an outcome was measured: over the period, or on the day it was counted."""
    if outcome.kpi.kind == "stock":
        return f"den {format_date(outcome.day)}"
    return f"under {write_period(outcome.period)}"


def name_value(dimension: str, value: str) -> str:
    """Name a value of a breakdown's dimension for a reader.

    >>> name_value("sex", "women"), name_value("month", "3"), name_value("municipality", TOTAL)
    ('Kvinnor', 'Mars', 'Totalt')
    >>> name_value("round", "2018-kv4")
    'Kvartal 4 2018'
    """
    if value in NAMES.get(dimension, {}):
        return NAMES[dimension][value]
    if value == TOTAL:
        return TOTAL_WORD
    if dimension == "sex":
        return _SEXES.get(value, value)
    if dimension in _NAMES:
        return _NAMES[dimension].get(value, value)
    if dimension == "quarter":
        return f"Kvartal {value}"
    if dimension == "month" and value.isdecimal() and 1 <= int(value) <= 12:
        return start_sentence(format_month(int(value)))
    if dimension == "round" and (held := round_of(value)):
        return write_round(held)
    return start_sentence(value)
