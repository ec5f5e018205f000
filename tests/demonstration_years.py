"""The years of the demonstration data, measured once by each worker; nobody changes what these give."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from asf_analysis import Year, load
from asf_analysis.audience import Audience
from asf_analysis.folders import DataFolder
from asf_analysis.kpis.results import Results
from asf_analysis.pipeline import load_results

DATA = DataFolder(Path(__file__).parent.parent / "data")


@cache
def measured_year(year: int, as_of: str = "") -> Results:
    """Give what `load_results` does."""
    return load_results(year, DATA, as_of=as_of)


@cache
def published_year(year: int, audience: Audience = "public", as_of: str = "") -> Year:
    """Give what `load` does."""
    return load(year, audience, DATA.root, as_of=as_of)
