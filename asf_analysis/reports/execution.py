"""A report's notebook, run in a kernel of its own; one that fails is given back, with its error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from asf_analysis.errors import NotebookFailed
from asf_analysis.reports.kernels import NO_HISTORY, WRITTEN_ONCE, kernels_with
from asf_analysis.reports.requests import Request

CELL_SECONDS = 600
"""How long one cell may run before the report is given up."""

STARTS = 3
"""How often a notebook is begun whose kernel dies before the first cell: another program may have taken one
of the ports that were free when they were chosen."""


def execute(
    request: Request, notebook: Path, environment: Mapping[str, str], workplace: Path
) -> nbformat.NotebookNode:
    """Run a notebook in a kernel of its own, with this environment; give it with its outputs.

    A kernel that dies before the first cell is started anew. Raises NotebookFailed with what stopped the
    notebook, and it as far as it came.
    """
    result = workplace / f"{request.name}.ipynb"
    try:
        for start in range(1, STARTS + 1):
            try:
                _run(request, notebook, environment, workplace, result)
                break
            except DeadKernelError:
                if start == STARTS or _is_begun(result):
                    raise
    except PapermillExecutionError as error:
        raise NotebookFailed(
            f"Anteckningsboken {result.name} för {request.year} stannade i en cell: "
            f"{error.ename}: {error.evalue}",
            result.read_bytes(),
        ) from error
    except (DeadKernelError, CellTimeoutError) as error:
        why = (
            "kärnan dog"
            if isinstance(error, DeadKernelError)
            else f"en cell tog mer än {CELL_SECONDS} sekunder"
        )
        raise NotebookFailed(
            f"Anteckningsboken {result.name} för {request.year} blev inte klar: {why}. "
            "Kör igen; öppna den i JupyterLab om det händer på nytt.",
            result.read_bytes(),
        ) from error
    return nbformat.read(result, as_version=4)


def _run(
    request: Request, notebook: Path, environment: Mapping[str, str], workplace: Path, result: Path
) -> None:
    papermill.execute_notebook(
        notebook,
        result,
        parameters=request.parameters,
        engine_name=WRITTEN_ONCE,
        kernel_manager_class=kernels_with(environment, workplace),
        execution_timeout=CELL_SECONDS,
        shutdown_kernel="immediate",
        extra_arguments=[NO_HISTORY],
        progress_bar=False,
    )


def _is_begun(executed: Path) -> bool:
    """Tell whether any cell of a notebook that papermill ran was begun."""
    cells = nbformat.read(executed, as_version=4).cells
    return any(cell.metadata.get("papermill", {}).get("status") != "pending" for cell in cells)
