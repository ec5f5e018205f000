"""What KPIs call the association's area: a county, a municipality, or what the association says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from asf_analysis.kpis.registry import Kpi

OF_A_COUNTY = "länet"
"""The word that entries of KPIs are written with."""

AnyKpi = TypeVar("AnyKpi", bound=Kpi)

_TOLD = ("label", "formula", "definition", "other_definition", "singular", "plural", "sentence")


def told_of(area: str, kpis: Sequence[AnyKpi]) -> tuple[AnyKpi, ...]:
    """Give KPIs in the words of an area, such as *kommunen*; those of a county are as they were written.

    >>> from asf_analysis.kpis.information import EXTERNAL_LECTURES
    >>> told_of("kommunen", [EXTERNAL_LECTURES])[0].label
    'Föreläsningar utanför kommunen'
    """
    if area == OF_A_COUNTY:
        return tuple(kpis)
    return tuple(
        replace(kpi, **{name: getattr(kpi, name).replace(OF_A_COUNTY, area) for name in _TOLD})
        for kpi in kpis
    )
