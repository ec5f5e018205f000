"""What a new edition tells otherwise than the one before is told, once, with the reason."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from demonstration_years import measured_year, published_year
from published_sample import ACTIVE, COUNCIL, PARTICIPANTS, make_milestone, make_outcome, make_report

from asf_analysis.disclosure.published import Published, Revision
from asf_analysis.disclosure.revisions import read_record, record_of, with_revisions
from asf_analysis.errors import DataFaults
from asf_analysis.intake.schemas import CleanTables
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation import tables

FIRST = date(2026, 11, 30)


@pytest.fixture(scope="module")
def read() -> CleanTables:
    return measured_year(2018).tables


def without_last_answer(read: CleanTables) -> CleanTables:
    return replace(read, responses=read.responses.iloc[:-1])


def sample(participants: int = 199, active: int = 28, target: float = 180) -> Published:
    return make_report(
        [make_outcome(PARTICIPANTS, Result(participants), target), make_outcome(ACTIVE, Result(active), 30)]
    )


def told(published: Published) -> list[tuple[str, str, float | None, float | None, tuple[str, ...]]]:
    return [
        (one.kpi, one.part, one.before.amount, one.after.amount, one.changed) for one in published.revisions
    ]


def test_the_first_edition_has_revised_nothing(read):
    assert with_revisions(sample(), read, "").revisions == ()


def test_the_same_figures_of_the_same_data_are_no_revision(read):
    assert with_revisions(sample(), read, record_of(sample(), read, FIRST)).revisions == ()


def test_a_figure_that_differs_is_told_with_what_of_its_own_data_has_changed(read):
    record = record_of(sample(), read, FIRST)
    now = with_revisions(sample(participants=203), without_last_answer(read), record)
    assert told(now) == [(PARTICIPANTS.key, "result", 199, 203, ("responses",))]
    assert now.revisions[0].edition == FIRST


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (sample(active=29), [(ACTIVE.key, "result", 28, 29, ())]),
        (sample(target=190), [(PARTICIPANTS.key, "target", 180, 190, ())]),
    ],
)
def test_where_the_data_is_the_same_it_was_counted_or_aimed_otherwise(read, now, expected):
    assert told(with_revisions(now, read, record_of(sample(), read, FIRST))) == expected


def test_a_revision_stays_in_the_editions_after_it_and_a_new_one_is_added(read):
    second = with_revisions(sample(200), read, record_of(sample(199), read, FIRST))
    third = with_revisions(sample(200), read, record_of(second, read, date(2026, 12, 1)))
    assert third.revisions == second.revisions
    fourth = with_revisions(sample(199), read, record_of(third, read, date(2026, 12, 2)))
    assert [one[2:4] for one in told(fourth)] == [(199, 200), (200, 199)]
    assert [one.edition.day for one in fourth.revisions] == [30, 2]


def test_a_figure_that_is_withheld_now_is_told_as_withheld_and_its_record_does_not_hold_it(read):
    hidden = make_report([make_outcome(PARTICIPANTS, Result(3).hidden(), 180)])
    assert '"amount": 3' not in record_of(hidden, read, FIRST)
    [revision] = with_revisions(hidden, read, record_of(sample(3), read, FIRST)).revisions
    assert (revision.before.amount, revision.after) == (3, Result(None, withheld=True))
    assert ".." in tables.reconciliation(replace(hidden, revisions=(revision,))).plain


def test_a_kpi_that_the_edition_before_did_not_tell_is_no_revision(read):
    before = make_report([make_outcome(ACTIVE, Result(28), 30)])
    assert with_revisions(sample(), read, record_of(before, read, FIRST)).revisions == ()


def test_the_answer_of_a_milestone_is_a_figure_too(read):
    before, after = (make_report([make_milestone(COUNCIL, answer)]) for answer in (False, True))
    now = with_revisions(after, read, record_of(before, read, FIRST))
    assert "| Nej | Ja | Bedömningen har ändrats." in tables.reconciliation(now).plain


def test_nobody_is_a_figure_that_can_be_revised(read):
    assert told(with_revisions(sample(0), read, record_of(sample(199), read, FIRST)))[0][2:4] == (199, 0)
    assert told(with_revisions(sample(199), read, record_of(sample(0), read, FIRST)))[0][2:4] == (0, 199)


def test_the_page_tells_what_was_when_it_changed_and_why(read):
    now = with_revisions(sample(203), without_last_answer(read), record_of(sample(), read, FIRST))
    shown = tables.reconciliation(now).plain
    row = next(line for line in shown.splitlines() if line.startswith(PARTICIPANTS.label) and "2026" in line)
    assert row.split(" | ")[1:] == [
        "Resultat", "30 november 2026", "199", "203", "Underlaget har ändrats: enkät.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "changed", "why"),
    [("target", (), "Målet har satts om."), ("result", (), "Beräkningen har ändrats.")],
)
def test_each_kind_of_change_has_its_reason(part, changed, why):
    revision = Revision(PARTICIPANTS.key, part, Result(1), Result(2), FIRST, changed)
    assert why in tables.reconciliation(replace(sample(), revisions=(revision,))).plain


@pytest.mark.parametrize(
    "record",
    ["{", "[]", "{}", '{"version": 2}', '{"version": 1, "edition": "i går", "figures": {}, "revisions": []}'],
)  # fmt: skip
def test_a_record_that_is_not_as_it_was_written_is_told(read, record):
    with pytest.raises(DataFaults, match=r"figures-public\.json"):
        with_revisions(sample(), read, record)


def test_a_record_names_no_row_and_no_enterprise(read):
    record = record_of(published_year(2018), read, FIRST)
    content = json.loads(record)
    assert content["figures"]["participants"]["result"] == {"amount": 199}
    names = set(read.enterprises["name"]) | set(read.enterprises["organisation_number"])
    assert len(names) > 30
    assert [name for name in names if str(name) in record] == []


def test_where_rows_stand_in_the_files_does_not_matter(read):
    moved = replace(read, responses=read.responses.assign(source_row=read.responses["source_row"] + 1))
    record = record_of(sample(), moved, FIRST)
    assert told(with_revisions(sample(200), read, record)) == [(PARTICIPANTS.key, "result", 199, 200, ())]
    assert isinstance(moved.responses, pd.DataFrame)


def test_there_is_no_record_where_nothing_was_published(tmp_path):
    assert read_record(tmp_path, "public") == ""
    (tmp_path / "figures-public-2018-08-31.json").write_bytes(b"\xff")
    with pytest.raises(DataFaults, match="inte som den skrevs"):
        read_record(tmp_path, "public", "2018-08-31")
