"""Raw files as they are: finds a table's file and gives every cell of it, in its true row."""

from __future__ import annotations

import csv
import struct
import zipfile
from pathlib import Path

from python_calamine import CalamineError, PasswordError

from asf_analysis.errors import DataFaults, Fault, Severity
from asf_analysis.intake.delimited import read_delimited
from asf_analysis.intake.grid import CountKnown, Grid
from asf_analysis.intake.marks import Protected, TooLarge
from asf_analysis.intake.workbooks import read_workbook

MISSING = "Filen saknas i mappen"
"""How the fault of a missing file begins."""

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")

_UNREADABLE = (
    *(CalamineError, csv.Error, zipfile.BadZipFile, struct.error),
    *(UnicodeError, ValueError, OSError, SyntaxError, KeyError, NotImplementedError),
)
"""What the readers raise for a file that is empty, broken off or of another kind than its ending says.

SyntaxError is that of XML; KeyError, a part that an archive lacks; NotImplementedError, a way of packing that
zipfile does not know.
"""

_TOO_LARGE_REMEDY = (
    "Ta bort tomma rader och kolumner under och bredvid uppgifterna, eller dela upp filen på flera."
)
_OLD_OFFICE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of Office before 2007 begins, and also a newer one that is encrypted."""


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
        f"{MISSING} {folder}.",
        f"Lägg dit {stem}{ENDINGS[0]} (eller samma namn med {endings} eller {ENDINGS[-1]}).",
        severity=severity,
    )


def tells_of_missing(fault: Fault) -> bool:
    """Tell whether a fault is that a table's file is missing."""
    return fault.problem.startswith(MISSING)


def read_grids(path: Path, raw: Path, count_known: CountKnown) -> tuple[Grid, ...]:
    """Read every sheet of a workbook, or a CSV file with the delimiter that gives most known headings.

    Raises DataFaults, naming the file, where it cannot be read or is too large.
    """
    file = file_name(path, raw)
    try:
        if path.suffix.lower() in (".csv", ".tsv"):
            return (read_delimited(path, file, count_known),)
        return tuple(read_workbook(path, file, count_known))
    except TooLarge as error:
        raise DataFaults([Fault(file, str(error), _TOO_LARGE_REMEDY)]) from error
    except (PasswordError, Protected) as error:
        raise DataFaults([_protected(file)]) from error
    except PermissionError as error:
        raise DataFaults([_unreadable(file, error)]) from error
    except _UNREADABLE as error:
        raise DataFaults([_protected(file) if _is_protected(path) else _unreadable(file, error)]) from error


def _is_protected(path: Path) -> bool:
    """Tell whether a workbook is the container that Office encrypts one into."""
    return path.suffix.lower() in (".xlsx", ".xlsm") and _begins(path, _OLD_OFFICE_MARK)


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
