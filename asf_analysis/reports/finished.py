"""A finished report, as every format is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from asf_analysis.reports.cover import Cover


@dataclass(frozen=True)
class FinishedPage:
    """A report's page as HTML, the facts of its cover, and when it was made.

    What may not be published has been refused already, so a format that is made from the page holds no more
    than the page does.
    """

    html: str
    cover: Cover
    made: datetime

    @property
    def title(self) -> str:
        """What a reader's program calls the document.

        >>> cover = Cover(title="Årsrapport 2018", organisation="Förbundet")
        >>> FinishedPage("", cover, datetime(2026, 11, 24)).title
        'Årsrapport 2018 – Förbundet'
        """
        return f"{self.cover.title} – {self.cover.organisation}"
