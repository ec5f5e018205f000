"""The demonstration data moved to another association: its municipalities, its region and its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import cycle
from typing import Any, TypeVar

from asf_analysis.association import Association
from asf_analysis.demonstration.activities import MUNICIPALITIES
from asf_analysis.demonstration.handwriting import municipal
from asf_analysis.demonstration.sheets import REGION
from asf_analysis.demonstration.structures import NORTH

HERE = "Samordningsförbund Gävleborg"
"""Who orders trainings in the data as it is written."""

Thing = TypeVar("Thing", bound=Any)


@dataclass(frozen=True)
class Elsewhere:
    """What names in the data become; nothing changes where they are the association's own."""

    names: Mapping[str, str] = field(default_factory=dict)
    region: str = REGION

    @classmethod
    def of(cls, association: Association) -> Elsewhere:
        """Take the association's municipalities in turn, the first for the largest of the data's."""
        own = association.municipality_names()
        if set(own) == set(MUNICIPALITIES) and association.name == HERE:
            return cls()
        turn = dict(zip(MUNICIPALITIES, cycle(own), strict=False))
        names = {REGION: association.region, HERE: association.name, NORTH: "Norra ASF-gruppen"}
        for name, theirs in turn.items():
            names |= {municipal(name): municipal(theirs), name: theirs}
        return cls(names, association.region)

    def text(self, text: str) -> str:
        """Give a text with its names changed.

        >>> Elsewhere({"Gävle": "Umeå"}).text("Socialnämnden Gävle"), Elsewhere().text("Gävle")
        ('Socialnämnden Umeå', 'Gävle')
        """
        if not self.names:
            return text
        longest_first = sorted(self.names, key=len, reverse=True)
        pattern = rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"
        return re.sub(pattern, lambda found: self.names[found[0]], text)

    def moved(self, things: Iterable[Thing]) -> list[Thing]:
        """Give enterprises, activities and the like with the names in their texts changed."""
        return [self._moved(thing) for thing in things] if self.names else [*things]

    def _moved(self, thing: Thing) -> Thing:
        told = {one.name: getattr(thing, one.name) for one in fields(thing)}
        return replace(
            thing, **{name: self.text(value) for name, value in told.items() if isinstance(value, str)}
        )
