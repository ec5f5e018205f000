"""One report: ours from the command line, against papermill and nbconvert one after the other."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import paired

TITLE = "One report, cold"
ROOT = Path(__file__).parent.parent
ONE_REPORT = ("run", "--year", "2018", "--notebook", "annual_report", "--force")
NOTEBOOK = ROOT / "notebooks" / "annual_report.ipynb"


def measure() -> Iterator[tuple[str, str]]:
    """Give the seconds of both ways, and their ratio pair by pair."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs, ratio = paired(
            lambda: _run("asf_analysis.cli", *ONE_REPORT, "--output", folder),
            lambda: _shell_pair(Path(folder) / "out.ipynb"),
            rounds=3,
        )
    yield "asf-analysis run", f"{ours:.2f} s"
    yield "papermill, then jupyter nbconvert --to asf_report", f"{theirs:.2f} s"
    yield "the second ÷ the first", f"{ratio:.2f}"


def _shell_pair(executed: Path) -> None:
    _run("papermill", str(NOTEBOOK), str(executed), "-p", "year", "2018", "--no-progress-bar")
    _run("jupyter", "nbconvert", "--to", "asf_report", str(executed))


def _run(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, check=True, capture_output=True)
