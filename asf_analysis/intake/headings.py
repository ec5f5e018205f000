"""Headings as people write them, and the columns they name by `definitions/columns.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from asf_analysis.swedish.names import NameBook
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


@dataclass(frozen=True)
class Heading:
    """A heading that a column has had, and the first year it was used (0: always)."""

    column: str
    text: str
    since: int


@dataclass(frozen=True)
class Headings:
    """All headings that one table's columns have had."""

    table: str
    known: tuple[Heading, ...]
    book: NameBook

    @classmethod
    def of(cls, table: str, region: str) -> Headings:
        """Give a table's headings by columns.csv, with the association's region in its place.

        >>> Headings.of("responses", "Region Skåne").find("Deltagare från Region Skåne män")
        'from_region_men'
        """
        known = tuple(
            Heading(line["column"], line["heading"].format(region=region), int(line["since"] or 0))
            for line in definition_lines("columns.csv")
            if line["table"] == table
        )
        book = NameBook.of((), variants={_form(heading.text): heading.column for heading in known})
        return cls(table, known, book)

    @property
    def columns(self) -> tuple[str, ...]:
        """The table's raw columns, in the order of columns.csv."""
        return tuple(dict.fromkeys(heading.column for heading in self.known))

    def expected(self, column: str, year: int) -> str:
        """Give the heading that a column should have in a year: the newest in use by then."""
        texts = [heading for heading in self.known if heading.column == column]
        in_use = [heading for heading in texts if heading.since <= year] or texts
        return max(in_use, key=lambda heading: heading.since).text

    def find(self, text: str) -> str | None:
        """Recognise a heading's column: exactly, or where it is near one column's headings alone."""
        match = self.book.find(_form(text))
        return match.name if match else None

    def nearest(self, text: str) -> tuple[str, ...]:
        """Give the headings most like a text, for a person to choose from."""
        texts = {heading.column: heading.text for heading in self.known}
        return tuple(texts[column] for column in self.book.nearest(_form(text)))

    def is_exact(self, text: str) -> bool:
        """Tell whether a heading is written as columns.csv has it, but for case, spaces and dashes."""
        return _form(text) in self.book.exact

    def count_known(self, row: Sequence[Cell]) -> int:
        """Count the columns whose headings stand, exactly, in a row of cells."""
        forms = (_form(cell) for cell in row if isinstance(cell, str))
        return len({self.book.exact[form].name for form in forms if form in self.book.exact})


def definition_lines(name: str) -> list[dict[str, str]]:
    """Read a file of `definitions/` as one dictionary per line."""
    text = files("asf_analysis").joinpath("definitions", name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def _form(heading: str) -> str:
    """Give a heading's form for comparison: as plain text, without the signs that end a question."""
    return plain(heading).rstrip(" :?*.")
