"""The tables of a report, and its cards: one module for each table, and one for how a table is drawn.

Every function takes what passed the door, a `Published` or a `DataQuality`, and gives a `Block`; a table
that has nothing to show says so in words.
"""

from asf_analysis.presentation.tables.answers import answers, large_changes, silent_enterprises
from asf_analysis.presentation.tables.breakdown import breakdown
from asf_analysis.presentation.tables.cards import kpi_cards
from asf_analysis.presentation.tables.contradictions import contradictions
from asf_analysis.presentation.tables.coverage import coverage
from asf_analysis.presentation.tables.definitions import definitions
from asf_analysis.presentation.tables.faults import contradicting, faults
from asf_analysis.presentation.tables.goals import goals
from asf_analysis.presentation.tables.lectures import lectures
from asf_analysis.presentation.tables.quality import cleaning, intake, quality_cards
from asf_analysis.presentation.tables.reconciliation import reconciliation

__all__ = [
    "answers",
    "breakdown",
    "cleaning",
    "contradicting",
    "contradictions",
    "coverage",
    "definitions",
    "faults",
    "goals",
    "intake",
    "kpi_cards",
    "large_changes",
    "lectures",
    "quality_cards",
    "reconciliation",
    "silent_enterprises",
]
