"""The files that are expected for some years, and their sheets as drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from asf_analysis.association import Association
from asf_analysis.errors import DataFaults, Fault, Severity
from asf_analysis.folders import DataFolder
from asf_analysis.intake.answers import SURVEY_QUARTERS
from asf_analysis.intake.columns import name_columns, no_header
from asf_analysis.intake.draft import Draft
from asf_analysis.intake.headings import Headings
from asf_analysis.intake.read import Grid, file_name, find_file, missing_file, read_grids
from asf_analysis.intake.sheets import cut_sheet
from asf_analysis.swedish.dates import last_day

REGISTERS = {"enterprises": "foretagsregister", "support_structures": "stodstrukturer"}
YEARLY = {
    "activities": "informationsinsatser",
    "trainings": "utbildningar",
    "supervised_places": "handledarplatser",
}
LAST_QUARTER = max(SURVEY_QUARTERS)


@dataclass(frozen=True)
class Source:
    """A file that is expected: its table, folder, stem and year, and how grave it is where it is missing.

    `quarter` is that of a survey round; `missing` is None for a file that need not be there.
    """

    table: str
    folder: Path
    stem: str
    year: int
    quarter: int | None = None
    missing: Severity | None = "fel"


@dataclass(frozen=True)
class Intake:
    """What was read: the drafts, the faults met on the way, and the tables of which a file is missing."""

    drafts: tuple[Draft, ...]
    faults: tuple[Fault, ...]
    incomplete: frozenset[str]


def expected_sources(data: DataFolder, started_on: date, years: Sequence[int]) -> Iterator[Source]:
    """List the files that should be there: registers once, and each year's own.

    The last quarter's survey is always required. An earlier one is asked for where its quarter ended on or
    after `started_on`, the first day of the effort.
    """
    for table, stem in REGISTERS.items():
        yield Source(table, data.raw, stem, max(years))
    for year in years:
        folder = data.raw_year(year)
        for quarter in SURVEY_QUARTERS:
            asked = last_day(year, quarter) >= started_on
            missing: Severity | None = "fel" if quarter == LAST_QUARTER else "varning" if asked else None
            yield Source("responses", folder, f"enkat_kv{quarter}", year, quarter, missing)
        for table, stem in YEARLY.items():
            yield Source(table, folder, stem, year)


def read_sources(data: DataFolder, association: Association, years: Sequence[int]) -> Intake:
    """Read every expected file; one that cannot be read does not hide the faults of the others."""
    drafts: list[Draft] = []
    faults: list[Fault] = []
    incomplete = set()
    headings = {}
    for source in expected_sources(data, association.started_on, years):
        if source.table not in headings:
            headings[source.table] = Headings.of(source.table, association.region)
        try:
            found, notes = _read_source(source, data.raw, headings[source.table])
        except DataFaults as stop:
            found, notes = [], list(stop.faults)
        drafts += found
        faults += notes
        if not found and any(note.severity == "fel" for note in notes):
            incomplete.add(source.table)
    return Intake(tuple(drafts), tuple(faults), frozenset(incomplete))


def _read_source(source: Source, raw: Path, headings: Headings) -> tuple[list[Draft], list[Fault]]:
    """Give a file's sheets as drafts, with what is to be said of the file; raises DataFaults."""
    path = find_file(source.folder, source.stem, raw)
    if path is None:
        missing = source.missing
        return [], [missing_file(source.folder, source.stem, raw, missing)] if missing else []
    grids = read_grids(path, raw, headings.count_known)
    cut = [(grid, cut_sheet(grid, headings.count_known)) for grid in grids]
    if not any(sheet for _, sheet in cut):
        raise no_header(file_name(path, raw), headings, source.year)
    drafts = [name_columns(sheet, headings, source.year) for _, sheet in cut if sheet]
    if source.quarter is not None:
        drafts = [replace(draft, round=(source.year, source.quarter)) for draft in drafts]
    return drafts, list(_skipped(grid for grid, sheet in cut if sheet is None))


def _skipped(grids: Iterable[Grid]) -> Iterator[Fault]:
    """Tell of sheets that hold something but no known headings."""
    for grid in grids:
        if any(cell is not None for row in grid.rows for cell in row):
            yield Fault(
                grid.file,
                "Bladet har inga kända rubriker och läses inte.",
                "Ta bort bladet om det inte behövs, eller rätta dess rubriker.",
                sheet=grid.sheet,
                severity="upplysning",
            )
