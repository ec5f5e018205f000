"""A new year made ready: workbooks to fill in, goals to set, and headings to write under.

`prepare_year` writes what is missing and leaves what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from asf_analysis.association import Association, load_association
from asf_analysis.errors import DataFaults, Fault, WrongUsage
from asf_analysis.folders import DataFolder
from asf_analysis.intake.inspection import read_registers
from asf_analysis.intake.read import ENDINGS
from asf_analysis.intake.sources import survey_paths
from asf_analysis.kpis.results import Results
from asf_analysis.pipeline import load_results
from asf_analysis.preparation.assessment import ENCODING, assessment_text, corrections_text
from asf_analysis.preparation.placing import place_all
from asf_analysis.preparation.targets import TargetLines, prepared_targets
from asf_analysis.preparation.workbooks import Workbook, workbooks_of
from asf_analysis.swedish.dates import read_quarter
from asf_analysis.swedish.writing import count_phrase

__all__ = ["Prepared", "prepare_year", "told_preparation"]


@dataclass(frozen=True)
class Prepared:
    """What making a year ready did: files written, files left as they were, what a person should know.

    `targets_added` counts the new lines of the list of targets.
    """

    year: int
    written: tuple[Path, ...]
    left: tuple[Path, ...]
    remarks: tuple[str, ...]
    targets_added: int = 0


def prepare_year(data: DataFolder, year: int) -> Prepared:
    """Write the workbooks, the goals and the assessment of a year, all of them or none.

    What is there already is left as it is. The year before gives baselines; where it has no data, or faults,
    they stay empty, and a remark says so. Raises WrongUsage for a year before the effort began, DataFaults
    where the association cannot be read, UnwritableOutput where something cannot be written.
    """
    association = load_association(data)
    if year < association.started_on.year:
        raise WrongUsage(
            f"Insatsen började {association.started_on}, så {year} har inget att följa upp. "
            f"Välj {association.started_on.year} eller ett senare år, eller rätta started_on i "
            f"{data.association.name}."
        )
    registers, faults = read_registers(data, association, year)
    before, remarks = _year_before(data, year)
    remarks = [*_told_of_registers(year, registers["enterprises"].empty, faults), *remarks]
    new: dict[Path, bytes] = {}
    left: list[Path] = []
    empty = registers["enterprises"].empty
    for book in workbooks_of(data, association, registers, year):
        if empty and book.quarter and not book.is_form:
            continue
        there = _there_already(data, book, year)
        if there:
            left += there
        else:
            new[book.path] = book.content
    texts = {
        data.assessment(year): assessment_text(data, year, association).encode("utf-8"),
        data.corrections(year): corrections_text().encode(ENCODING),
    }
    left += [path for path in texts if path.exists()]
    new |= {path: content for path, content in texts.items() if not path.exists()}
    changed: dict[Path, tuple[bytes, bytes]] = {}
    targets, remark = _targets(data, year, association, before)
    remarks += remark
    if targets is None or not targets.added:
        left.append(data.targets)
    elif data.targets.exists():
        changed[data.targets] = (data.targets.read_bytes(), targets.content)
    else:
        new[data.targets] = targets.content
    place_all(new, changed)
    return Prepared(
        year=year,
        written=tuple(new),
        left=tuple(dict.fromkeys(left)),
        remarks=tuple(remarks),
        targets_added=targets.added if targets else 0,
    )


def _there_already(data: DataFolder, book: Workbook, year: int) -> list[Path]:
    """Name the files or folders that hold what a workbook is for, whatever their kind or ending."""
    if book.table == "responses" and not book.is_form:
        paths = survey_paths(data.raw_year(year))
        quarters = {path: read_quarter(path.stem) for path in paths}
        return [path for path in paths if quarters[path] in (book.quarter, None)]
    folder, stem = book.path.parent, book.path.stem
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.suffix.lower() in ENDINGS and path.stem.lower() == stem)


def _year_before(data: DataFolder, year: int) -> tuple[Results | None, list[str]]:
    """Measure the year before, for its baselines; or say why there are none."""
    if year - 1 not in data.years():
        return None, [f"Det finns inga uppgifter för {year - 1}, så målen har inga ingångsvärden."]
    try:
        return load_results(year - 1, data), []
    except DataFaults as stop:
        count = count_phrase(len(stop.faults), "fel", "fel", neuter=True)
        return None, [
            f"Underlaget för {year - 1} har {count}, så målen har inga ingångsvärden. "
            f"Felen listas av: asf-analysis check --year {year - 1}"
        ]


def _told_of_registers(year: int, empty: bool, faults: Sequence[Fault]) -> list[str]:
    if empty:
        return [
            "Företagsregistret har inga företag än, och därför är enkätens blad inte skrivna. Fyll i "
            f"registret och kör asf-analysis new-year {year} igen, så får enkäten en rad för varje företag."
        ]
    wrong = [fault for fault in faults if fault.severity == "fel"]
    return [f"Registren har fel, så listorna kan sakna företag. {DataFaults(wrong)}"] if wrong else []


def _targets(
    data: DataFolder, year: int, association: Association, before: Results | None
) -> tuple[TargetLines | None, list[str]]:
    try:
        return prepared_targets(data, year, association, before), []
    except DataFaults as stop:
        return None, [f"Målen för {year} är inte förberedda, för {data.targets.name} har fel. {stop}"]


def told_preparation(prepared: Prepared, data: DataFolder, options: str = "") -> str:
    """Tell in Swedish what was written, what was left, and what to do now.

    `options` are what commands need to find the same data.
    """
    year, root = prepared.year, data.root.parent
    lines = [f"Året {year} är förberett." if prepared.written or prepared.targets_added else
             f"Året {year} var redan förberett; inget har ändrats."]  # fmt: skip
    lines += _listed("Skrivna filer", prepared.written, root)
    if prepared.targets_added and data.targets not in prepared.written:
        rows = count_phrase(prepared.targets_added, "ny rad", "nya rader")
        lines += ["", f"{_shown(data.targets, root)} har fått {rows} för {year}, efter dem som fanns."]
    lines += _listed("Fanns redan och är orörda", prepared.left, root)
    lines += ["", *prepared.remarks] if prepared.remarks else []
    lines += ["", f"Se vad som ska göras nu: asf-analysis status {year}{options}"]
    return "\n".join(lines) + "\n"


def _listed(heading: str, paths: Iterable[Path], root: Path) -> list[str]:
    shown = [f"  {_shown(path, root)}" for path in paths]
    return ["", f"{heading}:", *shown] if shown else []


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
