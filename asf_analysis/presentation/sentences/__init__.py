"""The report's sentences: every number in its prose comes from here, one module for each subject.

Every function takes a `Published` and gives paragraphs or a list, ready to stand under a notebook's heading.
"""

from asf_analysis.presentation.sentences.activities import activities, lectures
from asf_analysis.presentation.sentences.assessment import assessment
from asf_analysis.presentation.sentences.effort import effort, parties, period, target_groups, tracks
from asf_analysis.presentation.sentences.goals import goals, summary
from asf_analysis.presentation.sentences.kpis import kpi, milestones
from asf_analysis.presentation.sentences.method import disclosure, method
from asf_analysis.presentation.sentences.municipalities import supporting_municipalities
from asf_analysis.presentation.sentences.people import groups, people

__all__ = [
    "activities",
    "assessment",
    "disclosure",
    "effort",
    "goals",
    "groups",
    "kpi",
    "lectures",
    "method",
    "milestones",
    "parties",
    "people",
    "period",
    "summary",
    "supporting_municipalities",
    "target_groups",
    "tracks",
]
