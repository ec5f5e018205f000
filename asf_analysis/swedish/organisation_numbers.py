"""Reading Swedish organisation numbers; a personal number in their place is refused and never repeated.

A sole trader's organisation number is the owner's personal number, so the third digit, which is at least 2
for every legal person, tells them apart (lagen 1974:174 om identitetsbeteckning för juridiska personer).
"""

from __future__ import annotations

import re

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.se import orgnr

from asf_analysis.swedish.numbers import Cell, is_no_answer, plain

_CENTURIES = ("16", "18", "19", "20")


class PersonalNumber(ValueError):
    """A personal number stands where an organisation number should."""


def read_organisation_number(cell: Cell) -> str | None:
    """Read an organisation number as `NNNNNN-NNNN`; None where there is none.

    Raises ValueError for a wrong length or check digit, and PersonalNumber for a person's number.

    >>> read_organisation_number("164920000009"), read_organisation_number("SE492000000901")
    ('492000-0009', '492000-0009')
    >>> read_organisation_number("492000-0001")
    Traceback (most recent call last):
    ValueError: Organisationsnumrets kontrollsiffra stämmer inte.
    """
    if cell is None or (isinstance(cell, str) and is_no_answer(cell)):
        return None
    digits = _ten_digits(cell)
    if digits[2] < "2":
        raise PersonalNumber("Ett personnummer står i stället för ett organisationsnummer.")
    try:
        number = orgnr.validate(digits)
    except InvalidChecksum:
        raise ValueError("Organisationsnumrets kontrollsiffra stämmer inte.") from None
    except ValidationError:
        raise ValueError("Det som står är inte ett organisationsnummer.") from None
    return str(orgnr.format(number))


def is_personal_number(text: str) -> bool:
    """Tell whether a text is a person's number and nothing else.

    >>> is_personal_number("492000-0009"), is_personal_number("75")
    (False, False)
    """
    try:
        return _ten_digits(text)[2] < "2"
    except ValueError:
        return False


def _ten_digits(cell: Cell) -> str:
    """Give the ten digits, without a century before them or a VAT number's SE…01 around them."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else plain(str(cell))
    digits = re.sub(r"[ +-]", "", text.removesuffix(".0"))
    if vat := re.fullmatch(r"se([0-9]{10})01", digits):
        return vat.group(1)
    if re.fullmatch(r"[0-9]{12}", digits) and digits.startswith(_CENTURIES):
        return digits[2:]
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValueError("Ett organisationsnummer har tio siffror.")
    return digits
