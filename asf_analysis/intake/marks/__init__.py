"""What a workbook's file says beside its cells: how large it is, what is merged, which formulas failed.

The reader of cells gives a failed formula, and one that was never counted, as blank. Here they are found, so
that no answer is lost in silence; and a file too large for memory is refused before its cells are read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from copy import copy
from pathlib import Path

from asf_analysis.intake.marks.marks import MAX_CELLS, Marks, Protected, TooLarge
from asf_analysis.intake.marks.ods import marks_of_ods
from asf_analysis.intake.marks.xls import marks_of_xls
from asf_analysis.intake.marks.xlsx import marks_of_xlsx

__all__ = ["Marks", "Protected", "TooLarge", "examine"]

MAX_UNPACKED_MB = 150
"""How large a workbook may be, in megabytes, once it is unpacked."""

_MEGABYTE = 1_000_000
_PIECE = 1 << 20
_IN_ARCHIVE: Mapping[str, Callable[[zipfile.ZipFile], dict[str, Marks]]] = {
    ".xlsx": marks_of_xlsx,
    ".xlsm": marks_of_xlsx,
    ".ods": marks_of_ods,
}


def examine(path: Path) -> Mapping[str, Marks]:
    """Give the marks of every sheet of a workbook, by the sheet's name.

    Raises TooLarge before the cells are read, Protected for one with a password, and ValueError, OSError,
    zipfile.BadZipFile or SyntaxError for a file that is not of the kind its ending says.
    """
    if path.suffix.lower() not in _IN_ARCHIVE:
        _refuse_if_larger(path.stat().st_size)
        return _bounded(marks_of_xls(path))
    with zipfile.ZipFile(path) as archive:
        _refuse_if_larger(sum(member.file_size for member in archive.infolist()))
        _refuse_if_lying(archive)
        return _bounded(_IN_ARCHIVE[path.suffix.lower()](archive))


def _refuse_if_larger(size: int) -> None:
    if size > MAX_UNPACKED_MB * _MEGABYTE:
        raise TooLarge(f"Filen är större än {MAX_UNPACKED_MB} megabyte när den är uppackad.")


def _refuse_if_lying(archive: zipfile.ZipFile) -> None:
    """Unpack every member piece by piece, whatever size it says, and never more than MAX_UNPACKED_MB in all.

    Raises zipfile.BadZipFile where one has another size than it says, for the readers trust what it says.
    """
    unpacked = 0
    for member in archive.infolist():
        before, unbelieved = unpacked, copy(member)
        unbelieved.file_size = MAX_UNPACKED_MB * _MEGABYTE + 1
        with archive.open(unbelieved) as content:
            while piece := content.read(_PIECE):
                unpacked += len(piece)
                _refuse_if_larger(unpacked)
        if unpacked - before != member.file_size:
            raise zipfile.BadZipFile(member.filename)


def _bounded(marks: Mapping[str, Marks]) -> Mapping[str, Marks]:
    for sheet, found in marks.items():
        if found.cells > MAX_CELLS:
            raise TooLarge(f"Bladet {sheet} spänner över fler än {MAX_CELLS // 1_000_000} miljoner celler.")
    return marks
