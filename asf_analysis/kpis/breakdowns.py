"""Results taken apart: by women and men, municipality, placing authority, age, and month and kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from asf_analysis.association import Association
from asf_analysis.intake.schemas import AGE_GROUPS, SEXES
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.information import SOURCE as ACTIVITY_LOG
from asf_analysis.kpis.information import county_activities
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survey import standing_answers

TOTAL = "total"
"""The value that a dimension has on its total row or column."""

NOT_STATED = "Ej angivet"
"""The row of people whose authority or age an answer does not tell."""

AGE_LABELS = {"16_29": "16–29 år", "30_64": "30–64 år", "outside": "Utanför 16–64 år"}
SURVEY = "Enkät till företagen"


@dataclass(frozen=True, kw_only=True)
class TableHead:
    """What a table of counts over two dimensions is about.

    `rows` and `columns` name the dimensions, which are columns of its frame; TOTAL marks their margins.
    """

    key: str
    title: str
    rows: str
    rows_label: str
    columns: str
    unit: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Breakdown(TableHead):
    """A table of counts as measured, margins included.

    `frame` is tidy, in the order of display: the two dimensions (str), `amount` (Int64, missing where not
    known) and, where `people` is set, `enterprises` (Int64, how many enterprises stand behind the cell). A
    table of people has `columns="sex"` with women, men and total.
    """

    people: bool
    frame: pd.DataFrame


def people_by_municipality(
    answers: pd.DataFrame, active: pd.DataFrame, measure: str, association: Association
) -> pd.DataFrame:
    """Sum women and men of a measure per municipality of the association, and in all.

    `answers` is what `standing_answers` gives, `active` the enterprises it was asked of. A municipality
    without an active enterprise has 0 people; one whose enterprises have not answered is missing.
    """
    names = list(association.municipality_names())
    grouped = answers.groupby("municipality")
    counts = grouped[_columns(measure)].sum(min_count=1).reindex(names).astype("Int64")
    without_enterprise = ~counts.index.isin(active["municipality"])
    counts = counts.mask(pd.Series(without_enterprise, index=counts.index), 0).set_axis(list(SEXES), axis=1)
    enterprises = grouped.size().reindex(names, fill_value=0)
    return _women_men_total(counts, enterprises, "municipality", len(answers))


def people_by_group(
    answers: pd.DataFrame, measure: str, groups: Mapping[str, str], rows: str
) -> pd.DataFrame:
    """Sum women and men per group of a measure; `groups` maps the groups' measures to their labels.

    People whose group an answer does not tell stand in a row of their own, so that the rows add up to the
    measure. Without any answer everything is missing.
    """
    counts = pd.DataFrame(
        [answers[_columns(column)].sum(min_count=1).to_list() for column in groups],
        index=list(groups.values()),
        columns=list(SEXES),
        dtype="Int64",
    )
    behind = {
        label: int((answers[_columns(column)].sum(axis=1) > 0).sum()) for column, label in groups.items()
    }
    whole = answers[_columns(measure)].sum().set_axis(list(SEXES))
    not_stated = (whole - counts.sum()).clip(lower=0)
    if not_stated.sum() > 0:
        counts = pd.concat([counts, not_stated.to_frame(NOT_STATED).T])
        behind[NOT_STATED] = len(answers)
    return _women_men_total(counts, pd.Series(behind), rows, len(answers))


def _columns(measure: str) -> list[str]:
    return [f"{measure}_{sex}" for sex in SEXES]


def _women_men_total(
    counts: pd.DataFrame, enterprises: pd.Series, rows: str, all_enterprises: int
) -> pd.DataFrame:
    """Add the margins to a frame of women and men, and make it tidy."""
    margin = counts.sum(min_count=1).to_frame(TOTAL).T
    with_total_row = pd.concat([counts, margin]).astype("Int64")
    wide = with_total_row.assign(**{TOTAL: with_total_row.sum(axis=1, min_count=1)})
    behind = pd.concat([enterprises, pd.Series({TOTAL: all_enterprises})])
    tidy = _tidy(wide, rows, "sex")
    return tidy.assign(enterprises=tidy[rows].map(behind).astype("Int64"))


def _tidy(wide: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Make a row per cell, in the order of the table; cells that are missing stay."""
    tidy = (
        wide.rename_axis(index=rows).reset_index().melt(id_vars=rows, var_name=columns, value_name="amount")
    )
    order = {name: place for place, name in enumerate(wide.index)}
    ordered = tidy.sort_values(rows, key=lambda names: names.map(order), kind="stable", ignore_index=True)
    return ordered.astype({rows: str, columns: str, "amount": "Int64"})


def activities_by_month(activities: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Count the period's information activities by month and kind, margins included.

    Months are "1" to "12", as far as the period goes; kinds come with the most frequent first.
    """
    held = county_activities(activities, period)
    by_name = held["kind"].value_counts().sort_index()
    kinds = list(by_name.sort_values(ascending=False, kind="stable").index)
    months = range(period.start.month, period.end.month + 1)
    counts = pd.DataFrame(
        {kind: held.loc[held["kind"] == kind, "held_on"].dt.month.value_counts() for kind in kinds},
        index=months,
    ).fillna(0)
    with_total_row = pd.concat([counts, counts.sum().to_frame(TOTAL).T])
    return _tidy(with_total_row.assign(**{TOTAL: with_total_row.sum(axis=1)}), "month", "kind")


def all_breakdowns(
    enterprises: pd.DataFrame,
    responses: pd.DataFrame,
    activities: pd.DataFrame,
    association: Association,
    period: Period,
) -> tuple[Breakdown, ...]:
    """Give every breakdown of the period, in the order of a report."""
    active = running_on(enterprises, period.end)
    participants = standing_answers(enterprises, responses, period, "participants")
    employees = standing_answers(enterprises, responses, period, "employees")
    authorities = {f"from_{authority.key}": authority.name for authority in association.authorities}
    ages = {f"aged_{group}": AGE_LABELS[group] for group in AGE_GROUPS}
    return (
        _of_people(
            "participants_by_municipality",
            "Deltagare efter kommun",
            "municipality",
            "Kommun",
            people_by_municipality(participants, active, "participants", association),
        ),
        _of_people(
            "participants_by_authority",
            "Deltagare efter placerande myndighet",
            "authority",
            "Myndighet",
            people_by_group(participants, "participants", authorities, "authority"),
        ),
        _of_people(
            "participants_by_age",
            "Deltagare efter ålder",
            "age",
            "Ålder",
            people_by_group(participants, "participants", ages, "age"),
        ),
        _of_people(
            "employees_by_municipality",
            "Anställda efter kommun",
            "municipality",
            "Kommun",
            people_by_municipality(employees, active, "employees", association),
        ),
        Breakdown(
            key="activities_by_month",
            title="Informationsinsatser efter månad och slag",
            rows="month",
            rows_label="Månad",
            columns="kind",
            unit="insatser",
            source=ACTIVITY_LOG,
            people=False,
            frame=activities_by_month(activities, period),
        ),
    )


def _of_people(key: str, title: str, rows: str, rows_label: str, frame: pd.DataFrame) -> Breakdown:
    return Breakdown(
        key=key,
        title=title,
        rows=rows,
        rows_label=rows_label,
        columns="sex",
        unit="personer",
        source=SURVEY,
        people=True,
        frame=frame,
    )
