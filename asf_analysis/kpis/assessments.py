"""The year's written assessment: `data/assessments/<year>.md`, front matter and Markdown sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class MilestoneJudgement:
    """A person's judgement of a milestone: whether it was reached, and why, in plain text."""

    reached: bool
    text: str


@dataclass(frozen=True)
class Assessment:
    """What people wrote about the year.

    `sections` maps a heading of the file to the Markdown under it; `milestones` maps a KPI's key to the
    judgement of the front matter.
    """

    year: int
    sections: Mapping[str, str] = field(default_factory=dict)
    milestones: Mapping[str, MilestoneJudgement] = field(default_factory=dict)
