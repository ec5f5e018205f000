"""Whom a report is for."""

from __future__ import annotations

from typing import Literal

from asf_analysis.errors import WrongUsage

Audience = Literal["public", "internal"]
AUDIENCES: tuple[Audience, ...] = ("public", "internal")


def check_audience(audience: str) -> None:
    """Raise WrongUsage for an audience that does not exist."""
    if audience not in AUDIENCES:
        raise WrongUsage(f"Det finns ingen målgrupp {audience!r}. Välj {' eller '.join(AUDIENCES)}.")
