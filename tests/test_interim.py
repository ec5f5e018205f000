"""Reports of a part of a year: what they count, how they judge, what they are called and what is refused."""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from command_line import asf_analysis
from demonstration_years import measured_year, published_year
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.errors import UnknownName
from asf_analysis.folders import DataFolder
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.outcomes import MISSED, NEAR, YEAR_NOT_OVER
from asf_analysis.kpis.pace import pace_of, pace_word
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.results import Results, measure
from asf_analysis.kpis.survey import survey_day
from asf_analysis.pipeline import load_results
from asf_analysis.presentation import cover, sentences
from asf_analysis.presentation.values import measured_on
from asf_analysis.reports.catalogue import Report, find_report
from asf_analysis.reports.index.shelf import read_shelf
from asf_analysis.reports.parameters import find_day, find_municipalities
from asf_analysis.reports.places import outdated_documents
from asf_analysis.reports.requests import Request

ROOT = Path(__file__).parent.parent
FLOWS = [kpi for kpi in KPIS if kpi.kind == "flow"]
TRAININGS = next(kpi for kpi in KPIS if kpi.key == "trainings")
DATA = DataFolder(ROOT / "data")
COUNCIL = Report("municipalities", "Kommunerna", takes=("as_of", "municipality"))


@cache
def year_2018() -> Results:
    return measured_year(2018)


@cache
def interim():
    return published_year(2018, as_of="2018-08-31")


@pytest.mark.parametrize("year", [2016, 2017, 2018, 2019])
def test_the_last_day_of_the_year_gives_what_the_year_gives(year):
    whole, last = measured_year(year), load_results(year, DATA, as_of=f"{year}-12-31")
    assert last.period == whole.period
    assert last.outcomes == whole.outcomes
    for ours, theirs in zip(last.breakdowns, whole.breakdowns, strict=True):
        assert (ours.key, ours.on) == (theirs.key, theirs.on)
        assert ours.frame.equals(theirs.frame)


DAYS = st.dates(date(2018, 1, 1), date(2018, 12, 31))


@given(DAYS, DAYS)
def test_a_flow_never_decreases_with_a_later_day(one, other):
    results = year_2018()
    for kpi in FLOWS:
        before, after = (
            measure(kpi, results.tables, results.association.rules, Period.until(day)).amount or 0
            for day in sorted((one, other))
        )
        assert before <= after, kpi.key


@given(DAYS)
def test_trainings_until_a_day_are_those_counted_by_hand(day):
    results = year_2018()
    counted = measure(TRAININGS, results.tables, results.association.rules, Period.until(day))
    held = [one.date() for one in results.tables.trainings["held_on"].dropna()]
    assert counted.amount == sum(date(2018, 1, 1) <= one <= day for one in held)


@pytest.mark.parametrize(("day", "measured"), [
    ("2018-03-30", date(2017, 12, 31)), ("2018-03-31", date(2018, 3, 31)), ("2018-12-30", date(2018, 3, 31)),
    ("2018-12-31", date(2018, 12, 31)),
])  # fmt: skip
def test_people_are_counted_on_the_last_day_of_the_last_round_that_had_ended(day, measured):
    responses = year_2018().tables.responses
    assert survey_day(responses, Period.until(date.fromisoformat(day))) == measured


def test_people_of_an_interim_report_and_their_tables_say_which_day_they_are_of():
    report = interim()
    assert measured_on(report.outcome("participants")) == "den 31 mars 2018"
    assert measured_on(report.outcome("active_enterprises")) == "den 31 augusti 2018"
    assert report.table("participants_by_age").on == date(2018, 3, 31)


def test_no_goal_is_missed_before_the_year_has_ended():
    goals = [outcome for outcome in interim().outcomes if outcome.target]
    assert {outcome.status for outcome in goals}.isdisjoint({MISSED, NEAR})
    assert {outcome.reason for outcome in goals} == {YEAR_NOT_OVER}
    assert pace_of(published_year(2018).outcome("participants")) is None


def test_the_pace_is_even_within_its_limit_and_not_beyond_it():
    assert [pace_word(share, 0.5) for share in (0.449, 0.451, 0.549, 0.551)] == [
        "efter", "i takt", "i takt", "före",
    ]  # fmt: skip


def test_an_interim_report_says_that_it_is_one():
    report = interim()
    assert cover.annual_report(report).subtitle.startswith("Delårsrapport")
    told = sentences.summary(report).plain
    assert told.startswith("Hittills i år, till och med den 31 augusti 2018, är inget av tio mål uppnått.")
    assert "Målen gäller hela året." in told


def test_nothing_written_at_the_end_of_the_year_is_told_of_a_part_of_it():
    council = interim().outcome("regional_council")
    assert (council.text, council.published) == ("", None)
    assert published_year(2018).outcome("regional_council").text


@pytest.mark.parametrize(("arguments", "says"), [
    (("--year", 2018, "--as-of", "2017-08-31"), "ligger inte i 2018"),
    (("--year", 2018, "--as-of", "augusti"), "går inte att läsa"),
    (("--years", "2017-2018", "--as-of", "2018-08-31"), "ett enda år"),
    (("--year", 2018, "--notebook", "annual_report", "--municipality", "Gävle"), "en enda kommun"),
    (("--year", 2018, "--audience", "internal", "--notebook", "data_quality", "--as-of", "2018-08-31"),
     "gäller hela året"),
])  # fmt: skip
def test_what_a_report_does_not_take_is_refused_before_anything_runs(tmp_path, arguments, says):
    done = asf_analysis("run", *arguments, "--data", DATA.root, "--output", tmp_path / "output")
    assert done.returncode == 2
    assert says in done.stderr
    assert not (tmp_path / "output").exists()


def test_a_municipality_is_recognised_as_people_write_it_and_no_other_is():
    assert find_municipalities(["gävle", "Gävle kommun"], DATA) == ("Gävle",)
    assert len(find_municipalities(["alla"], DATA)) == 10
    with pytest.raises(UnknownName, match="Hofors"):
        find_municipalities(["Horfos stad"], DATA)


def test_files_are_named_by_municipality_and_day():
    request = Request(COUNCIL, 2018, as_of="2018-08-31", municipality="Gävle")
    assert request.document_names == ("municipalities-gavle-2018-08-31.html",)
    assert request.parameters["municipality"] == "Gävle"
    assert find_day([2018], "2018-12-31") == ""


def test_an_interim_report_takes_away_nothing_of_the_year_or_of_other_days():
    request = Request(find_report("annual_report"), 2018, as_of="2018-08-31")
    made = ["interim/2018-08-31/kpis.csv", "interim/2018-08-31/data/a.csv"]
    assert outdated_documents(request, made) == (
        "annual_report-2018-08-31.pdf", "annual_report-2018-08-31.docx", "interim/2018-08-31",
    )  # fmt: skip


def test_the_notebook_of_every_report_has_the_parameters_that_it_takes():
    for name in ("annual_report", "data_quality"):
        cells = json.loads((ROOT / f"notebooks/{name}.ipynb").read_text("utf-8"))["cells"]
        (given,) = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
        has = {line.split(" = ")[0] for line in given["source"]} - {"year", "audience"}
        assert has == set(find_report(name).takes)


def test_the_index_lists_interim_reports_apart_from_the_figures_of_years(tmp_path):
    folder = tmp_path / "2018"
    (folder / "interim/2018-08-31").mkdir(parents=True)
    for name in ("annual_report-2018-08-31.html", "annual_report-gavle.html", "annual_report-x.html"):
        (folder / name).write_text("x")
    (folder / "interim/2018-08-31/kpis.json").write_text("[]")
    (year,) = read_shelf(tmp_path, ["Gävle"])
    assert [item.title for item in year.parts] == [
        "Årsrapport, delår till och med 31 augusti 2018", "Årsrapport: Gävle",
    ]  # fmt: skip
    assert (year.reports, year.figures) == ((), ())
    assert [item.title for item in year.data] == ["Nyckeltal, till och med 31 augusti 2018"]


@pytest.mark.slow
def test_a_run_makes_the_interim_report_beside_the_year(tmp_path):
    done = asf_analysis(
        "run",
        "--year",
        2018,
        "--as-of",
        "2018-08-31",
        "--notebook",
        "annual_report",
        "--data",
        DATA.root,
        "--output",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "2018/annual_report-2018-08-31.html").is_file()
    assert (tmp_path / "2018/interim/2018-08-31/kpis.csv").is_file()
    assert not (tmp_path / "2018/kpis.csv").exists()
    manifest = tmp_path / "2018/internal/annual_report-2018-08-31-public.manifest.json"
    assert json.loads(manifest.read_text("utf-8"))["parameters"]["as_of"] == "2018-08-31"
