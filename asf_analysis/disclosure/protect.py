"""Results to `Published`: withholds what could give a person away.

What all pages of a period tell of people is one release (`disclosure.release`), of which one pattern is
withheld (`disclosure.choice`): a table, a KPI and a municipality's page show a figure, or none of them does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pandas as pd

from asf_analysis.association import Rules
from asf_analysis.audience import Audience
from asf_analysis.disclosure.choice import Choice, choose
from asf_analysis.disclosure.figures import Cell, Days, figures_told
from asf_analysis.disclosure.published import (
    MISSING,
    SHOWN,
    WITHHELD,
    Published,
    PublishedTable,
    Sources,
)
from asf_analysis.disclosure.release import Release, TableId, days_of
from asf_analysis.kpis.breakdowns import Breakdown, TableHead
from asf_analysis.kpis.outcomes import (
    UNCHANGED,
    UNKNOWN,
    WITHHELD_RESULT,
    Outcome,
    change_between,
    judge,
    judge_interim,
)
from asf_analysis.kpis.registry import Period, Result
from asf_analysis.kpis.results import Results
from asf_analysis.swedish.writing import format_date


def protect(results: Results, audience: Audience, choice: Choice | None = None) -> Published:
    """Give what an audience may see of a period's results; the internal one sees all.

    `choice` says what is withheld; without it, that is chosen here, as if there were no earlier edition.
    """
    rules = results.association.rules
    intake = results.tables.intake
    days = days_of(results)
    if choice is None and audience == "public":
        choice = choose(Release.of(results), rules)

    def seen(outcome: Outcome) -> Outcome:
        told = protect_outcome(outcome, rules, audience)
        return without_withheld(told, choice, days) if choice and audience == "public" else told

    def table(name: TableId, breakdown: Breakdown) -> PublishedTable:
        if choice is None or audience == "internal":
            return published_table(breakdown, rules, {})
        hidden = hidden_cells(breakdown, name, choice)
        return published_table(breakdown, rules, hidden, only_totals=choice.only_totals(name))

    return Published(
        year=results.period.year,
        period=results.period,
        audience=audience,
        association=results.association,
        outcomes=tuple(map(seen, results.outcomes)),
        indicators=tuple(map(seen, results.indicators)),
        tables={breakdown.key: table(("", breakdown.key), breakdown) for breakdown in results.breakdowns},
        splits={name: table(name, breakdown) for name, breakdown in results.splits.items()},
        assessment=results.assessment,
        contradictions=results.contradictions,
        lectures=tuple((format_date(day), place) for day, place in results.lectures),
        sources=Sources(
            raw_rows=int(intake["raw_rows"].sum()),
            clean_rows=int(intake["clean_rows"].sum()),
            set_aside=int(intake["set_aside"].sum()),
            warnings=_doubts(results) if audience == "internal" else None,
        ),
        population=results.population,
    )


def _doubts(results: Results) -> int:
    return sum(fault.severity == "varning" for fault in results.tables.warnings)


def hidden_cells(breakdown: Breakdown, name: TableId, choice: Choice) -> Mapping[Cell, str]:
    """Give the cells of a table that the public is not shown, each with its reason.

    Nothing is shown of an internal table, nor of one that contradicts the others.
    """
    if breakdown.internal:
        return dict.fromkeys(_named(breakdown), "internal")
    if name in choice.release.contradicting:
        return dict.fromkeys(_named(breakdown), "contradicting")
    return choice.reasons(name)


def _named(breakdown: Breakdown) -> list[Cell]:
    frame = breakdown.frame
    return list(zip(frame[breakdown.rows], frame[breakdown.columns], strict=True))


def published_table(
    breakdown: Breakdown, rules: Rules, hidden: Mapping[Cell, str], *, only_totals: bool = False
) -> PublishedTable:
    """Give a breakdown with every cell's status: missing, withheld where it is hidden, or shown."""
    frame, amounts = breakdown.frame, breakdown.frame["amount"]
    withheld = np.array([cell in hidden for cell in _named(breakdown)], dtype=bool)
    status = np.select([amounts.isna(), withheld], [MISSING, WITHHELD], SHOWN)
    head = {one.name: getattr(breakdown, one.name) for one in fields(TableHead)}
    cells = frame[[breakdown.rows, breakdown.columns]]
    return PublishedTable(
        **head,
        frame=cells.assign(value=amounts.where(status == SHOWN), status=pd.array(status, dtype="str")),
        share_base=rules.share_base,
        only_totals=only_totals,
    )


def protect_breakdown(breakdown: Breakdown, rules: Rules, audience: Audience) -> PublishedTable:
    """Give a breakdown as if it were the only table of a release: only a public one withholds any."""
    if audience == "internal":
        return published_table(breakdown, rules, {})
    day = breakdown.on or date.max
    choice, name = choose(Release.of_one(breakdown, Days(Period.until(day), day)), rules), ("", breakdown.key)
    hidden = hidden_cells(breakdown, name, choice)
    return published_table(breakdown, rules, hidden, only_totals=choice.only_totals(name))


def without_withheld(outcome: Outcome, choice: Choice, days: Days) -> Outcome:
    """Withhold the figures of a KPI from which a reader would learn what its tables withhold."""

    def seen(part: str, result: Result | None) -> Result | None:
        if result is None or result.amount is None:
            return result
        return result.hidden() if helps or any(map(choice.hides, told[part])) else result

    told = figures_told(outcome, days)
    helps = bool(choice.reasons(("", outcome.kpi.hidden_with)))
    baseline, result, other = (seen(part, getattr(outcome, part)) for part in ("baseline", "result", "other"))
    if (baseline, result, other) == (outcome.baseline, outcome.result, outcome.other):
        return outcome
    return _with_figures(outcome, baseline or outcome.baseline, result or outcome.result, other)


def _with_figures(outcome: Outcome, baseline: Result, result: Result, other: Result | None) -> Outcome:
    """Give an outcome with some of its figures withheld, and nothing that was reckoned from them."""
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
    outcome = _judged_by_what_is_told(_without_few_carried(outcome, rules), rules)
    baseline, result = _without_figure(outcome.baseline, rules), _without_figure(outcome.result, rules)
    other = _without_figure(outcome.other, rules) if outcome.other else None
    if (baseline, result, other) == (outcome.baseline, outcome.result, outcome.other):
        return outcome
    return _with_figures(outcome, baseline, result, other)


def _untraced(outcome: Outcome) -> Outcome:
    """Take away where the rows stand that the figures were counted from."""
    baseline, result = map(_without_rows, (outcome.baseline, outcome.result))
    return replace(
        outcome,
        baseline=baseline,
        result=result,
        other=_without_rows(outcome.other) if outcome.other else None,
    )


def _without_rows(figure: Result) -> Result:
    alone = figure.answered_only
    return replace(figure, counted=(), answered_only=_without_rows(alone) if alone else None)


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


def _judged_by_what_is_told(outcome: Outcome, rules: Rules) -> Outcome:
    """Judge a KPI without what is withheld of the answers carried forward: else the judgement would tell it.

    It is judged by what a reader knows. Where few people are carried forward, a count may be less by the
    threshold without them; else nothing is known.
    """
    baseline, result = (_as_a_reader_knows(one, rules) for one in (outcome.baseline, outcome.result))
    if (baseline, result) == (outcome.baseline, outcome.result):
        return outcome
    explained = UNCHANGED in (change_between(baseline, result), outcome.change)
    seen = replace(outcome, explained=explained and outcome.change != UNCHANGED)
    if outcome.kpi.kind == "milestone" or result == outcome.result:
        return seen
    status, reason = judge(result, outcome.target, rules)
    if not outcome.period.whole_year:
        status, reason = judge_interim(status, reason)
    return replace(seen, status=status, reason=reason)


def _as_a_reader_knows(result: Result, rules: Rules) -> Result:
    """Put in the place of a withheld figure without the carried answers the least that it may be."""
    if result.answered_only is None or not result.answered_only.withheld or result.amount is None:
        return result
    if result.whole is not None or rules.min_enterprises > 1:
        return replace(result, answered_only=Result(None))
    least = result.amount if result.low is None else result.low
    return replace(result, answered_only=Result(max(least - rules.threshold, 0)))


def _share_of_few(result: Result, rules: Rules) -> bool:
    if result.whole is None or result.amount is None:
        return False
    return any(is_small(part, rules) for part in (result.amount, result.whole - result.amount))


def too_few(people: float, enterprises: float, rules: Rules) -> bool:
    """Whether a figure about people has too few enterprises behind it; nobody is always told."""
    return people > 0 and enterprises < rules.min_enterprises


def is_small(count: float, rules: Rules) -> bool:
    """Whether a count is so small that it tells of single persons: below the threshold, and not 0."""
    return 0 < abs(count) < rules.threshold
