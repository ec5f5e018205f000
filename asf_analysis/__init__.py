"""What an analyst imports.

`load(year)` gives a year's results, ready to show. `load_quality(year)` gives the quality of its data, also
where that data stops the report, and `cleaning_log(year)` a frame of every cell that cleaning changed.
`load_trends(year)` gives a year's results with those of all years before it.

Names are imported when first used, so that the command line can answer `--help` at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asf_analysis.disclosure.published import Published
    from asf_analysis.disclosure.quality import DataQuality
    from asf_analysis.disclosure.trends import Trends
    from asf_analysis.pipeline import cleaning_log, load, load_quality, load_trends

__all__ = ["DataQuality", "Published", "Trends", "cleaning_log", "load", "load_quality", "load_trends"]

_HOMES = {
    "DataQuality": "asf_analysis.disclosure.quality",
    "Published": "asf_analysis.disclosure.published",
    "Trends": "asf_analysis.disclosure.trends",
    "cleaning_log": "asf_analysis.pipeline",
    "load": "asf_analysis.pipeline",
    "load_quality": "asf_analysis.pipeline",
    "load_trends": "asf_analysis.pipeline",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'asf_analysis' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
