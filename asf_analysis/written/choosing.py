"""Choosing the figure that a part of a goal tells; where there could be two, none is chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from asf_analysis.definitions import definition_lines
from asf_analysis.kpis.registry import Kpi
from asf_analysis.swedish.numbers import plain
from asf_analysis.written.figures import Figure, find_figures, sentences_of
from asf_analysis.written.matching import empty_words, stem

_PEOPLE = frozenset({"personer", "person", "pers", "individer", "kvinnor och män"})
_STARTS_OTHERWISE = re.compile(r"^\W*(?:$|[.,;:()–-]|(?:har|hade|är|var|blev|ska|skall|skulle)\b)")
_BEFORE = re.compile(r"året innan|föregående år|förra året|året före|tidigare år")
_SHORT_COUNT = re.compile(r"\b(?:en|ett)\b")


@dataclass(frozen=True)
class Choice:
    """The figure that a text tells, or the reason why none could be chosen; neither where it has none."""

    figure: Figure | None = None
    reason: str = ""


def choose_figure(text: str, words: Sequence[str], kpi: Kpi | None) -> Choice:
    """Choose the figure in a text that counts what the words (stems) of a name say.

    >>> choose_figure("63st. insatser har genomförts", ("insats",), None).figure.amount
    63
    >>> choose_figure("3 träffar med 40 personer", ("politik",), None).reason
    'Flera tal kan vara det som menas.'
    """
    figures = [one for one in find_figures(text) if not _is_earlier(text, one)]
    figures = _without_explanations(text, figures)
    whole = [one for one in figures if not one.partial and (kpi is None or one.percent == _in_percent(kpi))]
    if not whole:
        return Choice(
            None, "Talet är en del, en ändring eller en andel av det som räknas." if figures else ""
        )
    told = [one for one in whole if _counts(one, words, kpi)]
    first = find_figures(sentences_of(text)[0])
    if len(whole) == 1 and (told or kpi is None):
        return Choice(whole[0])
    if len(told) == 1 and len(whole) > 1 and any(told[0].start == one.start for one in first):
        return Choice(told[0]) if _named(told[0], words, kpi) else Choice(None, _SEVERAL)
    in_first = [one for one in whole if one.end <= len(sentences_of(text)[0])]
    if len(in_first) == 1 and (in_first[0] in told or kpi is None):
        return Choice(in_first[0])
    return Choice(None, _SEVERAL if len(whole) > 1 else "Talet räknar kanske något annat.")


_SEVERAL = "Flera tal kan vara det som menas."


def _in_percent(kpi: Kpi) -> bool:
    return kpi.unit in ("procent", "%")


def _is_earlier(text: str, figure: Figure) -> bool:
    """Tell whether a figure is one of a year before, told beside this year's in parentheses."""
    opened = text.rfind("(", 0, figure.start)
    closed = text.find(")", figure.end)
    if opened < 0 or closed < 0 or ")" in text[opened : figure.start]:
        return False
    return bool(_BEFORE.search(plain(text[opened:closed])) or re.search(r"20[0-9]{2}", text[opened:closed]))


def _without_explanations(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Leave out figures in parentheses after another, as in *199 (120 kvinnor och 79 män)*."""
    return [
        one
        for place, one in enumerate(figures)
        if not place or text[: one.start].count("(") == text[: one.start].count(")")
    ]


def _counts(figure: Figure, words: Sequence[str], kpi: Kpi | None) -> bool:
    """Tell whether a figure can count what is named: by the words after it, or because none are there."""
    if figure.percent or _STARTS_OTHERWISE.match(figure.after):
        return True
    after = re.findall(r"[a-zåäöéü]+", figure.after)[:4]
    telling = [word for word in after if word not in empty_words()]
    if not telling or (kpi is not None and kpi.people and after[0] in _PEOPLE):
        return True
    return (after[0] in empty_words() and after[0] not in _PEOPLE) or _named(figure, words, kpi)


def _named(figure: Figure, words: Sequence[str], kpi: Kpi | None) -> bool:
    after = {stem(word) for word in re.findall(r"[a-zåäöéü]+", figure.after)[:4]}
    own = set(words)
    if kpi is not None:
        nouns = f"{kpi.singular} {kpi.plural} {kpi.unit}"
        own |= {stem(word) for word in re.findall(r"[a-zåäö]+", plain(nouns)) if word not in empty_words()}
    return bool(after & own) or "".join(re.findall(r"[a-zåäö]+", figure.after)[:2]) in own


@cache
def _statuses() -> re.Pattern[str]:
    written = sorted((line["written"] for line in definition_lines("report_statuses.csv")), key=len)
    return re.compile(rf"(?:{'|'.join(map(re.escape, reversed(written)))})(?![\wåäö])")


def find_status(text: str, anywhere: bool = False) -> str:
    """Give the status that a text begins with, or that one of its sentences tells; "" where none does.

    >>> find_status("Ej uppnått, styrgruppen är ett embryo"), find_status("Ja, 32 organisationer")
    ('ej uppnått', 'uppnått')
    >>> find_status("Uppnåtts har inget"), find_status("Vi var 32. Målet nåddes inte.", anywhere=True)
    ('', 'ej uppnått')
    """
    given = {line["written"]: line["status"] for line in definition_lines("report_statuses.csv")}
    if found := _statuses().match(plain(text)):
        return given[found[0]]
    for sentence in sentences_of(text) if anywhere else ():
        found = _statuses().match(plain(sentence))
        if found and len(found[0].split()) > 1:
            return given[found[0]]
    return ""
