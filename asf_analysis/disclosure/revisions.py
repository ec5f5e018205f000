"""What a new edition tells otherwise than the one before: kept with each edition, and told in the next.

An edition leaves a record of the figures that it told, of what they rested on, and of what it had revised
itself. The record holds nothing that the edition did not tell.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from asf_analysis.audience import Audience
from asf_analysis.disclosure.published import Part, Published, Revision
from asf_analysis.errors import DataFaults, Fault
from asf_analysis.folders import figures_file
from asf_analysis.intake.schemas import SOURCE, CleanTables
from asf_analysis.kpis.outcomes import MISSED, REACHED, Outcome
from asf_analysis.kpis.registry import Result

PARTS: tuple[Part, ...] = ("baseline", "target", "result")
VERSION = 1


def with_revisions(published: Published, tables: CleanTables, record: str) -> Published:
    """Tell what has been revised since an edition, whose record is "" where there was none.

    Raises DataFaults for a record that is not as `record_of` wrote it.
    """
    if not record:
        return published
    earlier = _read(record, figures_file(published.audience))
    return replace(published, revisions=(*_kept(earlier), *_found(published, tables, earlier)))


def record_of(published: Published, tables: CleanTables, on: date) -> str:
    """Write the record of an edition that is published on a day."""
    content = {
        "version": VERSION,
        "edition": on.isoformat(),
        "tables": _fingerprints(tables),
        "figures": {
            one.kpi.key: {part: _told(_figure(one, part)) for part in PARTS} for one in _all(published)
        },
        "revisions": [
            {
                "kpi": one.kpi,
                "part": one.part,
                "before": _told(one.before),
                "after": _told(one.after),
                "edition": one.edition.isoformat(),
                "changed": list(one.changed),
            }
            for one in published.revisions
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_record(folder: Path, audience: Audience, as_of: str = "") -> str:
    """Read the record that an edition left in its internal folder; "" where there is none.

    Raises DataFaults for one that cannot be read.
    """
    try:
        return (folder / figures_file(audience, as_of)).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(figures_file(audience, as_of)) from error


def _all(published: Published) -> tuple[Outcome, ...]:
    return (*published.outcomes, *published.indicators)


def _figure(outcome: Outcome, part: Part) -> Result:
    if outcome.kpi.kind == "milestone":
        answer = {REACHED: True, MISSED: False}.get(outcome.status) if part == "result" else None
        return Result(None, reached=answer)
    if part == "target":
        return Result(outcome.target.value if outcome.target else None)
    return outcome.result if part == "result" else outcome.baseline


def _told(result: Result) -> dict[str, Any]:
    """Give what a reader is told of a figure, as JSON."""
    told = {
        "amount": result.amount,
        "whole": result.whole,
        "low": result.low,
        "high": result.high,
        "members": list(result.members) or None,
        "reached": result.reached,
        "withheld": result.withheld or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _result(told: Mapping[str, Any]) -> Result:
    given = {**told, "members": tuple(told.get("members", ()))}
    return Result(**{"amount": None, **given})


def _fingerprints(tables: CleanTables) -> dict[str, str]:
    """Give what tells whether a clean table's rows are the same, wherever they stood in the files."""
    frames = {name: tables.table(name).drop(columns=list(SOURCE), errors="ignore") for name in TABLES}
    return {name: _fingerprint(frame) for name, frame in frames.items()}


TABLES = ("enterprises", "responses", "activities", "trainings", "support_structures", "supervised_places")


def _fingerprint(frame: pd.DataFrame) -> str:
    rows = pd.util.hash_pandas_object(frame.reset_index(drop=True), index=False)
    digest = hashlib.sha256("|".join(map(str, frame.columns)).encode())
    digest.update(rows.to_numpy().tobytes())
    return digest.hexdigest()[:16]


def _found(published: Published, tables: CleanTables, earlier: Mapping[str, Any]) -> Iterator[Revision]:
    """Compare each figure with what the earlier edition told; one that it did not tell is no revision."""
    now = _fingerprints(tables)
    changed = {name for name in now if earlier["tables"].get(name) != now[name]}
    for outcome in _all(published):
        before = earlier["figures"].get(outcome.kpi.key)
        for part in PARTS if before else ():
            was, told = before[part], _told(_figure(outcome, part))
            if was != told:
                rests_on = tuple(name for name in outcome.kpi.tables if name in changed and part != "target")
                day = date.fromisoformat(earlier["edition"])
                yield Revision(outcome.kpi.key, part, _result(was), _result(told), day, rests_on)


def _kept(earlier: Mapping[str, Any]) -> Iterator[Revision]:
    for one in earlier["revisions"]:
        day, changed = date.fromisoformat(one["edition"]), tuple(one["changed"])
        yield Revision(one["kpi"], one["part"], _result(one["before"]), _result(one["after"]), day, changed)


def _read(record: str, file: str) -> Mapping[str, Any]:
    try:
        content = json.loads(record)
        if content["version"] != VERSION or not isinstance(content["figures"], dict):
            raise _unreadable(file)
        date.fromisoformat(content["edition"])
        for one in content["figures"].values():
            for part in PARTS:
                _result(one[part])
        tuple(_kept(content))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(file) from error
    return content


def _unreadable(file: str) -> DataFaults:
    remedy = (
        "Filen skrivs av körningen och ska inte ändras för hand. Hämta tillbaka den, eller ta bort den: då "
        "berättar nästa utgåva inte vad som har ändrats."
    )
    return DataFaults([Fault(file, "Filen är inte som den skrevs.", remedy)])
