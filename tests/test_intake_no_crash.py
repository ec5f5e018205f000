"""Whatever file lies in the place of a survey, one clear message names it: no traceback, no full memory.

A process of its own reads the cases, and may take no more than MAX_MEMORY. Its peak memory is VmHWM, set back
before each case: unlike `ru_maxrss`, it does not count the process that started it. Where there is no /proc,
`ru_maxrss` is used.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from intake_workbooks import SURVEY_HEADINGS, faults_of, small_data, survey, write_csv, write_workbook
from made_once import made_once
from openpyxl.utils import get_column_letter

from asf_analysis.folders import DataFolder

pytestmark = pytest.mark.slow

MAX_MEMORY = 1_000_000_000
MAX_SECONDS = 60
LAST_ROW, LAST_COLUMN = 1_048_576, "XFD"

READER = """
import json, resource, sys
from pathlib import Path
from asf_analysis.folders import DataFolder
from asf_analysis.intake.inspection import inspect_years
from intake_workbooks import small_association

status, clear = Path("/proc/self/status"), Path("/proc/self/clear_refs")

def peak():
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if "VmHWM" in line)

resource.setrlimit(resource.RLIMIT_AS, (8_000_000_000, 8_000_000_000))
for folder in sys.argv[1:]:
    if clear.exists():
        clear.write_text("5")
    outcome = {"folder": folder, "faults": [], "answers": None, "crash": ""}
    try:
        found = inspect_years(DataFolder(Path(folder)), small_association(), (2018,))
        outcome["faults"] = [[fault.severity, fault.file, str(fault)] for fault in found.faults]
        outcome["answers"] = int((found.rows["responses"]["round"] == "2018-kv4").sum())
    except BaseException as error:
        outcome["crash"] = repr(error)
    print(json.dumps(outcome | {"peak": peak()}), flush=True)
"""


# What may lie there ----------------------------------------------------------------------------------


def noise(folder: Path, ending: str, start: bytes = b"") -> None:
    content = start + random.Random(ending).randbytes(5000)
    (folder / f"enkat_kv4.{ending}").write_bytes(content)


def truncated(folder: Path, percent: int) -> None:
    whole = io.BytesIO()
    write_workbook(whole, survey())  # type: ignore[arg-type]
    content = whole.getvalue()
    (folder / "enkat_kv4.xlsx").write_bytes(content[: len(content) * percent // 100])


def encrypted_container(folder: Path) -> None:
    """Write what Office makes of an encrypted workbook, built by hand: see `compound_file`."""
    described = b"\x04\x00\x04\x00\x40\x00\x00\x00<encryption/>".ljust(4096)
    streams = {"EncryptionInfo": described, "EncryptedPackage": random.Random(1).randbytes(8192)}
    (folder / "enkat_kv4.xlsx").write_bytes(compound_file(streams))


def compound_file(streams: dict[str, bytes]) -> bytes:
    """Give a compound file (MS-CFB, version 3) of streams, each a whole number of sectors of 512 bytes."""
    free, end, fat_sector, none = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    fat, entries, content = [fat_sector, end], [], b""
    for place, (name, stream) in enumerate(streams.items(), start=1):
        first, count = len(fat), len(stream) // 512
        fat += [*range(first + 1, first + count), end]
        content += stream
        right = place + 1 if place < len(streams) else none
        entries.append(_directory_entry(name, 2, right, none, first, len(stream)))
    root = _directory_entry("Root Entry", 5, none, 1, end, 0)
    unused = _directory_entry("", 0, none, none, 0, 0)
    directory = b"".join([root, *entries, *[unused] * (3 - len(entries))])
    header = struct.pack(
        "<8s16sHHHHH6s9I109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b""),
        *(0, 1, 1, 0, 4096, end, 0, end, 0, 0, *[free] * 108),
    )
    return header + struct.pack("<128I", *fat, *[free] * (128 - len(fat))) + directory + content


def _directory_entry(name: str, kind: int, right: int, child: int, first: int, size: int) -> bytes:
    coded = name.encode("utf-16-le")
    length = len(coded) + 2 if name else 0
    return struct.pack(
        "<64sHBBIII16sIQQIQ", coded, length, kind, 1, 0xFFFFFFFF, right, child, b"", 0, 0, 0, first, size
    )


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


NO_TEXTS = f'<sst xmlns="{MAIN}"/>'.encode()


def xlsx(folder: Path, sheet: Iterable[bytes], strings: Iterable[bytes] = (NO_TEXTS,)) -> Path:
    """Write a workbook by hand, whose sheet and shared texts are the given XML, streamed into it."""
    path = folder / "enkat_kv4.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        for name, pieces in ((SHEET, sheet), (STRINGS, strings)):
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in pieces:
                    part.write(piece)
    return path


def sheet_xml(*below: bytes, named: bool = True) -> Iterator[bytes]:
    """Give a sheet that holds the survey, and other rows below; `named` cells tell where they stand."""
    yield f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    for number, row in enumerate(survey(), start=1):
        cells = (
            _cell_xml(cell, f"{get_column_letter(n)}{number}" * named) for n, cell in enumerate(row, start=1)
        )
        yield f'<row r="{number}">{"".join(cells)}</row>'.encode()
    yield from below
    yield b"</sheetData></worksheet>"


def _cell_xml(cell: object, place: str) -> str:
    where = f' r="{place}"' if place else ""
    if isinstance(cell, int):
        return f"<c{where}><v>{cell}</v></c>"
    return f'<c{where} t="inlineStr"><is><t>{"" if cell is None else cell}</t></is></c>'


def too_large(folder: Path) -> None:
    """Write a text file of 151 MB, nearly all of it a hole on the disk."""
    with (folder / "enkat_kv4.csv").open("wb") as file:
        file.truncate(151_000_000)


def bomb(folder: Path, part: str = SHEET) -> Path:
    """Write a workbook of about a megabyte, one part of which unpacks to 1.2 gigabytes of spaces."""
    spaces = [b" " * 1_000_000] * 1200
    if part == SHEET:
        return xlsx(folder, sheet_xml(*spaces))
    return xlsx(folder, sheet_xml(), [f'<sst xmlns="{MAIN}"><si><t>'.encode(), *spaces, b"</t></si></sst>"])


def lying_bomb(folder: Path, part: str, summed: bool = False) -> None:
    """Write the same bomb, whose archive says that it unpacks to 1000 bytes; `summed` as if it were so."""
    path = bomb(folder, part)
    with zipfile.ZipFile(path) as archive, archive.open(part) as unpacked:
        member, start, first = archive.getinfo(part), archive.start_dir, unpacked.read(1000)
    said = [(member.file_size, 1000), *([(member.CRC, zlib.crc32(first))] if summed else [])]
    content = bytearray(path.read_bytes())
    for true, false in said:
        place = content.index(struct.pack("<I", true), start)
        content[place : place + 4] = struct.pack("<I", false)
    path.write_bytes(content)


def stray_row(folder: Path) -> None:
    """Write a row that says it is the last, of a cell that says no place."""
    xlsx(folder, sheet_xml(f'<row r="{LAST_ROW}"><c><v>1</v></c></row>'.encode()))


def stray_cell(folder: Path, column: str, row: int, named: bool = True) -> None:
    cell = f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
    xlsx(folder, sheet_xml(cell.encode(), named=named))


def empty_styled_rows(folder: Path) -> None:
    rows = range(4, LAST_ROW + 1)
    xlsx(folder, sheet_xml(*(f'<row r="{row}"><c r="A{row}" s="0"/></row>'.encode() for row in rows)))


def ods(folder: Path, row: str, before: str = "") -> None:
    """Write an OpenDocument sheet by hand: the survey's headings, and one row of XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    headings = "".join(cell.format(heading) for heading in SURVEY_HEADINGS)
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1"><table:table-row>{headings}</table:table-row>{row}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(folder / "enkat_kv4.ods", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")


def repeated(rows: object = 1, columns: object = 1) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float" '
        f'office:value="1" table:number-columns-repeated="{columns}"/></table:table-row>'
    )


NESTED = "".join(f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 12))
LAUGHS = f"<!DOCTYPE lol [<!ENTITY a0 'ha'>{NESTED}]>"
LAUGHING = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>&a11;</text:p></table:table-cell>'
    "</table:table-row>"
)

Write = Callable[[Path], object]

UNREADABLE: dict[str, tuple[Write, str]] = {
    **{f"noise.{e}": (lambda f, e=e: noise(f, e), "läsa|rubriker") for e in ("xlsx", "xls", "ods", "csv")},
    "noise that begins as a zip.xlsx": (lambda f: noise(f, "xlsx", b"PK\x03\x04"), "läsa"),
    "noise that begins as old Office.xls": (
        lambda f: noise(f, "xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "läsa",
    ),
    **{f"the first {p} %.xlsx": (lambda f, p=p: truncated(f, p), "läsa") for p in (10, 50, 90, 99)},
    "an encrypted container.xlsx": (encrypted_container, "lösenord"),
    "a text too large.csv": (too_large, "större"),
    "a bomb.xlsx": (bomb, "större"),
    "a bomb that lies.xlsx": (lambda f: lying_bomb(f, SHEET), "större|läsa"),
    "a bomb that lies among the texts.xlsx": (lambda f: lying_bomb(f, STRINGS), "större|läsa"),
    "a bomb that lies with a check sum.xlsx": (lambda f: lying_bomb(f, STRINGS, summed=True), "större|läsa"),
    "rows repeated.ods": (lambda f: ods(f, repeated(rows=LAST_ROW, columns=40)), "större|celler|läsa"),
    "columns repeated.ods": (lambda f: ods(f, repeated(columns=16_384) * 1000), "större|celler|läsa"),
    "rows repeated without end.ods": (lambda f: ods(f, repeated(rows=10**15)), "större|celler|läsa"),
    "columns repeated without end.ods": (lambda f: ods(f, repeated(columns=10**15)), "större|celler|läsa"),
    "rows repeated by a word.ods": (lambda f: ods(f, repeated(rows="många")), "läsa"),
    "entities within entities.ods": (lambda f: ods(f, LAUGHING, LAUGHS), "större|läsa"),
    "a folder.xlsx": (lambda f: (f / "enkat_kv4.xlsx").mkdir(), "Mappen har inga svar"),
    "a folder.csv": (lambda f: (f / "enkat_kv4.csv").mkdir(), "Mappen har inga svar"),
    **{
        f"empty.{e}": (lambda f, e=e: (f / f"enkat_kv4.{e}").write_bytes(b""), "läsa|rubriker")
        for e in ("xlsx", "xls", "ods", "csv")
    },
    "a quotation mark without end.csv": (
        lambda f: (f / "enkat_kv4.csv").write_text('"' + "a;b\n" * 100_000, "utf-8"),
        "läsa|rubriker",
    ),
    "zeros.csv": (lambda f: (f / "enkat_kv4.csv").write_bytes(bytes(100_000)), "läsa|rubriker"),
}
"""Files of which nothing can be read: how each is written, and a word of what is said."""

READABLE_OR_TOLD: dict[str, Write] = {
    "a cell in the last row and column.xlsx": lambda f: stray_cell(f, LAST_COLUMN, LAST_ROW),
    "a cell in the last row.xlsx": lambda f: stray_cell(f, "A", LAST_ROW),
    "a cell in the last row under cells without places.xlsx": lambda f: stray_cell(f, "A", LAST_ROW, False),
    "a cell without a place in the last row.xlsx": stray_row,
    "a cell far down.xlsx": lambda f: stray_cell(f, "A", 200_000),
    "empty styled rows.xlsx": empty_styled_rows,
}
"""Workbooks that are read, or refused as too large."""

HEADERS_ONLY: dict[str, Write] = {
    "headers only.xlsx": lambda f: write_workbook(f / "enkat_kv4.xlsx", [list(SURVEY_HEADINGS)]),
    "headers only.csv": lambda f: write_csv(f / "enkat_kv4.csv", [list(SURVEY_HEADINGS)]),
    "headers only.ods": lambda f: ods(f, ""),
}


# Reading them ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory) -> dict[str, dict]:
    """Give what came of reading every case, once for all workers."""

    def make(folder: Path) -> Path:
        told = folder / "outcomes.json"
        told.write_text(json.dumps(_read_every_case(folder)), encoding="utf-8")
        return told

    return json.loads(made_once(tmp_path_factory, "outcomes", make).read_text(encoding="utf-8"))


def _read_every_case(place: Path) -> dict[str, dict]:
    """Read every case; one that ends its process is told by its silence, and the next ones are read on."""
    folders = {}
    cases = {**{n: w for n, (w, _) in UNREADABLE.items()}, **READABLE_OR_TOLD, **HEADERS_ONLY}
    for number, (name, write) in enumerate(cases.items()):
        (place / f"case{number}").mkdir()
        data = small_data(place / f"case{number}", enkat_kv4=None)
        write(data.raw_year(2018))
        folders[name] = str(data.root)
    found: dict[str, dict] = {}
    while left := {name: folder for name, folder in folders.items() if name not in found}:
        told = _read(list(left.values()))
        by_folder = {outcome["folder"]: outcome for outcome in told}
        found |= {name: by_folder[folder] for name, folder in left.items() if folder in by_folder}
        if len(told) < len(left):
            ended = list(left)[len(told)]
            found[ended] = {"crash": "the process ended", "faults": [], "answers": None, "peak": MAX_MEMORY}
    return found


def _read(folders: list[str]) -> list[dict]:
    tests = str(Path(__file__).parent)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([tests, str(Path(tests).parent)])}
    command = [sys.executable, "-c", READER, *folders]
    try:
        reader = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=4 * MAX_SECONDS
        )
        output = reader.stdout
    except subprocess.TimeoutExpired as late:
        output = (late.stdout or b"").decode()
    return [json.loads(line) for line in output.splitlines()]


def stopping(outcome: dict) -> list[tuple[str, str]]:
    return [(file, text) for severity, file, text in outcome["faults"] if severity == "fel"]


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_survey_gives_one_message_that_names_it(outcomes, name):
    outcome = outcomes[name]
    assert outcome["crash"] == ""
    ((file, text),) = stopping(outcome)
    assert file == f"2018/enkat_kv4.{name.rpartition('.')[2]}"
    assert any(word in text for word in UNREADABLE[name][1].split("|")), text


@pytest.mark.parametrize("name", READABLE_OR_TOLD)
def test_a_sheet_with_its_answers_and_a_stray_cell_is_read_or_said_to_be_too_large(outcomes, name):
    outcome = outcomes[name]
    assert outcome["crash"] == ""
    assert {file for file, _ in stopping(outcome)} <= {"2018/enkat_kv4.xlsx"}
    if outcome["answers"] < 2:
        ((_, text),) = stopping(outcome)
        assert "celler" in text or "större" in text


def test_empty_rows_that_only_have_a_style_do_not_keep_the_answers_from_being_read(outcomes):
    outcome = outcomes["empty styled rows.xlsx"]
    assert (outcome["answers"], stopping(outcome)) == (2, [])


@pytest.mark.parametrize("name", HEADERS_ONLY)
def test_a_file_with_headings_only_has_no_answers_and_stops_nothing(outcomes, name):
    outcome = outcomes[name]
    assert (outcome["crash"], outcome["answers"], stopping(outcome)) == ("", 0, [])


@pytest.mark.parametrize("name", [*UNREADABLE, *READABLE_OR_TOLD, *HEADERS_ONLY])
def test_no_file_fills_the_memory(outcomes, name):
    assert outcomes[name]["peak"] < MAX_MEMORY


# Protected for real ----------------------------------------------------------------------------------

PROTECT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">Sub Protect(source As String, target As String)
Dim hidden(0) As New com.sun.star.beans.PropertyValue
hidden(0).Name = "Hidden"
hidden(0).Value = True
book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
Dim how(1) As New com.sun.star.beans.PropertyValue
how(0).Name = "FilterName"
how(1).Name = "Password"
how(1).Value = "hemligt"
how(0).Value = "MS Excel 97"
book.storeToURL(target &amp; ".xls", how())
how(0).Value = "calc8"
book.storeToURL(target &amp; ".ods", how())
book.close(True)
End Sub
</script:module>
"""


@pytest.fixture(scope="module")
def protected(tmp_path_factory) -> Path:
    """Give the survey saved with a password by LibreOffice, as `.xls` and `.ods`; without the ending."""
    if not shutil.which("soffice") and os.environ.get("CI") != "true":
        pytest.skip("LibreOffice (soffice) is not installed, and protects these files")
    return made_once(tmp_path_factory, "protected", _protect)


def _protect(folder: Path) -> Path:
    write_workbook(folder / "source.xlsx", survey())
    office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run([*office, "--terminate_after_init"], check=True, capture_output=True, timeout=MAX_SECONDS)
    macro = folder / "profile/user/basic/Standard/Module1.xba"
    macro.write_text(PROTECT, encoding="utf-8")
    call = f'"{(folder / "source.xlsx").as_uri()}","{(folder / "protected").as_uri()}"'
    command = [*office, f"macro:///Standard.Module1.Protect({call})"]
    subprocess.run(command, check=True, capture_output=True, timeout=MAX_SECONDS)
    return folder / "protected"


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_a_workbook_that_libreoffice_protected_is_said_to_have_a_password(protected, tmp_path, ending):
    data = small_data(tmp_path, enkat_kv4=None)
    shutil.copy(protected.with_suffix(f".{ending}"), data.raw_year(2018) / f"enkat_kv4.{ending}")
    (fault,) = [fault for fault in faults_of(data) if fault.severity == "fel"]
    assert (fault.file, "lösenord" in fault.problem) == (f"2018/enkat_kv4.{ending}", True)


# Not allowed to read ---------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_file_one_may_not_read_is_said_to_be_so(tmp_path, monkeypatch, ending):
    data = small_data(tmp_path, enkat_kv4=None)
    path = data.raw_year(2018) / f"enkat_kv4.{ending}"
    write_workbook(path, survey()) if ending == "xlsx" else write_csv(path, survey())
    forbid(path, monkeypatch)
    (fault,) = [fault for fault in faults_of(data) if fault.severity == "fel"]
    assert (fault.file, fault.problem) == (f"2018/enkat_kv4.{ending}", "Du får inte läsa filen.")


def forbid(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the right to read a file; root has it always, so for root the system's refusal is played."""
    path.chmod(0)
    if os.access(path, os.R_OK):
        really = io.open

        def refuse(file, *arguments, **options):
            if not isinstance(file, int) and Path(file) == path:
                raise PermissionError(13, "Permission denied", str(path))
            return really(file, *arguments, **options)

        monkeypatch.setattr(io, "open", refuse)


# As the command line tells it ------------------------------------------------------------------------


def test_the_command_line_names_a_bomb_without_a_traceback(data_copy):
    year = DataFolder(data_copy).raw_year(2018)
    (year / "enkat_kv4.xlsx").unlink()
    bomb(year)
    command = [sys.executable, "-m", "asf_analysis.cli", "check", "--year", "2018", "--data", str(data_copy)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=MAX_SECONDS)
    assert told.returncode == 1
    assert "2018/enkat_kv4.xlsx" in told.stdout
    assert "Traceback" not in told.stdout + told.stderr
