"""Women's share, the gap and the even band, exactly and at both edges; and people round by round."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_sample import ASSOCIATION, make_outcome

from asf_analysis.association import Rules
from asf_analysis.disclosure.protect import protect_breakdown, protect_outcome
from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD
from asf_analysis.intake.schemas import CleanTables
from asf_analysis.kpis.balance import gap_in_points, is_even, largest_imbalance, share_of
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts
from asf_analysis.kpis.gender import WOMEN_PARTICIPANTS, women_among
from asf_analysis.kpis.registry import NOT_KNOWN, Period, Result
from asf_analysis.kpis.rounds import people_by_round

ROOT = Path(__file__).parent.parent
YEAR = Period.of_year(2018)
COUNTS = st.integers(0, 10**6)


@pytest.mark.parametrize(
    ("women", "men", "even"),
    [
        (40, 60, True), (60, 40, True), (399, 601, False), (400, 600, True), (600, 400, True),
        (601, 399, False), (2, 3, True), (1, 2, False), (0, 1, False), (0, 0, None),
    ],
)  # fmt: skip
def test_both_edges_of_the_band_are_within_it_and_just_beyond_is_not(women, men, even):
    assert is_even(women, men) is even


@given(COUNTS, COUNTS)
def test_the_gap_is_the_share_of_women_less_that_of_men_and_turns_with_them(women, men):
    gap = gap_in_points(women, men)
    if not women + men:
        assert gap is None
        return
    assert gap == share_of(women, women + men) - share_of(men, women + men)
    assert gap == -gap_in_points(men, women)
    assert is_even(women, men) is is_even(men, women) is (abs(gap) <= 20)


def test_the_largest_imbalance_is_the_widest_gap_either_way_and_nobody_has_none():
    groups = {"A": (6, 4), "B": (3, 7), "C": (70, 30), "D": (0, 0)}
    assert largest_imbalance(groups) == ("B", "C")
    assert largest_imbalance({"A": (5, 5), "D": (0, 0)}) == ()


def register(*numbers: str, ended: str | None = None) -> pd.DataFrame:
    started = pd.to_datetime(["2016-01-01"] * len(numbers))
    ends = pd.to_datetime([ended if place else None for place, _ in enumerate(numbers)])
    return pd.DataFrame(
        {"organisation_number": numbers, "municipality": "Gävle", "started_on": started, "ended_on": ends}
    )


def answers(*rows: tuple[str, str, int | None, int | None]) -> pd.DataFrame:
    frame = pd.DataFrame(
        rows, columns=["round", "organisation_number", "participants_women", "participants_men"]
    )
    return frame.astype({"participants_women": "Int64", "participants_men": "Int64"})


def test_womens_share_keeps_its_counts_and_its_coverage():
    given_answers = answers(("2018-kv1", "b", 2, 1), ("2018-kv4", "a", 7, 5))
    assert women_among(register("a", "b", "c"), given_answers, YEAR, "participants") == Result(
        9, whole=15, answered=1, asked=3, carried=1, answered_only=Result(7, whole=12)
    )


def test_a_share_is_not_known_where_nobody_answered_for_women_or_for_men():
    nobody = women_among(register("a"), answers(("2017-kv4", "a", 7, 5)), YEAR, "participants")
    no_men = women_among(register("a"), answers(("2018-kv4", "a", 7, None)), YEAR, "participants")
    assert nobody == NOT_KNOWN
    assert (no_men.amount, no_men.whole) == (None, None)


def test_an_approximate_share_has_the_bounds_that_women_and_men_together_allow():
    about = answers(("2018-kv4", "a", 30, 20)).assign(
        participants_women_low=27.0, participants_women_high=33.0,
        participants_men_low=18.0, participants_men_high=22.0,
    )  # fmt: skip
    share = women_among(register("a"), about, YEAR, "participants")
    assert (share.amount, share.whole) == (30, 50)
    assert share.low == pytest.approx(50 * 27 / 49)
    assert share.high == pytest.approx(50 * 33 / 51)


@pytest.mark.parametrize(
    ("women", "men", "withheld"),
    [(0, 9, False), (4, 9, True), (5, 9, False), (9, 4, True), (9, 5, False), (9, 0, False)],
)
def test_a_share_of_few_women_or_few_men_is_withheld_in_public_alone(women, men, withheld):
    outcome = make_outcome(WOMEN_PARTICIPANTS, Result(women, whole=women + men))
    seen = protect_outcome(outcome, Rules(), "public").result
    assert seen.withheld is withheld
    assert (seen.amount is None) is (seen.whole is None) is withheld
    assert protect_outcome(outcome, Rules(), "internal").result == outcome.result


def facts(enterprises: pd.DataFrame, responses: pd.DataFrame, years: tuple[int, ...], end: date) -> Facts:
    nothing = pd.DataFrame()
    tables = CleanTables(
        enterprises, responses, nothing, nothing, nothing, nothing, nothing, nothing, (), years
    )
    return Facts(tables, ASSOCIATION, Period.until(end))


def rounds_of(told: Facts) -> dict[str, list[int]]:
    wide = people_by_round(told, "participants").pivot(index="round", columns="sex", values="amount")
    return {name: list(row) for name, row in wide[["women", "men", TOTAL]].iterrows()}


TWO_YEARS = answers(
    ("2017-kv4", "a", 7, 5), ("2017-kv4", "b", 2, 1), ("2018-kv1", "a", 8, 5), ("2018-kv4", "a", 9, 6)
)


def test_rounds_come_in_time_order_and_count_who_was_active_and_who_was_carried_forward():
    told = facts(register("a", "b", ended="2018-06-30"), TWO_YEARS, (2017, 2018), YEAR.end)
    assert rounds_of(told) == {"2017-kv4": [9, 6, 15], "2018-kv1": [10, 6, 16], "2018-kv4": [9, 6, 15]}
    behind = people_by_round(told, "participants").groupby("round")["enterprises"].first()
    assert behind.to_list() == [2, 2, 1]


def test_an_interim_report_tells_no_round_that_was_held_later():
    told = facts(register("a", "b"), TWO_YEARS, (2017, 2018), date(2018, 8, 31))
    assert list(rounds_of(told)) == ["2017-kv4", "2018-kv1"]


@pytest.mark.parametrize(("years", "first"), [((2018, 2019), "2018-kv4"), ((2016, 2018), "2018-kv1")])
def test_a_round_whose_carried_answers_were_not_read_is_left_out_unless_it_is_the_first_ever(years, first):
    some = TWO_YEARS[TWO_YEARS["round"] >= "2018"]
    told = facts(register("a", "b"), some, years, YEAR.end)
    assert next(iter(rounds_of(told))) == first


def breakdown_of_rounds(*pairs: tuple[int | None, int | None]) -> Breakdown:
    records = [
        (f"2018-kv{number}", sex, value)
        for number, pair in enumerate(pairs, 1)
        for sex, value in zip(
            ("women", "men", TOTAL), (*pair, None if None in pair else sum(pair)), strict=True
        )
    ]
    frame = pd.DataFrame(records, columns=["round", "sex", "amount"]).astype({"amount": "Int64"})
    return Breakdown(
        key="participants_by_round", title="Deltagare", rows="round", rows_label="Omgång", columns="sex",
        unit="personer", source="Enkät", people=True, adds_up=False, frame=frame.assign(enterprises=9),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pair", "women", "men", "total"),
    [
        ((9, 9), SHOWN, SHOWN, SHOWN),
        ((4, 9), WITHHELD, WITHHELD, SHOWN),
        ((9, 1), WITHHELD, WITHHELD, SHOWN),
        ((5, 5), SHOWN, SHOWN, SHOWN), ((0, 9), SHOWN, SHOWN, SHOWN), ((2, 2), WITHHELD, WITHHELD, WITHHELD),
        ((0, 4), SHOWN, WITHHELD, WITHHELD), ((0, 0), SHOWN, SHOWN, SHOWN),
        ((None, None), MISSING, MISSING, MISSING),
    ],
)  # fmt: skip
def test_each_round_is_protected_by_itself(pair, women, men, total):
    table = protect_breakdown(breakdown_of_rounds((30, 30), pair), Rules(), "public")
    status = table.frame.set_index(["round", "sex"])["status"]
    assert [status["2018-kv2", sex] for sex in ("women", "men", TOTAL)] == [women, men, total]
    assert (status["2018-kv1"] == SHOWN).all()
    assert not table.frame.loc[table.frame["status"] == SHOWN, "value"].between(1, 4).any()
    assert table.adds_up is False


def test_too_few_enterprises_behind_a_round_withhold_it():
    one = breakdown_of_rounds((30, 30))
    few = replace(one, frame=one.frame.assign(enterprises=2))
    assert set(protect_breakdown(few, Rules(min_enterprises=3), "public").frame["status"]) == {WITHHELD}
    assert set(protect_breakdown(few, Rules(min_enterprises=2), "public").frame["status"]) == {SHOWN}


def test_what_is_reckoned_is_exact_where_floats_are_not():
    edges = [(2 * n, 3 * n) for n in (1, 7, 10**15)] + [(3 * n, 2 * n) for n in (1, 7, 10**15)]
    assert all(is_even(women, men) and abs(gap_in_points(women, men)) == 20 for women, men in edges)
    assert [is_even(2 * 10**17 - step, 3 * 10**17) for step in (0, 1)] == [True, False]
    assert all(isinstance(share_of(*pair), Fraction) for pair in product((0, 1), (3, 7)))
