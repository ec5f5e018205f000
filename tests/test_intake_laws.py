"""Laws of reading and cleaning, tried on sheets and CSV files that nobody has thought of."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from intake_workbooks import (
    ACTIVITIES,
    FIRST,
    PERSON,
    SECOND,
    SURVEY_HEADINGS,
    TRAININGS,
    answer,
    small_association,
)

from asf_analysis.intake.cells import Cells, Shared, cell_text, plain_row
from asf_analysis.intake.clean import clean, gather
from asf_analysis.intake.columns import name_columns
from asf_analysis.intake.delimited import DELIMITERS, read_delimited
from asf_analysis.intake.draft import Draft, as_logged
from asf_analysis.intake.grid import Grid
from asf_analysis.intake.headings import Headings
from asf_analysis.intake.log import gather_log
from asf_analysis.intake.schemas import COUNTS, SOURCE
from asf_analysis.intake.sheets import cut_sheet
from asf_analysis.intake.variants import names_of
from asf_analysis.swedish.numbers import Amount

ASSOCIATION = small_association()
NAMES = names_of(ASSOCIATION)
HEADINGS = {
    table: Headings.of(table, ASSOCIATION.region) for table in ("responses", "trainings", "activities")
}
ROWS: Mapping[str, tuple[list[Any], list[Any]]] = {
    "responses": (list(SURVEY_HEADINGS), answer()),
    "trainings": (TRAININGS[0], TRAININGS[1]),
    "activities": (ACTIVITIES[0], ACTIVITIES[1]),
}

TABLES = ("trainings", "activities", "trainings", "activities", "responses")
"""The survey comes less often, for its many columns take long."""

# ---------------------------------------------------------------- what may stand in a sheet

COUNT_TEXTS = (
    "7| 12 st|1 234|3.970|3,97|ca 75|ca 0|drygt 40|minst sju|60–70|60-65|ett 30-tal|tjugofem|vet ej|–|många"
    "|#REF!|8/10|7*|l2|ca 1 234 567|högst fem|högst 5|７|1e3|0|007"
)
DAY_TEXTS = "2018-05-02|2 maj 2018|20180502|2/5 2018|maj|2018-13-45|?|02.05.18|#N/A"
NAME_TEXTS = (
    "Gävle| gävle|GÄVLE KOMMUN|Gavle|Borlänge|2180|Hudik|Hudiksvalls|AF|Arbetsförmedlingen|FK|Röda korset"
    "|Röda  korset |Landstinget|informationsträff|Info-träff|föreläsning|Föreläsning |mässa|–|okänt|inga"
    "|Gävle/Hofors|Summa|Totalt|Kommun|Datum|Namn"
)
NUMBER_TEXTS = (
    f"{FIRST}|{SECOND}|16492000-0009|SE492000000901|org.nr 492000-0009|492000-0001|{PERSON}|6408233234"
)
ROUND_TEXTS = "2018-kv4|kv 4 2018|december 2018|2018-12-31|kv1 2018|2017-kv4"


def some_of(texts: str, *others: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([*texts.split("|"), *others])


COUNT_CELLS = some_of(COUNT_TEXTS, 0, 7, 12.0, 12.5, -1, 10**15)
DAY_CELLS = some_of(
    *(DAY_TEXTS, date(2018, 5, 2), datetime(2018, 5, 2), datetime(2018, 5, 2, 13, 30)),
    *(43222, 43222.0, time(8, 0)),
)
NAME_CELLS = some_of(
    NAME_TEXTS, 2180, 2184.0, "Bollnäs\N{SOFT HYPHEN}", unicodedata.normalize("NFD", "Gävle")
)
NUMBER_CELLS = some_of(NUMBER_TEXTS, 4920000009, 4920000009.0)
ROUND_CELLS = some_of(ROUND_TEXTS, 4)
WRONG_CELLS = (
    st.sampled_from(["#N/A", " #N/A", "#SAKNAS!", "#####", "SANT", f"Ring {PERSON}", "(tom)", " ", ""])
    | st.booleans()
    | st.integers(-(10**16), 10**16)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas(timedelta(0), timedelta(days=400))
    | st.text(max_size=6)
)
PADDED_CELLS = st.builds(
    lambda before, cell, after: f"{before}{cell_text(cell)}{after}",
    st.sampled_from(["", " ", "\u00a0", "\n", "\u200b", "\t"]),
    COUNT_CELLS | DAY_CELLS | NAME_CELLS | NUMBER_CELLS | WRONG_CELLS,
    st.sampled_from(["", " ", "\u00a0", "\n", "\u200b", ".", "\u0301"]),
)
ANY_CELLS = (
    st.none() | COUNT_CELLS | DAY_CELLS | NAME_CELLS | NUMBER_CELLS | ROUND_CELLS | WRONG_CELLS | PADDED_CELLS
)
MERGED_CELLS = st.builds(Shared, ANY_CELLS.map(lambda cell: plain_row([cell])[0]), st.booleans())
OWN_CELLS = {
    "held_on": DAY_CELLS,
    "round": ROUND_CELLS,
    "organisation_number": NUMBER_CELLS,
    **dict.fromkeys(("municipality", "party", "kind", "commissioned_by", "place", "name"), NAME_CELLS),
}


@st.composite
def sheets(draw: st.DrawFn) -> tuple[str, list[list[Any]]]:
    """Draw a table and its rows: right ones with some cells changed, blank ones, and repeated headings."""
    table = draw(st.sampled_from(TABLES))
    headings, right = ROWS[table]
    rows = []
    for _ in range(draw(st.integers(0, 5))):
        base = draw(st.sampled_from([right, right, right, [None] * len(right), headings]))
        row = list(base)
        for place in draw(st.sets(st.integers(0, len(right) - 1), max_size=5)):
            own = OWN_CELLS.get(HEADINGS[table].find(headings[place]) or "", COUNT_CELLS)
            row[place] = draw(st.one_of(own, own, own, ANY_CELLS, MERGED_CELLS))
        rows.append(row)
    return table, rows


def cut(table: str, rows: list[list[Any]]) -> Draft:
    """Give rows as the draft that they are before cleaning."""
    headings = ROWS[table][0]
    columns = tuple(Cells.of([row[place] for row in rows]) for place in range(len(headings)))
    grid = Grid("2018/fil.xlsx", "Blad1", [headings], tuple(headings), columns)
    sheet = cut_sheet(grid)
    assert sheet is not None
    draft = name_columns(sheet, HEADINGS[table], 2018)
    return Draft(**{**vars(draft), "round": (2018, 4)}) if table == "responses" else draft


def cleaned(draft: Draft) -> Draft:
    return clean(draft, NAMES, approximate_percent=10)


# ---------------------------------------------------------------- the laws of cleaning


@given(sheets())
def test_no_row_is_lost_or_made(drawn):
    table, rows = drawn
    draft = cleaned(cut(table, rows))
    blank = sum(all(_stands(cell) is None for cell in row) for row in rows)
    told = gather_log(draft.log)["rule"].tolist()
    assert len(gather(table, [draft])) + len(draft.aside) == len(draft.rows)
    assert len(rows) == len(draft.rows) + blank + len(draft.sums) + told.count(
        "Upprepad rubrikrad, inte ett svar"
    )


@given(sheets())
def test_every_cell_that_is_refused_or_becomes_another_text_has_its_line_in_the_log(drawn):
    raw = cut(*drawn)
    draft = cleaned(raw)
    log = gather_log(draft.log)
    lines = set(log[["row", "column", "before", "after"]].fillna("").itertuples(index=False, name=None))
    for column, heading in raw.headings.items():
        for row, cell, texts in zip(
            raw.rows.tolist(), raw.cells(column).values(), clean_texts(draft, column), strict=True
        ):
            if shown(cell) not in texts:
                before = {as_logged(text, column) for text in (shown(cell), cell_text(cell))}
                after = {as_logged(text, column) for text in texts}
                assert lines & {(row, heading, a, b) for a in before for b in after}, (column, cell, texts)
    refused = set(log[["row", "column", "rule"]].itertuples(index=False, name=None))
    faults = {fault for fault in draft.faults if fault.row in draft.rows}
    for fault in faults - {fault for fault in faults if fault.problem == "Cellen är tom."}:
        assert (fault.row, fault.column, fault.problem) in refused


@example(("trainings", [[date(2018, 5, 2), " #N/A", "Gävle", 17]]))
@given(sheets())
def test_cleaning_what_is_clean_changes_nothing(drawn):
    """Rows with a *fel* are left out: they are in no clean table. Bounds cannot be written in a sheet."""
    table, rows = drawn
    draft = cleaned(cut(table, rows))
    stopped = {fault.row for fault in draft.faults if fault.severity == "fel"}
    first = gather(table, [draft])
    first = first[~first["source_row"].isin(stopped)].reset_index(drop=True)
    assume(len(first))
    columns = [HEADINGS[table].find(heading) for heading in ROWS[table][0]]
    written = [[_written(line[column]) for column in columns] for line in first.to_dict("records")]
    again = cleaned(cut(table, written))
    second = gather(table, [again])
    pd.testing.assert_frame_equal(_answers(table, first), _answers(table, second))
    log = gather_log(again.log)
    assert log[log["severity"] == "upplysning"].empty
    assert not [fault for fault in again.faults if fault.severity == "fel"]


def shown(cell: Any) -> str:
    """Give what one sees in a cell; of a merged one, only its first row has it."""
    return "" if isinstance(cell, Shared) and not cell.first else cell_text(cell)


def clean_texts(draft: Draft, column: str) -> list[set[str]]:
    """Give the text of every clean value of a column; a count may be approximate, and has bounds then.

    A round that no cell tells is the file's, and is then no answer in the sheet.
    """
    values = draft.frame[column].tolist()
    if f"{column}_low" in draft.frame:
        ends = zip(draft.frame[f"{column}_low"].tolist(), draft.frame[f"{column}_high"].tolist(), strict=True)
        return [_count_texts(value, *bounds) for value, bounds in zip(values, ends, strict=True)]
    texts = ["" if pd.isna(value) else cell_text(_written(value)) for value in values]
    return [{text, ""} if (column, text) == ("round", "2018-kv4") else {text} for text in texts]


def _count_texts(value: Any, low: Any, high: Any) -> set[str]:
    if pd.isna(value):
        return {""}
    return {str(Amount(value, low, high)), *([str(value)] if low == high == value else [])}


def _stands(cell: Any) -> Any:
    """Give what a cell holds, as a grid keeps it."""
    return plain_row([cell])[0]


def _written(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, datetime) else value


def _answers(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give a clean table without where its rows came from, and without bounds."""
    bounds = {f"{count}_{end}" for count in COUNTS[table] for end in ("low", "high")}
    return frame[[name for name in frame if name not in bounds | set(SOURCE)]]


# ---------------------------------------------------------------- the law of reading CSV files

CSV_CELLS = st.text(
    st.sampled_from("ab \";,\t\n\r'åÄ–#1")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    max_size=6,
) | st.sampled_from(["", " ", "#N/A", "Gävle", "NA", "null", "1 234", '5" skärm', "rad 1\r\nrad 2", '""'])
CSV_ROWS = st.lists(st.lists(CSV_CELLS, min_size=4, max_size=4) | st.just([]), max_size=6)
RAGGED_ROWS = st.lists(st.lists(CSV_CELLS, max_size=6), max_size=6)
BY_HAND = st.lists(
    st.text(st.sampled_from('ab "å1'), max_size=5).filter(lambda cell: not cell.startswith('"')),
    min_size=4,
    max_size=4,
)


@pytest.fixture(scope="module")
def csv_file(tmp_path_factory):
    return tmp_path_factory.mktemp("csv") / "fil.csv"


@given(
    CSV_ROWS | RAGGED_ROWS,
    st.sampled_from(DELIMITERS),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.booleans(),
)
def test_a_csv_file_is_read_as_pythons_own_reader_reads_it(csv_file, rows, delimiter, end, quoting, ended):
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([TRAININGS[0], *rows])
    text = written.getvalue()
    assert_read_alike(csv_file, text if ended else text.removesuffix(end), delimiter)


@given(st.lists(BY_HAND, max_size=5), st.sampled_from(DELIMITERS), st.sampled_from(["\n", "\r\n"]))
def test_quote_signs_within_a_cell_written_by_hand_are_read_as_pythons_own_reader_reads_them(
    csv_file, rows, delimiter, end
):
    text = end.join(delimiter.join(row) for row in [TRAININGS[0], *rows])
    assert_read_alike(csv_file, text, delimiter)


def assert_read_alike(path, text: str, delimiter: str) -> None:
    path.write_bytes(text.encode("utf-8"))
    grid = read_delimited(path, "fil.csv", HEADINGS["trainings"].count_known)
    assert grid.headings == tuple(TRAININGS[0])
    _, *records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    expected = [plain_row(record) for record in records]
    found = [list(row) for row in zip(*(column.values() for column in grid.columns), strict=True)]
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert all(a == b for a, b in zip_longest(one, other)), (one, other)
