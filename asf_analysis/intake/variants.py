"""The names an association's data may hold, with the spellings of `definitions/variants.csv`."""

from __future__ import annotations

from dataclasses import dataclass, field

from asf_analysis.association import Association
from asf_analysis.intake.headings import definition_lines
from asf_analysis.intake.registered import Registered, nobody
from asf_analysis.swedish.names import NameBook

VARIANTS_FILE = "asf_analysis/definitions/variants.csv"


@dataclass(frozen=True)
class Names:
    """Names that cleaning recognises; among the parties are the municipalities."""

    municipalities: NameBook
    parties: NameBook
    activity_kinds: NameBook
    enterprises: Registered = field(default_factory=nobody)


def names_of(association: Association) -> Names:
    """Give the names that an association's data may hold.

    A listed spelling of a name that the association does not have is left out. `{region}` in the list stands
    for the association's region.
    """
    municipalities = association.municipality_names()
    codes = {municipality.code: municipality.name for municipality in association.municipalities}
    parties = tuple(party.name for party in association.parties)
    places = _variants("municipality", association.region, municipalities)
    members = _variants("party", association.region, parties)
    kinds = _variants("activity_kind", association.region)
    return Names(
        NameBook.of(municipalities, codes, places),
        NameBook.of((*parties, *municipalities), codes, {**places, **members}),
        NameBook.of(tuple(dict.fromkeys(kinds.values())), {}, kinds),
    )


def _variants(subject: str, region: str, names: tuple[str, ...] | None = None) -> dict[str, str]:
    """Give the spellings listed for a subject, as a mapping to the name; only of `names` where given."""
    listed = {
        line["written"]: line["name"].format(region=region)
        for line in definition_lines("variants.csv")
        if line["subject"] == subject
    }
    return {written: name for written, name in listed.items() if names is None or name in names}
