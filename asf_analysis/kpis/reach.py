"""Whom the information reached: contacts and activities by party and by municipality."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from asf_analysis.association import Association
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts, tidy
from asf_analysis.kpis.information import SOURCE, county_activities
from asf_analysis.kpis.people import NOT_STATED

REACHED = ("employees", "politicians", "others")
"""Those whom an activity reaches; every one of them is a contact, also who came before."""


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give the breakdowns of whom the period's information reached, contacts and activities apart.

    They count contacts, not people: who takes part twice is counted twice.
    """
    held = county_activities(facts.tables.activities, facts.period)
    dimensions = (
        ("party", "part", "Part", parties_of(facts.association)),
        ("municipality", "kommun", "Kommun", facts.association.municipality_names()),
    )
    return tuple(
        table
        for rows, word, label, names in dimensions
        for table in (
            Breakdown(
                key=f"reach_by_{rows}",
                title=f"Kontakter i informationsinsatser efter {word}",
                rows=rows,
                rows_label=label,
                columns="reached",
                unit="kontakter",
                source=SOURCE,
                people=False,
                frame=contacts_by(held, rows, names),
            ),
            Breakdown(
                key=f"activities_by_{rows}",
                title=f"Informationsinsatser efter {word} och slag",
                rows=rows,
                rows_label=label,
                columns="kind",
                unit="insatser",
                source=SOURCE,
                people=False,
                frame=activities_by(held, rows, names),
            ),
        )
    )


def parties_of(association: Association) -> tuple[str, ...]:
    """Name the association's members: its parties, and its municipalities after them."""
    return tuple(
        dict.fromkeys(
            [*(party.name for party in association.parties), *association.municipality_names()],
        )
    )


def contacts_by(held: pd.DataFrame, rows: str, names: Sequence[str]) -> pd.DataFrame:
    """Sum the contacts of activities by a column and by whom they reached, margins included.

    Needs `rows` and the columns of REACHED. Each of `names` has a row, in their order, and after them what
    else the data names, and what it does not tell. A row without an activity has 0 contacts; where there were
    activities and none of them tells a figure, it is missing.

    >>> held = pd.DataFrame({"party": ["Gävle", None], "employees": [8, 2], "politicians": [1, 0],
    ...                      "others": [0, 5]}, dtype=object)
    >>> cells = contacts_by(held, "party", ["Gävle", "Ockelbo"])
    >>> cells[cells["reached"] == TOTAL].set_index("party")["amount"].to_dict()
    {'Gävle': 9, 'Ockelbo': 0, 'Ej angivet': 7, 'total': 16}
    """
    group = _groups(held, rows)
    counts = held[list(REACHED)].astype("Int64")
    summed = counts.groupby(group).sum(min_count=1).reindex(_order(group, names))
    summed = summed.mask(pd.Series(~summed.index.isin(group), index=summed.index), 0)
    margin = counts.sum(min_count=1) if len(held) else counts.sum()
    wide = pd.concat([summed, margin.to_frame(TOTAL).T]).astype("Int64")
    return tidy(wide.assign(**{TOTAL: wide.sum(axis=1, min_count=1)}), rows, "reached")


def activities_by(held: pd.DataFrame, rows: str, names: Sequence[str]) -> pd.DataFrame:
    """Count activities by a column and by kind, margins included; rows as in `contacts_by`.

    Needs `rows` and `kind`; kinds come with the most frequent first.
    """
    group = _groups(held, rows)
    by_name = held["kind"].value_counts().sort_index()
    kinds = list(by_name.sort_values(ascending=False, kind="stable").index)
    counts = pd.DataFrame(
        {kind: group[held["kind"] == kind].value_counts() for kind in kinds}, index=_order(group, names)
    ).fillna(0)
    wide = pd.concat([counts, counts.sum().to_frame(TOTAL).T])
    return tidy(wide.assign(**{TOTAL: wide.sum(axis=1)}), rows, "kind")


def _groups(held: pd.DataFrame, rows: str) -> pd.Series:
    return held[rows].fillna(NOT_STATED)


def _order(group: pd.Series, names: Sequence[str]) -> list[str]:
    """Order the rows: the names, others that occur, and last what is not told, where it occurs."""
    others = sorted(set(group) - {*names, NOT_STATED})
    not_told = [NOT_STATED] if (group == NOT_STATED).any() else []
    return [*names, *others, *not_told]
