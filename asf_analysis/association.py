"""Who we are: `data/association.toml` as one frozen object."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from asf_analysis.errors import DataFaults, Fault, toml_fault
from asf_analysis.folders import DataFolder


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
    """A municipality with its official four-digit code (SCB)."""

    code: str = Field(pattern=r"^\d{4}$")
    name: str


class Association(_Frozen):
    """One coordination association."""

    name: str
    county: str
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
        content = tomllib.loads(data.association.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise DataFaults([toml_fault(file, error)]) from error
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Spara den som UTF-8, och kontrollera att du får läsa den."
        raise DataFaults([Fault(file, "Filen går inte att läsa.", remedy)]) from error
    try:
        return Association.model_validate(content)
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
