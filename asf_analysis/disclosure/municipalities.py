"""The door of municipalities: each one's own figures, as the release of the county tells them.

What is told of a municipality's people, and of its participants by authority and by age, belongs to the same
release as the county's tables (`disclosure.release`), so that the pages agree and none gives another away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asf_analysis.association import Association
from asf_analysis.audience import Audience
from asf_analysis.disclosure.choice import Choice
from asf_analysis.disclosure.protect import protect
from asf_analysis.disclosure.published import SHOWN, Published, PublishedTable
from asf_analysis.errors import DoorForgotten
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.municipality import MunicipalityResults, Place


@dataclass(frozen=True)
class MunicipalityReport:
    """Municipalities after disclosure control for one audience: all of them, or one by name.

    `before` is the year before, where there is raw data of it. `places` are all municipalities, in the
    association's order. `contacts` says whom information reached; None where that is not told.
    """

    current: Published
    before: Published | None
    municipality: str
    places: tuple[Place, ...]
    contacts: Mapping[str, int | None]

    @property
    def splits(self) -> Mapping[tuple[str, str], PublishedTable]:
        """Each municipality's participants by authority and by age."""
        return self.current.splits

    @property
    def audience(self) -> Audience:
        """Who may see it."""
        return self.current.audience

    @property
    def association(self) -> Association:
        """Whose results they are."""
        return self.current.association

    @property
    def chosen(self) -> tuple[Place, ...]:
        """The municipality that the report is about; all of them where it is about all."""
        return tuple(place for place in self.places if self.municipality in ("", place.name))


def protect_municipalities(
    measured: MunicipalityResults, audience: Audience, choices: Sequence[Choice], municipality: str = ""
) -> MunicipalityReport:
    """Give what an audience may see of municipalities; the internal one sees all.

    `choices` are what is withheld: of the year before, where there is one, and of the year itself.
    """
    current = protect(measured.current, audience, choices[-1])
    return MunicipalityReport(
        current=current,
        before=protect(measured.before, audience, choices[0]) if measured.before else None,
        municipality=municipality,
        places=measured.places,
        contacts=_contacts(current),
    )


def _contacts(current: Published) -> dict[str, int | None]:
    """Give whom information reached as the county's table tells it; None where that does not."""
    told = current.table("reach_by_municipality").frame
    totals = told[told["reached"] == TOTAL].set_index("municipality")
    return {
        name: int(value) if status == SHOWN else None
        for name, value, status in totals[["value", "status"]].itertuples()
    }


def require_municipalities(candidate: object) -> MunicipalityReport:
    """Give back what passed the door; raises DoorForgotten for anything else."""
    if not isinstance(candidate, MunicipalityReport):
        raise DoorForgotten(
            f"Det som ska visas är {type(candidate).__name__} och har inte passerat röjandekontrollen. "
            "Börja med report = load_municipalities(year, audience) och skicka report vidare."
        )
    return candidate
