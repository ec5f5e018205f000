"""How an indicator is told: its figure in a sentence, the counts behind it, and why there is none."""

from __future__ import annotations

from asf_analysis.kpis.outcomes import PERCENT_UNITS, Outcome
from asf_analysis.presentation.counted import in_sentence
from asf_analysis.presentation.values import NOTHING_SIGN, decimals_of, write_outcome, write_period
from asf_analysis.swedish.writing import format_number


def tell_figure_in_text(outcome: Outcome) -> str:
    """Write an indicator's figure within a sentence: a share in percent as a word, or in counts of few."""
    result = outcome.result
    if result.whole is None and outcome.kpi.unit not in PERCENT_UNITS:
        return write_outcome(outcome)
    return in_sentence(outcome, result, decimals_of(outcome))


def write_counts(outcome: Outcome) -> str:
    """Write the counts behind a share, or the enterprises that answered; a sign where there is neither.

    What exceeds its whole, as participants on places, is told as so many on so many.
    """
    result = outcome.result
    if result.amount is None:
        return NOTHING_SIGN
    if result.whole is not None:
        between = "på" if result.amount > result.whole else "av"
        return f"{format_number(result.amount)} {between} {format_number(result.whole)}"
    if result.answered is not None and result.asked is not None:
        return f"svar från {format_number(result.answered)} av {format_number(result.asked)} företag"
    return NOTHING_SIGN


def why_no_figure(outcome: Outcome, what: str) -> str:
    """Say that something is withheld, or that nobody knows it, in the report's period."""
    when = write_period(outcome.period)
    if outcome.result.withheld:
        return f"Uppgift om {what} {when} redovisas inte."
    return f"Uppgift saknas om {what} {when}."
