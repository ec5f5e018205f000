"""How large the enterprises are, on a few of them, at the edges of the size classes and of the rules."""

import pandas as pd
import pytest
from enterprise_years import LONG_AGO, YEAR, facts, register, survey

from asf_analysis.association import Rules
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.registry import NOT_KNOWN
from asf_analysis.kpis.sizes import (
    CONCENTRATION_EMPLOYEES,
    MEDIAN_EMPLOYEES,
    breakdowns_of,
    concentration_of_employees,
    concentration_of_participants,
    median_of_employees,
    size_class,
)

EMPLOYED = {"a": (0, 0), "b": (1, 3), "c": (2, 3), "d": (9, 1), "e": (11, 9), "f": (20, 30), "g": (4, None)}


def year_of(employed: dict[str, tuple[int | None, int | None]], silent: tuple[str, ...] = ()):
    """Give a register and the answers of the last round."""
    enterprises = register(*((name, LONG_AGO, None) for name in (*employed, *silent)))
    return enterprises, survey(*(("2018-kv4", name, *counts) for name, counts in employed.items()))


def by_size(key: str, rules: Rules | None = None) -> tuple[pd.DataFrame, bool]:
    """Lay a breakdown by size out, and tell whether it is internal."""
    tables = {table.key: table for table in breakdowns_of(facts(*year_of(EMPLOYED, ("h",)), rules=rules))}
    table = tables[key]
    return table.frame.pivot(index="size", columns=table.columns, values="amount"), table.internal


@pytest.mark.parametrize(
    ("employees", "name"),
    [(0, "0"), (1, "1–4"), (4, "1–4"), (5, "5–9"), (9, "5–9"), (10, "10–19"), (20, "20–49"), (49, "20–49"),
     (50, "50+"), (500, "50+")],
)  # fmt: skip
def test_a_size_class_holds_both_of_its_ends(employees, name):
    assert size_class(employees) == name


def test_every_enterprise_is_in_one_size_class_also_one_that_has_not_answered_whole():
    counts, internal = by_size("enterprises_by_size")
    assert counts["enterprises"].to_dict() == {
        "0": 1, "1–4": 1, "5–9": 1, "10–19": 1, "20–49": 1, "50+": 1, "unknown": 2, TOTAL: 8,
    }  # fmt: skip
    assert not internal


def test_the_employees_of_all_size_classes_are_all_employees_those_told_in_part_included():
    counts, _ = by_size("employees_by_size")
    assert counts.loc["1–4", ["women", "men", "total"]].to_list() == [1, 3, 4]
    assert counts.loc[TOTAL, ["women", "men", "total"]].to_list() == [47, 46, 93]
    assert counts.drop(index=TOTAL)["total"].sum() == 93


@pytest.mark.parametrize(("least", "internal"), [(1, False), (2, True)])
def test_size_classes_of_too_few_enterprises_are_internal(least, internal):
    assert by_size("enterprises_by_size", Rules(min_enterprises=least))[1] is internal


def test_a_concentration_is_of_the_three_largest_and_of_those_alone_that_answered_whole():
    result = concentration_of_employees(*year_of(EMPLOYED), YEAR, Rules())
    assert (result.amount, result.whole, result.percent()) == (80, 89, 90)
    assert (result.answered, result.asked) == (6, 7)
    assert concentration_of_participants(*year_of(EMPLOYED), YEAR, Rules()).amount == 80


def test_a_concentration_and_a_median_need_twice_as_many_answers_as_are_called_the_largest():
    five = dict(list(EMPLOYED.items())[:5])
    assert concentration_of_employees(*year_of(five), YEAR, Rules()) == NOT_KNOWN
    assert median_of_employees(*year_of(five), YEAR, Rules()) == NOT_KNOWN


@pytest.mark.parametrize(("least", "amount"), [(1, 80), (3, 80), (4, None)])
def test_a_concentration_is_of_as_many_as_the_rules_require_and_else_not_told(least, amount):
    result = concentration_of_employees(*year_of(EMPLOYED), YEAR, Rules(min_enterprises=least))
    assert result.amount == amount


def test_a_concentration_of_four_is_of_four_where_the_rules_require_so_many():
    eight = EMPLOYED | {"g": (4, 0), "h": (6, 0)}
    result = concentration_of_employees(*year_of(eight), YEAR, Rules(min_enterprises=4))
    assert (result.amount, result.whole) == (86, 99)


def test_the_enterprise_in_the_middle_lies_between_two_where_they_are_even_in_number():
    assert median_of_employees(*year_of(EMPLOYED), YEAR, Rules()).amount == 7.5
    assert median_of_employees(*year_of(EMPLOYED | {"h": (6, 0)}), YEAR, Rules()).amount == 6


@pytest.mark.parametrize("indicator", [CONCENTRATION_EMPLOYEES, MEDIAN_EMPLOYEES])
def test_what_is_told_of_sizes_is_told_of_people(indicator):
    assert indicator.people
    assert indicator.uses_rules
