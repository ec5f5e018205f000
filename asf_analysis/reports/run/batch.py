"""A run of reports: measured, made, audited and published by year; what fails leaves the rest alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from asf_analysis.errors import AsfError, NotebookFailed, ToolFailed
from asf_analysis.folders import DataFolder, OutputFolder, figures_file, years_beside
from asf_analysis.reports.manifest import Status
from asf_analysis.reports.places import outdated_documents
from asf_analysis.reports.publish import prepare, publish
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run.edition import documents_of, keep_failed
from asf_analysis.reports.run.made import Made
from asf_analysis.reports.run.plan import Period, Planned, in_order_of_choice, periods_told
from asf_analysis.reports.run.snapshot import take_snapshot
from asf_analysis.reports.run.steps import Results, Step, Task, Workers, carry_out

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


def _of_result(task: str, need: Hashable, results: Results) -> Task:
    return task, results[need]


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
        self._periods: Mapping[Request, tuple[Period, ...]] = {}
        self._made: dict[Planned, Made] = {}
        self._begun: dict[Planned, datetime] = {}
        self._told: dict[Planned, Told] = {}

    def carry_out(self, workers: Workers) -> list[Told]:
        """Make all reports and publish those of each year together; gives how each of them went.

        Raises DataFaults where a file cannot be read that any of them is made from.
        """
        self._taken = take_snapshot(self.planned, self.data, self.workplace)
        self._periods = {one.request: periods_told(one.request, self._taken.data) for one in self.planned}
        for step, result in carry_out(self._steps(), workers, self._note_begun):
            if isinstance(step.name, Planned):
                self._keep(step.name, result)
            elif isinstance(step.name, _Audit):
                self._publish(step.name.year, result)
        return [self._told[one] for one in self.planned]

    def _steps(self) -> list[Step]:
        order = in_order_of_choice(self._periods)
        internal = {period for periods in self._periods.values() for period in periods} - set(order)
        years = {one.request.year for one in self.planned}
        return [
            *self._measuring([*order, *sorted(internal)]),
            *self._choosing(order),
            *self._pacing(),
            *map(self._making, self.planned),
            *(step for year in sorted(years) for step in self._finishing(year, years)),
        ]

    def _measuring(self, periods: Sequence[Period]) -> Iterator[Step]:
        for place, period in enumerate(periods):
            task = ("measure", self._taken.data, *period)
            files = tuple(self._taken.files_of_year(period[0]))
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

    def _pacing(self) -> Iterator[Step]:
        """Measure within each year that several trends tell, once."""
        for period in dict.fromkeys(period for one in self.planned for period in self._paced(one)):
            need = ("measure", period)
            yield Step(("pace", period), partial(_of_result, "pace", need), needs=(need,), weight=FINISHING)

    def _paced(self, one: Planned) -> tuple[Period, ...]:
        return self._periods[one.request] if one.request.report.loads == "trends" else ()

    def _making(self, one: Planned) -> Step:
        periods = self._periods[one.request]
        public = one.request.audience == "public"
        needs = [("measure", period) for period in periods]
        chosen = [("choose", period) for period in periods] if public else []
        paced = [("pace", period) for period in self._paced(one)]

        def call(results: Results) -> Task:
            self._begun[one] = self.clock()
            measured = [results[name] for name in needs]
            choices = [results[name][0] for name in chosen]
            notebook = self._taken.notebooks[one.notebook]
            now = self._begun[one]
            told = self._told_before(one.request)
            paces = [results[name] for name in paced]
            place = self.workplace
            return "make", one.request, self._taken.data, notebook, measured, choices, now, place, told, paces

        files = (self._taken.data.association, *self._taken.files_read_by(one.request))
        return Step(one, call, needs=(*needs, *chosen, *paced), weight=one.weight, files=files)

    def _told_before(self, request: Request) -> str:
        """Give the record of what the edition before told, for the report that tells what is revised."""
        folder = OutputFolder(self.output, request.year).internal
        record = folder / figures_file(request.audience, request.as_of)
        if not request.report.open_data or not record.exists():
            return ""
        return record.read_text(encoding="utf-8", errors="replace")

    def _finishing(self, year: int, years: Collection[int]) -> Iterator[Step]:
        """Keep what was withheld, write the year's new edition beside the old one, and audit it.

        One year is audited and published before the next one is, so that each is audited beside what readers
        will find of the years around it.
        """
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
        earlier = [_Audit(one) for one in years if one < year]
        after = (*reports, *records, *earlier)
        yield Step(_Audit(year), call, after=after, weight=FINISHING, here=True)

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
            documents |= documents_of(one, self._made[one], self._taken, self._begun[one])
            gone += outdated_documents(one.request, self._made[one].documents)
        for kept in records:
            files = results.get(kept) or {}
            documents |= {f"internal/{name}": text.encode() for name, text in files.items()}
        published, new = OutputFolder(self.output, year).public, self._new(year)
        prepare(documents, published, new, self.clock(), gone)
        if not public:
            return None
        earlier = published if published.exists() else None
        return "audit", self._taken.data, new, earlier, years_beside(published)

    def _new(self, year: int) -> Path:
        return self.workplace / "new" / str(year)

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
            kept = keep_failed(one.request, error.notebook, self.output, self.workplace)
            error = NotebookFailed(f"{error}\n{kept}")
        begun = self._begun.get(one)
        seconds = (self.clock() - begun).total_seconds() if begun else 0.0
        trace = error.trace if isinstance(error, ToolFailed) else ""
        self._tell(Told(one, "misslyckades", seconds, str(error), trace, error))

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
