"""Results to `Published`: withholds what could give a person away.

The rule here is the simplest one that is safe. A table of people is withheld by whole rows (women, men and
total together): every row with a small count, and then the smallest other rows until the withheld ones
together are no small count either. Where women or men of the whole table are few, the split by sex is
withheld altogether.
"""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd

from asf_analysis.association import Rules
from asf_analysis.disclosure.published import (
    MISSING,
    SHOWN,
    WITHHELD,
    Audience,
    Published,
    PublishedTable,
    Sources,
)
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, TableHead
from asf_analysis.kpis.outcomes import UNKNOWN, WITHHELD_RESULT, Outcome
from asf_analysis.kpis.registry import Result
from asf_analysis.kpis.results import Results
from asf_analysis.swedish.writing import format_date

SEX_COLUMNS = ["women", "men"]
"""The inner columns of a table of people."""


def protect(results: Results, audience: Audience) -> Published:
    """Give what an audience may see of a period's results; the internal one sees all."""
    rules = results.association.rules
    intake = results.tables.intake
    return Published(
        year=results.period.year,
        period=results.period,
        audience=audience,
        association=results.association,
        outcomes=tuple(protect_outcome(outcome, rules, audience) for outcome in results.outcomes),
        indicators=tuple(protect_outcome(outcome, rules, audience) for outcome in results.indicators),
        tables={
            breakdown.key: protect_breakdown(breakdown, rules, audience) for breakdown in results.breakdowns
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
    )


def protect_outcome(outcome: Outcome, rules: Rules, audience: Audience) -> Outcome:
    """Give a KPI as it may be shown: in public, without a figure about people from too few enterprises.

    A total for the whole county is else shown whole: it is no breakdown. The raw rows that figures were
    counted from are for the internal audience alone.
    """
    if audience == "internal":
        return outcome
    outcome = _untraced(outcome)
    if not outcome.kpi.people:
        return outcome
    baseline, result = _without_figure(outcome.baseline, rules), _without_figure(outcome.result, rules)
    other = _without_figure(outcome.other, rules) if outcome.other else None
    if (baseline, result, other) == (outcome.baseline, outcome.result, outcome.other):
        return outcome
    seen = replace(
        outcome, baseline=baseline, result=result, other=other, share_of_planned_change=None, warnings=()
    )
    return replace(seen, status=UNKNOWN, reason=WITHHELD_RESULT, fulfilment=None) if result.withheld else seen


def _untraced(outcome: Outcome) -> Outcome:
    """Take away where the rows stand that the figures were counted from."""
    baseline, result = (replace(figure, counted=()) for figure in (outcome.baseline, outcome.result))
    other = replace(outcome.other, counted=()) if outcome.other else None
    return replace(outcome, baseline=baseline, result=result, other=other)


def _without_figure(result: Result, rules: Rules) -> Result:
    """Withhold a survey figure that too few enterprises stand behind; nobody is always shown as 0."""
    behind = None if result.answered is None else result.answered + result.carried
    too_few = behind is not None and _too_few(result.amount or 0, behind, rules)
    if not too_few and not _tells_of_few(result, rules):
        return result
    return replace(result, amount=None, whole=None, low=None, high=None, members=(), withheld=True)


def _tells_of_few(result: Result, rules: Rules) -> bool:
    """Tell whether a share of people gives away a small count: of its part, or of the others."""
    if result.whole is None or result.amount is None:
        return False
    return any(_small(int(count), rules) for count in (result.amount, result.whole - result.amount))


def protect_breakdown(breakdown: Breakdown, rules: Rules, audience: Audience) -> PublishedTable:
    """Give a breakdown with every cell's status; only a public table of people withholds any."""
    frame = breakdown.frame
    amounts = frame["amount"]
    withheld = pd.Series(False, index=frame.index)
    if breakdown.people and audience == "public":
        withheld = _cells_of_people_to_withhold(breakdown, rules)
    status = pd.Series(SHOWN, index=frame.index).mask(amounts.isna(), MISSING).mask(withheld, WITHHELD)
    head = {field.name: getattr(breakdown, field.name) for field in fields(TableHead)}
    return PublishedTable(
        **head,
        frame=frame[[breakdown.rows, breakdown.columns]].assign(
            value=amounts.where(status == SHOWN), status=status
        ),
    )


def _cells_of_people_to_withhold(breakdown: Breakdown, rules: Rules) -> pd.Series:
    frame, rows = breakdown.frame, breakdown.rows
    wide = frame.pivot(index=rows, columns="sex", values="amount").reindex(columns=[*SEX_COLUMNS, TOTAL])
    enterprises = frame.groupby(rows)["enterprises"].first()
    find_pattern = withheld_pattern if breakdown.adds_up else withheld_where_rows_stand_alone
    pattern = find_pattern(wide, enterprises, rules)
    return pd.Series(
        [bool(pattern.loc[row, sex]) for row, sex in zip(frame[rows], frame["sex"], strict=True)],
        index=frame.index,
    )


def withheld_pattern(wide: pd.DataFrame, enterprises: pd.Series, rules: Rules) -> pd.DataFrame:
    """Tell which cells of a table of people to withhold.

    `wide` has a row per group and one named TOTAL, and the columns women, men and total; `enterprises` says
    how many enterprises stand behind each row. Gives a frame of the same shape, True where withheld.

    >>> wide = pd.DataFrame({"women": [2, 9, 30, 41], "men": [6, 8, 20, 34], "total": [8, 17, 50, 75]},
    ...                     index=["Ockelbo", "Hofors", "Gävle", TOTAL])
    >>> withheld_pattern(wide, pd.Series(4, index=wide.index), Rules())["total"].to_dict()
    {'Ockelbo': True, 'Hofors': True, 'Gävle': False, 'total': False}
    """
    pattern = pd.DataFrame(False, index=wide.index, columns=wide.columns)
    known = wide.dropna()
    groups = known.drop(index=TOTAL, errors="ignore")
    if groups.empty or TOTAL not in known.index:
        return pattern
    if _too_few(known[TOTAL][TOTAL], enterprises[TOTAL], rules):
        pattern.loc[known.index] = True
        return pattern
    columns = [*SEX_COLUMNS, TOTAL]
    if known.loc[TOTAL, SEX_COLUMNS].map(lambda count: _small(count, rules)).any():
        pattern.loc[known.index, SEX_COLUMNS] = True
        columns = [TOTAL]
    rows = _rows_to_withhold(groups[columns], enterprises, rules)
    pattern.loc[rows] = True
    if len(rows) == len(groups) == 1:
        pattern.loc[TOTAL] = True
    return pattern


def withheld_where_rows_stand_alone(wide: pd.DataFrame, enterprises: pd.Series, rules: Rules) -> pd.DataFrame:
    """Tell which cells to withhold of a table of people whose rows have no sum, each a whole of its own.

    A small total withholds its row; where women or men are few, the split by sex is withheld.

    >>> wide = pd.DataFrame({"women": [3, 9, 2], "men": [0, 3, 0], "total": [3, 12, 2]},
    ...                     index=["2017-kv4", "2018-kv1", "2018-kv4"])
    >>> withheld_where_rows_stand_alone(wide, pd.Series(4, index=wide.index), Rules())["total"].to_list()
    [True, False, True]
    """
    known = wide.notna()
    small = wide.map(lambda count: bool(pd.notna(count)) and _small(count, rules))
    whole = small[TOTAL] | _few_enterprises(wide.fillna(0), enterprises, rules)
    split = whole | small[SEX_COLUMNS].any(axis=1)
    pattern = pd.DataFrame({**dict.fromkeys(SEX_COLUMNS, split), TOTAL: whole})
    return pattern & known


def _rows_to_withhold(groups: pd.DataFrame, enterprises: pd.Series, rules: Rules) -> list[str]:
    """Choose the rows with a small count, and the smallest others until all of them together are safe.

    Rows with nobody are taken last: they tell the reader most.
    """
    exposed = groups.map(lambda count: _small(count, rules)).any(axis=1) | _few_enterprises(
        groups, enterprises, rules
    )
    chosen = list(groups.index[exposed])
    others = groups[~exposed].assign(empty=lambda rest: rest[TOTAL] == 0)
    candidates = list(others.sort_values(["empty", TOTAL], kind="stable").index)
    while chosen and candidates and not _safe_together(groups.loc[chosen], enterprises[chosen], rules):
        chosen.append(candidates.pop(0))
    return chosen


def _safe_together(withheld: pd.DataFrame, enterprises: pd.Series, rules: Rules) -> bool:
    """Tell whether what can be worked out of the withheld rows, their sums, is no small count."""
    sums_are_small = withheld.sum().map(lambda count: _small(count, rules)).any()
    return len(withheld) > 1 and not sums_are_small and not _too_few(1, enterprises.sum(), rules)


def _few_enterprises(groups: pd.DataFrame, enterprises: pd.Series, rules: Rules) -> pd.Series:
    return (groups[TOTAL] > 0) & (enterprises.reindex(groups.index) < rules.min_enterprises)


def _too_few(people: float, enterprises: float, rules: Rules) -> bool:
    return people > 0 and enterprises < rules.min_enterprises


def _small(count: int, rules: Rules) -> bool:
    return 0 < count < rules.threshold
