"""How evenly women and men are distributed in a group: women's share, the gap, and the band of 40–60 percent.

Everything is reckoned on the exact counts, and nothing is rounded here.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

EVEN_PERCENT = 40
"""Where women and men are each at least this share, Swedish statistics call the distribution even: 40–60 %
(SCB, *På tal om kvinnor och män*)."""


def share_of(part: int, whole: int) -> Fraction | None:
    """Give a part's share of a whole in percent, exactly; None where the whole is nobody.

    >>> share_of(1, 8), share_of(0, 0)
    (Fraction(25, 2), None)
    """
    return Fraction(part * 100, whole) if whole else None


def gap_in_points(women: int, men: int) -> Fraction | None:
    """Give women's share less men's share of both together, in percentage points; None where nobody is there.

    >>> gap_in_points(60, 40), gap_in_points(1, 3), gap_in_points(0, 0)
    (Fraction(20, 1), Fraction(-50, 1), None)
    """
    return share_of(women - men, women + men)


def is_even(women: int, men: int) -> bool | None:
    """Tell whether women and men are each at least 40 percent, edges included; None where nobody is there.

    >>> is_even(40, 60), is_even(60, 40), is_even(39, 61), is_even(0, 0)
    (True, True, False, None)
    """
    share = share_of(women, women + men)
    return None if share is None else EVEN_PERCENT <= share <= 100 - EVEN_PERCENT


def largest_imbalance(groups: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    """Name the groups whose gap is the widest, either way; none where no group has one.

    `groups` maps a name to its women and men.

    >>> largest_imbalance({"Gävle": (3, 1), "Hofors": (1, 3), "Ockelbo": (2, 2), "Ovanåker": (0, 0)})
    ('Gävle', 'Hofors')
    """
    gaps = {name: abs(gap) for name, pair in groups.items() if (gap := gap_in_points(*pair))}
    widest = max(gaps.values(), default=None)
    return tuple(name for name, gap in gaps.items() if gap == widest)
