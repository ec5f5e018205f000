"""Returned forms, one per enterprise: a question a row, with its answer beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from asf_analysis.errors import Fault, Severity
from asf_analysis.intake.cells import Cells, cell_text
from asf_analysis.intake.draft import Draft
from asf_analysis.intake.grid import LEAST_KNOWN, Grid
from asf_analysis.intake.headings import COLUMNS_FILE, Headings, may_lack
from asf_analysis.intake.log import Lines, log_lines
from asf_analysis.intake.origin import Form, FormsOrigin


@dataclass(frozen=True)
class _Question:
    """A question of a form that was answered, or is known: its column, text, row, and what stands beside."""

    column: str | None
    text: str
    row: int
    answers: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class FilledForm:
    """A form as it stands in a sheet: its questions in their order."""

    grid: Grid
    questions: tuple[_Question, ...]

    @property
    def place(self) -> Form:
        """Where every answer stands."""
        rows = {question.column: question.row for question in self.questions if question.column}
        return Form(self.grid.file, self.grid.sheet, rows)

    def answer(self, column: str) -> Any:
        """Give the answer to a question; None where there is none."""
        told = [question.answers for question in self.questions if question.column == column]
        return told[0][0] if told and told[0] else None


def cut_form(grid: Grid, headings: Headings) -> FilledForm | None:
    """Read a sheet as a form; None where fewer than LEAST_KNOWN of its questions are known."""
    questions = []
    for number, row in enumerate(grid.top, start=1):
        filled = [cell for cell in row if cell is not None]
        if filled and isinstance(filled[0], str):
            column = headings.find(filled[0])
            if column or len(filled) > 1:
                questions.append(_Question(column, filled[0], number, tuple(filled[1:])))
    known = {question.column for question in questions if question.column}
    return FilledForm(grid, tuple(questions)) if len(known) >= LEAST_KNOWN else None


def forms_draft(forms: Sequence[FilledForm], folder: str, headings: Headings, year: int) -> Draft:
    """Make a folder's forms one draft, with a row per form.

    A question that is missing, twice in a form, or has several answers beside it is a fault; an unknown one
    is a warning, and is not read.
    """
    columns = [column for column in headings.columns if any(column in form.place.rows for form in forms)]
    return Draft(
        table=headings.table,
        origin=FormsOrigin(folder, tuple(form.place for form in forms)),
        headings={column: headings.expected(column, year) for column in columns},
        raw={column: Cells.of([form.answer(column) for form in forms]) for column in columns},
        frame=pd.DataFrame(index=pd.RangeIndex(len(forms))),
        sums=pd.DataFrame(),
        faults=tuple(fault for form in forms for fault in _faults(form, headings, year)),
        log=tuple(line for form in forms for line in _near(form, headings, year)),
    )


def _faults(form: FilledForm, headings: Headings, year: int) -> Iterator[Fault]:
    times = Counter(question.column for question in form.questions if question.column)
    for column in headings.columns:
        if column not in times and not may_lack(headings.table, column, times):
            problem = f"Formuläret saknar frågan ”{headings.expected(column, year)}”."
            remedy = f"Lägg till frågan och svaret, eller frågans nya ordalydelse i {COLUMNS_FILE}."
            yield Fault(form.grid.file, problem, remedy, form.grid.sheet)
    for question in form.questions:
        if question.column is None:
            nearest = ", ".join(f"”{text}”" for text in headings.nearest(question.text))
            remedy = (
                f"Närmast kända frågor: {nearest}. Rätta frågan, eller lägg till en rad i {COLUMNS_FILE}."
            )
            yield _at(form, question, "Raden är ingen känd fråga och läses inte.", remedy, "varning")
        elif times[question.column] > 1:
            yield _at(form, question, "Frågan står flera gånger i formuläret.", "Behåll den som gäller.")
        elif len(question.answers) > 1:
            yield _at(form, question, "Flera svar står bredvid frågan.", "Behåll ett svar på raden.")


def _at(
    form: FilledForm, question: _Question, problem: str, remedy: str, severity: Severity = "fel"
) -> Fault:
    column = question.text if question.column else None
    return Fault(form.grid.file, problem, remedy, form.grid.sheet, question.row, column, severity)


def _near(form: FilledForm, headings: Headings, year: int) -> Iterator[Lines]:
    """Log the questions that were recognised only by nearness."""
    for question in form.questions:
        if question.column and not headings.is_exact(question.text):
            text = cell_text(question.text)
            yield log_lines(
                form.grid.file,
                form.grid.sheet,
                [question.row],
                text,
                text,
                headings.expected(question.column, year),
                "Fråga läst som den kända fråga den är nära",
                "varning",
            )
