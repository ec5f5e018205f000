"""Reading dates, periods and survey rounds as people write them in Swedish forms.

None is no answer; ValueError, with a Swedish message that does not repeat what was written, is a refusal.
Day comes before month, as in Swedish: `3/4 2018` is 3 April.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypeVar

from asf_analysis.swedish.numbers import NO_ANSWER, Cell, plain

_SERIAL_START = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, counted so that every day from March 1900 is right."""

_FIRST_SERIAL, _LAST_SERIAL = 18264, 73050
"""1 January 1950 and 31 December 2099: a five-digit number outside them is no date."""

_MONTH_NAMES = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_MONTHS = {
    **{name: number for number, name in enumerate(_MONTH_NAMES, start=1)},
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)},
    "sept": 9,
}
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"

_ISO_DAY = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_HALF_YEARS = {
    **dict.fromkeys(("våren", "vår", "vt", "första halvåret", "halvår 1", "h1"), 1),
    **dict.fromkeys(("hösten", "höst", "ht", "andra halvåret", "halvår 2", "h2"), 2),
}
_HALF_YEAR = rf"({'|'.join(sorted(_HALF_YEARS, key=len, reverse=True))})"
_QUARTER = r"(?:kv|kvartal|q)\.? ?([1-4])"

_NOT_A_DATE = "Det som står går inte att läsa som ett datum."
_NOT_A_PERIOD = "Det som står går inte att läsa som en period."
_NOT_A_ROUND = "Det som står går inte att läsa som ett mättillfälle."

Period = tuple[date, date]
Read = TypeVar("Read")

_DATES: tuple[tuple[str, Callable[..., date]], ...] = (
    (rf"{_ISO_DAY}(?:[ t][0-9:]{{5,8}})?", lambda y, m, d: date(int(y), int(m), int(d))),
    (r"([0-9]{4})([./])([0-9]{1,2})\2([0-9]{1,2})", lambda y, _, m, d: date(int(y), int(m), int(d))),
    (r"([0-9]{1,2})/([0-9]{1,2})[ /-] ?([0-9]{4})", lambda d, m, y: date(int(y), int(m), int(d))),
    (r"([0-9]{1,2})([.-])([0-9]{1,2})\2([0-9]{4})", lambda d, _, m, y: date(int(y), int(m), int(d))),
    (
        rf"(?:den )?([0-9]{{1,2}})(?::e)? {_MONTH},? ([0-9]{{4}})",
        lambda d, m, y: date(int(y), _MONTHS[m], int(d)),
    ),
    (rf"{_MONTH} ([0-9]{{4}})", lambda m, y: date(int(y), _MONTHS[m], 1)),
    (r"([0-9]{4})-([0-9]{2})", lambda y, m: date(int(y), int(m), 1)),
    (r"([0-9]+)(?:\.0)?", lambda digits: _date_of_digits(digits)),
)

_PERIODS: tuple[tuple[str, Callable[..., Period]], ...] = (
    (r"([0-9]{4})(?:\.0)?", lambda y: _months(y, 1, y, 12)),
    (r"([0-9]{4})-([0-9]{2})", lambda y, m: _months(y, m, y, m)),
    (
        r"([0-9]{4})-([0-9]{2}) ?(?:-| till ) ?([0-9]{4})-([0-9]{2})",
        lambda y1, m1, y2, m2: _months(y1, m1, y2, m2),
    ),
    (
        rf"{_ISO_DAY} ?(?:-| till |/) ?{_ISO_DAY}",
        lambda y1, m1, d1, y2, m2, d2: (date(int(y1), int(m1), int(d1)), date(int(y2), int(m2), int(d2))),
    ),
    (rf"{_MONTH} ([0-9]{{4}})", lambda m, y: _months(y, _MONTHS[m], y, _MONTHS[m])),
    (
        rf"{_MONTH} ?(?:-| till ) ?{_MONTH} ([0-9]{{4}})",
        lambda m1, m2, y: _months(y, _MONTHS[m1], y, _MONTHS[m2]),
    ),
    (
        rf"{_MONTH} ([0-9]{{4}}) ?(?:-| till ) ?{_MONTH} ([0-9]{{4}})",
        lambda m1, y1, m2, y2: _months(y1, _MONTHS[m1], y2, _MONTHS[m2]),
    ),
    (rf"{_HALF_YEAR} ?([0-9]{{4}})", lambda half, y: _half_year(y, _HALF_YEARS[half])),
    (rf"{_QUARTER}[ -]?([0-9]{{4}})", lambda q, y: _months(y, 3 * int(q) - 2, y, 3 * int(q))),
    (rf"([0-9]{{4}})[ -]?{_QUARTER}", lambda y, q: _months(y, 3 * int(q) - 2, y, 3 * int(q))),
)


def read_date(cell: Cell) -> date | None:
    """Read a day; a month alone is its first day, None is no answer.

    A number is a date as Excel counts days, or written with six or eight digits. Raises ValueError for the
    rest, so also for a year alone.

    >>> read_date("31/12 2018"), read_date("dec 2018"), read_date(43465.0), read_date("")
    (datetime.date(2018, 12, 31), datetime.date(2018, 12, 1), datetime.date(2018, 12, 31), None)
    >>> read_date("181231") == read_date("20181231") == read_date("31 december 2018")
    True
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell, _NOT_A_DATE)
    return None if text in NO_ANSWER else _first_match(_DATES, text, _NOT_A_DATE)


def read_period(cell: Cell) -> Period | None:
    """Read a period as its first and last day, both included; None is no answer.

    Spring is January–June and autumn July–December.

    >>> read_period("jul–dec 2018")
    (datetime.date(2018, 7, 1), datetime.date(2018, 12, 31))
    >>> read_period("hösten 2018") == read_period("2018-07–2018-12") == read_period("2018-07-01–2018-12-31")
    True
    """
    text = _text(cell, _NOT_A_PERIOD)
    if text in NO_ANSWER:
        return None
    start, end = _first_match(_PERIODS, text, _NOT_A_PERIOD)
    if start > end:
        raise ValueError("Perioden slutar innan den börjar.")
    return start, end


def read_round(cell: Cell) -> tuple[int, int] | None:
    """Read a survey round as its year and quarter; None is no answer.

    >>> read_round("2018 kv 1"), read_round("Kvartal 4 2018"), read_round("2018-kv4"), read_round("2018 Q4")
    ((2018, 1), (2018, 4), (2018, 4), (2018, 4))
    """
    text = _text(cell, _NOT_A_ROUND)
    if text in NO_ANSWER:
        return None
    if found := re.fullmatch(rf"([0-9]{{4}})[ ,-]*{_QUARTER}", text):
        return int(found.group(1)), int(found.group(2))
    if found := re.fullmatch(rf"(?:{_QUARTER}|([1-4]):?[ae] kvartalet)[ ,-]*([0-9]{{4}})", text):
        return int(found.group(3)), int(found.group(1) or found.group(2))
    raise ValueError(_NOT_A_ROUND)


def last_day(year: int, quarter: int) -> date:
    """Give a quarter's last day.

    >>> last_day(2018, 1)
    datetime.date(2018, 3, 31)
    """
    month = 3 * quarter
    return date(year, month, calendar.monthrange(year, month)[1])


def _text(cell: Cell, refusal: str) -> str:
    """Give a cell's plain text; whole numbers without decimals."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return plain(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not abs(cell) < 1e9:
        raise ValueError(refusal)
    return str(int(cell))


def _first_match(patterns: tuple[tuple[str, Callable[..., Read]], ...], text: str, refusal: str) -> Read:
    """Read a text by the first pattern that all of it matches."""
    for pattern, read in patterns:
        if found := re.fullmatch(pattern, text):
            try:
                return read(*found.groups())
            except ValueError:
                raise ValueError(refusal) from None
    raise ValueError(refusal)


def _date_of_digits(digits: str) -> date:
    """Read `20181231`, `181231` (69–99 are the 1900s) or an Excel serial number."""
    if len(digits) == 8:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if len(digits) == 6:
        year = int(digits[:2])
        return date(year + (1900 if year >= 69 else 2000), int(digits[2:4]), int(digits[4:]))
    if len(digits) == 5 and _FIRST_SERIAL <= int(digits) <= _LAST_SERIAL:
        return _SERIAL_START + timedelta(days=int(digits))
    raise ValueError(_NOT_A_DATE)


def _months(first_year: str, first_month: str | int, last_year: str, last_month: str | int) -> Period:
    """Give the days from the first of one month to the last of another."""
    year, month = int(last_year), int(last_month)
    if not 1 <= month <= 12:
        raise ValueError(_NOT_A_PERIOD)
    return date(int(first_year), int(first_month), 1), date(year, month, calendar.monthrange(year, month)[1])


def _half_year(year: str, half: int) -> Period:
    return _months(year, 6 * half - 5, year, 6 * half)
