"""What an analyst imports: `import asf_analysis as asf`.

`asf.load(2018)` gives a year's results, ready to show and to dig in; `asf.load_quality(2018)` the quality of
its data, also where that data stops the report, `asf.load_trends(2018)` that year
with all before it, and `asf.cleaning_log(2018)` a frame of every cell that
cleaning changed. `asf.Kpi`, `asf.Result`, `asf.count_rows`, `asf.total` and `asf.running_on` are what a
KPI of your own is made of, and `asf.KPIS` are those there are.

Names are imported when first used, so that the command line can answer `--help` at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asf_analysis.disclosure.municipalities import MunicipalityReport
    from asf_analysis.disclosure.published import Published
    from asf_analysis.disclosure.quality import DataQuality
    from asf_analysis.disclosure.trends import Trends
    from asf_analysis.exploring import Year, available_years, load
    from asf_analysis.intake.spans import running_on
    from asf_analysis.kpis import INDICATORS, KPIS
    from asf_analysis.kpis.registry import Indicator, Kpi, Period, Result, count_rows, total
    from asf_analysis.pipeline import cleaning_log, load_municipalities, load_quality, load_trends

__all__ = [
    "INDICATORS",
    "KPIS",
    "DataQuality",
    "Indicator",
    "Kpi",
    "MunicipalityReport",
    "Period",
    "Published",
    "Result",
    "Trends",
    "Year",
    "available_years",
    "cleaning_log",
    "count_rows",
    "load",
    "load_municipalities",
    "load_quality",
    "load_trends",
    "running_on",
    "total",
]

_HOMES = {
    "INDICATORS": "asf_analysis.kpis",
    "KPIS": "asf_analysis.kpis",
    "DataQuality": "asf_analysis.disclosure.quality",
    "Indicator": "asf_analysis.kpis.registry",
    "MunicipalityReport": "asf_analysis.disclosure.municipalities",
    "Kpi": "asf_analysis.kpis.registry",
    "Period": "asf_analysis.kpis.registry",
    "Published": "asf_analysis.disclosure.published",
    "Result": "asf_analysis.kpis.registry",
    "Trends": "asf_analysis.disclosure.trends",
    "Year": "asf_analysis.exploring",
    "available_years": "asf_analysis.exploring",
    "cleaning_log": "asf_analysis.pipeline",
    "count_rows": "asf_analysis.kpis.registry",
    "load": "asf_analysis.exploring",
    "load_municipalities": "asf_analysis.pipeline",
    "load_quality": "asf_analysis.pipeline",
    "load_trends": "asf_analysis.pipeline",
    "running_on": "asf_analysis.intake.spans",
    "total": "asf_analysis.kpis.registry",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        known = ", ".join(sorted(_HOMES))
        raise AttributeError(f"asf_analysis har inget som heter {name!r}. Det som finns: {known}.")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
