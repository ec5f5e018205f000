"""From a KPI's name, wherever it stands, to the place where its definition is told."""

from __future__ import annotations

from asf_analysis.kpis.registry import Kpi
from asf_analysis.presentation.block import Block, element, legible


def place_of(kpi: Kpi) -> str:
    """Name the place of a KPI's definition: the id that links to it lead to.

    >>> from asf_analysis.kpis.trainings import TRAININGS
    >>> place_of(TRAININGS)
    'nyckeltal-trainings'
    """
    return f"nyckeltal-{kpi.key.replace('_', '-')}"


def kpi_link(kpi: Kpi, text: str = "") -> Block:
    """Write a KPI's name, or a text about it, as a link to its definition.

    The page unwraps the link where it holds no definition.
    """
    shown = text or kpi.label
    return Block(element("a", shown, href=f"#{place_of(kpi)}"), legible(shown))


def kpi_target(kpi: Kpi) -> Block:
    """Write a KPI's name where its definition stands, for links to lead to.

    The id is that of a `span`: Word keeps no other inside a table.
    """
    return Block(element("span", kpi.label, id=place_of(kpi)), legible(kpi.label))
