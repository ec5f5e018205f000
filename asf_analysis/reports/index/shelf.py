"""What is published for everyone, as it lies in the output folder: reports, data files and KPIs per year.

Only files that are known by name are looked for, so nothing internal, failed or unfinished is ever found.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter, ValidationError

from asf_analysis.folders import INTERIM, OutputFolder, published_years
from asf_analysis.presentation.cover import DEMONSTRATION
from asf_analysis.reports.catalogue import reports_for
from asf_analysis.reports.index.courses import Figure
from asf_analysis.reports.parameters import file_word
from asf_analysis.swedish.writing import format_date

REPORT_FORMATS = {"html": "Webbsida", "pdf": "PDF", "docx": "Word"}
DATA_FORMATS = {"csv": "CSV", "json": "JSON", "xlsx": "Excel"}
KPIS, DATA_PACKAGE = "kpis", "datapackage"
KPIS_TITLE, DATA_PACKAGE_TITLE = "Nyckeltal", "Beskrivning av datafilerna"


@dataclass(frozen=True)
class Link:
    """A file to open: its address from the index, what kind it is, and its size in bytes."""

    href: str
    form: str
    size: int


@dataclass(frozen=True)
class Item:
    """A report or a set of data, and the files that hold it."""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Year:
    """What is published of a year; `figures` is empty where its KPIs cannot be read.

    `problems` say, in Swedish, which files cannot be read and what to do. `demonstration`: a page of the
    year says that its data is invented.
    """

    year: int
    reports: tuple[Item, ...]
    data: tuple[Item, ...]
    figures: tuple[Figure, ...]
    demonstration: bool
    parts: tuple[Item, ...] = ()
    """Reports of a part of the year, or of one municipality."""
    problems: tuple[str, ...] = ()


class _Resource(BaseModel):
    path: str
    title: str = ""


class _DataPackage(BaseModel):
    resources: tuple[_Resource, ...] = ()


_FIGURES = TypeAdapter(tuple[Figure, ...])
_PACKAGE = TypeAdapter(_DataPackage)
_Content = TypeVar("_Content")


def read_shelf(output: Path, municipalities: Sequence[str] = ()) -> tuple[Year, ...]:
    """Read what is published for everyone, the newest year first; years without any of it are left out.

    `municipalities` are those that a report of its own is looked for of.

    Raises OSError where the folder cannot be read.
    """
    years = (_read_year(output, year, municipalities) for year in reversed(published_years(output)))
    return tuple(year for year in years if year.reports or year.parts or year.data)


def _read_year(output: Path, year: int, municipalities: Sequence[str]) -> Year:
    folder = OutputFolder(output, year)
    public, reports = folder.public, reports_for("public")
    figures, why_no_figures = _read_json(public / f"{KPIS}.json", _FIGURES, ())
    package, why_no_titles = _read_json(public / f"{DATA_PACKAGE}.json", _PACKAGE, _DataPackage())
    titles = {resource.path: resource.title for resource in package.resources}
    shown = [_item(output, report.title, public / report.name, REPORT_FORMATS) for report in reports]
    editions = list(_editions(public, municipalities))
    names = [*(report.name for report in reports), *(edition.name for edition in editions)]
    days = sorted({edition.day for edition in editions if edition.day})
    data = [
        _item(output, KPIS_TITLE, public / KPIS, _readable(DATA_FORMATS, why_no_figures)),
        *(
            _item(output, f"{KPIS_TITLE}, {_until(d)}", public / INTERIM / d / KPIS, DATA_FORMATS)
            for d in days
        ),
        *_tables(output, folder, titles),
        _item(output, DATA_PACKAGE_TITLE, public / DATA_PACKAGE, _readable({"json": "JSON"}, why_no_titles)),
    ]
    return Year(
        year,
        reports=tuple(item for item in shown if item.links),
        parts=tuple(_item(output, one.title, public / one.name, REPORT_FORMATS) for one in editions),
        data=tuple(item for item in data if item.links),
        figures=figures,
        demonstration=any(_says_demonstration(public / f"{name}.html") for name in names),
        problems=(
            *_problem(KPIS, year, why_no_figures, "årets nyckeltal saknas i översikten"),
            *_problem(DATA_PACKAGE, year, why_no_titles, "översikten visar datafilerna med deras filnamn"),
        ),
    )


@dataclass(frozen=True)
class _Edition:
    """A report of a part of the year or of one municipality: its file's name, its title, its last day."""

    name: str
    title: str
    day: str


def _editions(public: Path, municipalities: Sequence[str]) -> Iterator[_Edition]:
    """Find the reports of a part of the year or of one municipality, by the names that they can have."""
    places = {file_word(name): name for name in municipalities}
    for report in reports_for("public"):
        for file in sorted(public.glob(f"{report.name}-*.html")):
            rest = file.stem.removeprefix(f"{report.name}-")
            day = found[0] if (found := re.search(r"\d{4}-\d\d-\d\d$", rest)) else ""
            place = rest.removesuffix(day).rstrip("-")
            if (place and place not in places) or (day and not _is_day(day)):
                continue
            about = f": {places[place]}" if place else ""
            until = f", delår {_until(day)}" if day else ""
            yield _Edition(file.stem, f"{report.title}{about}{until}", day)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _until(day: str) -> str:
    return f"till och med {format_date(date.fromisoformat(day))}"


def _problem(stem: str, year: int, why: str, outcome: str) -> Iterator[str]:
    """Tell whoever runs the reports which file cannot be read, what comes of it and how to mend it."""
    if why:
        yield (
            f"Filen {year}/{stem}.json går inte att läsa ({why}), så {outcome}. "
            f"Gör om året: asf-analysis run --year {year}"
        )


def _readable(forms: Mapping[str, str], why_not: str) -> Mapping[str, str]:
    """Leave out the JSON file where it cannot be read: no reader is led to a broken file."""
    return {ending: form for ending, form in forms.items() if ending != "json" or not why_not}


def _item(output: Path, title: str, stem: Path, forms: Mapping[str, str]) -> Item:
    """Give what there is of a document, whose files differ in their ending."""
    files = ((stem.with_name(f"{stem.name}.{ending}"), form) for ending, form in forms.items())
    links = (_link(output, file, form) for file, form in files)
    return Item(title, tuple(link for link in links if link))


def _tables(output: Path, folder: OutputFolder, titles: Mapping[str, str]) -> Iterator[Item]:
    """Give the year's tables, in the order of the package's description and then by name."""
    order = list(titles)
    names = {f"{folder.tables.name}/{file.name}": file for file in _csv_files(folder.tables)}
    for name in sorted(names, key=lambda name: (order.index(name) if name in titles else len(order), name)):
        link = _link(output, names[name], DATA_FORMATS["csv"])
        if link:
            yield Item(titles.get(name) or names[name].stem, (link,))


def _csv_files(folder: Path) -> list[Path]:
    try:
        return [file for file in folder.iterdir() if file.suffix == ".csv" and not file.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _link(output: Path, file: Path, form: str) -> Link | None:
    """Link to a file; None where there is none (a year that is replaced just now has none for a moment)."""
    try:
        size = file.stat().st_size if file.is_file() else None
    except FileNotFoundError:
        return None
    return None if size is None else Link(quote(os.fsencode(file.relative_to(output).as_posix())), form, size)


def _read_json(file: Path, content: TypeAdapter[_Content], empty: _Content) -> tuple[_Content, str]:
    """Give what a file holds, and why it cannot be read; a file that is not there is empty."""
    try:
        return content.validate_json(file.read_bytes()), ""
    except FileNotFoundError:
        return empty, ""
    except OSError as error:
        return empty, error.strerror or type(error).__name__
    except ValidationError:
        return empty, "innehållet är inte det som en rapport skriver"


def _says_demonstration(page: Path) -> bool:
    """Tell whether a published page says that it is made of demonstration data."""
    try:
        return DEMONSTRATION.encode() in page.read_bytes()
    except FileNotFoundError:
        return False
