"""The manifests: what a report was made from, with which versions and how it went; and so for a run.

Their JSON Schemas are those of the models below, published in `docs/` (a test holds them equal).
"""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from asf_analysis.reports.workers.digest import PACKAGE

Status = Literal["klar", "oförändrad", "misslyckades"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InputFile(_Record):
    """A file that the report was made from."""

    file: str = Field(description="Path in the data folder.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)
    rows: int | None = Field(default=None, ge=0, description="Rows of data; null where they are not counted.")


class Document(_Record):
    """A file that the report published."""

    file: str = Field(description="Path in the year's folder.")
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)


class Rows(_Record):
    """Rows read, used and set aside; raw = clean + set_aside."""

    raw: int = Field(ge=0)
    clean: int = Field(ge=0)
    set_aside: int = Field(ge=0)


class KpiValue(_Record):
    """A KPI as the report tells it; null where it is missing or withheld, as `status` says."""

    label: str
    unit: str = ""
    result: float | int | None = None
    target: float | int | None = None
    baseline: float | int | None = None
    status: str = ""
    approximate: bool = False
    withheld: bool = False
    whole: int | None = Field(default=None, description="Of a share: what result is counted of.")
    baseline_whole: int | None = None


class Replaced(_Record):
    """The edition of the same report that this one took the place of."""

    made: datetime
    key: str


class ReportManifest(_Record):
    """What a report was made from, and how."""

    report: str
    title: str
    status: Literal["published"] = "published"
    parameters: Mapping[str, str | int]
    formats: tuple[str, ...]
    key: str = Field(description="Changes when anything changes that the report is made from.")
    made: datetime
    duration_seconds: float = Field(ge=0)
    peak_memory_mb: int | None = Field(default=None, ge=0)
    inputs: tuple[InputFile, ...]
    rows: Rows
    kpis: Mapping[str, KpiValue]
    documents: tuple[Document, ...]
    notebook_sha256: str
    commit: str | None = Field(
        default=None, description="Of the package; +changes where files differ from it."
    )
    versions: Mapping[str, str]
    replaced: Replaced | None = None


class RunReport(_Record):
    """A report of a run."""

    title: str
    year: int
    audience: str
    status: Status
    seconds: float = Field(ge=0)
    documents: tuple[str, ...] = ()
    reason: str = ""
    trace: str = ""


class RunManifest(_Record):
    """How a run went."""

    started: datetime
    duration_seconds: float = Field(ge=0)
    workers: int = Field(ge=1)
    how: str = Field(description="fork, spawn, this process, or a cluster's address.")
    reports: tuple[RunReport, ...]
    archived: tuple[str, ...] = Field(default=(), description="Where replaced editions are kept.")
    exit_code: int
    peak_memory_mb: int | None = None
    commit: str | None = None
    versions: Mapping[str, str]


def as_json(manifest: BaseModel) -> str:
    """Write a manifest as a file holds it."""
    return manifest.model_dump_json(indent=2) + "\n"


def read_manifest(file: Path) -> ReportManifest | None:
    """Read a report's manifest; None where there is none, or one of another version of the tool."""
    try:
        return ReportManifest.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def document_of(name: str, content: bytes) -> Document:
    """Tell what a published file holds."""
    return Document(file=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))


def is_as_published(document: Document, folder: Path) -> bool:
    """Tell whether a published file is there and holds what it was published with."""
    try:
        return hashlib.sha256((folder / document.file).read_bytes()).hexdigest() == document.sha256
    except OSError:
        return False


def kpi_value(record: Mapping[str, Any]) -> KpiValue:
    """Take what a manifest tells of a KPI from its record in kpis.json."""
    return KpiValue(
        label=str(record["label"]),
        unit=str(record.get("unit") or ""),
        result=record.get("result"),
        target=record.get("target"),
        baseline=record.get("baseline"),
        status=str(record.get("status") or ""),
        approximate=bool(record.get("approximate")),
        withheld=bool(record.get("withheld")),
        whole=record.get("whole"),
        baseline_whole=record.get("baseline_whole"),
    )


@cache
def commit() -> str | None:
    """Give the commit that the package stands at; None where it is in no git checkout, or git is missing."""
    try:
        head = _git("rev-parse", "HEAD")
        changed = _git("status", "--porcelain", "--", str(PACKAGE))
    except (OSError, subprocess.CalledProcessError):
        return None
    return f"{head}+changes" if changed else head


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(PACKAGE.parent), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def schemas() -> Mapping[str, dict[str, Any]]:
    """Give the JSON Schema of each kind of manifest, by the name of its file in `docs/`."""
    kinds: dict[str, type[BaseModel]] = {
        "report-manifest.schema.json": ReportManifest,
        "run-manifest.schema.json": RunManifest,
    }
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {name: draft | kind.model_json_schema(mode="serialization") for name, kind in kinds.items()}
