"""How much of a number of people one enterprise has, and what is withheld where it has too much."""

import pandas as pd
import pytest
from enterprise_years import LONG_AGO, facts, register, survey
from test_protect import breakdown, table

from asf_analysis.association import Rules
from asf_analysis.disclosure.protect import protect_breakdown
from asf_analysis.disclosure.published import WITHHELD
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.groups import PLACE, ROLE, SEX, SIZE
from asf_analysis.kpis.holdings import Holdings

THREE = register(("large", LONG_AGO, None), ("small", LONG_AGO, None), ("silent", LONG_AGO, None))
HOLDINGS = Holdings(facts(THREE, survey(("2018-kv4", "large", 7, 2), ("2018-kv4", "small", 1, 3))))


@pytest.mark.parametrize(
    ("group", "largest"),
    [
        ({ROLE: "Deltagare"}, 9),
        ({ROLE: "Deltagare", SEX: "men"}, 3),
        ({ROLE: "Anställda", PLACE: "Gävle", SEX: "women"}, 7),
        ({ROLE: "Anställda", PLACE: "Ockelbo"}, 0),
        ({ROLE: "Anställda", SIZE: "1–4"}, 4),
        ({ROLE: "Anställda som inte är tillsvidareanställda"}, 0),
        ({ROLE: "Övriga anställda"}, None),
        ({}, None),
        ({ROLE: "Deltagare", "authority": "Ej angivet"}, None),
    ],
)
def test_the_largest_enterprise_of_a_group_is_the_one_with_most_of_its_people(group, largest):
    assert HOLDINGS.largest(group) == largest


def dominated(largest: int, percent: int) -> set[str]:
    """Name the withheld cells of a table in which one enterprise has some of the 20 women of K0."""
    one = breakdown(table((20, 30), (31, 32), (33, 34), (35, 36)))
    cells = pd.MultiIndex.from_frame(one.frame[["municipality", "sex"]])
    held = pd.Series(0, index=cells)
    held["K0", "women"] = largest
    told = type(one)(**{**vars(one), "frame": one.frame.assign(largest=held.to_numpy())})
    seen = protect_breakdown(told, Rules(largest_percent=percent), "public").frame
    return {f"{row} {sex}" for row, sex, status in seen[["municipality", "sex", "status"]].to_numpy()
            if status == WITHHELD}  # fmt: skip


@pytest.mark.parametrize(("largest", "percent", "hidden"), [
    (16, 80, False), (17, 80, True), (20, 99, True), (20, 100, False),
])  # fmt: skip
def test_a_figure_of_which_one_enterprise_has_more_than_its_share_is_withheld(largest, percent, hidden):
    found = dominated(largest, percent)
    assert ("K0 women" in found) is hidden
    assert len(found) == (4 if hidden else 0)
    assert not {name for name in found if TOTAL in name}
