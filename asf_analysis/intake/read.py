"""Raw files as they are: finds a table's file and gives every cell of it, in its true row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from asf_analysis.errors import DataFaults, Fault, Severity
from asf_analysis.swedish.numbers import Cell

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
DELIMITERS = (";", "\t", ",")

SEARCHED_ROWS = 100
"""How far down a header row is looked for."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of Office before 2007 begins, and also a newer one that is encrypted."""

CountKnown = Callable[[Sequence[Cell]], int]
"""Counts the known headings in a row of cells."""


@dataclass(frozen=True)
class Grid:
    """Every row of a sheet; the first is row 1. A CSV file is one grid without a sheet's name."""

    file: str
    sheet: str | None
    rows: Sequence[Sequence[Cell]]


def file_name(path: Path, raw: Path) -> str:
    """Give a file's name as faults and the log show it: from the folder of raw data, with forward slashes.

    >>> file_name(Path("data/raw/2018/enkat_kv4.xlsx"), Path("data/raw"))
    '2018/enkat_kv4.xlsx'
    """
    return path.relative_to(raw).as_posix()


def find_file(folder: Path, stem: str, raw: Path) -> Path | None:
    """Find a table's file in a folder by its stem, with any of the ENDINGS; None where there is none.

    Raises DataFaults where there are two, for nobody can know which of them counts.
    """
    found = sorted(
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.suffix.lower() in ENDINGS and path.stem.lower() == stem
    )
    if len(found) > 1:
        others = " och ".join(path.name for path in found)
        raise DataFaults(
            [
                Fault(
                    file_name(found[0], raw),
                    f"Samma underlag finns i flera filer: {others}.",
                    "Behåll den som gäller och flytta bort den andra.",
                )
            ]
        )
    return found[0] if found else None


def missing_file(folder: Path, stem: str, raw: Path, severity: Severity = "fel") -> Fault:
    """Say that a table's file is missing, where it should be and what it may be called."""
    endings = ", ".join(ENDINGS[1:-1])
    return Fault(
        file_name(folder / stem, raw),
        f"Filen saknas i mappen {folder}.",
        f"Lägg dit {stem}{ENDINGS[0]} (eller samma namn med {endings} eller {ENDINGS[-1]}).",
        severity=severity,
    )


def read_grids(path: Path, raw: Path, count_known: CountKnown) -> tuple[Grid, ...]:
    """Read every sheet of a workbook, or a CSV file with the delimiter that gives most known headings.

    Blank cells are None and truth values are SANT and FALSKT, as Excel shows them. Raises DataFaults, naming
    the file, where it cannot be read.
    """
    file = file_name(path, raw)
    try:
        if path.suffix.lower() in (".csv", ".tsv"):
            return (_read_csv(path, file, count_known),)
        return tuple(_read_workbook(path, file))
    except PasswordError as error:
        raise DataFaults([_protected(file)]) from error
    except (CalamineError, csv.Error, UnicodeError, ValueError, OSError) as error:
        protected = path.suffix.lower() in (".xlsx", ".xlsm") and _begins(path, _OLD_OFFICE_MARK)
        raise DataFaults([_protected(file) if protected else _unreadable(file, error)]) from error


def read_text(path: Path) -> str:
    """Read a text file in UTF-8 with or without a byte order mark, UTF-16 with one, or else Windows-1252."""
    content = path.read_bytes()
    if content.startswith(_UTF16_MARKS):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def cell_text(cell: Any) -> str:
    """Give what a cell shows, as the log writes it: blank is empty, a date is ISO, a comma marks decimals.

    >>> cell_text(75.0), cell_text(12.5), cell_text(date(2018, 12, 31)), cell_text(None)
    ('75', '12,5', '2018-12-31', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def find_header(rows: Sequence[Sequence[Cell]], count_known: CountKnown) -> tuple[int, int]:
    """Find the row with most known headings, the first such: its index and how many it has.

    >>> find_header([["Enkät"], ["Namn", "Kommun"]], lambda row: len({"Namn", "Kommun"} & set(row)))
    (1, 2)
    """
    counts = [count_known(row) for row in rows[:SEARCHED_ROWS]]
    most = max(counts, default=0)
    return (counts.index(most) if most else 0), most


def _read_workbook(path: Path, file: str) -> Iterator[Grid]:
    with CalamineWorkbook.from_path(path) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                yield Grid(file, sheet.name, [[_cell(value) for value in row] for row in rows])


def _read_csv(path: Path, file: str, count_known: CountKnown) -> Grid:
    text = read_text(path)

    def headings(delimiter: str) -> int:
        return find_header(list(islice(_records(text, delimiter), SEARCHED_ROWS)), count_known)[1]

    return Grid(file, None, list(_records(text, max(DELIMITERS, key=headings))))


def _records(text: str, delimiter: str) -> Iterator[list[Cell]]:
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [_cell(value) for value in record]


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    cell: Cell = value
    return cell


def _begins(path: Path, mark: bytes) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(mark)) == mark


def _protected(file: str) -> Fault:
    return Fault(
        file,
        "Filen är skyddad med lösenord, eller en äldre Excelfil med fel ändelse.",
        "Öppna den i Excel, ta bort lösenordet och spara den som .xlsx.",
    )


def _unreadable(file: str, error: Exception) -> Fault:
    if isinstance(error, PermissionError):
        return Fault(file, "Du får inte läsa filen.", "Be om läsrätt, eller stäng filen om den är öppen.")
    return Fault(
        file,
        "Filen går inte att läsa; den är tom, skadad eller av ett annat slag än ändelsen säger.",
        "Öppna den i Excel och spara den på nytt, eller hämta den igen.",
    )
