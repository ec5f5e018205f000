"""A KPI's outcome: its result beside baseline, target and the published figure, judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from asf_analysis.kpis.registry import Kpi, Period, Result

Status = Literal["uppnått", "nära målet", "ej uppnått", "kan ej bedömas"]


@dataclass(frozen=True)
class Target:
    """What a KPI was to reach (`data/targets.csv`); `value` is None for a milestone."""

    value: float | None
    on: date | None = None
    baseline: float | None = None
    baseline_on: date | None = None
    definition: str = ""
    comment: str = ""


@dataclass(frozen=True)
class PublishedFigure:
    """What an earlier report said of a KPI (`data/published/<year>.csv`)."""

    baseline: float | None = None
    target: float | None = None
    result: float | None = None
    approximate: bool = False
    status: str = ""
    members: tuple[str, ...] = ()
    baseline_definition: str = ""
    result_definition: str = ""
    source: str = ""


@dataclass(frozen=True)
class Outcome:
    """One KPI in one period.

    `fulfilment` is result ÷ target, `share_of_planned_change` (result − baseline) ÷ (target − baseline);
    both None where a part is missing or the divisor is 0. `status` judges against the target; `reason`
    says in Swedish why it cannot be judged, else it is empty. `warnings` are Swedish sentences that must
    stand beside the figure.
    """

    kpi: Kpi
    period: Period
    baseline: Result
    target: Target | None
    result: Result
    status: Status
    reason: str
    fulfilment: float | None
    share_of_planned_change: float | None
    published: PublishedFigure | None
    warnings: tuple[str, ...] = ()
    text: str = ""
    """A milestone's written account, from the year's assessment file (plain text)."""
