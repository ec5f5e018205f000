"""KPIs and faults as they are read in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.errors import SEVERITIES, Fault
from asf_analysis.kpis.outcomes import NO_TARGET, Outcome
from asf_analysis.swedish.writing import approximately, format_number, format_percent

NOTHING = "–"
WIDTH_WITHOUT_TERMINAL = 120


def kpis_in_terminal(report: Published) -> Table:
    """Give the KPIs as a table: baseline, target, result, fulfilment and status."""
    published = require_published(report)
    title = f"{published.association.name}: mål och resultat {published.year}"
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    table.add_column("Nyckeltal")
    for heading in ("Utgångsläge", "Mål", "Resultat", "Uppfyllt"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Status", no_wrap=True)
    for outcome in published.outcomes:
        table.add_row(*(Text(cell) for cell in _cells(outcome)))
    return table


def _cells(outcome: Outcome) -> tuple[str, ...]:
    target = outcome.target.value if outcome.target else None
    result = _written(outcome.result.amount)
    return (
        outcome.kpi.label,
        _written(outcome.baseline.amount),
        _written(target),
        approximately(result) if outcome.result.approximate else result,
        NOTHING if outcome.fulfilment is None else format_percent(outcome.fulfilment * 100),
        "inget mål" if outcome.reason == NO_TARGET else outcome.status,
    )


def _written(amount: float | None) -> str:
    return NOTHING if amount is None else format_number(amount)


def faults_in_terminal(faults: Sequence[Fault]) -> RenderableType:
    """Give the faults grouped by severity, the gravest first, and a line that counts them."""
    counts = [
        (severity, [fault for fault in faults if fault.severity == severity]) for severity in SEVERITIES
    ]
    lines = [
        Text(f"{severity.upper()}: {fault}", style="bold red" if severity == "fel" else "")
        for severity, found in counts
        for fault in found
    ]
    summary = ", ".join(f"{len(found)} {severity}" for severity, found in counts)
    return Group(*lines, Text(f"Sammanlagt: {summary}."))


def show(content: RenderableType) -> None:
    """Print to standard output, at a fixed width where that is no terminal."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH_WITHOUT_TERMINAL)
    console.print(content, soft_wrap=not isinstance(content, Table))
