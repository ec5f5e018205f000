"""What an analyst meets in JupyterLab: frames by name, own cross tables, own KPIs, and errors that help."""

from __future__ import annotations

import ast
import json
from dataclasses import fields
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from demonstration_years import published_year

import asf_analysis as asf
from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.errors import UnknownName, WrongUsage
from asf_analysis.intake.schemas import SCHEMAS
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.reports.catalogue import REPORTS

NOTEBOOK = Path(__file__).parent.parent / "notebooks" / "explore.ipynb"


@pytest.fixture(scope="module")
def year() -> asf.Year:
    return published_year(2018, "internal")


@pytest.fixture(scope="module")
def public() -> asf.Year:
    return published_year(2018)


def test_a_year_passes_for_what_has_gone_through_the_door(public):
    assert require_published(public) is public
    assert isinstance(public, Published)


def test_the_kpis_are_a_frame_that_says_what_its_columns_hold(year):
    assert year.kpis.loc["participants", ["baseline", "target", "result"]].to_list() == [150, 180, 199]
    assert set(year.describe("kpis")["column"]) - {"kpi"} <= {*year.kpis.columns}


def test_every_breakdown_is_a_tidy_frame_by_its_name(year):
    assert list(year.breakdowns) == list(year.tables)
    frame = year.breakdowns.participants_by_municipality
    assert list(frame.columns) == ["municipality", "sex", "value", "status"]
    assert frame.query("municipality == @TOTAL and sex == @TOTAL")["value"].to_list() == [199]
    for name in year.breakdowns:
        described = set(year.describe(name)["column"])
        assert {*year.breakdowns[name].columns} <= described


def test_the_clean_tables_are_there_without_free_text(year):
    assert list(year.clean) == list(SCHEMAS)
    assert "comment" not in year.clean.responses
    described = year.describe("responses").set_index("column")
    assert described.loc["employees_women", "title"] == "Anställda kvinnor"
    assert set(described.index) == {*year.clean.responses.columns}


def test_what_a_frame_is_changed_to_is_not_kept(year):
    for frame in (year.breakdowns.participants_by_age, year.clean["enterprises"], year.kpis):
        frame.insert(0, "own", 0)
    for frame in (year.breakdowns.participants_by_age, year.clean["enterprises"], year.kpis):
        assert "own" not in frame


def test_a_public_year_holds_no_raw_data(public):
    for ask in (lambda: public.clean, lambda: public.people(), lambda: public.measure(asf.KPIS[0])):
        with pytest.raises(WrongUsage, match="internal"):
            ask()
    held = [getattr(public, one.name) for one in fields(public)]
    assert not any(isinstance(value, asf.Year | pd.DataFrame) for value in held)
    assert public.tables_read is None


def test_completion_offers_what_exists(year):
    assert {"load", "load_quality", "cleaning_log", "KPIS", "Kpi"} <= {*dir(asf)}
    assert all(hasattr(asf, name) for name in dir(asf))
    assert {"kpis", "breakdowns", "clean", "people", "cross_table", "describe"} <= {*dir(year)}
    assert {*year.tables} <= {*dir(year.breakdowns)}
    assert year.clean._ipython_key_completions_() == list(SCHEMAS)


@pytest.mark.parametrize(
    ("ask", "error", "told"),
    [
        (lambda year: year.breakdowns.participants_by_kommun, AttributeError, "participants_by_municipality"),
        (lambda year: year.breakdowns["participants_by_kommun"], UnknownName, "participants_by_municipality"),
        (lambda year: year.clean.respones, AttributeError, "Närmast: responses"),
        (lambda year: year.describe("svar"), UnknownName, "responses"),
        (lambda year: year.outcome("deltagare"), UnknownName, "participants"),
        (lambda _: asf.lod, AttributeError, "load_quality"),
        (lambda _: asf.load(1999), WrongUsage, "2016, 2017, 2018, 2019"),
        (lambda year: year.people("medlemmar"), WrongUsage, "participants eller employees eller permanent"),
        (lambda year: year.people("employees", by="age"), WrongUsage, "bara upp deltagare"),
        (lambda year: year.cross_table(year.people(), "kommun"), WrongUsage, "municipality, legal_form"),
        (lambda year: year.cross_table(year.people(), "sex"), WrongUsage, "med sig själv"),
        (lambda year: year.cross_table(year.people(), "sex", "industry", "alla"), WrongUsage, "public"),
    ],
)  # fmt: skip
def test_an_error_tells_what_exists(year, ask, error, told):
    with pytest.raises(error) as refused:
        ask(year)
    assert told in str(refused.value)


def test_a_name_that_tools_ask_for_is_no_frame(year):
    assert not hasattr(year.clean, "_repr_png_")


def test_everything_shows_itself_in_words_and_as_a_table(year):
    shown = (year, year.breakdowns, year.clean, year.cross_table(year.people(), "industry"))
    for one in shown:
        bundle = one._repr_mimebundle_()
        assert "<table" in bundle["text/html"]
        assert bundle["text/plain"] == repr(one)
        assert "\n" in repr(one)


@pytest.mark.parametrize(("what", "by"), [("participants", None), ("participants", "age"),
                                          ("participants", "authority"), ("employees", None),
                                          ("permanent", None)])  # fmt: skip
def test_people_behind_a_figure_add_up_to_it(year, what, by):
    key = "permanent_employees" if what == "permanent" else what
    people = year.people(what, by)
    whole = year.breakdowns.employees_by_municipality if what == "employees" else None
    expected = (
        whole.query("municipality == @TOTAL and sex == @TOTAL")["value"].iloc[0]
        if whole is not None
        else year.outcome(key).result.amount
    )
    assert people["people"].sum() == expected
    assert year.clean.enterprises["organisation_number"].isin(people["organisation_number"]).any()


def test_a_cross_table_of_ones_own_is_the_reports_table_where_it_asks_the_same(year, public):
    people = year.people("participants", by="authority")
    own = year.cross_table(people, "authority").frame.set_index(["authority", "sex"])
    told = public.breakdowns.participants_by_authority.set_index(["authority", "sex"])
    assert own["status"].sort_index().equals(told["status"].sort_index())
    assert own["value"].sort_index().equals(told["value"].sort_index())


def test_a_cross_table_is_public_unless_asked_otherwise(year):
    people = year.people("participants", by="authority")
    assert year.cross_table(people, "municipality", "authority").withheld > 0
    internal = year.cross_table(people, "municipality", "authority", audience="internal")
    assert internal.withheld == 0
    inner = internal.frame.query("municipality != @TOTAL and authority != @TOTAL")
    assert inner["value"].sum() == 199


def test_a_slice_and_a_column_of_ones_own_can_be_counted(year):
    people = year.people("employees")
    large = people.groupby("organisation_number")["people"].transform("sum") >= 10
    own = year.cross_table(people.assign(large=large), "large", audience="internal").frame
    assert own.query("large == @TOTAL and sex == @TOTAL")["value"].to_list() == [people["people"].sum()]
    assert set(own["large"]) == {"True", "False", TOTAL}


def test_what_nobody_answered_is_missing_and_who_is_not_there_is_zero(year):
    people = pd.DataFrame(
        {
            "organisation_number": ["1", "1", "2", "2"],
            "industry": ["Kafé", "Kafé", "Bageri", "Bageri"],
            "sex": ["women", "men", "women", "women"],
            "people": pd.array([7, None, 4, 5], "Int64"),
        }
    )
    cells = year.cross_table(people, "industry", audience="internal").frame.set_index(["industry", "sex"])
    assert cells.loc[("Kafé", "men"), "status"] == "missing"
    assert cells.loc[("Bageri", "men"), "value"] == 0
    assert cells.loc[("Bageri", "women"), "value"] == 9
    assert cells.loc[(TOTAL, "women"), "value"] == 16


def test_a_kpi_of_ones_own_is_measured_and_shown_among_the_others(year):
    own = asf.Kpi(
        key="cooperatives",
        label="Ekonomiska föreningar",
        unit="företag",
        kind="stock",
        formula="Antal verksamma ekonomiska föreningar.",
        source="Företagsregistret",
        tables=("enterprises",),
        measure=lambda enterprises, period: asf.count_rows(
            asf.running_on(enterprises, period.end).query("legal_form == 'ekonomisk förening'")
        ),
    )
    counted = year.measure(own).amount
    assert 0 < counted < year.outcome("active_enterprises").result.amount
    assert asf.load(2018, kpis=[*asf.KPIS, own]).outcome("cooperatives").result.amount == counted


def tour_of(year: int) -> dict[str, object]:
    """Run the tour's cells for a year, by changing the one cell that names it; gives its variables."""
    cells = [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert "".join(cells[0]["source"]) == "year = 2018"
    names: dict[str, object] = {"year": year}
    for cell in cells[1:]:
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "tour", "exec"), names)
        if last is not None:
            shown = eval(compile(ast.Expression(last.value), "tour", "eval"), names)
            assert repr(shown)
    return names


@pytest.mark.slow
@pytest.mark.parametrize("told", [2016, 2019])
def test_the_tour_works_for_another_year_by_changing_one_cell(told):
    mpl.use("Agg")
    names = tour_of(told)
    assert names["report"].year == told
    assert "economic_associations" in names["with_own"].kpis.index


def test_the_tour_is_no_report():
    assert "explore" not in {report.name for report in REPORTS}
