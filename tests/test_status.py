"""`asf-analysis status`: where a year stands and what to do next, in every state that it passes through."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from command_line import asf_analysis
from intake_workbooks import (
    ACTIVITIES,
    FIRST,
    PLACES,
    REGISTER,
    SECOND,
    TRAININGS,
    answer,
    small_data,
    survey,
)

from asf_analysis.folders import DataFolder, OutputFolder, find_notebooks, run_manifests
from asf_analysis.preparation import prepare_year
from asf_analysis.reports.catalogue import find_report
from asf_analysis.reports.key import key_of
from asf_analysis.reports.manifest import (
    Document,
    ReportManifest,
    Rows,
    RunManifest,
    RunReport,
    as_json,
    document_of,
)
from asf_analysis.reports.places import manifest_name
from asf_analysis.reports.requests import Request
from asf_analysis.reports.workers.digest import digest
from asf_analysis.status import YearStatus, next_steps, status_of, told_status

AFTER = date(2019, 2, 1)
AUGUST = date(2018, 8, 15)
TARGETS = """\
År;Nyckeltal;Ingångsvärde;Ingångsdatum;Målbild;Måldatum;Definition;Kommentar
2018;information_activities;;;10;2018-12-31;;
2018;active_enterprises;1;2017-12-31;2;2018-12-31;;
2018;regional_council;;;;2018-12-31;;Ett råd.
"""
WRITTEN = "+++\nyear = 2018\n+++\n## Framgångsfaktorer\nVi samlade krafterna.\n"

Change = Callable[[DataFolder], object]


@pytest.fixture
def make(project: Path, tmp_path: Path) -> Callable[..., DataFolder]:
    """Write a small association's folder, whole but for what is changed."""

    def written(targets: str = TARGETS, assessment: str = WRITTEN, **changes: object) -> DataFolder:
        data = small_data(tmp_path, **changes)
        shutil.copyfile(project / "data" / "association.toml", data.association)
        data.targets.write_text(targets, "utf-8")
        data.assessment(2018).parent.mkdir(exist_ok=True)
        data.assessment(2018).write_text(assessment, "utf-8")
        return data

    return written


def status(data: DataFolder, today: date = AFTER, year: int = 2018) -> YearStatus:
    return status_of(data, year, data.root.parent / "output", today)


def steps(data: DataFolder, today: date = AFTER, year: int = 2018) -> list[tuple[str, str, str]]:
    """Give the steps: what, the command, and the place from the folder that the data stands in."""
    root = data.root.parent
    return [
        (step.what, step.command, step.place.relative_to(root).as_posix() if step.place else "")
        for step in next_steps(status(data, today, year))
    ]


# What to do next, by state ----------------------------------------------------------------------------


def test_a_year_without_a_folder_is_to_be_prepared(make):
    data = make()
    [(_, command, _)] = steps(data, year=2019)
    assert command == "asf-analysis new-year 2019"
    assert "mappen data/raw/2019 saknas" in told_status(status(data, year=2019))


def test_a_prepared_year_is_to_be_filled_in_and_its_goals_set(make):
    data = make()
    prepare_year(data, 2019)
    told = steps(data, date(2019, 1, 15), 2019)
    assert [(command, place) for _, command, place in told] == [
        ("", "data/raw/2019"),
        ("", "data/targets.csv"),
    ]
    assert told[0][0] == "Ingenting är ifyllt för 2019 än. Fyll i arbetsböckerna efter hand."
    assert told[1][0].startswith("Sätt två mål")
    text = told_status(status(data, date(2019, 1, 15), 2019))
    assert "2019-kv1, som gäller 31 mars 2019: inga svar än av två företag".replace("två", "2") in text
    assert "Traceback" not in text


@pytest.mark.slow
def test_when_a_round_has_ended_without_answers_the_form_is_to_be_sent(make):
    data = make()
    prepare_year(data, 2019)
    told = steps(data, date(2019, 4, 2), 2019)
    assert ("data/forms/2019/formular_kv1.xlsx" in {place for *_, place in told}) is True
    assert not any("kv4" in what for what, *_ in told)


def test_a_register_without_enterprises_is_the_first_to_fill_in(make):
    data = make(foretagsregister=REGISTER[:1])
    assert steps(data)[0][2] == "data/raw/foretagsregister.xlsx"


def test_files_that_are_missing_are_written_by_new_year(make):
    data = make(utbildningar=None, enkat_kv4=None)
    what, command, _ = steps(data)[0]
    assert command == "asf-analysis new-year 2018"
    assert "utbildningar och enkäten" in what
    assert not [fault for fault in status(data).faults if fault.severity == "fel"]


def test_faults_are_counted_with_the_command_that_lists_them(make):
    data = make(utbildningar=[TRAININGS[0], ["i våras", "AF", "Gävle", "många"]])
    assert (
        "Rätta två fel i underlaget; kommandot listar dem.",
        "asf-analysis check --year 2018",
        "",
    ) in steps(data)
    assert "Två fel. Listas av: asf-analysis check --year 2018" in told_status(status(data))
    assert not [command for _, command, _ in steps(data) if " run " in command]


def test_who_has_not_answered_is_to_be_rung_by_name(make):
    data = make(enkat_kv1=survey(answer(FIRST)))
    assert steps(data)[0][0] == "Ring ett företag som inte har svarat i omgången 2018-kv1: Beta."
    text = told_status(status(data))
    assert "2018-kv1: 1 av 2 företag har svarat" in text
    assert "inget svar: Beta (Hudiksvall)" in text


def test_a_prepared_row_without_answers_is_somebody_to_ring(make):
    blank = [None, "Beta", SECOND, "Hudiksvall", *[None] * (len(answer()) - 4)]
    data = make(enkat_kv4=survey(answer(FIRST), blank))
    assert steps(data)[0][0] == "Ring ett företag som inte har svarat i omgången 2018-kv4: Beta."


@pytest.mark.parametrize(
    ("targets", "command", "place"),
    [
        (TARGETS.splitlines()[0] + "\n", "asf-analysis new-year 2018", ""),
        (TARGETS.replace(";10;", ";;"), "", "data/targets.csv"),
    ],
)
def test_goals_that_are_not_set_are_to_be_set(make, targets, command, place):
    assert (command, place) in [(one, two) for _, one, two in steps(make(targets=targets))]


def test_a_milestone_needs_no_target(make):
    assert status(make()).unset == ()


@pytest.mark.parametrize(("today", "told"), [(AFTER, True), (AUGUST, False)])
def test_the_assessment_is_to_be_written_when_the_year_is_over(make, today, told):
    data = make(assessment="+++\nyear = 2018\n+++\n## Framgångsfaktorer\n")
    assert ("data/assessments/2018.md" in {place for *_, place in steps(data, today)}) is told


def test_when_all_is_there_the_reports_are_to_be_made(make):
    assert steps(make()) == [("Allt är klart: gör rapporterna för 2018.", "asf-analysis run --year 2018", "")]


@pytest.mark.slow
def test_during_the_year_an_interim_report_may_be_made_until_the_last_day_of_any_data(make):
    data = make(enkat_kv4=None)
    [_, (what, command, _)] = steps(data, AUGUST)
    assert command == "asf-analysis run --year 2018 --as-of 2018-05-02"
    assert "2 maj 2018" in what


def published(data: DataFolder, names: tuple[str, ...] = ("annual_report",)) -> Path:
    """Publish reports as a run does: a page each, and the manifest that says what it was made from."""
    output = data.root.parent / "output"
    for name in names:
        request = Request(find_report(name), 2018)
        folder = OutputFolder(output, 2018).public
        folder.mkdir(parents=True, exist_ok=True)
        page = b"<html></html>"
        (folder / f"{name}.html").write_bytes(page)
        documents: tuple[Document, ...] = (document_of(f"{name}.html", page),)
        manifest = ReportManifest(
            report=name, title=request.title, parameters={}, formats=("html",),
            key=key_of(request, data, find_notebooks() / f"{name}.ipynb", digest()),
            made=datetime(2019, 1, 20, 9, tzinfo=UTC), duration_seconds=1, inputs=(),
            rows=Rows(raw=0, clean=0, set_aside=0), kpis={}, documents=documents,
            notebook_sha256="", versions={},
        )  # fmt: skip
        place = folder / manifest_name(request)
        place.parent.mkdir(exist_ok=True)
        place.write_text(as_json(manifest), "utf-8")
    return output


@pytest.mark.slow
def test_reports_that_are_made_and_unchanged_are_to_be_shared(make):
    data = make()
    published(data)
    [(what, command, place)] = steps(data)
    assert what.startswith("Dela rapporterna")
    assert (command, place) == ("", "output/2018/annual_report.html")
    assert "Årsrapport 2018 (publik): gjord 20 januari 2019, oförändrad sedan dess" in told_status(
        status(data)
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.targets.write_text(TARGETS.replace(";10;", ";12;"), "utf-8"),
        lambda data: (data.root.parent / "output/2018/annual_report.html").unlink(),
    ],
    ids=["another target", "a page that is gone"],
)
def test_reports_that_are_older_than_the_data_are_to_be_made_again(make, change: Change):
    data = make()
    published(data)
    change(data)
    assert [command for _, command, _ in steps(data)] == ["asf-analysis run --year 2018"]
    assert "något har ändrats sedan dess" in told_status(status(data))


@pytest.mark.slow
def test_a_new_years_goals_leave_the_reports_of_the_year_before_unchanged(make):
    data = make()
    published(data)
    prepare_year(data, 2019)
    assert [one.unchanged for one in status(data).reports] == [True]


def test_the_last_run_is_told_with_what_failed(make):
    data = make()
    folder = run_manifests(data.root.parent / "output")
    folder.mkdir(parents=True)
    for hour, reports in (
        (8, [RunReport(title="Trender 2018", year=2018, audience="public", status="klar", seconds=1)]),
        (9, [
            RunReport(title="Årsrapport 2018", year=2018, audience="public", status="klar", seconds=1),
            RunReport(title="Trender 2018", year=2018, audience="public", status="misslyckades", seconds=1,
                      reason="Disken är full.\nMer."),
        ]),
        (10, [RunReport(title="Årsrapport 2017", year=2017, audience="public", status="klar", seconds=1)]),
    ):  # fmt: skip
        run = RunManifest(
            started=datetime(2019, 1, 20, hour, tzinfo=UTC), duration_seconds=2, workers=1, how="fork",
            reports=tuple(reports), exit_code=0, versions={},
        )  # fmt: skip
        (folder / f"2019-01-20T{hour:02}.00.00.json").write_text(as_json(run), "utf-8")
    (folder / "2019-01-21T09.00.00.json").write_text("{", "utf-8")
    text = told_status(status(data))
    assert "Senaste körningen, 20 januari 2019: 1 av 2 rapporter gick bra" in text
    assert "Trender 2018: Disken är full.\n" in text


# Goals ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_goal_behind_pace_is_told_on_the_last_day_that_there_is_data_for(make):
    data = make(enkat_kv4=None)
    told = status(data, AUGUST)
    assert told.judged_on == date(2018, 5, 2)
    assert [(goal.result, goal.target, goal.word) for goal in told.goals[:1]] == [("1", "10", "efter")]
    assert "Genomförda informationsinsatser: 1 av 10, EFTER takten" in told_status(told)


@pytest.mark.slow
def test_nothing_after_today_is_counted(make):
    later = [date(2018, 12, 5), "Om ASF", "föreläsning", "Grupp 2", "AF", "Gävle", None, 1, 0, 0]
    data = make(enkat_kv4=None, informationsinsatser=[*ACTIVITIES, later])
    assert status(data, AUGUST).judged_on == date(2018, 5, 2)
    assert status(data, AUGUST).goals[0].result == "1"
    assert status(data, date(2018, 12, 10)).judged_on == date(2018, 12, 5)


def test_when_the_year_is_over_goals_are_told_as_reached_or_not(make):
    told = status(make())
    assert [(goal.word) for goal in told.goals] == ["ej uppnått", "uppnått"]
    assert "Resultat 31 december 2018:" in told_status(told)


def test_a_year_to_come_is_told_as_such(make):
    data = make()
    prepare_year(data, 2019)
    assert "Året har inte börjat." in told_status(status(data, date(2018, 12, 20), 2019))


def test_goals_are_not_judged_where_the_data_cannot_be_measured(make):
    told = status(make(handledarplatser=[PLACES[0], ["1", "2018", 3, 1, 1, 5]]))
    assert told.goals == ()
    assert "Kan inte bedömas" in told_status(told)


# The command ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_tells_it_in_swedish_and_as_json(make):
    data = make()
    text = asf_analysis("status", 2018, "--data", data.root)
    assert text.returncode == 0, text.stderr
    assert "Gör så här nu" in text.stdout
    assert f"asf-analysis run --year 2018 --data {data.root}" in text.stdout
    told = json.loads(asf_analysis("status", 2018, "--data", data.root, "--format", "json").stdout)
    assert told["tables"][2] == {
        "table": "Informationsinsatser",
        "files": ["data/raw/2018/informationsinsatser.xlsx"],
        "rows": 1,
    }
    assert told["rounds"][1]["answered"] == 2
    assert told["next_steps"][0]["command"].startswith("asf-analysis run")


def test_status_writes_nothing(make):
    data = make()
    before = sorted(path for path in data.root.parent.rglob("*"))
    asf_analysis("status", 2018, "--data", data.root)
    assert sorted(path for path in data.root.parent.rglob("*")) == before


@pytest.mark.parametrize("arguments", [("status",), ("status", "18"), ("status", "2018", "--format", "csv")])
def test_a_wrong_call_ends_with_two(arguments):
    assert asf_analysis(*arguments).returncode == 2


def test_an_association_that_cannot_be_read_is_told_as_a_fault(make):
    data = make()
    data.association.write_text("name = \n", "utf-8")
    refused = asf_analysis("status", 2018, "--data", data.root)
    assert refused.returncode == 1
    assert "association.toml, rad 1" in refused.stderr
