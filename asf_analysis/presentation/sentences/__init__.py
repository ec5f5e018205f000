"""The report's sentences: every number in its prose comes from here, one module for each subject.

Every function takes what passed the door, a `Published` or a `DataQuality`, and gives paragraphs or a list,
ready to stand under a notebook's heading.
"""

from asf_analysis.presentation.sentences.activities import activities, informed, lectures, trainings
from asf_analysis.presentation.sentences.assessment import assessment
from asf_analysis.presentation.sentences.development import changes, development, sizes
from asf_analysis.presentation.sentences.effort import effort, parties, period, target_groups, tracks
from asf_analysis.presentation.sentences.forecasts import forecast_accuracy, forecasts
from asf_analysis.presentation.sentences.gender import balance, gender_summary, rounds
from asf_analysis.presentation.sentences.goals import goals, summary
from asf_analysis.presentation.sentences.kpis import kpi, milestones
from asf_analysis.presentation.sentences.meetings import meetings
from asf_analysis.presentation.sentences.method import (
    coverage,
    disclosure,
    judging,
    measuring,
    tolerance,
    versions,
)
from asf_analysis.presentation.sentences.municipalities import supporting_municipalities
from asf_analysis.presentation.sentences.municipality_pages import (
    place_groups,
    place_information,
    places_summary,
)
from asf_analysis.presentation.sentences.participants import completed, participants_per_employee
from asf_analysis.presentation.sentences.people import groups, people
from asf_analysis.presentation.sentences.places import supervised_places
from asf_analysis.presentation.sentences.quality import (
    answers,
    cleaning,
    contradicting,
    faults,
    intake,
    large_changes,
    usable,
)
from asf_analysis.presentation.sentences.rates import rates
from asf_analysis.presentation.sentences.reach import reach
from asf_analysis.presentation.sentences.trends import (
    enterprise_changes,
    people_by_year,
    survival,
    trends_method,
    trends_summary,
)

__all__ = [
    "activities",
    "answers",
    "assessment",
    "balance",
    "changes",
    "cleaning",
    "completed",
    "contradicting",
    "coverage",
    "development",
    "disclosure",
    "effort",
    "enterprise_changes",
    "faults",
    "forecast_accuracy",
    "forecasts",
    "gender_summary",
    "goals",
    "groups",
    "informed",
    "intake",
    "judging",
    "kpi",
    "large_changes",
    "lectures",
    "measuring",
    "meetings",
    "milestones",
    "participants_per_employee",
    "parties",
    "people",
    "people_by_year",
    "period",
    "place_groups",
    "place_information",
    "places_summary",
    "rates",
    "reach",
    "rounds",
    "sizes",
    "summary",
    "supervised_places",
    "supporting_municipalities",
    "survival",
    "target_groups",
    "tolerance",
    "tracks",
    "trainings",
    "trends_method",
    "trends_summary",
    "usable",
    "versions",
]
