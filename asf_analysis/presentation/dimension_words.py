"""What the values of a breakdown's dimensions are called, where their own words are for machines."""

from __future__ import annotations

from collections.abc import Mapping

from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.changes import (
    BASELINE,
    CARRIED,
    CLOSED,
    DEFINITION,
    GROWN,
    SHRUNK,
    STARTED,
    UNCHANGED,
)
from asf_analysis.kpis.sizes import UNKNOWN_SIZE

_COMPONENTS = {
    BASELINE: "Utgångsläge",
    STARTED: "Startade företag",
    CLOSED: "Avslutade företag",
    GROWN: "Företag som växte",
    SHRUNK: "Företag som minskade",
    UNCHANGED: "Oförändrade företag",
    DEFINITION: "Ändrat räknesätt",
    CARRIED: "Saknade eller äldre svar",
    TOTAL: "Resultat",
}
"""What a change is made of; its total is where it ends."""

_MEASURES = {
    "enterprises": "Företag",
    "permanent": "Tillsvidareanställda",
    "employees": "Anställda",
    "participants": "Deltagare",
}
_SIZES = {UNKNOWN_SIZE: "Ej känt"}
NAMES: Mapping[str, Mapping[str, str]] = {
    "component": _COMPONENTS,
    "measure": _MEASURES,
    "size": _SIZES,
}
