"""KPIs, faults and the cleaning log for machines: what the CSV files and `--format csv|json` hold.

No cell of a CSV begins as a formula does, for people open these files in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

import pandas as pd

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.errors import SEVERITIES, Fault
from asf_analysis.intake.schemas import LOG_COLUMNS
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.presentation.shares import in_percent
from asf_analysis.presentation.values import decimals_of, is_small_share, shown_percent
from asf_analysis.spreadsheets import defused

LIST_SEPARATOR = "; "


def kpi_records(report: Published) -> list[dict[str, object]]:
    """Give a record per KPI: numbers as numbers, nothing as None.

    `baseline`, `target` and `result` are in `unit`; those of a share are its counts, `result` of `whole` and
    `baseline` of `baseline_whole`, while `target` and `percent` are in percent. A share of few has no
    `percent`, `fulfilment` nor `share_of_planned_change`, and a survey of few no `coverage`. `fulfilment`
    and `share_of_planned_change` are quotients (1 = the whole); `coverage` is the share (0–1) of `asked`
    enterprises that answered, and `carried` of the others were carried forward from the round before, without
    whom the result is `answered_only` (of `answered_only_whole`); `published` is the result that the year's
    published report gave, `revision` what ours adds to it; `members` names what was counted.
    """
    return [_record(outcome) for outcome in require_published(report).outcomes]


def _record(outcome: Outcome) -> dict[str, object]:
    kpi, result, published = outcome.kpi, outcome.result, outcome.published
    alone = result.answered_only if result.carried else result
    few = is_small_share(outcome)
    covered = in_percent(result.asked or 0, outcome.share_base)
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
        "fulfilment": None if few else outcome.fulfilment,
        "share_of_planned_change": None if few else outcome.share_of_planned_change,
        "coverage": result.coverage if covered else None,
        "answered": result.answered,
        "asked": result.asked,
        "carried": result.carried if result.asked is not None else None,
        "answered_only": _number(alone.amount) if alone and result.asked is not None else None,
        "answered_only_whole": alone.whole if alone and result.asked is not None else None,
        "whole": result.whole,
        "baseline_whole": outcome.baseline.whole,
        "percent": shown_percent(result, decimals_of(outcome), outcome.share_base),
        "decimals": decimals_of(outcome),
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
    return as_json(kpi_records(report))


def kpis_as_csv(report: Published) -> str:
    """Give the records as CSV."""
    records = kpi_records(report)
    return as_csv(list(records[0]) if records else [], records)


FAULT_FIELDS = ("severity", "file", "sheet", "row", "column", "problem", "remedy")


def fault_records(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Give a record per fault, the gravest first; nothing as None."""
    ordered = sorted(faults, key=lambda fault: (SEVERITIES.index(fault.severity), fault.sort_key()))
    return [{name: getattr(fault, name) for name in FAULT_FIELDS} for fault in ordered]


def faults_as_csv(faults: Sequence[Fault]) -> str:
    """Give the faults as CSV, a line each."""
    return as_csv(FAULT_FIELDS, fault_records(faults))


def faults_as_json(faults: Sequence[Fault]) -> str:
    """Give the faults as JSON, with how many there are of each severity."""
    records = fault_records(faults)
    counts = {severity: sum(one["severity"] == severity for one in records) for severity in SEVERITIES}
    return as_json({"counts": counts, "faults": records})


def log_records(log: pd.DataFrame) -> list[dict[str, object]]:
    """Give a record per line of the cleaning log; nothing as None."""
    cells = log[list(LOG_COLUMNS)].astype(object)
    lines = cells.where(cells.notna(), None).itertuples(index=False, name=None)
    return [dict(zip(LOG_COLUMNS, line, strict=True)) for line in lines]


def log_as_csv(log: pd.DataFrame) -> str:
    """Give the cleaning log as CSV."""
    return as_csv(LOG_COLUMNS, log_records(log))


def log_as_json(log: pd.DataFrame) -> str:
    """Give the cleaning log as a JSON list."""
    return as_json(log_records(log))


def as_json(content: object) -> str:
    """Write anything as JSON for people and machines: indented, letters as they are."""
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_csv(fields: Sequence[str], records: Sequence[Mapping[str, object]]) -> str:
    """Write records as CSV: comma between fields, point in decimals, nothing as an empty field.

    No text begins as a formula does; lists are joined by LIST_SEPARATOR.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _field(value) for name, value in record.items()} for record in records)
    return text.getvalue()


def _field(value: object) -> object:
    if isinstance(value, list):
        return defused(LIST_SEPARATOR.join(value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return defused(value)
    return "" if value is None else value
