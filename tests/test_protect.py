"""The first door: what a reader of the public edition can work out about a few people."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from asf_analysis.association import Rules
from asf_analysis.disclosure.protect import protect_breakdown, protect_outcome, withheld_pattern
from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD, require_published
from asf_analysis.errors import DoorForgotten
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown
from asf_analysis.kpis.outcomes import Outcome, Target, judge
from asf_analysis.kpis.registry import NOT_KNOWN, Period, Result

CELLS = ["women", "men", TOTAL]


def table(*rows: tuple[int, int]) -> pd.DataFrame:
    """Women and men per group, with margins."""
    wide = pd.DataFrame(rows, columns=["women", "men"], index=[f"K{number}" for number in range(len(rows))])
    wide.loc[TOTAL] = wide.sum()
    return wide.assign(total=wide.sum(axis=1)).astype("Int64")


def enough(wide: pd.DataFrame, enterprises: int = 9) -> pd.Series:
    return pd.Series(enterprises, index=wide.index)


def withheld_rows(wide: pd.DataFrame, rules: Rules | None = None) -> list[str]:
    pattern = withheld_pattern(wide, enough(wide), rules or Rules())
    return list(pattern.index[pattern[TOTAL]])


@pytest.mark.parametrize(("count", "withheld"), [(0, False), (1, True), (4, True), (5, False)])
def test_small_counts_are_withheld_and_zero_is_not(count, withheld):
    wide = table((count, 20), (30, 30), (40, 40))
    assert ("K0" in withheld_rows(wide)) is withheld


def test_a_withheld_row_never_stands_alone():
    assert withheld_rows(table((2, 20), (30, 31), (25, 26))) == ["K0", "K2"]


def test_the_row_that_is_withheld_with_it_is_the_smallest():
    assert withheld_rows(table((2, 20), (30, 31), (6, 6), (25, 26))) == ["K0", "K2"]


def test_a_row_without_people_is_shown_as_long_as_others_can_protect():
    assert "K1" not in withheld_rows(table((2, 20), (0, 0), (30, 31)))


def test_rows_are_added_until_their_sum_is_no_small_count_either():
    assert withheld_rows(table((1, 9), (1, 8), (30, 31), (6, 7))) == ["K0", "K1", "K3"]


def test_two_small_rows_that_add_up_to_enough_protect_each_other():
    assert withheld_rows(table((3, 3), (3, 3), (30, 31))) == ["K0", "K1"]


def test_few_women_in_all_means_that_no_split_by_sex_is_shown():
    wide = table((1, 20), (1, 30), (0, 40))
    pattern = withheld_pattern(wide, enough(wide), Rules())
    assert pattern[["women", "men"]].all(axis=None)
    assert not pattern[TOTAL].any()


def test_a_single_group_takes_its_total_with_it():
    wide = table((3, 30))
    pattern = withheld_pattern(wide, enough(wide), Rules())
    assert pattern[["women", "men"]].all(axis=None)


def test_too_few_enterprises_behind_a_row_withhold_it():
    wide = table((10, 10), (30, 31), (25, 26))
    enterprises = pd.Series([2, 5, 5, 12], index=wide.index)
    pattern = withheld_pattern(wide, enterprises, Rules(min_enterprises=3))
    assert list(pattern.index[pattern[TOTAL]]) == ["K0", "K2"]
    assert not withheld_pattern(wide, enterprises, Rules()).any(axis=None)


def test_too_few_enterprises_in_all_withhold_the_whole_table():
    wide = table((10, 10), (30, 31))
    pattern = withheld_pattern(wide, enough(wide, 2), Rules(min_enterprises=3))
    assert pattern.all(axis=None)


@pytest.mark.parametrize("threshold", [1, 3, 5, 10])
def test_the_threshold_is_the_associations(threshold):
    wide = table((threshold - 1, 50), (threshold, 50), (60, 60))
    pattern = withheld_pattern(wide, enough(wide), Rules(threshold=threshold))
    assert bool(pattern.loc["K0", TOTAL]) is (threshold > 1)


def test_a_missing_row_is_neither_withheld_nor_shown():
    wide = table((30, 31), (25, 26))
    wide.loc["K9"] = pd.NA
    assert not withheld_pattern(wide, enough(wide), Rules()).loc["K9"].any()


def what_can_be_worked_out(
    wide: pd.DataFrame, pattern: pd.DataFrame
) -> dict[tuple[str, str], tuple[float, float]]:
    """Bound every withheld cell as an attacker would: by all that is shown, and nothing being negative."""
    groups = [row for row in wide.index if row != TOTAL]
    unknowns = [(row, sex) for row in groups for sex in ("women", "men")]

    def coefficients(row: str, column: str) -> np.ndarray:
        return np.array([float((row in (TOTAL, of)) and (column in (TOTAL, sex))) for of, sex in unknowns])

    shown = [(row, column) for row in wide.index for column in CELLS if not pattern.loc[row, column]]
    known = {
        "A_eq": np.array([coefficients(*cell) for cell in shown]) if shown else None,
        "b_eq": np.array([float(wide.loc[cell]) for cell in shown]) if shown else None,
    }
    bounds = {}
    for row in wide.index:
        for column in CELLS:
            if pattern.loc[row, column]:
                goal = coefficients(row, column)
                least, most = (linprog(sign * goal, bounds=(0, 1000), **known) for sign in (1, -1))
                bounds[row, column] = (least.fun, -most.fun)
    return bounds


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=7),
    st.sampled_from([3, 5]),
)
def test_no_small_count_can_be_worked_out_of_what_is_shown(rows, threshold):
    wide = table(*rows)
    pattern = withheld_pattern(wide, enough(wide), Rules(threshold=threshold))
    small = [
        (row, column)
        for row in wide.index
        for column in CELLS
        if 0 < wide.loc[row, column] < threshold and (row, column) != (TOTAL, TOTAL)
    ]
    bounds = what_can_be_worked_out(wide, pattern)
    for cell in small:
        assert pattern.loc[cell], f"{cell} is shown"
        least, most = bounds[cell]
        assert most - least >= min(threshold, float(wide.loc[TOTAL, TOTAL])) - 1e-6


def breakdown(wide: pd.DataFrame, *, people: bool) -> Breakdown:
    frame = (
        wide.rename_axis("municipality")
        .reset_index()
        .melt("municipality", var_name="sex", value_name="amount")
    )
    return Breakdown(
        key="example", title="", rows="municipality", rows_label="", columns="sex", unit="", source="",
        people=people, frame=frame.assign(enterprises=9),
    )  # fmt: skip


def test_a_withheld_figure_is_gone_from_the_table():
    wide = table((2, 20), (30, 31), (25, 26))
    wide.loc["K9"] = pd.NA
    shown = protect_breakdown(breakdown(wide, people=True), Rules(), "public").frame
    by_cell = shown.set_index(["municipality", "sex"])
    assert by_cell.loc[("K0", "men"), "status"] == WITHHELD
    assert by_cell.loc[("K9", "men"), "status"] == MISSING
    assert by_cell.loc[("K1", "men"), "status"] == SHOWN
    assert by_cell.loc[("K1", "men"), "value"] == 31
    assert shown.loc[shown["status"] != SHOWN, "value"].isna().all()


@pytest.mark.parametrize(("people", "audience"), [(True, "internal"), (False, "public")])
def test_the_internal_edition_and_counts_of_events_are_shown_whole(people, audience):
    wide = table((2, 20), (30, 31), (25, 26))
    shown = protect_breakdown(breakdown(wide, people=people), Rules(), audience).frame
    assert (shown["status"] == SHOWN).all()


def test_a_frame_that_has_not_passed_the_door_is_refused():
    with pytest.raises(DoorForgotten, match="DataFrame och har inte passerat röjandekontrollen"):
        require_published(pd.DataFrame({"people": [2]}))


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
