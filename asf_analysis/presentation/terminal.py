"""KPIs, faults and the cleaning log as they are read in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.errors import Fault, Severity
from asf_analysis.kpis.outcomes import NO_TARGET, Outcome
from asf_analysis.kpis.quality import gather_faults
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.places import place_in_sheet
from asf_analysis.presentation.values import (
    SEVERITY_FORMS,
    has_target,
    is_small_share,
    write_baseline,
    write_outcome,
    write_target,
)
from asf_analysis.swedish.writing import format_number, format_percent, start_sentence

NOTHING = "–"
WIDTH_WITHOUT_TERMINAL = 120
SEVERITY_STYLES: Mapping[Severity, str] = {"fel": "bold red", "varning": "bold yellow", "upplysning": "bold"}


def kpis_in_terminal(report: Published) -> Table:
    """Give the KPIs as a table: baseline, target, result, fulfilment and status."""
    published = require_published(report)
    title = f"{published.association.name}: mål och resultat {published.year}"
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    table.add_column("Nyckeltal")
    for heading in ("Utgångsläge", "Mål", "Resultat", "Uppfyllt"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Företag som svarade", justify="right")
    table.add_column("Status", no_wrap=True)
    for outcome in published.outcomes:
        table.add_row(*(Text(cell) for cell in _cells(outcome)))
    return table


def _cells(outcome: Outcome) -> tuple[str, ...]:
    told = outcome.fulfilment is not None and not is_small_share(outcome)
    return (
        outcome.kpi.label,
        NOTHING if outcome.baseline.amount is None else write_baseline(outcome),
        write_target(outcome) if has_target(outcome) else NOTHING,
        NOTHING if outcome.result.amount is None else write_outcome(outcome),
        format_percent((outcome.fulfilment or 0) * 100) if told else NOTHING,
        _answers(outcome.result),
        "inget mål" if outcome.reason == NO_TARGET else outcome.status,
    )


def _answers(result: Result) -> str:
    """Tell how many enterprises answered, of those asked, and how many older answers stand in for others."""
    if result.answered is None or result.asked is None:
        return NOTHING
    carried = f" (+{format_number(result.carried)} äldre)" if result.carried else ""
    return f"{format_number(result.answered)} av {format_number(result.asked)}{carried}"


def faults_in_terminal(faults: Sequence[Fault]) -> RenderableType:
    """Give the faults by severity, the gravest first, then by file; what is alike is told once.

    Ends with a line that counts them.
    """
    lines: list[Text] = []
    head = ""
    for group in gather_faults(faults):
        where = f"{group.severity.upper()}: {group.file}{f', blad {group.sheet}' if group.sheet else ''}"
        if where != head:
            lines += [Text(""), Text(where, style=SEVERITY_STYLES[group.severity])]
        head = where
        place = place_in_sheet(group)
        lines.append(Text(f"  {start_sentence(place)}: {group.problem}" if place else f"  {group.problem}"))
        lines.append(Text(f"    {group.remedy}", style="dim"))
    return Group(*lines[1:], *([Text("")] if lines else []), Text(count_faults(faults)))


def count_faults(faults: Sequence[Fault]) -> str:
    """Count the faults of each severity in a line.

    >>> count_faults([Fault("kv4.csv", "Fel.", "Rätta."), Fault("kv4.csv", "Fel.", "Rätta.")])
    'Sammanlagt: 2 fel, 0 varningar, 0 upplysningar.'
    """
    counts = {severity: sum(fault.severity == severity for fault in faults) for severity in SEVERITY_FORMS}
    told = [
        f"{format_number(count)} {SEVERITY_FORMS[severity][count != 1]}" for severity, count in counts.items()
    ]
    return f"Sammanlagt: {', '.join(told)}."


def log_in_terminal(log: pd.DataFrame) -> RenderableType:
    """Give the cleaning log as a table for each sheet, and a line that counts its rows."""
    sheets = [
        part
        for _, lines in log.groupby(["file", "sheet"], sort=False, dropna=False)
        for part in (_log_of_sheet(lines), Text(""))
    ]
    return Group(
        *sheets, Text(f"Sammanlagt: {format_number(len(log))} {'rad' if len(log) == 1 else 'rader'}.")
    )


def _log_of_sheet(lines: pd.DataFrame) -> Table:
    file, sheet = lines[["file", "sheet"]].iloc[0]
    title = file if pd.isna(sheet) else f"{file}, blad {sheet}"
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    table.add_column("Rad", justify="right", no_wrap=True)
    for heading in ("Kolumn", "Stod", "Blev", "Regel", "Allvar"):
        table.add_column(heading, overflow="fold")
    columns = ["row", "column", "before", "after", "rule", "severity"]
    for line in lines[columns].astype(object).itertuples(index=False):
        table.add_row(*(Text("" if pd.isna(cell) else str(cell)) for cell in line))
    return table


def show(content: RenderableType) -> None:
    """Print to standard output, at a fixed width where that is no terminal; lines of text are not broken."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH_WITHOUT_TERMINAL)
    parts = content.renderables if isinstance(content, Group) else [content]
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, Text))
