"""All employees beside the permanent ones: what tells of both tells of the others, who may be few.

Permanent employees are a KPI with a target and always told. So where the others are few, in all or among
women or men, no figure of all employees is shown; and where they are few in a survey round or among the
changes, all employees of that round or those changes are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from asf_analysis.disclosure.linked import Linked, others, tells_few_apart
from asf_analysis.disclosure.rows import everything, is_small
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.changes import BASELINE
from asf_analysis.kpis.outcomes import UNKNOWN, WITHHELD_RESULT, Outcome
from asf_analysis.kpis.people import EMPLOYEES_TABLE, PERMANENT_TABLE

BY_ROUND = ("employees_by_round", "permanent_by_round")
CHANGES = ("employees_changes", "permanent_changes")
BY_SIZE = "employees_by_size"
INDICATORS = frozenset({"women_employees", "concentration_employees", "participants_per_employee"})
"""Indicators from which the number of all employees can be worked out."""


def few_others(linked: Linked) -> bool:
    """Whether employees who are not permanent are few, in all or among women or men."""
    if tells_few_apart(linked):
        return True
    if not linked.have(EMPLOYEES_TABLE, PERMANENT_TABLE):
        return False
    left = others(linked).sizes.loc[[TOTAL]].to_numpy().ravel()
    return any(is_small(float(count), linked.rules) for count in left)


def protect_employed(linked: Linked, patterns: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give the patterns with all that tells of all employees withheld where it would tell of a few others."""
    tables = linked.tables
    if few_others(linked):
        told = (BY_ROUND[0], CHANGES[0], BY_SIZE)
        return {**patterns, **{key: everything(tables[key]) for key in told if key in tables}}
    changed = dict(patterns)
    if linked.have(*BY_ROUND):
        changed[BY_ROUND[0]] = changed[BY_ROUND[0]] | _round_pattern(linked)
    if linked.have(*CHANGES):
        changed[CHANGES[0]] = changed[CHANGES[0]] | _change_pattern(linked)
    return changed


def _left(linked: Linked, keys: tuple[str, str]) -> pd.DataFrame:
    """Give what is left when permanent employees are taken from all, in their own table's cells."""
    every, permanent = (linked.tables[key].wide for key in keys)
    return every.fillna(0) - permanent.reindex_like(every).fillna(0)


def _round_pattern(linked: Linked) -> pd.DataFrame:
    """Withhold all employees of a round where the others are few, or women and men where those are."""
    small = _left(linked, BY_ROUND).map(lambda count: is_small(count, linked.rules))
    whole, parts = small[TOTAL], small.any(axis=1)
    cells = pd.DataFrame({column: whole if column == TOTAL else parts for column in small.columns})
    return cells & linked.tables[BY_ROUND[0]].wide.notna()


def _change_pattern(linked: Linked) -> pd.DataFrame:
    """Withhold how all employees changed, but not from what to what, where the others changed by a few."""
    table = linked.tables[CHANGES[0]].wide
    parts = [row for row in table.index if row not in (BASELINE, TOTAL)]
    small = _left(linked, CHANGES).loc[parts].map(lambda count: is_small(count, linked.rules))
    cells = pd.DataFrame(False, index=table.index, columns=table.columns)
    cells.loc[parts] = bool(small.any(axis=None))
    return cells & table.notna()


def without_employees(outcome: Outcome) -> Outcome:
    """Withhold an indicator from which the number of all employees can be worked out."""
    if outcome.kpi.key not in INDICATORS or outcome.result.amount is None:
        return outcome
    baseline = outcome.baseline if outcome.baseline.amount is None else outcome.baseline.hidden()
    return replace(
        outcome,
        baseline=baseline,
        result=outcome.result.hidden(),
        status=UNKNOWN,
        reason=WITHHELD_RESULT,
        fulfilment=None,
        share_of_planned_change=None,
        explained=False,
    )
