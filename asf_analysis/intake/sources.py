"""The files that are expected for some years, and their sheets and forms as drafts.

A year's survey is any mix of collected sheets and folders of returned forms, named `enkat…`: one for each
round, or one for both, where the sheets' names or the answers themselves tell the round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from asf_analysis.association import Association
from asf_analysis.errors import DataFaults, Fault, Gathered, Severity
from asf_analysis.folders import DataFolder
from asf_analysis.intake.answers import SURVEY_QUARTERS
from asf_analysis.intake.columns import name_columns, no_header
from asf_analysis.intake.draft import Draft
from asf_analysis.intake.forms import cut_form, forms_draft
from asf_analysis.intake.grid import Grid
from asf_analysis.intake.headings import Headings
from asf_analysis.intake.read import ENDINGS, file_name, find_file, missing_file, read_grids
from asf_analysis.intake.sheets import cut_sheet
from asf_analysis.swedish.dates import last_day, read_quarter, read_round, read_round_in
from asf_analysis.swedish.names import fold

REGISTERS = {"enterprises": "foretagsregister", "support_structures": "stodstrukturer"}
YEARLY = {
    "activities": "informationsinsatser",
    "trainings": "utbildningar",
    "supervised_places": "handledarplatser",
}
SURVEY = "enkat"
"""How the names of a survey's files and folders begin; *enkät* does, too."""

HELP_SHEET = "Hjälp"
"""The sheet of a prepared workbook that explains it and holds its lists; it has no rows of data."""

LAST_QUARTER = max(SURVEY_QUARTERS)


@dataclass(frozen=True)
class Source:
    """A file that is expected: its table, folder, stem and year."""

    table: str
    folder: Path
    stem: str
    year: int


@dataclass(frozen=True)
class Intake:
    """What was read: the drafts, the faults met on the way, and the tables of which a file is missing."""

    drafts: tuple[Draft, ...]
    faults: tuple[Fault, ...]
    incomplete: frozenset[str]


def expected_sources(data: DataFolder, years: Sequence[int]) -> Iterator[Source]:
    """List the files that should be there beside the survey: registers once, and each year's own."""
    yield from registers(data, max(years))
    for year in years:
        for table, stem in YEARLY.items():
            yield Source(table, data.raw_year(year), stem, year)


def read_sources(
    data: DataFolder, association: Association, years: Sequence[int], until: date = date.max
) -> Intake:
    """Read every expected file; one that cannot be read does not hide the faults of the others.

    A survey round whose quarter ends after `until` is not missed.
    """
    beside = read_files(expected_sources(data, years), data.raw, association.region)
    drafts, faults, incomplete = list(beside.drafts), list(beside.faults), set(beside.incomplete)
    headings = Headings.of("responses", association.region)
    for year in years:
        found, notes = _read_survey(data, year, headings)
        missing = list(_missing_rounds(data, year, found, notes, association.started_on, until))
        drafts += found
        faults += [*notes, *missing]
        if any(note.severity == "fel" for note in [*missing, *notes]):
            incomplete.add("responses")
    return Intake(tuple(drafts), tuple(faults), frozenset(incomplete))


def read_files(sources: Iterable[Source], raw: Path, region: str) -> Intake:
    """Read files; one that cannot be read does not hide the faults of the others."""
    drafts: list[Draft] = []
    faults: list[Fault] = []
    incomplete = set()
    for source in sources:
        try:
            found, notes = _read_source(source, raw, Headings.of(source.table, region))
        except DataFaults as stop:
            found, notes = [], list(stop.faults)
        drafts += found
        faults += notes
        if not found and any(note.severity == "fel" for note in notes):
            incomplete.add(source.table)
    return Intake(tuple(drafts), tuple(faults), frozenset(incomplete))


def registers(data: DataFolder, year: int) -> Iterator[Source]:
    """List the registers that span years, as they are read for a year."""
    for table, stem in REGISTERS.items():
        yield Source(table, data.raw, stem, year)


def survey_paths(folder: Path) -> tuple[Path, ...]:
    """List a year's files and folders of the survey, in the order of their names."""
    return tuple(
        sorted(
            path
            for path in (folder.iterdir() if folder.is_dir() else ())
            if fold(path.name).replace("ä", "a").startswith(SURVEY)
            and (path.suffix.lower() in ENDINGS or path.is_dir())
        )
    )


def _read_source(source: Source, raw: Path, headings: Headings) -> tuple[list[Draft], list[Fault]]:
    """Give a file's sheets as drafts, with what is to be said of the file; raises DataFaults."""
    path = find_file(source.folder, source.stem, raw)
    if path is None:
        return [], [missing_file(source.folder, source.stem, raw)]
    return _read_sheets(path, raw, headings, source.year)


def _read_sheets(path: Path, raw: Path, headings: Headings, year: int) -> tuple[list[Draft], list[Fault]]:
    cut = [(grid, cut_sheet(grid)) for grid in read_grids(path, raw, headings.count_known)]
    if not any(sheet for _, sheet in cut):
        raise no_header(file_name(path, raw), headings, year)
    drafts = [name_columns(sheet, headings, year) for _, sheet in cut if sheet]
    return drafts, list(_skipped(grid for grid, sheet in cut if sheet is None))


def _read_survey(data: DataFolder, year: int, headings: Headings) -> tuple[list[Draft], list[Fault]]:
    """Give a year's survey as drafts, each with the round that its names tell."""
    drafts: list[Draft] = []
    faults = Gathered()
    notes: list[Fault] = []
    paths = survey_paths(data.raw_year(year))
    stems = {path.stem.lower() for path in paths if path.suffix.lower() in ENDINGS and not path.is_dir()}
    for stem in sorted(stems):
        with faults:
            find_file(data.raw_year(year), stem, data.raw)
    for path in paths:
        with faults:
            read = _read_forms if path.is_dir() else _read_sheets
            found, told = read(path, data.raw, headings, year)
            notes += told
            quarter = read_quarter(path.stem, SURVEY_QUARTERS)
            drafts += [replace(draft, round=(year, _quarter_of(draft, quarter))) for draft in found]
    return drafts, [*notes, *faults.found]


def _quarter_of(draft: Draft, quarter: int | None) -> int | None:
    """Give the quarter that a file's name tells or, where it tells none, the sheet's name."""
    if quarter is not None or draft.origin.sheet is None:
        return quarter
    told = read_round_in(draft.origin.sheet, SURVEY_QUARTERS)
    return told[1] if told else None


def _read_forms(folder: Path, raw: Path, headings: Headings, year: int) -> tuple[list[Draft], list[Fault]]:
    """Give a folder's forms as one draft, and the collected sheets that lie among them as theirs."""
    faults = Gathered()
    drafts: list[Draft] = []
    notes: list[Fault] = []
    forms = []
    files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in ENDINGS]
    for path in (path for path in files if not path.name.startswith((".", "~$"))):
        with faults:
            filled = [
                (grid, cut_form(grid, headings)) for grid in read_grids(path, raw, headings.count_known)
            ]
            if any(grid.headings for grid, _ in filled):
                found, told = _read_sheets(path, raw, headings, year)
                drafts, notes = [*drafts, *found], [*notes, *told]
            elif any(form for _, form in filled):
                forms += [form for _, form in filled if form]
                notes += _skipped(grid for grid, form in filled if form is None)
            else:
                raise no_header(file_name(path, raw), headings, year)
    if not files:
        empty = Fault(
            file_name(folder, raw), "Mappen har inga svar.", "Lägg svaren i den, eller ta bort den."
        )
        return [], [empty]
    if forms:
        drafts.append(forms_draft(forms, file_name(folder, raw), headings, year))
    return drafts, [*notes, *faults.found]


def _missing_rounds(
    data: DataFolder,
    year: int,
    drafts: Sequence[Draft],
    notes: Sequence[Fault],
    started_on: date,
    until: date,
) -> Iterator[Fault]:
    """Tell of the rounds without a file. One that is there and could not be read has a fault of its own."""
    there: set[int | None] = {quarter for draft in drafts for quarter in quarters_of(draft)}
    there |= {read_quarter(Path(note.file).stem, SURVEY_QUARTERS) for note in notes}
    for quarter in SURVEY_QUARTERS:
        severity = missed_as(year, quarter, started_on, until)
        if quarter not in there and severity:
            yield missing_file(data.raw_year(year), f"{SURVEY}_kv{quarter}", data.raw, severity)


def missed_as(year: int, quarter: int, started_on: date, until: date = date.max) -> Severity | None:
    """Tell how grave it is that a round has no answers; None where none are asked for yet.

    The last quarter's are always required. Those of an earlier one are asked for where its quarter ended on
    or after the first day of the effort; none of a quarter that ends after `until`.

    >>> started = date(2016, 8, 1)
    >>> missed_as(2016, 4, started), missed_as(2017, 1, started), missed_as(2016, 1, started)
    ('fel', 'varning', None)
    """
    if last_day(year, quarter) > until:
        return None
    if quarter == LAST_QUARTER:
        return "fel"
    return "varning" if last_day(year, quarter) >= started_on else None


def quarters_of(draft: Draft) -> set[int]:
    """Give the quarters that a draft's names or answers tell."""
    if draft.round and draft.round[1] is not None:
        return {draft.round[1]}
    told = set()
    for cell in draft.cells("round").distinct:
        try:
            answer = read_round(cell)
        except ValueError:
            continue
        if answer:
            told.add(answer[1])
    return told


def _skipped(grids: Iterable[Grid]) -> Iterator[Fault]:
    """Tell of sheets that hold something but no known headings, and are no help to a prepared workbook."""
    for grid in grids:
        if not grid.is_blank and grid.sheet != HELP_SHEET:
            yield Fault(
                grid.file,
                "Bladet har inga kända rubriker och läses inte.",
                "Ta bort bladet om det inte behövs, eller rätta dess rubriker.",
                sheet=grid.sheet,
                severity="upplysning",
            )
