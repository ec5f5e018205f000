"""The tables of a report, and its KPI cards: one module for each table, and one for how a table is drawn.

Every function takes a `Published` and gives a `Block`; a table that has nothing to show says so in words.
"""

from asf_analysis.presentation.tables.breakdown import breakdown
from asf_analysis.presentation.tables.cards import kpi_cards
from asf_analysis.presentation.tables.coverage import coverage
from asf_analysis.presentation.tables.definitions import definitions
from asf_analysis.presentation.tables.goals import goals
from asf_analysis.presentation.tables.lectures import lectures
from asf_analysis.presentation.tables.reconciliation import reconciliation

__all__ = ["breakdown", "coverage", "definitions", "goals", "kpi_cards", "lectures", "reconciliation"]
