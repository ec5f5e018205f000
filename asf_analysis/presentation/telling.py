"""How one KPI is told: its figure, its target, and its change since the baseline."""

from __future__ import annotations

from asf_analysis.association import Rules
from asf_analysis.kpis.outcomes import MISSED, NEAR, REACHED, UNKNOWN, Outcome
from asf_analysis.kpis.registry import Kpi, Result
from asf_analysis.presentation.values import (
    measured_on,
    tell_amount,
    write_amount,
    write_fulfilment,
    write_period,
    write_result,
)
from asf_analysis.swedish.writing import approximately, count_phrase, format_date, number_word, start_sentence


def tell_outcome(outcome: Outcome, rules: Rules) -> str:
    """Tell a KPI's figure, how it stands to its target, and where it started from."""
    told = [tell_figure(outcome), _against_target(outcome, rules), _since_baseline(outcome)]
    return " ".join(filter(None, told))


def tell_figure(outcome: Outcome) -> str:
    """Tell a KPI's figure alone."""
    if outcome.result.withheld:
        return f"{outcome.kpi.label}: uppgiften redovisas inte för {write_period(outcome.period)}."
    if outcome.result.amount is None:
        return f"{outcome.kpi.label}: uppgift saknas för {write_period(outcome.period)}."
    counted = count_of(outcome.kpi, outcome.result)
    if not outcome.kpi.sentence or outcome.result.whole:
        return f"{outcome.kpi.label}: {counted} {measured_on(outcome)}."
    return f"{start_sentence(measured_on(outcome))} {outcome.kpi.sentence.format(count=counted)}."


def count_of(kpi: Kpi, result: Result) -> str:
    """Write a figure with the noun of what was counted; an approximate or long one with digits.

    A KPI that names no noun is counted in its unit.
    """
    amount = result.amount
    if amount is None or result.whole:
        return write_result(result)
    plural = kpi.plural or kpi.unit
    if result.approximate or not float(amount).is_integer():
        return f"{write_result(result)} {plural}".strip()
    if amount == 1 and not kpi.singular:
        return f"{write_result(result)} {plural}".strip()
    return count_phrase(int(amount), kpi.singular, plural, kpi.neuter).strip()


def _against_target(outcome: Outcome, rules: Rules) -> str:
    """Compare with the target; where the status cannot be told, only say so."""
    if outcome.target is None or outcome.target.value is None:
        return "Inget mål är satt."
    target = f"Målet på {tell_amount(outcome.target.value)}"
    if outcome.status == UNKNOWN:
        return f"Om m{target[1:]} nåddes kan inte bedömas{_because(outcome)}."
    if outcome.status == REACHED:
        return f"{target} {'överträffades' if (outcome.fulfilment or 0) > 1 else 'nåddes'}."
    verb = "nåddes nästan" if outcome.status == NEAR else "nåddes inte"
    if outcome.fulfilment is None:
        return f"{target} {verb}."
    return f"{target} {verb}: resultatet är {write_fulfilment(outcome, rules)} procent av målet."


def _because(outcome: Outcome) -> str:
    return f": {outcome.reason}" if outcome.reason else ""


def _since_baseline(outcome: Outcome) -> str:
    """Tell the change since the baseline, where both figures can be compared."""
    baseline, result = outcome.baseline, outcome.result
    if baseline.amount is None or result.amount is None:
        return ""
    day = (
        outcome.target.baseline_on
        if outcome.target and outcome.target.baseline_on
        else outcome.period.before().end
    )
    then = f"{_tell_result(baseline)} den {format_date(day)}"
    if outcome.status == UNKNOWN:
        return f"Utgångsläget var {then}."
    if baseline.whole and result.whole:
        return _change_of_share(baseline, result, then)
    direction = _direction(baseline, result)
    if not direction:
        return f"Utgångsläget var {then}."
    if direction == "oförändrat":
        return f"Antalet är oförändrat sedan utgångsläget, {then}."
    change = abs(result.amount - baseline.amount)
    approximate = baseline.approximate or result.approximate
    about = approximately(write_amount(change)) if approximate else tell_amount(change)
    return f"Antalet {direction} med {about} sedan utgångsläget, som var {then}."


def _tell_result(result: Result) -> str:
    exact_count = result.amount is not None and not result.approximate and not result.whole
    return tell_amount(result.amount or 0) if exact_count else write_result(result)


def _direction(before: Result, after: Result) -> str:
    """Tell the direction of a change; nothing where approximate figures leave it open."""
    (low, high), (new_low, new_high) = _bounds(before), _bounds(after)
    if new_low > high:
        return "ökade"
    if new_high < low:
        return "minskade"
    return "oförändrat" if low == high == new_low == new_high else ""


def _bounds(result: Result) -> tuple[float, float]:
    amount = result.amount if result.amount is not None else 0.0
    low = amount if result.low is None else result.low
    high = amount if result.high is None else result.high
    return (low, high)


def _change_of_share(before: Result, after: Result, then: str) -> str:
    """A share changes by percentage points, not by percent."""
    points = (after.percent() or 0) - (before.percent() or 0)
    if points == 0:
        return f"Andelen är i stort sett oförändrad sedan utgångsläget, som var {then}."
    unit = "procentenhet" if abs(points) == 1 else "procentenheter"
    verb = "ökade" if points > 0 else "minskade"
    return f"Andelen {verb} med {number_word(int(abs(points)))} {unit} sedan utgångsläget, som var {then}."


def tell_milestone(outcome: Outcome) -> str:
    """Tell whether a milestone was reached, and what people wrote about it."""
    told = {
        REACHED: f"{outcome.kpi.label}: målet nåddes.",
        MISSED: f"{outcome.kpi.label}: målet nåddes inte.",
    }
    why = f" {start_sentence(outcome.reason)}." if outcome.reason else ""
    unknown = f"{outcome.kpi.label}: det går inte att bedöma om målet nåddes.{why}"
    return " ".join(
        filter(None, [told.get(outcome.status, unknown), outcome.text.strip(), *outcome.warnings])
    )
