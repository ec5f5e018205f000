"""Who answered each survey round and who did not, what they left blank, and what changed much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from asf_analysis.intake.answers import SURVEY_QUARTERS, changed_much
from asf_analysis.intake.schemas import SEXES, SURVEY_MEASURES
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.registry import Result
from asf_analysis.swedish.dates import last_day


@dataclass(frozen=True)
class Silent:
    """An active enterprise that has not answered a round."""

    name: str
    municipality: str


@dataclass(frozen=True)
class RoundAnswers:
    """How a survey round was answered.

    `rows` counts the answers that were read, None where none were. `asked` counts the enterprises active on
    the quarter's last day, and `answered` those of them that answered; None where the register or the
    answers were not read. `unmatched` answers have no number that the register's active enterprises have.
    `blanks` counts, for each question, the answers that leave women or men out.
    """

    year: int
    quarter: int
    rows: int | None = None
    asked: int | None = None
    answered: int | None = None
    unmatched: int | None = None
    silent: tuple[Silent, ...] = ()
    blanks: Mapping[str, int] = field(default_factory=dict)

    @property
    def share(self) -> Result:
        """The share of those asked that answered, with its counts."""
        return Result(self.answered, whole=self.asked)


@dataclass(frozen=True)
class LargeChange:
    """A count that is far from the same enterprise's in the round before."""

    year: int
    quarter: int
    name: str
    municipality: str
    measure: str
    sex: str
    before: int
    now: int


def expected_rounds(years: Sequence[int], started_on: date) -> list[tuple[int, int]]:
    """List the rounds of some years as (year, quarter), from the first that ended after the effort began.

    >>> expected_rounds([2016, 2017], date(2016, 8, 1))
    [(2016, 4), (2017, 1), (2017, 4)]
    """
    rounds = [(year, quarter) for year in years for quarter in SURVEY_QUARTERS]
    return [(year, quarter) for year, quarter in rounds if last_day(year, quarter) >= started_on]


def answers_of_round(
    enterprises: pd.DataFrame, responses: pd.DataFrame, year: int, quarter: int
) -> RoundAnswers:
    """Tell how a round was answered, by whom of the enterprises active on the quarter's last day.

    An enterprise counts once, however often it stands in the register or has answered. A frame without rows
    has not been read, and what it would tell is not known.

    >>> register = pd.DataFrame({"organisation_number": ["1", "2"], "name": ["Alfa", "Beta"],
    ...     "municipality": ["Gävle", "Hofors"], "started_on": pd.to_datetime(["2015-01-01"] * 2),
    ...     "ended_on": pd.to_datetime([None, None])})
    >>> answers = pd.DataFrame({"year": [2018], "quarter": [4], "organisation_number": ["2"]})
    >>> told = answers_of_round(register, answers, 2018, 4)
    >>> told.answered, told.asked, told.silent
    (1, 2, (Silent(name='Alfa', municipality='Gävle'),))
    """
    answers = responses[(responses["year"] == year) & (responses["quarter"] == quarter)]
    blanks = count_blanks(answers)
    rows = len(answers) or None
    if enterprises.empty:
        return RoundAnswers(year, quarter, rows=rows, blanks=blanks)
    active = _once(running_on(enterprises, last_day(year, quarter)))
    if not rows:
        return RoundAnswers(year, quarter, asked=len(active))
    matched = answers["organisation_number"].isin(active["organisation_number"].dropna())
    silent = active[~active["organisation_number"].isin(answers.loc[matched, "organisation_number"])]
    return RoundAnswers(
        year,
        quarter,
        rows=rows,
        asked=len(active),
        answered=len(active) - len(silent),
        unmatched=int((~matched).sum()),
        silent=tuple(
            Silent(_text(name), _text(municipality))
            for name, municipality in zip(silent["name"], silent["municipality"], strict=True)
        ),
        blanks=blanks,
    )


def count_blanks(answers: pd.DataFrame) -> dict[str, int]:
    """Count, for each question that the answers hold, how many leave women or men out.

    >>> answers = pd.DataFrame({"employees_women": [3, None], "employees_men": [2, 4]}, dtype="Int64")
    >>> count_blanks(answers)
    {'employees': 1}
    """
    columns = {measure: [f"{measure}_{sex}" for sex in SEXES] for measure in SURVEY_MEASURES}
    return {
        measure: int(answers[pair].isna().any(axis=1).sum())
        for measure, pair in columns.items()
        if set(pair) <= set(answers.columns)
    }


def large_changes(responses: pd.DataFrame) -> tuple[LargeChange, ...]:
    """List the counts far from those of the round before, the newest round first, by intake's own limits."""
    if responses.empty:
        return ()
    found = [
        _change(row, finding.column)
        for finding in changed_much({"responses": responses})
        for _, row in finding.rows.iterrows()
    ]
    return tuple(sorted(found, key=lambda change: (-change.year, -change.quarter, change.name)))


def _change(row: pd.Series, column: str) -> LargeChange:
    measure, _, sex = column.rpartition("_")
    return LargeChange(
        year=int(row["year"]),
        quarter=int(row["quarter"]),
        name=_text(row["name"]),
        municipality=_text(row["municipality"]),
        measure=measure,
        sex=sex,
        before=int(row[f"{column}_before"]),
        now=int(row[column]),
    )


def _once(enterprises: pd.DataFrame) -> pd.DataFrame:
    """Keep one row per enterprise; one without a readable number is an enterprise of its own."""
    number = enterprises["organisation_number"]
    return enterprises[~(number.duplicated() & number.notna())]


def _text(value: str | float | None) -> str:
    return "" if pd.isna(value) else str(value)
