"""What is withheld is sought once in a process, and again where anything that it follows from is another."""

from __future__ import annotations

from datetime import date

import pandas as pd

from asf_analysis.association import Rules
from asf_analysis.disclosure import choice
from asf_analysis.disclosure.figures import Days
from asf_analysis.disclosure.release import Release
from asf_analysis.disclosure.suppression.cheapest import cheapest_pattern
from asf_analysis.kpis.groups import PARTICIPANTS
from asf_analysis.kpis.people import of_people, women_men_total
from asf_analysis.kpis.registry import Period

PLACES = ["Bollnäs", "Gävle", "Hofors", "Ockelbo"]


def release(women: list[int]) -> Release:
    """The participants of four municipalities, where a few men are in the first."""
    counts = pd.DataFrame({"women": women, "men": [3, 20, 12, 15]}, index=PLACES)
    cells = women_men_total(counts, pd.Series(9, index=PLACES), "municipality", 36)
    table = of_people("participants", "", "municipality", "", cells, whom=PARTICIPANTS)
    return Release.of_one(table, Days(Period.of_year(2018), date(2018, 12, 31)))


def test_a_process_seeks_a_pattern_once_and_another_one_where_a_figure_or_a_rule_is_another(monkeypatch):
    sought = []

    def seek(system, demand):
        sought.append(demand)
        return cheapest_pattern(system, demand)

    monkeypatch.setattr(choice, "cheapest_pattern", seek)
    choice._found.cache_clear()
    first = choice.choose(release([11, 13, 17, 19]), Rules())
    times = len(sought)
    assert len(first.withheld) >= 4
    assert times
    again = choice.choose(release([11, 13, 17, 19]), Rules())
    assert (again.withheld, again.cost, len(sought)) == (first.withheld, first.cost, times)
    choice.choose(release([11, 13, 17, 18]), Rules())
    assert len(sought) > times
    times = len(sought)
    choice.choose(release([11, 13, 17, 19]), Rules(threshold=4))
    assert len(sought) > times
