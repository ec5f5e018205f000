"""A period's results: every KPI measured, judged and set beside what was planned and published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from asf_analysis.association import Association, Rules
from asf_analysis.intake.schemas import CleanTables
from asf_analysis.kpis import (
    activities,
    changes,
    completed,
    enterprise_counts,
    meetings,
    panel,
    people,
    places,
    reach,
    roles,
    rounds,
    sizes,
)
from asf_analysis.kpis.area import told_of
from asf_analysis.kpis.assessments import Assessment, assessment_file
from asf_analysis.kpis.breakdowns import Breakdown, Facts
from asf_analysis.kpis.contradictions import Contradiction
from asf_analysis.kpis.evidence import whole_file
from asf_analysis.kpis.information import external_lectures
from asf_analysis.kpis.outcomes import (
    Outcome,
    PublishedFigure,
    Target,
    fulfilment,
    judge,
    judge_interim,
    judge_milestone,
    share_of_planned_change,
)
from asf_analysis.kpis.population import NO_POPULATION, Population
from asf_analysis.kpis.registry import NOT_KNOWN, Indicator, Kpi, Period, Result
from asf_analysis.kpis.splits import splits_of
from asf_analysis.kpis.survey import survey_day
from asf_analysis.swedish.writing import format_number, join_words

BREAKDOWN_SUBJECTS = (
    people,
    roles,
    completed,
    rounds,
    activities,
    reach,
    changes,
    panel,
    enterprise_counts,
    sizes,
    meetings,
    places,
)
"""The subject files that take results apart, in the order in which a report shows what they give."""


@dataclass(frozen=True)
class Plans:
    """What a year's results are set beside: its targets, its assessment, and what was published of it."""

    targets: Mapping[str, Target]
    assessment: Assessment
    published: Mapping[str, PublishedFigure]
    contradictions: tuple[Contradiction, ...] = ()
    """What published reports say against each other."""
    population: Population = NO_POPULATION


@dataclass(frozen=True)
class Results:
    """All results of a period, before disclosure control; nothing of it reaches a reader."""

    period: Period
    association: Association
    outcomes: tuple[Outcome, ...]
    """The KPIs, and after them the indicators that have a target."""
    indicators: tuple[Outcome, ...]
    """The indicators that only describe."""
    breakdowns: tuple[Breakdown, ...]
    assessment: Assessment
    contradictions: tuple[Contradiction, ...]
    lectures: tuple[tuple[date, str], ...]
    tables: CleanTables
    population: Population = NO_POPULATION
    splits: Mapping[tuple[str, str], Breakdown] = field(default_factory=dict)
    """Each municipality's participants taken apart, by its name and the key of the county's table."""


def results_of(
    tables: CleanTables,
    association: Association,
    period: Period,
    plans: Plans,
    kpis: Sequence[Kpi],
    indicators: Sequence[Indicator] = (),
) -> Results:
    """Measure and judge every KPI and indicator of a period, and take the figures apart.

    KPIs are told in the words of the association's area. One that the association has switched off is an
    indicator without a target: it is measured for those who describe, and nobody answers for it.
    """
    off = frozenset(association.kpis.off)
    plans = replace(plans, targets={key: one for key, one in plans.targets.items() if key not in off})
    kpis = told_of(association.area, kpis)
    indicators = told_of(association.area, indicators)
    facts = Facts(tables, association, period)
    lectures = external_lectures(tables.activities, period)
    aimed = [indicator for indicator in indicators if indicator.key in plans.targets]
    only_describing = [indicator for indicator in indicators if indicator.key not in plans.targets]

    def outcomes(measured: Sequence[Kpi]) -> tuple[Outcome, ...]:
        return tuple(outcome_of(kpi, tables, association.rules, period, plans) for kpi in measured)

    return Results(
        period=period,
        association=association,
        outcomes=outcomes([kpi for kpi in (*kpis, *aimed) if kpi.key not in off]),
        indicators=outcomes([*only_describing, *(kpi for kpi in kpis if kpi.key in off)]),
        breakdowns=all_breakdowns(facts),
        assessment=plans.assessment,
        contradictions=plans.contradictions,
        lectures=tuple(zip(lectures["held_on"].dt.date.tolist(), lectures["place"].tolist(), strict=True)),
        tables=tables,
        population=plans.population,
        splits=splits_of(facts),
    )


def all_breakdowns(facts: Facts) -> tuple[Breakdown, ...]:
    """Take the period's figures apart: what every subject file gives, in their order.

    A stock told by the survey is of the survey's day, unless its subject file names another.
    """
    day = facts.survey_day
    given = (breakdown for subject in BREAKDOWN_SUBJECTS for breakdown in subject.breakdowns_of(facts))
    return tuple(
        replace(breakdown, on=breakdown.on or day) if breakdown.is_stock and breakdown.surveyed else breakdown
        for breakdown in given
    )


def outcome_of(kpi: Kpi, tables: CleanTables, rules: Rules, period: Period, plans: Plans) -> Outcome:
    """Measure one KPI and judge it against its target."""
    target = plans.targets.get(kpi.key)
    published = plans.published.get(kpi.key)
    judgement = plans.assessment.milestones.get(kpi.key)
    result = measure(kpi, tables, rules, period)
    if judgement:
        result = result.counted_from(whole_file(assessment_file(period)))
    baseline = baseline_of(kpi, tables, rules, period, target, share=result.whole is not None)
    other = _measured(kpi, kpi.measure_other, tables, rules, period) if kpi.measure_other else None
    if kpi.kind == "milestone":
        reached = (
            (judgement.reached if judgement else None) if kpi.milestone_from_assessment else result.reached
        )
        status, reason = judge_milestone(reached)
    else:
        status, reason = judge(result, target, rules)
    if not period.whole_year:
        status, reason = judge_interim(status, reason)
    surveyed = kpi.kind == "stock" and "responses" in kpi.tables
    return Outcome(
        kpi=kpi,
        period=period,
        baseline=baseline,
        target=target,
        result=result,
        status=status,
        reason=reason,
        fulfilment=fulfilment(result, target),
        share_of_planned_change=share_of_planned_change(baseline, result, target),
        published=published,
        warnings=definition_warnings(kpi, target, published, other),
        other=other,
        measured=survey_day(tables.responses, period) if surveyed else None,
        text=judgement.text if judgement else "",
        share_base=rules.share_base,
    )


def measure(kpi: Kpi, tables: CleanTables, rules: Rules, period: Period) -> Result:
    """Measure a KPI in a period; NOT_KNOWN for one that a person judges."""
    return _measured(kpi, kpi.measure, tables, rules, period) if kpi.measure else NOT_KNOWN


def _measured(
    kpi: Kpi, function: Callable[..., Result], tables: CleanTables, rules: Rules, period: Period
) -> Result:
    frames = [tables.table(name) for name in kpi.tables]
    return function(*frames, period, rules) if kpi.uses_rules else function(*frames, period)


def baseline_of(
    kpi: Kpi, tables: CleanTables, rules: Rules, period: Period, target: Target | None, share: bool = False
) -> Result:
    """Give where a stock stood at the end of the year before.

    It is measured where the year before was read and tells it; else it is what the target was set from, if
    that is told: of a `share`, in percent.
    A flow starts from nothing each year, and has no baseline.
    """
    if kpi.kind != "stock":
        return NOT_KNOWN
    if period.start.year - 1 in tables.years:
        measured = measure(kpi, tables, rules, period.before())
        if measured.amount is not None:
            return measured
    if target is None or target.baseline is None:
        return NOT_KNOWN
    return Result(target.baseline, whole=100 if share else None)


def definition_warnings(
    kpi: Kpi, target: Target | None, published: PublishedFigure | None, other: Result | None
) -> tuple[str, ...]:
    """Warn where baseline, target and result are told with different definitions."""
    told = (
        ("målet", target.definition if target else ""),
        ("det publicerade utgångsläget", published.baseline_definition if published else ""),
        ("det publicerade resultatet", published.result_definition if published else ""),
    )
    differing = [
        f"{what} avser {said}" for what, said in told if said and kpi.definition and said != kpi.definition
    ]
    if not differing:
        return ()
    other_count = (
        f" Räknat som {kpi.other_definition} är resultatet {format_number(other.amount)}."
        if other is not None and other.amount is not None
        else ""
    )
    return (
        f"Definitionerna skiljer sig åt: här räknas {kpi.definition}, men {join_words(differing)}. "
        f"Jämförelsen gäller bara om samma sak har räknats.{other_count}",
    )
