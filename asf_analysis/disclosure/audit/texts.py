"""What running text tells of the people of tables: charts' alternative texts, and sentences.

Read with care: only a number that stands beside one row's name, and beside the word for what it counts, is
taken for that row's figure. It gives way where it cannot be true beside what the tables tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from asf_analysis.disclosure.audit.cells import (
    COMPONENT,
    ROLE,
    SEX,
    SEXES,
    TOTAL,
    Cell,
    Fact,
    Figure,
    Reading,
    Spot,
    number_in,
)
from asf_analysis.disclosure.audit.pages import Page

NUMBER = r"([+−-]?\d[\d\s]*(?![\d,]))"
WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
OF_ROLES = {
    "deltagare": "Deltagare",
    "deltagarna": "Deltagare",
    "anställda": "Anställda",
    "tillsvidareanställda": "Tillsvidareanställda",
}
TOGETHER = re.compile(rf"^(.+): {NUMBER} tillsammans$")
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZÅÄÖ])|;\s")
PEOPLE = "|".join(("kvinnor", "män", "kvinna", "man", *OF_ROLES))
A_PERSON = rf"(?:{NUMBER}|\b({'|'.join(WORDS)})) (?:av dem )?({PEOPLE})\b"
DATES = re.compile(r"\b\d{1,2} [a-zå-ö]+ \d{4}\b|\b\d{4}\b|\b[\d,]+ procent\w*")

Rows = Mapping[str, Mapping[tuple[str, str], Figure]]
"""By a table's caption: the figure of each row's name and sex ("total" for all)."""


def told_in_texts(page: Page, cells: Sequence[Cell]) -> Reading:
    """Give what a page's texts tell of rows in its tables; `cells` are all that its tables tell."""
    rows = _rows_of(cells)
    read: list[Cell] = []
    facts: list[Fact] = []
    for chart in page.charts:
        own: dict[tuple[str, str], Figure] = {}
        for caption in chart.captions:
            own |= rows.get(caption, {})
        for text in chart.texts:
            for sentence in re.split(r"\.\s+|\.$", text):
                read += _of_chart(sentence, own, page.file)
                facts += _together(sentence, own)
    everywhere: dict[tuple[str, str, str], Figure] = {}
    for named in rows.values():
        everywhere |= {
            (row, sex, role): figure
            for (row, sex), figure in named.items()
            if (role := figure.value(ROLE)) and figure.value(COMPONENT) is None
        }
    for paragraph in page.paragraphs:
        for sentence in SENTENCE.split(paragraph):
            read += _of_sentence(sentence, everywhere, page.file)
    return Reading(tuple(read), tuple(facts))


def _rows_of(cells: Sequence[Cell]) -> dict[str, dict[tuple[str, str], Figure]]:
    rows: dict[str, dict[tuple[str, str], Figure]] = {}
    for cell in cells:
        sex = cell.figure.value(SEX) or TOTAL
        if cell.spot.table and cell.figure.dimensions - {ROLE, SEX}:
            rows.setdefault(cell.spot.table, {})[cell.spot.row, sex] = cell.figure
    return rows


def _of_chart(sentence: str, rows: Mapping[tuple[str, str], Figure], page: str) -> Iterator[Cell]:
    """Read *Hofors: kvinnor 3, män 7* and *Startade företag: +16* of a chart."""
    label, colon, told = sentence.partition(": ")
    if not colon:
        return
    for part in told.split(", "):
        word, _, number = part.rpartition(" ")
        sex = SEXES.get(word.casefold(), "" if word else TOTAL)
        value = None if "," in number else number_in(number)  # 5,0 is a rate
        figure = rows.get((label, sex))
        if value is not None and figure is not None:
            yield Cell(Spot(page, "bildens text", label, word), figure, "shown", value, value, doubtful=True)


def _together(sentence: str, rows: Mapping[tuple[str, str], Figure]) -> Iterator[Fact]:
    """Read *Startade företag och avslutade företag: +14 tillsammans* of a chart."""
    found = TOGETHER.match(sentence)
    if not found:
        return
    text = found[1].casefold()
    named = [label for label, sex in rows if sex == TOTAL and label.casefold() in text]
    value = number_in(found[2])
    if len(named) >= 2 and value is not None:
        yield Fact({rows[label, TOTAL]: 1.0 for label in named}, value, value, doubtful=True)


def _of_sentence(sentence: str, rows: Mapping[tuple[str, str, str], Figure], page: str) -> Iterator[Cell]:
    """Read *I Hofors var 3 av deltagarna kvinnor*-like sentences: one row's name, and counts of people."""
    text = DATES.sub("", sentence)
    named = {row for row, _, _ in rows if not any(letter.isdigit() for letter in row)}
    labels = {row for row in named if re.search(rf"\b{re.escape(row)}\b", text)}
    roles = {OF_ROLES[word] for word in re.findall(r"\w+", text.casefold()) if word in OF_ROLES}
    if len(labels) != 1 or len(roles) != 1 or "per 10" in text:
        return
    [label], [role] = labels, roles
    for digits, word, what in re.findall(A_PERSON, text):
        value = number_in(digits) if digits else float(WORDS.index(word.casefold()))
        sex = {"kvinna": "women", "man": "men"}.get(what) or SEXES.get(what, TOTAL)
        figure = rows.get((label, sex, role))
        if value is not None and figure is not None:
            spot = Spot(page, "", label, f"löptexten, {what}")
            yield Cell(spot, figure, "shown", value, value, doubtful=True)
