"""How a part of a whole is told: three of eight, in percent, and whether women and men are evenly many."""

from __future__ import annotations

from asf_analysis.association import Rules
from asf_analysis.kpis.balance import EVEN_PERCENT, is_even
from asf_analysis.kpis.registry import Result
from asf_analysis.swedish.writing import format_number, number_word

LAST_WORD = 12
"""Higher numbers are written with digits."""

SENSITIVE_PERCENTS = (EVEN_PERCENT, 50, 100 - EVEN_PERCENT)
"""Shares that mean something to a reader, so that rounding must not pretend that one was reached."""


SHARE_BASE = Rules().share_base
"""The smallest whole whose shares are told in percent, unless the association has set another."""


def in_percent(whole: int, share_base: int = SHARE_BASE) -> bool:
    """Whether a share of so many is told in percent; one of fewer is told in counts alone.

    >>> in_percent(20), in_percent(19), in_percent(19, share_base=10)
    (True, False, True)
    """
    return whole >= share_base


def out_of(part: int, whole: int) -> str:
    """Write *three of eight*, both as words or both with digits.

    >>> out_of(3, 8), out_of(3, 28)
    ('tre av åtta', '3 av 28')
    """
    return f"{numeral(part, whole)} av {numeral(whole, whole)}"


def numeral(number: int, greatest: int) -> str:
    """Write a number in the way of the greatest it stands beside: a word, or digits, never both in one.

    >>> numeral(3, greatest=12), numeral(3, greatest=13)
    ('tre', '3')
    """
    return number_word(number) if greatest <= LAST_WORD else format_number(number)


def part_in_percent(part: int, whole: int, share_base: int = SHARE_BASE) -> str:
    """Write a share in whole percent, and never let rounding say none, all or a limit of what is not.

    One of few is told in counts.

    >>> part_in_percent(118, 199), part_in_percent(1, 400)
    ('59 procent', 'mindre än 1 procent')
    >>> part_in_percent(399, 400), part_in_percent(100, 199)
    ('mer än 99 procent', 'drygt 50 procent')
    >>> part_in_percent(3, 7)
    'tre av sju'
    """
    if not in_percent(whole, share_base):
        return out_of(part, whole)
    share = Result(part, whole=whole).percent() or 0
    exact = part * 100 == share * whole
    if share == 0 and not exact:
        return "mindre än 1 procent"
    if share == 100 and not exact:
        return "mer än 99 procent"
    if share in SENSITIVE_PERCENTS and not exact:
        return f"{'drygt' if part * 100 > share * whole else 'knappt'} {share} procent"
    return f"{share} procent"


def balance(women: int, men: int) -> str:
    """Tell whether women and men are evenly many: each at least 40 percent (SCB's rule), on the exact counts.

    >>> balance(60, 40)
    'Könsfördelningen är jämn: både kvinnor och män är minst 40 procent.'
    >>> balance(61, 39)
    'Könsfördelningen är ojämn: männen är färre än 40 procent.'
    """
    fewer = "männen" if women > men else "kvinnorna"
    if is_even(women, men):
        return f"Könsfördelningen är jämn: både kvinnor och män är minst {EVEN_PERCENT} procent."
    return f"Könsfördelningen är ojämn: {fewer} är färre än {EVEN_PERCENT} procent."
