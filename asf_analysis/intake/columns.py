"""A sheet's columns, named by their headings; what is missing, unknown or there twice is told."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from asf_analysis.errors import DataFaults, Fault
from asf_analysis.intake.draft import Draft
from asf_analysis.intake.headings import COLUMNS_FILE, Headings, form_columns, may_lack
from asf_analysis.intake.log import Lines, log_lines
from asf_analysis.intake.origin import SheetOrigin
from asf_analysis.intake.sheets import Sheet


def name_columns(sheet: Sheet, headings: Headings, year: int) -> Draft:
    """Make a sheet a draft with clean column names.

    An unknown heading is a warning and its column is left out; a column without a heading, likewise; two
    headings for one column, and a missing one, are faults. The columns in which a form's tool tells who
    answered and when are no answers, and are left out.
    """
    forms_own = form_columns(sheet.headings)
    found = {
        place: headings.find(text) for place, text in enumerate(sheet.headings) if text and place >= forms_own
    }
    times = Counter(column for column in found.values() if column)
    named = {place: column for place, column in found.items() if column and times[column] == 1}
    own = {column: sheet.headings[place] for place, column in named.items()}
    return Draft(
        table=headings.table,
        origin=SheetOrigin(sheet.file, sheet.sheet),
        headings=own,
        raw={column: sheet.columns[place] for place, column in named.items()},
        frame=pd.DataFrame(index=pd.Index(sheet.rows)),
        sums=sheet.sums[list(named)].rename(columns=named),
        faults=(
            *_doubled(sheet, found, times, headings, year),
            *_missing(sheet, set(times), headings, year),
            *_unknown(sheet, found, headings),
            *_unnamed(sheet),
            *_forms_own(sheet, forms_own),
        ),
        log=_log(sheet, own, headings, year),
    )


def no_header(file: str, headings: Headings, year: int) -> DataFaults:
    """Say that no sheet of a file has a row of known headings."""
    examples = ", ".join(f"”{headings.expected(column, year)}”" for column in headings.columns[:4])
    remedy = f"Kontrollera att det är rätt fil. Rubrikraden ska ha till exempel {examples}."
    return DataFaults([Fault(file, "Ingen rad har kända rubriker.", remedy)])


def _missing(sheet: Sheet, present: set[str | None], headings: Headings, year: int) -> list[Fault]:
    shown = ", ".join(text for text in sheet.headings if text)
    return [
        Fault(
            sheet.file,
            f"{'Bladet' if sheet.sheet else 'Filen'} saknar kolumnen ”{headings.expected(column, year)}”.",
            f"Rubriker som finns: {shown}. Har frågan bytt namn, lägg till en rad i {COLUMNS_FILE}: "
            f"{headings.table},{column},<ny rubrik>,{year}",
            sheet=sheet.sheet,
            row=sheet.header_row,
        )
        for column in headings.columns
        if column not in present and not may_lack(headings.table, column, present)
    ]


def _doubled(
    sheet: Sheet, found: dict[int, str | None], times: Counter[str], headings: Headings, year: int
) -> list[Fault]:
    return [
        Fault(
            sheet.file,
            "Flera rubriker står för samma kolumn: "
            + " och ".join(f"”{sheet.headings[place]}”" for place in found if found[place] == column)
            + ".",
            f"Behåll en av dem, med rubriken ”{headings.expected(column, year)}”.",
            sheet=sheet.sheet,
            row=sheet.header_row,
            column=headings.expected(column, year),
        )
        for column, count in times.items()
        if count > 1
    ]


def _unknown(sheet: Sheet, found: dict[int, str | None], headings: Headings) -> list[Fault]:
    return [
        Fault(
            sheet.file,
            "Rubriken är okänd och kolumnen läses inte.",
            "Närmast kända rubriker: "
            + ", ".join(f"”{text}”" for text in headings.nearest(sheet.headings[place]))
            + f". Rätta rubriken, eller lägg till en rad i {COLUMNS_FILE}.",
            sheet=sheet.sheet,
            row=sheet.header_row,
            column=sheet.headings[place],
            severity="varning",
        )
        for place, column in found.items()
        if column is None
    ]


def _unnamed(sheet: Sheet) -> list[Fault]:
    return [
        Fault(
            sheet.file,
            f"Kolumn nummer {place + 1} har uppgifter men ingen rubrik, och läses inte.",
            "Skriv en rubrik, eller ta bort uppgifterna.",
            sheet=sheet.sheet,
            row=sheet.header_row,
            severity="varning",
        )
        for place, text in enumerate(sheet.headings)
        if not text and sheet.columns[place].filled.any()
    ]


def _forms_own(sheet: Sheet, count: int) -> list[Fault]:
    """Tell, once a sheet, which columns are a form's own; never what stands in them."""
    own = ", ".join(f"”{text}”" for text in sheet.headings[:count])
    return [
        Fault(
            sheet.file,
            f"Formulärets egna kolumner läses inte: {own}.",
            "Inget behöver göras.",
            sheet=sheet.sheet,
            row=sheet.header_row,
            severity="upplysning",
        )
        for _ in range(min(count, 1))
    ]


def _near(sheet: Sheet, text: str, column: str, headings: Headings, year: int) -> Lines:
    expected = headings.expected(column, year)
    rule = "Rubrik läst som den kända rubrik den är nära"
    return log_lines(sheet.file, sheet.sheet, [sheet.header_row], text, text, expected, rule, "varning")


def _log(sheet: Sheet, own: dict[str, str], headings: Headings, year: int) -> tuple[Lines, ...]:
    """Log the rows that are no data, and the headings that were recognised only by nearness."""
    no_data = (
        (sheet.repeated, "Upprepad rubrikrad, inte ett svar"),
        (sheet.sums.index, "Summarad, inte ett svar"),
    )
    near = [
        _near(sheet, text, column, headings, year)
        for column, text in own.items()
        if not headings.is_exact(text)
    ]
    return (
        *near,
        *(
            log_lines(sheet.file, sheet.sheet, list(rows), None, "", "", rule)
            for rows, rule in no_data
            if len(rows)
        ),
    )
