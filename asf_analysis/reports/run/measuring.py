"""The tasks of a run before any report is made: what periods hold, and what is withheld of them.

Like those of `making`, each is a function of values alone, and the run names them without importing them (see
`work`). They stand by themselves since they may begin while the libraries of documents are still imported.
"""

from __future__ import annotations

import pickle
from pathlib import Path

from asf_analysis.disclosure.editions import choose_one, pattern_known
from asf_analysis.folders import DataFolder
from asf_analysis.kpis.trends import pace_of
from asf_analysis.pipeline import load_results


def measure(data: DataFolder, year: int, as_of: str) -> bytes:
    """Measure a period; raises DataFaults with all that is wrong with its data."""
    return pickle.dumps(load_results(year, data, as_of=as_of), protocol=pickle.HIGHEST_PROTOCOL)


def pace(results: bytes) -> bytes:
    """Measure a year until days within it, for all the trends that tell it."""
    return pickle.dumps(pace_of(pickle.loads(results)), protocol=pickle.HIGHEST_PROTOCOL)


def known_before(output: Path) -> bytes:
    """Read what earlier public editions showed and withheld."""
    return pickle.dumps(pattern_known(output))


def choose(results: bytes, known: bytes) -> tuple[bytes, bytes]:
    """Choose what is withheld of a period; gives the choice, and what is known when readers have it."""
    choice, pattern = choose_one(pickle.loads(results), pickle.loads(known))
    return pickle.dumps(choice), pickle.dumps(pattern)
