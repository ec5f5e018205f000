"""People taken apart: women and men by municipality, placing authority and age."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from asf_analysis.association import Association
from asf_analysis.intake.schemas import AGE_GROUPS, SEXES
from asf_analysis.kpis.breakdowns import SURVEY, TOTAL, Breakdown, Facts, sum_known, tidy
from asf_analysis.kpis.groups import EMPLOYEES, PARTICIPANTS, PERMANENT, Group
from asf_analysis.kpis.survey import NOT_TOLD, Answers

NOT_STATED = "Ej angivet"
"""The row of people whose authority or age an answer does not tell."""

AGE_LABELS = {"16_29": "16–29 år", "30_64": "30–64 år", "outside": "Utanför 16–64 år"}

PARTICIPANTS_TABLE = "participants_by_municipality"
AUTHORITY_TABLE = "participants_by_authority"
EMPLOYEES_TABLE = "employees_by_municipality"
PERMANENT_TABLE = "permanent_by_municipality"
CROSSED = "participants_by_authority_and_municipality"
"""The keys of tables that tell of the same people."""


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give the breakdowns of people on the survey's day, in the order of a report."""
    association, active = facts.association, facts.active
    participants, employees, permanent = (
        facts.answers[measure] for measure in ("participants", "employees", "permanent")
    )
    authorities = {f"from_{authority.key}": authority.name for authority in association.authorities}
    ages = {f"aged_{group}": AGE_LABELS[group] for group in AGE_GROUPS}
    return (
        of_people(
            "participants_by_municipality",
            "Deltagare efter kommun",
            "municipality",
            "Kommun",
            people_by_municipality(participants, active, "participants", association),
            Answers.of(participants, active),
            PARTICIPANTS,
        ),
        of_people(
            "participants_by_authority",
            "Deltagare efter placerande myndighet",
            "authority",
            "Myndighet",
            people_by_group(participants, "participants", authorities, "authority"),
            Answers.of(participants, active),
            PARTICIPANTS,
        ),
        of_people(
            "participants_by_age",
            "Deltagare efter ålder",
            "age",
            "Ålder",
            people_by_group(participants, "participants", ages, "age"),
            Answers.of(participants, active),
            PARTICIPANTS,
        ),
        of_people(
            "employees_by_municipality",
            "Anställda efter kommun",
            "municipality",
            "Kommun",
            people_by_municipality(employees, active, "employees", association),
            Answers.of(employees, active),
            EMPLOYEES,
        ),
        of_people(
            PERMANENT_TABLE,
            "Tillsvidareanställda efter kommun",
            "municipality",
            "Kommun",
            people_by_municipality(permanent, active, "permanent", association),
            Answers.of(permanent, active),
            PERMANENT,
        ),
        Breakdown(
            key=CROSSED,
            title="Deltagare efter kommun och placerande myndighet",
            rows="municipality",
            rows_label="Kommun",
            columns="authority",
            unit="personer",
            source=SURVEY,
            kind="stock",
            people=True,
            whom=PARTICIPANTS,
            frame=authorities_by_municipality(participants, active, authorities, association),
        ),
    )


def of_people(
    key: str,
    title: str,
    rows: str,
    rows_label: str,
    frame: pd.DataFrame,
    answers: Answers = NOT_TOLD,
    whom: Group | None = None,
) -> Breakdown:
    """Give a breakdown of people by sex, from the survey; `frame` is what `women_men_total` gives."""
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
        answered=answers.answered,
        asked=answers.asked,
        carried=answers.carried,
        whom=whom,
    )


def people_by_municipality(
    answers: pd.DataFrame, active: pd.DataFrame, measure: str, association: Association
) -> pd.DataFrame:
    """Sum women and men of a measure per municipality of the association, and in all.

    `answers` is what `standing_answers` gives, `active` the enterprises it was asked of. A municipality
    without an active enterprise has 0 people; one whose enterprises have not answered is missing.
    """
    names = list(association.municipality_names())
    told, place = people_told(answers, [measure]), answers["municipality"].to_numpy(dtype=object)
    with_enterprise = set(active["municipality"])
    counts = [
        sum_known(told[place == name], axis=0) if name in with_enterprise else np.zeros(len(SEXES))
        for name in names
    ]
    by_sex = pd.DataFrame(np.array(counts).reshape(-1, len(SEXES)), index=names, columns=list(SEXES))
    enterprises = pd.Series({name: int((place == name).sum()) for name in names})
    return women_men_total(by_sex, enterprises, "municipality", len(answers))


def people_by_group(
    answers: pd.DataFrame, measure: str, groups: Mapping[str, str], rows: str
) -> pd.DataFrame:
    """Sum women and men per group of a measure; `groups` maps the groups' measures to their labels.

    People whose group an answer does not tell stand in a row of their own, so that the rows add up to the
    measure. Without any answer everything is missing.
    """
    told = people_told(answers, groups).reshape(len(answers), len(groups), len(SEXES))
    counts = sum_known(told, axis=0)
    behind = dict(zip(groups.values(), (told > 0).any(axis=2).sum(axis=0).tolist(), strict=True))
    whole = np.nansum(people_told(answers, [measure]), axis=0)
    not_stated = np.clip(whole - np.nansum(counts, axis=0), 0, None)
    if not_stated.any():
        counts = np.vstack([counts, not_stated])
        behind[NOT_STATED] = len(answers)
    by_sex = pd.DataFrame(counts, index=list(behind), columns=list(SEXES))
    return women_men_total(by_sex, pd.Series(behind), rows, len(answers))


def people_told(answers: pd.DataFrame, measures: Iterable[str]) -> np.ndarray:
    """Give women and men of some measures, one after the other, as floats; nan where not told."""
    columns = [name for measure in measures for name in _columns(measure)]
    return np.column_stack([answers[name].to_numpy(dtype=float, na_value=np.nan) for name in columns])


def _columns(measure: str) -> list[str]:
    return [f"{measure}_{sex}" for sex in SEXES]


def women_men_total(
    counts: pd.DataFrame, enterprises: pd.Series, rows: str, all_enterprises: int
) -> pd.DataFrame:
    """Add the margins to a frame of women and men with a row per group, and make it tidy.

    `enterprises` says how many enterprises stand behind each row, `all_enterprises` behind the total row.
    """
    told = counts.to_numpy(dtype=float, na_value=np.nan)
    told = np.vstack([told, sum_known(told, axis=0)])
    told = np.column_stack([told, sum_known(told, axis=1)])
    wide = pd.DataFrame(told, index=[*counts.index, TOTAL], columns=[*counts.columns, TOTAL])
    behind = {**enterprises.to_dict(), TOTAL: all_enterprises}
    cells = tidy(wide, rows, "sex")
    return cells.assign(
        enterprises=pd.array([behind.get(name) for name in wide.index for _ in wide], dtype="Int64")
    )


def authorities_by_municipality(
    answers: pd.DataFrame, active: pd.DataFrame, groups: Mapping[str, str], association: Association
) -> pd.DataFrame:
    """Count participants, women and men together, per municipality and placing authority, margins included.

    `answers` and `active` are as for `people_by_municipality`, `groups` as for `people_by_group`. Those whose
    authority an answer does not tell stand in a column of their own, where there are any.
    """
    by_sex = people_told(answers, groups).reshape(len(answers), len(groups), len(SEXES))
    inner, labels = sum_known(by_sex, axis=2), list(groups.values())
    whole = np.nansum(people_told(answers, ["participants"]), axis=1)
    not_stated = np.clip(whole - np.nansum(inner, axis=1), 0, None)
    if not_stated.any():
        inner, labels = np.column_stack([inner, not_stated]), [*labels, NOT_STATED]
    place, with_enterprise = answers["municipality"].to_numpy(dtype=object), set(active["municipality"])
    names = list(association.municipality_names())
    counts = np.array(
        [
            sum_known(inner[place == name], axis=0) if name in with_enterprise else np.zeros(len(labels))
            for name in names
        ]
    ).reshape(-1, len(labels))
    counts = np.vstack([counts, sum_known(counts, axis=0)])
    counts = np.column_stack([counts, sum_known(counts, axis=1)])
    told = np.column_stack([inner > 0, np.ones(len(answers), dtype=bool)])
    behind = np.array([told[place == name].sum(axis=0) for name in names]).reshape(-1, len(labels) + 1)
    behind = np.vstack([behind, behind.sum(axis=0)])
    wide = pd.DataFrame(counts, index=[*names, TOTAL], columns=[*labels, TOTAL])
    cells = tidy(wide, "municipality", "authority")
    return cells.assign(enterprises=pd.array(behind.ravel(), dtype="Int64"))
