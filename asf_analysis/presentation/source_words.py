"""What the tables of raw data are called where a reader meets them."""

from __future__ import annotations

_TABLES = {
    "enterprises": "Företagsregister",
    "responses": "Enkät",
    "activities": "Informationsinsatser",
    "trainings": "Utbildningar",
    "support_structures": "Stödstrukturer",
    "supervised_places": "Handledarplatser",
}


def name_table(table: str) -> str:
    """Name a table of raw data by its name in `asf_analysis.intake.schemas.SCHEMAS`.

    >>> name_table("responses")
    'Enkät'
    """
    return _TABLES.get(table, table)
