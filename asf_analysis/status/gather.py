"""Where a year stands: its files, answers, faults, goals and reports, gathered; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from asf_analysis.association import load_association
from asf_analysis.audience import AUDIENCES
from asf_analysis.disclosure.published import Published
from asf_analysis.disclosure.quality import DataQuality
from asf_analysis.errors import DataFaults, MissingProject, UnknownName
from asf_analysis.folders import DataFolder, OutputFolder, find_notebooks, run_manifests
from asf_analysis.intake.read import ENDINGS, tells_of_missing
from asf_analysis.intake.schemas import CleanTables
from asf_analysis.intake.sources import REGISTERS, YEARLY, survey_paths
from asf_analysis.intake.unfilled import tells_of_unfilled
from asf_analysis.kpis import INDICATORS, KPIS
from asf_analysis.kpis.assessments import read_assessment
from asf_analysis.kpis.outcomes import Target
from asf_analysis.kpis.own import answered_for, every_kpi
from asf_analysis.kpis.pace import pace_of
from asf_analysis.kpis.registry import Kpi, Period
from asf_analysis.kpis.response_rate import RoundAnswers, expected_rounds
from asf_analysis.kpis.survey import rounds_until
from asf_analysis.kpis.targets import read_targets
from asf_analysis.pipeline import load_quality, load_with_tables
from asf_analysis.presentation.values import has_target, write_outcome, write_target
from asf_analysis.reports.catalogue import reports_for
from asf_analysis.reports.formats import find_formats
from asf_analysis.reports.manifest import ReportManifest, RunManifest, read_manifest
from asf_analysis.reports.places import manifest_name
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run.plan import plan
from asf_analysis.status.state import GoalState, ReportState, RoundState, TableState, YearStatus
from asf_analysis.swedish.dates import last_day, read_quarter


def status_of(
    data: DataFolder, year: int, output: Path, today: date, *, options: str = "", run_options: str = ""
) -> YearStatus:
    """Gather where a year stands on a day.

    `options` are what commands need to find the same data, `run_options` what a run needs. Raises DataFaults
    where the association cannot be read.
    """
    association = load_association(data)
    there = year in data.years()
    status = YearStatus(year, today, there, data, output, options=options, run_options=run_options)
    if not status.is_there:
        return status
    quality = load_quality(year, "internal", data.root, until=today)
    published, day = _measured(data, year, today)
    expected = [quarter for _, quarter in expected_rounds([year], association.started_on)]
    answered: tuple[Kpi, ...] = KPIS
    with suppress(DataFaults):
        answered = answered_for(association)
    targets: Mapping[str, Target] = {}
    with suppress(DataFaults):
        targets = read_targets(data, (*every_kpi(association), *INDICATORS)).get(year, {})
    milestones = {kpi.key for kpi in answered if kpi.kind == "milestone"}
    unset = [
        kpi.label
        for kpi in (*answered, *INDICATORS)
        if kpi.key in set(targets) - milestones and targets[kpi.key].value is None
    ]
    return replace(
        status,
        tables=tuple(_tables(data, year, quality)),
        rounds=tuple(_round(data, year, quarter, quality) for quarter in expected),
        faults=tuple(
            fault for fault in quality.faults if not tells_of_unfilled(fault) and not tells_of_missing(fault)
        ),
        stopped=published is None,
        goals=tuple(_goals(published)) if published else (),
        judged_on=day,
        unset=tuple(unset),
        has_targets=bool(targets),
        is_assessed=_is_assessed(data, year),
        reports=tuple(_reports(data, year, output)),
        last_run=_last_run(output, year),
    )


def _tables(data: DataFolder, year: int, quality: DataQuality) -> Iterator[TableState]:
    for table, stem in {**REGISTERS, **YEARLY}.items():
        folder = data.raw if table in REGISTERS else data.raw_year(year)
        named = (path for path in folder.glob("*") if path.stem.lower() == stem)
        paths = tuple(sorted(path for path in named if path.suffix.lower() in ENDINGS))
        of_year = quality.intake["file"].str.startswith(f"{year}/") | (table in REGISTERS)
        rows = quality.intake[(quality.intake["table"] == table) & of_year]
        yield TableState(table, paths, int(rows["clean_rows"].sum()) if len(rows) else None)


def _round(data: DataFolder, year: int, quarter: int, quality: DataQuality) -> RoundState:
    paths = [path for path in survey_paths(data.raw_year(year)) if read_quarter(path.stem) in (quarter, None)]
    told = [one for one in quality.rounds if (one.year, one.quarter) == (year, quarter)]
    answers = told[0] if told else RoundAnswers(year, quarter)
    return RoundState(quarter, last_day(year, quarter), tuple(paths), answers)


def _measured(data: DataFolder, year: int, today: date) -> tuple[Published | None, date | None]:
    """Give a year's results: the whole year's when it has ended, else until the last day of any data.

    None where the data cannot be measured.
    """
    end = date(year, 12, 31)
    if today < date(year, 1, 1):
        return None, None
    try:
        if today > end:
            return load_with_tables(year, "internal", data.root)[0], end
        published, tables = load_with_tables(year, "internal", data.root, as_of=today)
        day = last_told(tables, year, today) if tables else None
        if day is None or day == today:
            return published, day
        return load_with_tables(year, "internal", data.root, as_of=day)[0], day
    except DataFaults:
        return None, None


def last_told(tables: CleanTables, year: int, today: date) -> date | None:
    """Give the last day of a year, until today, that any activity, training or survey round tells of."""
    held = pd.concat([tables.activities["held_on"], tables.trainings["held_on"]])
    days = [day.date() for day in held.dropna() if day.year == year and day.date() <= today]
    rounds = [name for name in rounds_until(tables.responses, today) if name.startswith(str(year))]
    days += [last_day(year, int(name[-1])) for name in rounds]
    return max(days, default=None)


def _goals(published: Published) -> Iterator[GoalState]:
    for outcome in published.outcomes:
        if has_target(outcome):
            pace = None if outcome.period.whole_year else pace_of(outcome)
            word = (pace.word or "") if pace else outcome.status
            yield GoalState(outcome.kpi.label, write_outcome(outcome), write_target(outcome), word)


def _is_assessed(data: DataFolder, year: int) -> bool:
    """Tell whether anything is written in a year's assessment; a file with faults is told as a fault."""
    try:
        assessment = read_assessment(data, Period.of_year(year), KPIS)
    except DataFaults:
        return True
    return any(text.strip() for text in assessment.sections.values())


def _reports(data: DataFolder, year: int, output: Path) -> Iterator[ReportState]:
    """Compare the published reports of the whole year with what they would be made from today."""
    folder = OutputFolder(output, year).public
    made: dict[Request, ReportManifest] = {}
    for audience in AUDIENCES:
        for report in reports_for(audience):
            request = Request(report, year, audience)
            manifest = read_manifest(folder / manifest_name(request))
            if manifest:
                with suppress(UnknownName):
                    made[replace(request, formats=find_formats(manifest.formats))] = manifest
    if not made:
        return
    try:
        planned = plan(list(made), find_notebooks(), data, output)
    except MissingProject:
        planned = ()
    unchanged = {one.request for one in planned if one.unchanged}
    for request, manifest in made.items():
        documents = tuple(folder / document.file for document in manifest.documents)
        yield ReportState(manifest.title, request.audience, manifest.made, request in unchanged, documents)


def _last_run(output: Path, year: int) -> RunManifest | None:
    """Give the last run with reports of a year; one of another version of the tool is passed over."""
    for file in sorted(run_manifests(output).glob("*.json"), reverse=True):
        try:
            run = RunManifest.model_validate_json(file.read_bytes())
        except (OSError, ValidationError):
            continue
        if any(report.year == year for report in run.reports):
            return run
    return None
