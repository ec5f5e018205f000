"""What the figures of a file count: whose they are and when, so that equal figures are known to be so.

Two figures with the same `whom` and the same day or days, and the same value of every dimension, count the
same people, whichever file they stand in. That is what anybody needs who sets tables side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from asf_analysis.disclosure.published import (
    Published,
    PublishedTable,
    require_published,
    require_table,
)
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.changes import BASELINE
from asf_analysis.kpis.groups import PARTS, Group
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.people import PARTICIPANTS_TABLE
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survey import last_day_of_round
from asf_analysis.presentation.grids import Grid, is_of_last_day, is_signed

PEOPLE = "personer"
"""The unit of tables that count people."""

Counted = dict[str, object]
Days = dict[str, object]


def counted_in(report: Published, table: PublishedTable) -> Counted:
    """Tell what a breakdown counts: the unit, the dimensions and, of people, whose they are and when.

    `whom` is what they have in common; a table without it tells of people whom no other table tells of.
    `on` is a day, or the day of each row; else they are counted over the days `from` and `to`. Of a change,
    `baseline` names the row that tells the first day's people and `total` the one of the last day's.
    """
    report, table = require_published(report), require_table(table)
    told: Counted = {"unit": table.unit, "rows": table.rows, "columns": table.columns, "total": TOTAL}
    if table.unit != PEOPLE:
        return told
    whom = {} if table.whom is None else {"whom": dict(table.whom)}
    return {**told, **whom, **_when(report, table)}


def _when(report: Published, table: PublishedTable) -> Days:
    if table.rows == "round":
        rows = Grid.of(table).rows
        return {"on": {row: str(min(last_day_of_round(row), report.period.end)) for row in rows}}
    last = table.on or report.period.end
    if is_signed(table):
        return {**_between(report.period.before().end, last), "baseline": BASELINE}
    return {"on": str(last)} if is_of_last_day(table) else _between(report.period.start, report.period.end)


def _between(first: date, last: date) -> Days:
    return {"from": str(first), "to": str(last)}


def counted_by_kpis(report: Published) -> list[Counted]:
    """Tell what each KPI of people counts, by the columns that tell it: `result`, `baseline` and others."""
    report = require_published(report)
    table = report.tables.get(PARTICIPANTS_TABLE)
    measured = (table.on if table else None) or report.period.end
    return [
        counted
        for outcome in report.outcomes
        if (counted := _counted_by(outcome, report.period, measured)).keys() > {"kpi"}
    ]


def _counted_by(outcome: Outcome, period: Period, measured: date) -> Counted:
    kpi = outcome.kpi
    stock = kpi.kind == "stock"
    now = {"on": str(measured)} if stock else _between(period.start, period.end)
    before = {"on": str(period.before().end)} if stock else None
    is_share = outcome.result.whole is not None or outcome.baseline.whole is not None
    parts = _columns(kpi.tells, share=is_share)
    columns = {name: {"whom": dict(group), **now} for name, group in parts.items()}
    if before is not None:
        names = {"result": "baseline", "whole": "baseline_whole"}
        columns |= {names[name]: {"whom": dict(group), **before} for name, group in parts.items()}
    if len(kpi.other_tells) == 1:
        columns["other_result"] = {"whom": dict(kpi.other_tells[0]), **now}
    return {"kpi": kpi.key, **columns}


def _columns(groups: tuple[Group, ...], *, share: bool) -> Mapping[str, Group]:
    """Tell which group each column counts: of a share, the whole and then the part."""
    if share:
        return {"whole": groups[0], "result": groups[1]} if len(groups) == 2 else {}
    return {"result": groups[0]} if len(groups) == 1 else {}


def parts_of_groups() -> dict[str, dict[str, list[str]]]:
    """Tell which values of a dimension are others of its values together, as employees are.

    >>> parts_of_groups()["outcome"]
    {'Arbete eller studier': ['Arbete', 'Studier']}
    """
    return {
        dimension: {node: list(names) for node, names in nodes.items()} for dimension, nodes in PARTS.items()
    }
