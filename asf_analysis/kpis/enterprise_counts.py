"""The enterprises counted by what the register tells of them: municipality, legal form and industry."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from asf_analysis.association import Association
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts, tidy
from asf_analysis.kpis.changes import BASELINE, CLOSED, REGISTER, STARTED, baseline_is_read, register_changes
from asf_analysis.kpis.people import NOT_STATED
from asf_analysis.kpis.registry import Period


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give the enterprises by municipality, legal form and industry, with what has changed in the period."""
    enterprises, known = facts.tables.enterprises, baseline_is_read(facts.tables, facts.period)
    heads = (
        ("municipality", "Företag efter kommun", "Kommun"),
        ("legal_form", "Företag efter företagsform", "Företagsform"),
        ("industry", "Företag efter bransch", "Bransch"),
    )
    return tuple(
        Breakdown(
            key=f"enterprises_by_{column}",
            title=title,
            rows=column,
            rows_label=label,
            columns="component",
            unit="företag",
            source=REGISTER,
            people=False,
            frame=count_by(
                enterprises, facts.period, column, _places(column, facts.association), known=known
            ),
        )
        for column, title, label in heads
    )


def _places(column: str, association: Association) -> tuple[str, ...]:
    return association.municipality_names() if column == "municipality" else ()


def count_by(
    enterprises: pd.DataFrame, period: Period, column: str, groups: Sequence[str] = (), *, known: bool = True
) -> pd.DataFrame:
    """Count enterprises by a column of the register: at the baseline, started, closed, and at the end.

    Rows are `groups` in their order, then what else there is, the most usual first, then those that tell
    nothing. Columns are signed: baseline + started + closed is the total at the end. Without a `known`
    baseline only the end is told.
    """
    parts = {
        name: rows[column].fillna(NOT_STATED).value_counts()
        for name, rows in register_changes(enterprises, period).items()
    }
    wide = pd.DataFrame(parts).reindex(columns=[BASELINE, STARTED, CLOSED]).fillna(0).astype("Int64")
    wide = wide.reindex(_in_order(wide, groups), fill_value=0)
    wide[CLOSED] = -wide[CLOSED]
    wide = wide.assign(**{TOTAL: wide.sum(axis=1)})
    wide = pd.concat([wide, wide.sum().to_frame(TOTAL).T]).astype("Int64")
    told = wide if known else wide[[TOTAL]].reindex(columns=wide.columns)
    return tidy(told.astype("Int64"), column, "component")


def _in_order(counts: pd.DataFrame, groups: Sequence[str]) -> list[str]:
    by_size = counts.sum(axis=1).sort_index().sort_values(ascending=False, kind="stable").index
    others = [name for name in by_size if name not in (*groups, NOT_STATED)]
    return [*groups, *others, *([NOT_STATED] if NOT_STATED in counts.index else [])]
