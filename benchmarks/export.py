"""The page: how long a warm export takes beside the notebook's execution, and how large a page gets."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from asf_analysis.folders import DATA_VARIABLE, OUTPUT_VARIABLE, find_data, find_notebooks
from asf_analysis.reports.catalogue import find_report
from asf_analysis.reports.execution import execute
from asf_analysis.reports.export import export_html
from asf_analysis.reports.requests import Request
from benchmarks.timing import seconds

FIGURES = 10
ROUNDS = 5
TITLE = f"Export of the annual report (to reach: 15 % of the execution; {FIGURES} figures within 350 kB)"


def measure() -> Iterator[tuple[str, str]]:
    """Give the seconds of execution and export, their ratio, and the sizes of two pages."""
    with tempfile.TemporaryDirectory() as folder:
        runs: list[NotebookNode] = []
        ran = min(seconds(lambda: runs.append(_executed(Path(folder)))) for _ in range(ROUNDS))
    notebook = runs[-1]
    cold = seconds(lambda: export_html(notebook))
    warm = statistics.median(seconds(lambda: export_html(notebook)) for _ in range(ROUNDS))
    yield "execution of the notebook, the fastest of five", f"{ran:.2f} s"
    yield "export, the first of a process", f"{cold:.2f} s"
    yield "export, warm", f"{warm:.3f} s"
    yield "warm export ÷ execution", f"{warm / ran:.1%}"
    yield f"page of the report, {_figures(notebook)} figures", _kilobytes(notebook)
    many = _with_figures(notebook, FIGURES)
    yield f"the same with {_figures(many)} figures", _kilobytes(many)


def _executed(folder: Path) -> NotebookNode:
    request, data = Request(find_report("annual_report"), 2018), find_data()
    environment = {DATA_VARIABLE: str(data.root), OUTPUT_VARIABLE: str(folder / "none")}
    return execute(request, find_notebooks() / "annual_report.ipynb", environment, folder)


def _kilobytes(notebook: NotebookNode) -> str:
    return f"{len(export_html(notebook).encode()) / 1000:.0f} kB"


def _figures(notebook: NotebookNode) -> int:
    return export_html(notebook).count("<figure")


def _with_figures(notebook: NotebookNode, wanted: int) -> NotebookNode:
    """Give the notebook with its figures repeated until the page has so many."""
    drawn = [cell for cell in notebook.cells if "<figure" in str(cell.get("outputs", ""))]
    missing = wanted - len(drawn)
    again = [nbformat.v4.new_code_cell(**_content(drawn[number % len(drawn)])) for number in range(missing)]
    return nbformat.v4.new_notebook(cells=[*notebook.cells, *again], metadata=notebook.metadata)


def _content(cell: NotebookNode) -> dict[str, object]:
    """What a copy of a cell takes along: all but its id, of which each cell has its own."""
    return {name: cell[name] for name in ("source", "outputs")}
