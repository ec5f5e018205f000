"""The plan of a run: which reports are unchanged, and the steps that make the others.

Each period is measured once, whichever reports tell it, and what is withheld of it is chosen once: first of
the reports' own periods, the earliest first, then of those that they tell besides, the latest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from asf_analysis.folders import DataFolder, OutputFolder
from asf_analysis.reports.inputs import input_files
from asf_analysis.reports.key import key_of
from asf_analysis.reports.manifest import ReportManifest, is_as_published, read_manifest
from asf_analysis.reports.places import manifest_name
from asf_analysis.reports.requests import Request
from asf_analysis.reports.workers.digest import digest

Period = tuple[int, str]
"""A year and the last day of the part of it that is told; "" for the whole year."""

FIRST_GUESS = {"trends": 4.0, "annual_report": 3.0, "municipalities": 2.0}
"""How long reports take beside each other, where no manifest tells."""


@dataclass(frozen=True, eq=False)
class Planned:
    """A report of the plan: its notebook, and the edition of it that is published, if any.

    `files` are those that it would be made from, by the package and libraries that `code` is a digest of.
    """

    request: Request
    notebook: Path
    published: ReportManifest | None
    unchanged: bool
    files: tuple[Path, ...]
    code: str

    @property
    def weight(self) -> float:
        """How long it took the last time, or a guess: the longest are to begin first."""
        if self.published:
            return self.published.duration_seconds
        return FIRST_GUESS.get(self.request.report.name, 1.0)


def plan(requests: Sequence[Request], notebooks: Path, data: DataFolder, output: Path) -> tuple[Planned, ...]:
    """Compare what reports would be made from with what the published ones were made from."""
    code = digest()
    return tuple(
        _plan_one(one, notebooks / f"{one.report.name}.ipynb", data, output, code) for one in requests
    )


def _plan_one(request: Request, notebook: Path, data: DataFolder, output: Path, code: str) -> Planned:
    folder = OutputFolder(output, request.year).public
    published = read_manifest(folder / manifest_name(request))
    same = published is not None and published.key == key_of(request, data, notebook, code)
    whole = (
        same and published is not None and all(is_as_published(one, folder) for one in published.documents)
    )
    return Planned(request, notebook, published, whole, input_files(request, data), code)


def periods_told(request: Request, data: DataFolder) -> tuple[Period, ...]:
    """Give the periods that a report tells, its own the last; none for one that reads the data itself."""
    if request.report.loads == "quality":
        return ()
    *before, own = request.report.tells(request.year, data)
    return (*((year, "") for year in before), (own, request.as_of))


def in_order_of_choice(told: Mapping[Request, Sequence[Period]]) -> tuple[Period, ...]:
    """Order the periods of public reports as what is withheld of them is chosen."""
    public = {request: periods for request, periods in told.items() if request.audience == "public"}
    own = sorted({periods[-1] for periods in public.values() if periods})
    others = sorted(_all(public.values()) - set(own), reverse=True)
    return (*own, *others)


def _all(told: Iterable[Sequence[Period]]) -> set[Period]:
    return {period for periods in told for period in periods}
