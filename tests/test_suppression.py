"""The optimiser: patterns of withheld figures that are safe, and the cheapest that are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array
from small_systems import demand_for, kept, one_figure_kept, system_of, with_margins, worked_out

from asf_analysis.disclosure.suppression.cheapest import Learnt, cheapest_pattern, exposed
from asf_analysis.disclosure.suppression.system import Pattern, System

SDCTABLE = ((18, 2), (19, 14), (12, 10), (6, 19))
"""sdcTable's `microdata1` by region and sex; its test keeps women in A: A and C are withheld."""

TAU_ARGUS = ((895, 137), (753, 973), (569, 486), (540, 793))
"""The 5×3 table that τ-ARGUS is compared with; 137 is kept by 20 % both ways."""

FISCHETTI_SALAZAR = ((20, 50, 10), (8, 19, 22), (17, 32, 12))
"""Investment by activity and region, the example of Fischetti and Salazar (1999, 2001): 22 is sensitive."""


def withheld_of(pattern: Pattern, shape: tuple[int, int]) -> list[tuple[int, int]]:
    return [(int(row), int(column)) for row, column in np.argwhere(pattern.withheld.reshape(shape))]


@pytest.mark.parametrize(
    ("inner", "place", "down", "up", "cells", "cost"),
    [
        (SDCTABLE, (0, 1), 1, 1, [(0, 0), (0, 1), (2, 0), (2, 1)], 42),
        (TAU_ARGUS, (0, 1), 0.2 * 137, 0.2 * 137, [(0, 0), (0, 1), (2, 0), (2, 1)], 2087),
        (FISCHETTI_SALAZAR, (1, 2), 5, 8, [(1, 0), (1, 2), (2, 0), (2, 2)], 59),
    ],
    ids=["sdcTable", "tau-argus", "fischetti-salazar"],
)
def test_known_optima_are_found_and_proven(inner, place, down, up, cells, cost):
    whole = with_margins(inner)
    system = system_of(whole)
    pattern = cheapest_pattern(
        system, one_figure_kept(system, int(np.ravel_multi_index(place, whole.shape)), down, up)
    )
    assert (pattern.cost, pattern.proven) == (cost, True)
    assert withheld_of(pattern, whole.shape) == cells


def test_what_a_reader_works_out_of_the_published_example_is_what_its_authors_say():
    whole = with_margins(FISCHETTI_SALAZAR)
    system = system_of(whole)
    pattern = cheapest_pattern(system, one_figure_kept(system, 6, 5, 8))
    least, most = worked_out(system, pattern.withheld)
    assert (least[6], most[6]) == (5, 30)


def test_a_table_without_small_counts_is_shown_whole():
    system = system_of(with_margins([[5, 9], [0, 7]]))
    pattern = cheapest_pattern(system, demand_for(system))
    assert (pattern.withheld.sum(), pattern.cost, pattern.bound, pattern.proven) == (0, 0, 0, True)


def test_a_table_of_nobody_is_shown_whole():
    system = system_of(with_margins([[0, 0], [0, 0]]))
    assert not cheapest_pattern(system, demand_for(system)).withheld.any()


def test_a_row_with_one_small_count_hides_another_and_not_its_sum():
    system = system_of(np.array([[2.0, 9.0, 20.0, 31.0]]))
    row_alone = replace(system, equations=csr_array(system.equations.toarray()[:1]))
    pattern = cheapest_pattern(row_alone, demand_for(row_alone))
    assert pattern.withheld.tolist() == [True, True, False, False]


def test_zeros_alone_do_not_hide_a_small_count():
    """One and nobody together are one: a reader of the sum would know that the count is one at most."""
    row = System(np.array([1.0, 0, 9, 10]), csr_array([[1.0, 1, 1, -1]]), np.zeros(4), np.full(4, np.inf))
    pattern = cheapest_pattern(row, demand_for(row))
    assert pattern.withheld.tolist() == [True, False, True, False]


def test_a_table_of_small_counts_alone_is_withheld_with_its_sums():
    system = system_of(with_margins([[1, 2], [1, 0]]))
    pattern = cheapest_pattern(system, demand_for(system))
    assert pattern.proven
    assert kept(system, demand_for(system), pattern.withheld)
    assert pattern.withheld.reshape(3, 3)[np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=bool)].all()


def test_a_figure_in_no_sum_is_withheld_alone():
    lone = System(np.array([3.0]), csr_array((0, 1)), np.zeros(1), np.full(1, np.inf))
    pattern = cheapest_pattern(lone, demand_for(lone))
    assert (pattern.withheld.tolist(), pattern.cost, pattern.proven) == ([True], 4, True)


def test_no_figures_give_an_empty_pattern():
    nothing = System(np.zeros(0), csr_array((0, 0)), np.zeros(0), np.zeros(0))
    pattern = cheapest_pattern(nothing, demand_for(nothing))
    assert (len(pattern.withheld), pattern.cost, pattern.proven) == (0, 0, True)


@pytest.mark.parametrize(("threshold", "small"), [(1, 0), (3, 1), (10, 4)])
def test_the_threshold_decides_which_counts_are_small(threshold, small):
    system = system_of(with_margins([[2, 30], [9, 3], [8, 40]]))
    demand = demand_for(system, threshold)
    pattern = cheapest_pattern(system, demand)
    assert demand.primary.sum() == small
    assert pattern.proven
    assert kept(system, demand, pattern.withheld)
    assert pattern.withheld.any() == bool(small)


def test_changes_below_nobody_are_kept_from_both_sides():
    system = system_of(with_margins([[-2, 7], [12, -9]]), signed=True)
    demand = demand_for(system)
    pattern = cheapest_pattern(system, demand)
    assert demand.primary.reshape(3, 3).tolist() == [
        [True, False, False],
        [False, False, True],
        [False, True, False],
    ]
    assert pattern.proven
    assert kept(system, demand, pattern.withheld)


def test_a_small_count_whose_sums_lack_a_missing_one_needs_no_other():
    """Of a row and a column with a missing cell no sums are known: only the last row and column hold."""
    whole = np.array([[2.0, 9, 12], [8, 30, 38], [11, 40, 51]])
    known = np.array([[True, False, True], [False, True, True], [True, True, True]]).ravel()
    equations = system_of(whole).equations.toarray()
    without_gaps = (equations[:, ~known] == 0).all(axis=1)
    system = System(
        whole.ravel()[known], csr_array(equations[without_gaps][:, known]), np.zeros(7), np.full(7, np.inf)
    )
    pattern = cheapest_pattern(system, demand_for(system))
    assert (pattern.withheld.tolist(), pattern.proven) == ([True] + 6 * [False], True)


def test_what_is_always_shown_limits_what_can_be_kept():
    """Two small counts whose sum is always told: neither can be more than the sum."""
    row = System(np.array([2.0, 1, 3]), csr_array([[1.0, 1, -1]]), np.zeros(3), np.full(3, np.inf))
    demand = demand_for(row, never=np.array([False, False, True]))
    pattern = cheapest_pattern(row, demand)
    assert pattern.withheld.tolist() == [True, True, False]
    assert pattern.limited.tolist() == [True, True, True]
    assert not exposed(row, demand, pattern.withheld).any()


def test_nothing_is_limited_where_all_can_be_kept():
    system = system_of(with_margins([[2, 9], [20, 30]]))
    assert not cheapest_pattern(system, demand_for(system)).limited.any()


def test_a_figure_that_bounds_keep_from_going_far_enough_is_limited():
    row = System(np.array([2.0, 8, 10]), csr_array([[1.0, 1, -1]]), np.zeros(3), np.array([3.0, 20, 20]))
    pattern = cheapest_pattern(row, demand_for(row))
    assert pattern.limited.tolist() == [True, False, False]
    assert pattern.withheld[0]


def test_what_is_withheld_anyway_costs_nothing_and_serves():
    system = system_of(with_margins([[2, 9], [20, 30]]))
    anyway = np.zeros(9, dtype=bool)
    anyway[[1, 3, 4]] = True
    pattern = cheapest_pattern(system, demand_for(system, anyway=anyway))
    assert (pattern.cost, pattern.withheld.sum()) == (3, 4)


def test_parts_that_no_sum_links_cost_what_they_cost_alone():
    one, other = system_of(with_margins([[2, 9], [20, 30]])), system_of(with_margins([[1, 40], [8, 3]]))
    equations = np.zeros((12, 18))
    equations[:6, :9], equations[6:, 9:] = one.equations.toarray(), other.equations.toarray()
    both = System(
        np.concatenate([one.values, other.values]),
        csr_array(equations),
        np.zeros(18),
        np.full(18, np.inf),
    )
    alone = [cheapest_pattern(system, demand_for(system)).cost for system in (one, other)]
    assert cheapest_pattern(both, demand_for(both)).cost == sum(alone)


def sparse_table() -> System:
    """A table like those of the municipalities: most cells small, some nobody."""
    random = np.random.default_rng(3)
    return system_of(with_margins(random.negative_binomial(0.5, 0.06, size=(9, 6))))


@pytest.mark.parametrize("limits", [{"nodes": 1}, {"seconds": 0.0}, {"seconds": 0.05}], ids=str)
def test_a_limit_ends_in_a_safe_pattern_and_an_honest_bound(limits):
    system = sparse_table()
    demand = demand_for(system)
    best = cheapest_pattern(system, demand)
    pattern = cheapest_pattern(system, demand, **limits)
    assert best.proven
    assert kept(system, demand, pattern.withheld)
    assert pattern.bound <= best.cost <= pattern.cost
    assert pattern.cost == demand.costs[pattern.withheld].sum()


def test_the_same_table_gives_the_same_pattern():
    system = sparse_table()
    first, second = (cheapest_pattern(system, demand_for(system)) for _ in range(2))
    np.testing.assert_array_equal(first.withheld, second.withheld)


def test_what_was_learnt_of_one_demand_changes_no_cost_of_another():
    system = sparse_table()
    first = demand_for(system)
    more = replace(first, anyway=(system.values > 20) & (system.values < 40))
    learnt = Learnt()
    for demand in (first, more, first):
        pattern = cheapest_pattern(system, demand, learnt=learnt)
        alone = cheapest_pattern(system, demand)
        assert (pattern.cost, pattern.bound, pattern.proven) == (alone.cost, alone.bound, True)
        assert kept(system, demand, pattern.withheld)


def test_nothing_that_is_given_is_changed():
    system = system_of(with_margins([[2, 9], [20, 30]]))
    demand, other = demand_for(system), demand_for(system)
    cheapest_pattern(system, demand)
    for name in ("primary", "low", "high", "width", "costs", "never", "anyway"):
        np.testing.assert_array_equal(getattr(demand, name), getattr(other, name))


def test_a_small_count_that_is_shown_is_exposed():
    system = system_of(with_margins([[2, 9], [20, 30]]))
    nothing = np.zeros(9, dtype=bool)
    assert np.flatnonzero(exposed(system, demand_for(system), nothing)).tolist() == [0]


def test_a_count_that_is_alone_in_its_row_is_exposed():
    system = system_of(with_margins([[2, 9], [20, 30]]))
    alone = np.arange(9) == 0
    assert np.flatnonzero(exposed(system, demand_for(system), alone)).tolist() == [0]


def test_four_corners_expose_nothing_and_three_expose_all():
    system = system_of(with_margins([[2, 9], [20, 30]]))
    corners = np.isin(np.arange(9), [0, 1, 3, 4])
    assert not exposed(system, demand_for(system), corners).any()
    three = np.isin(np.arange(9), [0, 1, 3])
    assert np.flatnonzero(exposed(system, demand_for(system), three)).tolist() == [0, 1, 3]


TABLES = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: arrays(float, shape, elements=st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 17, 40]))
)


@given(TABLES, st.sampled_from([2, 5, 10]))
def test_every_pattern_is_safe_and_no_dearer_than_withholding_everything(inner, threshold):
    system = system_of(with_margins(inner))
    demand = demand_for(system, threshold)
    pattern = cheapest_pattern(system, demand)
    assert pattern.proven
    assert kept(system, demand, pattern.withheld)
    assert not exposed(system, demand, pattern.withheld).any()
    assert pattern.cost == demand.costs[pattern.withheld].sum() <= demand.costs.sum()


@given(TABLES)
def test_nothing_is_withheld_that_could_be_shown(inner):
    system = system_of(with_margins(inner))
    demand = demand_for(system)
    pattern = cheapest_pattern(system, demand)
    for place in np.flatnonzero(pattern.withheld & ~demand.primary):
        fewer = pattern.withheld & (np.arange(len(pattern.withheld)) != place)
        assert not kept(system, demand, fewer)


@given(TABLES, st.data())
def test_exposed_marks_what_a_reader_can_work_out(inner, data):
    """Where nothing is always shown and figures may grow freely, all that is demanded can be kept."""
    system = system_of(with_margins(inner))
    demand = demand_for(system)
    withheld = data.draw(arrays(bool, len(system.values))) | demand.primary
    assert exposed(system, demand, withheld).any() != kept(system, demand, withheld)
