"""Reads Swedish text back: its numbers, its sentences and its lists, without the package that wrote it."""

from __future__ import annotations

import math
import re
from fractions import Fraction

WORDS = {
    "noll": 0, "inga": 0, "ingen": 0, "inget": 0, "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5,
    "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12,
}  # fmt: skip
NUMBER = r"(?:\d{1,3}(?:\u00a0\d{3})+|\d+)(?:,\d+)?|" + "|".join(WORDS)
MONTHS = [
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
]  # fmt: skip
DATE = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"


def read(written: str) -> Fraction:
    """Read a number written as a word or with digits."""
    known = WORDS.get(written.lower())
    return Fraction(written.replace("\u00a0", "").replace(",", ".")) if known is None else Fraction(known)


def half_up(value: Fraction, decimals: int = 0) -> Fraction:
    """Round halves up."""
    scale = 10**decimals
    return Fraction(math.floor(value * scale + Fraction(1, 2)), scale)


def digits(text: str) -> list[Fraction]:
    """Give every number that is written with digits."""
    return [read(found) for found in re.findall(r"(?:\d{1,3}(?:\u00a0\d{3})+|\d+)(?:,\d+)?", text)]


def sentences(paragraph: str) -> list[str]:
    """Take a paragraph apart where a full stop ends a sentence."""
    return re.split(r"(?<=\.) ", paragraph)


def names(listed: str) -> list[str]:
    """Take apart *A, B och C*."""
    return re.split(r", | och ", listed)


def faults_of_prose(text: str) -> list[str]:
    """Name what is wrong with a text as prose: spaces, full stops, capitals, signs that nobody wrote."""
    found = []
    for line in text.split("\n"):
        if not line:
            continue
        said = line.removeprefix("- ")
        rules = {
            "a space too many": re.search(r"  | $|^ | [,;:.!?)](?!\.)|\( ", said),
            "two signs together": re.search(r"[,;:]{2}|[,;:]\.|(?<!\()\.\.(?!\))|\?\.", said),
            "something of Python": re.search(r"None|\bnan\b|\{|\}|<NA>|Fraction|\binf\b|'", said),
            "no full stop": not said.endswith((".", ":")),
        }
        found += [f"{name}: {said}" for name, broken in rules.items() if broken]
        found += [f"no capital: {one}" for one in sentences(said) if not one[:1].isupper()]
    return found


def small_digits(text: str) -> list[str]:
    """Give the numbers up to twelve that stand with digits where a word is due.

    Digits are due in dates, after *ca*, in percent, within parentheses, in decimals, and in a sentence that
    has a higher number to be compared with.
    """
    bare = re.sub(rf"{DATE}|\([^)]*\)|ca [\d\u00a0,]+|[\d\u00a0,]+ procent", "", text)
    found = []
    for one in sentences(bare):
        numbers = re.findall(r"(?<![\d,])(?:\d{1,3}(?:\u00a0\d{3})+|\d+)(?:,\d+)?", one)
        if all("," in number or read(number) <= 12 for number in numbers):
            found += [number for number in numbers if "," not in number]
    return found
