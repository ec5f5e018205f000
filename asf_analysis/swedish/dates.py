"""Reading dates, periods and survey rounds as people write them in Swedish forms.

None is no answer; ValueError, with a Swedish message that does not repeat what was written, is a refusal.
Day comes before month, as in Swedish: `3/4 2018` is 3 April.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from asf_analysis.swedish.numbers import Cell, plain, plain_answer

_SERIAL_START = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, counted so that every day from March 1900 is right."""

_FIRST_SERIAL, _LAST_SERIAL = 18264, 73050
"""1 January 1950 and 31 December 2099: a five-digit number outside them is no date."""

_MONTH_NAMES = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_ENGLISH = {
    **{"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "october": 10},
    "oct": 10,
}
"""Months as a program in English writes them, where that is another word than in Swedish."""

_MONTHS = {
    **{name: number for number, name in enumerate(_MONTH_NAMES, start=1)},
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)},
    **_ENGLISH,
    "sept": 9,
}
_MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"({_MONTH_NAME})\.?"
_WEEKDAYS = ("må", "ti", "on", "to", "fr", "lö", "sö")
_WEEKDAY = re.compile(rf"({'|'.join(_WEEKDAYS)})(?:n|s|rs|r|e)(?:dag|dagen)?[.,]? (?=den |[0-9])")

_YEAR = r"([ ,/_-]{1,2}[0-9]{4}| ?[-'’][0-9]{2})"
"""A year that ends a text: four digits, or two after a sign that shows them to be a year."""

_ISO_DAY = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_TIME = r"[ t][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
_TIME_IN_A_ZONE = rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_TIME}(?:z|[+-][0-9]{{2}}:?[0-9]{{2}}))"
_DAY = r"(?:den )?([0-9]{1,2})(?::?[ae])?"
_DAY_WITHOUT_YEAR = rf"((?:den )?[0-9]{{1,2}}(?:/[0-9]{{1,2}}|(?::?[ae])?[ -](?:{_MONTH_NAME})\.?))"
_TO = r" ?(?:-| till | t\.?o\.?m\.? ) ?"
_HALF_YEARS = {
    **dict.fromkeys(("våren", "vår", "vt", "första halvåret", "1:a halvåret", "halvår 1", "h1"), 1),
    **dict.fromkeys(("hösten", "höst", "ht", "andra halvåret", "2:a halvåret", "halvår 2", "h2"), 2),
}
_HALF_YEAR = rf"({'|'.join(sorted(_HALF_YEARS, key=len, reverse=True))})"
_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "sista": 4}
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|[1-4]:?[ae])"
_NTH_QUARTER = rf"(?:{_ORDINAL} (?:kvartalet|kvartal|kv\.?)|[1-4] kvartalet)"
_QUARTER = rf"((?:kvartal|kvart|kv|k|q)\.? ?[1-4]|{_NTH_QUARTER})"

_NOT_A_DATE = "Det som står går inte att läsa som ett datum."
_NOT_A_PERIOD = "Det som står går inte att läsa som en period."
_NOT_A_ROUND = "Det som står går inte att läsa som ett mättillfälle."
_WHY_NOT_A_DATE = (
    (rf"{_DAY_WITHOUT_YEAR}|{_MONTH}", "Årtal saknas i datumet."),
    (r"[0-9]{4}", "Ett årtal är inget datum; dag och månad saknas."),
    (r"v(?:ecka|\.)? ?[0-9]{1,2}(?:[ ,-]+[0-9]{4})?", "En vecka är inget datum; dagen saknas."),
)

Period = tuple[date, date]
Read = TypeVar("Read")

_DAY_FIRST = (
    rf"(?:den )?([0-9]{{1,2}})/([0-9]{{1,2}}){_YEAR}",
    r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})",
    r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})",
)
"""Days written with digits alone, before their month."""

_DATES: tuple[tuple[str, Callable[..., date]], ...] = (
    (rf"{_ISO_DAY}(?:{_TIME})?", lambda y, m, d: date(int(y), int(m), int(d))),
    (_TIME_IN_A_ZONE, lambda moment: _swedish_day(moment)),
    (r"([0-9]{4})([./ ])([0-9]{1,2})\2([0-9]{1,2})", lambda y, _, m, d: date(int(y), int(m), int(d))),
    (r"(?!29|30|31)([0-9]{2})-([0-9]{2})-([0-9]{2})", lambda y, m, d: date(_year(y), int(m), int(d))),
    *((pattern, lambda d, m, y: date(_year(y), int(m), int(d))) for pattern in _DAY_FIRST),
    (rf"{_DAY}[ -]{_MONTH}{_YEAR}", lambda d, m, y: date(_year(y), _MONTHS[m], int(d))),
    (rf"{_MONTH}{_YEAR}", lambda m, y: date(_year(y), _MONTHS[m], 1)),
    (r"([0-9]{4})-([0-9]{2})", lambda y, m: date(int(y), int(m), 1)),
    (r"([0-9]{1,2})/([0-9]{4})", lambda m, y: date(int(y), int(m), 1)),
    (r"([0-9]+)(?:[.,]0)?", lambda digits: _date_of_digits(digits)),
)
"""How a day may be written; of three pairs of digits the year is first, unless it rather looks like a day."""

_PERIODS: tuple[tuple[str, Callable[..., Period]], ...] = (
    (r"(?:hela |helår(?:et)? |år )?([0-9]{4})(?:\.0)?", lambda y: _months(y, 1, y, 12)),
    (r"([0-9]{4}) ?- ?([0-9]{4})", lambda y1, y2: _months(y1, 1, y2, 12)),
    (r"([0-9]{4})-([0-9]{2})", lambda y, m: _months(y, m, y, m)),
    (
        rf"([0-9]{{4}})-([0-9]{{2}}){_TO}([0-9]{{4}})-([0-9]{{2}})",
        lambda y1, m1, y2, m2: _months(y1, m1, y2, m2),
    ),
    (
        rf"{_ISO_DAY}(?:{_TO}|/){_ISO_DAY}",
        lambda y1, m1, d1, y2, m2, d2: (date(int(y1), int(m1), int(d1)), date(int(y2), int(m2), int(d2))),
    ),
    (
        rf"{_DAY_WITHOUT_YEAR}{_YEAR}?{_TO}{_DAY_WITHOUT_YEAR}{_YEAR}",
        lambda first, y1, last, y2: (_day(f"{first}{y1 or y2}"), _day(f"{last}{y2}")),
    ),
    (rf"{_MONTH}{_YEAR}", lambda m, y: _months(y, _MONTHS[m], y, _MONTHS[m])),
    (rf"{_MONTH}{_TO}{_MONTH}{_YEAR}", lambda m1, m2, y: _months(y, _MONTHS[m1], y, _MONTHS[m2])),
    (
        rf"{_MONTH}{_YEAR}{_TO}{_MONTH}{_YEAR}",
        lambda m1, y1, m2, y2: _months(y1, _MONTHS[m1], y2, _MONTHS[m2]),
    ),
    (rf"{_HALF_YEAR} ?([0-9]{{4}})", lambda half, y: _half_year(y, _HALF_YEARS[half])),
    (rf"{_QUARTER}{_YEAR}", lambda told, y: _quarter_of(y, _quarter(told))),
    (rf"([0-9]{{4}})[ ,/_-]{{0,2}}{_QUARTER}", lambda y, told: _quarter_of(y, _quarter(told))),
)

_ROUNDS: tuple[tuple[str, Callable[..., Period]], ...] = (
    *_PERIODS,
    (r"([0-9]{4}):([134])", lambda y, quarter: _quarter_of(y, int(quarter))),
)
"""A round is a quarter's period, or *2018:4*; but *2018:2* may be the second quarter or the second round."""

_ONE_ALONE = r"(?![a-zåäö0-9])(?! ?(?:[-,&+/]|och |eller |till |o ) ?[1-9](?![0-9]))"
_TOLD_QUARTER = rf"(?:(?<![a-zåäö])(?:kvartal|kvart|kv|q) ?[1-4]|(?<![a-zåäö0-9:]){_NTH_QUARTER}){_ONE_ALONE}"
_TOLD_MONTHS = rf"(?<![a-zåäö]){_MONTH}{_TO}{_MONTH}(?![a-zåäö])"
_TOLD_ROUND = (
    rf"(?:(?<![a-zåäö])(?:omgång|omg|mätomgång|mättillfälle|mätning) ?[1-9]"
    rf"|(?<![a-zåäö0-9:]){_ORDINAL} (?:omgången|mätningen)){_ONE_ALONE}"
)
_TOLD_YEAR = rf"(?<![0-9])((?:19|20)[0-9]{{2}})(?![0-9])|{_TOLD_QUARTER} ?[-'’]([0-9]{{2}})(?![0-9])"


def read_date(cell: Cell) -> date | None:
    """Read a day; a month alone is its first day, None is no answer.

    A number is a date as Excel counts days, or written with six or eight digits. Raises ValueError for the
    rest, so also for a year or a week alone, and for a weekday that the day was not.

    >>> read_date("31/12 2018"), read_date("dec 2018"), read_date(43465.0), read_date("")
    (datetime.date(2018, 12, 31), datetime.date(2018, 12, 1), datetime.date(2018, 12, 31), None)
    >>> read_date("181231") == read_date("20181231") == read_date("måndag den 31 december 2018")
    True
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell, _NOT_A_DATE)
    return None if text is None else _day(text)


def is_ambiguous_date(cell: Cell) -> bool:
    """Tell whether a text is a date whose day and month could have been swapped.

    >>> is_ambiguous_date("3/4 2018"), is_ambiguous_date("13/4 2018"), is_ambiguous_date("3 april 2018")
    (True, False, False)
    """
    if not isinstance(cell, str):
        return False
    found = [match for pattern in _DAY_FIRST if (match := re.fullmatch(pattern, plain(cell)))]
    ends = [(int(match.group(1)), int(match.group(2))) for match in found]
    return any(day != month and min(day, month) >= 1 and max(day, month) <= 12 for day, month in ends)


def read_period(cell: Cell) -> Period | None:
    """Read a period as its first and last day, both included; None is no answer.

    Spring is January–June and autumn July–December.

    >>> read_period("jul–dec 2018")
    (datetime.date(2018, 7, 1), datetime.date(2018, 12, 31))
    >>> read_period("hösten 2018") == read_period("2018-07–2018-12") == read_period("1 juli–31 december 2018")
    True
    """
    text = _text(cell, _NOT_A_PERIOD)
    if text is None:
        return None
    start, end = _first_match(_PERIODS, text, _NOT_A_PERIOD)
    if start > end:
        raise ValueError("Perioden slutar innan den börjar.")
    return start, end


def read_round(cell: Cell) -> tuple[int, int] | None:
    """Read a survey round as its year and quarter; None is no answer.

    A period is a round where it is a quarter from its first day to its last.

    >>> read_round("2018 kv 1"), read_round("Kvartal 4 2018"), read_round("sista kvartalet 2018")
    ((2018, 1), (2018, 4), (2018, 4))
    >>> read_round("jan–mar 2018"), read_round("2018:4")
    ((2018, 1), (2018, 4))
    """
    text = _text(cell, _NOT_A_ROUND)
    if text is None:
        return None
    start, end = _first_match(_ROUNDS, text, _NOT_A_ROUND)
    year, quarter = start.year, (start.month + 2) // 3
    if (start, end) != _quarter_of(f"{year:04}", quarter):
        raise ValueError(_NOT_A_ROUND)
    return year, quarter


def read_quarter(text: str, rounds: Sequence[int] = (1, 4)) -> int | None:
    """Find the quarter that a sheet's or a file's name tells; None where it tells none, or two.

    `rounds` are the quarters of a year's survey rounds: *omgång 2* is the second of them.

    >>> read_quarter("enkat_kv4"), read_quarter("Omgång 2"), read_quarter("Kv 1 och kv 4")
    (4, 4, None)
    """
    words = _words(text)
    found: set[int | None] = {_quarter(told) for told in re.findall(_TOLD_QUARTER, words)}
    spans = [(_MONTHS[first], _MONTHS[last]) for first, last in re.findall(_TOLD_MONTHS, words)]
    found |= {last // 3 for first, last in spans if last == first + 2 and last % 3 == 0}
    found |= {_quarter_of_round(told, rounds) for told in re.findall(_TOLD_ROUND, words)}
    return found.pop() if len(found) == 1 else None


def read_round_in(text: str, rounds: Sequence[int] = (1, 4)) -> tuple[int | None, int] | None:
    """Find the year and the quarter that a title tells; the year is None where it tells none.

    None where it tells no quarter, two quarters or two years.

    >>> read_round_in("ASF-enkät, sista kvartalet 2018"), read_round_in("Enkät kv 1"), read_round_in("2018")
    ((2018, 4), (None, 1), None)
    """
    quarter = read_quarter(text, rounds)
    years = {_year(full or short) for full, short in re.findall(_TOLD_YEAR, _words(text))}
    if quarter is None or len(years) > 1:
        return None
    return next(iter(years), None), quarter


def last_day(year: int, quarter: int) -> date:
    """Give a quarter's last day.

    >>> last_day(2018, 1)
    datetime.date(2018, 3, 31)
    """
    month = 3 * quarter
    return date(year, month, calendar.monthrange(year, month)[1])


def _text(cell: Cell, refusal: str) -> str | None:
    """Give a cell's plain text, whole numbers without decimals; None where there is no answer."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return plain_answer(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not abs(cell) < 1e9:
        raise ValueError(refusal)
    return str(int(cell))


def _words(text: str) -> str:
    """Give a title's or a file name's plain text, with its words apart."""
    return " ".join(re.sub(r"[_.()\[\]]", " ", plain(text)).split())


def _first_match(patterns: tuple[tuple[str, Callable[..., Read]], ...], text: str, refusal: str) -> Read:
    """Read a text by the first pattern that all of it matches."""
    for pattern, read in patterns:
        if found := re.fullmatch(pattern, text):
            try:
                return read(*found.groups())
            except (ValueError, OverflowError):
                raise ValueError(refusal) from None
    raise ValueError(refusal)


def _day(text: str) -> date:
    """Read a day from a plain text; the weekday before it, if any, must be that day's."""
    refusal = next((why for shape, why in _WHY_NOT_A_DATE if re.fullmatch(shape, text)), _NOT_A_DATE)
    weekday = _WEEKDAY.match(text)
    day = _first_match(_DATES, text[weekday.end() :] if weekday else text, refusal)
    if weekday and day.weekday() != _WEEKDAYS.index(weekday.group(1)):
        raise ValueError("Veckodagen är inte datumets.")
    return day


def _swedish_day(moment: str) -> date:
    """Give the day that it was in Sweden; where summer time decides, in March and October, it is unsure."""
    moment_utc = datetime.fromisoformat(moment.upper()).astimezone(UTC)
    summer, winter = ((moment_utc + timedelta(hours=hours)).date() for hours in (2, 1))
    if moment_utc.month in (3, 10) and summer != winter:
        raise ValueError(_NOT_A_DATE)
    return summer if 4 <= moment_utc.month <= 9 else winter


def _year(text: str) -> int:
    """Read a year's four digits, or two, of which 69–99 are the 1900s."""
    digits = re.sub(r"\D", "", text)
    return int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 69 else 2000)


def _date_of_digits(digits: str) -> date:
    """Read `20181231`, `181231` or an Excel serial number."""
    if len(digits) == 8:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if len(digits) == 6:
        return date(_year(digits[:2]), int(digits[2:4]), int(digits[4:]))
    if len(digits) == 5 and _FIRST_SERIAL <= int(digits) <= _LAST_SERIAL:
        return _SERIAL_START + timedelta(days=int(digits))
    raise ValueError(_NOT_A_DATE)


def _months(first_year: str, first_month: str | int, last_year: str, last_month: str | int) -> Period:
    """Give the days from the first of one month to the last of another."""
    year, month = _year(last_year), int(last_month)
    if not 1 <= month <= 12:
        raise ValueError(_NOT_A_PERIOD)
    last = date(year, month, calendar.monthrange(year, month)[1])
    return date(_year(first_year), int(first_month), 1), last


def _half_year(year: str, half: int) -> Period:
    return _months(year, 6 * half - 5, year, 6 * half)


def _quarter_of(year: str, quarter: int) -> Period:
    return _months(year, 3 * quarter - 2, year, 3 * quarter)


def _quarter(told: str) -> int:
    """Read `kv 4`, `4:e kvartalet` or `sista kvartalet`."""
    digit = re.search("[1-9]", told)
    return int(digit.group()) if digit else _ORDINALS[told.split()[0]]


def _quarter_of_round(told: str, rounds: Sequence[int]) -> int | None:
    """Give the quarter of the round that `omgång 2` or `sista omgången` tells; None where there is none."""
    number = len(rounds) if told.startswith("sista") else _quarter(told)
    return rounds[number - 1] if number <= len(rounds) else None
