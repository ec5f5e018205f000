"""Intake: raw workbooks of growing demonstrations made clean tables."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from asf_analysis.association import load_association
from asf_analysis.demonstration import write_demonstration
from asf_analysis.folders import DataFolder
from asf_analysis.intake import read_years
from benchmarks.timing import seconds

TITLE = "Intake of one year and the year before it"
DATA = Path(__file__).parent.parent / "data"
SCALES = (1, 10, 100)


def measure() -> Iterator[tuple[str, str]]:
    """Give rows per second at each scale; the cost is linear where they stay alike."""
    for scale in SCALES:
        with tempfile.TemporaryDirectory() as folder:
            write_demonstration(Path(folder), (2017, 2018), scale, copy_from=DATA)
            data = DataFolder(Path(folder))
            association = load_association(data)
            spent = seconds(lambda: read_years(data, association, (2017, 2018)))  # noqa: B023  # called at once
            rows = int(read_years(data, association, (2017, 2018)).intake["raw_rows"].sum())
        yield f"scale {scale}: {rows} rows", f"{spent:.2f} s, {rows / spent:,.0f} rows/s"
