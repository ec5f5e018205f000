"""Municipalities: what a public page may tell of each."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from attacker import ranges
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import asf_analysis
from asf_analysis.association import load_association
from asf_analysis.disclosure.choice import choose
from asf_analysis.disclosure.editions import choose_withheld
from asf_analysis.disclosure.figures import Days
from asf_analysis.disclosure.municipalities import (
    MunicipalityReport,
    protect_municipalities,
    require_municipalities,
)
from asf_analysis.disclosure.published import WITHHELD
from asf_analysis.disclosure.release import Release
from asf_analysis.errors import DoorForgotten, UnknownName
from asf_analysis.folders import find_data
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, tidy
from asf_analysis.kpis.groups import PARTICIPANTS, Group
from asf_analysis.kpis.people import (
    AUTHORITY_TABLE,
    EMPLOYEES_TABLE,
    PARTICIPANTS_TABLE,
    PERMANENT_TABLE,
)
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.splits import AGE_TABLE
from asf_analysis.municipalities import find_municipality
from asf_analysis.pipeline import measure_municipalities
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
    nowhere = Path("nowhere")
    return {
        audience: protect_municipalities(
            measured, audience, choose_withheld(measured.years, audience, nowhere)
        )
        for audience in ("public", "internal")
    }


def test_whom_information_reached_is_told_as_the_countys_table_tells_it(reports):
    told = reports["public"].current.table("reach_by_municipality").frame
    shown = told[told["reached"] == TOTAL].set_index("municipality")["value"]
    names = reports["public"].association.municipality_names()
    assert {name: reports["public"].contacts[name] for name in names} == shown[list(names)].to_dict()


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
            for (_, of), one in measured.current.splits.items()
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


DAYS = Days(Period.of_year(2018), date(2018, 12, 31))


def release_of(people: np.ndarray, key: str) -> Release:
    """Give the tables of participants by municipality, group and sex: the county's, and each one's own."""
    rows = {AUTHORITY_TABLE: "authority", AGE_TABLE: "age"}[key]
    places, groups, sexes = (
        [f"{letter}{number}" for number in range(size)]
        for letter, size in zip("KMS", people.shape, strict=True)
    )
    told = {
        ("", key): whole(key, pd.DataFrame(people.sum(axis=0), groups, sexes), rows),
        ("", PARTICIPANTS_TABLE): whole(
            PARTICIPANTS_TABLE, pd.DataFrame(people.sum(axis=1), places, sexes), "municipality"
        ),
    }
    for place, own in zip(places, people, strict=True):
        told[place, key] = whole(key, pd.DataFrame(own, groups, sexes), rows, (("municipality", place),))
    return Release.of_tables(told, DAYS)


def whole(key: str, inner: pd.DataFrame, rows: str, more: Group = ()) -> Breakdown:
    wide = pd.concat([inner, inner.sum().to_frame(TOTAL).T])
    frame = tidy(wide.assign(**{TOTAL: wide.sum(axis=1)}).astype("Int64"), rows, "sex")
    return Breakdown(
        key=key, title="", rows=rows, rows_label="", columns="sex", unit="", source="", people=True,
        on=DAYS.measured, whom=(*PARTICIPANTS, *more), frame=frame.assign(enterprises=9),
    )  # fmt: skip


SMALL_WOMEN = np.array(
    [[[2, 20], [30, 30]], [[40, 41], [42, 43]], [[25, 26], [27, 28]], [[60, 61], [62, 63]]]
)


@pytest.mark.parametrize("key", [AUTHORITY_TABLE, AGE_TABLE])
def test_a_small_cell_of_one_municipality_is_withheld_with_cells_of_another(key):
    choice = choose(release_of(SMALL_WOMEN, key), RULES)
    by_place = {place: len(choice.reasons((place, key))) for place in ("K0", "K1", "K2", "K3")}
    assert by_place == {"K0": 4, "K1": 0, "K2": 4, "K3": 0}
    assert not choice.reasons(("", key))
    assert not choice.reasons(("", PARTICIPANTS_TABLE))


def test_without_small_cells_every_split_is_shown():
    assert not choose(release_of(np.arange(20, 36).reshape(4, 2, 2), AGE_TABLE), RULES).withheld


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
    people = np.array(rows)
    release = release_of(people, key)
    choice = choose(release, RULES)
    inner = {figure for figure in list(release.amounts) if len(figure.dimensions) == 4}
    parts = {figure: [one for one in inner if figure.of <= one.of] for figure in release.printed}
    assert all(sum(release.amounts[one] for one in parts[of]) == release.amounts[of] for of in parts)
    shown = [(parts[figure], release.amounts[figure]) for figure in parts if not choice.hides(figure)]
    small = [
        figure
        for figure in release.printed
        if 0 < release.amounts[figure] < RULES.threshold and figure not in release.wholes
    ]
    assert all(choice.hides(figure) for figure in small)
    order = sorted(inner, key=lambda figure: sorted(figure.of))
    numbered = {figure: number for number, figure in enumerate(order)}
    widths = ranges(
        [([numbered[one] for one in of], value) for of, value in shown],
        [[numbered[one] for one in parts[figure]] for figure in small],
    )
    assert all(width >= RULES.threshold - 1e-6 for width in widths)


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
    assert "16–29 år | .. | 0 | .." in tables.split(ockelbo, AGE_TABLE).plain
