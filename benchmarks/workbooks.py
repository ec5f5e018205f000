"""Reading a large workbook: ours, with merged cells and failed formulas found, against openpyxl read-only."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from asf_analysis.intake.headings import Headings
from asf_analysis.intake.read import read_grids
from benchmarks.timing import fastest, peak_megabytes

ROWS = 100_000
TITLE = f"Reading a workbook of {ROWS:,} rows and 8 columns (to reach: 8 × openpyxl)"
HEADINGS = (
    *("Datum", "Aktivitet", "Typ", "Organisation/grupp"),
    *("Kommun", "Antal medarbetare", "Antal politiker", "Antal övriga"),
)
ROUNDS = 3


def measure() -> Iterator[tuple[str, str]]:
    """Give the seconds of both ways, and their ratio."""
    known = Headings.of("activities", "Region Gävleborg").count_known
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "informationsinsatser.xlsx"
        _write(path)
        peak = peak_megabytes(lambda: read_grids(path, path.parent, known))
        ours, theirs = fastest(
            lambda: read_grids(path, path.parent, known), lambda: _read_with_openpyxl(path), rounds=ROUNDS
        )
    yield "intake.read.read_grids", f"{ours:.2f} s"
    yield "openpyxl, read-only, values only", f"{theirs:.2f} s"
    yield "the second ÷ the first", f"{theirs / ours:.1f}"
    yield "peak memory of the first", f"{peak:,.0f} MB"


def _write(path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Insatser")
    sheet.append(HEADINGS)
    for row in range(ROWS):
        sheet.append(_row(row))
    book.save(path)


def _row(row: int) -> list[Any]:
    return [
        date(2018, 1, 1) + timedelta(days=row % 365),
        f"Information om ASF {row % 50}",
        ("informationsträff", "dialogmöte", "studiebesök")[row % 3],
        f"Socialförvaltningen, grupp {row % 1000}",
        ("Gävle", "Hudiksvall", "Söderhamn", "Bollnäs")[row % 4],
        row % 17,
        f"ca {row % 9}" if row % 40 == 0 else row % 9,
        row % 5,
    ]


def _read_with_openpyxl(path: Path) -> None:
    book = load_workbook(path, read_only=True)
    for sheet in book:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()
