"""A report, from its notebook to its published documents: whole and new, or the last good one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path

import nbformat

from asf_analysis.association import Rules, load_association
from asf_analysis.disclosure.audit import audit_folder
from asf_analysis.disclosure.record import RELEASE_FILE
from asf_analysis.errors import AsfError, NotPublishable, ReportsFailed
from asf_analysis.folders import DataFolder, OutputFolder, edition_files, years_beside
from asf_analysis.reports.catalogue import check_made_for
from asf_analysis.reports.cover import find_cover
from asf_analysis.reports.execution import execute
from asf_analysis.reports.export import export_html
from asf_analysis.reports.finished import FinishedPage
from asf_analysis.reports.formats import FORMATS, check_installed
from asf_analysis.reports.index import write_index
from asf_analysis.reports.manifest import input_files, manifest_of
from asf_analysis.reports.materials import Material
from asf_analysis.reports.publish import publish, staging
from asf_analysis.reports.requests import Request


def _keep_quiet(text: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Written:
    """A report that is written and waits to be published: its files by name, and the names that go away."""

    request: Request
    documents: Mapping[str, Path]
    gone: tuple[str, ...]


def make_report(
    request: Request,
    data: DataFolder,
    output: Path,
    say: Callable[[str], None] = _keep_quiet,
    clock: Callable[[], datetime] = datetime.now,
) -> Path:
    """Make one report and publish it; gives the path of its HTML document.

    `say` is told each step, in Swedish. Raises WrongUsage for an audience that the report is not made for,
    MissingExtra for a format that is not installed and DataFaults for faults in the data that stop it, all
    before a kernel starts; NotebookFailed where the notebook stops, NotPublishable where the document breaks
    a rule or a reader could work out what is withheld, and UnwritableOutput. In each case what was published
    before stands untouched.
    """
    with staging(output) as workplace:
        editions = copy_editions(output, workplace / "editions")
        written = write_report(request, data, output, workplace / "report", editions, say, clock)
        say("granskar")
        publish_together([written], data, output, workplace, say)
    return _page(request, output)


def _page(request: Request, output: Path) -> Path:
    return OutputFolder(output, request.year).public / documents_prefix(request) / f"{request.name}.html"


def copy_editions(output: Path, place: Path) -> Path:
    """Copy what is known of earlier editions into a place, where new reports are told of each other."""
    for record in edition_files(output, RELEASE_FILE):
        copy = place / record.relative_to(output)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(record, copy)
    return place


def write_report(
    request: Request,
    data: DataFolder,
    output: Path,
    workplace: Path,
    editions: Path,
    say: Callable[[str], None],
    clock: Callable[[], datetime] = datetime.now,
) -> Written:
    """Run a report's notebook and write its documents into a folder of its own; publishes nothing.

    What the report withholds is chosen once, and told in `editions` to its notebook and to the next reports.
    """
    started = clock()
    check_made_for(request.report, request.audience)
    for format in request.formats:
        check_installed(format)
    workplace.mkdir()
    say("läser och kontrollerar underlaget")
    until = {"as_of": request.as_of} if request.as_of else {}
    material = request.report.material(request.year, request.audience, data, editions, **until)
    told = OutputFolder(editions, request.year).internal
    for name, content in material.edition.items():
        told.mkdir(parents=True, exist_ok=True)
        (told / name).write_text(content, encoding="utf-8")
    say("kör anteckningsboken")
    executed = execute(request, data, output, editions, workplace)
    say("skriver dokumenten")
    documents = write_documents(request, material, executed, workplace, data, (started, clock()))
    return Written(request, documents, outdated_documents(request, material))


def publish_together(
    written: Sequence[Written],
    data: DataFolder,
    output: Path,
    workplace: Path,
    say: Callable[[str], None] = _keep_quiet,
) -> None:
    """Publish a year's reports at once, after an audit of all that readers will then find of that year.

    `say` is told what the audit did not understand. Raises NotPublishable where anything withheld could be
    worked out of it; nothing is then published.
    """
    [year] = {one.request.year for one in written}
    rules = load_association(data).rules
    public = any(one.request.audience == "public" for one in written)
    folder = OutputFolder(output, year).public
    check = partial(check_disclosure, rules=rules, beside=years_beside(folder), say=say)
    publish(
        {name: file for one in written for name, file in one.documents.items()},
        folder,
        workplace,
        gone=[name for one in written for name in one.gone],
        check=check if public else None,
    )


def check_disclosure(
    folder: Path,
    earlier: Path | None,
    rules: Rules,
    beside: Sequence[Path] = (),
    say: Callable[[str], None] = _keep_quiet,
) -> None:
    """Raise NotPublishable where a stranger could work out what a folder of documents withholds.

    `earlier` is the edition that it takes the place of, which readers may have kept, and `beside` are the
    folders of neighbouring years.
    """
    audit = audit_folder(folder, rules.threshold, before=earlier, beside=beside, interval=rules.interval)
    for remark in audit.remarks:
        say(remark)
    if audit.findings:
        raise NotPublishable(
            "Granskningen stoppade publiceringen, för det går att räkna ut uppgifter om enskilda:\n"
            + "\n".join(f"  {finding}" for finding in audit.findings)
            + "\nDen förra utgåvan ligger kvar orörd. Gör om årets alla rapporter på en gång; stannar det "
            "även då, höj threshold i association.toml eller hör av dig till den som sköter verktyget."
        )


def make_reports(
    requests: Sequence[Request], data: DataFolder, output: Path, say: Callable[[str], None]
) -> tuple[Path, ...]:
    """Make several reports, then the index of all there are; one that fails does not stop the others.

    The reports of a year are published together. Gives the paths of the documents. Where any failed, raises
    ReportsFailed with what each of them said, after the rest are made.
    """
    done: list[Path] = []
    failed: list[AsfError] = []
    numbered = [(f"[{number}/{len(requests)}] {one.title}", one) for number, one in enumerate(requests, 1)]
    for year, of_year in groupby(numbered, key=lambda pair: pair[1].year):
        try:
            with staging(output) as workplace:
                told = copy_editions(output, workplace / "editions")
                written: list[Written] = []
                for head, request in of_year:
                    folder = workplace / f"report-{len(written) + len(failed)}"
                    try:
                        step = partial(_say_step, say, head)
                        written.append(write_report(request, data, output, folder, told, step))
                        say(f"{head}: klar")
                    except AsfError as error:
                        say(f"{head}: misslyckades")
                        failed.append(error)
                if written:
                    say(f"{year}: granskar och publicerar …")
                    publish_together(written, data, output, workplace, say)
            pages = [_page(one.request, output) for one in written]
            done += [
                page.with_name(name)
                for page, one in zip(pages, written, strict=True)
                for name in one.request.document_names
            ]
        except AsfError as error:
            failed.append(error)
    try:
        if done:
            say(f"Översikt över alla rapporter: {write_index(data, output, say)}")
    except AsfError as error:
        failed.append(error)
    if failed:
        raise ReportsFailed(failed, [str(path) for path in done])
    return tuple(done)


def _say_step(say: Callable[[str], None], head: str, step: str) -> None:
    say(f"{head}: {step} …")


def documents_prefix(request: Request) -> str:
    """Name the subfolder of the year's folder that an audience's documents go to; "" for the public."""
    return "" if request.audience == "public" else "internal"


def outdated_documents(request: Request, material: Material) -> tuple[str, ...]:
    """Name what a new edition takes away: the report in the formats in which it is not made this time.

    The folders that its material fills go too, so that none holds a file of an older edition.

    >>> from asf_analysis.reports.catalogue import find_report
    >>> material = Material(documents={"kpis.csv": "", "data/participants.csv": ""}, rows={})
    >>> outdated_documents(Request(find_report("annual_report"), 2018, "internal"), material)
    ('internal/annual_report.pdf', 'internal/annual_report.docx', 'internal/data')
    """
    others = replace(request, formats=tuple(other for other in FORMATS if other not in request.formats))
    folders = dict.fromkeys(_own_folder(request, name) for name in material.documents if "/" in name)
    return tuple(in_folder(request, name) for name in (*others.document_names, *folders))


def _own_folder(request: Request, name: str) -> str:
    """Name the folder of a document that is one edition's alone: an interim report's is of its day."""
    return "/".join(name.split("/")[: 2 if request.as_of else 1])


def in_folder(request: Request, name: str) -> str:
    """Give where in the year's folder a document of a report belongs.

    >>> from asf_analysis.reports.catalogue import find_report
    >>> in_folder(Request(find_report("annual_report"), 2018), "kpis.csv")
    'kpis.csv'
    """
    return f"{documents_prefix(request)}/{name}".lstrip("/")


def write_documents(
    request: Request,
    material: Material,
    executed: nbformat.NotebookNode,
    workplace: Path,
    data: DataFolder,
    times: tuple[datetime, datetime],
) -> Mapping[str, Path]:
    """Write a report's documents; gives where in the year's folder each of them belongs."""
    name, made = request.name, times[1].astimezone()
    page = FinishedPage(export_html(executed, made), find_cover(executed), made)
    written = zip(request.document_names, (format.write(page) for format in request.formats), strict=True)
    beside: dict[str, str | bytes] = {**dict(written), **material.documents}
    manifest = manifest_of(
        request.report.name,
        request.parameters,
        data,
        input_files(data, request.report.years(request.year, data), request.year),
        material.kpis,
        material.rows,
        *times,
    )
    for file, content in {**beside, **material.edition, f"{name}.manifest.json": manifest}.items():
        (workplace / file).parent.mkdir(parents=True, exist_ok=True)
        (workplace / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    internal = f"internal/{name}-{request.audience}"
    return {
        **{in_folder(request, file): workplace / file for file in beside},
        **{f"internal/{file}": workplace / file for file in material.edition},
        f"{internal}.manifest.json": workplace / f"{name}.manifest.json",
        f"{internal}.ipynb": workplace / f"{name}.ipynb",
    }
