"""How one KPI is told: its figure, its target, and its change since the baseline."""

from __future__ import annotations

from datetime import date

from asf_analysis.association import Rules
from asf_analysis.kpis.outcomes import MISSED, NEAR, REACHED, UNKNOWN, YEAR_NOT_OVER, Outcome
from asf_analysis.kpis.pace import pace_of
from asf_analysis.kpis.registry import Kpi, Result
from asf_analysis.presentation.findings import surely_exceeds_target
from asf_analysis.presentation.tables.notes import told_fewest_answers
from asf_analysis.presentation.values import (
    has_target,
    measured_on,
    write_amount,
    write_fulfilment,
    write_period,
    write_result,
)
from asf_analysis.swedish.writing import (
    approximately,
    count_phrase,
    format_date,
    format_number,
    number_word,
    round_half_up,
    start_sentence,
)

UNCHANGED = "oförändrat"
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
    counted = count_of(outcome.kpi, outcome.result)
    if not outcome.kpi.sentence or outcome.result.whole:
        return f"{outcome.kpi.label}: {counted} {measured_on(outcome)}."
    return f"{start_sentence(when or measured_on(outcome))} {outcome.kpi.sentence.format(count=counted)}."


def count_of(kpi: Kpi, result: Result) -> str:
    """Write a figure with the noun of what was counted; an approximate or long one with digits.

    A KPI that names no noun is counted in its unit.
    """
    amount = result.amount
    if amount is None or result.whole:
        return _in_sentence(kpi, result)
    noun = kpi.singular if amount == 1 and kpi.singular else kpi.plural or kpi.unit
    if result.approximate or not float(amount).is_integer() or (amount == 1 and not kpi.singular):
        return f"{write_result(result)} {noun}".strip()
    return count_phrase(int(amount), kpi.singular, noun, kpi.neuter).strip()


def _in_sentence(kpi: Kpi, result: Result) -> str:
    """Write a figure within a sentence: a word up to twelve, and the noun beside a single one."""
    percent = result.percent()
    if percent is not None:
        written = f"{format_number(percent)} procent"
        return approximately(written) if result.approximate else written
    return write_result(result) if result.approximate else _tell_amount(kpi, result.amount or 0)


def _tell_amount(kpi: Kpi, amount: float) -> str:
    if not float(amount).is_integer():
        return write_amount(amount)
    if amount == 1:
        return count_phrase(1, kpi.singular, kpi.plural, kpi.neuter) if kpi.singular else "1"
    return number_word(int(amount))


def against_target(outcome: Outcome, rules: Rules) -> str:
    """Compare with the target; where the status cannot be told, only say so; nothing without a target."""
    if outcome.target is None or outcome.target.value is None:
        return ""
    target = f"målet på {_tell_amount(outcome.kpi, outcome.target.value)}"
    if outcome.reason == YEAR_NOT_OVER:
        return " ".join(filter(None, [f"{start_sentence(target)} gäller hela året.", tell_pace(outcome)]))
    if outcome.status == UNKNOWN:
        return f"Om {target} nåddes kan inte bedömas{_because(outcome)}."
    if outcome.status == REACHED:
        verb = "överträffades" if surely_exceeds_target(outcome) else "nåddes"
        return f"{start_sentence(target)} {verb}."
    verb = "nåddes nästan" if outcome.status == NEAR else "nåddes inte"
    if not outcome.fulfilment:
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
    if baseline.amount is None or result.amount is None:
        return ""
    what, unchanged = ("Andelen", "oförändrad") if baseline.whole and result.whole else ("Antalet", UNCHANGED)
    started, day = _in_sentence(outcome.kpi, baseline), f"den {format_date(baseline_day(outcome))}"
    if not has_target(outcome):
        return f"{start_sentence(day)} var {what.lower()} {started}."
    direction = "" if outcome.status == UNKNOWN else _direction(baseline, result)
    if not direction:
        return f"Utgångsläget var {started} {day}."
    if direction == UNCHANGED:
        return f"{what} är {unchanged} sedan utgångsläget {day}."
    change = _tell_change(outcome)
    if not change:
        return f"{what} är i stort sett {unchanged} sedan utgångsläget, som var {started} {day}."
    return f"{what} {direction} med {change} från utgångsläget, som var {started} {day}."


def baseline_day(outcome: Outcome) -> date:
    """Give the day that a baseline is of: the one told with the target, else the last of the year before."""
    told = outcome.target.baseline_on if outcome.target else None
    return told or outcome.period.before().end


def _direction(before: Result, after: Result) -> str:
    """Tell the direction of a change; nothing where approximate figures leave it open."""
    (low, high), (new_low, new_high) = _bounds(before), _bounds(after)
    if new_low > high:
        return "ökade"
    if new_high < low:
        return "minskade"
    return UNCHANGED if low == high == new_low == new_high else ""


def _bounds(result: Result) -> tuple[float, float]:
    """Between which figures a result is; those of a share are parts of its whole."""
    amount, whole = result.amount or 0.0, result.whole or 1
    low = amount if result.low is None else result.low
    high = amount if result.high is None else result.high
    return (low / whole, high / whole)


def _tell_change(outcome: Outcome) -> str:
    """Tell how large a change is; a share changes by percentage points. Nothing where it rounds to none."""
    baseline, result = outcome.baseline, outcome.result
    approximate = baseline.approximate or result.approximate
    if baseline.whole and result.whole:
        points = abs(int(result.percent() or 0) - int(baseline.percent() or 0))
        written = approximately(format_number(points)) if approximate else number_word(points)
        return f"{written} {'procentenhet' if points == 1 else 'procentenheter'}" if points else ""
    change = round(abs((result.amount or 0) - (baseline.amount or 0)), NOISE)
    if round_half_up(change, 1) == 0:
        return ""
    if approximate:
        return approximately(write_amount(change))
    if change == 1:
        return number_word(1, outcome.kpi.neuter) if outcome.kpi.singular else "1"
    return _tell_amount(outcome.kpi, change)


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
