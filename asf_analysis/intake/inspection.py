"""Raw data of years made clean tables, or one list of all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from asf_analysis.association import Association
from asf_analysis.errors import DataFaults, Fault, WrongUsage
from asf_analysis.folders import DataFolder
from asf_analysis.intake.checks import check_tables
from asf_analysis.intake.clean import clean, gather
from asf_analysis.intake.corrections import correct, corrections_for, unused
from asf_analysis.intake.draft import Draft
from asf_analysis.intake.findings import Title
from asf_analysis.intake.log import gather_account, gather_log
from asf_analysis.intake.origin import FormsOrigin
from asf_analysis.intake.registered import Registered
from asf_analysis.intake.schemas import SCHEMAS, CleanTables, Inspection
from asf_analysis.intake.sources import REGISTERS, read_files, read_sources, registers
from asf_analysis.intake.unfilled import unfilled_faults, unfilled_rows
from asf_analysis.intake.validation import schema_faults
from asf_analysis.intake.variants import names_of

__all__ = ["CleanTables", "Inspection", "inspect_years", "read_registers", "read_years"]


def read_years(
    data: DataFolder, association: Association, years: Sequence[int], until: date = date.max
) -> CleanTables:
    """Give the clean tables of some years; a survey round that ends after `until` is not missed.

    Raises DataFaults with every *fel* of every file at once, and WrongUsage where no year is given.
    """
    inspection = inspect_years(data, association, years, until)
    tables = inspection.tables
    if tables is None:
        raise DataFaults(inspection.stopping)
    return tables


def inspect_years(
    data: DataFolder, association: Association, years: Sequence[int], until: date = date.max
) -> Inspection:
    """Read some years, and give all that was read and all that was found, whatever stands in the way.

    A survey round that ends after `until` is not missed. Raises WrongUsage where no year is given.
    """
    chosen = tuple(sorted(set(years)))
    if not chosen:
        raise WrongUsage("Ange minst ett år.")
    absent = _absent_years(data, chosen)
    if absent:
        return _inspection(_gathered([]), (), frozenset(SCHEMAS), absent, chosen)
    read = read_sources(data, association, chosen, until)
    corrections, faults = corrections_for(data, chosen)
    names, percent = names_of(association), association.rules.approximate_percent
    corrected = [correct(draft, corrections) for draft in read.drafts]
    register = [clean(draft, names, percent) for draft in corrected if draft.table == "enterprises"]
    names = replace(names, enterprises=Registered(gather("enterprises", register)))
    others = [clean(draft, names, percent) for draft in corrected if draft.table != "enterprises"]
    drafts = [*register, *others]
    rows = _gathered(drafts)
    found = [
        *faults,
        *read.faults,
        *unused(corrections, drafts, {fault.file for fault in read.faults}),
        *unfilled_faults(drafts, chosen, association.started_on, until),
        *(fault for draft in drafts for fault in draft.faults),
        *_faults_across(rows, drafts, read.incomplete),
    ]
    return _inspection(rows, drafts, read.incomplete, found, chosen)


def read_registers(
    data: DataFolder, association: Association, year: int
) -> tuple[dict[str, pd.DataFrame], tuple[Fault, ...]]:
    """Give the clean rows of the registers that span years, by table, and the faults that were met.

    `year` is the one whose headings they should have; it needs no folder.
    """
    read = read_files(registers(data, year), data.raw, association.region)
    corrections, faults = corrections_for(data, ())
    names, percent = names_of(association), association.rules.approximate_percent
    drafts = [clean(correct(draft, corrections), names, percent) for draft in read.drafts]
    rows = {table: gather(table, [one for one in drafts if one.table == table]) for table in REGISTERS}
    return rows, (*faults, *read.faults, *(fault for draft in drafts for fault in draft.faults))


def _gathered(drafts: Sequence[Draft]) -> dict[str, pd.DataFrame]:
    return {table: gather(table, [draft for draft in drafts if draft.table == table]) for table in SCHEMAS}


def _inspection(
    rows: dict[str, pd.DataFrame],
    drafts: Sequence[Draft],
    incomplete: frozenset[str],
    faults: Sequence[Fault],
    years: tuple[int, ...],
) -> Inspection:
    return Inspection(
        rows,
        incomplete,
        tuple(sorted(faults, key=Fault.sort_key)),
        gather_log(lines for draft in drafts for lines in draft.log),
        gather_account(line for draft in drafts for line in _account(draft)),
        years,
    )


def _absent_years(data: DataFolder, years: Sequence[int]) -> tuple[Fault, ...]:
    existing = data.years()
    listed = ", ".join(str(year) for year in existing) or "inga"
    return tuple(
        Fault(
            str(year),
            f"Året har ingen mapp i {data.raw}.",
            f"År som finns: {listed}. Välj ett av dem, eller skapa mappen och lägg dit årets filer.",
        )
        for year in years
        if year not in existing
    )


def _faults_across(
    tables: dict[str, pd.DataFrame], drafts: Sequence[Draft], incomplete: frozenset[str]
) -> list[Fault]:
    """Check across rows and tables; the schemas' promises only where every cell could be read."""
    titles = {place: title for draft in drafts for place, title in _titles(draft)}
    across = check_tables({table: tables[table] for table in tables if table not in incomplete}, titles)
    if incomplete or _stopping([*across, *(fault for draft in drafts for fault in draft.faults)]):
        return across
    return [
        *across,
        *(fault for table, rows in tables.items() for fault in schema_faults(table, rows, titles)),
    ]


def _stopping(faults: Sequence[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.severity == "fel"]


def _titles(draft: Draft) -> Iterator[tuple[tuple[str, str | None], Title]]:
    for file, sheet, rows in draft.origin.sheets():
        yield (file, sheet), Title(draft.headings, rows)


def _account(draft: Draft) -> Iterator[tuple[str, str, str | None, int, int]]:
    """Give a line per sheet, or per form: how many rows it has, and how many of them are set aside.

    Rows of a sheet that were prepared and never filled in hold nothing, and are not counted.
    """
    if isinstance(draft.origin, FormsOrigin):
        for number, form in enumerate(draft.origin.forms):
            yield draft.table, form.file, form.sheet, 1, int(number in draft.aside)
    else:
        blank = unfilled_rows(draft)
        rows, aside = len(draft.frame) - len(blank), len(draft.aside - set(blank))
        yield draft.table, draft.origin.file, draft.origin.sheet, rows, aside
