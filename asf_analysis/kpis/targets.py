"""Targets: what each KPI was to reach, from `data/targets.csv`."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.errors import DataFaults
from asf_analysis.folders import DataFolder
from asf_analysis.intake.lists import Line, read_list
from asf_analysis.kpis.outcomes import Target
from asf_analysis.kpis.registry import Kpi
from asf_analysis.swedish.dates import read_date
from asf_analysis.swedish.names import NameBook
from asf_analysis.swedish.numbers import read_number

FILE = "targets.csv"
COLUMNS = (
    "År",
    "Nyckeltal",
    "Ingångsvärde",
    "Ingångsdatum",
    "Målbild",
    "Måldatum",
    "Definition",
    "Kommentar",
)
_NUMBER = "Skriv ett tal, eller lämna cellen tom."
_DATE = "Skriv datumet som 2018-12-31, eller lämna cellen tom."


def read_targets(data: DataFolder, kpis: Sequence[Kpi]) -> dict[int, dict[str, Target]]:
    """Read the targets of all years: by year, then by the KPI's key.

    A KPI is named by its key or its label. Raises DataFaults for a missing column, an unknown KPI, a year or
    number that cannot be read, and two targets for one KPI in one year.
    """
    lines = read_list(data.targets, FILE, COLUMNS)
    targets: dict[int, dict[str, Target]] = {}
    for line in lines:
        year, kpi = read_year(line), find_kpi(line, kpis)
        target = _read_target(line)
        if year is None or kpi is None:
            continue
        if kpi.key in targets.setdefault(year, {}):
            line.fault("Nyckeltal", "Nyckeltalet har redan ett mål för året.", "Behåll en av raderna.")
        targets[year][kpi.key] = target
    faults = [fault for line in lines for fault in line.faults]
    if faults:
        raise DataFaults(faults)
    return targets


def _read_target(line: Line) -> Target:
    return Target(
        value=line.read("Målbild", read_number, _NUMBER),
        on=line.read("Måldatum", read_date, _DATE),
        baseline=line.read("Ingångsvärde", read_number, _NUMBER),
        baseline_on=line.read("Ingångsdatum", read_date, _DATE),
        definition=line.text("Definition"),
        comment=line.text("Kommentar"),
    )


def read_year(line: Line) -> int | None:
    """Read a line's year; notes a fault and gives None where there is none."""
    text = line.text("År")
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    line.fault("År", "Det som står är inget årtal.", "Skriv fyra siffror, till exempel 2018.")
    return None


def find_kpi(line: Line, kpis: Sequence[Kpi]) -> Kpi | None:
    """Find the KPI that a line names by key or label; notes a fault with the nearest ones and gives None."""
    text = line.text("Nyckeltal")
    for kpi in kpis:
        if text.casefold() in (kpi.key.casefold(), kpi.label.casefold()):
            return kpi
    nearest = ", ".join(NameBook.of([kpi.key for kpi in kpis]).nearest(text))
    line.fault("Nyckeltal", "Nyckeltalet finns inte.", f"Närmaste som finns: {nearest}.")
    return None
