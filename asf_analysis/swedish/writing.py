"""Writing numbers, dates and lists the Swedish way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from babel import dates, lists, numbers

LOCALE = "sv_SE"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def round_half_up(value: int | float | Decimal, decimals: int = 0) -> Decimal:
    """Round as people do: halves away from zero.

    >>> round_half_up(12.5), round_half_up(-0.25, decimals=1)
    (Decimal('13'), Decimal('-0.3'))
    """
    if not math.isfinite(value):
        raise ValueError(
            f"{value} is not a number that can be written: withheld and missing have signs of their own."
        )
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def format_number(value: int | float | Decimal, decimals: int = 0) -> str:
    """Write a number with a no-break space between thousands, decimal comma and a true minus.

    >>> format_number(1234).replace(NO_BREAK_SPACE, "_"), format_number(12.45, decimals=1), format_number(-3)
    ('1_234', '12,5', '−3')
    """
    positive = "#,##0" + ("." + "0" * decimals if decimals else "")
    pattern = f"{positive};−{positive}"
    return numbers.format_decimal(round_half_up(value, decimals), format=pattern, locale=LOCALE)


def format_percent(value: int | float | Decimal, decimals: int = 0) -> str:
    """Write a value in percent, with a no-break space before the sign.

    >>> format_percent(12.5, decimals=1).replace(NO_BREAK_SPACE, "_")
    '12,5_%'
    """
    return f"{format_number(value, decimals)}{NO_BREAK_SPACE}%"


def format_date(day: date) -> str:
    """Write a date in full.

    >>> format_date(date(2018, 12, 31))
    '31 december 2018'
    """
    return dates.format_date(day, "d MMMM y", locale=LOCALE)


def format_month(number: int) -> str:
    """Name a month by its number, 1 to 12.

    >>> format_month(1), format_month(12)
    ('januari', 'december')
    """
    return dates.get_month_names("wide", context="stand-alone", locale=LOCALE)[number]


def format_month_short(number: int) -> str:
    """Name a month by its first three letters, for narrow places.

    >>> format_month_short(1), format_month_short(6)
    ('jan', 'jun')
    """
    return format_month(number)[:3]


def format_period(start: date, end: date) -> str:
    """Write a period as briefly as it can be told: a year, years, months of a year, or days.

    >>> format_period(date(2018, 1, 1), date(2018, 12, 31))
    '2018'
    >>> format_period(date(2016, 8, 1), date(2016, 12, 31))
    'augusti–december 2016'
    >>> format_period(date(2016, 8, 1), date(2016, 12, 30))
    '1 augusti–30 december 2016'
    """
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start.day == 1 and (end + timedelta(days=1)).day == 1 and start.year == end.year:
        months = [format_month(month) for month in dict.fromkeys((start.month, end.month))]
        return f"{'–'.join(months)} {end.year}"
    first = f"{start.day} {format_month(start.month)}" if start.year == end.year else format_date(start)
    return f"{first}–{format_date(end)}"


def number_word(number: int, neuter: bool = False) -> str:
    """Write a whole number as a word up to twelve, then with digits; 1 follows the noun's gender.

    >>> number_word(0), number_word(1), number_word(1, neuter=True), number_word(12), number_word(13)
    ('noll', 'en', 'ett', 'tolv', '13')
    """
    if number == 1 and neuter:
        return "ett"
    return _WORDS[number] if 0 <= number < len(_WORDS) else format_number(number)


def count_phrase(number: int, singular: str, plural: str, neuter: bool = False, none: str = "inga") -> str:
    """Write how many there are of something; nothing is told by the word in `none`.

    >>> count_phrase(0, "utbildning", "utbildningar"), count_phrase(3, "utbildning", "utbildningar")
    ('inga utbildningar', 'tre utbildningar')
    >>> count_phrase(1, "utbildning", "utbildningar"), count_phrase(1, "företag", "företag", neuter=True)
    ('en utbildning', 'ett företag')
    """
    if number == 0:
        return f"{none} {plural}"
    return f"{number_word(number, neuter)} {singular if number == 1 else plural}"


def join_words(words: Sequence[str], conjunction: str = "och") -> str:
    """Join words into a list as it is read aloud; no comma before the last.

    >>> join_words(["a", "b", "c"]), join_words(["a"]), join_words(["a", "b"], conjunction="eller")
    ('a, b och c', 'a', 'a eller b')
    """
    if conjunction == "och":
        return lists.format_list(list(words), locale=LOCALE)
    return f" {conjunction} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def approximately(text: str) -> str:
    """Mark a written figure as approximate.

    >>> approximately("75")
    'ca 75'
    """
    return f"ca {text}"


def start_sentence(text: str) -> str:
    """Begin a text with a capital letter, and leave the rest as it is.

    >>> start_sentence("ett företag i Gävle"), start_sentence("ASF"), start_sentence("")
    ('Ett företag i Gävle', 'ASF', '')
    """
    return text[:1].upper() + text[1:]


def within_sentence(text: str) -> str:
    """Let a heading stand within a sentence: small first letter, unless it is an abbreviation.

    >>> within_sentence("Genomförda insatser"), within_sentence("ASF-platser")
    ('genomförda insatser', 'ASF-platser')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
