"""What was prepared for people to fill in, and was not: such rows are no answers.

A prepared sheet of the survey has a row for every enterprise, with its name in it. Until somebody has
answered, that row must not be taken for an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from asf_analysis.errors import Fault
from asf_analysis.intake.draft import Draft
from asf_analysis.intake.sources import missed_as, quarters_of

WHOSE = frozenset({"round", "name", "organisation_number", "municipality"})
"""Columns that say whose an answer is, and of which round; alone they answer nothing."""

NOTHING_FILLED = "Årets filer är förberedda, men ingenting är ifyllt än."
NOBODY_ANSWERED = "Ingen har svarat i omgången"

UNFILLED = "Förberedd rad som ingen har fyllt i, inget svar"


def tells_of_unfilled(fault: Fault) -> bool:
    """Tell whether a fault is only that something prepared is not filled in yet."""
    return fault.problem == NOTHING_FILLED or fault.problem.startswith(NOBODY_ANSWERED)


def set_unfilled_aside(draft: Draft) -> Draft:
    """Set aside the rows that say whose they are and answer nothing, each with a line in the log."""
    rows = unfilled_rows(draft)
    whose = next((column for column in draft.headings if column in WHOSE), "")
    return draft.with_log(rows, whose, "", "", UNFILLED, "upplysning").with_rows_aside(rows)


def unfilled_rows(draft: Draft) -> pd.Index:
    """Give the rows of the survey that say whose they are and answer nothing; none of another table."""
    return draft.rows[~_answered(draft)] if draft.table == "responses" else draft.rows[:0]


def unfilled_faults(
    drafts: Sequence[Draft], years: Sequence[int], started_on: date, until: date = date.max
) -> Iterator[Fault]:
    """Tell of years in which nothing is filled in, or else of their rounds and files without any answer.

    A round whose prepared rows nobody has filled in is as grave as one without a file (`missed_as`); a file
    that has headings alone stops nothing.
    """
    for year in years:
        of_year = [draft for draft in drafts if draft.origin.file.startswith(f"{year}/")]
        if of_year and not any(map(_holds_any, of_year)):
            yield Fault(
                str(year),
                NOTHING_FILLED,
                f"Fyll i dem, en i taget; asf-analysis status {year} visar vad som återstår.",
                severity="fel" if any(len(draft.rows) for draft in of_year) else "varning",
            )
            continue
        yield from _empty_rounds(of_year, year, started_on, until)
        for draft in of_year:
            if draft.table != "responses" and not _holds_any(draft):
                yield Fault(
                    draft.origin.file,
                    "Det finns rubriker men inga uppgifter.",
                    "Fyll i det som har hänt under året. Har inget hänt behöver inget göras.",
                    draft.origin.sheet,
                    severity="upplysning",
                )


def _empty_rounds(drafts: Sequence[Draft], year: int, started_on: date, until: date) -> Iterator[Fault]:
    survey = [draft for draft in drafts if draft.table == "responses"]
    answered = {quarter for draft in survey if _holds_any(draft) for quarter in quarters_of(draft)}
    told: set[int] = set()
    for draft in (draft for draft in survey if len(draft.rows)):
        for quarter in sorted(quarters_of(draft) - answered - told):
            told.add(quarter)
            severity = missed_as(year, quarter, started_on, until)
            if severity:
                problem = f"{NOBODY_ANSWERED} {year}-kv{quarter} än."
                remedy = "Fyll i svaren, eller lägg företagens formulär i en mapp med samma namn som filen."
                yield Fault(draft.origin.file, problem, remedy, draft.origin.sheet, severity=severity)


def _holds_any(draft: Draft) -> bool:
    return bool(_answered(draft).any()) if draft.table == "responses" else len(draft.rows) > 0


def _answered(draft: Draft) -> np.ndarray:
    """Tell which rows say more than whose they are; where a sheet has no other columns, all that it has."""
    told = [cells.filled for column, cells in draft.raw.items() if column not in WHOSE]
    return np.logical_or.reduce(told) if told else np.ones(len(draft.rows), dtype=bool)
