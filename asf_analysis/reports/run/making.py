"""The work of a run, in tasks that any process can do: what they need goes in, what they made comes out.

Each is a function of values alone, so that it gives the same in this process, in another, and on another
machine. Measured results travel as bytes, which the run passes on without opening them. The run names tasks
and does not import them (see `work`): it would have to import all that they do.
"""

from __future__ import annotations

import pickle
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import nbformat

from asf_analysis.association import load_association
from asf_analysis.disclosure.audit import audit_folder
from asf_analysis.disclosure.choice import Choice
from asf_analysis.disclosure.editions import edition_of
from asf_analysis.disclosure.release import Release
from asf_analysis.errors import NotPublishable
from asf_analysis.folders import DATA_VARIABLE, HANDOVER_VARIABLE, OUTPUT_VARIABLE, DataFolder, OutputFolder
from asf_analysis.handover import hand_over
from asf_analysis.kpis.results import Results
from asf_analysis.reports import index
from asf_analysis.reports.cover import find_cover
from asf_analysis.reports.execution import execute
from asf_analysis.reports.export import export_html
from asf_analysis.reports.finished import FinishedPage
from asf_analysis.reports.materials import Material, asked_by, material_of
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run.made import Made
from asf_analysis.reports.run.memory import peak_memory_mb


def make(
    request: Request,
    data: DataFolder,
    notebook: bytes,
    periods: Sequence[bytes],
    choices: Sequence[bytes],
    now: datetime,
    place: Path,
    record: str = "",
    paces: Sequence[bytes] = (),
) -> Made:
    """Make a report of periods, its own the last of them, in every format that it was asked for.

    `choices` are what is withheld of each; there are none for the internal audience. The page says that it
    was made `now`. `place` is where temporary files may lie, if it is on this machine; `record` is what the
    edition before told of its figures, `paces` what has been measured within its years already. Raises
    NotebookFailed where the notebook stops, NotPublishable where the document breaks a rule.
    """
    started = time.perf_counter()
    years = [pickle.loads(one) for one in periods]
    with _workplace(place) as workplace:
        chosen = [pickle.loads(one) for one in choices] or _nothing_withheld(years)
        material = material_of(
            request, years, chosen, data, record, now.date(), [pickle.loads(one) for one in paces]
        )
        executed = _run_notebook(request, data, notebook, material, workplace, years, chosen)
        documents = _write_documents(request, executed, material, now)
        ran = (workplace / f"{request.name}.ipynb").read_bytes()
    return Made(
        documents=documents,
        executed=ran,
        kept={name: text.encode() for name, text in material.kept.items()},
        kpis=material.kpis,
        rows=material.rows,
        file_rows=material.file_rows,
        seconds=time.perf_counter() - started,
        peak_memory_mb=peak_memory_mb(),
    )


def _nothing_withheld(years: Sequence[Results]) -> list[Choice]:
    return [Choice(Release.of(one), {}) for one in years]


def _run_notebook(
    request: Request,
    data: DataFolder,
    notebook: bytes,
    material: Material,
    workplace: Path,
    years: Sequence[Results],
    choices: Sequence[Choice],
) -> nbformat.NotebookNode:
    """Run the notebook where it finds what it asks for, and the editions that it will stand among."""
    for name in ("handed", "editions", "temporary"):
        (workplace / name).mkdir()
    hand_over(asked_by(request), material.told, workplace / "handed")
    told = OutputFolder(workplace / "editions", request.year).internal
    told.mkdir(parents=True)
    if request.audience == "public" and years:
        for name, text in edition_of(years, choices, workplace / "editions").items():
            (told / name).write_text(text, encoding="utf-8")
    source = workplace / f"source-{request.report.name}.ipynb"
    source.write_bytes(notebook)
    environment = {
        DATA_VARIABLE: str(data.root),
        OUTPUT_VARIABLE: str(workplace / "editions"),
        HANDOVER_VARIABLE: str(workplace / "handed"),
        "TMPDIR": str(workplace / "temporary"),
    }
    return execute(request, source, environment, workplace)


@contextmanager
def _workplace(place: Path) -> Iterator[Path]:
    """Give a folder in which everything lies that is gone afterwards, whoever writes it.

    In the run's own folder, it is cleared away also where this process is killed.
    """
    here = place.is_dir()
    with tempfile.TemporaryDirectory(prefix="report-", dir=place if here else None) as folder:
        before = tempfile.tempdir
        if here:
            tempfile.tempdir = folder
        try:
            yield Path(folder)
        finally:
            if here:
                tempfile.tempdir = before


def _write_documents(
    request: Request, executed: nbformat.NotebookNode, material: Material, now: datetime
) -> Mapping[str, bytes]:
    made = now.astimezone()
    page = FinishedPage(export_html(executed, made), find_cover(executed), made)
    written = zip(request.document_names, (format.write(page) for format in request.formats), strict=True)
    documents = {**dict(written), **material.documents}
    return {
        name: content if isinstance(content, bytes) else content.encode()
        for name, content in documents.items()
    }


def pattern_record(periods: Sequence[bytes], choices: Sequence[bytes], output: Path) -> Mapping[str, str]:
    """Give what must be kept of a public edition that tells periods, its own the last: files by their names.

    `output` is where earlier editions lie.
    """
    return edition_of([pickle.loads(one) for one in periods], [pickle.loads(one) for one in choices], output)


def audit(data: DataFolder, folder: Path, earlier: Path | None, beside: Sequence[Path]) -> tuple[str, ...]:
    """Give what the audit of a folder that is about to be published did not understand.

    `earlier` is the edition that it takes the place of, which readers may have kept, and `beside` are the
    folders of neighbouring years. Raises NotPublishable where a stranger could work out what is withheld.
    """
    rules = load_association(data).rules
    found = audit_folder(folder, rules.threshold, before=earlier, beside=beside, interval=rules.interval)
    if found.findings:
        raise NotPublishable(
            "Granskningen stoppade publiceringen, för det går att räkna ut uppgifter om enskilda:\n"
            + "\n".join(f"  {finding}" for finding in found.findings)
            + "\nDen förra utgåvan ligger kvar orörd. Gör om årets alla rapporter på en gång; stannar det "
            "även då, höj threshold i association.toml eller hör av dig till den som sköter verktyget."
        )
    return tuple(map(str, found.remarks))


def write_index(data: DataFolder, output: Path, now: datetime) -> tuple[str, ...]:
    """Write the page that leads to all reports; gives what is to be said of files that cannot be read."""
    said: list[str] = []
    index.write_index(data, output, said.append, lambda: now)
    return tuple(said)
