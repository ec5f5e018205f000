"""More and more reports: the time of each, and the memory of all processes together."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.batch import ROOT, demonstration, reports_of

FIRST = 2001
YEARS = (1, 4, 16, 40)
"""Years of which the report of each of ten municipalities is made: 10, 40, 160 and 400 reports."""

MUNICIPALITIES = 10
SECONDS_BETWEEN = 0.5
TITLE = "A report for each of ten municipalities, of more and more years (to reach: memory does not grow)"


def measure(years: tuple[int, ...] = YEARS) -> Iterator[tuple[str, str]]:
    """Give the seconds of a report and the peak of memory, for each number of reports."""
    with tempfile.TemporaryDirectory() as folder:
        data = demonstration(Path(folder) / "data", (FIRST - 1, FIRST + max(years) - 1))
        peaks = []
        for number in years:
            reports = number * MUNICIPALITIES
            span = (FIRST, FIRST + number - 1)
            command = reports_of(data, span, Path(folder) / f"output-{number}")
            taken, peak, made = watched([*command, "--notebook", "municipalities", "--municipality", "alla"])
            if made != reports:
                raise SystemExit(f"{made} reports were made, not {reports}.")
            peaks.append(peak)
            yield f"{reports} reports: seconds of each", f"{taken / reports:.3f} s"
            yield f"{reports} reports: most memory of all processes", f"{peak:.0f} MB"
    yield f"memory of {years[-1]} years ÷ memory of {years[0]}", f"{peaks[-1] / peaks[0]:.2f}"


def watched(arguments: list[str]) -> tuple[float, float, int]:
    """Run the command line; gives its seconds, the most megabytes of its process tree, and its documents."""
    started, peak = time.perf_counter(), 0.0
    with tempfile.TemporaryFile("w+") as told, tempfile.TemporaryFile("w+") as said:
        command = [sys.executable, "-m", "asf_analysis.cli", *arguments]
        with subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=said) as process:
            while process.poll() is None:
                peak = max(peak, tree_megabytes(process.pid))
                time.sleep(SECONDS_BETWEEN)
        taken = time.perf_counter() - started
        told.seek(0)
        said.seek(0)
        if process.returncode:
            raise SystemExit(f"It ended with {process.returncode}:\n{said.read()}")
        return taken, peak, len(told.read().splitlines())


def tree_megabytes(pid: int) -> float:
    """Sum the memory of a process and all below it; what forked processes share is counted once (Linux)."""
    total = 0
    try:
        root = psutil.Process(pid)
        tree = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    for process in tree:
        try:
            memory = process.memory_full_info() if psutil.LINUX else process.memory_info()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            # It ended between being found and being asked.
            continue
        total += memory.pss if psutil.LINUX else memory.rss
    return total / 1e6
