"""A release made as a run makes it, but for kernels: notebooks run here, on tables that a test made.

It goes through the run's own steps, so that what is searched is what readers would get.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter

from asf_analysis import pipeline
from asf_analysis.association import Rules
from asf_analysis.disclosure import editions
from asf_analysis.disclosure.choice import Choice, choose
from asf_analysis.disclosure.figures import Figure
from asf_analysis.disclosure.release import Release
from asf_analysis.folders import DATA_VARIABLE, DataFolder
from asf_analysis.intake.schemas import CleanTables
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.results import Results, results_of
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run import making, run_reports

TOLD = "told.txt"
"""The file beside the output with every line that a run tells whoever started it."""

SHOWN = "shown.json"
"""The file beside the output with every number of people that the door lets through."""


def make_release(
    tables: CleanTables, data: Path, output: Path, requests: Sequence[Request], now: datetime
) -> Path:
    """Make reports of clean tables, publish them together and write the index; gives the output folder."""
    told: list[str] = []
    measured: dict[Period, Results] = {}
    chosen: dict[str, Choice] = {}

    def results_once(*given: Any) -> Results:
        """Measure a period once: notebooks and open data tell of the same tables."""
        period = next(one for one in given if isinstance(one, Period))
        if period not in measured:
            measured[period] = results_of(*given)
        return measured[period]

    def choose_once(release: Release, rules: Rules, published: Mapping[Figure, bool]) -> Choice:
        """Choose as a run does; notebooks and open data tell of the same periods."""
        asked = [sorted(map(str, one.items())) for one in (release.amounts, published)]
        name = f"{asked}{rules}"
        if name not in chosen:
            chosen[name] = choose(release, rules, published)
        return chosen[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(data))
        patch.setattr(pipeline, "read_years", lambda *_: tables)
        patch.setattr(pipeline, "results_of", results_once)
        patch.setattr(editions, "choose", choose_once)
        patch.setattr(making, "execute", execute_here)
        done = run_reports(requests, DataFolder(data), output, progress=Listening(told), clock=lambda: now)
    assert [str(error) for error in done.errors] == []
    (output.parent / TOLD).write_text("\n".join(told).replace(str(output), "output"), "utf-8")
    (output.parent / SHOWN).write_text(json.dumps(sorted(shown_by(chosen.values()))), "utf-8")
    return output


def shown_by(choices: Iterable[Choice]) -> set[int]:
    """Give the numbers of people that are shown, as the door chose and not as it was obeyed."""
    figures = ((one, figure) for one in choices for figure in one.release.printed if not one.hides(figure))
    return {one.release.amounts[figure] for one, figure in figures}


class Listening:
    """Keeps every line that a run tells whoever started it."""

    def __init__(self, told: list[str]) -> None:
        self.told = told

    def begin(self, total: int) -> None:
        self.told.append(str(total))

    def started(self, title: str) -> None:
        self.told.append(title)

    def ended(self, title: str, status: str, _: float) -> None:
        self.told.append(f"{title}: {status}")

    def say(self, text: str) -> None:
        self.told.append(text)


def execute_here(
    request: Request, source: Path, environment: Mapping[str, str], workplace: Path
) -> nbformat.NotebookNode:
    """Run a notebook's cells in this process, and give it with its outputs, as `making.execute` does."""
    notebook = nbformat.read(source, as_version=4)
    names: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = run_cell(cell.source, names)
            if "parameters" in cell.metadata.get("tags", []):
                names.update(request.parameters)
    nbformat.write(notebook, workplace / f"{request.name}.ipynb")
    return notebook


def run_cell(source: str, names: dict[str, object]) -> list[nbformat.NotebookNode]:
    """Run a cell, and give what its last expression shows."""
    *before, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        before, last = [*before, last], None
    exec(compile(ast.Module(before, []), "cell", "exec"), names)
    if last is None:
        return []
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    data, metadata = DisplayFormatter().format(shown)
    return [nbformat.v4.new_output("execute_result", data, metadata=metadata, execution_count=1)]


def public_files(output: Path) -> dict[str, bytes]:
    """Every file that a reader may get, by its name: all of the output but what is internal."""
    files = {
        path.relative_to(output).as_posix(): path for path in sorted(output.rglob("*")) if path.is_file()
    }
    office = {"internal", "archive", "log", ".lock"}
    return {name: path.read_bytes() for name, path in files.items() if not office & set(Path(name).parts)}
