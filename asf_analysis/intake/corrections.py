"""Known faults in the raw data, mended by a line in `data/corrections/<year>.csv` that says why and by whom.

A correction says what stands in the cell; one that no longer does stops the run, for then the source has
been mended or moved, and nobody knows what the correction would hit. Its row is told by its number in the
file (`rad`), by the enterprise's organisation number (`nyckel`), or by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from asf_analysis.errors import DataFaults, Fault
from asf_analysis.folders import DataFolder
from asf_analysis.intake.cells import Broken, Shared, cell_text
from asf_analysis.intake.draft import Draft, as_logged
from asf_analysis.intake.lists import Line, read_list
from asf_analysis.intake.origin import FormsOrigin
from asf_analysis.swedish.names import fold
from asf_analysis.swedish.organisation_numbers import read_organisation_number

COLUMNS = ("fil", "blad", "rad", "kolumn", "förväntat", "rättat", "skäl", "beslutat av")
"""The columns that a file of corrections must have; it may have `nyckel`, too."""

_REMEDY = "En rättelse säger vilken cell, vad den blir, varför och vem som har beslutat."
_ROW_REMEDY = "Skriv radens nummer i filen som rad, eller företagets organisationsnummer som nyckel."
_PLACE_REMEDY = "Jämför fil, blad, rad, nyckel, kolumn och förväntat med filen; ändra eller ta bort raden."


@dataclass(frozen=True)
class Correction:
    """One line: which cell, what stands there, what it becomes, why, and who decided; and its own place.

    `file` may be a folder of forms. Of `row` and `key`, an organisation number, one may be None.
    """

    file: str
    sheet: str | None
    row: int | None
    key: str | None
    column: str
    expected: str
    corrected: str
    reason: str
    decided_by: str
    listed_in: str
    line: int

    def concerns(self, draft: Draft) -> bool:
        """Tell whether the corrected cell is in a sheet or a form; a file's only sheet need not be named."""
        return any(
            self.file in (draft.origin.file, file) and self.sheet in (None, sheet)
            for file, sheet, _ in draft.origin.sheets()
        )

    def fault(self, problem: str, remedy: str) -> Fault:
        """Give a fault at the line of the correction."""
        return Fault(self.listed_in, problem, remedy, row=self.line)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a year's corrections; there are none where there is no file.

    Raises DataFaults for missing columns, neither row nor key, one that cannot be read, and a correction
    without reason or decider.
    """
    lines = read_list(path, f"{path.parent.name}/{path.name}", COLUMNS)
    corrections = [_correction(line) for line in lines]
    faults = [fault for line in lines for fault in line.faults]
    if faults:
        raise DataFaults(faults)
    return tuple(correction for correction in corrections if correction is not None)


def corrections_for(data: DataFolder, years: Sequence[int]) -> tuple[tuple[Correction, ...], list[Fault]]:
    """Read the corrections that concern some years' files, and all that concern the registers.

    Gives them with the faults of the files that could not be read.
    """
    corrections: list[Correction] = []
    faults: list[Fault] = []
    for year in sorted({*years, *data.years()}):
        try:
            corrections += read_corrections(data.corrections(year))
        except DataFaults as stop:
            faults += stop.faults
    folders = {str(year) for year in data.years()} - {str(year) for year in years}
    return tuple(c for c in corrections if c.file.split("/")[0] not in folders), faults


def correct(draft: Draft, corrections: Iterable[Correction]) -> Draft:
    """Apply the corrections that concern a sheet, in their order, each logged with its reason and decider."""
    for correction in corrections:
        if correction.concerns(draft):
            draft = _apply(draft, correction)
    return draft


def unused(corrections: Iterable[Correction], drafts: Sequence[Draft], unreadable: set[str]) -> list[Fault]:
    """Give a fault for each correction whose sheet is not there, or may be any of several.

    An unreadable file, alone or in a folder of forms, has a fault of its own.
    """
    faults = []
    for correction in corrections:
        concerned = sum(correction.concerns(draft) for draft in drafts)
        if concerned > 1:
            problem = "Rättelsen säger inte vilket av filens blad den gäller."
            faults.append(correction.fault(problem, "Skriv bladets namn som blad."))
        elif not concerned and not any(_is_within(file, correction.file) for file in unreadable):
            faults.append(
                correction.fault(
                    "Rättelsen gäller en fil eller ett blad som inte finns i underlaget.",
                    "Rätta fil och blad så som de heter nu, eller ta bort raden.",
                )
            )
    return faults


def _is_within(file: str, place: str) -> bool:
    return file == place or file.startswith(f"{place}/")


def _apply(draft: Draft, correction: Correction) -> Draft:
    column = _column(draft, correction.column)
    if column is None:
        return _with_fault(draft, correction, "Rättelsen gäller en cell som inte finns bland svaren.")
    rows = _numbered(draft, correction, column)
    if not rows.any():
        return _with_fault(draft, correction, "Rättelsen gäller en cell som inte finns bland svaren.")
    if correction.key is not None:
        rows &= draft.cells("organisation_number").which(lambda cell: _number(cell) == correction.key)
        if not rows.any():
            where = "Ingen rad i filen" if correction.row is None else "Raden"
            verb = "har" if correction.row is None else "har inte"
            return _with_fault(draft, correction, f"{where} {verb} det organisationsnummer som är nyckel.")
    if rows.sum() > 1:
        problem = "Rättelsen passar flera rader i filen."
        return _with_fault(draft, correction, problem, "Skriv blad och rad så att bara en rad passar.")
    row = int(rows.argmax())
    before = cell_text(draft.cells(column).at(row))
    if fold(before) != fold(correction.expected):
        return _with_fault(draft, correction, "Rättelsen stämmer inte längre: något annat står i cellen.")
    rule = f"Rättad: {correction.reason} (beslutat av {correction.decided_by})"
    after = as_logged(correction.corrected, column)
    return draft.with_cells(column, draft.cells(column).replaced(row, correction.corrected or None)).with_log(
        draft.rows[[row]], column, as_logged(before, column), after, rule, "upplysning"
    )


def _numbered(draft: Draft, correction: Correction, column: str) -> np.ndarray:
    """Tell which rows have the file, the sheet and the number of a correction, as far as it gives them.

    A folder's own rows have no numbers; those of a form are the answers'.
    """
    if not isinstance(draft.origin, FormsOrigin):
        every = np.ones(len(draft.rows), dtype=bool)
        return every if correction.row is None else draft.rows.to_numpy() == correction.row
    folder = correction.row is None and correction.file == draft.origin.file
    return np.array(
        [
            (folder or correction.file == form.file)
            and correction.sheet in (None, form.sheet)
            and column in form.rows
            and correction.row in (None, form.rows[column])
            for form in draft.origin.forms
        ],
        dtype=bool,
    )


def _number(cell: Any) -> str | None:
    """Read a cell's organisation number; None where there is none, or none that can be read."""
    if isinstance(cell, Shared):
        return _number(cell.cell)
    try:
        return None if isinstance(cell, Broken) else read_organisation_number(cell)
    except ValueError:
        return None


def _with_fault(draft: Draft, correction: Correction, problem: str, remedy: str = _PLACE_REMEDY) -> Draft:
    return draft.with_fault(correction.fault(problem, remedy))


def _column(draft: Draft, heading: str) -> str | None:
    """Find the column that has a heading in the file."""
    found = [column for column, text in draft.headings.items() if fold(text) == fold(heading)]
    return found[0] if found else None


def _correction(line: Line) -> Correction | None:
    """Make a line a correction; None where the line notes a fault."""
    row = line.read("rad", _row_number, _ROW_REMEDY)
    key = line.read("nyckel", read_organisation_number, _ROW_REMEDY)
    if row is None and key is None and not line.faults:
        line.fault("rad", "Rättelsen säger inte vilken rad den gäller.", _ROW_REMEDY)
    file, column, reason, decided_by = (
        line.read(heading, _given, _REMEDY) for heading in ("fil", "kolumn", "skäl", "beslutat av")
    )
    if file is None or column is None or reason is None or decided_by is None:
        return None
    return Correction(
        file=file,
        sheet=line.text("blad") or None,
        row=row,
        key=key,
        column=column,
        expected=line.text("förväntat"),
        corrected=line.text("rättat"),
        reason=reason,
        decided_by=decided_by,
        listed_in=line.file,
        line=line.number,
    )


def _row_number(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal():
        raise ValueError("Raden är inte ett radnummer.")
    return int(text)


def _given(text: str) -> str:
    if not text:
        raise ValueError("Cellen är tom.")
    return text
