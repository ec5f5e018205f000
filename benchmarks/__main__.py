"""Run every benchmark, and print what was measured beside the versions that it was measured with."""

from __future__ import annotations

import os
from importlib.metadata import version
from platform import python_version

from benchmarks import intake, report

PACKAGES = ("pandas", "papermill", "nbconvert", "matplotlib")


def main() -> None:
    """Print a line per figure."""
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    print(f"Python {python_version()}, {os.cpu_count()} processors; {versions}\n")
    for subject in (intake, report):
        print(subject.TITLE)
        for name, figure in subject.measure():
            print(f"  {name:<62} {figure}")
        print()


main()
