"""Demonstration data: invented, the same on every machine, and adding up to the published report of 2018."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from asf_analysis.association import load_association
from asf_analysis.demonstration.activities import activities_of
from asf_analysis.demonstration.elsewhere import Elsewhere
from asf_analysis.demonstration.enterprises import Enterprise, register
from asf_analysis.demonstration.figures import figures_of, scaled
from asf_analysis.demonstration.sheets import Table, workbook_bytes, write_csv
from asf_analysis.demonstration.structures import memberships, places_of
from asf_analysis.demonstration.survey import rounds_of
from asf_analysis.demonstration.tables import (
    activity_table,
    enterprise_table,
    place_table,
    structure_table,
    survey_table,
    training_table,
)
from asf_analysis.errors import DataFaults, UnwritableOutput, WrongUsage
from asf_analysis.folders import DataFolder

__all__ = ["DEFAULT_YEARS", "FORMS", "Form", "write_demonstration"]

DEFAULT_YEARS = (2016, 2017, 2018, 2019)
EARLIEST_YEAR, LATEST_YEAR = 2000, 2100

LARGEST_SCALE = 10_000
"""An Excel sheet has room for no more activities than this scale gives."""

Form = Literal["xlsx", "csv"]
FORMS: tuple[Form, ...] = get_args(Form)

AS_CSV = frozenset({(2016, "utbildningar"), (2017, "informationsinsatser")})
"""Files that someone saved as CSV, on Windows, though the others are workbooks."""

REGISTERS = ("foretagsregister", "stodstrukturer")
YEAR_FILES = ("enkat_kv1", "enkat_kv4", "informationsinsatser", "utbildningar", "handledarplatser")

GOALS = "targets.csv"
"""All that another association's demonstration has of ours beside the raw data: nothing in words."""

AROUND = ("association.toml", "targets.csv", "assessments", "corrections", "published", "reference")
"""What a data folder holds beside the raw data."""


def write_demonstration(
    output: Path,
    years: Sequence[int] = DEFAULT_YEARS,
    scale: int = 1,
    copy_from: Path | None = None,
    form: Form = "xlsx",
) -> list[Path]:
    """Write demonstration data into a data folder, and give the files written.

    `scale` is how many times the enterprises and activities; trainings and support structures stay as they
    are. What a data folder needs beside the raw data, and `output` lacks, is copied from `copy_from`. As
    CSV, in UTF-8, a large scale is written many times as fast.

    Raises WrongUsage for years, a scale or a form that cannot be, and where real data could be overwritten;
    UnwritableOutput where the folder cannot be written to.
    """
    chosen = _checked_years(years)
    _check_scale(scale)
    _check_form(form)
    _refuse_real_data(DataFolder(output))
    if copy_from is not None:
        _refuse_real_association(DataFolder(copy_from))
    try:
        written = _copy_around(output, copy_from) if copy_from is not None else []
        _remove_earlier(DataFolder(output))
        for place, table in _tables(DataFolder(output), chosen, scale, _elsewhere(DataFolder(output))):
            place.parent.mkdir(parents=True, exist_ok=True)
            written.append(_write(place, table, form))
    except OSError as error:
        raise UnwritableOutput(
            f"Det går inte att skriva i mappen {output} ({error.strerror or error}). Ange en annan mapp."
        ) from error
    return written


def _checked_years(years: Sequence[int]) -> list[int]:
    chosen = sorted(set(years))
    if not chosen or not all(EARLIEST_YEAR <= year <= LATEST_YEAR for year in chosen):
        raise WrongUsage(
            f"Demonstrationsdata kan göras för år från {EARLIEST_YEAR} till {LATEST_YEAR}. "
            "Ange minst ett år, till exempel 2016-2019."
        )
    return chosen


def _check_scale(scale: int) -> None:
    if not 1 <= scale <= LARGEST_SCALE:
        raise WrongUsage(f"Skalan ska vara ett heltal från 1 till {LARGEST_SCALE}, men är {scale}.")


def _check_form(form: str) -> None:
    if form not in FORMS:
        raise WrongUsage(f"Demonstrationsdata skrivs som {' eller '.join(FORMS)}.")


def _refuse_real_data(data: DataFolder) -> None:
    """Refuse a folder that holds, or may hold, anything but demonstration data."""
    if data.root.exists() and not data.root.is_dir():
        raise WrongUsage(f"{data.root} är en fil. Ange en mapp för demonstrationsdata.")
    if data.association.exists():
        _refuse_real_association(data)
    elif data.raw.is_dir() and any(data.raw.iterdir()):
        raise WrongUsage(
            f"Mappen {data.raw} innehåller redan filer, men {data.association.name} saknas, så det syns "
            "inte om de är demonstrationsdata. Inget har skrivits. Ange en annan mapp."
        )


def _refuse_real_association(data: DataFolder) -> None:
    try:
        content = tomllib.loads(data.association.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUsage(
            f"Det går inte att läsa {data.association}, så det syns inte om mappen är avsedd för "
            "demonstrationsdata. Inget har skrivits. Rätta filen eller ange en annan mapp."
        ) from error
    if content.get("demonstration") is not True:
        raise WrongUsage(
            f"{data.association} säger inte demonstration = true. Mappen kan innehålla riktiga uppgifter, så "
            "inget har skrivits. Ange en annan mapp."
        )


def _copy_around(output: Path, source: Path) -> list[Path]:
    """Copy what the raw data needs around it and the output lacks."""
    if source.resolve() == output.resolve():
        return []
    copied: list[Path] = []
    other = DataFolder(output).association
    foreign = other.exists() and other.read_bytes() != DataFolder(source).association.read_bytes()
    for name in (GOALS,) if foreign else AROUND:
        origin, target = source / name, output / name
        if not origin.exists() or target.exists():
            continue
        files = sorted(origin.rglob("*")) if origin.is_dir() else [origin]
        for file in files:
            if file.is_file():
                place = output / file.relative_to(source)
                place.parent.mkdir(parents=True, exist_ok=True)
                copied.append(Path(shutil.copyfile(file, place)))
    return copied


def _remove_earlier(data: DataFolder) -> None:
    """Remove the files of an earlier demonstration, whose enterprises are not in the new register."""
    for year in data.years():
        folder = data.raw_year(year)
        _remove(folder, YEAR_FILES)
        if not any(folder.iterdir()):
            folder.rmdir()
    _remove(data.raw, REGISTERS)


def _remove(folder: Path, names: Sequence[str]) -> None:
    for name in names:
        for ending in FORMS:
            (folder / f"{name}.{ending}").unlink(missing_ok=True)


def _elsewhere(data: DataFolder) -> Elsewhere:
    """Tell where the data is to be: with the folder's own association, as far as it can be read.

    What is wrong with its file is told by `asf-analysis check`; until then the data is ours.
    """
    try:
        return Elsewhere.of(load_association(data))
    except DataFaults:
        return Elsewhere()


def _tables(
    data: DataFolder, years: list[int], scale: int, elsewhere: Elsewhere
) -> Iterator[tuple[Path, Table]]:
    """Give every table of raw data, one at a time, with its file's path but for the ending."""
    last_year = years[-1]
    enterprises = elsewhere.moved(register(years[0], last_year, scale))
    structures = structure_table(elsewhere.moved(memberships(last_year)), last_year)
    for name, table in zip(REGISTERS, (enterprise_table(enterprises, last_year), structures), strict=True):
        yield data.raw / name, table
    for year in years:
        for name, table in _year_tables(year, enterprises, scale, elsewhere):
            yield data.raw_year(year) / name, replace(table, region=elsewhere.region)


def _write(place: Path, table: Table, form: Form) -> Path:
    """Write a table, and give its file."""
    windows = form == "xlsx" and (table.year, place.name) in AS_CSV
    path = place.with_name(f"{place.name}.{'csv' if windows else form}")
    if path.suffix == ".csv":
        write_csv(path, table, "cp1252" if windows else "utf-8-sig")
    else:
        path.write_bytes(workbook_bytes(table))
    return path


def _year_tables(
    year: int, enterprises: list[Enterprise], scale: int, elsewhere: Elsewhere
) -> Iterator[tuple[str, Table]]:
    before, figures = scaled(figures_of(year - 1), scale), scaled(figures_of(year), scale)
    for quarter, answers in rounds_of(year, enterprises, before, figures).items():
        yield f"enkat_kv{quarter}", survey_table(year, quarter, answers)
    activities = elsewhere.moved(activities_of(year, figures))
    yield "informationsinsatser", activity_table(year, activities, total=year != 2016)
    yield "utbildningar", training_table(year, tuple(elsewhere.moved(figures.trainings)))
    yield "handledarplatser", place_table(year, places_of(year, enterprises, before, figures))
