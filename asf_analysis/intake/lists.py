"""The small lists that people keep as CSV beside the raw data: targets, published figures, corrections."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from asf_analysis.errors import DataFaults, Fault
from asf_analysis.intake.delimited import read_text

DELIMITERS = (";", "\t", ",")

Read = TypeVar("Read")


@dataclass
class Line:
    """One line of a list: its cells by heading, where it stands, and the faults found while reading it."""

    file: str
    number: int
    cells: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def text(self, heading: str) -> str:
        """Give a cell's text; "" where it is blank or the list lacks the column."""
        return (self.cells.get(heading) or "").strip()

    def read(self, heading: str, reader: Callable[[str], Read], remedy: str) -> Read | None:
        """Read a cell; a text that the reader refuses with ValueError becomes a fault, and gives None."""
        try:
            return reader(self.text(heading))
        except ValueError as refusal:
            self.fault(heading, str(refusal), remedy)
            return None

    def fault(self, heading: str, problem: str, remedy: str) -> None:
        """Note a fault in one of the line's cells."""
        self.faults.append(Fault(self.file, problem, remedy, row=self.number, column=heading))


def read_list(path: Path, name: str, required: Sequence[str]) -> tuple[Line, ...]:
    """Read a list with `;`, tab or `,` between its cells; none where there is no file; blank lines are none.

    `name` is what faults call the file. Raises DataFaults for a file that cannot be read, and for missing
    columns.
    """
    if not path.exists():
        return ()
    try:
        text = read_text(path)
    except (OSError, UnicodeError) as error:
        raise DataFaults(
            [
                Fault(
                    name,
                    "Filen går inte att läsa.",
                    "Spara den som CSV i UTF-8, och kontrollera att du får läsa den.",
                )
            ]
        ) from error
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    missing = [heading for heading in required if heading not in (lines.fieldnames or ())]
    if missing:
        raise DataFaults(
            Fault(
                name,
                f"Filen saknar kolumnen ”{heading}”.",
                f"Första raden ska ha rubrikerna {', '.join(required)}.",
                row=1,
                column=heading,
            )
            for heading in missing
        )
    numbered = [(lines.line_num, cells) for cells in lines]
    return tuple(
        Line(name, number, {key: value for key, value in cells.items() if isinstance(key, str)})
        for number, cells in numbered
        if any(isinstance(value, str) and value.strip() for value in cells.values())
    )


def delimiter_of(text: str) -> str:
    """Give the sign between a list's cells: the one that its first line has most of.

    >>> delimiter_of("År;Målbild, i tal;Kommentar")
    ';'
    """
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=first.count)
