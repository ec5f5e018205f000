"""A report's notebook, run in a kernel of its own; one that fails is kept, with its error."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from asf_analysis.errors import NotebookFailed
from asf_analysis.folders import DATA_VARIABLE, OUTPUT_VARIABLE, DataFolder, OutputFolder, find_notebooks
from asf_analysis.reports.kernels import NO_HISTORY, WRITTEN_ONCE, kernels_reading
from asf_analysis.reports.requests import Request

CELL_SECONDS = 600
"""How long one cell may run before the report is given up."""


def execute(
    request: Request, data: DataFolder, output: Path, editions: Path, workplace: Path
) -> nbformat.NotebookNode:
    """Run the notebook in a kernel of its own that knows the editions there are; give it with its outputs.

    Raises NotebookFailed with what stopped it; the notebook, as far as it came, is then kept where that says.
    """
    failed = OutputFolder(output, request.year).failed
    result = workplace / f"{request.name}.ipynb"
    variables = {DATA_VARIABLE: str(data.root), OUTPUT_VARIABLE: str(editions.resolve())}
    try:
        papermill.execute_notebook(
            find_notebooks() / f"{request.report.name}.ipynb",
            result,
            parameters=request.parameters,
            engine_name=WRITTEN_ONCE,
            kernel_manager_class=kernels_reading(variables, workplace),
            execution_timeout=CELL_SECONDS,
            shutdown_kernel="immediate",
            extra_arguments=[NO_HISTORY],
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
