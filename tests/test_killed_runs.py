"""What is published stays whole, whatever happens to a run.

`python -m benchmarks chaos` tries the same hundreds of times.
"""

import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import killed_runs as trials
import pytest
from lxml import etree
from made_once import made_once
from sample_notebook import notebook

from asf_analysis.errors import DataFaults, NotebookFailed, UnwritableOutput
from asf_analysis.folders import DataFolder
from asf_analysis.reports import execution, lock, publish
from asf_analysis.reports import run as running
from asf_analysis.reports.catalogue import find_report
from asf_analysis.reports.manifest import read_manifest
from asf_analysis.reports.publish import prepare, staging
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run import making, measuring, run_reports
from asf_analysis.reports.run.plan import plan
from asf_analysis.reports.run.work import do

ROOT = Path(__file__).parent.parent
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@pytest.fixture
def small(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> trials.Project:
    """A small project whose first edition is published."""

    def make(folder: Path) -> Path:
        return trials.make_project(folder / "project", (2016,)).root

    made = made_once(tmp_path_factory, "small-project", make)
    root = Path(shutil.copytree(made, tmp_path / "project", ignore=shutil.ignore_patterns("temporary-*")))
    return trials.Project(root, (2016,))


@linux
@pytest.mark.slow
def test_killed_at_any_moment_a_run_leaves_whole_editions_and_the_next_ones_clear_up_after_it(small):
    rng = Random(1)
    moments = [
        *(lambda: trials.after_seconds(rng.uniform(0, 3)) for _ in range(4)),
        lambda: trials.publishing(small, 0.1),
        lambda: trials.exchanging(small),
    ]
    for moment in moments:
        run = small.start("B")
        assert trials.kill_at(run, moment())
        assert trials.eventually(lambda run=run: run.processes() == [], trials.SECONDS_TO_END)
        assert trials.faults_published(small) == []
        assert [*run.temporary.rglob("*")] == []
    assert trials.meet(small, "A", wait=False, apart=0.2) == []


@linux
@pytest.mark.slow
def test_where_a_kernel_is_killed_the_report_fails_alone_and_where_the_warm_process_is_none_does(small):
    small = replace(small, reports=("annual_report", "gender_equality"), mixed=True)
    sleeper = trials.put_sleeping_cell(small)
    run = small.start("B", "--workers", "1")
    kernels = trials.kernels(small, run)
    kernel = next(kernels)
    assert trials.eventually(sleeper.exists, trials.PATIENCE)
    assert trials.kill(kernel)
    assert len([*kernels]) == 1
    run.end()
    assert len(trials.failed_reports(run, small)) == 1
    assert trials.faults_of_kernel_kill(small, run, 1) + trials.faults_left_over(small, run) == []
    again = small.start("B")
    assert trials.eventually(lambda: trials.begun(small) and trials.warm_process(again))
    assert trials.kill(trials.warm_process(again))
    assert again.end() == 0
    assert trials.faults_of_warm_kill(small, again) + trials.faults_published(small) == []
    assert {*small.worlds().values()} == {"B"}


@linux
@pytest.mark.slow
def test_a_run_that_is_stopped_or_whose_disk_is_full_says_so_clears_up_and_may_be_repeated(small):
    for how in (signal.SIGTERM, signal.SIGINT):
        run = small.start("B")
        assert trials.kill_at(run, lambda: small.staged(), how)
        assert trials.faults_of_stop(small, run, how) + trials.faults_published(small) == []
    if trials.can_mount(small.root / "disk"):
        published = shutil.copytree(small.output, small.root / "published")
        with trials.small_disk(small.output) as leave:
            shutil.copytree(published, small.output, dirs_exist_ok=True)
            assert trials.faults_of_small_disk(small, leave, 100_000) == []
    else:
        run = small.start("B", preexec_fn=trials.no_large_file(40_000))
        run.end()
        assert trials.faults_of_full_disk(run) + trials.faults_left_over(small, run) == []
        assert trials.faults_after(small, run) == []


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder that a test may break."""
    return DataFolder(Path(shutil.copytree(ROOT / "data", tmp_path / "data")))


@pytest.fixture
def without_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs whose notebook has been executed already."""

    def executed(request, source, environment, workplace):
        made = notebook()
        trials.nbformat.write(made, workplace / f"{request.report.name}.ipynb")
        return made

    monkeypatch.setattr(making, "execute", executed)


REQUEST = Request(find_report("annual_report"), 2016, "internal")
SURVEY = "raw/2016/enkat_kv4.xlsx"


def unreadable(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let nobody read a file, root not either."""
    read = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self == path:
            raise PermissionError(13, "Permission denied", str(path))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)


def test_an_input_that_cannot_be_read_stops_the_run_with_its_name_and_nothing_is_touched(
    data, tmp_path, monkeypatch
):
    unreadable(monkeypatch, data.root / SURVEY)
    with pytest.raises(DataFaults, match="Stäng den om den är öppen") as stopped:
        run_reports([REQUEST], data, tmp_path / "output")
    assert [fault.file for fault in stopped.value.faults] == [SURVEY]
    assert stopped.value.exit_code == 1
    assert [path.name for path in (tmp_path / "output").iterdir()] == [".lock"]


def test_an_input_that_vanishes_after_the_plan_is_missed(data, tmp_path, monkeypatch):
    def planned(*given):
        made = plan(*given)
        (data.root / SURVEY).unlink()
        return made

    monkeypatch.setattr(running, "plan", planned)
    with pytest.raises(DataFaults) as stopped:
        run_reports([REQUEST], data, tmp_path / "output")
    assert [fault.file for fault in stopped.value.faults] == [SURVEY]
    assert [path.name for path in (tmp_path / "output").iterdir()] == [".lock"]


def test_an_input_that_changes_after_the_plan_gives_the_report_the_key_of_what_it_was_made_from(
    without_kernels, data, tmp_path, monkeypatch
):
    before = data.targets.read_text("utf-8-sig")
    after = before.replace("2016;participants;;;120;", "2016;participants;;;121;")
    assert before != after

    def planned(*given):
        made = plan(*given)
        data.targets.write_text(after, "utf-8-sig")
        return made

    monkeypatch.setattr(running, "plan", planned)
    assert run_reports([REQUEST], data, tmp_path).exit_code == 0
    manifest = read_manifest(tmp_path / "2016" / "internal" / "annual_report-internal.manifest.json")
    assert manifest.kpis["participants"].target == 121
    unchanged = [
        plan([REQUEST], ROOT / "notebooks", data, tmp_path)[0].unchanged
        for text in (after, before)
        if data.targets.write_text(text, "utf-8-sig")
    ]
    assert unchanged == [True, False]


def test_a_fault_in_one_year_leaves_the_reports_of_the_other_made(without_kernels, data, tmp_path):
    (data.root / "raw/2017/informationsinsatser.csv").write_text("Datum;Aktivitet\n2017-13-40;x\n", "utf-8")
    requests = [REQUEST, replace(REQUEST, year=2017)]
    done = run_reports(requests, data, tmp_path / "output")
    assert [one.status for one in done.reports] == ["klar", "misslyckades"]
    assert "2017/informationsinsatser.csv" in done.reports[1].reason
    assert done.exit_code == 1
    assert (tmp_path / "output" / "2016" / "internal" / "annual_report.html").exists()
    assert not (tmp_path / "output" / "2017").exists()


def test_a_kernel_that_dies_before_the_first_cell_is_started_anew_and_one_that_dies_later_is_not(
    tmp_path, monkeypatch
):
    def run(statuses: list[str], deaths: int) -> int:
        starts = []

        def begin(*given):
            starts.append(given)
            made = notebook()
            for cell, status in zip(made.cells, statuses, strict=False):
                cell.metadata["papermill"] = {"status": status}
            made.cells = made.cells[: len(statuses)]
            trials.nbformat.write(made, tmp_path / "annual_report.ipynb")
            if len(starts) <= deaths:
                raise execution.DeadKernelError("died")

        monkeypatch.setattr(execution, "_run", begin)
        execution.execute(REQUEST, tmp_path / "source.ipynb", {}, tmp_path)
        return len(starts)

    pending = ["pending", "pending"]
    assert [run(pending, deaths) for deaths in (0, 1, 2)] == [1, 2, 3]
    for statuses, deaths in ((pending, 3), (["completed", "pending"], 1)):
        with pytest.raises(NotebookFailed, match="kärnan dog"):
            run(statuses, deaths)


def put(text: str, output: Path, hour: int, workplace: Path) -> None:
    new = workplace / "new" / "2018"
    prepare({"a.html": text.encode()}, output / "2018", new, lock.datetime(2026, 12, 1, hour))
    publish.publish(new, output, 2018, workplace)


def put_and_stop(output: Path) -> None:
    with staging(output) as workplace:
        put("ny", output, 2, workplace)
        raise KeyboardInterrupt


def kept(output: Path) -> dict[str, str]:
    """The editions there are: where, and what their document says."""
    return {
        path.parent.relative_to(output).as_posix(): path.read_text("utf-8") for path in output.rglob("a.html")
    }


ARCHIVED = "archive/2018/2026-12-01T01.00.00"


@pytest.mark.parametrize("able", [True, False])
@pytest.mark.parametrize("which", [1, 2, 3, 4])
def test_stopped_between_any_two_renames_a_run_loses_no_edition(tmp_path, monkeypatch, able, which):
    with staging(tmp_path) as workplace:
        put("gammal", tmp_path, 1, workplace)
    rename, exchange, calls = Path.rename, publish.exchange, []

    def stop_after(call, *given):
        done = call(*given)
        calls.append(given)
        if len(calls) == which:
            raise KeyboardInterrupt
        return done

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", lambda *given: stop_after(rename, *given))
        patch.setattr(publish, "exchange", lambda *given: able and stop_after(exchange, *given))
        with pytest.raises(KeyboardInterrupt):
            put_and_stop(tmp_path)
    assert kept(tmp_path) in ({"2018": "gammal"}, {"2018": "ny", ARCHIVED: "gammal"})
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("able", [True, False])
def test_an_edition_that_cannot_be_archived_keeps_its_place(tmp_path, monkeypatch, able):
    with staging(tmp_path) as workplace:
        put("gammal", tmp_path, 1, workplace)
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if "archive" in target.parts:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    if not able:
        monkeypatch.setattr(publish, "exchange", lambda *_: False)
    with staging(tmp_path) as workplace, pytest.raises(UnwritableOutput, match="ligger kvar orörd"):
        put("ny", tmp_path, 2, workplace)
    assert kept(tmp_path) == {"2018": "gammal"}


def write_much(place: str) -> None:
    Path(place).write_bytes(bytes(100_000))


def write_much_xml(place: str) -> None:
    with etree.xmlfile(place) as file, file.element("a"):
        file.write("a" * 100_000)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device here that is always full")
@pytest.mark.parametrize("write", [write_much, write_much_xml])
def test_a_full_disk_is_told_as_one_by_every_task(monkeypatch, write):
    monkeypatch.setattr(measuring, "measure", write)
    with pytest.raises(UnwritableOutput, match="Disken är full"):
        do("measure", "/dev/full")


def test_a_full_disk_where_the_holder_of_the_lock_is_told_is_told_as_one(tmp_path, monkeypatch):
    def full(self: Path, *_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(UnwritableOutput, match="Frigör plats"), lock.locked(tmp_path):
        pass
