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


def execute(
    request: Request, notebook: Path, environment: Mapping[str, str], workplace: Path
) -> nbformat.NotebookNode:
    """Run a notebook in a kernel of its own, with this environment; give it with its outputs.

    Raises NotebookFailed with what stopped it, and the notebook as far as it came.
    """
    result = workplace / f"{request.name}.ipynb"
    try:
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
