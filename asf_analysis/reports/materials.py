"""What a report needs beside its notebook: read before a kernel starts, by one function for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from asf_analysis.disclosure.editions import choose_withheld, edition_of
from asf_analysis.disclosure.protect import protect
from asf_analysis.disclosure.published import Audience, Published
from asf_analysis.folders import INTERIM, DataFolder
from asf_analysis.kpis.results import Results
from asf_analysis.pipeline import load_quality, load_results, measure_municipalities, measure_trends
from asf_analysis.presentation.evidence import KPI_ROWS_FILE, kpi_rows_as_csv
from asf_analysis.presentation.open_data import open_data
from asf_analysis.presentation.records import faults_as_csv, kpi_records, log_as_csv

NO_DOCUMENTS: Mapping[str, str | bytes] = MappingProxyType({})


@dataclass(frozen=True)
class Material:
    """The documents that lie beside a report's page, and what its manifest says of the data.

    A document's name may hold a folder; text is written as UTF-8. `edition` are files for the office about
    what a public edition shows and withholds, which later ones read.
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
    published, edition = _published([load_results(year, data, as_of=as_of)], audience, output)
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
    return _of(*_published([load_results(year, data, as_of=as_of)], audience, output))


def municipalities_material(
    year: int, audience: Audience, data: DataFolder, output: Path, as_of: str = ""
) -> Material:
    """Give no documents beside the page, as `figures_material`, but read the year before too, which it tells.

    Raises DataFaults where a fault in the data stops the report.
    """
    return _of(*_published(measure_municipalities(year, data, as_of=as_of).years, audience, output))


def trends_material(
    year: int, audience: Audience, data: DataFolder, output: Path, as_of: str = ""
) -> Material:
    """Give no documents beside the page, as `figures_material`, but read every year that the page tells.

    Raises DataFaults where a fault in the data of any of the years stops the report.
    """
    return _of(*_published(measure_trends(year, data, as_of=as_of).years, audience, output))


def _published(
    years: Sequence[Results], audience: Audience, output: Path
) -> tuple[Published, Mapping[str, str]]:
    """Give the figures of the last of the years that a page tells, and what the next edition must know."""
    choices = choose_withheld(years, audience, output)
    edition = edition_of(years, choices, output) if audience == "public" else {}
    return protect(years[-1], audience, choices[-1]), edition


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
