"""The door of data quality: enterprises are named there, so it is given to the internal audience alone.

What people wrote freely in the survey, and the numbers of persons, are shown to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import pandas as pd

from asf_analysis.audience import Audience
from asf_analysis.errors import DoorForgotten, WrongUsage
from asf_analysis.intake.draft import FREE_TEXT
from asf_analysis.intake.headings import Headings
from asf_analysis.kpis.quality import Quality
from asf_analysis.swedish.organisation_numbers import HIDDEN, hide_personal_numbers


@dataclass(frozen=True, kw_only=True)
class DataQuality(Quality):
    """A year's data quality that has passed the door."""

    audience: Audience


def disclose_quality(quality: Quality, audience: Audience) -> DataQuality:
    """Give what an audience may see of a year's data quality; raises WrongUsage for the public one."""
    check_internal(audience)
    seen = {field.name: getattr(quality, field.name) for field in fields(quality)}
    region = quality.association.region if quality.association else ""
    seen["log"] = hide_in_log(quality.log, quality.intake, region)
    seen["rounds"] = tuple(
        replace(one, silent=tuple(replace(who, name=hide_personal_numbers(who.name)) for who in one.silent))
        for one in quality.rounds
    )
    seen["large_changes"] = tuple(
        replace(change, name=hide_personal_numbers(change.name)) for change in quality.large_changes
    )
    return DataQuality(**seen, audience=audience)


def check_internal(audience: Audience) -> None:
    """Raise WrongUsage for an audience that may not see the data's quality."""
    if audience != "internal":
        raise WrongUsage(
            "Rapporten om datakvalitet är intern och finns inte för målgruppen public: den visar företag "
            'vid namn. Välj audience = "internal", eller --audience internal på kommandoraden.'
        )


def require_quality(candidate: object) -> DataQuality:
    """Give back what passed the door; raises DoorForgotten for anything else."""
    if not isinstance(candidate, DataQuality):
        raise DoorForgotten(
            f"Det som ska visas är {type(candidate).__name__} och har inte passerat röjandekontrollen. "
            "Börja med quality = load_quality(year, audience) och skicka quality vidare."
        )
    return candidate


def hide_in_log(log: pd.DataFrame, intake: pd.DataFrame, region: str) -> pd.DataFrame:
    """Give a cleaning log that tells of free text only that it was changed, and no person's number.

    Needs `file`, `column`, `before` and `after` of the log, and `table` and `file` of the intake; `region`
    is the association's, which stands in some headings.
    """
    headings = Headings.of("responses", region)
    surveys = intake.loc[intake["table"] == "responses", "file"]
    written = {text for text in log["column"].dropna().unique() if headings.find(text) in FREE_TEXT}
    free = log["file"].isin(surveys) & log["column"].isin(written)
    shown = {name: log[name].map(hide_personal_numbers, na_action="ignore") for name in ("before", "after")}
    return log.assign(**{name: text.mask(free & (text != ""), HIDDEN) for name, text in shown.items()})
