"""Several years: how long it takes to load the demonstration's four years, and ten invented ones."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from asf_analysis import load_trends
from asf_analysis.demonstration import DEFAULT_YEARS, write_demonstration
from asf_analysis.folders import find_data
from benchmarks.timing import seconds

TEN_YEARS = range(2010, 2020)
ROUNDS = 3
TITLE = "Trends: raw data of all years to Trends (to reach: 3 s for four years)"


def measure() -> Iterator[tuple[str, str]]:
    """Give the seconds for each number of years, and how many forecasts were tested."""
    own = find_data(None).root
    with tempfile.TemporaryDirectory() as folder:
        ten = Path(folder) / "data"
        write_demonstration(ten, TEN_YEARS, copy_from=own, form="csv")
        for years, data in ((DEFAULT_YEARS, own), (TEN_YEARS, ten)):
            told = load_trends(years[-1], data=data)
            taken = min(seconds(partial(load_trends, years[-1], data=data)) for _ in range(ROUNDS))
            yield f"{len(told.years)} years, {len(told.tested)} forecasts tested", f"{taken:.2f} s"
