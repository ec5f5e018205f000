"""The kernels of reports, forked or ordinary, give the same; and how papermill runs a notebook in one."""

from __future__ import annotations

import ast
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import nbformat
import papermill.engines
import pytest
import worker_tasks as tasks
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine

from asf_analysis.errors import NotebookFailed
from asf_analysis.reports import workers as room
from asf_analysis.reports.kernels import WrittenOnce
from asf_analysis.reports.workers import workers

ROOT = Path(__file__).parent.parent
KINDS = ("forked", "ordinary")

linux = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")
slow = pytest.mark.slow


@pytest.mark.parametrize("dies", [False, True])
def test_a_notebook_is_written_first_and_when_it_is_done_or_stops_and_not_around_every_cell(
    tmp_path, monkeypatch, dies
):
    written, path = [], tmp_path / "out.ipynb"

    def write(notebook, place):
        written.append([cell.metadata.papermill["status"] for cell in notebook.cells])
        nbformat.write(notebook, place)

    def run(_engine, manager, _kernel, **_options):
        for cell in manager.nb.cells[: 1 if dies else 3]:
            manager.cell_start(cell)
            manager.cell_complete(cell)
        if dies:
            raise DeadKernelError("Kernel died")

    monkeypatch.setattr(papermill.engines, "write_ipynb", write)
    monkeypatch.setattr(NBClientEngine, "execute_managed_notebook", classmethod(run))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1") for _ in range(3)])
    notebook.metadata["papermill"] = {}
    try:
        WrittenOnce.execute_notebook(notebook, "python3", output_path=path, progress_bar=False)
    except DeadKernelError:
        assert dies
    assert written == [["pending"] * 3, ["completed"] * 3]
    told = nbformat.read(path, as_version=4)
    assert [bool(cell.metadata.papermill["end_time"]) for cell in told.cells] == [True, *[not dies] * 2]


@pytest.fixture(scope="module")
def forked() -> Iterator[Executor]:
    """A worker whose kernels are forked; nothing lets it fall back to ordinary ones."""
    said: list[str] = []
    with workers(1, fork=True, say=said.append) as executor:
        yield executor
    assert said == []


@pytest.fixture(scope="module")
def ordinary() -> Iterator[Executor]:
    """A worker with ordinary kernels."""
    with workers(1, fork=False) as executor:
        yield executor


@pytest.fixture(params=[pytest.param(KINDS[0], marks=linux), KINDS[1]])
def kind(request) -> Executor:
    """Either of them."""
    return request.getfixturevalue(request.param)


def run(executor: Executor, folder: Path, *sources: str, **variables: str) -> list[list[dict]]:
    return executor.submit(tasks.run_cells, folder, sources, variables).result(120)


def printed(outputs: list[dict]) -> str:
    return "".join(one["text"] for one in outputs if one["output_type"] == "stream")


WHAT_A_KERNEL_IS = """
import os, sys
OF_STARTING = ("JPY_PARENT_PID", "PYDEVD_USE_FRAME_EVAL", "_")  # its parent; what its debugger sets
print(sorted(name for name in globals() if not name.startswith("_")))
print(sys.argv, sys.path, sys.flags, os.getcwd(), sys.stdin.closed, os.read(0, 1))
print({name: value for name, value in sorted(os.environ.items()) if name not in OF_STARTING})
print(os.getsid(0) == os.getpid(), get_ipython().kernel.parent.curve_secretkey is not None)
import signal; print([str(signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)])
import gc, threading; print(gc.isenabled(), __name__, sys.modules["__main__"].__dict__ is globals())
"""

WHAT_A_NOTEBOOK_SHOWS = (
    "import pandas as pd; pd.DataFrame({'a': [1, 2]})",
    "import sys; print('hej', file=sys.stderr); 'Åäö'",
    "import matplotlib as mpl; print(sorted(mpl.rcParams.items(), key=str))",
    "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()",
    "from asf_analysis import load; load(2018).outcome('participants').result",
    "import subprocess; print(subprocess.run(['echo', 'barn'], capture_output=True, text=True).stdout)",
)


@linux
@slow
def test_a_forked_kernel_is_and_shows_what_an_ordinary_one_does(forked, ordinary, tmp_path):
    cells = (WHAT_A_KERNEL_IS, *WHAT_A_NOTEBOOK_SHOWS)
    one, other = (
        run(executor, tmp_path, *cells, ASF_ANALYSIS_DATA=str(ROOT / "data"))
        for executor in (forked, ordinary)
    )
    assert len(one) == len(cells)
    for mine, theirs in zip(one, other, strict=True):
        assert mine == theirs
        assert mine
    [drawn] = one[4]
    assert "image/png" in drawn["data"]
    assert printed(one[0]).splitlines()[3] == "True True"


@linux
@slow
def test_each_forked_kernel_is_a_process_of_its_own_with_a_fresh_namespace_and_chance(forked, tmp_path):
    cell = "import os, random, numpy as np; print(os.getpid(), random.random(), np.random.random()); kept = 1"
    asks = "print('kept' in globals())"
    first, second = (run(forked, tmp_path, asks, cell) for _ in range(2))
    assert printed(first[0]) == printed(second[0]) == "False\n"
    drawn = zip(printed(first[1]).split(), printed(second[1]).split(), strict=True)
    assert [mine == theirs for mine, theirs in drawn] == [False] * 3


@linux
@slow
def test_a_forked_kernel_is_gone_when_its_task_is_over_or_killed(forked, tmp_path):
    [outputs] = run(forked, tmp_path, "import os; print(os.getpid())")
    kernel = Path("/proc", printed(outputs).strip())
    assert kernel.name.isdigit()
    assert tasks.eventually(lambda: not kernel.exists())
    here = tmp_path / "here"
    cell = f"open({str(here)!r}, 'w').write(f'{{os.getpid()}} {{os.environ[\"TASK\"]}}'); time.sleep(60)"
    task = forked.submit(tasks.run_cells_and_tell, tmp_path, ["import os, time", cell])
    assert tasks.eventually(lambda: here.exists() and here.read_text(), 60)
    kernel, worker = (Path("/proc", number) for number in here.read_text().split())
    os.kill(int(worker.name), signal.SIGKILL)
    assert task.exception(10) is not None
    assert tasks.eventually(lambda: not kernel.exists() and not worker.exists())


@slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_a_kernel_that_dies_is_told_of_and_the_notebook_is_kept(kind, tmp_path, how):
    parameters = "year = 2018\naudience = 'public'\nas_of = ''"
    notebook = tasks.notebook_of(parameters, f"import os; os.kill(os.getpid(), {int(how)})")
    notebook.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, tmp_path / "source.ipynb")
    with pytest.raises(NotebookFailed, match="kärnan dog") as told:
        kind.submit(tasks.execute_report, tmp_path / "source.ipynb").result(60)
    assert b"os.kill(os.getpid()" in told.value.notebook
    assert list(tmp_path.glob("*.json")) == []


@slow
def test_a_kernel_that_dies_before_it_can_answer_is_told_of_as_one_that_died(kind, tmp_path):
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "die.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(DeadKernelError):
        run(kind, tmp_path, "1", IPYTHONDIR=str(tmp_path))


def test_workers_and_kernels_touch_no_private_name_of_another_library():
    modules = [*Path(room.__file__).parent.glob("*.py"), Path(room.__file__).parent.parent / "kernels.py"]
    assert len(modules) > 6
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("__"):
                assert ast.unparse(node).startswith(("self._", "os._exit")), (module.name, ast.unparse(node))
