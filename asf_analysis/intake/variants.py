"""The names an association's data may hold, with the spellings of `definitions/variants.csv`."""

from __future__ import annotations

from dataclasses import dataclass, field

from asf_analysis.association import Association
from asf_analysis.intake.registered import Registered, nobody
from asf_analysis.municipalities import listed_spellings, municipality_book
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
    places = listed_spellings("municipality", association.region, municipalities)
    members = listed_spellings("party", association.region, parties)
    kinds = listed_spellings("activity_kind", association.region)
    return Names(
        municipality_book(association),
        NameBook.of((*parties, *municipalities), codes, {**places, **members}),
        NameBook.of(tuple(dict.fromkeys(kinds.values())), {}, kinds),
    )
