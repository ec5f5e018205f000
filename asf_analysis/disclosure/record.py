"""The record of a public edition: which figures it showed and withheld, as files for the office."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from asf_analysis.disclosure.choice import COARSE, FEW, LARGEST, SECONDARY, SMALL, Choice
from asf_analysis.disclosure.figures import Figure
from asf_analysis.disclosure.protect import hidden_cells
from asf_analysis.errors import DataFaults, Fault
from asf_analysis.kpis.breakdowns import Breakdown
from asf_analysis.kpis.results import Results

RELEASE_FILE, WITHHELD_FILE = "release.csv", "withheld.csv"
"""The figures of an edition, read by the next one, and what it withholds, read by people."""

RELEASE_FIELDS = ("when", "group", "status")
WITHHELD_FIELDS = ("table", "municipality", "row", "column", "value", "reason")
STATUSES = ("shown", "withheld")

Pattern = Mapping[Figure, bool]
"""Which figures pages tell of, and whether they withhold them."""

REASONS = {
    SMALL: "färre personer än tröskelvärdet",
    FEW: "färre företag bakom uppgiften än förbundet kräver",
    LARGEST: "ett företag har en större del av uppgiften än förbundet tillåter",
    SECONDARY: "skyddar en annan uppgift, som annars gick att räkna ut",
    COARSE: "tabellen visar bara summor, eftersom mer än hälften av den skulle ha dolts",
    "internal": "hela tabellen är intern",
    "contradicting": "tabellen säger emot de andra, så ingenting av den visas",
}
"""Why a cell is withheld, in Swedish."""


def release_as_csv(pattern: Pattern) -> str:
    """Write the figures of people that pages show or withhold, without their values."""
    rows = sorted((figure.when, _group_as_text(figure), STATUSES[gone]) for figure, gone in pattern.items())
    return _as_csv(RELEASE_FIELDS, rows)


def withheld_as_csv(results: Results, choice: Choice) -> str:
    """Write every cell that an edition withholds, with its value and why; for the office alone."""
    tables: list[tuple[str, Breakdown]] = [("", one) for one in results.breakdowns]
    tables += [(municipality, one) for (municipality, _), one in results.splits.items()]
    rows = []
    for municipality, breakdown in tables:
        frame = breakdown.frame.set_index([breakdown.rows, breakdown.columns])["amount"].dropna()
        rows += [
            (breakdown.key, municipality, row, column, str(frame[row, column]), REASONS[reason])
            for (row, column), reason in hidden_cells(
                breakdown, (municipality, breakdown.key), choice
            ).items()
            if (row, column) in frame.index
        ]
    return _as_csv(WITHHELD_FIELDS, rows)


def read_release(file: Path) -> Pattern:
    """Read which figures an edition withheld; nothing where there was no edition.

    Raises DataFaults for a file that is not as `release_as_csv` wrote it.
    """
    if not file.exists():
        return {}
    remedy = (
        "Filen skrivs av körningen och ska inte ändras för hand. Hämta tillbaka den, eller ta bort den: då "
        "väljs på nytt vad som inte redovisas, och den nya utgåvan kan röja vad den förra dolde."
    )
    try:
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError) as error:
        raise DataFaults([Fault(file.name, "Filen går inte att läsa.", remedy)]) from error
    if not rows or tuple(rows[0]) != RELEASE_FIELDS:
        raise DataFaults([Fault(file.name, "Filen har inte de kolumner som den skrevs med.", remedy)])
    read = [_read_row(row) for row in rows[1:]]
    wrong = [number for number, told in enumerate(read, start=2) if told is None]
    if wrong:
        raise DataFaults(
            [Fault(file.name, "Raden är inte som den skrevs.", remedy, row=row) for row in wrong]
        )
    return dict(told for told in read if told is not None)


def _read_row(row: Sequence[str]) -> tuple[Figure, bool] | None:
    """Read a figure and whether it was withheld; None where the row is not as `release_as_csv` writes one."""
    if len(row) != len(RELEASE_FIELDS) or row[2] not in STATUSES:
        return None
    try:
        group = json.loads(row[1])
    except json.JSONDecodeError:
        return None
    if not isinstance(group, dict) or not all(isinstance(value, str) for value in group.values()):
        return None
    return Figure(row[0], frozenset(group.items())), row[2] == STATUSES[1]


def _group_as_text(figure: Figure) -> str:
    return json.dumps(dict(sorted(figure.of)), ensure_ascii=False)


def _as_csv(fields: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(fields)
    writer.writerows(rows)
    return text.getvalue()
