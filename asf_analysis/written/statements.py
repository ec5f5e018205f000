"""Figures in running text: *Tre utbildningar har genomförts*, *Målet var att 30 organisationer …*.

A figure is a KPI's where the KPI's noun comes right after it and the sentence tells of the same thing
(`definitions/kpi_phrases.csv`), or where it stands alone in a sentence about that KPI. What is only a part of
the year, of the county or of the whole is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from asf_analysis.definitions import definition_lines
from asf_analysis.kpis.registry import Kpi
from asf_analysis.swedish.numbers import plain
from asf_analysis.written.figures import Figure, find_figures, sentences_of
from asf_analysis.written.labels import DAY, Role
from asf_analysis.written.matching import KpiBook
from asf_analysis.written.passages import Passage

_AIM = re.compile(r"\b(?:mål(?:et|en|bild(?:en)?|sättning(?:en)?|värde(?:t)?)?)\b(?! och resultat|grupp)")
_AIM_MET = re.compile(
    r"mål\w* (?:nåddes|uppnåddes|uppfylldes|överträffades|har (?:upp)?nåtts|är (?:upp)?nått)"
)
_OUTCOME = re.compile(r"\b(?:resultat(?:et)?|utfall(?:et)?|blev|nådde|nåddes|uppgick|har|fick|hade)\b")
_START = re.compile(
    r"(?:vid|i) (?:årets|periodens) (?:början|ingång|start)|ingången av året|\b(?:den )?1 januari"
    r"|[0-9]{4}-01-01|(?:ut|in)gångs(?:läge|värde)t?\b|startvärdet?\b"
)
_FROM = re.compile(r"\bfrån (?:\w+ ){0,2}$")
_PLANNED = re.compile(r"\b(?:ska|skall|skulle|kommer att|planeras|planerar|bör|vill)\b")
_PART_OF_YEAR = re.compile(
    r"\b(?:under|i|på) (?:våren|hösten|sommaren|första|andra|tredje|fjärde|januari|februari|mars|april|maj"
    r"|juni|juli|augusti|september|oktober|november)\b|halvåret|kvartalet|\bvarje\b|\bvarav\b|\bde flesta\b"
)
_ALONE = re.compile(r"^\W*(?:$|[.,;:()–-]|(?:har|hade|är|var|blev|och|till|vid|i|under|mot|jämfört|av)\b)")
_INTRODUCED = re.compile(
    r"\b(?:blev|var|vara|bli|är|till|från|på|mot|om|mål|målet|nådde|nu"
    r"|(?:ut|in)gångs(?:läge|värde)t?|startvärdet?) (?:bara |endast |nu )?$"
)
"""What leads to a figure without a noun."""

_SUBJECT = re.compile(
    r"\bantal(?:et)? ([^,.;:]{3,80}?) (?:var|är|ökade|minskade|uppgick|har|låg|blev|steg)\b"
)
_LECTURES = re.compile(r"\bföreläs\w*")
_PLACES = re.compile(r"\bi ((?:[A-ZÅÄÖ][\wåäöé-]+(?:, | och | samt |, och )?)+)")


@dataclass(frozen=True)
class Statement:
    """A figure that a sentence tells of a KPI; `names` are the places that it lists."""

    key: str
    role: Role
    amount: float
    approximate: bool
    passage: Passage
    sentence: str
    labelled: bool = False
    names: tuple[str, ...] = ()


@cache
def _phrases() -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {
        line["key"]: (
            re.compile(rf"(?:(?!och |i |av )[\wåäö/-]+[ -]){{0,2}}(?:{line['noun'].lower()})(?![\wåäö])"),
            re.compile(rf"(?<![\wåäö])(?:{line['together_with'].lower()})(?![\wåäö])"),
        )
        for line in definition_lines("kpi_phrases.csv")
    }


def statements_in(
    text: str, passage: Passage, book: KpiBook, year: int, places: Sequence[str], about: Kpi | None = None
) -> Iterator[Statement]:
    """Find what a text tells of our KPIs; `about` is the one whose heading it stands under."""
    context = about.key if about else ""
    for sentence in sentences_of(text):
        context = _subject(sentence, book) or context
        yield from _lectures(sentence, passage, places)
        figures = find_figures(sentence)
        keys = [_key_of(figure, sentence, context) for figure in figures]
        named = set(filter(None, keys))
        context = named.pop() if len(named) == 1 else context
        for place, figure in enumerate(figures):
            start = figures[place - 1].end if place else 0
            led = _INTRODUCED.search(sentence[start : figure.start].lower()) and _ALONE.match(figure.after)
            key = keys[place] or (context if led else "")
            role = _role(sentence, figure, start)
            if key and _holds(sentence, figure, start, role, year, places):
                yield Statement(key, role, figure.amount, figure.approximate, passage, sentence)


def _subject(sentence: str, book: KpiBook) -> str:
    found = _SUBJECT.search(plain(sentence))
    matched = book.match(found[1]).kpi if found else None
    return matched.key if matched else ""


def _key_of(figure: Figure, sentence: str, context: str) -> str:
    keys = [
        key
        for key, (noun, together) in _phrases().items()
        if noun.match(figure.after) and (key == context or together.search(sentence.lower()))
    ]
    return keys[0] if len(keys) == 1 else ""


def _role(sentence: str, figure: Figure, start: int) -> Role:
    before = sentence[start : figure.start].lower()
    after = sentence[figure.end :].lower()
    if _FROM.search(before) and re.match(r"[^.;]{0,40}\btill\b", after):
        return "baseline"
    if _AIM.search(before) and not _AIM_MET.search(before):
        told = _OUTCOME.search(before[_AIM.search(before).end() :])  # type: ignore[union-attr]
        if not told or re.search(r"\b(?:hade|har) (?:vi )?(?:som )?mål", before):
            return "target"
    if _START.search(before) or re.match(rf"[^,.;0-9]{{0,40}}{_START.pattern}", after):
        return "baseline"
    return "result"


def _holds(sentence: str, figure: Figure, start: int, role: Role, year: int, places: Sequence[str]) -> bool:
    """Tell whether a figure is of the year and of the whole."""
    lowered = sentence.lower()
    if figure.partial or figure.percent:
        return False
    years = {int(told) for told in re.findall(r"\b(20[0-9]{2})\b", sentence)}
    if role == "target":
        return not years or year in years
    if years and year not in years and not (role == "baseline" and years == {year - 1}):
        return False
    before = re.split("[,;:]", lowered[start : figure.start])[-1]
    after = re.split("[,;:]", lowered[figure.end :])[0]
    if role == "result" and (_PLANNED.search(before) or _PLANNED.match(after.strip())):
        return False
    if re.search(rf"\bi (?:{'|'.join(map(re.escape, places))})\b", sentence):
        return False
    dates = {told[5:10] for told in re.findall(DAY, sentence) if re.fullmatch(r"[0-9-]{10}", told)}
    return not _PART_OF_YEAR.search(before + "#" + after) and (
        role == "baseline" or "01-01" not in dates or len(dates) > 1
    )


def _lectures(sentence: str, passage: Passage, places: Sequence[str]) -> Iterator[Statement]:
    """Find lectures outside the county, which are named by their places."""
    told, listed = _LECTURES.search(sentence.lower()), _PLACES.search(sentence)
    if not told or not listed or _PLANNED.search(sentence.lower()):
        return
    names = tuple(filter(None, re.split(r", och |, | och | samt ", listed[1].strip(" ,"))))
    if len(names) < 2 or set(names) & set(places):
        return
    counted = [one for one in find_figures(sentence) if one.after.startswith("föreläsning")]
    if not counted or [one.amount for one in counted] == [len(names)]:
        yield Statement("external_lectures", "result", len(names), False, passage, sentence, names=names)
