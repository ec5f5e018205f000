"""Rules that make the columns of any table clean.

A rule takes a draft and gives a new one, named for what holds after it; no row is dropped for being odd.
What cannot be read without guessing is a fault, or sets its row aside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter, itemgetter

import numpy as np
import pandas as pd

from asf_analysis.errors import Fault
from asf_analysis.intake.cells import cell_text
from asf_analysis.intake.draft import Draft, Reader, Values, as_logged, read_cells
from asf_analysis.intake.registered import Registered
from asf_analysis.intake.schemas import COUNTS
from asf_analysis.intake.variants import VARIANTS_FILE
from asf_analysis.swedish.dates import is_ambiguous_date, read_date, read_period, read_round
from asf_analysis.swedish.names import Match, NameBook
from asf_analysis.swedish.numbers import Cell, is_no_answer, read_count, read_number
from asf_analysis.swedish.organisation_numbers import read_organisation_number, read_organisation_numbers
from asf_analysis.swedish.texts import read_tidy, read_tidy_texts

_COUNT_REMEDY = "Skriv antalet med siffror, till exempel 75, ca 75 eller 60–70, eller lämna cellen tom."
_AMOUNT_REMEDY = "Skriv beloppet i kronor med siffror, till exempel 125 000."
_DATE_REMEDY = "Skriv datumet som 2018-12-31."
_PERIOD_REMEDY = "Skriv perioden som 2018, jul–dec 2018 eller 2018-07-01–2018-12-31."
_NUMBER_REMEDY = "Skriv företagets organisationsnummer, tio siffror, så som det står i företagsregistret."
_NAMED_REMEDY = "Skriv organisationsnumret, eller namnet så som det står i företagsregistret."
_TEXT_REMEDY = "Fyll i cellen."
_NAME_REMEDY = (
    f"Skriv namnet så som det står i association.toml, eller lägg till stavningen i {VARIANTS_FILE}."
)
_ROUND_REMEDY = "Rätta mättillfället, eller flytta svaret till rätt fil."


_DATE_READER = Reader(
    read_date,
    "Datum",
    _DATE_REMEDY,
    doubt=lambda cell: "dagen läst före månaden" if is_ambiguous_date(cell) else "",
)

_TEXT_READER = Reader(
    lambda cell: read_tidy(cell_text(cell)),
    "Text putsad",
    _TEXT_REMEDY,
    many=read_tidy_texts,
)


def name_round(draft: Draft) -> Draft:
    """Give every answer its round: as it says itself, or else as its file or sheet is named.

    One that says another round than the name, or another year, is a fault; so is one without any.
    """
    if draft.round is None:
        return draft
    year, quarter = draft.round
    reader = Reader(partial(_read_round_of, year=year, quarter=quarter), "Mättillfälle", _ROUND_REMEDY)
    draft, told = read_cells(draft, "round", reader, required=quarter is None)
    if quarter is None and "round" not in draft.headings:
        draft = draft.with_fault(
            Fault(
                draft.origin.file,
                "Det går inte att se vilken omgång svaren gäller.",
                "Döp filen till enkat_kv1 eller enkat_kv4, eller lägg till kolumnen Mättillfälle.",
                draft.origin.sheet,
            )
        )
    if quarter is not None:
        told = told.filled(f"{year}-kv{quarter}")
    rounds, quarters = told.texts(), told.map(_quarter_in).numbers("Int64")
    return draft.with_columns(round=rounds, year=np.int64(year), quarter=quarters).with_rows_aside(
        draft.rows[quarters.isna()]
    )


def count_answers(draft: Draft, approximate_percent: float) -> Draft:
    """Make every count of the table a whole number, with bounds where one is approximate."""
    read = partial(read_count, approximate_percent=approximate_percent)
    reader = Reader(read, "Antal", _COUNT_REMEDY, shared=False)
    columns: dict[str, pd.Series] = {}
    for column in COUNTS[draft.table]:
        draft, amounts = read_cells(draft, column, reader)
        columns |= _count_columns(column, amounts)
    return draft.with_columns(**columns)


def sum_kronor(draft: Draft, columns: Sequence[str]) -> Draft:
    """Make amounts in kronor numbers."""
    reader = Reader(read_number, "Belopp i kronor", _AMOUNT_REMEDY, shared=False)
    for column in columns:
        draft, amounts = read_cells(draft, column, reader)
        draft = draft.with_columns(**{column: amounts.numbers("Float64")})
    return draft


def identify_enterprises(draft: Draft, *, required: bool = True) -> Draft:
    """Give every row an organisation number with a right check digit; a personal number is refused."""
    reader = Reader(
        read_organisation_number,
        "Organisationsnummer",
        _NUMBER_REMEDY,
        many=read_organisation_numbers,
    )
    draft, values = read_cells(draft, "organisation_number", reader, required=required)
    return draft.with_columns(organisation_number=values.texts())


def identify_by_name(draft: Draft, enterprises: Registered) -> Draft:
    """Give rows without an organisation number that of the enterprise whose name they surely have.

    Needs `organisation_number` and `name`. A row whose name is unsure is set aside, for nothing is guessed;
    one without both is a fault, as is a number that could not be read.
    """
    column = "organisation_number"
    numbers = draft.frame[column]
    missing = numbers.isna()
    if not missing.any() or not {column, "name"} & set(draft.headings):
        return draft
    written = draft.cells(column).take(missing.to_numpy()).values()
    silent = numbers.index[missing][[cell is None or _is_silent(cell) for cell in written]]
    names = draft.frame["name"][silent]
    found = {name: enterprise for name in names.dropna().unique() if (enterprise := enterprises.find(name))}
    known, unsure = names[names.isin(found)], names[names.notna() & ~names.isin(found)]
    given = [found[name][0] for name in known]
    rules = [f"Organisationsnummer ur företagsregistret: {found[name][1]}" for name in known]
    problem = "Företaget kan inte säkert kännas igen efter namnet, och organisationsnummer saknas."
    shown = [as_logged(name) for name in unsure]
    numbers = numbers.copy()
    numbers[known.index] = given
    return (
        draft.with_columns(organisation_number=numbers)
        .with_log(known.index, column, "", given, rules, "upplysning")
        .with_log(unsure.index, "name", shown, "", problem, "varning")
        .with_faults(unsure.index, "name", problem, _NAMED_REMEDY, "varning")
        .with_rows_aside(unsure.index)
        .with_faults(names.index[names.isna()], column, "Cellen är tom.", _NUMBER_REMEDY)
    )


def tidy_texts(draft: Draft, columns: Sequence[str], required: Sequence[str] = ()) -> Draft:
    """Make texts composed letters without space around them."""
    for column in (*required, *columns):
        draft, values = read_cells(draft, column, _TEXT_READER, required=column in required)
        draft = draft.with_columns(**{column: values.texts()})
    return draft


def date_days(draft: Draft, columns: Sequence[str], required: Sequence[str] = ()) -> Draft:
    """Make dates days."""
    for column in (*required, *columns):
        draft, values = read_cells(draft, column, _DATE_READER, required=column in required)
        draft = draft.with_columns(**{column: values.days()})
    return draft


def date_periods(draft: Draft) -> Draft:
    """Make periods their first and last day."""
    draft, values = read_cells(draft, "period", Reader(_read_days, "Period", _PERIOD_REMEDY), required=True)
    starts, ends = (values.map(itemgetter(end)).days() for end in (0, 1))
    return draft.with_columns(started_on=starts, ended_on=ends)


def name_municipalities(
    draft: Draft, book: NameBook, *, required: bool | np.ndarray = False, sets_aside: bool = True
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
    return draft.with_columns(municipality=values.texts())


def name_parties(draft: Draft, book: NameBook) -> Draft:
    """Give parties and municipalities their names where they are recognised; others stay as written."""
    draft, values = read_cells(draft, "party", Reader(_keep_unknown(book), "Partens namn", _NAME_REMEDY))
    return draft.with_columns(party=values.texts())


def name_kinds(draft: Draft, book: NameBook) -> Draft:
    """Give kinds of activities their names; an unknown kind stays as written, with a warning."""
    draft, values = read_cells(
        draft, "kind", Reader(_keep_unknown(book), "Aktivitetens typ", _TEXT_REMEDY), required=True
    )
    unknown = values.which(lambda value: isinstance(value, str))
    problem = "Typen av aktivitet är okänd och räknas som en egen."
    remedy = f"Rätta typen, eller lägg till den i {VARIANTS_FILE}."
    rows = draft.rows[unknown]
    texts = values.texts()
    return (
        draft.with_faults(rows, "kind", problem, remedy, "varning")
        .with_log(rows, "kind", list(texts[unknown]), list(texts[unknown]), problem, "varning")
        .with_columns(kind=texts)
    )


def _count_columns(column: str, amounts: Values) -> dict[str, pd.Series]:
    """Give a count's column, and its bounds where any of its amounts is approximate."""
    columns = {column: amounts.map(attrgetter("value")).numbers("Int64")}
    if amounts.which(lambda amount: amount is not None and amount.approximate).any():
        bounds = amounts.map(lambda amount: amount.bounds())
        for place, name in enumerate(("low", "high")):
            columns[f"{column}_{name}"] = bounds.map(itemgetter(place)).numbers("Float64")
    return columns


def _read_round_of(cell: Cell, year: int, quarter: int | None) -> str | None:
    told = read_round(cell)
    if told is None:
        return None
    if told != (year, quarter or told[1]):
        raise ValueError("Mättillfället är ett annat än det som filens plats och namn säger.")
    return f"{told[0]}-kv{told[1]}"


def _read_name(cell: Cell, book: NameBook, problem: str) -> Match | None:
    if cell is None or is_no_answer(cell_text(cell)):
        return None
    match = book.find(cell_text(cell))
    if match is None:
        raise ValueError(problem)
    return match


def _is_silent(cell: Cell) -> bool:
    return is_no_answer(cell_text(cell))


def _quarter_in(name: str) -> int:
    return int(name[-1])


def _keep_unknown(book: NameBook) -> Callable[[Cell], Match | str | None]:
    return lambda cell: book.find(cell_text(cell)) or read_tidy(cell_text(cell))


class _Days(tuple):
    """A period that the log writes as people do."""

    def __str__(self) -> str:
        return "–".join(day.isoformat() for day in self)


def _read_days(cell: Cell) -> _Days | None:
    period = read_period(cell)
    return _Days(period) if period else None
