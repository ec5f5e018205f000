"""Several years side by side: what is read, what passes the door, and what the page says."""

import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from demonstration_years import measured_year, published_year
from pandas.testing import assert_frame_equal

from asf_analysis import load_trends
from asf_analysis.association import Rules
from asf_analysis.disclosure.published import SHOWN, WITHHELD
from asf_analysis.disclosure.trends import Trends, protect_development, require_trends
from asf_analysis.errors import DataFaults, DoorForgotten, UnknownName
from asf_analysis.kpis.backtest import forecast_errors
from asf_analysis.kpis.registry import NOT_KNOWN, Period, Result
from asf_analysis.kpis.survival import starts_and_closures
from asf_analysis.kpis.trends import pace_of, trends_of
from asf_analysis.presentation import cover, figures, tables
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation.series import HIGHER, series_of

EVERYTHING = (
    cover.trends, text.trends_summary, text.enterprise_changes, text.survival, text.forecasts,
    text.forecast_accuracy, text.trends_method, tables.targets_by_year, tables.closing_reasons,
    tables.survival,
    tables.enterprise_ages, tables.forecast_errors_by_kpi, figures.trend_lines, figures.starts_and_closures,
    figures.forecasts,
)  # fmt: skip
"""What the notebook calls with nothing but the report."""


@pytest.fixture(scope="module")
def four_years(project: Path) -> Trends:
    return load_trends(2019, data=project / "data")


@pytest.fixture(scope="module")
def until_august(project: Path) -> Trends:
    return load_trends(2018, data=project / "data", as_of="2018-08-31")


@pytest.fixture(scope="module")
def one_year(project: Path) -> Trends:
    return load_trends(2016, data=project / "data")


def test_the_last_year_says_what_its_own_report_says(four_years):
    alone = published_year(2019)
    beside = four_years.current
    assert [(one.kpi.key, one.result, one.baseline, one.target, one.status) for one in beside.outcomes] == [
        (one.kpi.key, one.result, one.baseline, one.target, one.status) for one in alone.outcomes
    ]
    assert list(beside.tables) == list(alone.tables)
    for key, table in alone.tables.items():
        frame = beside.table(key).frame
        told = frame if table.adds_up else frame[frame[table.rows].isin(table.frame[table.rows])]
        assert_frame_equal(told.reset_index(drop=True), table.frame)


def test_women_and_men_over_the_years_are_what_each_year_shows(four_years):
    rows = four_years.table("participants_by_year").frame
    assert rows.loc[rows["year"] == "2018", "value"].tolist() == [108, 91, 199]
    assert rows[rows["sex"] == "total"]["value"].tolist() == [
        one.outcome("participants").result.amount for one in four_years.years
    ]


def test_a_forecast_beats_saying_that_no_more_will_come_on_the_demonstration_data(four_years, capsys):
    errors = forecast_errors(four_years.tested)
    with capsys.disabled():
        sys.stdout.write(f"\n{errors.astype(float).round(1).to_string()}\n")
    kinds = errors.index.map(lambda key: four_years.current.outcome(key).kpi.kind)
    for _, told in errors.groupby(kinds):
        assert told["error"].mean() <= told["simple_error"].mean()
    often = errors[errors["forecasts"] >= 24]
    assert len(often) == 6
    assert (often["error"] <= often["simple_error"]).all()
    assert errors["within"].sum() >= 0.8 * errors["forecasts"].sum()


def test_stocks_of_people_are_not_told_between_the_rounds_of_the_survey(four_years, until_august):
    people = {"permanent_employees", "participants"}
    assert not people & {forecast.kpi.key for forecast in four_years.forecasts}
    assert not people & set(four_years.tested["kpi"])
    assert people <= {forecast.kpi.key for forecast in until_august.forecasts}


def test_an_interim_report_forecasts_from_what_is_known_on_the_day(until_august):
    told = {forecast.kpi.key: forecast for forecast in until_august.forecasts}
    assert told["information_activities"].known.amount == 39
    assert (told["information_activities"].earlier, told["active_enterprises"].earlier) == (
        (2017,),
        (2016, 2017),
    )
    assert {forecast.day for forecast in told.values()} == {date(2018, 8, 31)}
    sentence = text.forecasts(until_august).plain
    assert "hittills 39, troligen 62 vid årets slut, men resultatet kan bli 50–75; mål 50" in sentence
    assert "mål" in figures.forecasts(until_august).plain.splitlines()[0]


def test_a_part_of_a_year_is_not_compared_with_a_whole_one(four_years, until_august):
    courses = {one.kpi.key: one for one in series_of(four_years)}
    activities = courses["information_activities"]
    assert [figure.part for figure in activities.figures] == [True, False, False, False]
    assert [figure.year for figure in activities.comparable or ()] == [2017, 2019]
    assert [figure.year for figure in courses["participants"].comparable or ()] == [2016, 2019]
    assert activities.course == HIGHER
    interim = {one.kpi.key: one for one in series_of(until_august)}
    assert interim["information_activities"].comparable is None
    assert "året pågår" in tables.targets_by_year(until_august).plain


def test_approximate_figures_whose_bounds_meet_leave_the_course_open(four_years):
    series = next(one for one in series_of(four_years) if one.kpi.key == "participants")
    first, *_, last = series.figures

    def with_result(result: Result):
        figure = replace(last, outcome=replace(last.outcome, result=result))
        return replace(series, figures=(first, figure)).course

    assert first.value == 118
    assert with_result(Result(120, low=110, high=130)) == ""
    assert with_result(Result(120, low=119, high=130)) == HIGHER
    assert with_result(Result(118)) == "oförändrat"
    assert with_result(NOT_KNOWN) == ""


def test_a_single_year_says_that_there_is_nothing_to_compare_with_yet(one_year):
    assert "inget att jämföra med än" in text.trends_summary(one_year).plain
    assert one_year.forecasts == ()
    assert one_year.tested.empty
    for show in EVERYTHING:
        assert show(one_year).plain


def test_a_missing_year_is_told_and_is_a_gap(data_copy):
    shutil.rmtree(data_copy / "raw" / "2017")
    told = load_trends(2018, data=data_copy)
    assert told.gaps == (2017,)
    assert "För 2017 finns inget underlag." in text.trends_summary(told).plain
    assert [figure.value is None for figure in series_of(told)[0].figures] == [False, True, False]
    assert "2017: inget underlag" in figures.starts_and_closures(told).plain
    assert "2017 inget underlag" in figures.trend_lines(told).plain


def test_faults_of_all_years_come_at_once_and_each_one_once(data_copy):
    (data_copy / "raw" / "2016" / "utbildningar.csv").write_text("Datum\n2016-13-01\n", encoding="utf-8")
    with (data_copy / "targets.csv").open("a", encoding="utf-8") as targets:
        targets.write("2019;finns_inte;;;1;;;\n")
    with pytest.raises(DataFaults) as raised:
        load_trends(2019, data=data_copy)
    faults = [(fault.file, fault.problem) for fault in raised.value.faults]
    assert len(faults) == len(set(faults))
    assert {"utbildningar.csv", "targets.csv"} <= {Path(file).name for file, _ in faults}


def test_enterprises_are_shown_unless_the_association_promised_them_more():
    starts = pd.to_datetime(["2018-02-01", "2010-01-01", "2011-01-01"])
    register = pd.DataFrame({"started_on": starts, "ended_on": pd.to_datetime([None] * 3)})
    counted = [starts_and_closures(register, [Period.of_year(2018)])]

    def shown(minimum: int, audience: str) -> list[object]:
        (table,) = protect_development(counted, Rules(min_enterprises=minimum), audience).values()
        return table.frame["value"].tolist() + table.frame["status"].unique().tolist()

    assert shown(1, "public") == [1, 0, 3, SHOWN]
    assert shown(2, "public") == [pd.NA, pd.NA, pd.NA, WITHHELD]
    assert shown(2, "internal") == [1, 0, 3, SHOWN]


def test_where_few_enterprises_are_protected_the_page_says_so_and_shows_none(data_copy):
    association = data_copy / "association.toml"
    rules = association.read_text(encoding="utf-8").replace("min_enterprises = 1", "min_enterprises = 3")
    association.write_text(rules, encoding="utf-8")
    told = load_trends(2017, data=data_copy)
    assert told.association.rules.min_enterprises == 3
    for show in (text.enterprise_changes, text.survival, figures.starts_and_closures):
        assert "redovisas inte" in show(told).plain
    assert ".." in tables.survival(told).plain
    assert ".." in tables.closing_reasons(told).plain


def test_only_what_passed_the_door_is_shown(four_years):
    year = four_years.current
    for show in EVERYTHING:
        with pytest.raises(DoorForgotten):
            show(year)
    assert require_trends(four_years) is four_years
    with pytest.raises(UnknownName, match="survival"):
        four_years.table("nothing")


def test_survivors_are_told_as_counts_and_never_in_percent(four_years):
    told = text.survival(four_years).plain
    assert "Av de åtta företag som startade 2016–2017 var sju kvar efter två år." in told
    assert "Alla tolv företag som startade 2016–2018 var kvar efter ett år." in told
    assert "%" not in tables.survival(four_years).plain
    assert "5 | 5 av 5 | 4 av 5 | – | –" in tables.survival(four_years).plain


def test_every_forecast_is_told_with_its_interval(four_years, until_august):
    for told in (four_years, until_august):
        drawn = figures.forecasts(told).plain
        assert "Linje: intervall" in drawn
        for forecast in told.forecasts:
            if forecast.amount is not None:
                assert f"prognos {forecast.amount} ({forecast.low}–{forecast.high})" in drawn


def test_what_was_measured_within_the_years_already_gives_the_same_trends():
    years = [measured_year(year) for year in (2016, 2017, 2018)]
    courses = trends_of(years).courses
    assert trends_of(years, [pace_of(one) for one in years]).courses == courses
    assert sum(len(course.within) for course in courses) > 50
    given = {asked: Result(-1) for one in years for asked in pace_of(one)}
    taken = trends_of(years, [given]).courses
    assert {told for course in taken for told in course.within.values()} == {Result(-1)}
