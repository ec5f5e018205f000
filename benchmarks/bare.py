"""The limit of a batch: the bare functions in two warm processes, without kernel, audit or publication.

`python -m benchmarks.bare DATA OUTPUT 2013-2022` prints the seconds that the work took; that everything is
imported and drawn with once before is not counted. Each year is measured once and protected once, and each
notebook's cells are run as plain code on what was loaded.
"""

from __future__ import annotations

import ast
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat
from IPython.core.formatters import DisplayFormatter

import asf_analysis
from asf_analysis.disclosure.choice import Choice
from asf_analysis.disclosure.editions import choose_one, pattern_known
from asf_analysis.disclosure.municipalities import protect_municipalities
from asf_analysis.disclosure.trends import protect_trends
from asf_analysis.folders import DATA_VARIABLE, DataFolder, find_notebooks
from asf_analysis.kpis.municipality import municipalities_of
from asf_analysis.kpis.results import Results
from asf_analysis.kpis.trends import trends_of
from asf_analysis.pipeline import load_results, protect_year
from asf_analysis.reports.catalogue import reports_for
from asf_analysis.reports.export import export_html

PROCESSES = 2
NOTEBOOKS = [report.name for report in reports_for("public")]
FORMATTER = DisplayFormatter()


@dataclass(frozen=True)
class Loaded:
    """What the public notebooks of a year load, from results that are measured and choices that are made."""

    year: int
    measured: Mapping[int, Results]
    choices: Mapping[int, Choice]

    @cached_property
    def report(self) -> Any:
        """What `load` gives."""
        return protect_year(self.measured[self.year], "public", [self.choices[self.year]])[0]

    def municipalities(self) -> Any:
        """Give what `load_municipalities` does."""
        before = self.measured.get(self.year - 1)
        measured = municipalities_of(self.measured[self.year], before)
        return protect_municipalities(measured, "public", self._chosen(measured.years), "")

    def trends(self) -> Any:
        """Give what `load_trends` does."""
        measured = trends_of([self.measured[year] for year in sorted(self.measured) if year <= self.year])
        return protect_trends(measured, "public", self._chosen(measured.years))

    def _chosen(self, years: Sequence[Results]) -> list[Choice]:
        return [self.choices[one.period.year] for one in years]


@contextmanager
def loading(loaded: Loaded) -> Iterator[None]:
    """Let the functions that notebooks load with give what is loaded."""
    instead: dict[str, Callable[..., Any]] = {
        "load": lambda *_, **__: loaded.report,
        "load_municipalities": lambda *_, **__: loaded.municipalities(),
        "load_trends": lambda *_, **__: loaded.trends(),
    }
    before = {name: getattr(asf_analysis, name) for name in instead}
    for name, function in instead.items():
        setattr(asf_analysis, name, function)
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(asf_analysis, name, function)


def executed(notebook: nbformat.NotebookNode, year: int) -> nbformat.NotebookNode:
    """Run a notebook's cells as plain code; gives it with the outputs that a kernel would have given."""
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        parameters = f"\nyear = {year}" if "parameters" in cell.metadata.get("tags", []) else ""
        *statements, last = ast.parse(cell.source + parameters).body
        if not isinstance(last, ast.Expr):
            statements.append(last)
        exec(compile(ast.Module(statements, []), "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            data, metadata = FORMATTER.format(value)
            cell.outputs = [nbformat.v4.new_output("execute_result", data=data, metadata=metadata)]
    return notebook


def make_pages(loaded: Loaded, notebooks: Path, output: Path, names: Sequence[str] = NOTEBOOKS) -> None:
    """Make the pages of a year."""
    folder = output / str(loaded.year)
    folder.mkdir(parents=True, exist_ok=True)
    with loading(loaded):
        for name in names:
            ran = executed(nbformat.read(notebooks / f"{name}.ipynb", as_version=4), loaded.year)
            page = export_html(ran, datetime.now().astimezone())
            (folder / f"{name}.html").write_text(page, encoding="utf-8")


def make_all(data: DataFolder, output: Path, years: Sequence[int]) -> None:
    """Make the public pages of some years by two processes: they measure, then they make what rests on it."""
    fork = multiprocessing.get_context("fork")
    with fork.Pool(PROCESSES) as pool:
        asked = [(year, data) for year in years]
        measured = dict(zip(years, pool.starmap(load_results, asked, chunksize=1), strict=True))
    known, choices = pattern_known(output), {}
    for year in years:
        choices[year], known = choose_one(measured[year], known)
    # The second pair of processes is forked with all that was measured: nothing is sent to it.
    todo = [Loaded(year, measured, choices) for year in sorted(years, reverse=True)]
    notebooks = find_notebooks()

    def make_share(share: int) -> None:
        for loaded in todo[share::PROCESSES]:
            make_pages(loaded, notebooks, output)

    workers = [fork.Process(target=make_share, args=(share,)) for share in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("A process that made pages failed.")


def warm(data: DataFolder, output: Path, year: int) -> None:
    """Do everything once, so that all is imported and every cache is filled that can be."""
    measured = {year: load_results(year, data)}
    choice, _ = choose_one(measured[year], pattern_known(output))
    make_pages(Loaded(year, measured, {year: choice}), find_notebooks(), output)


def main(data: str, output: str, span: str) -> None:
    """Print the seconds that the pages of some years take."""
    mpl.use("agg")
    first, last = map(int, span.split("-"))
    folder = DataFolder(Path(data).resolve())
    os.environ[DATA_VARIABLE] = str(folder.root)
    warm(folder, Path(output) / "warm", last)
    started = time.perf_counter()
    make_all(folder, Path(output), range(first, last + 1))
    print(f"{time.perf_counter() - started:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
