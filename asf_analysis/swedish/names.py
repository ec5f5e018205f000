"""Recognising names as people write them: by exact name, code, listed variant, or safe nearness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz, process

from asf_analysis.swedish.numbers import without_invisible

NEAR_SCORE = 85
"""How alike (0–100) a near name, and each word of it, must be; below it nothing is taken."""

NEAR_MARGIN = 10
"""How much further away every other name must be; closer than that is unsure."""

LONG_WORD = 7
"""From how many letters a word may be misspelt; one letter makes a shorter one another word."""

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
    return " ".join(unicodedata.normalize("NFC", without_invisible(name)).casefold().split())


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
    """The name of every spelling that a text may be near, as `fold` gives it."""

    @classmethod
    def of(
        cls,
        names: Iterable[str],
        codes: Mapping[str, str] | None = None,
        variants: Mapping[str, str] | None = None,
    ) -> NameBook:
        """Build a book; codes and variants are mappings from what is written to the name."""
        own = {fold(name): Match(name, "exakt") for name in names}
        places = _certain((_place(written), match) for written, match in own.items())
        certain = _certain(
            (fold(written), Match(name, "variant")) for written, name in (variants or {}).items()
        )
        coded = {fold(code): Match(name, "kod") for code, name in (codes or {}).items()}
        spellings = {**places, **certain, **own}
        near = {written: match.name for written, match in spellings.items() if _words(written)}
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
        query = _bare(" ".join(_words(fold(text))))
        found = process.extract(query, self._bare_spellings, scorer=fuzz.ratio, limit=3 * count)
        return tuple(dict.fromkeys(self._names[place] for _, _, place in found))[:count]

    @cached_property
    def _names(self) -> list[str]:
        return list(self.near.values())

    @cached_property
    def _spellings(self) -> list[str]:
        return [" ".join(_words(written)) for written in self.near]

    @cached_property
    def _bare_spellings(self) -> list[str]:
        return [_bare(spelling) for spelling in self._spellings]

    def _find_near(self, forms: tuple[str, ...]) -> Match | None:
        """Take the name that is near where every other name that could be meant is clearly further away."""
        scores: dict[str, float] = {}
        for form in forms:
            for name, score in self._alike(_words(form)):
                scores[name] = max(score, scores.get(name, 0))
        ranked = sorted(scores.items(), key=lambda entry: entry[1], reverse=True)
        if not ranked or ranked[0][1] < NEAR_SCORE:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < NEAR_MARGIN:
            return None
        return Match(ranked[0][0], "nära")

    def _alike(self, words: list[str]) -> Iterator[tuple[str, float]]:
        """Give the names whose spellings some words could be, and how alike they are."""
        query = " ".join(words)
        choices = self._bare_spellings if query == _bare(query) else self._spellings
        least = NEAR_SCORE - NEAR_MARGIN
        found = process.extract(query, choices, scorer=fuzz.ratio, score_cutoff=least, limit=None)
        for _, score, place in found:
            if _same_words(words, self._spellings[place].split()):
                yield self._names[place], score


def _certain(spelled: Iterable[tuple[str, Match]]) -> dict[str, Match]:
    """Keep the spellings that stand for one name alone."""
    listed = list(spelled)
    first = dict(reversed(listed))
    contested = {written for written, match in listed if first[written] != match}
    return {written: match for written, match in first.items() if written not in contested}


def _forms(text: str) -> tuple[str, ...]:
    """Give the forms under which a name may stand: as written, without *kommun*, without its genitive s."""
    folded = fold(text)
    place = _place(folded)
    return (folded,) if place == folded else (folded, place, place.removesuffix("s"))


def _place(folded: str) -> str:
    """Give a municipality's name without *kommun*."""
    return folded.removesuffix(" kommun") or folded


def _words(folded: str) -> list[str]:
    """Cut a name into its words and numbers, apart from the signs between them."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", folded))


def _same_words(written: list[str], known: list[str]) -> bool:
    """Tell whether words could be a name's own, one by one, or the same letters with other spaces.

    >>> _same_words(["koperativet", "1"], ["kooperativet", "1"]), _same_words(["gavle"], ["gävle"])
    (True, True)
    >>> _same_words(["kooperativet", "ett"], ["kooperativet", "två"])
    False
    """
    if len(written) != len(known):
        return _same_letters("".join(written), "".join(known))
    return all(_same_word(*pair) for pair in zip(written, known, strict=True))


def _same_word(written: str, known: str) -> bool:
    """Tell whether a word is another, or is long, has no digits, and is misspelt by little."""
    if _same_letters(written, known):
        return True
    if max(len(written), len(known)) < LONG_WORD or re.search("[0-9]", written + known):
        return False
    other = _bare(known) if written == _bare(written) else known
    return fuzz.ratio(written, other) >= NEAR_SCORE


def _same_letters(written: str, known: str) -> bool:
    """Tell whether letters are the same, or have lost their dots and rings; they never gain any."""
    return written in (known, _bare(known))


def _bare(folded: str) -> str:
    """Drop dots, rings and accents, which are lost when letters are."""
    letters = unicodedata.normalize("NFD", folded)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
