"""Intake: raw CSV of growing demonstrations made clean tables with their log, against pandas reading them.

Each size is measured in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from asf_analysis.association import load_association
from asf_analysis.demonstration import write_demonstration
from asf_analysis.folders import DataFolder
from asf_analysis.intake.inspection import read_years
from asf_analysis.intake.schemas import CleanTables
from benchmarks.timing import fastest, peak_megabytes

TITLE = (
    "Intake of two years from CSV (to reach: within 8 × pandas.read_csv of the same files, linear in rows)"
)
DATA = Path(__file__).parent.parent / "data"
YEARS = (2017, 2018)
ROUNDS_AT_SCALE = {100: 5, 1000: 3, 10_000: 2}
BESIDE_THE_SURVEY = ("informationsinsatser", "utbildningar", "handledarplatser")


def measure() -> Iterator[tuple[str, str]]:
    """Give rows per second at each size; the cost is linear where they stay alike."""
    for scale, rounds in ROUNDS_AT_SCALE.items():
        with tempfile.TemporaryDirectory() as folder:
            write_survey(Path(folder), scale)
            command = [sys.executable, "-m", "benchmarks.intake", folder, str(rounds)]
            told = subprocess.run(command, cwd=DATA.parent, check=True, capture_output=True, text=True)
        figures = json.loads(told.stdout)
        rows, ours, theirs, survey = (figures[name] for name in ("rows", "ours", "theirs", "survey"))
        yield f"{rows:,} survey rows: intake", f"{ours:.2f} s, {rows / ours:,.0f} rows/s"
        yield f"{rows:,} survey rows: pandas.read_csv of the same files", f"{theirs:.2f} s"
        yield f"{rows:,} survey rows: pandas.read_csv of the survey's files alone", f"{survey:.2f} s"
        yield (
            f"{rows:,} survey rows: the first ÷ the second, and ÷ the third",
            f"{ours / theirs:.1f}, {ours / survey:.1f}",
        )
        yield f"{rows:,} survey rows: lines in the log", f"{figures['log']:,}"
        yield f"{rows:,} survey rows: peak memory of intake", f"{figures['peak']:,.0f} MB"


def write_survey(folder: Path, scale: int) -> None:
    """Write a demonstration so large, of which only the survey and its register of enterprises stay large."""
    write_demonstration(folder, YEARS, scale, copy_from=DATA, form="csv")
    with tempfile.TemporaryDirectory() as small:
        write_demonstration(Path(small), YEARS, copy_from=DATA, form="csv")
        for year in YEARS:
            for name in BESIDE_THE_SURVEY:
                own = DataFolder(folder).raw_year(year) / f"{name}.csv"
                own.write_bytes((DataFolder(Path(small)).raw_year(year) / own.name).read_bytes())


def figures_of(data: DataFolder, rounds: int) -> dict[str, float]:
    """Give the seconds of both ways, the rows and the peak memory of one data folder."""
    association = load_association(data)
    files = sorted(data.raw.glob("**/*.csv"))
    survey_files = [file for file in files if file.stem.startswith("enkat")]
    read: list[CleanTables] = []
    peak = peak_megabytes(lambda: read.append(read_years(data, association, YEARS)))
    rows, log = len(read[0].responses), len(read[0].log)
    read.clear()
    ours, theirs, survey = fastest(
        lambda: read_years(data, association, YEARS),
        lambda: _read_by_pandas(files),
        lambda: _read_by_pandas(survey_files),
        rounds=rounds,
    )
    return {"ours": ours, "theirs": theirs, "survey": survey, "rows": rows, "log": log, "peak": peak}


def _read_by_pandas(files: list[Path]) -> list[pd.DataFrame]:
    with warnings.catch_warnings(action="ignore", category=pd.errors.DtypeWarning):
        return [pd.read_csv(file, sep=";", encoding="utf-8-sig") for file in files]


if __name__ == "__main__":
    print(json.dumps(figures_of(DataFolder(Path(sys.argv[1])), int(sys.argv[2]))))
