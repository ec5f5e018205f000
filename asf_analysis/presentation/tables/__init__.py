"""The tables of a report, and its cards: one module for each table, and one for how a table is drawn.

Every function takes what passed the door, a `Published` or a `DataQuality`, and gives a `Block`; a table
that has nothing to show says so in words.
"""

from asf_analysis.presentation.tables.answers import answers, large_changes, silent_enterprises
from asf_analysis.presentation.tables.balance import balance
from asf_analysis.presentation.tables.breakdown import breakdown
from asf_analysis.presentation.tables.cards import kpi_cards
from asf_analysis.presentation.tables.contradictions import contradictions
from asf_analysis.presentation.tables.coverage import coverage
from asf_analysis.presentation.tables.definitions import definitions
from asf_analysis.presentation.tables.development import panel, sizes
from asf_analysis.presentation.tables.faults import contradicting, faults
from asf_analysis.presentation.tables.forecasts import forecast_errors_by_kpi
from asf_analysis.presentation.tables.goals import goals
from asf_analysis.presentation.tables.indicators import indicators
from asf_analysis.presentation.tables.lectures import lectures
from asf_analysis.presentation.tables.meetings import meetings
from asf_analysis.presentation.tables.municipality_pages import local_groups, places, split
from asf_analysis.presentation.tables.quality import cleaning, intake, quality_cards
from asf_analysis.presentation.tables.rates import rates
from asf_analysis.presentation.tables.reach import reach
from asf_analysis.presentation.tables.reconciliation import reconciliation
from asf_analysis.presentation.tables.trends import (
    closing_reasons,
    enterprise_ages,
    people_by_year,
    survival,
    targets_by_year,
)

__all__ = [
    "answers",
    "balance",
    "breakdown",
    "cleaning",
    "closing_reasons",
    "contradicting",
    "contradictions",
    "coverage",
    "definitions",
    "enterprise_ages",
    "faults",
    "forecast_errors_by_kpi",
    "goals",
    "indicators",
    "intake",
    "kpi_cards",
    "large_changes",
    "lectures",
    "local_groups",
    "meetings",
    "panel",
    "people_by_year",
    "places",
    "quality_cards",
    "rates",
    "reach",
    "reconciliation",
    "silent_enterprises",
    "sizes",
    "split",
    "survival",
    "targets_by_year",
]
