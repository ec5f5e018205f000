"""KPIs as records for machines: what `kpis.csv` and `asf-analysis kpis` hold."""

from __future__ import annotations

import csv
import io
import json

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.outcomes import Outcome

LIST_SEPARATOR = "; "


def kpi_records(report: Published) -> list[dict[str, object]]:
    """Give a record per KPI: numbers as numbers, nothing as None.

    `baseline`, `target` and `result` are in `unit`; `fulfilment` and `share_of_planned_change` are
    quotients (1 = the whole); `coverage` is the share (0–1) of `asked` enterprises that answered, and
    `carried` of them were carried forward from the round before; `published` is the result that the year's
    published report gave, `revision` what ours adds to it; `members` names what was counted.
    """
    return [_record(outcome) for outcome in require_published(report).outcomes]


def _record(outcome: Outcome) -> dict[str, object]:
    kpi, result, published = outcome.kpi, outcome.result, outcome.published
    return {
        "kpi": kpi.key,
        "label": kpi.label,
        "unit": kpi.unit or None,
        "kind": kpi.kind,
        "baseline": _number(outcome.baseline.amount),
        "target": _number(outcome.target.value if outcome.target else None),
        "result": _number(result.amount),
        "approximate": result.approximate,
        "withheld": result.withheld,
        "low": _number(result.low),
        "high": _number(result.high),
        "status": outcome.status,
        "status_reason": outcome.reason or None,
        "fulfilment": outcome.fulfilment,
        "share_of_planned_change": outcome.share_of_planned_change,
        "coverage": result.coverage,
        "answered": result.answered,
        "asked": result.asked,
        "carried": result.carried if result.asked is not None else None,
        "published": _number(published.result) if published else None,
        "published_source": published.source or None if published else None,
        "members": list(result.members) or None,
        "baseline_members": list(outcome.baseline.members) or None,
        "other_definition": kpi.other_definition or None,
        "other_result": _number(outcome.other.amount) if outcome.other else None,
        "warnings": list(outcome.warnings) or None,
    }


def _number(value: float | None) -> int | float | None:
    """Give whole numbers as integers, and what has no bound as nothing."""
    if value is None or value in (float("inf"), float("-inf")):
        return None
    return int(value) if float(value).is_integer() else round(float(value), 6)


def kpis_as_json(report: Published) -> str:
    """Give the records as a JSON list."""
    return json.dumps(kpi_records(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def kpis_as_csv(report: Published) -> str:
    """Give the records as CSV: comma between fields, point in decimals, nothing as an empty field."""
    records = kpi_records(report)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(records[0]) if records else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _field(value) for name, value in record.items()} for record in records)
    return text.getvalue()


def _field(value: object) -> object:
    if isinstance(value, list):
        return LIST_SEPARATOR.join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value
