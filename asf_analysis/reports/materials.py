"""What a report shows, out of measured results: what its notebook asks for, and the files beside its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from asf_analysis.disclosure.choice import Choice
from asf_analysis.disclosure.municipalities import protect_municipalities
from asf_analysis.disclosure.published import Published
from asf_analysis.disclosure.quality import DataQuality
from asf_analysis.disclosure.revisions import record_of
from asf_analysis.disclosure.trends import protect_trends
from asf_analysis.folders import INTERIM, DataFolder, figures_file
from asf_analysis.handover import Asked
from asf_analysis.kpis.municipality import municipalities_of
from asf_analysis.kpis.results import Results
from asf_analysis.kpis.trends import Paces, trends_of
from asf_analysis.pipeline import load_quality, protect_year
from asf_analysis.presentation.evidence import KPI_ROWS_FILE, kpi_rows_as_csv
from asf_analysis.presentation.open_data import open_data
from asf_analysis.presentation.records import faults_as_csv, kpi_records, log_as_csv
from asf_analysis.reports.requests import Request

Documents = Mapping[str, str | bytes]
NO_DOCUMENTS: Documents = MappingProxyType({})


@dataclass(frozen=True)
class Material:
    """What a report shows.

    `told` is what its notebook asks for, past the door. `documents` lie beside its page; a name may hold a
    folder, and text is written as UTF-8. `rows` are counted in all, and `file_rows` in each file, without
    those of forms. `kpis` are the records of kpis.json. `kept` are files for the office that the next
    edition reads.
    """

    told: Any
    documents: Documents
    rows: Mapping[str, int]
    file_rows: Mapping[str, int] = field(default_factory=dict)
    kpis: Sequence[Mapping[str, object]] = ()
    kept: Mapping[str, str] = field(default_factory=dict)


def material_of(
    request: Request,
    years: Sequence[Results],
    choices: Sequence[Choice],
    data: DataFolder,
    record: str = "",
    on: date = date.min,
    paces: Sequence[Paces] = (),
) -> Material:
    """Give what a report shows of the periods that it tells, its own the last of them.

    `choices` are what is withheld of each, `record` is what the edition before told, `on` the day on which
    this one is made, and `paces` what has been measured within the years already. A report of data quality
    reads `data` itself, whatever faults there are, and is given no periods.
    """
    audience, loads = request.audience, request.report.loads
    if loads == "quality":
        return _quality(load_quality(request.year, audience, data.root))
    if loads == "trends":
        told: Any = protect_trends(trends_of(years, paces), audience, choices)
        published = told.current
    elif loads == "municipalities":
        measured = municipalities_of(years[-1], years[0] if len(years) > 1 else None)
        told = protect_municipalities(measured, audience, choices, request.municipality)
        published = told.current
    else:
        told = protect_year(years[-1], audience, choices[-1:], record)
        published = told[0]
    sheets = pd.concat([one.tables.intake for one in years]).drop_duplicates(["table", "file", "sheet"])
    rows, file_rows = _rows(sheets), _rows_of_files(sheets)
    if not request.report.open_data:
        return Material(told, NO_DOCUMENTS, rows, file_rows, kpi_records(published))
    kept = {figures_file(audience, request.as_of): record_of(published, years[-1].tables, on)}
    return Material(told, _open_data(request, published), rows, file_rows, kpi_records(published), kept)


def asked_by(request: Request) -> Asked:
    """Give what a report's notebook asks for."""
    loads, day = request.report.loads, request.as_of
    return Asked(loads, request.year, request.audience, day, request.municipality)


def _open_data(request: Request, published: Published) -> Documents:
    """Give a year's figures as open data, and for the internal audience the raw rows behind each KPI.

    Those of a part of a year lie in a folder of their own, so that they never take the place of the year's.
    """
    evidence = {KPI_ROWS_FILE: kpi_rows_as_csv(published)} if request.audience == "internal" else {}
    folder = f"{INTERIM}/{request.as_of}/" if request.as_of else ""
    return {f"{folder}{name}": content for name, content in {**open_data(published), **evidence}.items()}


def _quality(quality: DataQuality) -> Material:
    return Material(
        told=quality,
        documents={
            "cleaning_log.csv": log_as_csv(quality.log),
            "faults.csv": faults_as_csv(quality.faults),
        },
        rows=_rows(quality.intake),
        file_rows=_rows_of_files(quality.intake),
    )


def _rows(sheets: pd.DataFrame) -> Mapping[str, int]:
    counts = {"raw": "raw_rows", "clean": "clean_rows", "set_aside": "set_aside"}
    return {name: int(sheets[column].sum()) for name, column in counts.items()}


def _rows_of_files(sheets: pd.DataFrame) -> Mapping[str, int]:
    return {str(file): int(rows) for file, rows in sheets.groupby("file")["raw_rows"].sum().items()}
