"""How a result is judged against its target."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.association import Rules
from asf_analysis.kpis.outcomes import (
    MISSED,
    NEAR,
    NO_RESULT,
    NO_TARGET,
    REACHED,
    UNDECIDED,
    UNKNOWN,
    Target,
    fulfilment,
    judge,
    judge_milestone,
    share_of_planned_change,
)
from asf_analysis.kpis.registry import NOT_KNOWN, Result

RULES = Rules()


@pytest.mark.parametrize(
    ("amount", "status"),
    [(0, MISSED), (89, MISSED), (90, NEAR), (99, NEAR), (100, REACHED), (101, REACHED)],
)
def test_the_limits_of_near_and_reached_belong_to_the_better_side(amount, status):
    assert judge(Result(amount), Target(100), RULES) == (status, "")


def test_the_near_limit_is_what_the_association_configured():
    assert judge(Result(80), Target(100), Rules(near_target_percent=80))[0] == NEAR
    assert judge(Result(79), Target(100), Rules(near_target_percent=80))[0] == MISSED


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [
        (101, 120, REACHED),
        (100, 120, REACHED),
        (99, 120, UNKNOWN),
        (90, 99, NEAR),
        (89, 99, UNKNOWN),
        (60, 89, MISSED),
        (100, None, REACHED),
    ],
)
def test_an_approximate_figure_is_judged_only_where_both_its_bounds_agree(low, high, status):
    judged, reason = judge(Result(105, low=low, high=high), Target(100), RULES)
    assert judged == status
    assert reason == (UNDECIDED if status == UNKNOWN else "")


@pytest.mark.parametrize(
    ("result", "target", "reason"),
    [
        (Result(3), None, NO_TARGET),
        (Result(3), Target(None), NO_TARGET),
        (NOT_KNOWN, Target(3), NO_RESULT),
    ],
)
def test_what_is_missing_is_said_and_never_judged_as_zero(result, target, reason):
    assert judge(result, target, RULES) == (UNKNOWN, reason)


def test_a_milestone_is_reached_or_not_or_not_told():
    assert judge_milestone(True) == (REACHED, "")
    assert judge_milestone(False) == (MISSED, "")
    assert judge_milestone(None)[0] == UNKNOWN


@pytest.mark.parametrize(
    ("result", "target"),
    [(NOT_KNOWN, Target(3)), (Result(3), None), (Result(3), Target(None)), (Result(3), Target(0))],
)
def test_fulfilment_is_undefined_where_a_part_is_missing(result, target):
    assert fulfilment(result, target) is None


def test_fulfilment_of_nothing_is_zero():
    assert fulfilment(Result(0), Target(3)) == 0


@pytest.mark.parametrize(
    ("baseline", "result", "target", "share"),
    [
        (Result(190), Result(209), Target(200), 1.9),
        (Result(25), Result(25), Target(30), 0),
        (Result(25), Result(20), Target(30), -1),
        (NOT_KNOWN, Result(20), Target(30), None),
        (Result(25), NOT_KNOWN, Target(30), None),
        (Result(25), Result(28), None, None),
        (Result(30), Result(31), Target(30), None),
    ],
)
def test_the_share_of_the_planned_change_needs_all_its_parts(baseline, result, target, share):
    assert share_of_planned_change(baseline, result, target) == share


@given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 100))
def test_reached_means_fulfilled_and_near_means_from_the_limit(amount, target, limit):
    status, _ = judge(Result(amount), Target(target, on=date(2018, 12, 31)), Rules(near_target_percent=limit))
    expected = REACHED if amount >= target else NEAR if 100 * amount >= limit * target else MISSED
    assert status == expected


@pytest.mark.parametrize(
    ("result", "decimals", "percent"),
    [
        (Result(27, whole=179), 1, 15.1),
        (Result(1, whole=8), 0, 13),
        (Result(1, whole=200), 0, 1),
        (Result(0, whole=5), 0, 0),
        (Result(3, whole=0), 0, None),
        (NOT_KNOWN, 0, None),
    ],
)
def test_a_share_is_rounded_once_and_halves_go_up(result, decimals, percent):
    assert result.percent(decimals) == percent
