"""The bare attacker: the least and the most that figures may be."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.disclosure.audit.attack import Contradiction, Knowledge, narrowed
from asf_analysis.disclosure.audit.bounds import tightened

ANY = (0, math.inf)


def ranges(known, wanted=None, enough=math.inf):
    least, most = narrowed(known, wanted, enough)
    return list(zip(least.tolist(), most.tolist(), strict=True))


def test_a_figure_without_a_bound_has_none():
    assert ranges(Knowledge.of([ANY, ANY], [({0: 1, 1: -1}, 0, 0)])) == [(0, math.inf), (0, math.inf)]
    changes = [(-math.inf, math.inf)] * 2
    assert ranges(Knowledge.of(changes, [({0: 1, 1: 1}, 3, 3)])) == [(-math.inf, math.inf)] * 2


def test_figures_in_no_sum_keep_their_bounds():
    assert ranges(Knowledge.of([(2, 4), ANY], [])) == [(2, 4), (0, math.inf)]


def test_only_those_wanted_are_given_in_their_order():
    known = Knowledge.of([(0, 9), (3, 3), ANY], [({0: 1, 1: 1, 2: 1}, 10, 10)])
    assert ranges(known, [2, 1]) == [(0, 7), (3, 3)]


def test_a_square_of_four_cells_moves_together():
    """Rows of 5 and 5, columns of 3 and 7."""
    sums = [({0: 1, 1: 1}, 5, 5), ({2: 1, 3: 1}, 5, 5), ({0: 1, 2: 1}, 3, 3), ({1: 1, 3: 1}, 7, 7)]
    assert ranges(Knowledge.of([ANY] * 4, sums)) == [(0, 3), (2, 5), (0, 3), (2, 5)]


def test_whole_figures_are_known_closer_than_parts_of_people_would_be():
    """Two of one and three of the other make 7 or 8: only 2 and 1 do, or 1 and 2."""
    sums = [({0: 2, 1: 3}, 7, 8)]
    bounds = [(0, 2), (0, 2)]
    assert ranges(Knowledge.of(bounds, sums)) == [(1, 2), (1, 2)]
    assert ranges(Knowledge.of(bounds, sums, whole=[False, False])) == [
        (pytest.approx(0.5), 2),
        (pytest.approx(1), 2),
    ]


def test_what_cannot_be_is_a_contradiction():
    with pytest.raises(Contradiction):
        narrowed(Knowledge.of([(0, 2), (0, 2)], [({0: 1, 1: 1}, 5, 5)]))
    odd = [({0: 1, 1: 1}, 3, 3), ({1: 1, 2: 1}, 3, 3), ({0: 1, 2: 1}, 3, 3)]
    with pytest.raises(Contradiction):
        narrowed(Knowledge.of([ANY] * 3, odd))


def test_enough_ends_the_search_of_a_figure_that_is_wide():
    known = Knowledge.of([ANY, ANY, (0, 2), ANY], [({0: 1, 1: 1}, 100, 100), ({2: 1, 3: 1}, 3, 3)])
    (low, high), _, close, other = ranges(known, enough=5)
    assert high - low >= 5
    assert (close, other) == ((0, 2), (1, 3))


def test_bounds_alone_are_tightened_until_nothing_more_follows():
    known = Knowledge.of([ANY, ANY, (4, 4)], [({0: 1, 1: 1}, 6, 6), ({1: 1, 2: 1}, 7, 7)])
    lower, upper = tightened(known)
    assert (lower.tolist(), upper.tolist()) == ([3, 3, 4], [3, 3, 4])


FEW = st.integers(0, 3)
TERMS = st.lists(st.integers(-2, 2), min_size=4, max_size=4)


@given(world=st.tuples(FEW, FEW, FEW, FEW), rows=st.lists(st.tuples(TERMS, FEW, FEW), min_size=1, max_size=3))
def test_every_range_is_that_of_all_worlds_tried_one_by_one(world, rows):
    """Four figures from 0 to 3, and up to three sums that hold in one of their 256 worlds."""
    sums = []
    for terms, down, up in rows:
        value = int(np.dot(terms, world))
        sums.append((dict(enumerate(terms)), value - down, value + up))
    possible = [
        one
        for one in product(range(4), repeat=4)
        if all(
            low <= sum(factor * one[place] for place, factor in terms.items()) <= high
            for terms, low, high in sums
        )
    ]
    expected = [(min(values), max(values)) for values in zip(*possible, strict=True)]
    known = Knowledge.of([(0, 3)] * 4, sums)
    assert ranges(known) == expected
    for (low, high), (least, most) in zip(ranges(known, enough=2), expected, strict=True):
        assert least <= low <= high <= most
        assert high - low >= min(2, most - least)
