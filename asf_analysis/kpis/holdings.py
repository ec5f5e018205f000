"""What single enterprises hold of a number of people: how much of it is the largest one's."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from asf_analysis.intake.schemas import AGE_GROUPS, SEXES
from asf_analysis.kpis.breakdowns import Facts
from asf_analysis.kpis.groups import EMPLOYEES, NOT_PERMANENT, PARTICIPANTS, PERMANENT, PLACE, ROLE, SEX, SIZE
from asf_analysis.kpis.people import AGE_LABELS
from asf_analysis.kpis.sizes import employed_in_each
from asf_analysis.kpis.survey import standing_answers

MEASURES = {PARTICIPANTS: ("participants",), EMPLOYEES: ("employees",), PERMANENT: ("permanent",)}
"""The measure of the survey that a role's people are counted by."""

SIGNED = {**MEASURES, NOT_PERMANENT: ("employees", "permanent")}
"""As MEASURES, and the role whose people are what is left of the first measure without the second."""


class Holdings:
    """The people of every enterprise on the survey's day, to ask how many of a group one enterprise has."""

    def __init__(self, facts: Facts) -> None:
        tables, period = facts.tables, facts.period
        sizes = employed_in_each(tables.enterprises, tables.responses, period)["size"]
        self._answers = {
            measure: standing_answers(tables.enterprises, tables.responses, period, measure)
            .set_index("organisation_number")
            .reindex(sizes.index)
            .assign(**{SIZE: sizes})
            for (measure,) in MEASURES.values()
        }
        self._counts: dict[tuple[str, str], np.ndarray] = {}
        self._prefixes = {
            "authority": {
                authority.name: f"from_{authority.key}" for authority in facts.association.authorities
            },
            "age": {AGE_LABELS[group]: f"aged_{group}" for group in AGE_GROUPS},
        }

    def largest(self, group: Mapping[str, str]) -> int | None:
        """Give how many of a group's people the enterprise with most of them has; None where that is unknown.

        `group` maps dimensions to values: ROLE, and any of SEX, PLACE, SIZE, *authority* and *age*.
        """
        measures = SIGNED.get(((ROLE, group.get(ROLE, "")),))
        split = {dimension: value for dimension, value in group.items() if dimension in self._prefixes}
        others = group.keys() - {ROLE, SEX, PLACE, SIZE} - split.keys()
        if measures is None or others or len(split) > 1:
            return None
        prefixes = [self._prefixes[dimension].get(value) for dimension, value in split.items()]
        if None in prefixes:
            return None
        sexes = [group[SEX]] if SEX in group else list(SEXES)
        held = [
            self._held(measure, prefixes[0] if prefixes else measure, sexes, group) for measure in measures
        ]
        left = held[0] if len(held) == 1 else held[0] - held[1]
        return int(left.max(initial=0))

    def _held(
        self, measure: str, prefix: str | None, sexes: list[str], group: Mapping[str, str]
    ) -> np.ndarray:
        """Give how many people of a group each enterprise has; 0 where it has not answered."""
        inside = [
            self._column(measure, name) == value for name, value in group.items() if name in (PLACE, SIZE)
        ]
        counts = sum(self._column(measure, f"{prefix}_{sex}") for sex in sexes)
        return np.where(np.logical_and.reduce(inside), counts, 0) if inside else np.asarray(counts)

    def _column(self, measure: str, name: str) -> np.ndarray:
        if (measure, name) not in self._counts:
            column = self._answers[measure][name]
            texts = name in (PLACE, SIZE)
            self._counts[measure, name] = (
                column.astype(str).to_numpy() if texts else column.fillna(0).to_numpy(int)
            )
        return self._counts[measure, name]
