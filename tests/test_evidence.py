"""Every figure can be traced to its definition and, in the internal edition, to the raw rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from demonstration_years import measured_year
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_workbooks import FIRST, SECOND, SURVEY_HEADINGS, answer, read, small_data, write_workbook
from published_sample import ACTIVE, PARTICIPANTS, make_outcome, make_report
from python_calamine import load_workbook

from asf_analysis.disclosure.protect import protect
from asf_analysis.disclosure.published import Published
from asf_analysis.intake.findings import SOURCE
from asf_analysis.intake.schemas import CleanTables
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.enterprises import count_participants
from asf_analysis.kpis.evidence import EVIDENCE, gather_evidence, whole_file
from asf_analysis.kpis.information import (
    count_activities,
    count_external_lectures,
    count_organisations,
    count_politicians_informed,
)
from asf_analysis.kpis.outcomes import NO_JUDGEMENT
from asf_analysis.kpis.registry import Period, Result, count_rows, total
from asf_analysis.kpis.results import Results, measure
from asf_analysis.presentation import tables
from asf_analysis.presentation.evidence import KPI_ROWS_FILE, kpi_rows, kpi_rows_as_csv, write_evidence
from asf_analysis.swedish.names import fold

RAW = Path(__file__).parent.parent / "data" / "raw"
YEAR = Period.of_year(2018)
HEADER_ROW = 3
"""Row of the headings in the workbooks of the demonstration data, below a title and a blank row."""


@cache
def results(year: int) -> Results:
    return measured_year(year)


@pytest.fixture(scope="module")
def internal() -> Published:
    return protect(results(2018), "internal")


@pytest.fixture(scope="module")
def public() -> Published:
    return protect(results(2018), "public")


# -- counted again by hand, in the workbooks themselves


@cache
def cells(file: str, sheet: str) -> list[list[Any]]:
    return load_workbook(RAW / file).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def raw_rows(evidence: pd.DataFrame, of_files: str = "") -> list[dict[str, Any]]:
    """Give the rows of the workbooks that the evidence names, by their headings."""
    named = evidence[evidence["file"].str.contains(of_files)]
    return [
        dict(zip(cells(file, sheet)[HEADER_ROW - 1], cells(file, sheet)[row - 1], strict=True))
        for file, sheet, row in named.itertuples(index=False)
    ]


def number(cell: Any) -> int:
    """Read a count as its writer meant it: 4.0, "1st.", "ca 40"; nothing where nothing is written."""
    digits = re.search(r"\d+", str(cell).replace(".0", ""))
    return int(digits.group()) if digits else 0


def summed(*headings: str, of_files: str = "") -> Callable[[pd.DataFrame], int]:
    return lambda rows: sum(number(row[name]) for row in raw_rows(rows, of_files) for name in headings)


def different(heading: str) -> Callable[[pd.DataFrame], int]:
    return lambda rows: len({fold(row[heading]) for row in raw_rows(rows)} - {""})


def answers(question: str) -> Callable[[pd.DataFrame], int]:
    return summed(f"{question} kvinnor", f"{question} män", of_files="enkat")


BY_HAND: dict[str, Callable[[pd.DataFrame], int]] = {
    "trainings": len,
    "ambassadors": summed("Antal deltagare"),
    "organisations_informed": different("Organisation/grupp"),
    "employees_informed": summed("Antal medarbetare"),
    "politicians_informed": summed("Antal politiker"),
    "information_activities": len,
    "external_lectures": different("Plats"),
    "active_enterprises": different("Organisationsnummer"),
    "permanent_employees": answers("varav tillsvidareanställda"),
    "participants": answers("Deltagare"),
    "supporting_municipalities": different("Kommun"),
    "cooperation_groups": different("Grupp"),
    "supervised_places": summed("Platser"),
}


def test_every_kpi_that_has_a_number_is_counted_by_hand():
    assert {*BY_HAND} == {kpi.key for kpi in KPIS if kpi.kind != "milestone"}


@pytest.mark.parametrize("key", BY_HAND)
def test_the_raw_rows_give_the_figure_when_they_are_counted_by_hand(internal, key):
    outcome = internal.outcome(key)
    assert len(outcome.evidence)
    assert BY_HAND[key](outcome.evidence) == outcome.result.amount


def test_an_answer_carried_forward_is_traced_to_the_earlier_rounds_file(internal):
    outcome = internal.outcome("participants")
    by_file = outcome.evidence.groupby("file").size().to_dict()
    assert outcome.result.carried == by_file["2018/enkat_kv1.xlsx"] == 1
    assert outcome.result.answered == by_file["2018/enkat_kv4.xlsx"] == 27
    assert outcome.result.asked == by_file["foretagsregister.xlsx"] == 28


def test_the_registers_rows_are_those_of_the_enterprises_active_on_the_day(internal):
    rows = raw_rows(internal.outcome("active_enterprises").evidence)
    ends = [row["Slutdatum"] for row in rows if isinstance(row["Slutdatum"], date)]
    assert all(end >= date(2018, 12, 31) for end in ends)
    left_out = len(cells("foretagsregister.xlsx", "Företag")) - HEADER_ROW - len(rows)
    assert (len(rows), left_out) == (28, 8)


def test_a_milestone_is_traced_to_what_it_was_judged_from(internal):
    council = internal.outcome("regional_council").evidence
    assert council["file"].tolist() == ["assessments/2018.md"]
    assert council[["sheet", "row"]].isna().all(axis=None)
    follow_up = internal.outcome("gender_follow_up").evidence
    assert {*follow_up["file"]} == {"2018/enkat_kv1.xlsx", "2018/enkat_kv4.xlsx", "foretagsregister.xlsx"}


def test_a_milestone_that_nobody_judged_has_no_evidence():
    council = protect(results(2017), "internal").outcome("regional_council")
    assert council.reason == NO_JUDGEMENT
    assert council.evidence.empty


# -- the evidence is the count


def of_evidence(rows: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Keep the clean rows that stand in the evidence."""
    named = {*evidence[["file", "row"]].itertuples(index=False, name=None)}
    places = zip(rows["source_file"], rows["source_row"], strict=True)
    return rows[np.array([place in named for place in places], dtype=bool)]


def evidence_alone(clean: CleanTables, evidence: pd.DataFrame) -> CleanTables:
    kept = {name: of_evidence(clean.table(name), evidence) for kpi in KPIS for name in kpi.tables}
    return replace(clean, **kept)


MEASURED = [kpi for kpi in KPIS if kpi.measure]


@pytest.mark.parametrize("year", [2016, 2017, 2018, 2019])
def test_a_kpi_measured_on_its_evidence_alone_gives_the_same_figure(year):
    found = results(year)
    for kpi in MEASURED:
        outcome = next(one for one in found.outcomes if one.kpi == kpi)
        alone = evidence_alone(found.tables, outcome.evidence)
        assert measure(kpi, alone, found.association.rules, found.period) == outcome.result, kpi.key


def test_the_baseline_is_traced_to_the_year_before(internal):
    outcome = internal.outcome("participants")
    assert {*outcome.baseline.evidence["file"]} == {"2017/enkat_kv4.xlsx", "foretagsregister.xlsx"}


days = st.dates(date(2017, 12, 30), date(2019, 1, 2)).map(pd.Timestamp)
activity = st.tuples(
    days,
    st.sampled_from(["föreläsning", "dialogmöte"]),
    st.sampled_from([None, "Riga"]),
    st.sampled_from([None, "Grupp 1", "GRUPP 1"]),
    st.none() | st.integers(0, 9),
    st.sampled_from(["2018/a.xlsx", "2018/b.csv"]),
)


@settings(max_examples=40)
@given(st.lists(activity, max_size=8))
def test_what_counts_is_a_part_of_the_table_and_counts_alone_as_much(held):
    columns = ["held_on", "kind", "place", "organisation", "politicians", "source_file"]
    activities = pd.DataFrame(held, columns=columns).astype(
        {"held_on": "datetime64[us]", "politicians": "Int64", **dict.fromkeys(columns[1:4], "str")}
    )
    activities = activities.assign(source_sheet=None, source_row=range(2, len(held) + 2))
    for count in (
        count_activities,
        count_external_lectures,
        count_organisations,
        count_politicians_informed,
    ):
        result = count(activities, YEAR)
        kept = of_evidence(activities, result.evidence)
        assert len(kept) == len(result.evidence)
        assert YEAR.holds(kept["held_on"]).all()
        if result.amount is not None:
            assert count(kept, YEAR) == result


def test_an_answer_in_a_form_of_its_own_is_traced_to_the_form(tmp_path):
    data = small_data(tmp_path, enkat_kv4=None)
    (data.raw_year(2018) / "enkat_kv4").mkdir()
    for name, enterprise in {"alfa": FIRST, "beta": SECOND}.items():
        form = [["Till er som driver ASF"], [], *zip(SURVEY_HEADINGS, answer(enterprise), strict=True)]
        write_workbook(data.raw_year(2018) / "enkat_kv4" / f"{name}.xlsx", form, sheet="Svar")
    clean = read(data)
    told = count_participants(clean.enterprises, clean.responses, YEAR).evidence
    assert [(*line,) for line in told.itertuples(index=False)] == [
        ("2018/enkat_kv4/alfa.xlsx", "Svar", 3),
        ("2018/enkat_kv4/beta.xlsx", "Svar", 3),
        ("foretagsregister.xlsx", "Blad1", 2),
        ("foretagsregister.xlsx", "Blad1", 3),
    ]


def place(*rows: int, file: str = "a.csv", sheet: str | None = None) -> pd.DataFrame:
    return pd.DataFrame({"source_file": file, "source_sheet": sheet, "source_row": list(rows)})


def test_evidence_is_in_order_and_holds_a_row_once():
    told = gather_evidence([place(9, 2), place(2, 3), place(1, file="a.xlsx", sheet="B"), whole_file("a.md")])
    assert list(told.columns) == list(EVIDENCE)
    assert told["file"].tolist() == ["a.csv", "a.csv", "a.csv", "a.md", "a.xlsx"]
    assert told["row"].tolist() == [2, 3, 9, pd.NA, 1]
    assert told["sheet"].isna().tolist() == [True] * 4 + [False]


def test_the_same_row_of_two_sheets_is_two_rows():
    assert len(gather_evidence([place(4, sheet="A"), place(4, sheet="B"), place(4)])) == 3


def test_a_figure_of_which_a_part_cannot_be_traced_has_no_evidence():
    by_hand = pd.DataFrame({"participants": pd.array([3], "Int64")})
    assert total(by_hand, ["participants"]).evidence.empty
    assert Result(3).counted_from(place(4), by_hand).evidence.empty
    assert len(Result(3).counted_from(place(4), place(5)).evidence) == 2


def test_results_are_equal_whatever_rows_they_were_counted_from():
    assert count_rows(place(4)) == count_rows(place(5)) == Result(1)
    assert repr(count_rows(place(4))) == "Result(amount=1)"


def test_a_result_keeps_no_more_of_a_table_than_where_its_rows_came_from():
    kept = count_rows(place(4).assign(name="Alfa")).counted
    assert [list(frame.columns) for frame in kept] == [SOURCE]


# -- the door


def parts_of(value: object) -> Iterator[object]:
    """Walk through all that an object holds."""
    yield value
    if isinstance(value, pd.DataFrame):
        yield from value.columns
        for name in value.columns:
            yield from value[name].dropna().unique()
    elif is_dataclass(value):
        for field in fields(value):
            yield from parts_of(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield name
            yield from parts_of(part)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from parts_of(part)


def traces(report: Published) -> set[str]:
    """Give what a report holds of the raw files: the names of files, and columns that tell of rows."""
    names = {path.name for path in RAW.rglob("*.*")} | {"assessments"}
    texts = {part for part in parts_of(report) if isinstance(part, str)}
    return {text for text in texts if text in SOURCE or any(name in text for name in names)}


def test_the_public_edition_holds_no_file_sheet_or_row_of_the_raw_data(public, internal):
    assert traces(public) == set()
    assert {*SOURCE, "2018/enkat_kv4.xlsx", "assessments/2018.md"} <= traces(internal)
    for outcome in public.outcomes:
        figures = [outcome.result, outcome.baseline, *([outcome.other] if outcome.other else [])]
        assert all(figure.evidence.empty for figure in [outcome, *figures])


def test_taking_the_evidence_away_changes_no_figure(public, internal):
    # What a figure is without one enterprise's few people is for the internal edition alone.
    assert [without_range(one) for one in public.outcomes] == [
        without_range(one) for one in internal.outcomes
    ]
    assert {one.result.answered_only.withheld for one in public.outcomes if one.result.carried} == {True}


def without_range(outcome):
    other = outcome.other and replace(outcome.other, answered_only=None)
    return replace(outcome, result=replace(outcome.result, answered_only=None), other=other)


def test_the_list_of_rows_is_that_of_the_evidence_and_empty_in_public(public, internal):
    rows = kpi_rows(internal)
    assert list(rows.columns) == ["kpi", "file", "sheet", "row"]
    for outcome in internal.outcomes:
        told = rows[rows["kpi"] == outcome.kpi.key].drop(columns="kpi").reset_index(drop=True)
        pd.testing.assert_frame_equal(told, outcome.evidence)
    assert kpi_rows(public).empty
    assert kpi_rows_as_csv(public) == "kpi,file,sheet,row\n"


def test_the_list_of_rows_is_csv_without_a_formula():
    hostile = Result(1).counted_from(place(4, file="=a.csv", sheet="@SUM(1)"), whole_file("b.md"))
    made = kpi_rows_as_csv(make_report([make_outcome(ACTIVE, hostile)], audience="internal"))
    assert list(csv.reader(io.StringIO(made))) == [
        ["kpi", "file", "sheet", "row"],
        ["active_enterprises", "'=a.csv", "'@SUM(1)", "4"],
        ["active_enterprises", "b.md", "", ""],
    ]


# -- what a reader sees


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ([], ()),
        ([whole_file("assessments/2018.md")], ("assessments/2018.md",)),
        ([place(7)], ("a.csv, rad 7",)),
        ([place(7, 8, 9, 12, sheet="Enkät")], ("a.csv, blad Enkät, rad 7–9 och 12 (fyra\xa0rader)",)),
        ([place(1, file=name) for name in "abc"], ("a, rad 1", "b, rad 1", "c, rad 1")),
        ([place(1, file=n) for n in "abcd"], ("a, rad 1", "b, rad 1", "c, rad 1", "och ett ställe till")),
        (
            [place(*range(1, 28, 2))],
            ("a.csv, rad 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 och två rader till (14\xa0rader)",),
        ),
    ],
)
def test_rows_are_told_sheet_by_sheet_as_spans_and_long_lists_are_cut(counted, told):
    assert write_evidence(gather_evidence(counted)) == told


def row_of(block: Any, label: str) -> list[str]:
    soup = BeautifulSoup(block.html, "html.parser")
    (row,) = [row for row in soup.select("tbody tr") if row.th.get_text() == label]
    return [cell.get_text("|") for cell in row.find_all(["th", "td"])]


def test_the_internal_definitions_tell_the_rows_and_where_all_of_them_are(internal):
    shown = tables.definitions(internal)
    assert row_of(shown, PARTICIPANTS.label)[-1].split("|") == [
        "Enkät till företagen; Företagsregistret",
        "2018/enkat_kv1.xlsx, blad Enkät, rad 16",
        "2018/enkat_kv4.xlsx, blad Enkät, rad 4–30 (27\xa0rader)",
        "foretagsregister.xlsx, blad Företag, rad 4–9, 11–16, 18–20 och 22–34 (28\xa0rader)",
    ]
    assert "Räknat ur" in shown.html
    assert KPI_ROWS_FILE in shown.html
    assert "2018/enkat_kv4.xlsx, blad Enkät, rad 4–30" in shown.plain


def test_the_public_definitions_tell_the_source_alone(public):
    shown = tables.definitions(public)
    assert row_of(shown, PARTICIPANTS.label)[-1] == "Enkät till företagen; Företagsregistret"
    assert not re.search(r"Räknat ur|xlsx|\brad\b|\.csv", shown.html)


def test_a_kpi_whose_measure_tells_no_rows_shows_its_source_alone(internal):
    report = make_report([make_outcome(ACTIVE, Result(28))], audience="internal")
    assert row_of(tables.definitions(report), ACTIVE.label)[-1] == ACTIVE.source


@pytest.mark.parametrize("show", [tables.kpi_cards, tables.goals, tables.coverage, tables.reconciliation])
def test_the_name_of_a_kpi_leads_to_its_definition(public, show):
    targets = BeautifulSoup(tables.definitions(public).html, "html.parser").select("[id]")
    names = {target["id"]: target.get_text() for target in targets}
    assert len(names) == len(targets) == len(KPIS)
    links = BeautifulSoup(show(public).html, "html.parser").select("a")
    assert links
    for link in links:
        label = names[link["href"].removeprefix("#")]
        assert re.fullmatch(re.escape(label) + r"( \(\w+\))?", link.get_text())


def test_the_id_of_a_definition_is_the_kpis_key():
    shown = tables.definitions(make_report([make_outcome(ACTIVE, Result(28))]))
    assert '<span id="nyckeltal-active-enterprises">Aktivt verksamma ASF</span>' in shown.html
