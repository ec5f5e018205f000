"""What readers know besides the tables: that somebody closed or started, stands in a row, or is employed."""

import math
from datetime import date

import pandas as pd
import pytest
from enterprise_years import facts
from test_linked_tables import DAYS
from test_people_breakdowns import answers, by_sex

from asf_analysis.association import Rules
from asf_analysis.disclosure.choice import choose
from asf_analysis.disclosure.demands import demand_of, system_of
from asf_analysis.disclosure.figures import BOTH_DAYS, COMPONENT, Figure
from asf_analysis.disclosure.limits import limits_of_rows, limits_of_sizes
from asf_analysis.disclosure.release import Release
from asf_analysis.kpis import sizes
from asf_analysis.kpis.breakdowns import TOTAL, tidy
from asf_analysis.kpis.changes import BASELINE, people_account
from asf_analysis.kpis.groups import EMPLOYEES, EVERYBODY, PARTICIPANTS, ROLE, SEX, SIZE
from asf_analysis.kpis.people import of_people, people_by_group, women_men_total

ROWS = (BASELINE, "started", "closed", "grown", "shrunk", TOTAL)


def account(*women_and_men: tuple[int, int]) -> Release:
    """Link an account of participants by its rows, women and men; the last row is what they come to."""
    parts = pd.DataFrame(women_and_men, index=ROWS[:-1], columns=["women", "men"])
    wide = pd.concat([parts, parts.sum().to_frame(TOTAL).T])
    frame = tidy(wide.assign(**{TOTAL: wide.sum(axis=1)}), "component", "sex").assign(enterprises=9)
    told = people_account("participants_changes", "", frame)
    return Release.of_one(type(told)(**{**vars(told), "whom": PARTICIPANTS}), DAYS)


@pytest.mark.parametrize(
    ("component", "sex", "bounds"),
    [
        ("started", "women", (0, math.inf)),
        ("closed", "women", (-math.inf, 0)),
        ("grown", None, (0, math.inf)),
        ("grown", "women", (-math.inf, math.inf)),
        ("shrunk", None, (-math.inf, 0)),
        ("carried", None, (-math.inf, math.inf)),
    ],
)
def test_what_started_is_somebody_and_what_shrank_is_less_but_women_may_be_more_in_it(component, sex, bounds):
    of = {*PARTICIPANTS, (COMPONENT, component), *({(SEX, sex)} if sex else ())}
    assert Figure("2017-12-31 – 2018-12-31", frozenset(of)).bounds == bounds


def test_no_more_closed_than_there_were_and_no_more_started_than_there_are():
    release = account((20, 30), (4, 6), (-9, -8), (5, 5), (-5, -7))
    both = {(figure.when, figure.value(SEX)): amount for figure, amount in release.amounts.items()
            if figure.value(BOTH_DAYS)}  # fmt: skip
    assert both == {
        ("2017-12-31", None): 33, ("2017-12-31", "women"): 11, ("2017-12-31", "men"): 22,
        ("2018-12-31", None): 31, ("2018-12-31", "women"): 11, ("2018-12-31", "men"): 20,
    }  # fmt: skip


def test_a_small_loss_cannot_be_told_from_none_or_from_the_threshold():
    release = account((20, 30), (9, 8), (-9, -8), (5, 5), (-2, -7))
    order, system = system_of(release)
    demand = demand_of(release, order, Rules(), (), {})
    shrunk = Figure(DAYS.change, frozenset({*PARTICIPANTS, (COMPONENT, "shrunk")}))
    women, everybody = order.index(shrunk.within(SEX, "women")), order.index(shrunk)
    choice = choose(release, Rules())
    assert choice.hides(shrunk.within(SEX, "women"))
    assert (demand.low[women], demand.high[women]) == (-5, 0)
    assert (system.lower[everybody], system.upper[everybody]) == (-math.inf, 0)
    assert not choice.limited


def test_a_row_of_those_not_told_is_of_somebody():
    groups = {"from_employment_service": "Arbetsförmedlingen"}
    given = answers({**by_sex("participants", 9, 8), **by_sex("from_employment_service", 7, 8)})
    frame = people_by_group(given, "participants", groups, "authority")
    told = of_people("by_authority", "", "authority", "", frame, whom=PARTICIPANTS)
    release = Release.of_one(told, DAYS)
    [(figure, limits)] = limits_of_rows(release.amounts, release.printed).items()
    assert dict(figure.of)["authority"] == "Ej angivet"
    assert figure.value(SEX) is None
    assert limits == (1, math.inf)


def test_a_row_that_is_left_out_is_of_nobody():
    roles = pd.DataFrame(
        {"Tillsvidareanställda": (9, 9), "Övriga anställda": (8, 3)}, index=["women", "men"]
    ).T
    by_role = women_men_total(roles, pd.Series(9, roles.index), "role", 9)
    employees = women_men_total(roles.sum().to_frame("Gävle").T, pd.Series({"Gävle": 9}), "municipality", 9)
    release = Release.of_tables(
        {
            ("", "roles"): of_people("roles", "", "role", "", by_role, whom=EVERYBODY),
            ("", "employees"): of_people("employees", "", "municipality", "", employees, whom=EMPLOYEES),
        },
        DAYS,
    )
    unknown = {
        figure: ends for figure, ends in release.limits.items() if figure.value(ROLE) not in roles.index
    }
    assert {figure.value(SEX) for figure in unknown} == {"women", "men", None}
    assert set(unknown.values()) == {(0, 0)}
    choice = choose(release, Rules())
    permanent_told = ("Tillsvidareanställda", "men") not in choice.reasons(("", "roles"))
    employees_told = (TOTAL, "men") not in choice.reasons(("", "employees"))
    assert not (permanent_told and employees_told)


def test_how_many_enterprises_a_size_class_has_limits_how_many_are_employed_in_it():
    table = next(one for one in sizes.breakdowns_of(facts()) if one.key == sizes.SIZES_TABLE)
    counts = pd.Series({"0": 1, "1–4": 2, "5–9": 0, "50+": 3, "unknown": 1, TOTAL: 7}, dtype="Int64")
    frame = counts.rename_axis("size").rename("amount").reset_index().assign(measure="enterprises")
    limits = limits_of_sizes(type(table)(**{**vars(table), "frame": frame}), DAYS)
    by_size = {figure.value(SIZE): ends for figure, ends in limits.items()}
    assert by_size == {"0": (0, 0), "1–4": (2, 8), "5–9": (0, 0), "50+": (150, math.inf)}
    assert {figure.when for figure in limits} == {str(date(2018, 12, 31))}
    assert all(EMPLOYEES[0] in figure.of for figure in limits)
