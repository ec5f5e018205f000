"""The first door: what a reader of the public edition can work out about a few people."""

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from attacker import ranges
from demonstration_years import measured_year
from hypothesis import given, settings
from hypothesis import strategies as st

from asf_analysis.association import Rules
from asf_analysis.disclosure.choice import Choice
from asf_analysis.disclosure.protect import protect, protect_breakdown, protect_outcome
from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD, require_published
from asf_analysis.disclosure.release import Release
from asf_analysis.errors import DoorForgotten, Fault
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown
from asf_analysis.kpis.outcomes import Outcome, Target, judge
from asf_analysis.kpis.registry import NOT_KNOWN, Period, Result
from asf_analysis.kpis.results import Results


def table(*rows: tuple[int, int]) -> pd.DataFrame:
    """Women and men per group, with margins."""
    return with_margins(pd.DataFrame(rows, columns=["women", "men"]))


def with_margins(inner: pd.DataFrame) -> pd.DataFrame:
    wide = inner.set_axis([f"K{number}" for number in range(len(inner))])
    wide.loc[TOTAL] = wide.sum()
    return wide.assign(total=wide.sum(axis=1)).astype("Int64")


def breakdown(wide: pd.DataFrame, *, people: bool = True, enterprises: object = 9) -> Breakdown:
    frame = (
        wide.rename_axis("municipality")
        .reset_index()
        .melt("municipality", var_name="sex", value_name="amount")
    )
    behind = frame["municipality"].map(pd.Series(enterprises, index=wide.index))
    return Breakdown(
        key="example", title="", rows="municipality", rows_label="", columns="sex", unit="", source="",
        people=people, frame=frame.assign(enterprises=behind),
    )  # fmt: skip


def protected(wide: pd.DataFrame, rules: Rules | None = None, enterprises: object = 9) -> pd.DataFrame:
    """Tell cell by cell what is withheld."""
    seen = protect_breakdown(breakdown(wide, enterprises=enterprises), rules or Rules(), "public").frame
    status = seen.pivot(index="municipality", columns="sex", values="status")
    return (status == WITHHELD).reindex(index=wide.index, columns=wide.columns)


def withheld(wide: pd.DataFrame, rules: Rules | None = None, enterprises: object = 9) -> set[str]:
    """Name the withheld cells, as in K0 women."""
    pattern = protected(wide, rules, enterprises)
    return {f"{row} {column}" for row in pattern.index for column in pattern if pattern.loc[row, column]}


def both(*rows: str) -> set[str]:
    return {f"{row} {sex}" for row in rows for sex in ("women", "men")}


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_small_counts_are_withheld_and_zero_is_not(count, hidden):
    assert ("K0 women" in withheld(table((count, 20), (30, 30), (40, 40), (50, 50)))) is hidden


def test_a_small_cell_is_withheld_with_three_others_and_every_total_is_told():
    assert withheld(table((2, 20), (30, 31), (25, 26), (40, 41))) == both("K0", "K2")


def test_those_withheld_with_it_are_the_ones_that_tell_least():
    assert withheld(table((2, 20), (30, 31), (6, 6), (25, 26))) == both("K0", "K2")


def test_nobody_is_told_as_nobody_where_others_can_protect():
    assert withheld(table((2, 20), (0, 0), (30, 31), (40, 41))) == both("K0", "K2")


def test_what_is_withheld_together_is_no_small_count_either():
    rows = [(1, 9), (1, 8), (30, 31), (6, 7), (40, 41), (50, 51)]
    assert withheld(table(*rows)) == both("K0", "K1", "K3")


def test_small_cells_that_add_up_to_enough_protect_each_other():
    assert withheld(table((3, 3), (3, 3), (30, 31), (40, 41))) == both("K0", "K1")


def test_where_more_than_half_would_go_only_the_totals_are_told():
    assert withheld(table((2, 20), (3, 30), (4, 40), (50, 51))) == both("K0", "K1", "K2", "K3")


def test_half_is_not_more_than_half():
    assert withheld(table((2, 20), (3, 30), (40, 40), (50, 51))) == both("K0", "K1")


def test_a_small_total_is_withheld_with_another_total():
    assert withheld(table((2, 0), (3, 30), (4, 40), (50, 51))) == {
        "K0 women", "K1 women", "K2 women", "K0 total", "K1 total", "K2 total",
    }  # fmt: skip


def test_what_is_known_of_a_row_with_a_missing_figure_is_protected_too():
    wide = table((2, 0), (30, 31), (40, 41), (50, 51))
    wide.loc["K0", "men"] = pd.NA
    pattern = protected(wide)
    assert pattern.loc["K0"].to_dict() == {"women": True, "men": False, TOTAL: True}
    assert pattern[TOTAL].sum() > 1


def test_a_column_with_a_small_grand_total_is_withheld_with_what_it_could_be_reckoned_from():
    hidden = withheld(with_margins(pd.DataFrame([(0, 9, 20), (3, 30, 40), (0, 50, 60)], columns=[*"abc"])))
    assert {"K1 a", "total a"} <= hidden
    assert len([cell for cell in hidden if cell.startswith("K1")]) > 1
    assert len([cell for cell in hidden if cell.startswith("total")]) > 1


@pytest.mark.parametrize(("change", "hidden"), [(-5, False), (-4, True), (-1, True), (0, False), (4, True)])
def test_a_change_is_small_by_its_size_and_not_by_its_sign(change, hidden):
    wide = table((20, 20), (change, -20), (-30, -40), (60, 50), (-10, -15), (45, 40))
    assert ("K1 women" in withheld(wide)) is hidden


def test_few_women_in_all_means_that_no_split_by_sex_is_shown():
    pattern = protected(table((1, 20), (1, 30), (0, 40)))
    assert pattern[["women", "men"]].all(axis=None)
    assert not pattern[TOTAL].any()


def test_of_a_single_group_only_the_total_is_told():
    assert withheld(table((3, 30))) == both("K0", TOTAL)


def test_too_few_enterprises_behind_a_row_withhold_it():
    wide = table((10, 10), (30, 31), (25, 26), (40, 41))
    pattern = protected(wide, Rules(min_enterprises=3), [2, 5, 5, 5, 17])
    assert pattern.loc["K0"].all()
    assert (pattern.sum() > 1).all()
    assert not withheld(wide, Rules(), [2, 5, 5, 5, 17])


def test_rows_withheld_for_their_few_enterprises_have_enough_of_them_together():
    wide = table((30, 30), (30, 31), (25, 26), (40, 41))
    pattern = protected(wide, Rules(min_enterprises=3), [1, 1, 5, 5, 12])
    assert pattern[TOTAL].to_dict() == {"K0": True, "K1": True, "K2": True, "K3": False, TOTAL: False}


def test_too_few_enterprises_in_all_withhold_the_whole_table():
    assert protected(table((10, 10), (30, 31)), Rules(min_enterprises=3), 2).all(axis=None)


@pytest.mark.parametrize("threshold", [1, 3, 5, 10])
def test_the_threshold_is_the_associations(threshold):
    wide = table((threshold - 1, 50), (threshold, 50), (60, 60), (70, 70))
    hidden = withheld(wide, Rules(threshold=threshold))
    assert ("K0 women" in hidden) is (threshold > 1)
    assert bool(hidden) is (threshold > 1)


def test_a_missing_row_is_neither_withheld_nor_shown():
    wide = table((30, 31), (25, 26))
    wide.loc["K9"] = pd.NA
    assert not protected(wide).loc["K9"].any()


@settings(deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda parts: st.lists(st.tuples(*[st.integers(0, 9)] * parts), min_size=2, max_size=7)
    ),
    st.sampled_from([3, 5]),
)
def test_no_small_count_can_be_worked_out_of_what_is_shown(rows, threshold):
    wide = with_margins(pd.DataFrame(rows).rename(columns="D{}".format))
    pattern = protected(wide, Rules(threshold=threshold))
    cells = {cell: [of for of in np.ndindex(len(rows), len(rows[0])) if covers(wide, cell, of)]
             for cell in itertools.product(wide.index, wide.columns)}  # fmt: skip
    shown = [(cells[cell], wide.loc[cell]) for cell in cells if not pattern.loc[cell]]
    small = [cell for cell in cells if 0 < wide.loc[cell] < threshold and cell != (TOTAL, TOTAL)]
    assert not [cell for cell in small if not pattern.loc[cell]]
    hidden = [cell for cell in cells if pattern.loc[cell] and wide.loc[cell]]
    for cell, width in zip(hidden, ranges(shown, [cells[cell] for cell in hidden]), strict=True):
        assert width >= threshold - 1e-6, cell


def covers(wide: pd.DataFrame, cell: tuple[str, str], of: tuple[int, int]) -> bool:
    """Whether a cell, or a margin, counts those of an inner cell."""
    return cell[0] in (TOTAL, wide.index[of[0]]) and cell[1] in (TOTAL, wide.columns[of[1]])


def test_a_withheld_figure_is_gone_from_the_table():
    wide = table((2, 20), (30, 31), (25, 26), (40, 41))
    wide.loc["K9"] = pd.NA
    shown = protect_breakdown(breakdown(wide), Rules(), "public").frame
    by_cell = shown.set_index(["municipality", "sex"])
    assert by_cell.loc[("K0", "women"), "status"] == WITHHELD
    assert by_cell.loc[("K9", "men"), "status"] == MISSING
    assert by_cell.loc[("K1", "men"), "status"] == SHOWN
    assert by_cell.loc[("K1", "men"), "value"] == 31
    assert shown.loc[shown["status"] != SHOWN, "value"].isna().all()


@pytest.mark.parametrize(("people", "audience"), [(True, "internal"), (False, "public")])
def test_the_internal_edition_and_counts_of_events_are_shown_whole(people, audience):
    wide = table((2, 20), (30, 31), (25, 26))
    shown = protect_breakdown(breakdown(wide, people=people), Rules(), audience).frame
    assert (shown["status"] == SHOWN).all()


def test_how_many_doubts_there_were_about_the_data_is_told_to_the_internal_audience_alone(results_2018):
    doubts = (Fault("kv4.csv", "Antalet är udda.", "Kontrollera det.", severity="varning"),) * 3
    doubted = replace(results_2018, tables=replace(results_2018.tables, warnings=doubts))
    nothing = Choice(Release.of(doubted), {})
    assert protect(doubted, "public", nothing).sources.warnings is None
    assert protect(doubted, "internal").sources.warnings == 3


def test_a_frame_that_has_not_passed_the_door_is_refused():
    with pytest.raises(DoorForgotten, match="DataFrame och har inte passerat röjandekontrollen"):
        require_published(pd.DataFrame({"people": [2]}))


@pytest.mark.parametrize(("amount", "withheld"), [(0, False), (4, True), (5, False), (36, True), (40, False)])
def test_a_share_of_few_people_is_withheld_and_so_is_one_of_all_but_a_few(amount, withheld):
    seen = protect_outcome(outcome(Result(amount, whole=40)), Rules(), "public")
    assert seen.result.withheld is withheld
    assert protect_outcome(outcome(Result(amount, whole=40)), Rules(), "internal").result.amount == amount


@pytest.fixture(scope="module")
def results_2018() -> Results:
    return measured_year(2018)


@pytest.mark.parametrize(("other", "withheld"), [(204, True), (205, False), (200, False)])
def test_all_employees_beside_the_permanent_ones_are_withheld_where_they_would_tell_of_a_few(
    results_2018, other, withheld
):
    results = results_2018
    frames = {one.key: one for one in results.breakdowns}
    wide = table((100, 100), (0, 0))
    more = table((other - 100, 100), (0, 0))
    changed = {
        key: replace(frames[key], frame=breakdown(counts).frame)
        for key, counts in (("permanent_by_municipality", wide), ("employees_by_municipality", more))
    }
    seen = protect(replace(results, breakdowns=tuple(changed.values())), "public")
    assert (seen.outcome("permanent_employees").other.amount is None) is withheld
    assert (seen.tables["employees_by_municipality"].withheld > 0) is withheld


def outcome(result: Result, baseline: Result = NOT_KNOWN) -> Outcome:
    kpi = next(kpi for kpi in KPIS if kpi.key == "participants")
    status, reason = judge(result, Target(5), Rules())
    return Outcome(
        kpi=kpi, period=Period.of_year(2018), baseline=baseline, target=Target(5), result=result,
        status=status, reason=reason, fulfilment=result.amount / 5, share_of_planned_change=None,
        published=None,
    )  # fmt: skip


@pytest.mark.parametrize(("answered", "carried", "shown"), [(2, 0, False), (2, 1, True), (3, 0, True)])
def test_a_figure_about_people_needs_enough_enterprises_behind_it(answered, carried, shown):
    measured = outcome(Result(40, answered=answered, asked=5, carried=carried))
    seen = protect_outcome(measured, Rules(min_enterprises=3), "public")
    assert (seen == measured) is shown
    if not shown:
        assert (seen.result.amount, seen.result.withheld, seen.fulfilment) == (None, True, None)
        assert seen.status == "kan ej bedömas"
    assert protect_outcome(measured, Rules(min_enterprises=3), "internal") == measured
    assert protect_outcome(measured, Rules(), "public") == measured


def test_a_baseline_from_too_few_enterprises_is_withheld_on_its_own():
    measured = outcome(Result(40, answered=5, asked=5), baseline=Result(7, answered=2, asked=5))
    seen = protect_outcome(measured, Rules(min_enterprises=3), "public")
    assert (seen.baseline.amount, seen.baseline.withheld, seen.result.amount) == (None, True, 40)
    assert (seen.status, seen.fulfilment) == (measured.status, measured.fulfilment)
