"""The files that reports are made from: which they are, what they held, and a copy that nobody changes."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from asf_analysis.errors import DataFaults, Fault, UnwritableOutput
from asf_analysis.folders import DataFolder
from asf_analysis.reports.requests import Request

YEAR_COLUMN = "År"
UNREADABLE = (
    "Filen går inte att läsa ({why}).",
    "Stäng den om den är öppen, kontrollera att du får läsa den, och kör igen.",
)


@dataclass(frozen=True)
class Input:
    """A file that was read: its path in the data folder, the SHA-256 of its content, its size in bytes."""

    file: str
    sha256: str
    bytes: int


def input_files(request: Request, data: DataFolder) -> tuple[Path, ...]:
    """Name every file that a report is made from, in order."""
    judged = request.report.judges(request.year, data)
    raw = [
        path
        for year in request.report.years(request.year, data)
        for path in (*data.raw_year(year).rglob("*"), data.corrections(year))
    ]
    beside = [
        path
        for year in judged
        for path in (
            *data.assessment(year).parent.glob(f"{year}*.md"),
            data.published(year),
            data.published(year - 1),
        )
    ]
    registers = data.raw.iterdir() if data.raw.is_dir() else ()
    others = (data.association, data.targets, data.statements, data.population, *registers)
    return tuple(sorted({path for path in (*raw, *beside, *others) if path.is_file()}))


def copy_inputs(requests: Sequence[Request], data: DataFolder, place: DataFolder) -> Mapping[str, Input]:
    """Copy all that reports are made from into a data folder that only the run knows; gives it by path.

    So what a report is made from is just what its manifest names, whatever happens to the files meanwhile.
    Raises DataFaults with every file that cannot be read, UnwritableOutput where the copy cannot be written.
    """
    copied, faults = {}, []
    years = {year for one in requests for year in one.report.years(one.year, data)}
    folders = [data.raw, *(path for year in years for path in _folders(data.raw_year(year)))]
    with telling_of_copy(place.root):
        for folder in folders:
            (place.root / folder.relative_to(data.root)).mkdir(parents=True, exist_ok=True)
    for path in sorted({path for one in requests for path in input_files(one, data)}):
        name = path.relative_to(data.root).as_posix()
        try:
            content = path.read_bytes()
        except OSError as error:
            problem, remedy = UNREADABLE
            faults.append(Fault(name, problem.format(why=error.strerror), remedy))
            continue
        copy = place.root / name
        with telling_of_copy(place.root):
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
        copied[name] = Input(name, hashlib.sha256(content).hexdigest(), len(content))
    if faults:
        raise DataFaults(faults)
    return copied


def _folders(folder: Path) -> list[Path]:
    return [folder, *(path for path in folder.rglob("*") if path.is_dir())]


@contextmanager
def telling_of_copy(place: Path) -> Iterator[None]:
    """Tell in Swedish where a run's own copy of the data cannot be written."""
    try:
        yield
    except OSError as error:
        raise UnwritableOutput(
            f"Det går inte att skriva i arbetsmappen {place} ({error.strerror}). Det som är publicerat "
            "ligger kvar orört. Frigör plats om disken är full, eller välj en annan mapp med --output."
        ) from error


def digest_of(path: Path, data: DataFolder, told: Collection[int]) -> str:
    """Give the SHA-256 of what a file tells of some years: of the lists of all years, only their lines."""
    content = path.read_bytes()
    if path in (data.targets, data.statements):
        content = lines_of_years(content, told)
    return hashlib.sha256(content).hexdigest()


def lines_of_years(content: bytes, told: Collection[int]) -> bytes:
    r"""Leave out a list's lines of other years than some; what cannot be understood stays.

    >>> lines_of_years(b"\xc3\x85r;M\xc3\xa5l\n2017;1\n2018;2\n", [2018]).decode()
    'År;Mål\n2018;2\n'
    """
    try:
        lines = content.decode("utf-8-sig").splitlines(keepends=True)
        rows = list(csv.reader(io.StringIO("".join(lines)), delimiter=";"))
    except (UnicodeDecodeError, csv.Error):
        return content
    if len(rows) != len(lines) or not rows or YEAR_COLUMN not in rows[0]:
        return content
    place = rows[0].index(YEAR_COLUMN)
    kept = [line for line, row in zip(lines, rows, strict=True) if not _of_another_year(row, place, told)]
    return "".join(kept).encode()


def _of_another_year(row: Sequence[str], place: int, told: Collection[int]) -> bool:
    text = row[place].strip() if place < len(row) else ""
    return len(text) == 4 and text.isascii() and text.isdigit() and int(text) not in told
