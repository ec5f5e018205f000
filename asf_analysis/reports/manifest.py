"""The manifest of a report: what it was made from, with which versions, and how it went."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from platform import python_version

from asf_analysis.folders import DataFolder

PACKAGES = ("asf-analysis", "pandas", "matplotlib", "seaborn", "papermill", "nbconvert")


def input_files(data: DataFolder, years: Sequence[int], year: int) -> tuple[Path, ...]:
    """Name every file that a year's report is made from, in order."""
    folders = [data.raw_year(one) for one in years]
    raw = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    others = [
        data.association,
        data.targets,
        *data.assessment(year).parent.glob(f"{year}*.md"),
        data.published(year),
        data.published(year - 1),
        data.statements,
        data.population,
        *(data.corrections(one) for one in years),
        *(path for path in data.raw.iterdir() if path.is_file()),
    ]
    return tuple(sorted(path for path in (*raw, *others) if path.is_file()))


def manifest_of(
    name: str,
    parameters: Mapping[str, object],
    data: DataFolder,
    inputs: Sequence[Path],
    kpis: Sequence[Mapping[str, object]],
    rows: Mapping[str, int],
    started: datetime,
    ended: datetime,
) -> str:
    """Give a report's manifest as JSON; times are local, durations in seconds."""
    content = {
        "report": name,
        "status": "published",
        "parameters": dict(parameters),
        "started": started.isoformat(timespec="seconds"),
        "duration_seconds": round((ended - started).total_seconds(), 1),
        "inputs": [
            {
                "file": path.relative_to(data.root).as_posix(),
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            for path in inputs
        ],
        "rows": dict(rows),
        "kpis": {str(kpi["kpi"]): kpi["result"] for kpi in kpis},
        "versions": {"python": python_version(), **{package: version(package) for package in PACKAGES}},
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
