"""How papermill runs a report's notebook: as ever, but for how often the notebook is written."""

from __future__ import annotations

import nbformat
import papermill.engines
import pytest
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine

from asf_analysis.reports.kernels import WrittenOnce


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
