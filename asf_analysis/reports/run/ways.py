"""The ways of having reports made: by processes here, in this process, or by a Dask cluster's workers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asf_analysis.errors import AsfError, ClusterFailed, MissingExtra, WorkerDied
from asf_analysis.folders import DataFolder
from asf_analysis.reports.run.steps import Step, Task, Workers
from asf_analysis.reports.run.work import MEASURING, do
from asf_analysis.reports.workers import Processes, workers
from asf_analysis.reports.workers.digest import digest

FORK_VARIABLE = "ASF_ANALYSIS_FORK"
"""Environment variable; `no` makes reports in ordinary processes, with ordinary kernels."""

SECONDS_TO_CONNECT = 10


@dataclass(frozen=True)
class Way:
    """A way of having reports made: what it is called in the run's manifest, and who makes them."""

    name: str
    workers: Callable[[Callable[[str], None]], AbstractContextManager[Workers]]


class InThisProcess(Executor):
    """Does each task at once, in this process: for a single report, and where a debugger is wanted."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Do a task; gives it done."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(*given, **named))
        except AsfError as error:
            future.set_exception(error)
        return future


@contextmanager
def _this_process(_: Callable[[str], None]) -> Iterator[Workers]:
    yield Workers(by(InThisProcess()), by(InThisProcess()), 1)


THIS_PROCESS = Way("this process", _this_process)


def by(executor: Executor) -> Callable[[Step, Task], Future[Any]]:
    """Let an executor on this machine do steps; what only measures need not wait until all is imported."""

    def submit(_: Step, task: Task) -> Future[Any]:
        if isinstance(executor, Processes) and task[0] in MEASURING:
            return executor.submit_early(do, *task)
        return executor.submit(do, *task)

    return submit


def processes(number: int) -> Way:
    """Have reports made by so many processes at a time, each forked from a warm one where that is safe."""
    fork = False if os.environ.get(FORK_VARIABLE) == "no" else None

    @contextmanager
    def hire(say: Callable[[str], None]) -> Iterator[Workers]:
        with workers(number, fork=fork, say=say) as executor:
            yield Workers(by(executor), by(executor), number)

    return Way("processes", hire)


def by_address(address: str) -> Way:
    """Have reports made by the workers of a Dask scheduler; what lies on this machine's disk is done here.

    The workers need no disk in common with this machine: the files that a step reads go out with it, and
    documents come back. Hiring raises MissingExtra where Dask is not installed, ClusterFailed where the
    scheduler does not answer or its workers have another version of the package.
    """

    @contextmanager
    def hire(say: Callable[[str], None]) -> Iterator[Workers]:
        with _connected(address) as client, workers(1, say=say) as here:
            number = sum(client.nthreads().values())
            if not number:
                raise ClusterFailed(f"Klustret {address} har inga arbetare. Starta dem med dask worker.")
            _check_same_package(client, address)
            yield Workers(_by_cluster(client.get_executor(pure=False)), by(here), number)

    return Way(address, hire)


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtra(
            "Flaggan --cluster behöver ett tillägg som inte är installerat. Installera det så här: "
            "pip install 'asf-analysis[cluster]'"
        ) from error
    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterFailed(
            f"Ingen Dask-schemaläggare svarar på {address}. Kontrollera adressen, till exempel "
            "tcp://192.0.2.10:8786, och att dask scheduler är igång."
        ) from error
    with client:
        yield client


def _check_same_package(client: Any, address: str) -> None:
    here = digest()
    others = [worker for worker, there in client.run(digest).items() if there != here]
    if others:
        raise ClusterFailed(
            f"Klustret {address} har arbetare med en annan version av asf-analysis eller av det som den "
            f"bygger på: {', '.join(sorted(others))}. Installera samma version där och här, med "
            "constraints.txt, och starta om arbetarna."
        )


def _by_cluster(executor: Executor) -> Callable[[Step, Task], Future[Any]]:
    """Let a cluster do steps, each with the files that it reads."""

    def submit(step: Step, task: Task) -> Future[Any]:
        files = {
            path.relative_to(source.root).as_posix(): path.read_bytes() if path.is_file() else None
            for source in task
            if isinstance(source, DataFolder)
            for path in step.files
        }
        return _told_in_our_words(executor.submit(do_elsewhere, files, *task))

    return submit


def do_elsewhere(files: Mapping[str, bytes | None], task: str, *given: Any) -> Any:
    """Do a task on a machine that has none of its files: they come along, folders without content."""
    with tempfile.TemporaryDirectory(prefix="asf-data-") as folder:
        for name, content in files.items():
            place = Path(folder, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                place.mkdir(exist_ok=True)
            else:
                place.write_bytes(content)
        data = DataFolder(Path(folder).resolve())
        return do(task, *(data if isinstance(one, DataFolder) else one for one in given))


def _told_in_our_words(theirs: Future[Any]) -> Future[Any]:
    """Give a future that fails with WorkerDied where a cluster's worker died, or the cluster did."""
    ours: Future[Any] = Future()

    def tell(done: Future[Any]) -> None:
        error = done.exception() if not done.cancelled() else ClusterFailed("Klustret avbröt arbetet.")
        if error is None:
            ours.set_result(done.result())
        elif isinstance(error, AsfError):
            ours.set_exception(error)
        else:
            died = WorkerDied(f"En arbetare i klustret dog: {type(error).__name__}. Kör igen.")
            died.__cause__ = error
            ours.set_exception(died)

    theirs.add_done_callback(tell)
    return ours
