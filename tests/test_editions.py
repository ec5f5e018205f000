"""Editions of one report, and reports of years beside each other: none gives another one away."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from demonstration_years import measured_year
from test_linked_tables import DAYS, breakdown

from asf_analysis.association import Rules
from asf_analysis.disclosure.choice import Choice, choose
from asf_analysis.disclosure.editions import earlier_pattern, pattern_of
from asf_analysis.disclosure.figures import Days, Figure
from asf_analysis.disclosure.record import read_release, release_as_csv
from asf_analysis.disclosure.release import Release
from asf_analysis.errors import DataFaults
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.groups import PARTICIPANTS, PLACE, SEX
from asf_analysis.kpis.people import PARTICIPANTS_TABLE
from asf_analysis.kpis.registry import Period

RULES = Rules()
FIRST = ((2, 20), (30, 31), (6, 7), (25, 26))
SHOWN_BEFORE, WITHHELD_BEFORE = False, True
ROLES = ("", "people_by_role")


def release(*rows: tuple[int, int], days: Days = DAYS) -> Release:
    """Participants of municipalities K0, K1, …, women and men."""
    inner = pd.DataFrame(rows, index=[f"K{number}" for number in range(len(rows))], columns=["women", "men"])
    one = replace(breakdown(PARTICIPANTS_TABLE, inner, "municipality"), on=days.measured)
    return Release.of_one(one, days)


def cells(choice: Choice) -> set[str]:
    """Name what is withheld, as in K0 women."""
    [name] = choice.release.tables
    return {f"{row} {column}" for row, column in choice.reasons(name)}


def told(choice: Choice) -> Mapping[Figure, bool]:
    return pattern_of(choice)


def both(*rows: str) -> set[str]:
    return {f"{row} {sex}" for row in rows for sex in ("women", "men")}


def test_a_pattern_is_kept_in_an_edition_in_which_another_one_would_be_cheaper():
    first = choose(release(*FIRST), RULES)
    revised = release((2, 20), (30, 31), (40, 41), (5, 6))
    assert cells(first) == both("K0", "K2")
    assert cells(choose(revised, RULES)) == both("K0", "K3")
    assert cells(choose(revised, RULES, told(first))) == both("K0", "K2")


def test_what_was_withheld_stays_so_and_as_little_as_may_be_is_withheld_that_was_shown():
    others = ((60, 61), (62, 63))
    first = choose(release(*FIRST, *others), RULES)
    revised = release((2, 20), (3, 31), *FIRST[2:], *others)
    assert cells(first) == both("K0", "K2")
    assert cells(choose(revised, RULES)) == both("K0", "K1")
    assert cells(choose(revised, RULES, told(first))) == both("K0", "K1", "K2")


def test_a_figure_that_was_withheld_and_is_no_longer_small_stays_withheld():
    first = choose(release(*FIRST), RULES)
    assert "K0 women" in cells(choose(release((9, 20), *FIRST[1:]), RULES, told(first)))


def test_a_day_that_two_years_tell_of_is_withheld_as_in_the_year_before():
    last_day = Days(Period.of_year(2017), date(2017, 12, 31))
    earlier = choose(release(*FIRST, days=last_day), RULES)
    kept = {figure for figure, withheld in told(earlier).items() if withheld and figure.value(PLACE)}
    assert {dict(figure.of)[PLACE] for figure in kept} == {"K0", "K2"}
    baseline = replace(last_day, period=Period.of_year(2017))
    again = choose(release(*FIRST[:2], (40, 41), (5, 6), days=baseline), RULES, told(earlier))
    assert cells(again) == both("K0", "K2")


def test_what_any_edition_showed_is_known():
    figure = Figure("2018-12-31", frozenset({*PARTICIPANTS, (PLACE, "Ockelbo"), (SEX, "men")}))
    assert earlier_pattern({figure: WITHHELD_BEFORE}, {figure: SHOWN_BEFORE}) == {figure: SHOWN_BEFORE}
    assert earlier_pattern({figure: WITHHELD_BEFORE}, {}) == {figure: WITHHELD_BEFORE}
    assert earlier_pattern() == {}


def test_the_record_of_an_edition_is_read_back_as_it_was_written_and_holds_no_count(tmp_path):
    choice = choose(release(*FIRST), RULES)
    file = tmp_path / "release.csv"
    file.write_text(release_as_csv(pattern_of(choice)), encoding="utf-8")
    assert read_release(file) == told(choice)
    assert choice.release.whole_table(("", PARTICIPANTS_TABLE)) in told(choice)
    assert file.read_text(encoding="utf-8").splitlines()[0] == "when,group,status"
    amounts = {str(amount) for amount in choice.release.amounts.values()}
    assert not amounts & set(file.read_text(encoding="utf-8").replace(",", " ").replace('"', " ").split())


def test_without_an_earlier_edition_nothing_is_known_of_one(tmp_path):
    assert read_release(tmp_path / "release.csv") == {}


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"", [None]),
        (b"when,group\n2018,{}\n", [None]),
        (b"\xff\xfe", [None]),
        (b"when,group,status\n2018-12-31,{},shown\n2018-12-31,{},hidden\n2018,{}\n", [3, 4]),
        (b'when,group,status\n2018-12-31,"{""sex"": ",shown\n', [2]),
        (b'when,group,status\n2018-12-31,"[1]",shown\n', [2]),
    ],
)
def test_a_record_that_was_changed_by_hand_stops_with_every_row_that_is_wrong(tmp_path, content, rows):
    file = tmp_path / "release.csv"
    file.write_bytes(content)
    with pytest.raises(DataFaults) as stopped:
        read_release(file)
    assert [fault.row for fault in stopped.value.faults] == rows
    assert all(fault.file == "release.csv" and "röja" in fault.remedy for fault in stopped.value.faults)


def test_a_grand_total_is_told_in_every_edition():
    first = choose(release(*FIRST), RULES)
    revised = choose(release((2, 20), (3, 1), (0, 7), (0, 1)), RULES, told(first))
    assert f"{TOTAL} {TOTAL}" not in cells(revised)


def test_in_a_table_told_by_its_totals_an_inner_cell_that_another_table_tells_is_told_too():
    """Were it not, the two tables would say of one figure that it is 118 and that it is not told."""
    measured = Release.of(measured_year(2018))
    choice = choose(measured, RULES, {measured.whole_table(ROLES): WITHHELD_BEFORE})
    hidden = choice.reasons(ROLES)
    assert ROLES in choice.coarse
    assert ("Övriga anställda", "women") in hidden
    assert ("Deltagare", "women") not in hidden
    assert not choice.only_totals(ROLES)
    for name in measured.tables:
        told_elsewhere = {
            cell for cell in choice.reasons(name) if not choice.hides(measured.tables[name][cell])
        }
        assert told_elsewhere == set()
