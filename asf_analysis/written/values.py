"""A figure of a goal becomes a value: with its place, its day, and whether it is of the report's year."""

from __future__ import annotations

import re
from datetime import date

from asf_analysis.swedish.numbers import plain
from asf_analysis.written.figures import Figure
from asf_analysis.written.goals import Told
from asf_analysis.written.labels import DAY, day_of
from asf_analysis.written.told import Value


def value_of(figure: Figure, one: Told, day: date | None) -> Value:
    """Give a figure with its place in the report."""
    counts = (figure.counts.part, figure.counts.whole) if figure.counts else None
    place, text = one.passage.place, one.passage.text
    return Value(figure.amount, figure.approximate, place, text, day, figure.percent, counts)


def day_within(text: str) -> date | None:
    """Give the one day that a text names; None where it names none or several."""
    days = {day_of(found[0]) for found in re.finditer(DAY, plain(text))}
    return days.pop() if len(days) == 1 else None


def other_time(role: str, day: date | None, text: str, year: int) -> str:
    """Tell why a figure does not hold for the report's year, by the dates beside it; "" where it may.

    >>> other_time("result", None, "27 i slutet av 2016", 2018), other_time("result", None, "28", 2018)
    ('Talet gäller kanske ett annat år.', '')
    """
    years = {int(told) for told in re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", text)}
    known = {year, year - 1} if role == "baseline" else {year}
    if years and not years & known:
        return "Talet gäller kanske ett annat år."
    if role == "result" and day and day.month != 12 and day != date(year + 1, 1, 1):
        return "Talet gäller en annan dag än årets sista."
    return ""
