"""An analyst's own tables: read whichever way they are laid out, and suppressed so that it holds."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from asf_analysis.disclosure import suppress, suppress_together
from asf_analysis.errors import WrongUsage

PEOPLE = pd.DataFrame(
    {"kvinnor": [2, 14, 10, 19], "män": [18, 19, 12, 6]},
    index=pd.Index(["Alvik", "Bro", "Croneby", "Dalen"], name="kommun"),
).rename_axis(columns="kön")
"""One small count; the cheapest that protect it are the man of its row, and both of Croneby."""


def margins(table: pd.DataFrame, name: str = "All") -> pd.DataFrame:
    whole = pd.concat([table, table.sum().to_frame(name).T]).rename_axis(index=table.index.name)
    return whole.assign(**{name: whole.sum(axis=1)}).rename_axis(columns=table.columns.name)


def persons(counts: pd.DataFrame) -> pd.DataFrame:
    """A row per person, as raw data has them."""
    cells = counts.stack().rename("n").reset_index()  # noqa: PD013
    return cells.loc[cells.index.repeat(cells["n"]), [*counts.index.names, *counts.columns.names]]


def withheld_cells(table: pd.DataFrame) -> set[tuple]:
    return {(row, column) for row in table.index for column in table if table.isna().loc[row, column]}


CHEAPEST = {(place, sex) for place in ("Alvik", "Croneby") for sex in ("kvinnor", "män")}


@pytest.mark.parametrize("name", ["All", "Totalt", "Summa"])
def test_a_crosstab_with_margins_comes_back_as_it_was_but_for_withheld_cells(name):
    people = persons(PEOPLE)
    table = pd.crosstab(people["kommun"], people["kön"], margins=True, margins_name=name)
    safe = suppress(table)
    gone = table.index.isin(["Alvik", "Croneby"])[:, None] & table.columns.isin(["kvinnor", "män"])
    assert_frame_equal(safe.shown, table.astype("Int64").mask(gone))
    assert (safe.cost, safe.bound, safe.proven) == (46, 46, True)


def test_margins_of_any_other_name_are_named():
    table = margins(PEOPLE, "Hela länet")
    assert withheld_cells(suppress(table, total="Hela länet").shown) == CHEAPEST
    with pytest.raises(WrongUsage, match=r"'Hela länet' summan av de andra.*total=False"):
        suppress(table)


def test_a_table_without_margins_gets_them():
    assert_frame_equal(suppress(PEOPLE).shown, suppress(margins(PEOPLE, "Totalt")).shown)


def test_a_tidy_frame_a_series_and_raw_rows_give_the_same_pattern():
    tidy = PEOPLE.reset_index().melt("kommun", value_name="antal")
    from_tidy = suppress(tidy, by=["kommun", "kön"], count="antal")
    from_rows = suppress(persons(PEOPLE), by=["kommun", "kön"])
    assert from_tidy.shown.columns.tolist() == ["kommun", "kön", "antal"]
    assert_frame_equal(from_tidy.shown, from_rows.shown)
    series = suppress(persons(PEOPLE).groupby(["kommun", "kön"]).size()).shown
    assert series.index.names == ["kommun", "kön"]
    gone = from_tidy.shown.set_index(["kommun", "kön"])["antal"].isna()
    assert set(gone.index[gone]) == CHEAPEST == set(series.index[series.isna()])


def test_a_category_that_nobody_is_in_is_zero_and_shown():
    people = pd.DataFrame({"kommun": ["Alvik"] * 9 + ["Bro"] * 8, "kön": ["k"] * 9 + ["m"] * 8})
    shown = suppress(people, by=["kommun", "kön"]).shown.set_index(["kommun", "kön"])["antal"]
    assert shown["Alvik", "m"] == 0
    assert shown.notna().all()


def three_dimensions() -> pd.DataFrame:
    random = np.random.default_rng(8)
    columns = pd.MultiIndex.from_product([["kvinnor", "män"], ["AF", "FK", "Region"]], names=["kön", "part"])
    counts = random.negative_binomial(0.7, 0.07, size=(4, 6))
    return pd.DataFrame(counts, index=pd.Index(list("ABCD"), name="kommun"), columns=columns)


def test_three_dimensions_have_margins_of_every_pair():
    safe = suppress(three_dimensions())
    assert safe.proven
    assert safe.shown.columns.names == ["kön", "part"]
    assert safe.shown.shape == (5, 12)
    ends = safe.intervals()
    assert len(ends) == (safe.status == "withheld").to_numpy().sum() > 0
    zero_or_apart = (ends["most"] - ends["least"]).ge(5) | ends["most"].isna() | ends["most"].eq(0)
    assert zero_or_apart.all()


def test_the_sums_of_a_crosstab_of_three_dimensions_are_seen():
    people = persons(PEOPLE).assign(part="AF")
    people.loc[people["kommun"] == "Bro", "part"] = "FK"
    table = pd.crosstab(people["kommun"], [people["kön"], people["part"]], margins=True)
    safe = suppress(table)
    assert safe.shown.loc["All", ("All", "All")] == 100
    assert ("kvinnor", "All") in safe.shown


def test_no_withheld_count_can_be_worked_out():
    ends = suppress(PEOPLE).intervals()
    assert ends.loc[("Alvik", "kvinnor")].tolist() == [0, 12]
    assert (ends["most"] - ends["least"]).ge(5).all()
    assert str(ends.dtypes["least"]) == str(ends.dtypes["most"]) == "Int64"


def test_what_nothing_bounds_has_no_most():
    ends = suppress(pd.Series({"Alvik": 1, "Bro": 2}, name="antal")).intervals()
    assert ends["least"].tolist() == [0, 0, 0]
    assert ends["most"].isna().all()


def test_status_and_primary_tell_what_each_cell_is():
    table = PEOPLE.astype("Float64")
    table.loc["Dalen", "män"] = pd.NA
    safe = suppress(table)
    assert safe.status.loc["Dalen", "män"] == "missing"
    assert safe.status.loc["Alvik", "kvinnor"] == "withheld"
    assert safe.status.loc["Bro", "män"] == "shown"
    assert pd.isna(safe.shown.loc["Dalen", "män"])
    assert withheld_cells(safe.primary.mask(safe.primary)) == {("Alvik", "kvinnor")}


def test_a_sum_that_holds_a_missing_answer_is_as_large_as_it_says():
    table = margins(PEOPLE).astype("Float64")
    table.loc["Dalen", "män"] = pd.NA
    assert suppress(table).shown.loc["Dalen", "All"] == 25
    table.loc["Dalen", "All"] = 18
    with pytest.raises(WrongUsage, match="Dalen × All"):
        suppress(table)


def test_a_node_of_a_hierarchy_is_the_sum_of_its_parts():
    safe = suppress(PEOPLE, hierarchies={"kommun": {"Norr": ["Alvik", "Bro"], "Söder": ["Croneby", "Dalen"]}})
    assert safe.shown.index.tolist() == ["Alvik", "Bro", "Croneby", "Dalen", "Norr", "Söder", "Totalt"]
    assert safe.shown.loc["Söder", "Totalt"] == 47
    ends = safe.intervals()
    assert (ends["most"] - ends["least"]).ge(5).all()


def test_a_hierarchy_may_hold_others_and_be_in_the_table():
    table = pd.concat([PEOPLE, PEOPLE.loc[["Alvik", "Bro"]].sum().to_frame("Norr").T]).rename_axis("kommun")
    nodes = {"Fastlandet": ["Norr", "Croneby"], "Norr": ["Alvik", "Bro"]}
    safe = suppress(table, hierarchies={"kommun": nodes})
    assert safe.shown.loc["Fastlandet", "Totalt"] == 75
    assert safe.shown.loc["Totalt", "Totalt"] == 100


def test_cost_decides_what_goes():
    table = pd.DataFrame({"a": [2, 90, 7], "b": [8, 9, 6], "c": [60, 70, 80]}, index=list("xyz"))
    assert suppress(table).cost < 50
    assert suppress(table, cost="cells").cost == 4
    dear = suppress(table, cost=lambda count: 0 if count == 90 else 1 + count)
    assert ("y", "a") in withheld_cells(dear.shown)


def test_what_is_protected_is_withheld_and_what_is_to_be_shown_is_not():
    few = PEOPLE == 14
    assert ("Bro", "kvinnor") in withheld_cells(suppress(PEOPLE, protect=few).shown)
    safe = suppress(PEOPLE, show=PEOPLE == 12)
    assert not withheld_cells(safe.shown) & {("Croneby", "män")}
    assert safe.limited.to_numpy().sum() == 0


def test_what_must_be_shown_may_limit_what_is_kept_and_says_so():
    safe = suppress(margins(PEOPLE), show=margins(PEOPLE) >= 5)
    assert safe.limited.loc["Alvik", "kvinnor"]
    assert "En cell skyddas sämre, för det som alltid visas avslöjar mer." in str(safe)


@pytest.mark.parametrize(("threshold", "gone"), [(1, 0), (2, 0), (3, 4), (10, 6)])
def test_the_threshold_decides_what_is_small(threshold, gone):
    assert len(withheld_cells(suppress(PEOPLE, threshold).shown)) == gone


def test_linked_tables_show_a_figure_in_all_or_in_none():
    by_age = pd.DataFrame(
        {"unga": [9, 20, 11, 12], "vuxna": [11, 13, 11, 13]}, index=PEOPLE.index
    ).rename_axis(columns="ålder")
    safe = suppress_together({"kön": PEOPLE, "ålder": by_age})
    totals = [safe[name].status["Totalt"].tolist() for name in ("kön", "ålder")]
    assert totals[0] == totals[1]
    assert withheld_cells(safe["kön"].shown) == CHEAPEST
    assert safe["kön"].cost == safe["ålder"].cost


def test_a_small_total_is_withheld_in_every_table_that_tells_it():
    one = pd.DataFrame({"k": [1, 9, 8], "m": [2, 8, 9]}, index=pd.Index(list("abc"), name="kommun"))
    other = pd.DataFrame({"AF": [3, 17, 17]}, index=one.index)
    safe = suppress_together(
        {"kön": one.rename_axis(columns="kön"), "part": other.rename_axis(columns="part")}
    )
    assert pd.isna(safe["kön"].shown.loc["a", "Totalt"])
    assert pd.isna(safe["part"].shown.loc["a", "Totalt"])


def test_tables_that_contradict_each_other_are_refused():
    other = PEOPLE.rename_axis(columns="ålder") + 1
    with pytest.raises(WrongUsage, match="'b' säger annat än en annan tabell i Alvik × Totalt"):
        suppress_together({"a": PEOPLE, "b": other})


def test_linked_tables_have_named_dimensions():
    with pytest.raises(WrongUsage, match="rename_axis"):
        suppress_together({"a": PEOPLE, "b": PEOPLE.rename_axis(columns=None)})


@pytest.mark.parametrize(
    ("table", "ways", "message"),
    [
        (PEOPLE / 4, {}, r"hela tal.*Alvik × kvinnor"),
        (PEOPLE.astype(str), {}, "hela tal"),
        (PEOPLE > 3, {}, "hela tal"),
        (-PEOPLE, {}, "under 0"),
        (PEOPLE.assign(All=[20, 33, 22, 24]), {}, r"Summan stämmer inte i .*Dalen × All"),
        (PEOPLE, {"threshold": 0}, "från 1"),
        (PEOPLE, {"threshold": 2.5}, "heltal"),
        (PEOPLE, {"threshold": True}, "heltal"),
        (PEOPLE, {"total": "Länet"}, "Ingen rad eller kolumn heter 'Länet'"),
        (PEOPLE, {"cost": "dyrt"}, "'people', 'cells'"),
        (PEOPLE, {"cost": lambda count: -count}, "från 0"),
        (PEOPLE, {"hierarchies": {"län": {}}}, "dimension 'län'.*kommun, kön"),
        (PEOPLE, {"hierarchies": {"kommun": {"Norr": ["Ekby"]}}}, "delen 'Ekby' finns inte"),
        (PEOPLE, {"hierarchies": {"kommun": {"a": ["b"], "b": ["a"]}}}, "del av sig själv"),
        (PEOPLE, {"hierarchies": {"kommun": ["Alvik"]}}, "nod"),
        (PEOPLE, {"by": ["kommun"]}, "saknar kommun"),
        (PEOPLE.reset_index(), {"by": ["kommun", "kommun"]}, "olika kolumner"),
        (PEOPLE, {"protect": PEOPLE}, "True eller False"),
        (PEOPLE, {"show": PEOPLE.rename(index={"Bro": "Ekby"}) > 10}, "celler som tabellen inte har"),
        (PEOPLE.rename_axis(columns="kommun"), {}, "heter lika"),
        (PEOPLE.rename(index={"Bro": "Alvik"}), {}, "samma namn"),
        (PEOPLE.iloc[:0], {}, "tom"),
        ([1, 2], {}, "DataFrame"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)  # fmt: skip
def test_wrong_tables_and_calls_are_told_in_swedish(table, ways, message):
    with pytest.raises(WrongUsage, match=message):
        suppress(table, **ways)


def test_nothing_that_is_given_is_changed():
    table, before = PEOPLE.copy(), PEOPLE.copy()
    suppress(table, protect=table == 14)
    assert_frame_equal(table, before)


def test_what_is_withheld_is_written_as_two_dots_and_labels_are_escaped():
    table = PEOPLE.rename(index={"Alvik": "<script>x</script>"}).rename_axis(index="<b>", columns="<i>")
    page = suppress(table)._repr_html_()
    assert not any(tag in page for tag in ("<script", "<b>", "<i>"))
    assert page.count("<td>..</td>") == 4
    assert "så att inget antal under 5 går att räkna ut" in page


def test_the_result_holds_no_withheld_number():
    table = PEOPLE + 70
    table.loc["Alvik", "kvinnor"] = 3
    safe = suppress(table)
    seen_by_readers = safe.reader.system.values  # noqa: PD011 (no frame)
    held = {*seen_by_readers.tolist(), *safe.cells["shown"].dropna()}
    gone = {table.loc[cell] for cell in withheld_cells(safe.shown)}
    assert gone
    assert not gone & held
    assert not any(f">{number}<" in safe._repr_html_() for number in gone)


def test_the_door_imports_no_optimiser_until_it_is_asked_for():
    code = (
        "import sys, asf_analysis.disclosure as door; assert 'scipy' not in sys.modules;"
        "from asf_analysis.disclosure import suppress; assert callable(suppress) and 'scipy' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@settings(max_examples=25)
@given(
    st.integers(1, 4).flatmap(
        lambda many: st.lists(
            st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 7, 12, 30]), min_size=many, max_size=many),
            min_size=1, max_size=4,
        )
    )
)  # fmt: skip
def test_of_no_table_can_a_small_count_be_worked_out(rows):
    table = pd.DataFrame(rows).rename(index="rad {}".format, columns="kolumn {}".format)
    safe = suppress(table, total=False)
    ends = safe.intervals()
    small = safe.cells.index[safe.cells["primary"]]
    assert safe.proven
    assert set(small) <= set(ends.index)
    assert (ends.loc[small, "least"] == 0).all()
    assert ends.loc[small, "most"].fillna(99).ge(5).all()
    whole = margins(table, "Totalt")
    assert all(whole.loc[cell] >= low for cell, low in ends["least"].items())
    assert all(pd.isna(high) or whole.loc[cell] <= high for cell, high in ends["most"].items())
