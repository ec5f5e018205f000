"""Plain text: paragraphs between blank lines, whose lines may have been broken anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from asf_analysis.errors import UnreadableReport
from asf_analysis.swedish.numbers import without_invisible
from asf_analysis.written.limits import Meter
from asf_analysis.written.passages import Passage

BULLET = re.compile(r"(?:[-–—•·▪●○◦*‣»\uf0b7\uf0a7]|o(?= ))\s*(?=\S)")
"""The sign before a point of a list; a dash may stand without a space."""

BULLET_ALONE = re.compile(r"[-–—•·▪●○◦*‣»\uf0b7\uf0a7]")
LONGEST = 20_000
"""Signs of a paragraph: what is longer is nothing that anybody wrote."""

_ENCODINGS = ("utf-8-sig", "cp1252")
_COLUMNS = re.compile(r"\t+ *| {3,}|\s*\|\s*")
_LABEL = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?: [0-9]{1,4}|(?: [a-zåäö]+){0,2} [0-9-]{10})?:(?:\s|$)")
"""A word and a colon, as *Resultat:* and *Verksamma 2018-01-01:*, begins a line of its own."""

_LEADING_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]\s")


def read_text_report(path: Path) -> tuple[Passage, ...]:
    """Read a text file in UTF-8, UTF-16 with its mark, or Windows-1252."""
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return passages_of_text(content.decode("utf-16", errors="replace"), path.name)
    if b"\0" in content[:10_000]:
        raise UnreadableReport(
            f"{path.name}: Filen är ingen textfil. Spara rapporten som text, Word eller PDF."
        )
    for encoding in _ENCODINGS:
        try:
            return passages_of_text(content.decode(encoding), path.name)
        except UnicodeDecodeError:
            continue
    raise UnreadableReport(f"{path.name}: Textens tecken går inte att läsa. Spara filen som UTF-8.")


def passages_of_text(text: str, file: str) -> tuple[Passage, ...]:
    """Cut a text into passages; rows with tabs, bars or wide gaps between cells are those of tables.

    >>> [one.text for one in passages_of_text("Resultat:\\n63st. insatser\\n\\n-Mål: 50", "rapport.txt")]
    ['Resultat: 63st. insatser', '- Mål: 50']
    """
    meter, found = Meter(file), list[Passage]()
    paragraphs = tables = row = 0
    for block in _blocks(text):
        rows = [tuple(_COLUMNS.split(line.strip().strip("|").strip())) for line in block]
        if len(rows) > 1 and min(map(len, rows)) > 1:
            tables, row = tables + 1, 0
            for cells in rows:
                if all(re.fullmatch(r"[-:=+ ]*", cell) for cell in cells):
                    continue
                row += 1
                meter.count("".join(cells))
                tidy_cells = tuple(map(tidy, cells))
                place = f"tabell {tables}, rad {row}"
                found.append(Passage(" | ".join(tidy_cells), place, cells=tidy_cells, table=tables))
            continue
        for paragraph in paragraphs_of(block):
            paragraphs += 1
            meter.count(paragraph)
            found.append(Passage(paragraph, f"stycke {paragraphs}"))
    return tuple(found)


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in re.split(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", text):
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield block
            block = []
    if block:
        yield block


def paragraphs_of(lines: Sequence[str]) -> Iterator[str]:
    """Join lines that were broken for want of room; a line that had room for the next word ended by intent.

    >>> list(paragraphs_of(["Under året har 32 organisa-", "tioner fått information", "om ASF.", "Mål: 30"]))
    ['Under året har 32 organisationer fått information om ASF.', 'Mål: 30']
    """
    width = max(len(line.strip()) for line in lines)
    paragraph = before = ""
    for line in map(str.strip, lines):
        had_room = len(before) + 1 + len(line.split()[0]) <= width
        anew = begins_anew(line, "" if had_room else before)
        anew = anew or len(paragraph) > LONGEST
        if paragraph and (anew or (had_room and not continues(before, line))):
            yield tidy(paragraph)
            paragraph = line
        else:
            paragraph = join_lines(paragraph, line)
        before = line
    yield tidy(paragraph)


def begins_anew(line: str, before: str = "") -> bool:
    """Tell whether a line begins a point of a list, or has a number or a label of its own.

    `before` is the line before, where that had no more room: a dash or a number can then stand within its
    sentence.

    >>> begins_anew("– Gävle"), begins_anew("– Gävle", before="kommunerna"), begins_anew("-Mål: 30", "av")
    (True, False, True)
    >>> begins_anew("2. Kunskap"), begins_anew("27. Utfall: 25", before="Målvärde:")
    (True, False)
    """
    point = BULLET.match(line)
    if point and re.match("[-–—]", line):
        within = before and not re.search(r"[.:;!?]$", before) and not _LABEL.match(line[point.end() :])
        point = None if within or re.match(r"[-–—]\s*[0-9]", line) else point
    numbered = _LEADING_NUMBER.match(line) and (not before or re.search(r"[.;!?]$", before))
    return bool(point or numbered or _LABEL.match(line))


def continues(before: str, line: str) -> bool:
    """Tell whether a line goes on with the sentence of the one before, wherever that was broken.

    >>> continues("fått information", "om ASF."), continues("om ASF.", "om oss"), continues("30", "mål: 5")
    (True, False, False)
    """
    return line[:1].islower() and not re.search(r"[.:;!?]$", before) and ":" not in line


def join_lines(before: str, line: str) -> str:
    """Join two lines of a paragraph; a word that was cut at a hyphen is made whole.

    >>> join_lines("organisa-", "tioner"), join_lines("ASF-", "utbildning"), join_lines("mål-", "och medel")
    ('organisationer', 'ASF-utbildning', 'mål- och medel')
    >>> join_lines("2016–", "2019"), join_lines("en", "rad")
    ('2016–2019', 'en rad')
    """
    if not before:
        return line
    if re.search(r"[\u00ad\ufffe\x02]$", before):
        return before[:-1] + line
    if re.search(r"[^\W\d_]-$", before) and not re.match(r"(?:och|eller|samt|respektive)\b", line):
        abbreviation = re.search(r"[A-ZÅÄÖ]{2,}-$", before)
        return before + line if abbreviation or not line[:1].islower() else before[:-1] + line
    if re.search(r"[0-9][-–]$", before) and line[:1].isdigit():
        return before + line
    return f"{before} {line}"


def tidy(text: str) -> str:
    """Give a passage with single spaces, composed letters and one sign before a point of a list.

    >>> tidy(" •  Målbild:  30\N{NO-BREAK SPACE}st "), tidy("-Resultat: 32")
    ('- Målbild: 30 st', '- Resultat: 32')
    """
    plain = " ".join(without_invisible(unicodedata.normalize("NFC", text)).split())
    if re.match(r"[-–—]\s*[0-9]", plain) and not re.match(r"[-–—]\s", plain):
        return plain
    point = BULLET.match(plain)
    return f"- {plain[point.end() :]}" if point else plain
