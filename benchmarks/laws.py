"""Laws, tried with many more examples than the tests have time for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import seconds

TITLE = "Laws, with the hypothesis profile `benchmark`"
ROOT = Path(__file__).parent.parent
LAWS = (
    "tests/test_intake_laws.py",
    "tests/test_words_agree_with_data.py",
    "tests/test_words_about_people.py",
)


def measure() -> Iterator[tuple[str, str]]:
    """Try each file of laws; one that does not hold ends the benchmark with what pytest said of it."""
    for laws in LAWS:
        yield laws, f"hold; {seconds(lambda laws=laws: _try(laws)):.0f} s"


def _try(laws: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "--hypothesis-profile=benchmark", laws]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise SystemExit(finished.stdout + finished.stderr)
