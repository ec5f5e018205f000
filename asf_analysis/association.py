"""Who we are: `data/association.toml` as one frozen object."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from asf_analysis.definitions import definition_lines
from asf_analysis.errors import DataFaults, Fault, toml_fault
from asf_analysis.folders import CONFIGURATION, DataFolder


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Rules(_Frozen):
    """Limits that decide what is withheld and how results are judged."""

    threshold: int = Field(default=5, ge=1)
    min_enterprises: int = Field(default=1, ge=1)
    largest_percent: int = Field(default=100, ge=1, le=100)
    protection: int | None = Field(default=None, ge=1)
    near_target_percent: int = Field(default=90, ge=1, le=100)
    approximate_percent: int = Field(default=10, ge=0, le=100)
    response_percent: int = Field(default=80, ge=1, le=100)
    share_base: int = Field(default=20, ge=1, le=100)

    @property
    def interval(self) -> int:
        """How far apart the least and the most that a withheld number of people may be must lie."""
        return self.threshold if self.protection is None else self.protection


class Track(_Frozen):
    """One of the effort's tracks."""

    title: str
    text: str


class TargetGroup(_Frozen):
    """Whom the effort is for."""

    text: str


class Effort(_Frozen):
    """What the effort is, in the association's own words."""

    title: str
    summary: str
    purpose: str
    tracks: tuple[Track, ...] = Field(min_length=1)
    target_groups: tuple[TargetGroup, ...] = Field(min_length=1)


class Party(_Frozen):
    """A member of the association beside the municipalities."""

    name: str


AuthorityKey = Literal["employment_service", "insurance_agency", "region", "municipality", "other"]


class Authority(_Frozen):
    """Who places participants at an enterprise."""

    key: AuthorityKey
    name: str


class Municipality(_Frozen):
    """A municipality with its official four-digit code (SCB), or a district of one.

    A district has its municipality's code, a hyphen and a number that the association chooses: 1480-1.
    """

    code: str = Field(pattern=r"^\d{4}(-\d{1,2})?$")
    name: str

    @property
    def is_district(self) -> bool:
        """Whether it is a part of a municipality."""
        return "-" in self.code

    @property
    def county_code(self) -> str:
        """The two digits of the county that it lies in (SCB).

        >>> Municipality(code="1480-1", name="Hisingen").county_code
        '14'
        """
        return self.code[:2]


class KpiChoice(_Frozen):
    """Which of the KPIs that there are the association does not answer for, by key."""

    off: tuple[str, ...] = ()


class OwnKpi(_Frozen):
    """A KPI of the association's own: a count or a sum over a clean table, of the rows that `where` chooses.

    `count` is `rows`, `distinct:<column>` or `sum:<column>`; `where` has the texts that a column may hold.
    What tables and columns there are is known to `kpis.own`.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=1)
    unit: str
    definition: str
    table: str
    count: str = "rows"
    where: Mapping[str, str | tuple[str, ...]] = Field(default_factory=dict)


class Association(_Frozen):
    """One coordination association."""

    name: str
    county: str
    place_name: str = ""
    area_word: str = ""
    region: str
    demonstration: bool
    started_on: date
    period: str
    contact: str
    accessibility_url: str = Field(pattern=r"^https://")
    rules: Rules
    effort: Effort
    parties: tuple[Party, ...]
    authorities: tuple[Authority, ...] = Field(min_length=1)
    municipalities: tuple[Municipality, ...] = Field(min_length=1)
    kpis: KpiChoice = KpiChoice()
    own_kpis: tuple[OwnKpi, ...] = ()

    @property
    def place(self) -> str:
        """Where the association works, as texts name it: `place_name`, or else its county."""
        return self.place_name or self.county

    @property
    def area(self) -> str:
        """What texts call the place when they have named it: `area_word`, or else what follows from the list.

        A county where there are several municipalities of one, a municipality where there is one.
        """
        if self.area_word:
            return self.area_word
        if len(self.municipalities) == 1:
            return "stadsdelen" if self.municipalities[0].is_district else "kommunen"
        whole = not any(one.is_district for one in self.municipalities)
        one_county = len({one.county_code for one in self.municipalities}) == 1
        return "länet" if whole and one_county else "området"

    def municipality_names(self) -> tuple[str, ...]:
        """Names of the association's municipalities, in the order of the file."""
        return tuple(municipality.name for municipality in self.municipalities)


_PROBLEMS = {
    "missing": "Nyckeln saknas.",
    "extra_forbidden": "Nyckeln är okänd.",
    "greater_than_equal": "Värdet ska vara minst {ge}.",
    "less_than_equal": "Värdet ska vara högst {le}.",
    "int_type": "Värdet ska vara ett heltal.",
    "int_parsing": "Värdet ska vara ett heltal.",
    "int_from_float": "Värdet ska vara ett heltal.",
    "bool_type": "Värdet ska vara true eller false.",
    "bool_parsing": "Värdet ska vara true eller false.",
    "string_type": "Värdet ska vara en text inom citattecken.",
    "string_pattern_mismatch": "Texten har inte rätt form.",
    "too_short": "Listan ska ha minst en post.",
}
"""What pydantic finds, in Swedish."""


def _problem(kind: str, context: Mapping[str, object]) -> str:
    return _PROBLEMS.get(kind, "Värdet är av fel slag.").format(**context)


def load_association(data: DataFolder) -> Association:
    """Read the association's configuration.

    Raises DataFaults that name every key that is missing, unknown or of the wrong kind.
    """
    file = data.association.name
    try:
        text = data.association.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Spara den som UTF-8, och kontrollera att du får läsa den."
        raise DataFaults([Fault(file, "Filen går inte att läsa.", remedy)]) from error
    return parse_association(text, file)


def parse_association(text: str, file: str = CONFIGURATION) -> Association:
    """Read the text of a configuration; raises DataFaults as `load_association` does."""
    try:
        association = Association.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DataFaults([toml_fault(file, error)]) from error
    except ValidationError as error:
        raise DataFaults(
            Fault(
                file,
                _problem(problem["type"], problem.get("ctx", {})),
                "Jämför med den fil som följer med paketet.",
                column=".".join(str(step) for step in problem["loc"]),
            )
            for problem in error.errors()
        ) from error
    faults = [
        Fault(file, problem, remedy, column=f"municipalities.{number}")
        for number, problem, remedy in _wrong_municipalities(association.municipalities)
    ]
    if faults:
        raise DataFaults(faults)
    return association


def _wrong_municipalities(municipalities: Sequence[Municipality]) -> Iterator[tuple[int, str, str]]:
    """Tell of codes and names that SCB does not have together, and of those that stand twice."""
    known = swedish_municipalities()
    codes = Counter(one.code for one in municipalities)
    names = Counter(one.name for one in municipalities)
    for number, one in enumerate(municipalities, start=1):
        right = known.get(one.code[:4])
        if right is None:
            yield number, f"Det finns ingen kommun med koden {one.code}.", _CODE_REMEDY
        elif not one.is_district and one.name != right:
            remedy = f"Skriv {right}, eller rätta koden."
            yield number, f"Koden {one.code} är inte den för {one.name}.", remedy
        if codes[one.code] > 1 or names[one.name] > 1:
            yield number, f"{one.name} eller koden {one.code} står flera gånger.", "Behåll en av dem."


_CODE_REMEDY = "Skriv SCB:s kommunkod med fyra siffror, till exempel 2180 för Gävle."


def swedish_municipalities() -> dict[str, str]:
    """Give the names of all Swedish municipalities by their codes (SCB).

    >>> len(swedish_municipalities()), swedish_municipalities()["0114"]
    (290, 'Upplands Väsby')
    """
    return {line["code"]: line["name"] for line in definition_lines("municipalities.csv")}


@dataclass(frozen=True)
class County:
    """A Swedish county with its code (SCB), and what its region calls itself."""

    code: str
    name: str
    region: str


def swedish_counties() -> dict[str, County]:
    """Give all Swedish counties by their codes (SCB), the first two digits of a municipality's.

    >>> len(swedish_counties()), swedish_counties()["23"].region
    (21, 'Region Jämtland Härjedalen')
    """
    return {line["code"]: County(**line) for line in definition_lines("counties.csv")}
