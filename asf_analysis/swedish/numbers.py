"""Reading numbers as people write them in Swedish forms.

Three answers are possible and never mixed up: a number, no answer (None, which is never 0), and a text that
cannot be read without guessing (ValueError). Messages are Swedish and never repeat what was written.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

Cell = str | int | float | date | time | timedelta | None
"""What can stand in a cell of a workbook or a CSV file; a datetime is a date."""

NO_ANSWER = frozenset(
    {"", "-", "--", "---", ".", "..", "...", "…", "?", "n/a", "e/t", "vet ej", "vet inte", "ej svar"}
    | {"inget svar", "saknas", "uppgift saknas", "ingen uppgift", "okänt", "ej känt", "ej tillämpligt"}
)
"""Ways to leave a question unanswered, as `plain` gives them."""

_ONES = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
_TEENS = ("tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
_WORDS = {
    **{word: number for number, word in enumerate(_ONES + _TEENS)},
    "en": 1,
    "inga": 0,
    "ingen": 0,
    "hundra": 100,
    "etthundra": 100,
    **{
        ten + one: 10 * tens + ones
        for tens, ten in enumerate(_TENS, start=2)
        for ones, one in enumerate(("", *_ONES[1:]))
    },
}

_DIGITS = r"[0-9]{1,3}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+"
_NO_DECIMALS = r"[,.]00?"
_COUNT = rf"(?:{_DIGITS})(?:{_NO_DECIMALS})?|[a-zåäö]+"
_DECIMAL = re.compile(rf"(-?)({_DIGITS})(?:,([0-9]+))?|(-?)([0-9]+)\.([0-9]{{1,2}}|[0-9]{{4,}})")
_UNIT = re.compile(r" ?(?:st|stycken|personer|person|pers|deltagare|anställda|medarbetare)\.?")
_CURRENCY = re.compile(r" ?(?:kr\.?|kronor|sek|:-)")

_ABOUT = re.compile(r"(?:ca\.?|c:a|c\.a\.|cirka|circa|omkring|ungefär|runt|uppskattningsvis|~) ?")
_AT_LEAST = re.compile(r"(?:minst|åtminstone|≥|>=) ?")
_AT_MOST = re.compile(r"(?:högst|max\.?|maximalt|som mest|≤|<=) ?")
_RANGE = re.compile(rf"(?:mellan )?({_COUNT}) ?(?:-| till | och ) ?({_COUNT})")
_ROUND_NUMBER = re.compile(r"(?:ett |en )?([0-9]+|[a-zåäö]+?)-?tal(?:et)?")
_PART_OF = re.compile(r"([0-9]+) ?(?:/| av ) ?([0-9]+)")
_PERCENT = re.compile(r"([0-9]+)(?:,([0-9]+))? ?(?:%|procent)")

_NOT_A_COUNT = "Det som står går inte att läsa som ett antal."
_NOT_A_NUMBER = "Det som står går inte att läsa som ett tal."


@dataclass(frozen=True)
class Amount:
    """A whole number as somebody gave it; `low` and `high` bound one that is approximate.

    >>> Amount(75).approximate, Amount(75, low=67.5, high=82.5).approximate
    (False, True)
    """

    value: int
    low: float | None = None
    high: float | None = None

    @property
    def approximate(self) -> bool:
        """Whether the number is known only within bounds."""
        return self.low is not None or self.high is not None

    def bounds(self) -> tuple[float, float]:
        """Give the lowest and highest it can be; those of an exact number are the number itself."""
        low = self.value if self.low is None else self.low
        return low, self.value if self.high is None else self.high

    def __str__(self) -> str:
        if not self.approximate:
            return str(self.value)
        low, high = (f"{end:g}".replace(".", ",") for end in self.bounds())
        return f"{self.value} (minst {low})" if self.high == math.inf else f"{self.value} ({low}–{high})"


@dataclass(frozen=True)
class Share:
    """A part of a whole, both kept as written; a percentage is a part of 100."""

    part: float
    whole: float


def plain(text: str) -> str:
    """Give a text in one way of writing: lower case, single spaces, one kind of dash and minus.

    >>> plain("  60\N{EN DASH}70\N{NO-BREAK SPACE}ST ")
    '60-70 st'
    """
    dashed = re.sub("[\u2010-\u2015\u2212\uff0d]", "-", text.replace("\ufeff", ""))
    return " ".join(dashed.split()).casefold()


def is_no_answer(text: str) -> bool:
    """Tell whether a text says that there is no answer.

    >>> is_no_answer("–"), is_no_answer("Vet ej"), is_no_answer("0")
    (True, True, False)
    """
    return plain(text) in NO_ANSWER


def read_count(cell: Cell, approximate_percent: float = 10) -> Amount | None:
    """Read how many there are; None where there is no answer.

    A range stands for its middle, rounded half up; *ca* and *ett 30-tal* reach `approximate_percent` either
    way; *minst* has no upper bound. Raises ValueError for what is no whole number of at least 0.

    >>> read_count("1 234 st"), read_count("3.970"), read_count("vet ej")
    (Amount(value=1234, low=None, high=None), Amount(value=3970, low=None, high=None), None)
    >>> read_count("ca 75"), read_count("60–65")
    (Amount(value=75, low=67.5, high=82.5), Amount(value=63, low=60, high=65))
    >>> read_count("3,97")
    Traceback (most recent call last):
    ValueError: Ett antal är ett helt tal; ett komma skiljer av decimaler.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        text = plain(cell)
        return None if text in NO_ANSWER else _count_of_text(text, approximate_percent)
    number = _number_of_cell(cell)
    if number != math.floor(number):
        raise ValueError("Ett antal är ett helt tal.")
    if number < 0:
        raise ValueError("Ett antal kan inte vara mindre än noll.")
    return Amount(int(number))


def read_number(cell: Cell) -> float | None:
    """Read a number that may have decimals, such as an amount in kronor; None where there is no answer.

    >>> read_number("125 000 kr"), read_number("1 234,50"), read_number("−12,5"), read_number("..")
    (125000.0, 1234.5, -12.5, None)
    """
    if cell is None:
        return None
    if not isinstance(cell, str):
        return _number_of_cell(cell)
    text = plain(cell)
    if text in NO_ANSWER:
        return None
    found = _DECIMAL.fullmatch(_without_ending(text, _CURRENCY))
    if not found:
        raise ValueError(_NOT_A_NUMBER)
    sign, whole, decimals = found.group(1, 2, 3) if found.group(2) else found.group(4, 5, 6)
    return float(f"{sign}{_only_digits(whole)}.{decimals or 0}")


def read_share(cell: Cell) -> Share | None:
    """Read a part of a whole, as `8/10`, `117 av 133` or a percentage; None where there is no answer.

    >>> read_share("117 av 133"), read_share("64 procent"), read_share("12,5 %")
    (Share(part=117, whole=133), Share(part=64.0, whole=100), Share(part=12.5, whole=100))
    """
    if cell is None:
        return None
    text = plain(cell) if isinstance(cell, str) else ""
    if isinstance(cell, str) and text in NO_ANSWER:
        return None
    if percent := _PERCENT.fullmatch(text):
        return Share(float(f"{percent.group(1)}.{percent.group(2) or 0}"), 100)
    parts = _PART_OF.fullmatch(text)
    if not parts or int(parts.group(1)) > int(parts.group(2)) or int(parts.group(2)) == 0:
        raise ValueError("Det som står går inte att läsa som en andel.")
    return Share(int(parts.group(1)), int(parts.group(2)))


def _count_of_text(text: str, approximate_percent: float) -> Amount:
    """Read a count from a plain text that is an answer."""
    bare = _without_ending(text, _UNIT)
    if rough := _ROUND_NUMBER.fullmatch(bare):
        return _about(_whole_number(rough.group(1)), approximate_percent)
    bounds: tuple[tuple[re.Pattern[str], Callable[[int], Amount]], ...] = (
        (_ABOUT, lambda number: _about(number, approximate_percent)),
        (_AT_LEAST, lambda number: Amount(number, low=number, high=math.inf)),
        (_AT_MOST, lambda number: Amount(number, low=0, high=number)),
    )
    for prefix, amount in bounds:
        found = prefix.match(bare)
        rest = bare[found.end() :] if found else ""
        if rest and not _RANGE.fullmatch(rest):
            return amount(_whole_number(rest))
        bare = rest or bare
    if ends := _RANGE.fullmatch(bare):
        return _between(_whole_number(ends.group(1)), _whole_number(ends.group(2)))
    return Amount(_whole_number(bare))


def _about(number: int, percent: float) -> Amount:
    return Amount(number, low=number * (100 - percent) / 100, high=number * (100 + percent) / 100)


def _between(low: int, high: int) -> Amount:
    """Give the middle of a range, rounded half up."""
    if low >= high:
        raise ValueError("Ett spann går från ett lägre tal till ett högre.")
    return Amount((low + high + 1) // 2, low=low, high=high)


def _whole_number(text: str) -> int:
    """Read digits, with or without separators, or a number in words."""
    if re.fullmatch(rf"(?:{_DIGITS})(?:{_NO_DECIMALS})?", text):
        return int(_only_digits(re.sub(rf"{_NO_DECIMALS}$", "", text)))
    if text in _WORDS:
        return _WORDS[text]
    raise ValueError(_why_not_a_count(text))


def _why_not_a_count(text: str) -> str:
    if _PERCENT.fullmatch(text):
        return "Det som står är en andel i procent, inte ett antal."
    if _PART_OF.fullmatch(text):
        return "Det som står är en andel av något, inte ett antal."
    if re.fullmatch(r"[0-9 .]*,[0-9]+", text):
        return "Ett antal är ett helt tal; ett komma skiljer av decimaler."
    if re.fullmatch(r"-[0-9]+", text):
        return "Ett antal kan inte vara mindre än noll."
    return _NOT_A_COUNT


def _number_of_cell(cell: Cell) -> float:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise ValueError("Cellen är ett datum, en tid eller ett sanningsvärde, inte ett tal.")
    if not math.isfinite(cell):
        raise ValueError(_NOT_A_NUMBER)
    return float(cell)


def _without_ending(text: str, ending: re.Pattern[str]) -> str:
    """Take away a unit that stands last, after something."""
    found = re.search(rf"(?<=[0-9a-zåäö])(?:{ending.pattern})$", text)
    return text[: found.start()] if found else text


def _only_digits(text: str) -> str:
    return re.sub(r"\D", "", text)
