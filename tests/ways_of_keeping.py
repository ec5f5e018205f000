"""The same demonstration year as seven offices would keep it: a writer per way, each into a data folder.

A way changes how answers stand in files, never what they say: `intake` must give the same tables for all.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from asf_analysis.demonstration.activities import Activity, activities_of
from asf_analysis.demonstration.enterprises import Enterprise, register
from asf_analysis.demonstration.figures import FIGURES
from asf_analysis.demonstration.sheets import REGION, headings
from asf_analysis.demonstration.structures import memberships, places_of
from asf_analysis.demonstration.survey import Answer, rounds_of
from asf_analysis.folders import DataFolder
from asf_analysis.intake.headings import Headings

DATA = Path(__file__).parent.parent / "data"
YEARS = (2017, 2018)
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
SERIAL_START = date(1899, 12, 30)

Row = dict[str, Any]
Way = Callable[[Path, Sequence["Kept"]], None]

ODDLY_ANSWERED = (
    ("completed_women", "ca 12"),
    ("completed_men", "2–3"),
    ("participants_women", "minst sju"),
    ("employees_men", "vet ej"),
    ("completed_to_other_men", None),
    ("permanent_men", "–"),
    ("comment", 'Vi flyttar i höst;\nnya lokaler, "Kvarnen".'),
)
"""What the first answers of every round say: approximately, not at all, or over two lines."""


@dataclass(frozen=True)
class Kept:
    """A table of raw data by clean column names, and its file's path from the raw folder, without ending."""

    stem: str
    table: str
    rows: list[Row]

    @property
    def headings(self) -> dict[str, str]:
        """The heading of every column."""
        return headings(self.table, max(YEARS))

    @property
    def blocks(self) -> Iterator[list[Row]]:
        """The rows municipality by municipality, where the table is kept so, or all of them."""
        if self.table not in ("responses", "enterprises"):
            yield self.rows
        else:
            yield from (list(rows) for _, rows in groupby(self.rows, key=lambda row: row["municipality"]))


# What is kept ----------------------------------------------------------------------------------------


def demonstration_tables() -> list[Kept]:
    """Give every table of the years with its answers in plain words, numbers and days."""
    enterprises = register(2016, 2019, 1)
    kept = [
        Kept("foretagsregister", "enterprises", _by_municipality([_fields(e) for e in enterprises])),
        Kept("stodstrukturer", "support_structures", [_fields(m) for m in memberships(max(YEARS))]),
    ]
    for year in YEARS:
        kept += _year(year, enterprises)
    return kept


def _year(year: int, enterprises: list[Enterprise]) -> Iterator[Kept]:
    before, figures = FIGURES[year - 1], FIGURES[year]
    for quarter, answers in rounds_of(year, enterprises, before, figures).items():
        rows = _by_municipality([_answer(answer, year, quarter) for answer in answers])
        for row, (column, cell) in zip(rows, ODDLY_ANSWERED, strict=False):
            row[column] = cell
        yield Kept(f"{year}/enkat_kv{quarter}", "responses", rows)
    yield Kept(
        f"{year}/informationsinsatser", "activities", [_activity(a) for a in activities_of(year, figures)]
    )
    trainings = [
        {**_fields(training), "held_on": date(year, training.month, training.day)}
        for training in figures.trainings
    ]
    yield Kept(f"{year}/utbildningar", "trainings", trainings)
    places = [
        {**_fields(place), "organisation_number": place.enterprise.organisation_number}
        for place in places_of(year, enterprises, before, figures)
    ]
    yield Kept(f"{year}/handledarplatser", "supervised_places", places)


def _fields(record: Any) -> Row:
    return {name: None if value == "" else value for name, value in vars(record).items()}


def _answer(answer: Answer, year: int, quarter: int) -> Row:
    return {
        "round": f"kv{quarter} {year}",
        "name": answer.enterprise.name,
        "organisation_number": answer.enterprise.organisation_number,
        "municipality": answer.enterprise.municipality,
        **answer.counts,
        "comment": None,
    }


def _activity(activity: Activity) -> Row:
    row = _fields(activity)
    return row | {
        "politicians": f"ca {row['politicians']}" if activity.approximate else row["politicians"],
        "others": f"ca {row['others']}" if activity.place else row["others"],
    }


def _by_municipality(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["municipality"], row["name"]))


# The ways ----------------------------------------------------------------------------------------


def keep_plain(raw: Path, tables: Sequence[Kept]) -> None:
    """Keep workbooks as a program would write them: the header first, then the rows."""
    for kept in tables:
        _save(raw / f"{kept.stem}.xlsx", _plain_rows(kept))


def keep_messy(raw: Path, tables: Sequence[Kept]) -> None:
    """Keep workbooks as people do: titles, merged cells, two rows of headings, sums, numbers as text."""
    for kept in tables:
        book = Workbook()
        _write_messy(book.active, kept)
        path = raw / f"{kept.stem}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)


def keep_windows_csv(raw: Path, tables: Sequence[Kept]) -> None:
    """Keep CSV as Excel on a Swedish Windows saves it."""
    for kept in tables:
        _save_csv(raw / f"{kept.stem}.csv", _plain_rows(kept), "cp1252")


def keep_ods(raw: Path, tables: Sequence[Kept]) -> None:
    """Keep OpenDocument sheets, which LibreOffice makes of the plain workbooks."""
    _convert(raw, tables, keep_plain)


def keep_messy_ods(raw: Path, tables: Sequence[Kept]) -> None:
    """Keep OpenDocument sheets, which LibreOffice makes of the messy workbooks."""
    _convert(raw, tables, keep_messy)


def keep_single_forms(raw: Path, tables: Sequence[Kept]) -> None:
    """Keep the survey as a folder with the form that every enterprise sent back; the rest plain."""
    keep_plain(raw, [kept for kept in tables if kept.table != "responses"])
    for kept in tables:
        if kept.table == "responses":
            for turn, row in enumerate(kept.rows, start=1):
                _save_form(raw / kept.stem / f"svar {turn:02d}", kept, row, turn)


def keep_forms_export(raw: Path, tables: Sequence[Kept]) -> None:
    """Keep the survey as Microsoft Forms exports it, with all counts as text; the rest plain."""
    keep_plain(raw, [kept for kept in tables if kept.table != "responses"])
    for kept in tables:
        if kept.table == "responses":
            _save(raw / f"{kept.stem}.xlsx", _exported_rows(kept), sheet="Sheet1")


WAYS: dict[str, Way] = {
    "plain workbooks": keep_plain,
    "messy workbooks": keep_messy,
    "CSV in Windows-1252": keep_windows_csv,
    "ODS from LibreOffice": keep_ods,
    "messy ODS from LibreOffice": keep_messy_ods,
    "a folder of single forms": keep_single_forms,
    "an export from Microsoft Forms": keep_forms_export,
}


def write_way(way: str, folder: Path, tables: Sequence[Kept]) -> DataFolder:
    """Write a data folder in which the tables are kept in one way, with all that stands beside raw data."""
    root = Path(shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("raw")))
    data = DataFolder(root)
    WAYS[way](data.raw, tables)
    return data


# How they are written --------------------------------------------------------------------------------


def _plain_rows(kept: Kept) -> list[list[Any]]:
    return [
        list(kept.headings.values()),
        *([row.get(column) for column in kept.headings] for row in kept.rows),
    ]


def _save(path: Path, rows: list[list[Any]], sheet: str = "Blad1") -> None:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _save_csv(path: Path, rows: list[list[Any]], encoding: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def _convert(raw: Path, tables: Sequence[Kept], keep: Way) -> None:
    """Let LibreOffice save workbooks as OpenDocument sheets, all in one call."""
    workbooks, converted = raw.parent / "to_convert", raw.parent / "converted"
    flat = {kept.stem: kept.stem.replace("/", "__") for kept in tables}
    keep(workbooks, [replace(kept, stem=flat[kept.stem]) for kept in tables])
    profile = (raw.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "ods"]
    sources = sorted(str(path) for path in workbooks.iterdir())
    subprocess.run([*command, "--outdir", str(converted), *sources], check=True, capture_output=True)
    for stem, name in flat.items():
        (raw / stem).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(converted / f"{name}.ods", raw / f"{stem}.ods")


def _write_messy(sheet: Worksheet, kept: Kept) -> None:
    sheet.append(["Underlag till årsrapporten"])
    sheet.merge_cells("A1:F1")
    sheet.append(["Sammanställt av förbundet"])
    sheet.append([None])
    _append_header(sheet, kept)
    for turn, block in enumerate(kept.blocks):
        if turn and turn % 3 == 0:
            sheet.append([None])
            _append_header(sheet, kept)
        _append_block(sheet, kept, block)
        if kept.table == "responses":
            _append_sum(sheet, kept, block, "Delsumma")
            sheet.append([None])
    if kept.table in ("responses", "activities"):
        _append_sum(sheet, kept, kept.rows, "Totalt")


def _append_header(sheet: Worksheet, kept: Kept) -> None:
    """Write the headings; the survey's in two rows, with a question merged over its *kvinnor* and *män*."""
    texts = list(kept.headings.values())
    if kept.table != "responses":
        sheet.append(texts)
        return
    over, under = zip(*(_parted(text) for text in texts), strict=True)
    sheet.append([text if place == 0 or over[place - 1] != text else None for place, text in enumerate(over)])
    sheet.append(list(under))
    row = sheet.max_row
    for place, (question, sex) in enumerate(zip(over, under, strict=True), start=1):
        if sex is None:
            sheet.merge_cells(start_row=row - 1, end_row=row, start_column=place, end_column=place)
        elif over[place : place + 1] == (question,):
            sheet.merge_cells(start_row=row - 1, end_row=row - 1, start_column=place, end_column=place + 1)


def _parted(heading: str) -> tuple[str, str | None]:
    question, _, last = heading.rpartition(" ")
    return (question, last) if last in ("kvinnor", "män") else (heading, None)


def _append_block(sheet: Worksheet, kept: Kept, block: list[Row]) -> None:
    """Write rows, those of one municipality with its name in a cell merged over them."""
    first = sheet.max_row + 1
    merged = kept.table in ("responses", "enterprises") and len(block) > 1
    for turn, row in enumerate(block):
        cells = [_by_hand(column, row.get(column), turn) for column in kept.headings]
        if merged and turn:
            cells[list(kept.headings).index("municipality")] = None
        sheet.append(cells)
    if merged:
        place = list(kept.headings).index("municipality") + 1
        sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=place, end_column=place)


def _by_hand(column: str, cell: Any, turn: int) -> Any:
    """Write a cell as people do, meaning the same: a day as its serial number, a number as text."""
    if isinstance(cell, date):
        return (cell - SERIAL_START).days
    if column == "organisation_number" and turn % 2:
        return int(cell.replace("-", ""))
    if isinstance(cell, int) and column.endswith("_sek"):
        return f"{cell:,} kr".replace(",", NO_BREAK_SPACE)
    if isinstance(cell, int) and turn % 3 == 1:
        return f"{cell} st"
    return f" {cell} " if column == "name" and turn % 4 == 3 else cell


def _append_sum(sheet: Worksheet, kept: Kept, rows: list[Row], label: str) -> None:
    """Write a row of sums; blank over what is no whole number, as a sum over it would not be right."""
    sums: list[Any] = [label]
    for column in list(kept.headings)[1:]:
        cells = [row.get(column) for row in rows]
        sums.append(sum(cells) if all(isinstance(cell, int) for cell in cells) else None)
    sheet.append(sums)


def _save_form(path: Path, kept: Kept, row: Row, turn: int) -> None:
    """Write one enterprise's form: a title, then a question a row with its answer beside it."""
    asked = _questions() if turn % 2 else {c: f"{text}:" for c, text in kept.headings.items()}
    indent = [None] if turn % 3 == 0 else []
    lines: list[list[Any]] = [[*indent, "Enkät till arbetsintegrerande sociala företag"], []]
    for place, column in enumerate(kept.headings):
        if place and place % 4 == 0:
            lines.append([])
        lines.append([*indent, asked[column], row.get(column)])
    if turn % 5 == 0:
        _save_csv(path.with_name(f"{path.name}.csv"), lines, "utf-8-sig" if turn % 2 else "cp1252")
    else:
        _save(path.with_name(f"{path.name}.xlsx"), lines, sheet="Formulär")


def _exported_rows(kept: Kept) -> list[list[Any]]:
    """Give the survey as Microsoft Forms does: its own columns first, full questions, counts as text."""
    asked = _questions()
    own = ["ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Senast ändrad"]
    rows: list[list[Any]] = [[*own, *(asked[column] for column in kept.headings)]]
    for turn, row in enumerate(kept.rows, start=1):
        started = datetime(2019, 1, 14, 9) + timedelta(minutes=17 * turn)
        answers = [row.get(column) for column in kept.headings]
        said = [str(answer) if isinstance(answer, int) else answer for answer in answers]
        rows.append([turn, started, started + timedelta(minutes=8), "anonymous", None, None, *said])
    return rows


def _questions() -> dict[str, str]:
    """Give the full question of every column of the survey: its longest heading."""
    longest: dict[str, str] = {}
    for known in Headings.of("responses", REGION).known:
        longest[known.column] = max(longest.get(known.column, ""), known.text, key=len)
    return longest
