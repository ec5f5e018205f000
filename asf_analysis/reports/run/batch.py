"""A run of reports: measured, made, audited and published by year; what fails leaves the rest alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from asf_analysis.errors import AsfError, NotebookFailed, ToolFailed
from asf_analysis.folders import DataFolder, OutputFolder, figures_file, years_beside
from asf_analysis.reports.inputs import Input, copy_inputs, input_files
from asf_analysis.reports.manifest import (
    InputFile,
    Replaced,
    ReportManifest,
    Rows,
    Status,
    as_json,
    commit,
    document_of,
    kpi_value,
)
from asf_analysis.reports.places import in_folder, manifest_name, notebook_name, outdated_documents
from asf_analysis.reports.publish import prepare, publish
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run.plan import Period, Planned, in_order_of_choice, periods_told
from asf_analysis.reports.run.steps import Results, Step, Task, Workers, carry_out
from asf_analysis.reports.run.work import Made
from asf_analysis.reports.workers.digest import versions
from asf_analysis.years import years_to_read

CHOOSING, MEASURING, FINISHING = 3e6, 2e6, 1e6
"""Steps that many others wait for come before any report."""


@dataclass(frozen=True)
class Told:
    """How a report of a run went; `reason` says why it failed, `trace` where, if the tool is at fault."""

    planned: Planned
    status: Status
    seconds: float = 0
    reason: str = ""
    trace: str = ""
    error: AsfError | None = None


@dataclass(frozen=True)
class _Audit:
    """The step that audits a year."""

    year: int


def _given(task: Task, _: Results) -> Task:
    return task


@dataclass
class Batch:
    """The reports that a run makes, in a staging folder of its own.

    `clock` tells the time; `began` and `ended` are told of each report as it begins and as it is made or has
    failed, and `say` of everything else that a person should know.
    """

    planned: Sequence[Planned]
    data: DataFolder
    output: Path
    workplace: Path
    clock: Callable[[], datetime]
    began: Callable[[Planned], None]
    ended: Callable[[Told], None]
    say: Callable[[str], None]
    archived: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._copied = DataFolder(self.workplace / "data")
        self._inputs: Mapping[str, Input] = {}
        self._notebooks: Mapping[Path, bytes] = {}
        self._periods: Mapping[Request, tuple[Period, ...]] = {}
        self._made: dict[Planned, Made] = {}
        self._begun: dict[Planned, datetime] = {}
        self._told: dict[Planned, Told] = {}

    def carry_out(self, workers: Workers) -> list[Told]:
        """Make all reports and publish those of each year together; gives how each of them went.

        Raises DataFaults where a file cannot be read that any of them is made from.
        """
        requests = [one.request for one in self.planned]
        self._inputs = copy_inputs(requests, self.data, self._copied)
        self._notebooks = {one.notebook: one.notebook.read_bytes() for one in self.planned}
        self._periods = {one.request: periods_told(one.request, self._copied) for one in self.planned}
        for step, result in carry_out(self._steps(), workers, self._note_begun):
            if isinstance(step.name, Planned):
                self._keep(step.name, result)
            elif isinstance(step.name, _Audit):
                self._publish(step.name.year, result)
        return [self._told[one] for one in self.planned]

    def _steps(self) -> list[Step]:
        order = in_order_of_choice(self._periods)
        internal = {period for periods in self._periods.values() for period in periods} - set(order)
        years = dict.fromkeys(one.request.year for one in self.planned)
        return [
            *self._measuring([*order, *sorted(internal)]),
            *self._choosing(order),
            *map(self._making, self.planned),
            *(step for year in years for step in self._finishing(year)),
        ]

    def _measuring(self, periods: Sequence[Period]) -> Iterator[Step]:
        for place, period in enumerate(periods):
            task = ("measure", self._copied, *period)
            files = tuple(self._files_of_year(period[0]))
            yield Step(("measure", period), partial(_given, task), weight=MEASURING - place, files=files)

    def _choosing(self, order: Sequence[Period]) -> Iterator[Step]:
        """Choose one after the other: what is known of the earlier ones binds the later."""
        if not order:
            return
        yield Step(KNOWN, lambda _: ("known_before", self.output), weight=CHOOSING, here=True)
        before: list[Hashable] = []
        for period in order:
            call = partial(self._choice, period=period, before=tuple(reversed(before)))
            needs = (KNOWN, ("measure", period))
            yield Step(("choose", period), call, needs=needs, after=tuple(before), weight=CHOOSING)
            before.append(("choose", period))

    @staticmethod
    def _choice(results: Results, period: Period, before: Sequence[Hashable]) -> Task:
        """Choose beside what the last choice before it made known; one whose data had faults made nothing."""
        last = next((results[one] for one in before if results.get(one)), None)
        return "choose", results["measure", period], last[1] if last else results[KNOWN]

    def _making(self, one: Planned) -> Step:
        periods = self._periods[one.request]
        public = one.request.audience == "public"
        needs = [("measure", period) for period in periods]
        chosen = [("choose", period) for period in periods] if public else []

        def call(results: Results) -> Task:
            self._begun[one] = self.clock()
            measured = [results[name] for name in needs]
            choices = [results[name][0] for name in chosen]
            notebook = self._notebooks[one.notebook]
            now = self._begun[one]
            told = self._told_before(one.request)
            return "make", one.request, self._copied, notebook, measured, choices, now, self.workplace, told

        files = (self._copied.association, *self._files_read_by(one.request))
        return Step(one, call, needs=(*needs, *chosen), weight=one.weight, files=files)

    def _told_before(self, request: Request) -> str:
        """Give the record of what the edition before told, for the report that tells what is revised."""
        folder = OutputFolder(self.output, request.year).internal
        record = folder / figures_file(request.audience, request.as_of)
        if not request.report.open_data or not record.exists():
            return ""
        return record.read_text(encoding="utf-8", errors="replace")

    def _files_read_by(self, request: Request) -> Iterator[Path]:
        """Name the files that a report reads itself, as that of data quality; the others are given all.

        Of its year, each looks whether there is a folder.
        """
        yield self._copied.raw_year(request.year)
        if request.report.loads == "quality":
            yield from self._files_of_year(request.year)

    def _files_of_year(self, year: int) -> Iterator[Path]:
        """Name the files and the folders that measuring a year reads."""
        for read in years_to_read(year, self._copied):
            yield self._copied.raw_year(read)
            yield from self._copied.raw_year(read).rglob("*")
        for name in self._inputs:
            path = self._copied.root / name
            if path.parent.parent != self._copied.raw or not path.is_file():
                yield path

    def _finishing(self, year: int) -> Iterator[Step]:
        """Keep what was withheld, write the year's new edition beside the old one, and audit it."""
        reports = [one for one in self.planned if one.request.year == year]
        public = [one for one in reports if one.request.audience == "public"]
        records: list[Hashable] = []
        for day in dict.fromkeys(one.request.as_of for one in public):
            name = ("record", year, day)
            same = [one for one in public if one.request.as_of == day]
            told = sorted({period for one in same for period in self._periods[one.request]})
            after = (*same, *((kind, period) for period in told for kind in ("measure", "choose")))
            yield Step(name, partial(self._record, reports=same), after=after, weight=FINISHING, here=True)
            records.append(name)
        call = partial(self._audit, year=year, public=bool(public), records=records)
        yield Step(_Audit(year), call, after=(*reports, *records), weight=FINISHING, here=True)

    def _record(self, results: Results, reports: Sequence[Planned]) -> Task | None:
        """Keep what the reports that were made tell of; that of the others is not known."""
        told = {period for one in reports if one in self._made for period in self._periods[one.request]}
        if not told:
            return None
        own = self._periods[reports[0].request][-1]
        periods = [*sorted(told - {own}), own]
        measured = [results["measure", period] for period in periods]
        choices = [results["choose", period][0] for period in periods]
        return "pattern_record", measured, choices, self.output

    def _audit(self, results: Results, year: int, public: bool, records: Sequence[Hashable]) -> Task | None:
        """Write the year's new folder; only what is public needs an audit."""
        reports = [one for one in self._made if one.request.year == year]
        if not reports:
            return None
        documents: dict[str, bytes] = {}
        gone: list[str] = []
        for one in reports:
            documents |= self._documents(one)
            gone += outdated_documents(one.request, self._made[one].documents)
        for kept in records:
            files = results.get(kept) or {}
            documents |= {f"internal/{name}": text.encode() for name, text in files.items()}
        published, new = OutputFolder(self.output, year).public, self._new(year)
        prepare(documents, published, new, self.clock(), gone)
        if not public:
            return None
        earlier = published if published.exists() else None
        return "audit", self._copied, new, earlier, years_beside(published)

    def _new(self, year: int) -> Path:
        return self.workplace / "new" / str(year)

    def _documents(self, one: Planned) -> dict[str, bytes]:
        """Give all that a report publishes, its manifest the last, by where it goes in the year's folder."""
        made, request = self._made[one], one.request
        documents = {in_folder(request, name): content for name, content in made.documents.items()}
        documents[notebook_name(request)] = made.executed
        documents |= {f"internal/{name}": content for name, content in made.kept.items()}
        manifest = ReportManifest(
            report=request.report.name,
            title=request.title,
            parameters={
                name: str(value) if name != "year" else request.year
                for name, value in request.parameters.items()
            },
            formats=tuple(form.name for form in request.formats),
            key=one.key,
            made=self._begun[one].astimezone(),
            duration_seconds=round(made.seconds, 2),
            peak_memory_mb=made.peak_memory_mb,
            inputs=tuple(self._input(path, made) for path in input_files(request, self._copied)),
            rows=Rows(**made.rows),
            kpis={str(record["kpi"]): kpi_value(record) for record in made.kpis},
            documents=tuple(document_of(name, content) for name, content in documents.items()),
            notebook_sha256=hashlib.sha256(self._notebooks[one.notebook]).hexdigest(),
            commit=commit(),
            versions=versions(),
            replaced=Replaced(made=one.published.made, key=one.published.key) if one.published else None,
        )
        return documents | {manifest_name(request): as_json(manifest).encode()}

    def _input(self, path: Path, made: Made) -> InputFile:
        read = self._inputs[path.relative_to(self._copied.root).as_posix()]
        rows = made.file_rows.get(read.file.removeprefix("raw/"))
        return InputFile(file=read.file, sha256=read.sha256, bytes=read.bytes, rows=rows)

    def _note_begun(self, step: Step) -> None:
        if isinstance(step.name, Planned):
            self.began(step.name)

    def _keep(self, one: Planned, result: Made | AsfError) -> None:
        """Keep a report that is made until its year is published; tell at once of one that failed."""
        if isinstance(result, AsfError):
            self._fail(one, result)
        else:
            self._made[one] = result

    def _fail(self, one: Planned, error: AsfError) -> None:
        if isinstance(error, NotebookFailed):
            error = NotebookFailed(f"{error}\n{self._keep_failed(one, error.notebook)}")
        begun = self._begun.get(one)
        seconds = (self.clock() - begun).total_seconds() if begun else 0.0
        trace = error.trace if isinstance(error, ToolFailed) else ""
        self._tell(Told(one, "misslyckades", seconds, str(error), trace, error))

    def _keep_failed(self, one: Planned, notebook: bytes) -> str:
        """Put a failed notebook, whole, where the analyst can open it; gives in Swedish where, or why not."""
        request = one.request
        name = f"{request.name}-{request.year}-{request.audience}.ipynb"
        kept = OutputFolder(self.output, request.year).failed / name
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            written = self.workplace / name
            written.write_bytes(notebook)
            written.replace(kept)
        except OSError as error:
            return f"Anteckningsboken med felet går inte att spara i {kept} ({error.strerror})."
        return f"Anteckningsboken ligger kvar med felet i {kept}."

    def _tell(self, told: Told) -> None:
        self._told[told.planned] = told
        self.ended(told)

    def _publish(self, year: int, result: tuple[str, ...] | AsfError | None) -> None:
        """Publish a year whose audit passed, or fail all of its reports."""
        reports = [one for one in self._made if one.request.year == year]
        if not reports:
            return
        try:
            if isinstance(result, AsfError):
                raise result
            for remark in result or ():
                self.say(remark)
            kept = publish(self._new(year), self.output, year, self.workplace)
        except AsfError as error:
            for one in reports:
                self._fail(one, error)
        else:
            self.archived += [kept] if kept else []
            for one in reports:
                self._tell(Told(one, "klar", self._made[one].seconds))
        for one in reports:
            del self._made[one]


KNOWN = ("known",)
