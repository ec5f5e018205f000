"""Contradictions inside what was published: what no data of ours is needed to see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from asf_analysis.kpis.outcomes import PublishedFigure
from asf_analysis.kpis.registry import Kpi
from asf_analysis.kpis.statements import Statement, check_statement

ContradictionKind = Literal["sum", "share", "rounding", "names", "baseline", "definition"]


@dataclass(frozen=True)
class Contradiction:
    """Two things that published reports say and that cannot both be so.

    `told` is what one of them says, `other` what the other one does, or what its own counts give: numbers (of
    a `share` in percent), or texts as they were written. `what` is the KPI's label or what the statement is
    about. `year` is the year whose report is read.
    """

    kind: ContradictionKind
    year: int
    what: str
    told: float | str
    other: float | str
    share: bool = False
    counted_from: str = ""
    source: str = ""


def contradictions_of(
    year: int,
    figures: Mapping[str, PublishedFigure],
    before: Mapping[str, PublishedFigure],
    statements: Sequence[Statement],
    kpis: Sequence[Kpi],
) -> tuple[Contradiction, ...]:
    """Find what contradicts what in a year's published report, and between it and the one before.

    `figures` and `before` are the published figures of the year and of the year before, by the KPI's key.
    """
    labels = {kpi.key: kpi.label for kpi in kpis}
    return (
        *(
            found
            for key, figure in figures.items()
            for found in _of_figure(year, labels[key], figure, before.get(key))
        ),
        *(found for statement in statements for found in _of_statement(statement)),
    )


def _of_statement(statement: Statement) -> Iterator[Contradiction]:
    verdict = check_statement(statement)
    if verdict == "agrees":
        return
    kind: ContradictionKind = "share" if statement.is_share else "sum"
    yield Contradiction(
        kind="rounding" if verdict == "agrees if rounded" else kind,
        year=statement.year,
        what=statement.what,
        told=statement.told_as,
        other=float(statement.counted),
        share=statement.is_share,
        counted_from=statement.counted_from,
        source=statement.source,
    )


def _of_figure(
    year: int, label: str, figure: PublishedFigure, before: PublishedFigure | None
) -> Iterator[Contradiction]:
    """Compare a KPI's names with its number, its baseline with last year's result, and its definitions."""
    result, baseline, source = figure.result, figure.baseline, figure.source
    if figure.members and result is not None and len(figure.members) != result:
        yield Contradiction("names", year, label, result, len(figure.members), source=source)
    earlier = before.result if before and not before.approximate else None
    if baseline is not None and earlier is not None and baseline != earlier:
        yield Contradiction("baseline", year, label, baseline, earlier, source=source)
    last_year = before.result_definition if before else ""
    at_start = figure.baseline_definition or last_year
    if at_start and figure.result_definition and figure.result_definition != at_start:
        yield Contradiction("definition", year, label, figure.result_definition, at_start, source=source)
    elif last_year and figure.baseline_definition and figure.baseline_definition != last_year:
        yield Contradiction("definition", year, label, figure.baseline_definition, last_year, source=source)
