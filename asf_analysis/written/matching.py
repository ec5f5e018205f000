"""Matching what a report calls a goal to our KPIs: by the words of a name, however they are inflected.

A text is a KPI's name where its words are the name's own, apart from words that tell no KPI from another.
One that is only like a name, or like two, is unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from rapidfuzz import fuzz

from asf_analysis.association import Association
from asf_analysis.definitions import definition_lines
from asf_analysis.kpis.registry import Kpi
from asf_analysis.swedish.names import LONG_WORD, NEAR_SCORE
from asf_analysis.swedish.numbers import plain
from asf_analysis.written.figures import find_figures
from asf_analysis.written.labels import DAY, MONTHS

_ENDINGS = (
    *("arnas", "ernas", "ornas", "arna", "erna", "orna", "ande", "are"),
    *("ens", "ets", "en", "et", "ar", "er", "or", "na", "a", "e"),
)
_SHORTEST = 5


_ENTERPRISES = re.compile(
    r"(?:arbetsintegrerande |arbetsintegrerade )?sociala företag(?:en|ens|et)?|asf[- ]?företag(?:en|ens|et)?"
    r"|asf(?:'?er|'?en|:s|'s)?(?![\wåäö])|arbetsintegrerande företag(?:en)?"
)
_COUNTYWIDE = re.compile(r"(?:regions?|läns)övergripande|regional[ta]?(?![a-zåäö])")
_ALIKE = 0.65
"""Share of the words of both that must be the same for a name to be like another."""

_COUNTED = re.compile(r"\bantal|[0-9]|verksam|aktiv")
"""What makes *företagen* more than a heading."""

_OTHERS = re.compile(rf"{DAY}|\b(?:19|20)[0-9]{{2}}\b|[0-9]+|\([^)]*\)")


@cache
def empty_words() -> dict[str, bool]:
    """Give the words that tell no KPI from another, and whether they do where no other word is left."""
    return {line["word"]: line["tells_alone"] == "ja" for line in definition_lines("report_empty_words.csv")}


@dataclass(frozen=True)
class Match:
    """The KPI that a text names; `near` are those that it is only like."""

    kpi: Kpi | None
    near: tuple[Kpi, ...] = ()


@dataclass(frozen=True)
class KpiBook:
    """KPIs that can be recognised by what reports call them.

    `places` are words that only say where: the association's county, region and municipalities. A report that
    is about ASF need not say so in every name.
    """

    kpis: tuple[Kpi, ...]
    names: Mapping[str, tuple[str, ...]]
    places: frozenset[str]
    about_asf: bool = True

    @classmethod
    def of(cls, kpis: Sequence[Kpi], association: Association, about_asf: bool = True) -> KpiBook:
        """Build a book from labels and the further names of `definitions/kpi_names.csv`."""
        further: dict[str, list[str]] = {}
        for line in definition_lines("kpi_names.csv"):
            further.setdefault(line["key"], []).append(line["name"])
        names = {kpi.key: (kpi.label, kpi.key.replace("_", " "), *further.get(kpi.key, ())) for kpi in kpis}
        told = (association.county, association.place, association.region, association.name)
        places = {word for text in told for word in _tokens(text)}
        places |= {word.removesuffix("s") for word in places}
        return cls(tuple(kpis), names, frozenset(places), about_asf)

    def match(self, text: str) -> Match:
        """Find the KPI that a text names."""
        words = self.words_of(text)
        if not words or (words == ("asf",) and not _COUNTED.search(plain(text))):
            return Match(None)
        scores = {kpi.key: max(_likeness(words, name) for name in self._forms[kpi.key]) for kpi in self.kpis}
        sure = [kpi for kpi in self.kpis if scores[kpi.key] == 1]
        if len(sure) == 1:
            return Match(sure[0])
        near = sure or [kpi for kpi in self.kpis if scores[kpi.key] >= _ALIKE]
        return Match(None, tuple(sorted(near, key=lambda kpi: -scores[kpi.key])))

    def another_by_heading(self, name: str, heading: str, kpi: Kpi) -> bool:
        """Tell whether a name that does not say ASF stands under a heading with words of other KPIs.

        *Antal deltagare* under *Utbildningar* are not those of the enterprises.
        """
        if "asf" in _tokens(name) or name == heading or len(self.words_of(name)) > 1:
            return False
        own = {word for name in self._forms[kpi.key] for word in name}
        others = {
            word for key, names in self._forms.items() if key != kpi.key for name in names for word in name
        }
        return bool((set(self.words_of(heading)) & others) - own)

    def words_of(self, text: str) -> tuple[str, ...]:
        """Give the stems of a text's telling words, in order.

        >>> KpiBook((), {}, frozenset({"gävleborg"})).words_of("Antal deltagare i ASF i Gävleborg")
        ('deltag',)
        """
        tokens = [word for word in _tokens(text) if word not in self.places]
        empty = empty_words()
        telling = [word for word in tokens if word not in empty]
        if not telling:
            telling = [word for word in tokens if empty[word]]
        told = (stem(word) for word in telling)
        stems = tuple(dict.fromkeys("asf" if word == "företag" and self.about_asf else word for word in told))
        without = tuple(word for word in stems if word != "asf")
        return without if self.about_asf and not {"verksam", "aktiv"}.issuperset(without) else stems

    @cached_property
    def _forms(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        return {
            key: tuple({self.words_of(name) for name in names} - {()}) for key, names in self.names.items()
        }


def _tokens(text: str) -> list[str]:
    bare = plain(text)
    for figure in reversed(find_figures(bare)):
        bare = f"{bare[: figure.start]} {bare[figure.end :]}"
    bare = _COUNTYWIDE.sub("länsövergripande", _OTHERS.sub(" ", bare))
    return re.findall(r"[a-zåäöéü]+", _ENTERPRISES.sub(" asf ", bare))


def stem(word: str) -> str:
    """Cut a word's endings, so that its inflected forms are alike; it need not be a word any more.

    >>> stem("utbildningar") == stem("utbildningen"), stem("deltagarna") == stem("deltagare")
    (True, True)
    >>> stem("anställd") == stem("tillsvidareanställd")
    False
    """
    if word.startswith(tuple(MONTHS.split("|"))) and len(word) < _SHORTEST:
        return word
    cut = True
    while cut:
        cut = False
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
                word, cut = word.removesuffix(ending), True
                break
    return re.sub(r"([a-zåäö])\1$", r"\1", word)


def _likeness(words: Sequence[str], name: Sequence[str]) -> float:
    """Give how many of the words of both are the same: 1 where all are, also if written together or apart."""
    if set(words) == set(name) or "".join(words) == "".join(name):
        return 1
    left, right = set(words) - set(name), set(name) - set(words)
    pairs = list(_misspelt(left, right))
    same = len(set(words) & set(name)) + len(pairs)
    total = len(set(words) | set(name)) - len(pairs)
    return 1 if same == total else same / total


def _misspelt(left: Iterable[str], right: Iterable[str]) -> Iterator[tuple[str, str]]:
    rest = sorted(right)
    for word in sorted(left):
        near = [other for other in rest if len(word) >= LONG_WORD and fuzz.ratio(word, other) >= NEAR_SCORE]
        if len(near) == 1 and near[0].endswith("anställd") == word.endswith("anställd"):
            rest.remove(near[0])
            yield word, near[0]
