"""The association's municipalities, however people write their names."""

from __future__ import annotations

from asf_analysis.association import Association
from asf_analysis.definitions import definition_lines
from asf_analysis.errors import UnknownName
from asf_analysis.swedish.names import NameBook


def municipality_book(association: Association) -> NameBook:
    """Give the municipalities by name, code and the spellings of `definitions/variants.csv`."""
    names = association.municipality_names()
    codes = {municipality.code: municipality.name for municipality in association.municipalities}
    return NameBook.of(names, codes, listed_spellings("municipality", association.region, names))


def listed_spellings(subject: str, region: str, names: tuple[str, ...] | None = None) -> dict[str, str]:
    """Give the spellings listed for a subject, as a mapping to the name; only of `names` where given.

    `{region}` in the list stands for the association's region.
    """
    listed = {
        line["written"]: line["name"].format(region=region)
        for line in definition_lines("variants.csv")
        if line["subject"] == subject
    }
    return {written: name for written, name in listed.items() if names is None or name in names}


def find_municipality(written: str, association: Association) -> str:
    """Give the name of one of the association's municipalities, however it is written; "" is all of them.

    Raises UnknownName with the names that exist.
    """
    if not written.strip():
        return ""
    book = municipality_book(association)
    found = book.find(written)
    if found is None:
        known = ", ".join(association.municipality_names())
        near = " eller ".join(book.nearest(written))
        raise UnknownName(
            f"Förbundet har ingen kommun som heter {written!r}. Menade du {near}? Alla: {known}."
        )
    return found.name
