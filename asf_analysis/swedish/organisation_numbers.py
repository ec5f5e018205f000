"""Reading Swedish organisation numbers; a personal number in their place is refused and never repeated.

A sole trader's organisation number is the owner's personal number, so the third digit, which is at least 2
for every legal person, tells them apart (lagen 1974:174 om identitetsbeteckning för juridiska personer).
A coordination number (*samordningsnummer*) is a person's number with 60 added to the day.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from stdnum import luhn
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.se import orgnr

from asf_analysis.swedish.numbers import Cell, plain, plain_answer
from asf_analysis.swedish.texts import as_mask

_USUAL = re.compile("([0-9]{2}[2-9][0-9]{3})-?([0-9]{4})")
"""How most people write a legal person's number; all but its check digit is then right."""

_MOST_USUAL = f"^{_USUAL.pattern}$"

HIDDEN = "(visas inte)"
"""Stands where a personal number stood."""

_CENTURIES = ("16", "18", "19", "20")
_LABEL = re.compile(r"^(?:org(?:anisations)?|vat|moms(?:reg)?)[. -]*(?:nr|num|nummer|no)?[.: ]*(?=[0-9]|se)")
_VAT = re.compile(r"se([0-9]{10})01")
_BETWEEN_DIGITS = re.compile("[ .+-]")

_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
"""A day of the month, or one with 60 added to it."""

_BIRTHDAY = rf"[0-9]{{2}}{_MONTH}{_DAY}"
_DASH = "[-+/.\u00ad\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]"
_SPACE = "(?:[^\\S\r\n\t]|[\u00ad\u200b-\u200f\u2060\ufeff])"
_PERSON = re.compile(
    rf"(?<![0-9])(?:18|19|20)?(?:{_BIRTHDAY}{_SPACE}{{0,3}}{_DASH}?{_SPACE}{{0,3}}[0-9]{{4}}(?:[.,]0)?(?![0-9])"
    rf"|[0-9]{{2}}-{_MONTH}-{_DAY}{_DASH}[0-9]{{4}}(?![0-9]|-[0-9]))"
)


class PersonalNumber(ValueError):
    """A personal number stands where an organisation number should."""


def read_organisation_number(cell: Cell) -> str | None:
    """Read an organisation number as `NNNNNN-NNNN`; None where there is none.

    Raises ValueError for a wrong length or check digit, and PersonalNumber for a person's number.

    >>> read_organisation_number("164920000009"), read_organisation_number("SE492000000901")
    ('492000-0009', '492000-0009')
    >>> read_organisation_number("Org.nr 492000-0001")
    Traceback (most recent call last):
    ValueError: Organisationsnumrets kontrollsiffra stämmer inte.
    """
    if isinstance(cell, str) and (usual := _USUAL.fullmatch(cell)) and luhn.is_valid(usual[1] + usual[2]):
        return f"{usual[1]}-{usual[2]}"
    if cell is None or (isinstance(cell, str) and plain_answer(cell) is None):
        return None
    text = _cell_text(cell)
    digits = _ten_digits(text)
    if _is_person(digits) or hide_personal_numbers(text) != text:
        raise PersonalNumber("Ett personnummer står i stället för ett organisationsnummer.")
    if not digits:
        raise ValueError("Ett organisationsnummer har tio siffror.")
    try:
        number = orgnr.validate(digits)
    except InvalidChecksum:
        raise ValueError("Organisationsnumrets kontrollsiffra stämmer inte.") from None
    except ValidationError:
        raise ValueError("Det som står är inte ett organisationsnummer.") from None
    return str(orgnr.format(number))


def read_organisation_numbers(texts: pa.StringArray) -> tuple[np.ndarray, pa.StringArray]:
    """Read the usual ones of many texts at once: which they are, and what each of them is read as.

    The check digit is Luhn's, counted for all together since stdnum takes one at a time. What others are
    read as is not said.

    >>> written = pa.array(["4920000009", "492000-0001", "Org.nr 492000-0009"])
    >>> usual, numbers = read_organisation_numbers(written)
    >>> usual, numbers[0].as_py()
    (array([ True, False, False]), '492000-0009')
    """
    bare = pc.replace_substring(texts, "-", "")
    shaped = np.flatnonzero(as_mask(pc.match_substring_regex(texts, _MOST_USUAL)))
    signs = np.frombuffer("".join(bare.take(shaped).to_pylist()).encode("ascii"), dtype=np.uint8)
    digits = signs.reshape(-1, 10) - ord("0")
    doubled = 2 * digits[:, ::2]
    sums = (doubled // 10 + doubled % 10).sum(axis=1) + digits[:, 1::2].sum(axis=1)
    usual = np.zeros(len(texts), dtype=bool)
    usual[shaped] = sums % 10 == 0
    return usual, pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(bare, 0, 6), pc.utf8_slice_codeunits(bare, 6), "-"
    )


def is_personal_number(cell: Cell) -> bool:
    """Tell whether a cell is a person's number, or a coordination number, and nothing else.

    A number that has lost the zeros it began with is one where its check digit is right.

    >>> is_personal_number("492000-0009"), is_personal_number("75")
    (False, False)
    """
    text = _cell_text(cell)
    return _is_person(_ten_digits(text)) or hide_personal_numbers(text.strip()) == HIDDEN


def hide_personal_numbers(text: str) -> str:
    """Give a text with `(visas inte)` for every personal and coordination number in it, whole or mistyped.

    What begins with the day of somebody's birth and has four digits more is taken for one, whatever its
    check digit. Ten digits in a row that begin with 0 can be a telephone number too, so there the check digit
    decides.

    >>> hide_personal_numbers("Ring org.nr 492000-0009, 070-123 45 67 den 2018-12-31.")
    'Ring org.nr 492000-0009, 070-123 45 67 den 2018-12-31.'
    """
    return _PERSON.sub(lambda found: found.group() if _is_telephone(found.group()) else HIDDEN, text)


def _is_telephone(written: str) -> bool:
    return re.fullmatch(r"0[0-9]{9}", written) is not None and not luhn.is_valid(written)


def _is_person(digits: str) -> bool:
    return digits[2:3] in ("0", "1")


def _cell_text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _ten_digits(text: str) -> str:
    """Give the ten digits, without a label, a century or a VAT number's SE…01 around them; else nothing.

    A spreadsheet drops the zeros that a number begins with, and only a person's number begins with any.
    """
    bare = re.sub(r"[.,]0$", "", _LABEL.sub("", plain(text), count=1))
    digits = _BETWEEN_DIGITS.sub("", bare)
    if vat := _VAT.fullmatch(digits):
        return vat.group(1)
    if re.fullmatch(r"[0-9]{12}", digits) and digits.startswith(_CENTURIES):
        return digits[2:]
    if re.fullmatch(r"[1-9][0-9]{8}", bare):
        whole = bare.zfill(10)
        return whole if re.fullmatch(rf"{_BIRTHDAY}[0-9]{{4}}", whole) and luhn.is_valid(whole) else ""
    return digits if re.fullmatch(r"[0-9]{10}", digits) else ""
