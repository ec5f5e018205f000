"""Tables that tell of the same people, set beside each other: what can be worked out of all of them."""

import itertools
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
from attacker import ranges
from hypothesis import given, settings
from hypothesis import strategies as st

from asf_analysis.association import Rules
from asf_analysis.disclosure.choice import choose
from asf_analysis.disclosure.figures import Days, Figure
from asf_analysis.disclosure.protect import hidden_cells
from asf_analysis.disclosure.release import Release
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, tidy
from asf_analysis.kpis.completed import COMPLETED_TABLE
from asf_analysis.kpis.groups import COMPLETED, EMPLOYEES, EVERYBODY, PARTICIPANTS, PERMANENT
from asf_analysis.kpis.people import (
    AUTHORITY_TABLE,
    CROSSED,
    EMPLOYEES_TABLE,
    PARTICIPANTS_TABLE,
    PERMANENT_TABLE,
)
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.roles import OTHER_ROW, PARTICIPANTS_ROW, PERMANENT_ROW, ROLES

SEXES = ("women", "men")
SPLIT = ("permanent", "other")
TOLD_BY_KPIS = (PERMANENT_TABLE, PARTICIPANTS_TABLE)
"""The tables whose grand totals are KPIs with a target, and always shown."""


DAYS = Days(Period.of_year(2018), date(2018, 12, 31))
WHOM = {
    PARTICIPANTS_TABLE: PARTICIPANTS, AUTHORITY_TABLE: PARTICIPANTS, CROSSED: PARTICIPANTS,
    EMPLOYEES_TABLE: EMPLOYEES, PERMANENT_TABLE: PERMANENT, ROLES: EVERYBODY, COMPLETED_TABLE: COMPLETED,
}  # fmt: skip


def breakdown(
    key: str, wide: pd.DataFrame, rows: str, columns: str = "sex", enterprises: int = 9
) -> Breakdown:
    """Add margins to counts, and make them a breakdown of people."""
    whole = pd.concat([wide, wide.sum().to_frame(TOTAL).T])
    frame = tidy(whole.assign(**{TOTAL: whole.sum(axis=1)}).astype("Int64"), rows, columns)
    return Breakdown(
        key=key, title="", rows=rows, rows_label="", columns=columns, unit="", source="", people=True,
        kind="stock", on=DAYS.measured, whom=WHOM[key], frame=frame.assign(enterprises=enterprises),
    )  # fmt: skip


def patterns_of(breakdowns: list[Breakdown], rules: Rules) -> dict[str, pd.DataFrame]:
    """Tell which cells of tables are withheld when their KPIs, too, are told."""
    totals = [Figure(str(DAYS.measured), frozenset(group)) for group in (PARTICIPANTS, PERMANENT)]
    release = Release.of_tables({("", one.key): one for one in breakdowns}, DAYS, totals, totals)
    choice = choose(release, rules)
    found = {}
    for one in breakdowns:
        wide = one.frame.pivot(index=one.rows, columns=one.columns, values="amount")
        wide = wide.reindex(index=one.frame[one.rows].unique(), columns=one.frame[one.columns].unique())
        hidden = hidden_cells(one, ("", one.key), choice)
        found[one.key] = pd.DataFrame(
            {column: [(row, column) in hidden for row in wide.index] for column in wide}, index=wide.index
        )
    return found


class People:
    """Participants by municipality, sex and authority, and employees by municipality, sex and permanence."""

    def __init__(self, participants, employees):
        """Take arrays of counts with the dimensions in that order."""
        self.participants, self.employees = np.asarray(participants), np.asarray(employees)
        self.places = [f"K{number}" for number in range(len(self.participants))]
        self.authorities = [f"M{number}" for number in range(self.participants.shape[2])]

    def __repr__(self) -> str:
        return f"People({self.participants.tolist()}, {self.employees.tolist()})"

    def breakdowns(self) -> list[Breakdown]:
        """Give the tables that a report has of them."""
        by_place = self.participants.sum(axis=2)
        permanent, others = self.employees[:, :, 0], self.employees[:, :, 1]
        roles = np.array([permanent.sum(axis=0), others.sum(axis=0), by_place.sum(axis=0)])
        names = [PERMANENT_ROW, OTHER_ROW, PARTICIPANTS_ROW]

        def framed(array, index, columns=SEXES):
            return pd.DataFrame(array, index=index, columns=list(columns))

        crossed = framed(self.participants.sum(axis=1), self.places, self.authorities)
        by_authority = framed(self.participants.sum(axis=0).T, self.authorities)
        return [
            breakdown(PARTICIPANTS_TABLE, framed(by_place, self.places), "municipality"),
            breakdown(AUTHORITY_TABLE, by_authority, "authority"),
            breakdown(EMPLOYEES_TABLE, framed(permanent + others, self.places), "municipality"),
            breakdown(PERMANENT_TABLE, framed(permanent, self.places), "municipality"),
            breakdown(ROLES, framed(roles, names), "role"),
            breakdown(CROSSED, crossed, "municipality", "authority"),
        ]

    def counted(self, key: str, row: str, column: str) -> list:
        """Name the smallest groups that a cell of a table counts, margins included."""
        every = (TOTAL,)
        takes_part = key in (PARTICIPANTS_TABLE, AUTHORITY_TABLE, CROSSED)
        places = (
            row if key in (PARTICIPANTS_TABLE, CROSSED, EMPLOYEES_TABLE, PERMANENT_TABLE, "others") else TOTAL
        )
        sexes = column if key != CROSSED else TOTAL
        authorities = {CROSSED: column, AUTHORITY_TABLE: row}.get(key, TOTAL)
        kinds = {PERMANENT_TABLE: SPLIT[:1], "others": SPLIT[1:], EMPLOYEES_TABLE: SPLIT}.get(key, ())
        if key == ROLES:
            takes_part = row in (PARTICIPANTS_ROW, *every)
            kinds = {PERMANENT_ROW: SPLIT[:1], OTHER_ROW: SPLIT[1:], TOTAL: SPLIT}.get(row, ())
        of_places = [place for place in self.places if places in (place, TOTAL)]
        of_sexes = [sex for sex in SEXES if sexes in (sex, TOTAL)]
        of_authorities = [one for one in self.authorities if authorities in (one, TOTAL) and takes_part]
        return list(itertools.product(of_places, of_sexes, [*of_authorities, *kinds]))

    def size(self, groups: list) -> int:
        """Count the people of some of the smallest groups."""
        return sum(
            int(
                self.employees[self.places.index(place), SEXES.index(sex), SPLIT.index(kind)]
                if kind in SPLIT
                else self.participants[
                    self.places.index(place), SEXES.index(sex), self.authorities.index(kind)
                ]
            )
            for place, sex, kind in groups
        )


FEW = st.integers(0, 4)
SOME = st.integers(0, 12)
MANY = st.integers(5, 40)


@st.composite
def people(draw) -> People:
    """Any people: few, many, or many with a few among them; of some municipalities nobody."""
    places, authorities = draw(st.integers(2, 5)), draw(st.integers(1, 3))
    kind = st.sampled_from([FEW, SOME, MANY, st.just(0)])

    def array(width: int):
        usual, odd = draw(kind), draw(kind)
        odd_cells = draw(st.sets(st.integers(0, places * 2 * width - 1), max_size=3))
        cells = [draw(odd if cell in odd_cells else usual) for cell in range(places * 2 * width)]
        return np.array(cells).reshape(places, 2, width)

    made = People(array(authorities), array(2))
    empty = draw(st.integers(-1, places - 1))
    if empty >= 0 and draw(st.booleans()):
        made.participants[empty] = made.employees[empty] = 0
    return made


@settings(deadline=None)
@given(people(), st.sampled_from([3, 5]))
def test_no_small_count_can_be_worked_out_of_all_tables_together(made, threshold):
    tables = made.breakdowns()
    patterns = patterns_of(tables, Rules(threshold=threshold))
    everybody = {key: made.counted(key, TOTAL, TOTAL) for key in (*TOLD_BY_KPIS, EMPLOYEES_TABLE, ROLES)}
    told = [everybody[key] for key in TOLD_BY_KPIS]
    shown = [(groups, made.size(groups)) for groups in told]
    small = []
    for one in tables:
        key, wide = one.key, one.frame.pivot(index=one.rows, columns=one.columns, values="amount")
        for row, column in itertools.product(wide.index, wide.columns):
            groups, count = made.counted(key, row, column), wide.loc[row, column]
            assert made.size(groups) == count
            withheld = patterns[key].loc[row, column]
            if not withheld:
                shown.append((groups, count))
            if 0 < count < threshold and groups not in everybody.values():
                small.append(groups)
                assert withheld, (key, row, column)
    for row, column in itertools.product([*made.places, TOTAL], [*SEXES, TOTAL]):
        groups = made.counted("others", row, column)
        if 0 < made.size(groups) < threshold and groups not in everybody.values():
            small.append(groups)
    wanted = list(dict.fromkeys(map(tuple, small)))
    for groups, width in zip(wanted, ranges(shown, wanted), strict=True):
        holding = [known for known in told if set(groups) <= set(known)]
        parts = [known for known in told if set(groups) & set(known)]
        among = min((made.size(known) for known in holding or parts), default=threshold)
        assert width >= min(threshold, among) - 1e-6, groups


def patterns(made: People, rules: Rules | None = None) -> dict[str, pd.DataFrame]:
    return patterns_of(made.breakdowns(), rules or Rules())


BIG = [[20, 20], [20, 20]]
"""Women and men, each apart by permanence or by two authorities."""


def with_cells(places: int, *odd: tuple[int, int, int, int]) -> np.ndarray:
    """Give counts of 20, but for some cells (municipality, sex, kind, count)."""
    cells = np.array([BIG] * places)
    for place, sex, kind, count in odd:
        cells[place, sex, kind] = count
    return cells


def test_a_municipality_tells_no_more_of_the_others_than_of_all_employees():
    found = patterns(People(with_cells(6), with_cells(6, (2, 0, 1, 3))))
    told = [not found[key].loc["K2", "women"] for key in (EMPLOYEES_TABLE, PERMANENT_TABLE)]
    assert told.count(True) < 2
    assert not found[EMPLOYEES_TABLE].loc[TOTAL].any()
    assert not found[PERMANENT_TABLE].loc[TOTAL].any()


def test_all_employees_are_withheld_where_they_would_tell_of_few_who_are_not_permanent():
    few = np.zeros((4, 2, 2), int)
    few[:, :, 0] = 20
    few[1, 0, 1] = 3
    found = patterns(People(with_cells(4), few))
    assert found[EMPLOYEES_TABLE].loc[TOTAL, TOTAL]
    assert found[ROLES].loc[[OTHER_ROW, TOTAL], TOTAL].all()
    assert not found[ROLES].loc[PERMANENT_ROW, TOTAL]
    assert not found[ROLES].loc[PARTICIPANTS_ROW].any()


def test_the_sexes_of_a_role_are_withheld_where_its_own_table_withholds_them():
    few_women = with_cells(4)
    few_women[:, 0, :] = 0
    few_women[0, 0, 0] = 3
    found = patterns(People(few_women, with_cells(4)))
    assert found[ROLES].loc[PARTICIPANTS_ROW].to_dict() == {"women": True, "men": True, TOTAL: False}
    assert found[ROLES].loc[TOTAL].to_dict() == {"women": True, "men": True, TOTAL: False}
    assert not found[ROLES].loc[[PERMANENT_ROW, OTHER_ROW]].any(axis=None)


def test_authority_by_municipality_shows_all_where_nothing_is_small():
    assert not patterns(People(with_cells(4), with_cells(4)))[CROSSED].any(axis=None)


def test_authority_by_municipality_keeps_its_totals_where_an_inner_cell_is_small():
    found = patterns(People(with_cells(4, (1, 0, 0, 0), (1, 1, 0, 2), (1, 0, 1, 30)), with_cells(4)))
    assert found[CROSSED].loc["K1"].any()
    assert found[CROSSED][TOTAL].equals(found[PARTICIPANTS_TABLE][TOTAL])
    assert not found[CROSSED].loc[TOTAL].any()


def test_nothing_of_a_table_that_contradicts_the_others_is_shown():
    breakdowns = People(with_cells(4), with_cells(4)).breakdowns()
    crossed = next(one for one in breakdowns if one.key == CROSSED)
    of_all = (crossed.frame["municipality"] == "K0") & (crossed.frame["authority"] == TOTAL)
    told = crossed.frame.assign(amount=crossed.frame["amount"].mask(of_all, 81))
    contradicting = [one if one.key != CROSSED else replace(one, frame=told) for one in breakdowns]
    assert patterns_of(contradicting, Rules())[CROSSED].all(axis=None)


def test_outcomes_that_an_indicator_sums_up_are_no_cheaper_to_tell_apart():
    wide = pd.DataFrame([(9, 8), (3, 0), (20, 20)], columns=list(SEXES), index=["Arbete", "Studier", "Annat"])
    found = patterns_of([breakdown(COMPLETED_TABLE, wide, "outcome")], Rules())[COMPLETED_TABLE]
    assert found.loc["Studier", TOTAL]
    assert found.loc["Arbete", TOTAL]
    assert not found.loc[TOTAL, TOTAL]


def test_too_few_enterprises_in_all_withhold_every_table():
    few = [replace(one, frame=one.frame.assign(enterprises=2)) for one in
           People(with_cells(3), with_cells(3)).breakdowns()]  # fmt: skip
    found = patterns_of(few, Rules(min_enterprises=3))
    assert all(pattern.all(axis=None) for pattern in found.values())
