"""A new year's lines of `data/targets.csv`: the goals of the year before, with its results as baselines.

A line is prepared without its target, and is valid as it stands: nothing is judged until somebody sets it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asf_analysis.association import Association
from asf_analysis.errors import DataFaults, Fault
from asf_analysis.folders import DataFolder
from asf_analysis.intake.delimited import encoding_of, read_text
from asf_analysis.intake.lists import delimiter_of
from asf_analysis.kpis import INDICATORS
from asf_analysis.kpis.outcomes import Outcome, Target
from asf_analysis.kpis.own import answered_for, every_kpi
from asf_analysis.kpis.registry import Kpi, Period
from asf_analysis.kpis.results import Results
from asf_analysis.kpis.targets import COLUMNS, FILE, read_targets
from asf_analysis.swedish.writing import round_half_up


@dataclass(frozen=True)
class TargetLines:
    """What `data/targets.csv` becomes: all it holds, and how many lines of it are new."""

    content: bytes
    added: int


def prepared_targets(
    data: DataFolder, year: int, association: Association, before: Results | None
) -> TargetLines:
    """Give the list of targets with lines for a year after all that stands in it, which stays byte for byte.

    `before` are the results of the year before, or None where they are not known: then no line has a
    baseline. A KPI that has a line for the year, or that is switched off, gets none. Raises DataFaults where
    the list has faults.
    """
    every = (*every_kpi(association), *INDICATORS)
    answered = (*answered_for(association), *INDICATORS)
    targets = read_targets(data, every)
    there = targets.get(year, {})
    earlier = targets[max(known)] if (known := [one for one in targets if one < year]) else {}
    wanted = [kpi for kpi in answered if kpi.key in earlier] if earlier else answered_for(association)
    outcomes = {one.kpi.key: one for one in (*before.outcomes, *before.indicators)} if before else {}
    lines = [
        _line(kpi, year, outcomes.get(kpi.key), earlier.get(kpi.key))
        for kpi in wanted
        if kpi.key not in there
    ]
    return TargetLines(_appended(data, lines), len(lines))


def _line(kpi: Kpi, year: int, outcome: Outcome | None, earlier: Target | None) -> dict[str, str]:
    """Prepare a KPI's line: where a stock stood, or what a flow came to, and what a milestone is about."""
    stood = outcome if outcome and kpi.kind == "stock" and outcome.result.value is not None else None
    return {
        "År": str(year),
        "Nyckeltal": kpi.key,
        "Ingångsvärde": _amount(stood) if stood else "",
        "Ingångsdatum": stood.day.isoformat() if stood else "",
        "Målbild": "",
        "Måldatum": Period.of_year(year).end.isoformat(),
        "Definition": kpi.definition,
        "Kommentar": _comment(kpi, outcome, earlier),
    }


def _comment(kpi: Kpi, outcome: Outcome | None, earlier: Target | None) -> str:
    if kpi.kind == "milestone":
        return earlier.comment if earlier else ""
    if outcome is None or outcome.result.value is None:
        return ""
    result = outcome.result
    about = "ca " if result.approximate else ""
    parts = []
    if kpi.kind == "flow":
        parts.append(f"Resultatet {outcome.period.year} var {about}{_amount(outcome)}.")
    elif result.approximate:
        parts.append("Ingångsvärdet är ungefärligt (ca).")
    if result.carried:
        parts.append(f"Svar från {result.carried} företag är hämtade från förra enkätomgången.")
    return " ".join(parts)


def _amount(outcome: Outcome) -> str:
    """Write a result as people do in the list: a share in percent, a comma for decimals."""
    decimals = 1 if outcome.is_share else outcome.kpi.decimals
    rounded = round_half_up(float(outcome.result.value or 0), decimals)
    whole = rounded == int(rounded)
    return str(int(rounded)) if whole else str(rounded).replace(".", ",")


def _appended(data: DataFolder, lines: Sequence[Mapping[str, str]]) -> bytes:
    """Write lines after a list's own, with its columns, its signs between cells, and its encoding."""
    if not data.targets.is_file():
        return _written(COLUMNS, [dict(zip(COLUMNS, COLUMNS, strict=True)), *lines], ";", "\r\n").encode(
            "utf-8-sig"
        )
    own = data.targets.read_bytes()
    if not lines:
        return own
    text = read_text(data.targets)
    delimiter, end = delimiter_of(text), "\r\n" if "\r\n" in text else "\n"
    columns = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    gap = "" if text.endswith(("\n", "\r")) else end
    added = gap + _written(columns, lines, delimiter, end)
    try:
        return own + added.encode(encoding_of(own))
    except UnicodeEncodeError as error:
        problem = "Filen är sparad på ett sätt som saknar något av de tecken som ska läggas till."
        raise DataFaults([Fault(FILE, problem, "Spara den som CSV i UTF-8.")]) from error


def _written(columns: Sequence[str], lines: Sequence[Mapping[str, str]], delimiter: str, end: str) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerows(
        [line.get(column, "") for column in columns] for line in lines
    )
    return written.getvalue()
