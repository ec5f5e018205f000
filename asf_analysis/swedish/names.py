"""Recognising names as people write them: by exact name, code, listed variant, or safe nearness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

NEAR_SCORE = 85
"""How alike (0–100) a near name must be; below it nothing is taken."""

NEAR_MARGIN = 10
"""How much further away every other name must be; closer than that is unsure."""

How = Literal["exakt", "kod", "variant", "nära"]


@dataclass(frozen=True)
class Match:
    """The name that was recognised, and how."""

    name: str
    how: How

    def __str__(self) -> str:
        return self.name


def fold(name: str) -> str:
    """Give a name's form for comparison: composed letters, lower case, single spaces.

    >>> fold("  GÄVLE\N{NO-BREAK SPACE} Kommun ")
    'gävle kommun'
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


@dataclass(frozen=True)
class NameBook:
    """Names that can be recognised, with their codes and listed variants.

    Build it with `NameBook.of`. A spelling that is listed for two names belongs to neither.

    >>> names, codes, variants = ["Gävle", "Hudiksvall"], {"2180": "Gävle"}, {"Hudik": "Hudiksvall"}
    >>> places = NameBook.of(names, codes, variants)
    >>> places.find("Gävle kommun"), places.find("2180")
    (Match(name='Gävle', how='exakt'), Match(name='Gävle', how='kod'))
    >>> places.find("hudik"), places.find("Gavle"), places.find("Borlänge")
    (Match(name='Hudiksvall', how='variant'), Match(name='Gävle', how='nära'), None)
    """

    exact: Mapping[str, Match]
    near: Mapping[str, str]

    @classmethod
    def of(
        cls,
        names: Iterable[str],
        codes: Mapping[str, str] | None = None,
        variants: Mapping[str, str] | None = None,
    ) -> NameBook:
        """Build a book; codes and variants are mappings from what is written to the name."""
        own = {fold(name): Match(name, "exakt") for name in names}
        spelled = [(fold(written), Match(name, "variant")) for written, name in (variants or {}).items()]
        listed = dict(spelled)
        contested = {written for written, match in spelled if listed[written] != match}
        certain = {written: match for written, match in listed.items() if written not in contested}
        coded = {fold(code): Match(name, "kod") for code, name in (codes or {}).items()}
        spellings = {**certain, **own}
        near = {_bare(written): match.name for written, match in spellings.items()}
        return cls({**spellings, **coded}, near)

    def find(self, text: str) -> Match | None:
        """Recognise a name; None where it is unsure, for nothing is guessed."""
        forms = _forms(text)
        for form in forms:
            if form in self.exact:
                return self.exact[form]
        return self._find_near(forms)

    def nearest(self, text: str, count: int = 3) -> tuple[str, ...]:
        """Give the names most like a text, nearest first, for a person to choose from."""
        found = process.extract(_bare(fold(text)), list(self.near), scorer=fuzz.ratio, limit=3 * count)
        return tuple(dict.fromkeys(self.near[written] for written, _, _ in found))[:count]

    def _find_near(self, forms: tuple[str, ...]) -> Match | None:
        """Take the name that is near where every other name is clearly further away."""
        scores: dict[str, float] = {}
        for form in forms:
            for written, name in self.near.items():
                scores[name] = max(fuzz.ratio(_bare(form), written), scores.get(name, 0))
        ranked = sorted(scores.items(), key=lambda entry: entry[1], reverse=True)
        if not ranked or ranked[0][1] < NEAR_SCORE:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < NEAR_MARGIN:
            return None
        return Match(ranked[0][0], "nära")


def _forms(text: str) -> tuple[str, ...]:
    """Give the forms under which a name may stand: as written, without *kommun*, without its genitive s."""
    folded = fold(text)
    place = folded.removesuffix(" kommun").strip()
    if place == folded or not place:
        return (folded,)
    return (folded, place, place.removesuffix("s"))


def _bare(folded: str) -> str:
    """Drop dots, rings and accents, which are lost when letters are, and make dashes one."""
    letters = unicodedata.normalize("NFD", folded)
    return re.sub("[\u2010-\u2015\u2212]", "-", "".join(c for c in letters if not unicodedata.combining(c)))
