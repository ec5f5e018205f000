"""Results to `Published`: withholds what could give a person away.

Which cells of a table of people that are is chosen in `disclosure.rows` for one table, and in
`disclosure.linked` for tables that tell of the same people.
"""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd

from asf_analysis.association import Rules
from asf_analysis.disclosure.employed import few_others, protect_employed, without_employees
from asf_analysis.disclosure.linked import Linked, patterns_of, tells_few_apart
from asf_analysis.disclosure.published import (
    MISSING,
    SHOWN,
    WITHHELD,
    Audience,
    Published,
    PublishedTable,
    Sources,
)
from asf_analysis.disclosure.rows import Counts, is_small, too_few, withheld_pattern
from asf_analysis.kpis.breakdowns import Breakdown, TableHead
from asf_analysis.kpis.enterprises import PERMANENT_EMPLOYEES
from asf_analysis.kpis.outcomes import UNCHANGED, UNKNOWN, WITHHELD_RESULT, Outcome
from asf_analysis.kpis.registry import Result
from asf_analysis.kpis.results import Results
from asf_analysis.swedish.writing import format_date


def protect(results: Results, audience: Audience) -> Published:
    """Give what an audience may see of a period's results; the internal one sees all."""
    rules = results.association.rules
    intake = results.tables.intake
    linked = Linked.of(results.breakdowns, rules)
    patterns = protect_employed(linked, patterns_of(linked))
    few_apart = audience == "public" and tells_few_apart(linked)
    hidden = audience == "public" and few_others(linked)
    return Published(
        year=results.period.year,
        period=results.period,
        audience=audience,
        association=results.association,
        outcomes=tuple(
            without_employees(seen) if hidden else seen
            for seen in (
                _without_other(protect_outcome(outcome, rules, audience), few_apart)
                for outcome in results.outcomes
            )
        ),
        indicators=tuple(
            without_employees(seen) if hidden else seen
            for seen in (protect_outcome(outcome, rules, audience) for outcome in results.indicators)
        ),
        tables={
            breakdown.key: protect_breakdown(breakdown, rules, audience, patterns.get(breakdown.key))
            for breakdown in results.breakdowns
        },
        assessment=results.assessment,
        contradictions=results.contradictions,
        lectures=tuple((format_date(day), place) for day, place in results.lectures),
        sources=Sources(
            raw_rows=int(intake["raw_rows"].sum()),
            clean_rows=int(intake["clean_rows"].sum()),
            set_aside=int(intake["set_aside"].sum()),
            warnings=sum(fault.severity == "varning" for fault in results.tables.warnings),
        ),
        population=results.population,
    )


def protect_outcome(outcome: Outcome, rules: Rules, audience: Audience) -> Outcome:
    """Give a KPI as it may be shown: in public, without a figure about people from too few enterprises.

    A share of people is withheld where those it counts, or the others, are few. A total for the whole county
    is else shown whole: it is no breakdown. The raw rows that figures were
    counted from are for the internal audience alone.
    """
    if audience == "internal":
        return outcome
    outcome = _untraced(outcome)
    if not outcome.kpi.people:
        return outcome
    explained = outcome.change == UNCHANGED
    outcome = _without_few_carried(outcome, rules)
    if outcome.change != UNCHANGED and explained:
        outcome = replace(outcome, explained=True)
    baseline, result = _without_figure(outcome.baseline, rules), _without_figure(outcome.result, rules)
    other = _without_figure(outcome.other, rules) if outcome.other else None
    if (baseline, result, other) == (outcome.baseline, outcome.result, outcome.other):
        return outcome
    seen = replace(
        outcome,
        baseline=baseline,
        result=result,
        other=other,
        share_of_planned_change=None,
        warnings=(),
        explained=False,
    )
    return replace(seen, status=UNKNOWN, reason=WITHHELD_RESULT, fulfilment=None) if result.withheld else seen


def _untraced(outcome: Outcome) -> Outcome:
    """Take away where the rows stand that the figures were counted from."""
    baseline, result = (replace(figure, counted=()) for figure in (outcome.baseline, outcome.result))
    other = replace(outcome.other, counted=()) if outcome.other else None
    return replace(outcome, baseline=baseline, result=result, other=other)


def _without_figure(result: Result, rules: Rules) -> Result:
    """Withhold a survey figure that too few enterprises or people stand behind; nobody is shown as 0."""
    behind = None if result.answered is None else result.answered + result.carried
    enough = behind is None or not too_few(result.amount or 0, behind, rules)
    if enough and not _share_of_few(result, rules):
        return result
    return result.hidden()


def _without_few_carried(outcome: Outcome, rules: Rules) -> Outcome:
    """Withhold what figures are without the answers carried forward, where that gives people away."""
    other = _hiding_few_carried(outcome.other, rules) if outcome.other else None
    baseline, result = (_hiding_few_carried(one, rules) for one in (outcome.baseline, outcome.result))
    return replace(outcome, baseline=baseline, result=result, other=other)


def _hiding_few_carried(result: Result, rules: Rules) -> Result:
    """Withhold `answered_only` where few people or enterprises stand behind it, or behind the difference."""
    alone = result.answered_only
    if alone is None or alone.amount is None or result.amount is None:
        return result
    parts, of_whole = result.amount - alone.amount, (result.whole or 0) - (alone.whole or 0)
    differences = [abs(number) for number in (parts, of_whole, of_whole - parts if of_whole else 0)]
    few = any(0 < number < rules.threshold for number in differences)
    few_enterprises = [
        too_few(sum(differences), result.carried, rules),
        too_few(alone.amount, result.answered or 0, rules),
    ]
    if not few and not any(few_enterprises):
        return result
    return replace(result, answered_only=Result(None, withheld=True))


def _share_of_few(result: Result, rules: Rules) -> bool:
    if result.whole is None or result.amount is None:
        return False
    return any(is_small(part, rules) for part in (result.amount, result.whole - result.amount))


def _without_other(outcome: Outcome, few_apart: bool) -> Outcome:
    """Withhold the count of all employees beside the permanent ones where it would tell of a few."""
    if not few_apart or outcome.kpi.key != PERMANENT_EMPLOYEES.key or outcome.other is None:
        return outcome
    return replace(
        outcome,
        other=outcome.other.hidden(),
        warnings=(),
    )


def protect_breakdown(
    breakdown: Breakdown, rules: Rules, audience: Audience, pattern: pd.DataFrame | None = None
) -> PublishedTable:
    """Give a breakdown with every cell's status; only a public table of people withholds any.

    `pattern` tells which cells to withhold, beside the other tables of the report; without it the table is
    protected as if it were the only one.
    """
    frame = breakdown.frame
    amounts = frame["amount"]
    withheld = pd.Series(False, index=frame.index)
    if breakdown.people and audience == "public":
        cells = withheld_pattern(Counts.of(breakdown), rules) if pattern is None else pattern
        named = zip(frame[breakdown.rows], frame[breakdown.columns], strict=True)
        withheld = pd.Series([bool(cells.loc[cell]) for cell in named], index=frame.index)
    if breakdown.internal and audience == "public":
        withheld = amounts.notna()
    status = pd.Series(SHOWN, index=frame.index).mask(amounts.isna(), MISSING).mask(withheld, WITHHELD)
    head = {field.name: getattr(breakdown, field.name) for field in fields(TableHead)}
    return PublishedTable(
        **head,
        frame=frame[[breakdown.rows, breakdown.columns]].assign(
            value=amounts.where(status == SHOWN), status=status
        ),
        share_base=rules.share_base,
    )
