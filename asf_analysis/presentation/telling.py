"""How one KPI is told: its figure, its target, and its change since the baseline."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from asf_analysis.association import Rules
from asf_analysis.kpis.outcomes import (
    MISSED,
    NEAR,
    NO_WHOLE,
    REACHED,
    UNCHANGED,
    UNKNOWN,
    YEAR_NOT_OVER,
    Outcome,
)
from asf_analysis.kpis.pace import pace_of
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.counted import count_of, in_sentence, tell_amount, tell_target
from asf_analysis.presentation.findings import surely_exceeds_target
from asf_analysis.presentation.shares import in_percent
from asf_analysis.presentation.tables.notes import told_fewest_answers
from asf_analysis.presentation.values import (
    decimals_of,
    has_target,
    is_small_share,
    measured_on,
    write_amount,
    write_fulfilment,
    write_period,
)
from asf_analysis.swedish.writing import (
    approximately,
    format_date,
    format_number,
    join_words,
    number_word,
    round_half_up,
    start_sentence,
)

MONEY = ("kronor", "kr")
"""Units of a sum of money."""

NO_TARGET = "Inget mål är satt."
PACE_WORDS = {"före": "före en jämn takt", "i takt": "i jämn takt", "efter": "efter en jämn takt"}
NOISE = 6
"""Decimals beyond which a difference is only how a computer keeps fractions."""


def tell_outcome(outcome: Outcome, rules: Rules) -> str:
    """Tell a KPI's figure, how it stands to its target, and where it started from."""
    target = against_target(outcome, rules)
    compared = [target, _since_baseline(outcome)] if target else [_since_baseline(outcome), NO_TARGET]
    return " ".join(filter(None, [tell_figure(outcome), *compared]))


def tell_figure(outcome: Outcome, when: str = "") -> str:
    """Tell a KPI's figure alone; `when` takes the place of the days it was measured on."""
    if outcome.result.withheld:
        return f"{outcome.kpi.label}: uppgiften redovisas inte för {write_period(outcome.period)}."
    if outcome.result.amount is None:
        return f"{outcome.kpi.label}: uppgift saknas för {write_period(outcome.period)}."
    if outcome.result.whole == 0:
        return f"{outcome.kpi.label}: {NO_WHOLE} för {write_period(outcome.period)}."
    counted = count_of(outcome)
    if not outcome.kpi.sentence or outcome.result.whole:
        return f"{outcome.kpi.label}: {counted} {measured_on(outcome)}."
    return f"{start_sentence(when or measured_on(outcome))} {outcome.kpi.sentence.format(count=counted)}."


def against_target(outcome: Outcome, rules: Rules) -> str:
    """Compare with the target; where the status cannot be told, only say so; nothing without a target."""
    if outcome.target is None or outcome.target.value is None:
        return ""
    target = f"målet på {tell_target(outcome, outcome.target.value)}"
    if outcome.reason == YEAR_NOT_OVER:
        return " ".join(filter(None, [f"{start_sentence(target)} gäller hela året.", tell_pace(outcome)]))
    if outcome.status == UNKNOWN:
        return f"Om {target} nåddes kan inte bedömas{_because(outcome)}."
    if outcome.status == REACHED:
        verb = "överträffades" if surely_exceeds_target(outcome) else "nåddes"
        return f"{start_sentence(target)} {verb}."
    verb = "nåddes nästan" if outcome.status == NEAR else "nåddes inte"
    if not outcome.fulfilment or is_small_share(outcome):
        return f"{start_sentence(target)} {verb}."
    percent = write_fulfilment(outcome, rules)
    return f"{start_sentence(target)} {verb}: resultatet är {percent} procent av målet."


def tell_pace(outcome: Outcome) -> str:
    """Tell how far on the way to its target a goal is, beside how much of the year has passed."""
    pace = pace_of(outcome)
    if pace is None:
        return ""
    reached, elapsed = format_number(pace.reached * 100), format_number(pace.elapsed * 100)
    way = "av målet är nått" if outcome.kpi.kind == "flow" else "av den planerade förändringen har skett"
    passed = "har gått" if outcome.day == outcome.period.end else "hade gått"
    about = approximately(reached) if outcome.result.approximate else reached
    word = f": {PACE_WORDS[pace.word]}" if pace.word else ""
    return f"{start_sentence(about)} procent {way} när {elapsed} procent av året {passed}{word}."


def _because(outcome: Outcome) -> str:
    return f": {outcome.reason}" if outcome.reason else ""


def _since_baseline(outcome: Outcome) -> str:
    """Tell the change since the baseline, where both figures can be compared; without a target, only it."""
    baseline, result = outcome.baseline, outcome.result
    if baseline.value is None or result.value is None:
        return ""
    what, unchanged = _what_changes(outcome)
    started = in_sentence(outcome, baseline, outcome.kpi.decimals)
    day = f"den {format_date(baseline_day(outcome))}"
    if not has_target(outcome):
        return f"{start_sentence(day)} var {what.lower()} {started}."
    if outcome.status == UNKNOWN:
        return f"Utgångsläget var {started} {day}."
    since = f"utgångsläget, som var {started} {day}"
    if outcome.change == UNCHANGED:
        why = _why_unchanged(outcome)
        return f"{what} är {unchanged} sedan {f'{since}{why}' if why else f'utgångsläget {day}'}."
    if _told_in_counts(outcome):
        return f"{what} {outcome.change} från {since}."
    change = _tell_change(outcome)
    if not change:
        return f"{what} är i stort sett {unchanged} sedan {since}."
    return f"{what} {outcome.change} med {change} från {since}."


def _what_changes(outcome: Outcome) -> tuple[str, str]:
    """Name what a KPI tells, and that it is unchanged."""
    if outcome.is_share:
        return "Andelen", "oförändrad"
    if outcome.kpi.unit in MONEY:
        return "Beloppet", UNCHANGED
    return "Värdet" if outcome.kpi.decimals else "Antalet", UNCHANGED


def _why_unchanged(outcome: Outcome) -> str:
    """Tell what can explain a difference, or that there is none; nothing where both figures are exact."""
    baseline, result = outcome.baseline, outcome.result
    what = [
        "ungefärliga uppgifter" if any(len({*(one.ends or ())}) > 1 for one in (baseline, result)) else "",
        "svar från en tidigare enkätomgång" if _is_carried(outcome) else "",
    ]
    explaining = join_words(list(filter(None, what)))
    if not explaining:
        return ""
    if baseline.value == result.value:
        return f", så vitt {explaining} kan visa"
    return f": skillnaden ryms inom det som {explaining} kan förklara"


def _is_carried(outcome: Outcome) -> bool:
    return outcome.explained or any(one.reach != one.ends for one in (outcome.baseline, outcome.result))


def _told_in_counts(outcome: Outcome) -> bool:
    """Whether either figure is a share of so few that it has no percent to compare with."""
    wholes = (outcome.baseline.whole, outcome.result.whole)
    return any(whole is not None and not in_percent(whole, outcome.share_base) for whole in wholes)


def baseline_day(outcome: Outcome) -> date:
    """Give the day that a baseline is of: the one told with the target, else the last of the year before."""
    told = outcome.target.baseline_on if outcome.target else None
    return told or outcome.period.before().end


def _tell_change(outcome: Outcome) -> str:
    """Tell how large a change is; a share changes by percentage points. Nothing where it rounds to none."""
    baseline, result = outcome.baseline, outcome.result
    approximate = baseline.approximate or result.approximate
    decimals = decimals_of(outcome)
    if baseline.whole and result.whole:
        return _tell_points(_shown(result, decimals) - _shown(baseline, outcome.kpi.decimals), approximate)
    change = round(abs((result.amount or 0) - (baseline.amount or 0)), NOISE)
    if round_half_up(change, max(outcome.kpi.decimals, 1)) == 0:
        return ""
    if approximate or outcome.kpi.decimals:
        written = write_amount(change, outcome.kpi.decimals)
        return approximately(written) if approximate else written
    if change == 1:
        return number_word(1, outcome.kpi.neuter) if outcome.kpi.singular else "1"
    return tell_amount(outcome.kpi, change)


def _shown(share: Result, decimals: int) -> Decimal:
    return Decimal(str(share.percent(decimals)))


def _tell_points(difference: Decimal, approximate: bool) -> str:
    """Write a difference between two shares as they are shown, in percentage points."""
    points = abs(difference).normalize()
    exponent = points.as_tuple().exponent
    written = format_number(points, max(0, -exponent) if isinstance(exponent, int) else 0)
    if approximate:
        written = approximately(written)
    elif points == points.to_integral_value():
        written = number_word(int(points))
    return f"{written} {'procentenhet' if points == 1 else 'procentenheter'}" if points else ""


def tell_milestone(outcome: Outcome) -> str:
    """Tell whether a milestone was reached, on which answers that rests, and what people wrote about it."""
    told = {
        REACHED: f"{outcome.kpi.label}: målet nåddes.",
        MISSED: f"{outcome.kpi.label}: målet nåddes inte.",
    }
    why = f" {start_sentence(outcome.reason)}." if outcome.reason else ""
    unknown = (
        f"{outcome.kpi.label}: målet gäller hela året, som inte är slut."
        if outcome.reason == YEAR_NOT_OVER
        else f"{outcome.kpi.label}: det går inte att bedöma om målet nåddes.{why}"
    )
    return " ".join(
        filter(
            None,
            [
                told.get(outcome.status, unknown),
                told_fewest_answers(outcome.result),
                outcome.text.strip(),
                *outcome.warnings,
            ],
        )
    )
