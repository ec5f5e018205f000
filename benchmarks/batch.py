"""Many reports, two at a time: ours, a shell loop, the bare functions, ours again and ours without fork."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from asf_analysis.folders import DATA_VARIABLE, OUTPUT_VARIABLE
from asf_analysis.reports.catalogue import reports_for
from benchmarks.timing import seconds

YEARS = (2013, 2022)
ROUNDS = 3
WORKERS = 2
TITLE = (
    "Forty reports, two workers (to reach: 8 times as fast as the shell loop, 1.6 times the limit, "
    "unchanged 4 %, without fork 2.5 times the shell loop)"
)
ROOT = Path(__file__).parent.parent
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
NOTEBOOKS = tuple(report.name for report in reports_for("public"))


@dataclass(frozen=True)
class Round:
    """The seconds of each way, taken in turn; and how many pages of the limit were as ours."""

    ours: float
    again: float
    loop: float
    limit: float
    without_fork: float
    alike: int


def measure(years: tuple[int, int] = YEARS, rounds: int = ROUNDS) -> Iterator[tuple[str, str]]:
    """Give the seconds of each way, and the ratios round by round."""
    reports = (years[1] - years[0] + 1) * len(NOTEBOOKS)
    with tempfile.TemporaryDirectory() as folder:
        data = demonstration(Path(folder) / "data", years)
        taken = [_round(data, years, Path(folder) / f"round-{number}") for number in range(rounds)]
    yield f"asf-analysis run --workers {WORKERS}, {reports} reports", _seconds([one.ours for one in taken])
    yield "for each: papermill, then jupyter nbconvert --to asf_report", _seconds([one.loop for one in taken])
    yield "the bare functions in two warm processes", _seconds([one.limit for one in taken])
    yield "asf-analysis run without fork", _seconds([one.without_fork for one in taken])
    yield "asf-analysis run again, nothing changed", _seconds([one.again for one in taken])
    yield "shell loop ÷ run", _ratio([one.loop / one.ours for one in taken])
    yield "run ÷ bare functions", _ratio([one.ours / one.limit for one in taken])
    yield "shell loop ÷ run without fork", _ratio([one.loop / one.without_fork for one in taken])
    yield "run again ÷ run", f"{statistics.median(one.again / one.ours for one in taken):.1%}"
    yield "pages of the bare functions that are as ours, but for the time", f"{taken[-1].alike} of {reports}"


def demonstration(folder: Path, years: tuple[int, int]) -> Path:
    """Write demonstration data of some years."""
    run("asf_analysis.cli", "demo", "--output", str(folder), "--years", f"{years[0]}-{years[1]}")
    return folder


def run(module: str, *arguments: str, **variables: str) -> str:
    """Run a module in a new process, as a shell would; gives what it wrote. Raises where it fails."""
    finished = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **variables},
    )  # fmt: skip
    if finished.returncode:
        raise SystemExit(
            f"{module} {' '.join(arguments)} ended with {finished.returncode}:\n{finished.stderr}"
        )
    return finished.stdout


def reports_of(data: Path, years: tuple[int, int], output: Path) -> list[str]:
    """Give the words that make the reports of some years."""
    span = f"{years[0]}-{years[1]}"
    return ["run", "--years", span, "--data", str(data), "--output", str(output), "--workers", str(WORKERS)]


def _round(data: Path, years: tuple[int, int], place: Path) -> Round:
    ours, bare = place / "ours", place / "bare"
    (place / "loop").mkdir(parents=True)
    command = reports_of(data, years, ours)
    first = seconds(lambda: run("asf_analysis.cli", *command))
    again = seconds(lambda: run("asf_analysis.cli", *command))
    loop = seconds(lambda: _shell_loop(data, years, place / "loop"))
    span = f"{years[0]}-{years[1]}"
    limit = float(run("benchmarks.bare", str(data), str(bare), span, **ONE_THREAD))
    forkless = reports_of(data, years, place / "forkless")
    without_fork = seconds(lambda: run("asf_analysis.cli", *forkless, ASF_ANALYSIS_FORK="no"))
    pages = [f"{year}/{name}.html" for year in range(years[0], years[1] + 1) for name in NOTEBOOKS]
    alike = sum(_timeless(ours / page) == _timeless(bare / page) for page in pages)
    return Round(first, again, loop, limit, without_fork, alike)


def _shell_loop(data: Path, years: tuple[int, int], place: Path) -> None:
    variables = {DATA_VARIABLE: str(data), OUTPUT_VARIABLE: str(place / "no earlier editions")}
    for year in range(years[0], years[1] + 1):
        for name in NOTEBOOKS:
            notebook, executed = ROOT / "notebooks" / f"{name}.ipynb", place / f"{name}-{year}.ipynb"
            given = [str(notebook), str(executed), "-p", "year", str(year), "--no-progress-bar"]
            run("papermill", *given, **variables)
            run("jupyter", "nbconvert", "--to", "asf_report", str(executed), **variables)


def _timeless(page: Path) -> list[str]:
    """Give a page's lines but for the one with the time, and blank ones: papermill's own cell leaves one."""
    lines = page.read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and 'class="generated"' not in line]


def _seconds(taken: Sequence[float]) -> str:
    return f"{statistics.median(taken):.2f} s"


def _ratio(taken: Sequence[float]) -> str:
    return f"{statistics.median(taken):.2f}"
