"""Random releases: the optimiser beside an attacker who knows only what is shown, and beside an oracle.

`python -m benchmarks disclosure` tries a thousand of them, and two hundred beside the oracle.
"""

import numpy as np
import pytest
from random_releases import one_table, random_release
from release_trials import attacked, next_smallest, worked_out
from suppression_oracle import cheapest_cost, is_safe

from asf_analysis.disclosure.suppression.cheapest import cheapest_pattern, exposed

SMALL = (4, 3, 2)
"""So few municipalities, authorities and sexes that the oracle is quick."""

LEAKING = 32
"""The seed of a release of several tables that the rule of thumb does not keep."""


@pytest.mark.parametrize("seed", range(12))
def test_nothing_withheld_of_a_random_release_can_be_worked_out(seed):
    release = random_release(seed)
    pattern = cheapest_pattern(release.system, release.demand)
    assert not attacked(release, pattern.withheld).leaking.size


@pytest.mark.parametrize("seed", range(12))
def test_the_optimiser_and_the_attacker_find_the_same_figures_exposed(seed):
    release = random_release(seed)
    chance = np.random.default_rng(seed).random(len(release.labels)) < 0.3
    withheld = release.printed & ~release.demand.never & (release.demand.primary | chance)
    found = attacked(release, withheld)
    marked = np.flatnonzero(exposed(release.system, release.demand, withheld))
    assert set(found.leaking) == set(marked)


@pytest.mark.parametrize("seed", [1, 43, 44, 46, 52, 57])
def test_no_pattern_is_dearer_or_cheaper_than_the_oracles(seed):
    release = random_release(seed, SMALL)
    pattern = cheapest_pattern(release.system, release.demand)
    assert pattern.cost == pytest.approx(cheapest_cost(release.system, release.demand), abs=1e-6)
    assert pattern.proven
    assert is_safe(release.system, release.demand, pattern.withheld)


def test_showing_any_figure_more_than_the_cheapest_pattern_does_lets_one_be_worked_out():
    release = random_release(1, SMALL)
    pattern = cheapest_pattern(release.system, release.demand)
    more = np.flatnonzero(pattern.withheld & release.printed & ~release.demand.primary)
    assert pattern.proven
    assert more.size
    for figure in more:
        shown = pattern.withheld.copy()
        shown[figure] = False
        assert attacked(release, shown).leaking.size
        assert not is_safe(release.system, release.demand, shown)


def test_the_rule_of_thumb_leaves_no_gap_alone_in_its_sum_and_yet_lets_counts_be_worked_out():
    release = random_release(LEAKING)
    withheld = next_smallest(release)
    gaps = {sum(withheld[[whole, *parts]]) for whole, parts in release.lines}
    assert 1 not in gaps
    assert attacked(release, withheld).leaking.size


def test_a_stranger_who_is_told_only_the_total_knows_that_no_part_is_larger():
    release = one_table(4, (2, 2))
    total = len(release.labels) - 1
    assert release.labels[total][1] == ("", "")
    people = release.system.values[total]
    withheld = np.arange(total + 1) < total
    least, most = worked_out(release, withheld, np.arange(total + 1))
    assert people == 11
    assert least.tolist() == [0.0] * total + [people]
    assert most.tolist() == [people] * (total + 1)


@pytest.mark.parametrize("seed", range(30))
def test_the_sums_of_a_random_release_hold_for_the_people_in_its_groups(seed):
    release = random_release(seed)
    assert (release.counted @ release.groups).tolist() == release.system.values.tolist()
    assert not (release.system.equations @ release.system.values).any()
    assert not (release.demand.never & release.demand.primary).any()


def test_random_releases_are_as_many_sided_and_sparse_as_ours():
    releases = [random_release(seed) for seed in range(60)]
    assert {release.tables for release in releases} == {1, 2, 3, 4}
    assert {len(release.labels[0][1]) for release in releases} == {2, 3}
    assert {release.threshold for release in releases} == {3, 5, 10}
    assert any("D0" in nodes for release in releases for _, nodes in release.labels)
    assert any(when == "change" for release in releases for when, _ in release.labels)
    assert np.mean([(release.groups == 0).mean() for release in releases]) > 0.5
    assert np.mean([(release.groups < release.threshold).mean() for release in releases]) > 0.7
    assert one_table(0).printed.sum() == 11 * 7 * 4


def test_the_same_seed_gives_the_same_release():
    one, again = random_release(7), random_release(7)
    assert one.labels == again.labels
    assert one.groups.tolist() == again.groups.tolist()
    assert one.demand.costs.tolist() == again.demand.costs.tolist()
