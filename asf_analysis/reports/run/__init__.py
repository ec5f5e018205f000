"""Runs of reports: from a list of what is wanted to whole new editions, or the last good ones.

`run_reports` is what the command line calls; `make_report` makes one report in this process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from asf_analysis.errors import AsfError, UnwritableOutput
from asf_analysis.folders import DataFolder, OutputFolder, find_notebooks, index_page, run_manifests
from asf_analysis.reports.catalogue import check_made_for
from asf_analysis.reports.formats import check_installed
from asf_analysis.reports.lock import locked
from asf_analysis.reports.manifest import RunManifest, RunReport, Status, as_json, commit
from asf_analysis.reports.notebooks import check_parameters
from asf_analysis.reports.places import in_folder
from asf_analysis.reports.progress import Row
from asf_analysis.reports.publish import clear_after_killed_runs, staging
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run.batch import Batch, Told
from asf_analysis.reports.run.memory import peak_memory_mb
from asf_analysis.reports.run.plan import Planned, plan
from asf_analysis.reports.run.steps import Step, Workers
from asf_analysis.reports.run.ways import THIS_PROCESS, Way
from asf_analysis.reports.workers.digest import versions

KEPT_RUNS = 100
"""How many runs' manifests are kept: a few months of daily ones."""


class Listener(Protocol):
    """Who is told how a run goes; `progress.Progress` tells people."""

    def begin(self, total: int) -> None:
        """So many reports will be looked at."""

    def started(self, title: str) -> None:
        """A report is being made."""

    def ended(self, title: str, status: Status, seconds: float) -> None:
        """A report is made, unchanged, or has failed."""

    def say(self, text: str) -> None:
        """Something else that a person should know."""


class _Silent:
    def begin(self, total: int) -> None: ...

    def started(self, title: str) -> None: ...

    def ended(self, title: str, status: Status, seconds: float) -> None: ...

    def say(self, text: str) -> None: ...


SILENT: Listener = _Silent()


@dataclass(frozen=True)
class ReportRun:
    """How a run went with one report: its documents, or why it failed."""

    request: Request
    status: Status
    seconds: float
    documents: tuple[Path, ...]
    reason: str = ""
    trace: str = ""
    error: AsfError | None = None

    @property
    def title(self) -> str:
        """What the report is called, with its audience where that is the office."""
        return titled(self.request)


def titled(request: Request) -> str:
    """Name a report of a run.

    >>> from asf_analysis.reports.catalogue import find_report
    >>> titled(Request(find_report("trends"), 2018, "internal"))
    'Utveckling över tid 2018 (intern)'
    """
    return request.title + (" (intern)" if request.audience == "internal" else "")


@dataclass(frozen=True)
class Run:
    """How a run went: each report, and what else failed."""

    reports: tuple[ReportRun, ...]
    failures: tuple[AsfError, ...] = ()

    @property
    def errors(self) -> tuple[AsfError, ...]:
        """All that failed, each once."""
        found = [one.error for one in self.reports if one.error] + list(self.failures)
        return tuple({str(error): error for error in found}.values())

    @property
    def rows(self) -> tuple[Row, ...]:
        """The run as a table for people."""
        return tuple(
            Row(one.title, one.status, one.seconds, one.documents, one.reason) for one in self.reports
        )

    @property
    def exit_code(self) -> int:
        """0 where all reports are made or unchanged."""
        return max((error.exit_code for error in self.errors), default=0)


def run_reports(
    requests: Sequence[Request],
    data: DataFolder,
    output: Path,
    way: Way = THIS_PROCESS,
    progress: Listener = SILENT,
    *,
    force: bool = False,
    wait: bool = False,
    clock: Callable[[], datetime] = datetime.now,
) -> Run:
    """Make reports that have changed, and the index of all there are; one that fails leaves the others.

    The reports of a year are published together. `force` makes those that are unchanged too; `wait` waits
    for another run in the output folder to end.

    Before a kernel starts, it raises WrongUsage for a report that is not made for its audience or whose
    notebook does not take its parameters, MissingExtra for a format that is not installed, Busy where
    another run is going on, and UnwritableOutput. In each case nothing that is published is touched.
    """
    notebooks = find_notebooks()
    for request in requests:
        check_made_for(request.report, request.audience)
        check_parameters(request, notebooks / f"{request.report.name}.ipynb")
        for format in request.formats:
            check_installed(format)
    with locked(output, wait=wait, say=progress.say):
        return _run_locked(requests, notebooks, data, output, way, progress, force, clock)


def _run_locked(
    requests: Sequence[Request],
    notebooks: Path,
    data: DataFolder,
    output: Path,
    way: Way,
    progress: Listener,
    force: bool,
    clock: Callable[[], datetime],
) -> Run:
    started = clock()
    clear_after_killed_runs(output)
    progress.begin(len(requests))
    planned = plan(requests, notebooks, data, output)
    wanted = [one for one in planned if force or not one.unchanged]
    for one in planned:
        if one not in wanted:
            progress.ended(titled(one.request), "oförändrad", 0)
    told: dict[Planned, Told] = {}
    failures: list[AsfError] = []
    archived: list[Path] = []
    workers = 1
    if wanted or not index_page(output).exists():
        with staging(output) as workplace, way.workers(progress.say) as hired:
            workers = hired.number
            batch = Batch(
                wanted,
                data,
                output,
                workplace,
                clock,
                began=lambda one: progress.started(titled(one.request)),
                ended=lambda one: progress.ended(titled(one.planned.request), one.status, one.seconds),
                say=progress.say,
            )
            told = {one.planned: one for one in batch.carry_out(hired)}
            archived = batch.archived
            failures += _write_index(told, hired, data, output, progress, clock())
    run = Run(tuple(_report_run(one, told.get(one), output) for one in planned), tuple(failures))
    try:
        _leave_manifest(run, output, started, clock(), workers, way.name, archived)
    except UnwritableOutput as error:
        return replace(run, failures=(*run.failures, error))
    return run


def _write_index(
    told: dict[Planned, Told],
    workers: Workers,
    data: DataFolder,
    output: Path,
    progress: Listener,
    now: datetime,
) -> list[AsfError]:
    if told and all(one.status == "misslyckades" for one in told.values()):
        return []
    try:
        step = Step("index", lambda _: None, here=True)
        for problem in workers.here(step, ("write_index", data, output, now)).result():
            progress.say(problem)
        progress.say(f"Översikt över alla rapporter: {index_page(output)}")
    except AsfError as error:
        return [error]
    return []


def _report_run(planned: Planned, told: Told | None, output: Path) -> ReportRun:
    request = planned.request
    folder = OutputFolder(output, request.year).public
    documents = tuple(folder / in_folder(request, name) for name in request.document_names)
    if told is None:
        return ReportRun(request, "oförändrad", 0, documents)
    made = documents if told.status == "klar" else ()
    return ReportRun(request, told.status, told.seconds, made, told.reason, told.trace, told.error)


def _leave_manifest(
    run: Run,
    output: Path,
    started: datetime,
    ended: datetime,
    workers: int,
    how: str,
    archived: Sequence[Path],
) -> None:
    """Write how the run went beside those before it; the oldest of very many go."""
    manifest = RunManifest(
        started=started.astimezone(),
        duration_seconds=round((ended - started).total_seconds(), 2),
        workers=workers,
        how=how,
        reports=tuple(
            RunReport(
                title=one.title,
                year=one.request.year,
                audience=one.request.audience,
                status=one.status,
                seconds=round(one.seconds, 2),
                documents=tuple(path.relative_to(output).as_posix() for path in one.documents),
                reason=one.reason,
                trace=one.trace,
            )
            for one in run.reports
        ),
        archived=tuple(path.relative_to(output).as_posix() for path in archived),
        exit_code=run.exit_code,
        peak_memory_mb=peak_memory_mb(),
        commit=commit(),
        versions=versions(),
    )
    folder = run_manifests(output)
    file = folder / f"{started:%Y-%m-%dT%H.%M.%S.%f}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(as_json(manifest), encoding="utf-8")
        for old in sorted(folder.glob("*.json"))[:-KEPT_RUNS]:
            old.unlink()
    except OSError as error:
        file.unlink(missing_ok=True)
        raise UnwritableOutput(
            f"Körningen är klar, men dess manifest går inte att skriva i {folder} ({error.strerror}). "
            "Frigör plats om disken är full, eller ändra rättigheterna."
        ) from error


def make_report(
    request: Request,
    data: DataFolder,
    output: Path,
    clock: Callable[[], datetime] = datetime.now,
) -> Path:
    """Make one report in this process, changed or not, and publish it; gives the path of its HTML document.

    Raises what `run_reports` does, and the error that stopped the report: DataFaults for faults in the data,
    NotebookFailed where the notebook stops, NotPublishable where the document breaks a rule or a reader
    could work out what is withheld. In each case what was published before stands untouched.
    """
    run = run_reports([request], data, output, force=True, clock=clock)
    for error in run.errors:
        raise error
    return run.reports[0].documents[0]
