"""What a column of open data holds; and the columns of `kpis.csv`, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from asf_analysis.kpis.outcomes import Status
from asf_analysis.presentation.values import KIND_WORDS

AS_UNIT = "enligt kolumnen unit"
SHARE = "kvot (1 = 100 procent)"


@dataclass(frozen=True)
class Field:
    """A column: its name in the file, its type by Table Schema, and what it tells, in Swedish.

    `categories` are the only values that it has, with their names; `unit` is that of a number.
    """

    name: str
    type: Literal["string", "integer", "number", "boolean"]
    title: str
    description: str = ""
    unit: str = ""
    required: bool = False
    categories: tuple[tuple[str, str], ...] = ()
    pattern: str = ""
    minimum: int | None = None

    @property
    def described(self) -> dict[str, object]:
        """The column as Table Schema (Data Package 2.0) describes one."""
        constraints: dict[str, object] = {
            "required": self.required or None,
            "pattern": self.pattern or None,
            "minimum": self.minimum,
            "enum": [value for value, _ in self.categories] or None,
        }
        members: dict[str, object] = {
            "name": self.name,
            "type": self.type,
            "title": self.title,
            "description": self.description or None,
            "unit": self.unit or None,
            "categories": [{"value": value, "label": label} for value, label in self.categories] or None,
            "constraints": _given(constraints.items()) or None,
        }
        return _given(members.items())


def _given(members: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {name: member for name, member in members if member is not None}


KPI_FIELDS = (
    Field("kpi", "string", "Nyckel", "Nyckeltalets namn för maskiner, samma från år till år.", required=True),
    Field("label", "string", "Nyckeltal", required=True),
    Field("unit", "string", "Enhet", "Tomt för en milstolpe, som inte har något tal."),
    Field("kind", "string", "Slag", required=True, categories=tuple(KIND_WORDS.items())),
    Field("baseline", "number", "Utgångsläge", "För en andel: antalet av baseline_whole.", unit=AS_UNIT),
    Field("target", "number", "Mål", "För en andel: i procent.", unit=AS_UNIT),
    Field(
        "result",
        "number",
        "Resultat",
        "Tomt där uppgiften saknas eller inte redovisas. För en andel: antalet av whole.",
        unit=AS_UNIT,
    ),
    Field("approximate", "boolean", "Ungefärligt", "Om resultatet bara är känt inom gränser.", required=True),
    Field("withheld", "boolean", "Redovisas inte", "Om resultatet finns men skyddas.", required=True),
    Field("low", "number", "Lägst", "Nedre gräns för ett ungefärligt resultat.", unit=AS_UNIT),
    Field("high", "number", "Högst", "Övre gräns för ett ungefärligt resultat.", unit=AS_UNIT),
    Field(
        "status",
        "string",
        "Status",
        required=True,
        categories=tuple((word, word) for word in get_args(Status)),
    ),
    Field("status_reason", "string", "Skäl", "Varför resultatet inte kan bedömas."),
    Field("fulfilment", "number", "Måluppfyllelse", "Resultat delat med mål.", unit=SHARE),
    Field(
        "share_of_planned_change",
        "number",
        "Andel av planerad förändring",
        "(Resultat − utgångsläge) delat med (mål − utgångsläge).",
        unit=SHARE,
    ),
    Field(
        "coverage",
        "number",
        "Svarsandel",
        "Svarande företag delat med tillfrågade. Tomt där de tillfrågade är få.",
        unit=SHARE,
    ),
    Field("answered", "integer", "Svarande företag", unit="företag", minimum=0),
    Field("asked", "integer", "Tillfrågade företag", unit="företag", minimum=0),
    Field(
        "carried",
        "integer",
        "Överförda svar",
        "Företag vars svar från förra omgången används.",
        unit="företag",
        minimum=0,
    ),
    Field(
        "answered_only",
        "number",
        "Resultat utan överförda svar",
        "Räknat bara på svaren i den senaste enkätomgången. Tomt där det inte är känt eller inte redovisas.",
        unit=AS_UNIT,
    ),
    Field("answered_only_whole", "integer", "Helheten utan överförda svar", "För en andel.", minimum=0),
    Field(
        "whole", "integer", "Helhet", "Det antal som resultatet är en andel av; tomt för annat.", minimum=0
    ),
    Field("baseline_whole", "integer", "Utgångslägets helhet", "Som whole, för utgångsläget.", minimum=0),
    Field(
        "percent",
        "number",
        "Andel",
        "Resultatet i procent av helheten, avrundat. Tomt där helheten är så liten att bara antal redovisas.",
        unit="procent",
    ),
    Field(
        "decimals",
        "integer",
        "Decimaler",
        "Så många decimaler skrivs resultatet med i rapporten.",
        required=True,
        minimum=0,
    ),
    Field("published", "number", "Tidigare publicerat resultat", unit=AS_UNIT),
    Field("published_source", "string", "Källa till det tidigare resultatet"),
    Field("members", "string", "Namn", "Vad som har räknats, vid namn, åtskilt av semikolon."),
    Field("baseline_members", "string", "Namn vid utgångsläget", "Åtskilt av semikolon."),
    Field("other_definition", "string", "Annan definition", "Vad nyckeltalet lätt förväxlas med."),
    Field("other_result", "number", "Resultat med den andra definitionen", unit=AS_UNIT),
    Field("warnings", "string", "Anmärkningar", "Vad som måste sägas om jämförelsen, åtskilt av semikolon."),
)
