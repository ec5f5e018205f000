"""What a report leaves: its documents with their manifest, or the notebook that failed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from asf_analysis.folders import OutputFolder
from asf_analysis.reports.inputs import input_files
from asf_analysis.reports.manifest import (
    InputFile,
    Replaced,
    ReportManifest,
    Rows,
    as_json,
    commit,
    document_of,
    kpi_value,
)
from asf_analysis.reports.places import in_folder, manifest_name, notebook_name
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run.made import Made
from asf_analysis.reports.run.plan import Planned
from asf_analysis.reports.run.snapshot import Snapshot
from asf_analysis.reports.workers.digest import versions


def documents_of(one: Planned, made: Made, taken: Snapshot, begun: datetime) -> dict[str, bytes]:
    """Give all that a report publishes, its manifest the last, by where it goes in the year's folder."""
    request = one.request
    documents = {in_folder(request, name): content for name, content in made.documents.items()}
    documents[notebook_name(request)] = made.executed
    documents |= {f"internal/{name}": content for name, content in made.kept.items()}
    manifest = ReportManifest(
        report=request.report.name,
        title=request.title,
        parameters={
            name: str(value) if name != "year" else request.year for name, value in request.parameters.items()
        },
        formats=tuple(form.name for form in request.formats),
        key=taken.keys[one],
        made=begun.astimezone(),
        duration_seconds=round(made.seconds, 2),
        peak_memory_mb=made.peak_memory_mb,
        inputs=tuple(_input(path, made, taken) for path in input_files(request, taken.data)),
        rows=Rows(**made.rows),
        kpis={str(record["kpi"]): kpi_value(record) for record in made.kpis},
        documents=tuple(document_of(name, content) for name, content in documents.items()),
        notebook_sha256=hashlib.sha256(taken.notebooks[one.notebook]).hexdigest(),
        commit=commit(),
        versions=versions(),
        replaced=Replaced(made=one.published.made, key=one.published.key) if one.published else None,
    )
    return documents | {manifest_name(request): as_json(manifest).encode()}


def _input(path: Path, made: Made, taken: Snapshot) -> InputFile:
    read = taken.inputs[path.relative_to(taken.data.root).as_posix()]
    rows = made.file_rows.get(read.file.removeprefix("raw/"))
    return InputFile(file=read.file, sha256=read.sha256, bytes=read.bytes, rows=rows)


def keep_failed(request: Request, notebook: bytes, output: Path, workplace: Path) -> str:
    """Put a failed notebook, whole, where the analyst can open it; gives in Swedish where, or why not."""
    name = f"{request.name}-{request.year}-{request.audience}.ipynb"
    kept = OutputFolder(output, request.year).failed / name
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        written = workplace / name
        written.write_bytes(notebook)
        written.replace(kept)
    except OSError as error:
        return f"Anteckningsboken med felet går inte att spara i {kept} ({error.strerror})."
    return f"Anteckningsboken ligger kvar med felet i {kept}."
