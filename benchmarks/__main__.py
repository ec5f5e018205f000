"""Run the benchmarks, or those named, and print what was measured beside the versions it was measured with.

`python -m benchmarks intake laws` runs two of them; `chaos`, which takes hours, runs only where it is named.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from platform import python_version

from benchmarks import (
    batch,
    chaos,
    disclosure,
    export,
    intake,
    laws,
    release,
    report,
    scaling,
    trends,
    workbooks,
)

PACKAGES = (
    "pandas",
    "python-calamine",
    "openpyxl",
    "papermill",
    "nbconvert",
    "matplotlib",
    "scipy",
    "highspy",
)
SUBJECTS = {
    "intake": intake,
    "workbooks": workbooks,
    "report": report,
    "batch": batch,
    "scaling": scaling,
    "export": export,
    "trends": trends,
    "disclosure": disclosure,
    "release": release,
    "laws": laws,
    "chaos": chaos,
}
ONLY_BY_NAME = {"chaos"}
"""Those that take hours."""


def main(names: list[str]) -> None:
    """Print a line per figure."""
    unknown = set(names) - set(SUBJECTS)
    if unknown:
        raise SystemExit(
            f"There is no benchmark {', '.join(sorted(unknown))}. There are {', '.join(SUBJECTS)}."
        )
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    print(f"Python {python_version()}, {os.cpu_count()} processors; {versions}\n")
    for subject in (SUBJECTS[name] for name in names or SUBJECTS if names or name not in ONLY_BY_NAME):
        print(subject.TITLE)
        for name, figure in subject.measure():
            print(f"  {name:<70} {figure}", flush=True)
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
