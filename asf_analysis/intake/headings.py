"""Headings as people and forms write them, and the columns they name by `definitions/columns.csv`.

A question is never taken for another. A heading is known where its words are those of columns.csv, whatever
the case, spaces, punctuation, numbering or required mark around them; nearly known where it only adds an
explanation in parentheses that limits nothing, or misspells long words of one column's heading alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from asf_analysis.definitions import definition_lines
from asf_analysis.intake.schemas import COUNTS
from asf_analysis.swedish.numbers import Cell, plain

COLUMNS_FILE = "asf_analysis/definitions/columns.csv"

OPTIONAL = {
    "enterprises": frozenset({"former_name", "legal_form", "industry", "end_reason"}),
    "responses": frozenset({"round", "name", "municipality", "comment"}),
    "activities": frozenset({"activity", "party", "place", "others"}),
    "trainings": frozenset({"commissioned_by", "municipality"}),
    "support_structures": frozenset({"form", "meetings_per_year"}),
    "supervised_places": frozenset({"participants"}),
}
"""Columns that a file may lack; they are then without an answer."""

_IN_PLACE_OF = {("responses", "organisation_number"): "name"}
"""Columns that a file may lack where it has another that tells the same."""

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NUMBERING = re.compile(r"^\(?(?:fråga |nr )?[0-9]{1,2}(?:\.[0-9]{1,2})?[a-z]?[.):] ?(?=[^0-9])")
_COUNTED = re.compile(r"[(\[](?:i |ange )?(?:antal|st|stycken)\.?[)\]]|, antal(?= *[?:*.]*$)")
_EXPLAINED = re.compile(r"(.+?) ?\(([^()]+)\)[ ?:*.]*")
_WORD = re.compile(r"[^\W_]+|[^\w\s.,:;!?*()\[\]{}/\\'\"\-…”“’‘´`·•]")
_DAY = re.compile(
    r"\b(?:(?:[0-9]{1,2} )?(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november"
    r"|december)(?: [0-9]{4})?|[0-9]{4}-[0-9]{2}-[0-9]{2}|(?:19|20)[0-9]{2})\b"
)


def may_lack(table: str, column: str, present: Container[str | None]) -> bool:
    """Tell whether a file may lack a column, given those that it has."""
    other = _IN_PLACE_OF.get((table, column))
    return column in OPTIONAL[table] or (other is not None and other in present)


@dataclass(frozen=True)
class Heading:
    """A heading that a column has had, and the first year it was used (0: always)."""

    column: str
    text: str
    since: int


@dataclass(frozen=True)
class Headings:
    """All headings that one table's columns have had.

    `exact` maps the form of each to its column, and `words` are all words in them, without accents.
    """

    table: str
    known: tuple[Heading, ...]
    exact: Mapping[str, str]
    words: frozenset[str]

    @classmethod
    def of(cls, table: str, region: str) -> Headings:
        """Give a table's headings by columns.csv, with the association's region in its place.

        >>> Headings.of("responses", "Region Skåne").find("7. Deltagare från Region Skåne, män *")
        'from_region_men'
        """
        known = tuple(
            Heading(line["column"], line["heading"].format(region=region), int(line["since"] or 0))
            for line in definition_lines("columns.csv")
            if line["table"] == table
        )
        forms = [(form, heading.column) for heading in known for form in _forms(heading, table)]
        named = dict(forms)
        contested = {form for form, column in forms if named[form] != column}
        exact = {form: column for form, column in forms if form not in contested}
        return cls(table, known, exact, frozenset(word for form in named for word in _bare(form)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The table's raw columns, in the order of columns.csv."""
        return tuple(dict.fromkeys(heading.column for heading in self.known))

    def expected(self, column: str, year: int) -> str:
        """Give the heading that a column should have in a year: the first of the newest in use by then."""
        texts = [heading for heading in self.known if heading.column == column]
        in_use = [heading for heading in texts if heading.since <= year] or texts
        return max(in_use, key=lambda heading: heading.since).text

    def find(self, text: str) -> str | None:
        """Recognise a heading's column: exactly, or where it is near one column's headings alone."""
        return self.exact.get(_form(text)) or self._explained(text) or self._misspelt(text)

    def nearest(self, text: str, count: int = 3) -> tuple[str, ...]:
        """Give the headings most like a text, one a column, for a person to choose from."""
        forms = [" ".join(_bare(_form(heading.text))) for heading in self.known]
        written = " ".join(_bare(_form(text)))
        likest = process.extract(written, forms, scorer=fuzz.ratio, limit=None)
        found: dict[str, str] = {}
        for _, _, place in likest:
            found.setdefault(self.known[place].column, self.known[place].text)
        return tuple(found.values())[:count]

    def is_exact(self, text: str) -> bool:
        """Tell whether a heading has the words of columns.csv, whatever signs stand around them."""
        return _form(text) in self.exact

    def count_known(self, row: Sequence[Cell]) -> int:
        """Count the columns whose headings stand in a row of cells, but for misspellings."""
        texts = [cell for cell in row if isinstance(cell, str)]
        found = {self.exact.get(_form(text)) or self._explained(text) for text in texts}
        return len(found - {None})

    def _explained(self, text: str) -> str | None:
        """Recognise a heading with an explanation after it, where the explanation limits nothing."""
        parts = _EXPLAINED.fullmatch(plain(text))
        return self.exact.get(_form(parts[1])) if parts and self._is_harmless(parts[2]) else None

    def _is_harmless(self, explanation: str) -> bool:
        """Tell whether an explanation, dates aside, leaves the question as it is."""
        dated = _DAY.sub("", explanation)
        words = _form(dated).split()
        if not all(word.isalpha() for word in words) or _words_that("limits").intersection(words):
            return False
        telling = " ".join(word for word in words if word not in _words_that("connects"))
        if self.words.intersection(_bare(telling)):
            return False
        return len(words) != 1 or dated != explanation or words[0] in _words_that("harmless")

    def _misspelt(self, text: str) -> str | None:
        written = _bare(_form(text))
        near = {column for form, column in self.exact.items() if self._is_near(written, _bare(form))}
        return near.pop() if len(near) == 1 else None

    def _is_near(self, written: list[str], known: list[str]) -> bool:
        """Tell whether words are those known, misspelt, or parted and joined otherwise."""
        if "".join(written) == "".join(known):
            return _numbers(written) == _numbers(known)
        return len(written) == len(known) and all(map(self._is_near_word, written, known))

    def _is_near_word(self, written: str, known: str) -> bool:
        """Tell whether a word is a known one misspelt: a long one, begun alike, and no other known word."""
        if written == known or len(known) < 6 or written in self.words or not known.isalpha():
            return written == known
        limit = 2 if len(known) >= 9 else 1
        return written[:2] == known[:2] and OSA.distance(written, known, score_cutoff=limit) <= limit


def form_columns(headings: Sequence[str]) -> int:
    """Count the columns from the left that a form's tool wrote by itself: who answered, and when.

    They are such only in the tool's own order and where one of them tells the time; one that stands there
    again is a question.

    >>> form_columns(["ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Namn", "Kommun"])
    5
    >>> form_columns(["Tidsstämpel", "Namn", "Kommun"]), form_columns(["Namn", "E-post"])
    (1, 0)
    """
    forms = [_form(heading) for heading in headings]
    return max(_leading(forms, own) for own in _tools())


@cache
def _words_that(role: str) -> frozenset[str]:
    """Give the words that limit a question, or connect its words, or are harmless alone, in parentheses."""
    return frozenset(line["word"] for line in definition_lines("explanations.csv") if line["role"] == role)


@cache
def _tools() -> tuple[dict[str, bool], ...]:
    """Give, for each tool, the forms of its own headings, and whether each tells a time."""
    tools: dict[str, dict[str, bool]] = {}
    for line in definition_lines("form_columns.csv"):
        tools.setdefault(line["form"], {})[_form(line["heading"])] = line["tells_time"] == "ja"
    return tuple(tools.values())


def _leading(forms: Sequence[str], own: Mapping[str, bool]) -> int:
    """Count the headings from the left that are a tool's own in the tool's order, if one tells the time."""
    order, count, last = list(own), 0, -1
    while count < len(forms) and forms[count] in order[last + 1 :]:
        last = order.index(forms[count])
        count += 1
    return count if any(own[form] for form in forms[:count]) else 0


@lru_cache(maxsize=1024)
def _form(heading: str) -> str:
    """Give a heading's form for comparison: its words, and signs that mean something, such as % and <.

    The same few texts are asked about again and again while a header row is sought.
    """
    text = plain(unicodedata.normalize("NFC", _HIDDEN.sub("", heading)))
    return " ".join(_WORD.findall(_COUNTED.sub("", _NUMBERING.sub("", text, count=1))))


def _forms(heading: Heading, table: str) -> tuple[str, ...]:
    """Give the forms of a known heading; that of a count may say *antal* first, or leave it out."""
    form = _form(heading.text)
    if heading.column not in COUNTS[table] or form.startswith("hur "):
        return (form,)
    return (form, form.removeprefix("antal ") if form.startswith("antal ") else f"antal {form}")


def _bare(form: str) -> list[str]:
    """Give a form's words without dots, rings and accents, which are lost when letters are."""
    letters = unicodedata.normalize("NFD", form)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).split()


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.isalpha()]
