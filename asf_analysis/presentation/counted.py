"""How a figure is written within a sentence: with its noun, small ones in words, a share in percent."""

from __future__ import annotations

from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import Kpi, Result
from asf_analysis.presentation.shares import out_of
from asf_analysis.presentation.values import (
    decimals_of,
    decimals_of_target,
    shown_percent,
    write_amount,
    write_result,
)
from asf_analysis.swedish.writing import approximately, count_phrase, format_number, number_word


def count_of(outcome: Outcome) -> str:
    """Write a result with the noun of what was counted; an approximate or long one with digits.

    A KPI that names no noun is counted in its unit; a ratio whose label names the unit has it there alone.
    """
    kpi, result = outcome.kpi, outcome.result
    amount = result.amount
    if amount is None or result.whole is not None:
        return in_sentence(outcome, result, decimals_of(outcome))
    noun = kpi.singular if amount == 1 and kpi.singular else kpi.plural or kpi.unit
    if kpi.decimals:
        unit = "" if noun.lower() in kpi.label.lower() else noun
        return f"{write_result(result, decimals=decimals_of(outcome))} {unit}".strip()
    if result.approximate or not float(amount).is_integer() or (amount == 1 and not kpi.singular):
        return f"{write_result(result)} {noun}".strip()
    return count_phrase(int(amount), kpi.singular, noun, kpi.neuter).strip()


def in_sentence(outcome: Outcome, result: Result, decimals: int) -> str:
    """Write a figure within a sentence: a word up to twelve, and the noun beside a single one."""
    amount, percent = result.amount or 0, shown_percent(result, decimals, outcome.share_base)
    if percent is not None:
        written = f"{format_number(percent, decimals)} procent"
        return approximately(written) if result.approximate else written
    if result.whole and not result.approximate and float(amount).is_integer():
        return out_of(int(amount), result.whole)
    if result.whole is not None or result.approximate:
        return write_result(result, decimals=decimals, share_base=outcome.share_base)
    return tell_amount(outcome.kpi, amount)


def tell_target(outcome: Outcome, value: float) -> str:
    """Write a target within a sentence; that of a share in percent."""
    if outcome.is_share:
        return f"{format_number(value, decimals_of_target(outcome, value))} procent"
    if outcome.kpi.decimals:
        return write_amount(value, decimals_of_target(outcome, value))
    return tell_amount(outcome.kpi, value)


def tell_amount(kpi: Kpi, amount: float) -> str:
    """Write an amount within a sentence: a word up to twelve, and the noun beside a single one."""
    if kpi.decimals or not float(amount).is_integer():
        return write_amount(amount, kpi.decimals)
    if amount == 1:
        return count_phrase(1, kpi.singular, kpi.plural, kpi.neuter) if kpi.singular else "1"
    return number_word(int(amount))
