"""Labels: the words before a colon that say what a passage tells, as *Målbild:* and *Utfall 2018:*."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

from asf_analysis.definitions import definition_lines
from asf_analysis.swedish.dates import read_date
from asf_analysis.swedish.numbers import plain

Role = Literal["target", "result", "baseline", "name", "status", "comment", "earlier", "dated", "unclear", ""]
"""What a part of a passage tells; `earlier` is a year before the report's, `dated` a state on a day,
`unclear` figures in a table whose headings do not say what they are."""

MONTHS = "jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec"
DAY = (
    rf"(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|(?:den )?[0-9]{{1,2}}/[0-9]{{1,2}}[ -][0-9]{{4}}"
    rf"|(?:den )?[0-9]{{1,2}}(?::?[ae])? (?:{MONTHS})[a-zåäö]*\.? [0-9]{{4}})"
)
_TIME = rf"(?:[, ]*(?:(?:den|per|för|år|under|i|vid|efter|från) )*\(?({DAY}|20[0-9]{{2}})\)?)"
_NUMBER = r"(?: ?(?:nr\.? ?)?[0-9]{1,2}(?:\.[0-9]{1,2})*(?![0-9])[a-e]?)?"
_LEAD = r"(?:- )?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]? )?"
_DATED_FIRST = re.compile(rf"{_LEAD}([^:.!?]{{0,60}}?) ?\(?({DAY})\)? ?:(?= ?\S) ?", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"({DAY}) ?: ?", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A piece of a passage with what it tells; `day` and `year` as far as its label says."""

    role: Role
    text: str
    day: date | None = None
    year: int | None = None


@cache
def label_words() -> dict[str, Role]:
    """Give the labels that reports use, and what each tells (`definitions/report_labels.csv`)."""
    roles: dict[str, Role] = {role: role for role in get_args(Role)}
    return {line["word"]: roles[line["role"]] for line in definition_lines("report_labels.csv")}


@cache
def _label() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, label_words()), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({words}){_NUMBER}{_TIME}?(?: ?\([^)]{{0,30}}\))? ?:(?!\w)", re.IGNORECASE)


@cache
def _label_and_dash() -> re.Pattern[str]:
    """Give a label that a dash parts from what it tells; it must stand first."""
    words = "|".join(sorted(map(re.escape, label_words()), key=len, reverse=True))
    return re.compile(rf"{_LEAD}({words}){_NUMBER}{_TIME}? [–—-] (?=\S)", re.IGNORECASE)


@cache
def _label_alone() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, label_words()), key=len, reverse=True))
    return re.compile(rf"{_LEAD}({words}){_NUMBER}{_TIME}?", re.IGNORECASE)


def read_label(text: str) -> Part | None:
    """Read a text that is a label and nothing else, such as a table's heading; None for any other.

    >>> read_label("Utfall 2018"), read_label("Utfall av enkäten")
    (Part(role='result', text='', day=None, year=2018), None)
    """
    found = _label_alone().fullmatch(text.strip().rstrip(":").strip())
    return _part(found[1], found[2], "") if found else None


def parts_of(text: str) -> tuple[Part, ...]:
    """Cut a passage at its labels; what stands before the first has no role.

    >>> parts_of("- Målbild: 2018-12-31: 30 aktivt verksamma ASF.")
    (Part(role='target', text='30 aktivt verksamma ASF.', day=datetime.date(2018, 12, 31), year=2018),)
    >>> [(part.role, part.text) for part in parts_of("Indikator: Antal kurser. Mål: 5. Utfall: 3")]
    [('name', 'Antal kurser.'), ('target', '5.'), ('result', '3')]
    >>> parts_of("Verksamma 2018-01-01: 25 ASF")[0].role
    'dated'
    """
    labels = [found for found in _label().finditer(text) if _begins_part(text, found)]
    if not labels and (before_dash := _label_and_dash().match(text)):
        labels = [before_dash]
    if not labels:
        return _dated_part(text)
    parts = [_unlabelled(text[: labels[0].start()])]
    ends = [*(found.start() for found in labels[1:]), len(text)]
    parts += [
        _part(found[1], found[2], text[found.end() : end].strip(" ,;|"))
        for found, end in zip(labels, ends, strict=True)
    ]
    return tuple(part for part in parts if part.role or part.text)


def _begins_part(text: str, found: re.Match[str]) -> bool:
    """Tell whether a label begins something: it stands first, or after a mark, or with a capital letter."""
    before = text[: found.start()].rstrip()
    return not before or bool(re.search(r"[.;,|)(:–-]$|^[0-9.]+$", before)) or found[1][0].isupper()


def _unlabelled(text: str) -> Part:
    stripped = text.strip(" ,;|-–(")
    return Part("", "" if re.fullmatch(r"[0-9.)]*", stripped) else stripped)


def _dated_part(text: str) -> tuple[Part, ...]:
    found = _DATED_FIRST.match(text)
    if not found:
        return (Part("", text),)
    day = day_of(found[2])
    return (Part("dated", text[found.end() :], day, day.year if day else None),)


def _part(word: str, time: str | None, text: str) -> Part:
    day, year = day_of(time or ""), None
    if found := _DAY_FIRST.match(text):
        day, text = day_of(found[1]), text[found.end() :]
    if day:
        year = day.year
    elif time:
        year = int(time)
    return Part(label_words()[plain(word)], text, day, year)


def day_of(text: str) -> date | None:
    """Give the day that a text is; None for any other text.

    >>> day_of("31 december 2018"), day_of("2018")
    (datetime.date(2018, 12, 31), None)
    """
    if not re.fullmatch(DAY, text, re.IGNORECASE):
        return None
    try:
        return read_date(text)
    except ValueError:
        return None
