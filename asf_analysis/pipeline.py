"""The way of the data, from a folder of raw files to `Published`: each floor in turn, all faults at once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

import pandas as pd

from asf_analysis.association import Association, Rules, load_association
from asf_analysis.audience import Audience, check_audience
from asf_analysis.disclosure.choice import Choice
from asf_analysis.disclosure.editions import choose_withheld
from asf_analysis.disclosure.municipalities import MunicipalityReport, protect_municipalities
from asf_analysis.disclosure.protect import protect
from asf_analysis.disclosure.published import Published
from asf_analysis.disclosure.quality import DataQuality, check_internal, disclose_quality, hide_in_log
from asf_analysis.disclosure.revisions import read_record, with_revisions
from asf_analysis.disclosure.trends import Trends, protect_trends
from asf_analysis.errors import DataFaults, Fault, Gathered
from asf_analysis.folders import DataFolder, OutputFolder, find_data, find_output
from asf_analysis.handover import Asked, handed_over
from asf_analysis.intake.inspection import inspect_years, read_years
from asf_analysis.intake.log import gather_account, gather_log
from asf_analysis.intake.schemas import SCHEMAS, CleanTables, Inspection
from asf_analysis.kpis import INDICATORS, KPIS
from asf_analysis.kpis.assessments import Assessment, read_assessment
from asf_analysis.kpis.contradictions import contradictions_of
from asf_analysis.kpis.municipality import MunicipalityResults, municipalities_of
from asf_analysis.kpis.outcomes import PublishedFigure
from asf_analysis.kpis.own import every_kpi, never_found
from asf_analysis.kpis.population import NO_POPULATION, read_population
from asf_analysis.kpis.quality import quality_of
from asf_analysis.kpis.reconciliation import read_published
from asf_analysis.kpis.registry import Kpi, Period
from asf_analysis.kpis.results import Plans, Results, results_of
from asf_analysis.kpis.statements import read_statements
from asf_analysis.kpis.targets import read_targets
from asf_analysis.kpis.trends import YearsResults, trends_of
from asf_analysis.municipalities import find_municipality
from asf_analysis.years import check_year, last_day_of, years_to_read, years_until


def load(
    year: int,
    audience: Audience = "public",
    data: str | os.PathLike[str] | None = None,
    kpis: Sequence[Kpi] = KPIS,
    *,
    as_of: str | date = "",
) -> Published:
    """Give a year's results as an audience may see them: where a notebook starts.

    `data` is a data folder; without it the nearest one is used (see `asf_analysis.folders.find_data`).
    `as_of` is the last day of an interim report, as 2018-08-31; without it the whole year is told.
    Raises WrongUsage for a year, an audience or a day that does not exist, DataFaults with every fault of the
    data.
    """
    return load_with_tables(year, audience, data, kpis, as_of=as_of)[0]


def load_with_tables(
    year: int,
    audience: Audience = "public",
    data: str | os.PathLike[str] | None = None,
    kpis: Sequence[Kpi] = KPIS,
    *,
    as_of: str | date = "",
) -> tuple[Published, CleanTables | None]:
    """Give what `load` does, and the clean tables that it rests on; those for the internal audience alone."""
    check_audience(audience)
    folder = find_data(data)
    told = handed_over(Asked("year", year, audience, as_of), folder) if kpis is KPIS else None
    if told is not None:
        return told
    results = load_results(year, folder, kpis, as_of=as_of)
    output = find_output(folder)
    record = read_record(OutputFolder(output, year).internal, audience, day_of(results.period))
    return protect_year(results, audience, choose_withheld([results], audience, output), record)


def protect_year(
    results: Results, audience: Audience, choices: Sequence[Choice], record: str = ""
) -> tuple[Published, CleanTables | None]:
    """Give what an audience may see of a year's results, and their tables where it is the internal one.

    `record` is what the edition before told, which is set beside what is told now.
    """
    [choice] = choices
    published = with_revisions(protect(results, audience, choice), results.tables, record)
    return published, results.tables if audience == "internal" else None


def day_of(period: Period) -> str:
    """Give the last day of a part of a year, as files are named for it; "" for the whole year."""
    return "" if period.whole_year else period.end.isoformat()


def load_results(
    year: int, data: DataFolder, kpis: Sequence[Kpi] = KPIS, *, as_of: str | date = ""
) -> Results:
    """Give a year's results before disclosure control; for the floors up to the door, never for a reader."""
    check_year(year, data)
    period = period_of(year, as_of)
    association = load_association(data)
    faults = Gathered()
    with faults:
        kpis = kpis_of(association, kpis)
    with faults:
        tables = read_years(data, association, years_to_read(year, data), period.end)
    with faults:
        plans = read_plans(period, data, association, (*kpis, *INDICATORS))
    faults.stop_if_any()
    return results_of(tables, association, period, plans, kpis, INDICATORS)


def kpis_of(association: Association | None, kpis: Sequence[Kpi] = KPIS) -> Sequence[Kpi]:
    """Give the KPIs that were asked for; where that is all there are, the association's own belong to them.

    Raises DataFaults with all that is wrong with its own.
    """
    return every_kpi(association) if kpis is KPIS else kpis


def load_trends(
    year: int,
    audience: Audience = "public",
    data: str | os.PathLike[str] | None = None,
    *,
    as_of: str | date = "",
) -> Trends:
    """Give the results of a year and of all years before it that have raw data, as an audience may see them.

    `data` and `as_of` are as for `load`; the years before are told whole. All years are read once. Raises
    WrongUsage for a year, an audience or a day that does not exist, DataFaults with every fault of all years.
    """
    check_audience(audience)
    folder = find_data(data)
    told = handed_over(Asked("trends", year, audience, as_of), folder)
    if told is not None:
        return told
    measured = measure_trends(year, folder, as_of=as_of)
    return protect_trends(measured, audience, choose_withheld(measured.years, audience, find_output(folder)))


def measure_trends(year: int, data: DataFolder, *, as_of: str | date = "") -> YearsResults:
    """Give the results of a year and of all before it, before disclosure control, never for a reader."""
    check_year(year, data)
    return trends_of(
        _measure_all([*((one, "") for one in years_until(year, data)[:-1]), (year, as_of)], data)
    )


def _measure_all(asked: Sequence[tuple[int, str | date]], data: DataFolder) -> tuple[Results, ...]:
    """Measure years or parts of them, each on its own raw data; raises DataFaults with the faults of all.

    So a year's results are the same whichever report tells them.
    """
    faults, measured = Gathered(), []
    for year, as_of in asked:
        with faults:
            measured.append(load_results(year, data, as_of=as_of))
    if faults.found:
        # A year's data is read once more for the year after, and the targets of all years stand in one file.
        raise DataFaults(tuple(dict.fromkeys(faults.found)))
    return tuple(measured)


def load_municipalities(
    year: int,
    audience: Audience = "public",
    municipality: str = "",
    data: str | os.PathLike[str] | None = None,
    *,
    as_of: str | date = "",
) -> MunicipalityReport:
    """Give the results of municipalities as an audience may see them: of one by name, or of all side by side.

    A name may be written as people write it: `gävle`, `Gävle kommun`, or its code. `data` and `as_of` are as
    for `load`. Raises UnknownName for a municipality that the association does not have, WrongUsage for a
    year, an audience or a day that does not exist, DataFaults with every fault of the data.
    """
    check_audience(audience)
    folder = find_data(data)
    check_year(year, folder)
    name = find_municipality(municipality, load_association(folder))
    told = handed_over(Asked("municipalities", year, audience, as_of, name), folder)
    if told is not None:
        return told
    measured = measure_municipalities(year, folder, as_of=as_of)
    choices = choose_withheld(measured.years, audience, find_output(folder))
    return protect_municipalities(measured, audience, choices, name)


def measure_municipalities(year: int, data: DataFolder, *, as_of: str | date = "") -> MunicipalityResults:
    """Give the results of municipalities before disclosure control, never for a reader."""
    check_year(year, data)
    *before, current = _measure_all(
        [*((one, "") for one in years_to_read(year, data)[:-1]), (year, as_of)], data
    )
    return municipalities_of(current, before[0] if before else None)


def load_quality(
    year: int,
    audience: Audience = "internal",
    data: str | os.PathLike[str] | None = None,
    kpis: Sequence[Kpi] = KPIS,
    *,
    until: date = date.max,
) -> DataQuality:
    """Give the quality of a year's data, also where faults in it keep the year's report from being made.

    `data` is as for `load`; a survey round that ends after `until` is not missed. Raises
    WrongUsage for a year that does not exist and for the public audience.
    """
    check_audience(audience)
    check_internal(audience)
    folder = find_data(data)
    asked = kpis is KPIS and until == date.max
    told = handed_over(Asked("quality", year, audience), folder) if asked else None
    if told is not None:
        return told
    association, inspection, faults = _inspected(year, folder, kpis, until)
    return disclose_quality(quality_of(year, association, inspection, faults), audience)


def cleaning_log(year: int, data: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Give the cleaning log of a year: a row for every cell that cleaning changed, doubted or refused.

    Columns: file, sheet, row, column, before, after, rule, severity; sorted by place. It covers the year
    before too, which the baselines rest on. It shows what was written, so it is for internal use. `data` is
    as for `load`. Raises WrongUsage for a year that does not exist, DataFaults where association.toml cannot
    be read.
    """
    folder = find_data(data)
    check_year(year, folder)
    association = load_association(folder)
    inspection = inspect_years(folder, association, years_to_read(year, folder))
    return hide_in_log(inspection.log, inspection.intake, association.region)


def inspect(year: int, data: DataFolder, kpis: Sequence[Kpi] = KPIS) -> tuple[Fault, ...]:
    """Give everything that is wrong or doubtful in what a year's results rest on; writes nothing."""
    return _inspected(year, data, kpis)[2]


def _inspected(
    year: int, data: DataFolder, kpis: Sequence[Kpi], until: date = date.max
) -> tuple[Association | None, Inspection, tuple[Fault, ...]]:
    """Read all that a year's results rest on, and gather its faults; without an association, only those."""
    check_year(year, data)
    faults = Gathered()
    years = years_to_read(year, data)
    association = None
    inspection = Inspection({}, frozenset(SCHEMAS), (), gather_log([]), gather_account([]), years)
    with faults:
        association = load_association(data)
        inspection = inspect_years(data, association, years, until)
    with faults:
        kpis = kpis_of(association, kpis)
    with faults:
        read_plans(Period.of_year(year), data, association, (*kpis, *INDICATORS))
    unseen = never_found(association, dict(inspection.rows)) if association and not faults.found else ()
    told = (*inspection.faults, *faults.found, *unseen)
    return association, inspection, tuple(sorted(told, key=Fault.sort_key))


def read_plans(
    period: Period, data: DataFolder, association: Association | None, kpis: Sequence[Kpi]
) -> Plans:
    """Read what a period's results are set beside; raises DataFaults with the faults of all the files.

    Part of a year has the year's targets, but nothing that was published of the whole year. An association
    that cannot be read has the usual rules.
    """
    rules = association.rules if association else Rules()
    year, faults = period.year, Gathered()
    with faults:
        targets = read_targets(data, kpis).get(year, {})
    assessment = Assessment(year)
    with faults:
        assessment = read_assessment(data, period, kpis)
    published: dict[int, dict[str, PublishedFigure]] = {}
    for told in (year - 1, year):
        with faults:
            published[told] = read_published(data, told, kpis)
    with faults:
        statements = read_statements(data, rules.approximate_percent).get(year, ())
    population = NO_POPULATION
    with faults:
        population = read_population(data, association.municipalities if association else ())
    faults.stop_if_any()
    if not period.whole_year:
        return Plans(targets, assessment, {})
    found = contradictions_of(year, published[year], published[year - 1], statements, kpis)
    return Plans(targets, assessment, published[year], found, population)


def period_of(year: int, as_of: str | date = "") -> Period:
    """Give the period of a report: the whole year, or the part of it until a day, that day included.

    Raises WrongUsage for a day that cannot be read or lies in another year.

    >>> period_of(2018, "2018-08-31").end, period_of(2018) == period_of(2018, "2018-12-31")
    (datetime.date(2018, 8, 31), True)
    """
    return Period.of_year(year) if as_of == "" else Period.until(last_day_of(year, as_of))
