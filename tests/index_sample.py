"""An output folder made by hand: a few years as runs leave them, for the tests of the index."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from published_sample import make_outcome, make_report, outcomes_of_2018

from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import Period, Result
from asf_analysis.presentation.records import kpis_as_json

SECRET = "Kafé Hemligheten"
"""Stands in everything that is not for the public."""

TITLES = {"data/goals.csv": "Mål och resultat", "data/people.csv": "Deltagare efter kommun & kön"}
DOCUMENTS = ("annual_report.html", "annual_report.pdf", "annual_report.docx", "kpis.csv", "kpis.xlsx")


def with_result(amount: float | None, **more: object) -> list[Outcome]:
    """The outcomes of 2018, but for the organisations informed (32, and 30 was the target)."""
    result = Result(amount, **more)  # type: ignore[arg-type]
    return [
        make_outcome(outcome.kpi, result, target=30)
        if outcome.kpi.key == "organisations_informed"
        else outcome
        for outcome in outcomes_of_2018()
    ]


def publish_year(
    output: Path,
    year: int,
    outcomes: Sequence[Outcome] | None = None,
    titles: Mapping[str, str] = TITLES,
    documents: Sequence[str] = DOCUMENTS,
) -> Path:
    """Lay out what a public and an internal run leave of a year; gives the year's folder."""
    folder = output / str(year)
    report = make_report(outcomes, period=Period.of_year(year))
    resources = [{"path": path, "title": title} for path, title in titles.items()]
    write(folder / "kpis.json", kpis_as_json(report))
    write(folder / "datapackage.json", json.dumps({"name": "asf", "resources": resources}))
    for number, name in enumerate([*documents, *titles], start=1):
        write(folder / name, "x" * number * 1000)
    for name in ("annual_report.html", "kpis.json", "datapackage.json", "data/goals.csv"):
        write(folder / "internal" / name, SECRET)
    return folder


def write(file: Path, text: str) -> Path:
    """Write a file, with the folders it needs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
