"""Reconciliation: what an earlier report said, from `data/published/<year>.csv`, beside what is computed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asf_analysis.errors import DataFaults
from asf_analysis.folders import DataFolder
from asf_analysis.intake.lists import Line, read_list
from asf_analysis.kpis.outcomes import Outcome, PublishedFigure
from asf_analysis.kpis.registry import Kpi
from asf_analysis.kpis.targets import find_kpi, read_year
from asf_analysis.swedish.names import fold
from asf_analysis.swedish.numbers import read_number

COLUMNS = ("År", "Nyckeltal", "Ingångsvärde", "Målbild", "Resultat", "Ungefärligt", "Källa")
"""Columns that the file must have; it may also have Status, Namn, Skäl till revidering and the
definitions."""

_NUMBER = "Skriv ett tal, eller lämna cellen tom."
_YES = {"ja": True, "x": True, "nej": False, "": False}


def read_published(data: DataFolder, year: int, kpis: Sequence[Kpi]) -> dict[str, PublishedFigure]:
    """Read what the year's published report said, by the KPI's key; nothing where there is no file.

    Raises DataFaults for a missing column, an unknown KPI, another year, a figure without its source, a
    number that cannot be read, and two lines for one KPI.
    """
    path = data.published(year)
    lines = read_list(path, f"published/{path.name}", COLUMNS)
    figures: dict[str, PublishedFigure] = {}
    for line in lines:
        kpi, figure = find_kpi(line, kpis), _read_figure(line)
        if read_year(line) not in (None, year):
            line.fault("År", "Raden gäller ett annat år än filen.", "Flytta den till det årets fil.")
        if kpi and kpi.key in figures:
            line.fault("Nyckeltal", "Nyckeltalet har redan en rad.", "Behåll en av raderna.")
        if kpi:
            figures[kpi.key] = figure
    faults = [fault for line in lines for fault in line.faults]
    if faults:
        raise DataFaults(faults)
    return figures


def _read_figure(line: Line) -> PublishedFigure:
    if not line.text("Källa"):
        line.fault("Källa", "Källan saknas.", "Skriv vilken rapport siffran kommer från.")
    return PublishedFigure(
        baseline=line.read("Ingångsvärde", read_number, _NUMBER),
        target=line.read("Målbild", read_number, _NUMBER),
        result=line.read("Resultat", read_number, _NUMBER),
        approximate=line.read("Ungefärligt", _read_yes, "Skriv ja eller nej.") or False,
        status=line.text("Status"),
        members=tuple(name for name in re.split(r"\s*,\s*", line.text("Namn")) if name),
        baseline_definition=line.text("Definition av ingångsvärde"),
        result_definition=line.text("Definition av resultat"),
        source=line.text("Källa"),
        revision_reason=line.text("Skäl till revidering"),
    )


def _read_yes(text: str) -> bool:
    if text.casefold() not in _YES:
        raise ValueError("Det som står är varken ja eller nej.")
    return _YES[text.casefold()]


def differences(outcome: Outcome) -> tuple[str, ...]:
    """Name, in Swedish, what of a KPI differs from what was published; nothing where all of it agrees."""
    published = outcome.published
    if published is None:
        return ()
    target = outcome.target.value if outcome.target else None
    told = (
        ("utgångsläge", published.baseline, outcome.baseline.amount),
        ("mål", published.target, target),
        ("resultat", published.result, outcome.result.amount),
    )
    numbers = [name for name, said, computed in told if said is not None and said != computed]
    approximate = published.result is not None and published.approximate != outcome.result.approximate
    names = published.members and {*map(fold, published.members)} != {*map(fold, outcome.result.members)}
    status = published.status and published.status != outcome.status
    others = (("ungefärlighet", approximate), ("namn", names), ("status", status))
    return (*numbers, *(name for name, differs in others if differs))
