"""What a report needs beside its notebook: read before a kernel starts, by one function for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from asf_analysis.disclosure.published import Audience, Published
from asf_analysis.folders import INTERIM, DataFolder
from asf_analysis.pipeline import load, load_edition, load_quality, load_trends
from asf_analysis.presentation.evidence import KPI_ROWS_FILE, kpi_rows_as_csv
from asf_analysis.presentation.open_data import open_data
from asf_analysis.presentation.records import faults_as_csv, kpi_records, log_as_csv

NO_DOCUMENTS: Mapping[str, str | bytes] = MappingProxyType({})


@dataclass(frozen=True)
class Material:
    """The documents that lie beside a report's page, and what its manifest says of the data.

    A document's name may hold a folder; text is written as UTF-8. `edition` are files for the office about
    what a public edition shows and withholds.
    """

    documents: Mapping[str, str | bytes]
    rows: Mapping[str, int]
    kpis: Sequence[Mapping[str, object]] = ()
    edition: Mapping[str, str] = field(default_factory=dict)


def results_material(
    year: int, audience: Audience, data: DataFolder, output: Path, as_of: str = ""
) -> Material:
    """Give a year's figures as open data, and for the internal audience the raw rows behind each KPI.

    Those of a part of a year lie in a folder of their own, so that they never take the place of the year's.
    Raises DataFaults where a fault in the data stops the report.
    """
    published, edition = _read(year, audience, data, output, as_of)
    evidence = {KPI_ROWS_FILE: kpi_rows_as_csv(published)} if audience == "internal" else {}
    documents = {**open_data(published), **evidence}
    folder = f"{INTERIM}/{as_of}/" if as_of else ""
    return _of(published, edition, {f"{folder}{name}": content for name, content in documents.items()})


def figures_material(
    year: int, audience: Audience, data: DataFolder, output: Path, as_of: str = ""
) -> Material:
    """Give no documents beside the page: the year's figures are published with the annual report.

    Raises DataFaults where a fault in the data stops the report.
    """
    return _of(*_read(year, audience, data, output, as_of))


def trends_material(
    year: int, audience: Audience, data: DataFolder, output: Path, as_of: str = ""
) -> Material:
    """Give no documents beside the page, as `figures_material`, but read every year that the page tells.

    Raises DataFaults where a fault in the data of any of the years stops the report.
    """
    load_trends(year, audience, data.root, as_of=as_of)
    return _of(*_read(year, audience, data, output, as_of))


def _read(
    year: int, audience: Audience, data: DataFolder, output: Path, as_of: str
) -> tuple[Published, Mapping[str, str]]:
    """Read a year's figures; of the public edition, what the next one must know too."""
    if audience == "public":
        return load_edition(year, data, output, as_of=as_of)
    return load(year, audience, data.root, as_of=as_of), {}


def _of(
    published: Published, edition: Mapping[str, str], documents: Mapping[str, str | bytes] = NO_DOCUMENTS
) -> Material:
    sources = published.sources
    return Material(
        documents=documents,
        rows={"raw": sources.raw_rows, "clean": sources.clean_rows, "set_aside": sources.set_aside},
        kpis=kpi_records(published),
        edition=edition,
    )


def quality_material(year: int, audience: Audience, data: DataFolder, output: Path) -> Material:  # noqa: ARG001
    """Give the cleaning log and the faults of a year's data, whatever faults there are."""
    quality = load_quality(year, audience, data.root)
    counts = {"raw": "raw_rows", "clean": "clean_rows", "set_aside": "set_aside"}
    return Material(
        documents={
            "cleaning_log.csv": log_as_csv(quality.log),
            "faults.csv": faults_as_csv(quality.faults),
        },
        rows={name: int(quality.intake[column].sum()) for name, column in counts.items()},
    )
