"""The marks of a workbook of Excel 97–2003, from the records of its stream (MS-XLS 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

from asf_analysis.intake.cells import failed_formula
from asf_analysis.intake.marks.marks import Marks, Protected

_BOUND_SHEET, _FILE_PASS, _FORMULA, _BOOL_ERR, _MUL_RK = 0x0085, 0x002F, 0x0006, 0x0205, 0x00BD
_CELL_RECORDS = frozenset({_FORMULA, _BOOL_ERR, _MUL_RK, 0x00FD, 0x0203, 0x0204, 0x027E, 0x00D6})
_SHOWN = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def marks_of_xls(path: Path) -> dict[str, Marks]:
    """Give the marks of every sheet; merged ranges are told by the reader of cells.

    Raises Protected where the stream is encrypted, OSError where the file is no compound file, and
    struct.error where it breaks off.
    """
    with olefile.OleFileIO(path) as compound:
        if compound.exists("EncryptedPackage"):
            raise Protected
        names = [name for name in ("Workbook", "Book") if compound.exists(name)]
        if not names:
            return {}
        stream = compound.openstream(names[0]).read()
    sheets = dict(_sheets(stream))
    return {name: _marks(stream, start) for name, start in sheets.items()}


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Give the records from a place to the end of its part, each as its kind and content."""
    kind = 0
    while kind != 0x000A and start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Give every sheet's name and where its records start."""
    for kind, content in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Protected
        if kind == _BOUND_SHEET:
            (start,) = struct.unpack_from("<I", content)
            wide = content[7] & 1
            yield content[8:].decode("utf-16-le" if wide else "latin-1"), start


def _marks(stream: bytes, start: int) -> Marks:
    marks = Marks()
    for kind, content in _records(stream, start):
        if kind in _CELL_RECORDS:
            row, column = struct.unpack_from("<HH", content)
            marks.reach(
                row, struct.unpack_from("<H", content, len(content) - 2)[0] if kind == _MUL_RK else column
            )
            if kind == _BOOL_ERR and content[7]:
                marks.broken[row, column] = failed_formula(_SHOWN.get(content[6], "#N/A"))
            if kind == _FORMULA and content[6] == 2 and content[12:14] == b"\xff\xff":
                marks.broken[row, column] = failed_formula(_SHOWN.get(content[8], "#N/A"))
    return marks
