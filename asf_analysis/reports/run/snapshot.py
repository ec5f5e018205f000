"""What a run reads: its own copy of the data and the notebooks, so that nothing changes under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from asf_analysis.folders import DataFolder
from asf_analysis.reports.inputs import Input, copy_inputs, copy_notebooks
from asf_analysis.reports.key import key_of
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run.plan import Planned
from asf_analysis.years import years_to_read


@dataclass(frozen=True)
class Snapshot:
    """A run's own copy of what its reports are made from, and the key that each report has by it."""

    data: DataFolder
    inputs: Mapping[str, Input]
    notebooks: Mapping[Path, bytes]
    keys: Mapping[Planned, str]

    def files_read_by(self, request: Request) -> Iterator[Path]:
        """Name the files that a report reads itself, as that of data quality; the others are given all.

        Of its year, each looks whether there is a folder.
        """
        yield self.data.raw_year(request.year)
        if request.report.loads == "quality":
            yield from self.files_of_year(request.year)

    def files_of_year(self, year: int) -> Iterator[Path]:
        """Name the files and the folders that measuring a year reads."""
        for read in years_to_read(year, self.data):
            yield self.data.raw_year(read)
            yield from self.data.raw_year(read).rglob("*")
        for name in self.inputs:
            path = self.data.root / name
            if path.parent.parent != self.data.raw or not path.is_file():
                yield path


def take_snapshot(planned: Sequence[Planned], data: DataFolder, workplace: Path) -> Snapshot:
    """Copy what reports are made from into a run's working folder.

    Raises DataFaults with every file that cannot be read, UnwritableOutput where the copy cannot be written.
    """
    copied = DataFolder(workplace / "data")
    seen = {path for one in planned for path in one.files}
    inputs = copy_inputs([one.request for one in planned], data, copied, seen)
    copies = copy_notebooks({one.notebook for one in planned}, workplace / "notebooks")
    return Snapshot(
        data=copied,
        inputs=inputs,
        notebooks={notebook: copy.read_bytes() for notebook, copy in copies.items()},
        keys={one: key_of(one.request, copied, copies[one.notebook], one.code) for one in planned},
    )
