"""How groups of people are named, so that tables and KPIs that count the same people are known to.

A group is what its people have in common: (dimension, value) pairs. Whoever is left out of no dimension is
everybody of the day or the period that is told of.
"""

from __future__ import annotations

Group = tuple[tuple[str, str], ...]

ROLE, SEX, PLACE, SIZE, OUTCOME = "role", "sex", "municipality", "size", "outcome"
"""Dimensions."""

EVERYBODY: Group = ()
PARTICIPANTS: Group = ((ROLE, "Deltagare"),)
EMPLOYEES: Group = ((ROLE, "Anställda"),)
PERMANENT: Group = ((ROLE, "Tillsvidareanställda"),)
NOT_PERMANENT: Group = ((ROLE, "Anställda som inte är tillsvidareanställda"),)
OTHER_EMPLOYEES: Group = ((ROLE, "Övriga anställda"),)
UNKNOWN_EMPLOYEES: Group = ((ROLE, "Anställda med okänd anställningsform"),)
COMPLETED: Group = ((ROLE, "Avslutade"),)
TO_WORK_OR_STUDIES: Group = (*COMPLETED, (OUTCOME, "Arbete eller studier"))

PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    ROLE: {
        EMPLOYEES[0][1]: (PERMANENT[0][1], NOT_PERMANENT[0][1]),
        NOT_PERMANENT[0][1]: (OTHER_EMPLOYEES[0][1], UNKNOWN_EMPLOYEES[0][1]),
    },
    OUTCOME: {TO_WORK_OR_STUDIES[1][1]: ("Arbete", "Studier")},
}
"""Values of a dimension that are others of its values together: every reader can add and subtract them."""
