"""An analyst's own cross table of people, which passes the door before it shows itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import pandas as pd

from asf_analysis.association import Association
from asf_analysis.audience import Audience
from asf_analysis.disclosure.protect import protect_breakdown
from asf_analysis.disclosure.published import Published, PublishedTable
from asf_analysis.errors import WrongUsage
from asf_analysis.intake.schemas import AGE_GROUPS, SEXES, CleanTables
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, tidy
from asf_analysis.kpis.people import AGE_LABELS, NOT_STATED, SURVEY
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survey import standing_answers
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.open_data.tables import DIMENSION_TITLES
from asf_analysis.presentation.tables.breakdown import breakdown_layout
from asf_analysis.presentation.tables.layout import data_table
from asf_analysis.swedish.writing import within_sentence

PEOPLE = "people"
MEASURES = {"participants": "Deltagare", "employees": "Anställda", "permanent": "Tillsvidareanställda"}
"""Stocks of the survey that can be taken apart, and their Swedish names."""

MORE_TITLES = {"legal_form": "Företagsform", "industry": "Bransch"}
ABOUT = ("organisation_number", "name", "municipality", "legal_form", "industry")
"""What a row of people tells of their enterprise."""


@dataclass(frozen=True, kw_only=True, repr=False)
class CrossTable(PublishedTable):
    """A cross table that has passed the door; `frame` is tidy, as that of every breakdown."""

    block: Block

    def __repr__(self) -> str:
        return self.block.plain

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return self.block._repr_mimebundle_()


def people_behind(
    tables: CleanTables, association: Association, period: Period, what: str, by: str | None
) -> pd.DataFrame:
    """Give a row per enterprise, sex and group; people whose group is not told have one of their own."""
    if what not in MEASURES:
        raise WrongUsage(f"Det finns inget mått {what!r}. Välj {_either(MEASURES)}.")
    groups = _groups(association, what, by)
    answers = standing_answers(tables.enterprises, tables.responses, period, what)
    register = tables.enterprises.set_index("organisation_number")
    about = register.loc[answers["organisation_number"], list(ABOUT[1:])].reset_index()
    answers = answers.reset_index(drop=True)
    pieces = [
        about.assign(
            **({by: label} if by else {}), sex=sex, people=_count(answers, column, what, groups, sex)
        )
        for column, label in groups.items()
        for sex in SEXES
    ]
    together = pd.concat(pieces, ignore_index=True)
    return together[~((together[by] == NOT_STATED) & (together[PEOPLE] == 0))] if by else together


def _groups(association: Association, what: str, by: str | None) -> dict[str, str]:
    """Map the survey's measures to the labels of the groups; one group where nothing is split."""
    if by is None:
        return {what: what}
    splits = {
        "authority": {f"from_{authority.key}": authority.name for authority in association.authorities},
        "age": {f"aged_{group}": AGE_LABELS[group] for group in AGE_GROUPS},
    }
    if what != "participants" or by not in splits:
        raise WrongUsage(f"Enkäten delar bara upp deltagare, och bara på {_either(splits)}.")
    return {**splits[by], NOT_STATED: NOT_STATED}


def _count(answers: pd.DataFrame, column: str, what: str, groups: Iterable[str], sex: str) -> pd.Series:
    if column != NOT_STATED:
        return answers[f"{column}_{sex}"]
    stated = answers[[f"{group}_{sex}" for group in groups if group != NOT_STATED]].sum(axis=1)
    return (answers[f"{what}_{sex}"] - stated).clip(lower=0).astype("Int64")


def taken_across(
    report: Published, people: pd.DataFrame, rows: str, columns: str, audience: Audience
) -> CrossTable:
    """Sum people over two columns, with margins, and give what the audience may see of it."""
    _check_columns(people, rows, columns)
    breakdown = Breakdown(
        key=f"{rows}_by_{columns}",
        title=f"Egen tabell: {within_sentence(_label(rows))} och {within_sentence(_label(columns))}",
        rows=rows,
        rows_label=_label(rows),
        columns=columns,
        unit="personer",
        source=SURVEY,
        people=True,
        frame=_counted(people, rows, columns),
    )
    table = protect_breakdown(breakdown, report.association.rules, audience)
    told = {one.name: getattr(table, one.name) for one in fields(table)}
    return CrossTable(**told, block=data_table(breakdown_layout(report, table)))


def _check_columns(people: pd.DataFrame, rows: str, columns: str) -> None:
    missing = [name for name in (rows, columns, PEOPLE, ABOUT[0]) if name not in people]
    if missing or rows == columns:
        known = ", ".join(name for name in map(str, people.columns) if name != PEOPLE)
        problem = f"saknar {', '.join(missing)}" if missing else "kan inte korsa en kolumn med sig själv"
        raise WrongUsage(f"Tabellen {problem}. Kolumner som finns: {known}.")


def _counted(people: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """Sum the people of every row and column; what nobody answered is missing, and who is not there is 0."""
    named = {name: people[name].astype("str").fillna(NOT_STATED) for name in (rows, columns)}
    labelled = people.assign(**named)
    counts = labelled.groupby([rows, columns], observed=True)[PEOPLE].agg([_sum_of_answers, "size"])
    wide, there = (counts[part].unstack(columns) for part in ("_sum_of_answers", "size"))
    order = list(SEXES) if columns == "sex" else sorted(wide.columns)
    known = wide.mask(there.isna(), 0).reindex(columns=order, fill_value=0).astype("Int64")
    margin = known.sum(min_count=1).to_frame(TOTAL).T
    with_total = pd.concat([known, margin]).astype("Int64")
    cells = tidy(with_total.assign(**{TOTAL: with_total.sum(axis=1, min_count=1)}), rows, columns)
    present = labelled[labelled[PEOPLE] > 0]
    behind = present.groupby(rows)[ABOUT[0]].nunique()
    everyone = pd.Series({TOTAL: present[ABOUT[0]].nunique()})
    enterprises = cells[rows].map(pd.concat([behind, everyone])).fillna(0).astype("Int64")
    largest = _largest(present, rows, columns).reindex(pd.MultiIndex.from_frame(cells[[rows, columns]]))
    return cells.assign(enterprises=enterprises, largest=largest.fillna(0).astype("Int64").array)


def _largest(present: pd.DataFrame, rows: str, columns: str) -> pd.Series:
    """Give how many people of every cell, margins included, one enterprise has at most."""
    margins: tuple[dict[str, str], ...] = ({}, {rows: TOTAL}, {columns: TOTAL}, {rows: TOTAL, columns: TOTAL})
    with_margins = pd.concat([present.assign(**margin) for margin in margins])
    held = with_margins.groupby([rows, columns, ABOUT[0]], observed=True)[PEOPLE].sum()
    return held.groupby([rows, columns]).max()


def _sum_of_answers(counts: pd.Series) -> int | None:
    return None if counts.isna().all() else int(counts.sum())


def _label(column: str) -> str:
    return {**DIMENSION_TITLES, **MORE_TITLES}.get(column, column)


def _either(names: Iterable[str]) -> str:
    return " eller ".join(names)
