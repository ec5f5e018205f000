"""Where a year stands, and what to do next."""

from asf_analysis.status.gather import status_of
from asf_analysis.status.next_steps import Step, next_steps
from asf_analysis.status.state import YearStatus
from asf_analysis.status.told import told_status

__all__ = ["Step", "YearStatus", "next_steps", "status_of", "told_status"]
