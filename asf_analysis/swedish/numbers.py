"""Reading numbers as people write them in Swedish forms.

Three answers are possible and never mixed up: a number, no answer (None, which is never 0), and a text that
cannot be read without guessing (ValueError). Messages are Swedish and never repeat what was written.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

Cell = str | int | float | date | time | timedelta | None
"""What can stand in a cell of a workbook or a CSV file; a datetime is a date."""

_ORDINARY = re.compile(r"[A-Za-zÅÄÖÉåäöé0-9 .,:;!?%/&()'+\"-]*")
"""A text of ordinary signs alone, as most are: it is plain but for case and spaces."""

NO_ANSWER = frozenset(
    {"", "-", "--", "---", ".", "..", "...", "…", "?", "??", "null", "na", "n/a", "n.a", "e/t", "e.u", "i.u"}
    | {"uppgift saknas", "uppgifter saknas", "uppg saknas", "uppg. saknas", "svar saknas", "saknas"}
    | {"ingen uppgift", "inga uppgifter", "ingen uppg", "inget svar", "ingen aning", "oklart"}
    | {f"{no} {word}" for no in ("ej", "inte") for word in ("svar", "svarat", "besvarad", "besvarat", "känt")}
    | {f"{no} {word}" for no in ("ej", "inte") for word in ("aktuellt", "relevant", "tillämpligt", "angivet")}
    | {f"{verb} {no}" for verb in ("vet", "minns") for no in ("ej", "inte")}
    | {"vill ej svara", "vill inte svara", "okänt", "okänd", "ej uppgift", "(tom)", "(tomma)", "(tomt)"}
)
"""Ways to leave a question unanswered, as `plain` gives them without a full stop; none of them is 0."""

_INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
_DASHES = "[\u2010-\u2015\u2043\u2212\ufe58\ufe63]"
_FULL_WIDTH = {0xFF01 + place: 0x21 + place for place in range(94)}
"""Signs as wide as a Chinese letter, and the common signs they are."""

_ERROR_VALUE = re.compile(r"#[a-zåäö0/ _]+[!?]?|#+|(?:err|fel):[0-9]+|[+-]?(?:nan|inf|infinity)")
"""What Excel and LibreOffice show in Swedish and English, and other programs write, where counting failed."""

_TO_NINE = ("ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
_TO_NINETEEN = ("tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TO_NINETY = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
_ONES = {"en": 1, **{word: number for number, word in enumerate(_TO_NINE, start=1)}}
_TEENS = {"aderton": 18, **{word: number for number, word in enumerate(_TO_NINETEEN, start=10)}}
_TENS = {word: 10 * number for number, word in enumerate(_TO_NINETY, start=2)}
_ZEROS = dict.fromkeys(("noll", "inga", "ingen", "inget"), 0)
_WORDS = {
    **_ZEROS,
    **_ONES,
    **_TEENS,
    **_TENS,
    **{ten + one: tens + ones for ten, tens in _TENS.items() for one, ones in _ONES.items()},
    "dussin": 12,
}
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?: ?(?:{'|'.join(_ONES)}))?|{'|'.join((*_TEENS, *_ONES))})"
_HUNDREDS = rf"(?:{_SMALL} ?)?hundra"
_THOUSANDS = rf"(?:{_SMALL} ?)?tusen"
_IN_WORDS = (
    rf"{_THOUSANDS}(?: ?{_HUNDREDS})?(?: ?{_SMALL})?|{_HUNDREDS}(?: ?{_SMALL})?|{_SMALL}|{'|'.join(_ZEROS)}"
)

_DIGITS = (
    r"(?:[1-9][0-9]{0,2}(?:(?: [0-9]{3}){1,4}|(?:\.[0-9]{3}){1,4}|(?:['’][0-9]{3}){1,4})|[1-9][0-9]{0,14}|0)"
)
"""At most 15 digits, which is what Excel keeps; with separators only where each group has three."""

_WHOLE = rf"({_DIGITS}(?:[,.]00?)?|{_IN_WORDS})"
_DECIMAL = re.compile(
    rf"(-?)0*({_DIGITS})(?:,([0-9]{{1,15}}))?|(-?)([0-9]{{1,15}})\.([0-9]{{1,2}}|[0-9]{{4,15}})"
)
_PART_OF = re.compile(rf"({_DIGITS})(?: ?/ ?| (?:ut)?av (?:totalt )?)({_DIGITS})")
_PERCENT = re.compile(r"([0-9]{1,3}(?:,[0-9]{1,15}|\.[0-9]{1,2})?) ?(?:%|procent)")

_AFTER_NUMBER = r"(?:(?<=[0-9+]) ?| )"
_UNIT = re.compile(
    rf"{_AFTER_NUMBER}(?:st|stycken|personer|person|pers|deltagare|anställda|medarbetare|politiker|platser"
    r"|träffar|gånger|ggr)\.?$"
)
_CURRENCY = re.compile(rf"{_AFTER_NUMBER}(?:kr\.?|kronor|sek|[:,.]-)$|^(?:kr\.?|sek) ?(?=[0-9])")
_ROUNDED_CURRENCY = re.compile(rf"[0-9]{_AFTER_NUMBER}(?:tkr|kkr|tsek|ksek|mkr|mnkr|msek|miljoner)\b")

_TOO_LARGE = 10**15
"""From here on Excel drops digits."""

_NOT_A_COUNT = "Det som står går inte att läsa som ett antal."
_MADE_A_DATE = (
    "Cellen är ett datum, inte ett tal. Excel gör om både spann med bindestreck och andelar med snedstreck "
    "till datum, så det går inte att veta vad som skrevs."
)
_NOT_A_NUMBER = "Det som står går inte att läsa som ett tal."
_WHY_NOT_A_COUNT = (
    (_PERCENT, "Det som står är en andel i procent, inte ett antal."),
    (_PART_OF, "Det som står är en andel av något, inte ett antal."),
    (re.compile(r"[0-9 .]*,[0-9]+"), "Ett antal är ett helt tal; ett komma skiljer av decimaler."),
    (re.compile(r"- ?[0-9]+"), "Ett antal kan inte vara mindre än noll."),
    (re.compile(r"[0-9 ]+(?:[*†)¹²³⁰-⁹⁾]| [0-9]\))+"), "Vid antalet står ett tecken för en fotnot."),
    (re.compile(r"(?=.*[0-9]|o$)[0-9oil]+"), "Det som står har en bokstav där en siffra väntas."),
    (re.compile(r"[0-9]+(?: ?[+&] ?[0-9]+)+"), "Det som står är en uträkning, inte ett antal."),
)


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
        low, high = (f"{end:.10g}".replace(".", ",") for end in self.bounds())
        return f"{self.value} (minst {low})" if self.high == math.inf else f"{self.value} ({low}–{high})"


@dataclass(frozen=True)
class Share:
    """A part of a whole, both kept as written; a percentage is a part of 100."""

    part: float
    whole: float


def plain(text: str) -> str:
    """Give a text in one way of writing: lower case, single spaces, one kind of dash, nothing invisible.

    An invisible sign between two digits stays, for nobody can know what it stands for.

    >>> plain("  60\N{EN DASH}70\N{NO-BREAK SPACE}ST\N{SOFT HYPHEN} ")
    '60-70 st'
    """
    if _ORDINARY.fullmatch(text):
        return " ".join(text.split()).casefold()
    wide = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    return " ".join(re.sub(_DASHES, "-", without_invisible(wide)).split()).casefold()


def without_invisible(text: str) -> str:
    """Give a text without signs that nobody sees; those between two digits stay.

    >>> without_invisible("Hudiks\N{SOFT HYPHEN}vall\N{ZERO WIDTH SPACE}")
    'Hudiksvall'
    """
    return re.sub(rf"(?<![0-9]){_INVISIBLE}+|{_INVISIBLE}+(?![0-9])", "", text)


def is_no_answer(text: str) -> bool:
    """Tell whether a text says that there is no answer.

    >>> is_no_answer("–"), is_no_answer("Vet ej"), is_no_answer("0")
    (True, True, False)
    """
    answer = plain(text)
    return answer in NO_ANSWER or answer.rstrip(".") in NO_ANSWER


def is_error_value(text: str) -> bool:
    """Tell whether a text is what a program shows where it failed to count.

    >>> is_error_value("#SAKNAS!"), is_error_value("#DIV/0!"), is_error_value("saknas")
    (True, True, False)
    """
    return _ERROR_VALUE.fullmatch(plain(text)) is not None


def plain_answer(text: str) -> str | None:
    """Give an answer's plain text; None where there is none. Raises ValueError for a program's error.

    >>> plain_answer(" Ca  75 "), plain_answer("Uppgift saknas.")
    ('ca 75', None)
    """
    if is_error_value(text):
        raise ValueError("Cellen visar ett fel från ett kalkylprogram, inte ett värde.")
    return None if is_no_answer(text) else plain(text)


def read_count(cell: Cell, approximate_percent: float = 10) -> Amount | None:
    """Read how many there are; None where there is no answer.

    A range stands for its middle, rounded half up; *ca* and *ett 30-tal* reach `approximate_percent` either
    way, *drygt* only up and *knappt* only down; *minst* has no upper bound. Raises ValueError for what is no
    whole number of at least 0.

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
        text = plain_answer(cell)
        return None if text is None else _count_of_text(_UNIT.sub("", text), approximate_percent)
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
    text = plain_answer(cell)
    if text is None:
        return None
    if _ROUNDED_CURRENCY.search(text):
        raise ValueError("Beloppet är avrundat till tusental eller miljoner, inte i kronor.")
    found = _DECIMAL.fullmatch(_CURRENCY.sub("", text))
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
    text = plain_answer(cell) if isinstance(cell, str) else "ingen text"
    if text is None:
        return None
    share = None
    if percent := _PERCENT.fullmatch(text):
        share = Share(float(percent.group(1).replace(",", ".")), 100)
    elif parts := _PART_OF.fullmatch(_UNIT.sub("", text)):
        share = Share(*(int(_only_digits(part)) for part in parts.groups()))
    if share is None or share.part > share.whole or share.whole == 0:
        raise ValueError("Det som står går inte att läsa som en andel.")
    return share


def _about(percent: float, number: int) -> Amount:
    return Amount(number, low=number * (100 - percent) / 100, high=number * (100 + percent) / 100)


def _at_least(number: int) -> Amount:
    return Amount(number, low=number, high=math.inf)


def _at_most(number: int) -> Amount:
    if number < 0:
        raise ValueError("Ett antal kan inte vara mindre än noll.")
    return Amount(number, low=0, high=number)


def _between(low: int, high: int) -> Amount:
    """Give the middle of a range, rounded half up."""
    if low >= high:
        raise ValueError("Ett spann går från ett lägre tal till ett högre.")
    if low >= 1900 and high < 2100:
        raise ValueError("Det som står kan vara år, inte ett antal.")
    return Amount((low + high + 1) // 2, low=low, high=high)


def _either_near(low: int, high: int) -> Amount:
    """Give the middle of `3 à 4`; ends far apart could as well be so many of that size each."""
    if high > 2 * low:
        raise ValueError(_NOT_A_COUNT)
    return _between(low, high)


def _after(words: str) -> str:
    """Give the pattern of a number that comes after one of some words or signs."""
    return rf"(?:{words})(?: ?(?=[0-9])| ){_WHOLE}"


_ABOUT = r"ca\.?|ca:|c:a|c\.a\.|cirka|circa|omkring|ungefär|runt|uppskattningsvis|~|≈"
_COUNTS: tuple[tuple[str, Callable[..., Amount]], ...] = (
    (rf"0*{_WHOLE}", lambda _, number: Amount(number)),
    (_after(_ABOUT), _about),
    (rf"(?:(?:{_ABOUT}) ?)?(?:ett |en )?{_WHOLE}[- ]?tal(?:et)?", _about),
    (rf"(?:(?:{_ABOUT}) ?)?(?:ett )?(dussin)(?:tal)?", _about),
    (_after("drygt"), lambda percent, number: Amount(number, number, _about(percent, number).high)),
    (
        _after("knappt|närmare|uppemot|nästan|bortåt|inemot"),
        lambda percent, number: Amount(number, _about(percent, number).low, number),
    ),
    (_after("minst|åtminstone|≥|>="), lambda _, number: _at_least(number)),
    (rf"{_WHOLE}(?: ?\+| eller fler| eller mer)", lambda _, number: _at_least(number)),
    (_after("fler än|flera än|mer än|över|>"), lambda _, number: _at_least(number + 1)),
    (_after(r"högst|max\.?|maximalt|som mest|upp till|≤|<="), lambda _, number: _at_most(number)),
    (_after("färre än|mindre än|under|<"), lambda _, number: _at_most(number - 1)),
    (
        rf"(?:(?:{_ABOUT}) ?)?{_WHOLE}(?: ?- ?| till | eller ){_WHOLE}",
        lambda _, low, high: _between(low, high),
    ),
    (rf"mellan {_WHOLE}(?: ?- ?| till | och ){_WHOLE}", lambda _, low, high: _between(low, high)),
    (rf"{_WHOLE} [aàá] {_WHOLE}", lambda _, low, high: _either_near(low, high)),
)
"""How a count may be written, without its unit, and what is made of its numbers; the first that fits."""


def _count_of_text(text: str, approximate_percent: float) -> Amount:
    """Read a count from a plain text that is an answer, by the first pattern that all of it matches."""
    for pattern, amount in _COUNTS:
        if found := re.fullmatch(pattern, text):
            return amount(approximate_percent, *map(_whole_number, found.groups()))
    raise ValueError(next((why for shape, why in _WHY_NOT_A_COUNT if shape.fullmatch(text)), _NOT_A_COUNT))


def _whole_number(text: str) -> int:
    """Read digits, with or without separators, or a number in words."""
    if text[0].isdigit():
        return int(_only_digits(re.sub(r"[,.]00?$", "", text)))
    number, rest = 0, text.replace(" ", "")
    for word, size in (("tusen", 1000), ("hundra", 100)):
        before, found, after = rest.partition(word)
        if found:
            number, rest = number + size * _WORDS[before or "ett"], after
    return number + (_WORDS[rest] if rest else 0)


def _number_of_cell(cell: Cell) -> float:
    if isinstance(cell, date):
        raise ValueError(_MADE_A_DATE)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise ValueError("Cellen är ett datum, en tid eller ett sanningsvärde, inte ett tal.")
    if not abs(cell) < _TOO_LARGE:
        raise ValueError(_NOT_A_NUMBER)
    return float(cell)


def _only_digits(text: str) -> str:
    return re.sub(r"\D", "", text)
