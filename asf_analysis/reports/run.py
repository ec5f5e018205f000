"""A report, from its notebook to its published documents: whole and new, or the last good one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from asf_analysis.disclosure.published import Audience
from asf_analysis.errors import AsfError, NotebookFailed, ReportsFailed
from asf_analysis.folders import DataFolder, OutputFolder, find_notebooks
from asf_analysis.pipeline import check_year, years_to_read
from asf_analysis.reports.catalogue import Report, check_made_for, find_report, reports_for
from asf_analysis.reports.export import export_html
from asf_analysis.reports.kernels import kernels_reading
from asf_analysis.reports.manifest import input_files, manifest_of
from asf_analysis.reports.materials import Material
from asf_analysis.reports.publish import publish, staging

CELL_SECONDS = 600
"""How long one cell may run before the report is given up."""


@dataclass(frozen=True)
class Request:
    """One report to make."""

    report: Report
    year: int
    audience: Audience = "public"

    @property
    def parameters(self) -> dict[str, object]:
        """What the notebook's parameters cell is given."""
        return {"year": self.year, "audience": self.audience}


def _keep_quiet(text: str) -> None:
    """Say nothing."""


def make_report(
    request: Request,
    data: DataFolder,
    output: Path,
    say: Callable[[str], None] = _keep_quiet,
    clock: Callable[[], datetime] = datetime.now,
) -> Path:
    """Make one report and publish it; gives the path of its HTML document.

    `say` is told each step, in Swedish. Raises WrongUsage for an audience that the report is not made for and
    DataFaults for faults in the data that stop it, both before a kernel starts; NotebookFailed where the
    notebook stops, NotPublishable where the document breaks a rule, and UnwritableOutput. In each case what
    was published before stands untouched.
    """
    started = clock()
    check_made_for(request.report, request.audience)
    say("läser och kontrollerar underlaget")
    material = request.report.material(request.year, request.audience, data)
    folders = OutputFolder(output, request.year)
    with staging(output) as workplace:
        say("kör anteckningsboken")
        executed = execute(request, data, workplace, folders.failed)
        say("skriver dokumenten")
        documents = write_documents(request, material, executed, workplace, data, (started, clock()))
        publish(documents, folders.public, workplace)
    return folders.public / documents_prefix(request) / f"{request.report.name}.html"


def requests_for(
    years: Sequence[int], names: Sequence[str], audience: Audience, data: DataFolder
) -> tuple[Request, ...]:
    """Plan the reports of some years; all that are made for the audience unless some are named.

    Raises WrongUsage for a year without data, a notebook that does not exist or one that is not made for the
    audience, before anything runs.
    """
    reports = [find_report(name) for name in names] or reports_for(audience)
    for report in reports:
        check_made_for(report, audience)
    for year in years:
        check_year(year, data)
    return tuple(Request(report, year, audience) for year in years for report in reports)


def make_reports(
    requests: Sequence[Request], data: DataFolder, output: Path, say: Callable[[str], None]
) -> tuple[Path, ...]:
    """Make several reports; one that fails does not stop the others.

    Gives the paths of the documents. Where any failed, raises ReportsFailed with what each of them said,
    after the rest are made.
    """
    done: list[Path] = []
    failed: list[AsfError] = []
    for number, request in enumerate(requests, start=1):
        head = f"[{number}/{len(requests)}] {request.report.title} {request.year}"
        try:
            done.append(make_report(request, data, output, say=partial(_say_step, say, head)))
            say(f"{head}: klar")
        except AsfError as error:
            say(f"{head}: misslyckades")
            failed.append(error)
    if failed:
        raise ReportsFailed(failed, [str(path) for path in done])
    return tuple(done)


def _say_step(say: Callable[[str], None], head: str, step: str) -> None:
    say(f"{head}: {step} …")


def documents_prefix(request: Request) -> str:
    """Name the subfolder of the year's folder that an audience's documents go to; "" for the public."""
    return "" if request.audience == "public" else "internal"


def execute(request: Request, data: DataFolder, workplace: Path, failed: Path) -> nbformat.NotebookNode:
    """Run the notebook in a kernel of its own, and give it with its outputs.

    Raises NotebookFailed with what stopped it; the notebook, as far as it came, is then in `failed`.
    """
    result = workplace / f"{request.report.name}.ipynb"
    try:
        papermill.execute_notebook(
            find_notebooks() / result.name,
            result,
            parameters=request.parameters,
            kernel_manager_class=kernels_reading(data),
            execution_timeout=CELL_SECONDS,
            progress_bar=False,
        )
    except PapermillExecutionError as error:
        kept = keep_failed(request, result, failed)
        raise NotebookFailed(
            f"Anteckningsboken {result.name} för {request.year} stannade i en cell: "
            f"{error.ename}: {error.evalue}\nDen ligger kvar med felet i {kept}."
        ) from error
    except (DeadKernelError, CellTimeoutError) as error:
        kept = keep_failed(request, result, failed)
        why = (
            "kärnan dog"
            if isinstance(error, DeadKernelError)
            else f"en cell tog mer än {CELL_SECONDS} sekunder"
        )
        raise NotebookFailed(
            f"Anteckningsboken {result.name} för {request.year} blev inte klar: {why}. "
            f"Den ligger kvar i {kept}. Kör igen; öppna den i JupyterLab om det händer på nytt."
        ) from error
    return nbformat.read(result, as_version=4)


def keep_failed(request: Request, notebook: Path, failed: Path) -> Path:
    """Put a failed notebook where the analyst can open it."""
    failed.mkdir(parents=True, exist_ok=True)
    kept = failed / f"{notebook.stem}-{request.year}-{request.audience}.ipynb"
    shutil.copy2(notebook, kept)
    return kept


def write_documents(
    request: Request,
    material: Material,
    executed: nbformat.NotebookNode,
    workplace: Path,
    data: DataFolder,
    times: tuple[datetime, datetime],
) -> Mapping[str, Path]:
    """Write a report's documents; gives where in the year's folder each of them belongs."""
    name, prefix = request.report.name, documents_prefix(request)
    beside = {f"{name}.html": export_html(executed), **material.documents}
    manifest = manifest_of(
        name,
        request.parameters,
        data,
        input_files(data, years_to_read(request.year, data), request.year),
        material.kpis,
        material.rows,
        *times,
    )
    for file, content in {**beside, f"{name}.manifest.json": manifest}.items():
        (workplace / file).write_text(content, encoding="utf-8", newline="")
    internal = f"internal/{name}-{request.audience}"
    return {
        **{f"{prefix}/{file}".lstrip("/"): workplace / file for file in beside},
        f"{internal}.manifest.json": workplace / f"{name}.manifest.json",
        f"{internal}.ipynb": workplace / f"{name}.ipynb",
    }
