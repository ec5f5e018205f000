"""What may be chosen in a prepared workbook: names from the register, the association and the definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from asf_analysis.association import Association
from asf_analysis.definitions import definition_lines
from asf_analysis.municipalities import listed_spellings

Choices = tuple[str, ...]


@dataclass(frozen=True)
class Lists:
    """The lists of a year's workbooks.

    `enterprises` are those of the register that have not closed before the year, each with its number, its
    name and its municipality.
    """

    municipalities: Choices = ()
    parties: Choices = ()
    activity_kinds: Choices = ()
    legal_forms: Choices = ()
    structure_forms: Choices = ()
    end_reasons: Choices = ()
    industries: Choices = ()
    groups: Choices = ()
    periods: Choices = ()
    enterprises: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def names(self) -> Choices:
        """The enterprises' names."""
        return tuple(name for _, name, _ in self.enterprises)

    @property
    def numbers(self) -> Choices:
        """The enterprises' organisation numbers."""
        return tuple(number for number, _, _ in self.enterprises)


def lists_of(association: Association, registers: Mapping[str, pd.DataFrame], year: int) -> Lists:
    """Give the lists of a year's workbooks, by the association and the clean registers.

    Needs `enterprises` and `support_structures`; each list has a name once, first what is usual.
    """
    enterprises, structures = registers["enterprises"], registers["support_structures"]
    municipalities = association.municipality_names()
    parties = (*(party.name for party in association.parties), *municipalities)
    still = enterprises[~(enterprises["ended_on"] < pd.Timestamp(year, 1, 1))]
    return Lists(
        municipalities=municipalities,
        parties=_once(parties),
        activity_kinds=_once(listed_spellings("activity_kind", association.region).values()),
        legal_forms=_once((*usual("legal_form"), *_told(enterprises["legal_form"]))),
        structure_forms=_once((*usual("structure_form"), *_told(structures["form"]))),
        end_reasons=_told(enterprises["end_reason"]),
        industries=_told(enterprises["industry"]),
        groups=_told(structures["group"]),
        periods=(str(year), f"jan–jun {year}", f"jul–dec {year}"),
        enterprises=known_enterprises(still),
    )


def known_enterprises(register: pd.DataFrame) -> tuple[tuple[str, str, str], ...]:
    """Give the number, name and municipality of the enterprises whose number could be read, each once.

    >>> rows = {"organisation_number": ["492000-0009", None], "name": ["Verkstan", "Kvarnen"],
    ...         "municipality": ["Gävle", "Hofors"]}
    >>> known_enterprises(pd.DataFrame(rows))
    (('492000-0009', 'Verkstan', 'Gävle'),)
    """
    told = register[register["organisation_number"].notna()].drop_duplicates("organisation_number")
    columns = told[["organisation_number", "name", "municipality"]].fillna("")
    return tuple((number, name, place) for number, name, place in columns.itertuples(index=False, name=None))


def usual(subject: str) -> Choices:
    """Give what is usually chosen of a subject, by `definitions/choices.csv`.

    >>> usual("structure_form")[0]
    'lokal samverkansgrupp'
    """
    return tuple(line["name"] for line in definition_lines("choices.csv") if line["subject"] == subject)


def _told(texts: pd.Series) -> Choices:
    return _once(texts.dropna())


def _once(names: Iterable[str]) -> Choices:
    return tuple(dict.fromkeys(names))
