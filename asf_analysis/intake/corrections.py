"""Known faults in the raw data, mended by a line in `data/corrections/<year>.csv` that says why and by whom.

A correction says what stands in the cell; one that no longer does stops the run, for then the source has
been mended or moved, and nobody knows what the correction would hit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from asf_analysis.errors import DataFaults, Fault
from asf_analysis.folders import DataFolder
from asf_analysis.intake.draft import Draft, as_logged
from asf_analysis.intake.lists import Line, read_list
from asf_analysis.intake.read import cell_text
from asf_analysis.swedish.names import fold

COLUMNS = ("fil", "blad", "rad", "kolumn", "förväntat", "rättat", "skäl", "beslutat av")


@dataclass(frozen=True)
class Correction:
    """One line: which cell, what stands there, what it becomes, why, and who decided; and its own place."""

    file: str
    sheet: str | None
    row: int
    column: str
    expected: str
    corrected: str
    reason: str
    decided_by: str
    listed_in: str
    line: int

    def concerns(self, draft: Draft) -> bool:
        """Tell whether the corrected cell is in a sheet; a workbook's only sheet need not be named."""
        return self.file == draft.file and self.sheet in (None, draft.sheet)

    def fault(self, problem: str, remedy: str) -> Fault:
        """Give a fault at the line of the correction."""
        return Fault(self.listed_in, problem, remedy, row=self.line)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read a year's corrections; there are none where there is no file.

    Raises DataFaults for missing columns, no row number, and a correction without reason or decider.
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
    """Give a fault for each correction whose file or sheet is not there; an unreadable file has its own."""
    return [
        correction.fault(
            "Rättelsen gäller en fil eller ett blad som inte finns i underlaget.",
            "Rätta fil och blad så som de heter nu, eller ta bort raden.",
        )
        for correction in corrections
        if correction.file not in unreadable and not any(correction.concerns(draft) for draft in drafts)
    ]


def _apply(draft: Draft, correction: Correction) -> Draft:
    column = _column(draft, correction.column)
    if column is None or correction.row not in draft.frame.index:
        return _with_fault(draft, correction, "Rättelsen gäller en cell som inte finns bland svaren.")
    before = cell_text(draft.frame.at[correction.row, column])
    if fold(before) != fold(correction.expected):
        return _with_fault(draft, correction, "Rättelsen stämmer inte längre: något annat står i cellen.")
    cells = draft.frame[column].copy()
    cells.at[correction.row] = correction.corrected or None
    rule = f"Rättad: {correction.reason} (beslutat av {correction.decided_by})"
    rows = draft.frame.index[draft.frame.index == correction.row]
    return draft.with_columns(**{column: cells}).with_log(
        rows, column, as_logged(before), as_logged(correction.corrected), rule, "upplysning"
    )


def _with_fault(draft: Draft, correction: Correction, problem: str) -> Draft:
    remedy = "Jämför fil, blad, rad, kolumn och förväntat med filen, och ändra eller ta bort raden."
    return draft.with_fault(correction.fault(problem, remedy))


def _column(draft: Draft, heading: str) -> str | None:
    """Find the column that has a heading in the file."""
    found = [column for column, text in draft.headings.items() if fold(text) == fold(heading)]
    return found[0] if found else None


def _correction(line: Line) -> Correction | None:
    """Make a line a correction; None where the line notes a fault."""
    remedy = "En rättelse säger vilken cell, vad den blir, varför och vem som har beslutat."
    row = line.read("rad", _row_number, "Skriv radens nummer i filen.")
    file, column, reason, decided_by = (
        line.read(heading, _given, remedy) for heading in ("fil", "kolumn", "skäl", "beslutat av")
    )
    if row is None or file is None or column is None or reason is None or decided_by is None:
        return None
    return Correction(
        file=file,
        sheet=line.text("blad") or None,
        row=row,
        column=column,
        expected=line.text("förväntat"),
        corrected=line.text("rättat"),
        reason=reason,
        decided_by=decided_by,
        listed_in=line.file,
        line=line.number,
    )


def _row_number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("Raden är inte ett radnummer.")
    return int(text)


def _given(text: str) -> str:
    if not text:
        raise ValueError("Cellen är tom.")
    return text
