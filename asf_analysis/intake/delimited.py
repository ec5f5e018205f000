"""CSV files, with whatever delimiter and encoding they were saved.

Below the header row the file is read by pyarrow, which gives every distinct cell of a column once; rows of
different lengths, which it refuses, are read by Python's own reader, slower and with the same result.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv

from asf_analysis.intake.cells import Cells, Distinct, plain_row
from asf_analysis.intake.grid import LEAST_KNOWN, SEARCHED_ROWS, CountKnown, Grid, find_header
from asf_analysis.intake.marks.marks import TooLarge

DELIMITERS = (";", "\t", ",")

MAX_MB = 150
"""How large a CSV file may be, in megabytes."""

_MEGABYTE = 1_000_000
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LINE_END = re.compile(b"\r\n|\r|\n")
_BLOCK_BYTES = 1 << 23
_TOP_BYTES = 1 << 20
"""How much of a file is searched for its header row."""


def read_text(path: Path) -> str:
    """Read a text file in UTF-8 with or without a byte order mark, UTF-16 with or without, or Windows-1252.

    Raises UnicodeError where it is none of them, as where it is no text.
    """
    return _decoded(path.read_bytes())


def encoding_of(content: bytes) -> str:
    """Name the encoding in which more can be written at the end of a text.

    >>> encoding_of("År".encode("utf-8-sig")), encoding_of("År".encode("cp1252"))
    ('utf-8', 'cp1252')
    """
    if content.startswith(_UTF16_MARKS):
        return "utf-16-le" if content.startswith(_UTF16_MARKS[0]) else "utf-16-be"
    if b"\0" in content:
        return _order_without_mark(content)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def read_delimited(path: Path, file: str, count_known: CountKnown) -> Grid:
    """Read a CSV file with the delimiter that gives most known headings.

    Raises TooLarge before it is read, and UnicodeError and csv.Error where it is no such file.
    """
    if path.stat().st_size > MAX_MB * _MEGABYTE:
        raise TooLarge(f"Filen är större än {MAX_MB} megabyte.")
    content = path.read_bytes()
    start = _beginning(content)
    tops = {delimiter: list(_records(start, delimiter)) for delimiter in DELIMITERS}
    headers = {
        delimiter: find_header([row for row, _ in top], count_known) for delimiter, top in tops.items()
    }
    delimiter = max(DELIMITERS, key=lambda candidate: headers[candidate][2])
    place, headings, known = headers[delimiter]
    if known < LEAST_KNOWN:
        return Grid(file, None, [row for row, _ in tops[delimiter]], (), ())
    top, lines = [row for row, _ in tops[delimiter][: place + 1]], tops[delimiter][place][1]
    return Grid(file, None, top, headings, _columns(content, lines, delimiter, len(headings)))


def _beginning(content: bytes) -> str:
    """Give the text that a file begins with, enough to find its header row in."""
    if len(content) > _TOP_BYTES and _may_be_utf8(content):
        with suppress(UnicodeDecodeError):
            return getincrementaldecoder("utf-8-sig")().decode(content[:_TOP_BYTES])
    return _decoded(content)[:_TOP_BYTES]


def _may_be_utf8(content: bytes) -> bool:
    return not content.startswith(_UTF16_MARKS) and b"\0" not in content


def _decoded(content: bytes) -> str:
    return content.decode(encoding_of(content)).removeprefix("\ufeff")


def _records(text: str, delimiter: str) -> Iterator[tuple[list[Any], int]]:
    """Give the first records, each with how many lines it and those before it take."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for record in islice(reader, SEARCHED_ROWS):
        yield plain_row(record), reader.line_num


def _below(content: bytes, lines: int) -> memoryview:
    """Give what stands below so many lines."""
    end = next(islice(_LINE_END.finditer(content), lines - 1, None), None)
    return memoryview(content)[end.end() if end else len(content) :]


def _columns(content: bytes, lines: int, delimiter: str, width: int) -> tuple[Cells, ...]:
    """Read what stands below the header row; as it is in the file where that is UTF-8, else decoded."""
    quoted = b'"' in content
    if _may_be_utf8(content):
        with suppress(pa.ArrowInvalid):
            return _columns_of(_below(content, lines), delimiter, width, quoted)
    body = _below(_decoded(content).encode("utf-8"), lines)
    try:
        return _columns_of(body, delimiter, width, quoted)
    except pa.ArrowInvalid:
        rows = csv.reader(io.StringIO(str(body, "utf-8"), newline=""), delimiter=delimiter)
        columns = [Cells.of(column) for column in zip_longest(*rows)]
        return (*columns, *(Cells.blank(len(columns[0])) for _ in range(width - len(columns))))


def _columns_of(body: memoryview, delimiter: str, width: int, quoted: bool) -> tuple[Cells, ...]:
    """Read rows of one length; raises ArrowInvalid where they differ, or are not UTF-8."""
    if not body:
        return tuple(Cells.blank(0) for _ in range(width))
    names = [str(place) for place in range(width)]
    table = arrow_csv.read_csv(
        pa.py_buffer(body),
        read_options=arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK_BYTES),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=quoted,
            ignore_empty_lines=False,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())),
            strings_can_be_null=False,
        ),
    )
    return tuple(_cells(column) for column in table.unify_dictionaries().columns)


def _cells(column: pa.ChunkedArray) -> Cells:
    whole = column.combine_chunks()
    array = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    return Cells.of_distinct(array.indices.to_numpy(), Distinct(array.dictionary))


def _order_without_mark(content: bytes) -> str:
    """Tell the order of UTF-16 that lacks its mark: in Swedish text one byte of most letters is zero.

    Raises UnicodeError where neither order fits.
    """
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if 10 * max(even, odd) < 4 * len(content) or 10 * min(even, odd) > len(content):
        raise UnicodeError
    return "utf-16-le" if odd > even else "utf-16-be"
