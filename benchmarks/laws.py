"""The laws of intake, tried with many more examples than the tests have time for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import seconds

TITLE = "Laws of intake, with the hypothesis profile `benchmark`"
ROOT = Path(__file__).parent.parent
LAWS = "tests/test_intake_laws.py"


def measure() -> Iterator[tuple[str, str]]:
    """Give pytest's last line; a law that does not hold ends the benchmark with what pytest said of it."""
    command = [sys.executable, "-m", "pytest", "-q", "--hypothesis-profile=benchmark", LAWS]
    finished: list[subprocess.CompletedProcess[str]] = []
    spent = seconds(
        lambda: finished.append(
            subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        )
    )
    if finished[0].returncode:
        raise SystemExit(finished[0].stdout + finished[0].stderr)
    yield LAWS, f"hold; {spent:.0f} s"
