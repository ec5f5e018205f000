"""Rules that make the columns of any table clean.

A rule takes a draft and gives a new one, named for what holds after it; no row is dropped for being odd.
What cannot be read without guessing is a fault, or sets its row aside.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from asf_analysis.intake.draft import Draft, Reader, read_cells
from asf_analysis.intake.read import cell_text
from asf_analysis.intake.schemas import COUNTS, DAY
from asf_analysis.intake.variants import VARIANTS_FILE
from asf_analysis.swedish.dates import read_date, read_period, read_round
from asf_analysis.swedish.names import Match, NameBook
from asf_analysis.swedish.numbers import Cell, is_no_answer, read_count, read_number
from asf_analysis.swedish.organisation_numbers import read_organisation_number

_COUNT_REMEDY = "Skriv antalet med siffror, till exempel 75, ca 75 eller 60–70, eller lämna cellen tom."
_AMOUNT_REMEDY = "Skriv beloppet i kronor med siffror, till exempel 125 000."
_DATE_REMEDY = "Skriv datumet som 2018-12-31."
_PERIOD_REMEDY = "Skriv perioden som 2018, jul–dec 2018 eller 2018-07-01–2018-12-31."
_NUMBER_REMEDY = "Skriv företagets organisationsnummer, tio siffror, så som det står i företagsregistret."
_TEXT_REMEDY = "Fyll i cellen."
_NAME_REMEDY = (
    f"Skriv namnet så som det står i association.toml, eller lägg till stavningen i {VARIANTS_FILE}."
)
_ROUND_REMEDY = "Rätta mättillfället, eller flytta svaret till rätt fil."


def name_round(draft: Draft) -> Draft:
    """Give every answer its file's round; an answer that says another round is a fault."""
    if draft.round is None:
        return draft
    year, quarter = draft.round
    name = f"{year}-kv{quarter}"
    reader = Reader(partial(_read_same_round, expected=draft.round), "Mättillfälle", _ROUND_REMEDY)
    draft, _ = read_cells(draft, "round", reader)
    return draft.with_columns(
        round=pd.Series(name, draft.frame.index, dtype="str"),
        year=np.int64(year),
        quarter=np.int64(quarter),
    )


def count_answers(draft: Draft, approximate_percent: float) -> Draft:
    """Make every count of the table a whole number, with bounds where one is approximate."""
    reader = Reader(partial(read_count, approximate_percent=approximate_percent), "Antal", _COUNT_REMEDY)
    for column in COUNTS[draft.table]:
        draft, amounts = read_cells(draft, column, reader)
        draft = draft.with_columns(**_count_columns(column, amounts, draft.frame.index))
    return draft


def sum_kronor(draft: Draft, columns: Sequence[str]) -> Draft:
    """Make amounts in kronor numbers."""
    for column in columns:
        draft, values = read_cells(draft, column, Reader(read_number, "Belopp i kronor", _AMOUNT_REMEDY))
        draft = draft.with_columns(**{column: pd.array(values, dtype="Float64")})
    return draft


def identify_enterprises(draft: Draft) -> Draft:
    """Give every row an organisation number with a right check digit; a personal number is refused."""
    reader = Reader(read_organisation_number, "Organisationsnummer", _NUMBER_REMEDY)
    draft, values = read_cells(draft, "organisation_number", reader, required=True)
    return draft.with_columns(organisation_number=_texts(values, draft))


def tidy_texts(draft: Draft, columns: Sequence[str], required: Sequence[str] = ()) -> Draft:
    """Make texts composed letters without space around them."""
    for column in (*required, *columns):
        draft, values = read_cells(
            draft, column, Reader(_read_tidy, "Text putsad", _TEXT_REMEDY), required=column in required
        )
        draft = draft.with_columns(**{column: _texts(values, draft)})
    return draft


def date_days(draft: Draft, columns: Sequence[str], required: Sequence[str] = ()) -> Draft:
    """Make dates days."""
    for column in (*required, *columns):
        draft, values = read_cells(
            draft, column, Reader(read_date, "Datum", _DATE_REMEDY), required=column in required
        )
        draft = draft.with_columns(**{column: _days(values, draft)})
    return draft


def date_periods(draft: Draft) -> Draft:
    """Make periods their first and last day."""
    draft, values = read_cells(draft, "period", Reader(_read_days, "Period", _PERIOD_REMEDY), required=True)
    starts, ends = ([value[end] if value else None for value in values] for end in (0, 1))
    return draft.with_columns(started_on=_days(starts, draft), ended_on=_days(ends, draft))


def name_municipalities(
    draft: Draft, book: NameBook, *, required: bool | pd.Series = False, sets_aside: bool = True
) -> Draft:
    """Give municipalities their names; an unsure one is left without, and its row set aside if told so."""
    reader = Reader(
        partial(_read_name, book=book, problem="Kommunen går inte att säkert känna igen."),
        "Kommunens namn",
        _NAME_REMEDY,
        refusal="varning",
        sets_aside=sets_aside,
    )
    draft, values = read_cells(draft, "municipality", reader, required=required)
    return draft.with_columns(municipality=_texts(values, draft))


def name_parties(draft: Draft, book: NameBook) -> Draft:
    """Give parties and municipalities their names where they are recognised; others stay as written."""
    draft, values = read_cells(draft, "party", Reader(_keep_unknown(book), "Partens namn", _NAME_REMEDY))
    return draft.with_columns(party=_texts(values, draft))


def name_kinds(draft: Draft, book: NameBook) -> Draft:
    """Give kinds of activities their names; an unknown kind stays as written, with a warning."""
    draft, values = read_cells(
        draft, "kind", Reader(_keep_unknown(book), "Aktivitetens typ", _TEXT_REMEDY), required=True
    )
    unknown = np.array([isinstance(value, str) for value in values], dtype=bool)
    problem = "Typen av aktivitet är okänd och räknas som en egen."
    remedy = f"Rätta typen, eller lägg till den i {VARIANTS_FILE}."
    rows = draft.frame.index[unknown]
    texts = _texts(values, draft)
    return (
        draft.with_faults(rows, "kind", problem, remedy, "varning")
        .with_log(rows, "kind", texts[rows].to_numpy(), texts[rows].to_numpy(), problem, "varning")
        .with_columns(kind=texts)
    )


def _count_columns(column: str, amounts: np.ndarray, index: pd.Index) -> dict[str, pd.Series]:
    """Give a count's column, and its bounds where any of its amounts is approximate."""
    columns = {column: pd.Series([amount and amount.value for amount in amounts], index, dtype="Int64")}
    if any(amount is not None and amount.approximate for amount in amounts):
        ends = [amount.bounds() if amount else (None, None) for amount in amounts]
        for place, name in enumerate(("low", "high")):
            columns[f"{column}_{name}"] = pd.Series([end[place] for end in ends], index, dtype="Float64")
    return columns


def _read_same_round(cell: Cell, expected: tuple[int, int]) -> str | None:
    told = read_round(cell)
    if told is None:
        return None
    if told != expected:
        raise ValueError("Mättillfället är ett annat än det som filens namn säger.")
    return f"{told[0]}-kv{told[1]}"


def _read_tidy(cell: Cell) -> str | None:
    text = unicodedata.normalize("NFC", cell_text(cell)).strip()
    return None if is_no_answer(text) else text


def _read_name(cell: Cell, book: NameBook, problem: str) -> Match | None:
    if cell is None or is_no_answer(cell_text(cell)):
        return None
    match = book.find(cell_text(cell))
    if match is None:
        raise ValueError(problem)
    return match


def _keep_unknown(book: NameBook) -> Callable[[Cell], Match | str | None]:
    return lambda cell: book.find(cell_text(cell)) or _read_tidy(cell)


class _Days(tuple):
    """A period that the log writes as people do."""

    def __str__(self) -> str:
        return "–".join(day.isoformat() for day in self)


def _read_days(cell: Cell) -> _Days | None:
    period = read_period(cell)
    return _Days(period) if period else None


def _texts(values: Iterable[object], draft: Draft) -> pd.Series:
    shown = [None if value is None else str(value) for value in values]
    return pd.Series(shown, index=draft.frame.index, dtype="str")


def _days(values: Sequence[date | None] | np.ndarray, draft: Draft) -> pd.Series:
    return pd.Series(np.array(values, dtype=DAY), index=draft.frame.index)
