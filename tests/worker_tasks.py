"""Tasks for workers, which other processes import; and how to see which processes there are."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

MARKER = "ASF_ANALYSIS_TEST_RUN"
"""The environment variable by which a test finds the processes that it started."""


def number() -> int:
    return os.getpid()


def double(amount: int) -> int:
    return 2 * amount


def fail(error: Exception) -> None:
    raise error


def give_what_cannot_be_sent() -> object:
    return lambda: None


def die(how: int = signal.SIGKILL) -> None:
    os.kill(os.getpid(), how)
    time.sleep(60)


def where(variable: str) -> tuple[str, str | None]:
    return os.getcwd(), os.environ.get(variable)


def wait_for(sign: Path, seconds: float = 30) -> int:
    """Wait until a file is there."""
    deadline = time.monotonic() + seconds
    while not sign.exists():
        assert time.monotonic() < deadline, f"{sign.name} never came"
        time.sleep(0.01)
    return os.getpid()


def say_and_wait(here: Path, sign: Path) -> int:
    """Tell who runs this, then wait."""
    here.write_text(str(os.getpid()))
    return wait_for(sign)


def modules() -> list[str]:
    return sorted(sys.modules)


def check_notebook(notebook: dict) -> None:
    nbformat.validate(notebook, version=4)


def notebook_of(*sources: str) -> nbformat.NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=[new_code_cell(one) for one in sources], metadata={"kernelspec": kernel})


def run_cells(folder: Path, sources: Sequence[str], variables: dict[str, str]) -> list[list[dict]]:
    """Run cells in a kernel of their own, as a report is run; gives the outputs of each."""
    import papermill

    from asf_analysis.reports.kernels import NO_HISTORY, WRITTEN_ONCE, kernels_with

    nbformat.write(notebook_of(*sources), folder / "in.ipynb")
    executed = papermill.execute_notebook(
        folder / "in.ipynb",
        folder / "out.ipynb",
        engine_name=WRITTEN_ONCE,
        kernel_manager_class=kernels_with(variables, folder),
        shutdown_kernel="immediate",
        extra_arguments=[NO_HISTORY],
        progress_bar=False,
    )
    return [cell.outputs for cell in executed.cells]


def run_cells_and_tell(folder: Path, sources: Sequence[str]) -> list[list[dict]]:
    """Run cells that are told which process runs them."""
    return run_cells(folder, sources, {"TASK": str(os.getpid())})


def execute_report(notebook: Path) -> str:
    """Execute a notebook as that of an annual report, as `asf-analysis run` does."""
    from asf_analysis.reports.catalogue import find_report
    from asf_analysis.reports.execution import execute
    from asf_analysis.reports.requests import Request

    execute(Request(find_report("annual_report"), 2018), notebook, {}, notebook.parent)
    return "klar"


def marked(marker: str) -> list[int]:
    """The processes that have the marker in their environment; one that has just ended has none."""
    found = []
    for place in Path("/proc").iterdir():
        try:
            if place.name.isdigit() and f"{MARKER}={marker}".encode() in (place / "environ").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return [one for one in found if one != os.getpid()]


def eventually(holds: Callable[[], object], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
