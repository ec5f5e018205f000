"""Clean tables to results. A KPI is an entry under the function that measures it; `KPIS` holds them all."""

from __future__ import annotations

from types import ModuleType

from asf_analysis.kpis import (
    enterprises,
    gender,
    information,
    meetings,
    milestones,
    moving_on,
    places,
    sizes,
    staffing,
    support,
    trainings,
)
from asf_analysis.kpis.registry import Indicator, Kpi

SUBJECTS = (
    trainings,
    information,
    enterprises,
    support,
    milestones,
    gender,
    moving_on,
    staffing,
    sizes,
    meetings,
    places,
)
"""The subject files, in the order in which a report shows their KPIs."""


def _entries(subject: ModuleType) -> tuple[Kpi, ...]:
    return tuple(value for value in vars(subject).values() if isinstance(value, Kpi))


KPIS: tuple[Kpi, ...] = tuple(
    kpi for subject in SUBJECTS for kpi in _entries(subject) if not isinstance(kpi, Indicator)
)
"""Every KPI, in the order of a report; an entry in a subject file is all it takes to be among them."""

INDICATORS: tuple[Indicator, ...] = tuple(
    kpi for subject in SUBJECTS for kpi in _entries(subject) if isinstance(kpi, Indicator)
)
"""Every indicator, likewise."""
