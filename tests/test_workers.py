"""Workers: a task runs in a process of its own, one that dies harms no other, and none is left over."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import Executor
from multiprocessing.connection import Connection
from pathlib import Path

import nbformat
import pytest
import worker_tasks as tasks

from asf_analysis.errors import AsfError, DataFaults, Fault, NotebookFailed, ToolFailed, WorkerDied
from asf_analysis.reports.workers import workers
from asf_analysis.reports.workers.digest import digest, stamp
from asf_analysis.reports.workers.forked import Readiness
from asf_analysis.reports.workers.grammar import GRAMMAR
from asf_analysis.reports.workers.warm import count_threads

ROOT = Path(__file__).parent.parent
FAULTS = DataFaults([Fault("targets.csv", "Fel.", "Rätta.", row=3)])

linux = pytest.mark.skipif(sys.platform != "linux", reason="tasks are forked on Linux alone")
both = pytest.mark.parametrize("fork", [pytest.param(True, marks=linux), False], ids=["forked", "spawned"])


@pytest.fixture(scope="module", params=[pytest.param(True, marks=linux), False], ids=["forked", "spawned"])
def pair(request) -> Iterator[Executor]:
    """Two workers of either kind, for tests that leave them as they were."""
    said: list[str] = []
    with workers(2, fork=request.param, say=said.append) as executor:
        yield executor
    assert said == []


@pytest.fixture
def marker(monkeypatch) -> str:
    """A mark on all processes that this test starts."""
    mark = uuid.uuid4().hex
    monkeypatch.setenv(tasks.MARKER, mark)
    return mark


def test_a_task_gives_its_result_and_runs_in_another_process(pair):
    assert pair.submit(tasks.double, 21).result() == 42
    assert list(pair.map(tasks.double, range(5))) == [0, 2, 4, 6, 8]
    assert pair.submit(tasks.number).result() != os.getpid()


def test_an_error_comes_back_whole_and_tells_where_it_arose(pair):
    with pytest.raises(DataFaults) as raised:
        pair.submit(tasks.fail, FAULTS).result()
    assert raised.value.faults == FAULTS.faults
    assert "worker_tasks.py" in "".join(raised.value.__notes__)


@pytest.mark.parametrize(
    "error", [FAULTS, NotebookFailed("Nej.", b"{}"), ToolFailed("Nej.", "spår"), WorkerDied("Död.")]
)
def test_an_error_that_is_sent_between_processes_says_the_same(error: AsfError):
    sent = pickle.loads(pickle.dumps(error))
    assert (type(sent), str(sent), sent.exit_code) == (type(error), str(error), error.exit_code)
    assert sent.__dict__ == error.__dict__


def test_what_cannot_be_sent_is_an_error_of_its_task_alone(pair):
    with pytest.raises(pickle.PicklingError, match="function cannot be sent"):
        pair.submit(tasks.give_what_cannot_be_sent).result()
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pair.submit(lambda: None).result()
    assert pair.submit(tasks.double, 1).result() == 2


def test_a_task_runs_in_the_folder_and_with_the_environment_that_there_are_when_it_is_begun(
    pair, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASF_ANALYSIS_TEST", "nu")
    assert pair.submit(tasks.where, "ASF_ANALYSIS_TEST").result() == (str(tmp_path), "nu")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_dies_fails_its_own_task_and_no_other(pair, tmp_path, how):
    other = pair.submit(tasks.wait_for, tmp_path / "go")
    with pytest.raises(WorkerDied, match=f"signal {int(how)}"):
        pair.submit(tasks.die, how).result()
    (tmp_path / "go").touch()
    assert other.result() != os.getpid()
    assert pair.submit(tasks.double, 2).result() == 4


@both
@pytest.mark.parametrize("error", [KeyboardInterrupt, None])
def test_leaving_ends_all_processes_and_what_runs_and_waits_is_not_done(marker, tmp_path, fork, error):
    def leave() -> None:
        with workers(1, fork=fork) as executor:
            begun.append(executor.submit(tasks.say_and_wait, tmp_path / "here", tmp_path / "never"))
            begun.append(executor.submit(tasks.double, 1))
            tasks.wait_for(tmp_path / "here")
            assert int((tmp_path / "here").read_text()) in tasks.marked(marker)
            if error:
                raise error

    begun = []
    if error:
        with pytest.raises(error):
            leave()
    else:
        leave()
    assert not (set(tasks.marked(marker)) & {int((tmp_path / "here").read_text())})
    assert tasks.eventually(lambda: [one for one in tasks.marked(marker) if not is_tracker(one)] == [], 0)
    with pytest.raises(WorkerDied):
        begun[0].result(0)
    assert begun[1].cancelled()


@both
def test_the_line_to_a_process_is_closed_by_one_thread_at_a_time(tmp_path, monkeypatch, fork):
    close, closing, twice = Connection.close, set(), set()

    def close_slowly(line: Connection) -> None:
        twice.update({id(line)} & closing)
        closing.add(id(line))
        time.sleep(0.05)
        close(line)
        closing.discard(id(line))

    with workers(1, fork=fork) as executor:
        begun = executor.submit(tasks.say_and_wait, tmp_path / "here", tmp_path / "never")
        tasks.wait_for(tmp_path / "here")
        monkeypatch.setattr(Connection, "close", close_slowly)
    with pytest.raises(WorkerDied):
        begun.result(0)
    assert not twice


def is_tracker(process: int) -> bool:
    """Whether it is Python's own, which each program that has spawned keeps until its end."""
    try:
        return b"resource_tracker" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return True


def test_leaving_before_anything_is_warm_ends_it_too(marker):
    with workers(1):
        pass
    assert [one for one in tasks.marked(marker) if not is_tracker(one)] == []


def test_no_worker_compiles_a_grammar_of_addresses_and_notebooks_are_checked_all_the_same(pair):
    assert "nbformat" in pair.submit(tasks.modules).result()
    assert GRAMMAR not in pair.submit(tasks.modules).result()
    with pytest.raises(nbformat.ValidationError):
        pair.submit(tasks.check_notebook, {"cells": 1}).result()
    schemas = sorted(Path(nbformat.__file__).parent.rglob("*.schema.json"))
    assert schemas
    assert [path for path in schemas if '"iri' in path.read_text("utf-8")] == []


@linux
def test_more_modules_can_be_imported_once_for_all_tasks_and_one_that_is_missing_stops_none():
    with workers(1, fork=True, also=("no_such_module", "wave")) as executor:
        assert tasks.eventually(lambda: {"seaborn", "wave"} <= set(executor.submit(tasks.modules).result()))


@linux
def test_a_warm_process_that_gets_a_second_thread_is_forked_no_more():
    said: list[str] = []
    with workers(1, fork=True, also=("starts_a_thread",), say=said.append) as executor:
        assert tasks.eventually(lambda: executor.submit(tasks.double, 2).result() == 4 and said)
        assert executor.submit(tasks.double, 2).result() == 4
    assert [text.partition(".")[0] for text in said] == ["Det går inte att dela den förberedda processen"]


PROGRAM = """
import signal, sys
from pathlib import Path
import worker_tasks
from asf_analysis.reports.workers import workers

def leave(*_):
    raise SystemExit(1)

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, leave)
    folder = Path(sys.argv[1])
    with workers(2, fork=sys.argv[2] == "True") as executor:
        Path(folder, "begun").touch()
        cell = f"open({str(folder / 'here')!r}, 'w').write(str(os.getpid())); time.sleep(60)"
        executor.submit(worker_tasks.run_cells, folder, ["import os, time", cell], {}).result()
"""


@linux
@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "moment"),
    [(signal.SIGKILL, "begun"), *((how, "here") for how in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT))],
)
@both
def test_a_program_that_is_killed_leaves_no_process(marker, tmp_path, fork, how, moment):
    (tmp_path / "program.py").write_text(PROGRAM)
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    program = subprocess.Popen(
        [sys.executable, tmp_path / "program.py", tmp_path, str(fork)],
        env={**os.environ, "PYTHONPATH": path}, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    tasks.wait_for(tmp_path / moment)
    if moment == "here":
        assert tasks.eventually(lambda: (tmp_path / "here").read_text())
        assert int((tmp_path / "here").read_text()) in tasks.marked(marker)
    program.send_signal(how)
    assert program.wait(20) != 0
    assert tasks.eventually(lambda: tasks.marked(marker) == [], 10 if fork else 20)


@linux
def test_when_the_warm_process_is_killed_running_tasks_fail_and_later_ones_are_done(marker, tmp_path):
    with workers(2, fork=True) as executor:
        running = executor.submit(tasks.say_and_wait, tmp_path / "here", tmp_path / "never")
        tasks.wait_for(tmp_path / "here")
        worker = int((tmp_path / "here").read_text())
        [warm] = {one for one in tasks.marked(marker) if one != worker}
        os.kill(warm, signal.SIGKILL)
        with pytest.raises(WorkerDied):
            running.result(10)
        assert tasks.eventually(lambda: worker not in tasks.marked(marker))
        assert executor.submit(tasks.double, 4).result() == 8
        assert warm not in tasks.marked(marker)


@linux
def test_a_warm_process_that_dies_before_it_is_warm_is_done_without(marker):
    said: list[str] = []
    with workers(1, fork=True, say=said.append) as executor:
        [warm] = tasks.marked(marker)
        os.kill(warm, signal.SIGKILL)
        assert executor.submit(tasks.double, 4).result() == 8
    assert [text.partition(".")[0] for text in said] == ["Den förberedda processen dog innan den var klar"]


@linux
def test_a_warm_process_of_other_code_than_expected_does_nothing():
    said: list[str] = []
    with workers(2, fork=True, expected="annan", say=said.append) as executor:
        assert list(executor.map(tasks.double, range(4))) == [0, 2, 4, 6]
    assert [text.partition(".")[0] for text in said] == [
        "Programmet är inte detsamma som när körningen började"
    ]


CHANGING = """
import os, sys
import asf_analysis, worker_tasks
from asf_analysis.reports.workers import workers

if __name__ == "__main__":
    with workers(1, fork=True, say=print) as executor:
        print(executor.submit(worker_tasks.double, 1).result())
        with open(asf_analysis.__file__, "a") as module:
            module.write("# changed")
        print(executor.submit(worker_tasks.double, 2).result())
"""


@pytest.mark.slow
@linux
def test_a_package_that_is_changed_meets_no_warm_process_from_before(tmp_path):
    shutil.copytree(ROOT / "asf_analysis", tmp_path / "asf_analysis")
    (tmp_path / "program.py").write_text(CHANGING)
    path = os.pathsep.join([str(tmp_path), str(ROOT / "tests")])
    said = subprocess.run(
        [sys.executable, tmp_path / "program.py"],
        env={**os.environ, "PYTHONPATH": path}, cwd=tmp_path, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    assert [said[0], said[2]] == ["2", "4"]
    assert said[1].startswith("Programmet har ändrats sedan körningen började.")


def test_the_digest_is_of_what_is_written_and_the_stamp_of_when(tmp_path):
    (tmp_path / "a.py").write_text("1")
    first = digest(tmp_path), stamp(tmp_path)
    assert first == (digest(tmp_path), stamp(tmp_path))
    os.utime(tmp_path / "a.py", (0, 0))
    assert (digest(tmp_path) == first[0], stamp(tmp_path) == first[1]) == (True, False)
    (tmp_path / "a.py").write_text("2")
    assert digest(tmp_path) != first[0]


@linux
def test_a_process_with_more_than_one_thread_or_that_would_outlive_its_parent_is_not_forked():
    alone, done = count_threads(), threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    assert count_threads() == alone + 1
    done.set()
    other.join()
    whole = Readiness("a", threads=1, dies_with_parent=True)
    assert (whole.safe, Readiness("a", 2, True).safe, Readiness("a", 1, False).safe) == (True, False, False)
