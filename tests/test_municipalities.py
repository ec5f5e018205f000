"""Municipalities: what a public page may tell of each."""

import itertools
import json
import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from attacker import ranges
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import asf_analysis
from asf_analysis.association import load_association
from asf_analysis.disclosure.linked import Linked, patterns_of
from asf_analysis.disclosure.municipalities import (
    MunicipalityReport,
    protect_municipalities,
    require_municipalities,
    split_hidden,
)
from asf_analysis.disclosure.protect import protect_breakdown
from asf_analysis.disclosure.published import SHOWN, WITHHELD
from asf_analysis.errors import DoorForgotten, UnknownName
from asf_analysis.folders import find_data
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, tidy
from asf_analysis.kpis.municipality import AGE_TABLE
from asf_analysis.kpis.people import (
    AUTHORITY_TABLE,
    CROSSED,
    EMPLOYEES_TABLE,
    PARTICIPANTS_TABLE,
    PERMANENT_TABLE,
)
from asf_analysis.pipeline import find_municipality, measure_municipalities
from asf_analysis.presentation import sentences, tables

COUNTY_TABLES = {
    PARTICIPANTS_TABLE: "Deltagare",
    EMPLOYEES_TABLE: "Anställda",
    PERMANENT_TABLE: "varav tillsvidareanställda",
}
RULES = load_association(find_data(None)).rules


@pytest.fixture(scope="module")
def measured():
    return measure_municipalities(2018, find_data(None))


@pytest.fixture(scope="module")
def reports(measured) -> dict[str, MunicipalityReport]:
    return {audience: protect_municipalities(measured, audience) for audience in ("public", "internal")}


@pytest.mark.parametrize("written", ["gävle", "Gävle kommun", "2180", " GÄVLE "])
def test_a_municipality_is_found_as_people_write_it(written):
    assert find_municipality(written, load_association(find_data(None))) == "Gävle"


def test_an_unknown_municipality_is_refused_with_those_that_exist():
    with pytest.raises(UnknownName, match=r"'Borlänge'.*Alla: Bollnäs, Gävle"):
        find_municipality("Borlänge", load_association(find_data(None)))


def test_each_municipality_adds_up_to_the_county(measured):
    county = {one.key: one.frame.set_index([one.rows, "sex"])["amount"] for one in measured.current.breakdowns
              if one.key in (AUTHORITY_TABLE, AGE_TABLE)}  # fmt: skip
    for key, whole in county.items():
        own = [
            one.frame.set_index([one.rows, "sex"])["amount"]
            for (_, of), one in measured.splits.items()
            if of == key
        ]
        assert sum(one.reindex(whole.index, fill_value=0) for one in own).equals(whole)
    for place in measured.places:
        assert place.before + place.started - place.closed == place.enterprises
    assert {place.name: (place.before, place.started, place.closed) for place in measured.places}[
        "Gävle"
    ] == (6, 1, 1)


def test_what_has_not_passed_the_door_of_municipalities_is_refused(measured):
    with pytest.raises(DoorForgotten, match="load_municipalities"):
        require_municipalities(measured)


@dataclass(frozen=True)
class Counted:
    """Participants by municipality, group and sex, and the tables that tell of them."""

    people: np.ndarray
    key: str = AUTHORITY_TABLE
    rows: str = "authority"

    @property
    def places(self) -> list[str]:
        return [f"K{number}" for number in range(len(self.people))]

    @property
    def groups(self) -> list[str]:
        return [f"M{number}" for number in range(self.people.shape[1])]

    def splits(self) -> dict[str, Breakdown]:
        return {
            name: whole(self.key, pd.DataFrame(own, self.groups, ["women", "men"]), self.rows, "sex")
            for name, own in zip(self.places, self.people, strict=True)
        }

    def county(self) -> dict[str, Breakdown]:
        sexes = ["women", "men"]
        by_group = pd.DataFrame(self.people.sum(axis=0), self.groups, sexes)
        by_place = pd.DataFrame(self.people.sum(axis=1), self.places, sexes)
        crossed = pd.DataFrame(self.people.sum(axis=2), self.places, self.groups)
        told = [
            whole(self.key, by_group, self.rows, "sex"),
            whole(PARTICIPANTS_TABLE, by_place, "municipality", "sex"),
            *([whole(CROSSED, crossed, "municipality", "authority")] if self.key == AUTHORITY_TABLE else []),
        ]
        return {one.key: one for one in told}

    def published(self):
        county = self.county()
        patterns = patterns_of(Linked.of(tuple(county.values()), RULES))
        return {key: protect_breakdown(one, RULES, "public", patterns[key]) for key, one in county.items()}

    def hidden(self):
        return split_hidden(self.splits(), self.county(), self.published(), RULES)


def whole(key: str, inner: pd.DataFrame, rows: str, columns: str) -> Breakdown:
    wide = pd.concat([inner, inner.sum().to_frame(TOTAL).T])
    frame = tidy(wide.assign(**{TOTAL: wide.sum(axis=1)}).astype("Int64"), rows, columns)
    return Breakdown(
        key=key, title="", rows=rows, rows_label="", columns=columns, unit="", source="", people=True,
        frame=frame.assign(enterprises=9),
    )  # fmt: skip


SMALL_WOMEN = np.array(
    [[[2, 20], [30, 30]], [[40, 41], [42, 43]], [[25, 26], [27, 28]], [[60, 61], [62, 63]]]
)


def test_a_municipality_with_a_small_cell_is_withheld_with_the_smallest_other():
    assert Counted(SMALL_WOMEN, AGE_TABLE).hidden().places == ("K0", "K2")


def test_no_split_is_shown_where_a_table_by_authority_tells_more_of_a_withheld_municipality():
    assert Counted(SMALL_WOMEN).hidden().places == ("K0", "K1", "K2", "K3")


def test_without_small_cells_every_split_is_shown():
    people = np.arange(20, 36).reshape(4, 2, 2)
    assert Counted(people).hidden().places == ()


def test_a_split_that_contradicts_the_countys_table_is_not_shown():
    people = np.arange(20, 36).reshape(4, 2, 2)
    one, other = Counted(people), Counted(people + 1)
    assert split_hidden(one.splits(), other.county(), other.published(), RULES).places == tuple(one.places)


@pytest.mark.parametrize("key", [AUTHORITY_TABLE, AGE_TABLE])
@settings(deadline=None, max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(
    st.integers(2, 3).flatmap(
        lambda groups: st.lists(
            st.lists(
                st.tuples(*[st.sampled_from([0, 0, 1, 2, 4, 5, 6, 9, 30])] * 2),
                min_size=groups,
                max_size=groups,
            ),
            min_size=3,
            max_size=4,
        )
    )
)
def test_no_few_people_of_a_municipality_can_be_worked_out_of_all_tables_together(key, rows):
    told = Counted(np.array(rows), key)
    hidden, county = told.hidden(), told.published()
    cells = list(itertools.product(told.places, told.groups, ("women", "men")))
    amounts = dict(zip(cells, told.people.ravel().tolist(), strict=True))
    shown = []
    for table in county.values():
        for row, column, value, status in table.frame.itertuples(index=False):
            if status == SHOWN:
                shown.append(([cell for cell in cells if {row, column} - {TOTAL} <= set(cell)], value))
    before = list(shown)
    open_places = [name for name in told.places if name not in hidden.places]
    for place, group, sex in cells:
        if place in open_places and group not in hidden.groups:
            shown.append(([(place, group, sex)], amounts[place, group, sex]))
    # The smallest group that is protected is a municipality's of one sex and authority.
    small = [[cell] for cell in cells if 0 < amounts[cell] < RULES.threshold]
    assert not [cell for (cell,) in small if cell[0] in open_places and cell[1] not in hidden.groups]
    least = min(RULES.threshold, sum(amounts.values()))
    narrow = [one for one, width in zip(small, ranges(shown, small), strict=True) if width < least - 1e-6]
    # What the county's tables tell without the municipalities' pages is not theirs to withhold.
    assert ranges(shown, narrow) == pytest.approx(ranges(before, narrow)), hidden


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_the_notebook_tells_every_municipality_and_none_of_its_withheld_people(
    reports, project, monkeypatch, audience
):
    notebook = json.loads((project / "notebooks" / "municipalities.ipynb").read_text("utf-8"))
    codes = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"][1:]
    told = reports[audience]
    for name in told.association.municipality_names():
        monkeypatch.setattr(
            asf_analysis, "load_municipalities",
            lambda *_, name=name, **__: replace(told, municipality=name), raising=False,
        )  # fmt: skip
        shown = run(codes, {"year": 2018, "audience": audience, "as_of": "", "municipality": name})
        assert name in shown
        assert "nan" not in shown.lower().split()
        own = next(place for place in told.places if place.name == name)
        hidden = withheld_labels(told, name)
        assert audience == "public" or not hidden
        own_table = shown.partition(" i siffror\n")[2].partition("Källa:")[0]
        cells = {
            line.split(" | ")[0]: line.split(" | ")[1:] for line in own_table.splitlines() if " | " in line
        }
        assert len(cells) == 11
        for label, row in cells.items():
            assert [cell == ".." for cell in row] == [(label, edition) in hidden for edition in (0, 1)], (
                name,
                label,
            )
        people = [what for what in ("Deltagare", "Anställda") if (what, 1) in hidden]
        assert not [what for what in people if re.search(rf"hade \S+ {what[:7].lower()}", shown)]
        assert f"Antalet {' och '.join(people).lower()} i {name} redovisas inte." in shown or not people
        *_, employees, participants = row_of(tables.rates(told.current).plain, name)
        assert [employees == "..", participants == ".."] == [
            (what, 1) in hidden for what in ("Anställda", "Deltagare")
        ]
        if own.enterprises == 0:
            assert "Där fanns inga deltagare och inga anställda." in shown


def withheld_labels(report: MunicipalityReport, name: str) -> set[tuple[str, int]]:
    """The rows of a municipality's own table, and its columns, that the county's tables withhold."""
    ends = {TOTAL: "", "women": ", kvinnor", "men": ", män"}
    return {
        (label + ends[sex], place)
        for place, edition in enumerate((report.before, report.current))
        for key, label in COUNTY_TABLES.items()
        for municipality, sex, _, status in edition.table(key).frame.itertuples(index=False)
        if municipality == name and status == WITHHELD
    }


def row_of(table: str, name: str) -> list[str]:
    return next(line.split(" | ") for line in table.splitlines() if line.startswith(f"{name} | "))


def run(codes: list[str], names: dict) -> str:
    """Run a notebook's cells, and give what each would show, as plain text."""
    shown = []
    for code in codes:
        *first, last = code.strip().splitlines()
        exec("\n".join(first), names)
        shown.append(eval(last, names).plain)
    return "\n".join(shown)


def test_a_municipality_with_withheld_people_says_so_in_words(reports):
    ockelbo = replace(reports["public"], municipality="Ockelbo")
    assert (
        "Antalet deltagare och anställda i Ockelbo redovisas inte." in sentences.places_summary(ockelbo).plain
    )
    assert "Uppdelningen av deltagarna i Ockelbo redovisas inte." in tables.split(ockelbo, AGE_TABLE).plain
