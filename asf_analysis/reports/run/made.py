"""A report as whoever made it hands it over to the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Made:
    """A report that is made and waits to be published: its documents by the names they have beside its page.

    `executed` is the notebook that ran, `kept` are files for the office about this edition; `kpis`, `rows`
    and `file_rows` are those of `materials.Material`. The peak of memory is in megabytes.
    """

    documents: Mapping[str, bytes]
    executed: bytes
    kept: Mapping[str, bytes]
    kpis: Sequence[Mapping[str, object]]
    rows: Mapping[str, int]
    file_rows: Mapping[str, int]
    seconds: float
    peak_memory_mb: int | None
