"""The matched panel: the enterprises that answered for themselves on both days, and how they developed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from asf_analysis.association import Rules
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts, rests_on_few, tidy
from asf_analysis.kpis.changes import ANSWERED_TWICE, PEOPLE, account, known, pairs_of, people_account
from asf_analysis.kpis.enterprises import SURVEY


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give how many of the panel grew, and their people then and now.

    Their people are internal: set beside all people, they would tell of the few in the other enterprises.
    """
    pairs = {measure: pairs_of(facts, measure) for measure in PEOPLE}
    both_known = all(known(facts, one) for one in pairs.values())
    panel = answered_twice(list(pairs.values()))
    people = (
        people_account(
            f"panel_{measure}",
            f"Förändring av antalet {name} i företag som har svarat båda gångerna",
            account(pairs[measure].loc[panel], both_known, ANSWERED_TWICE),
            internal=True,
        )
        for measure, name in PEOPLE.items()
    )
    return (panel_changes(pairs, panel, facts.association.rules, known=both_known), *people)


def answered_twice(pairs: Sequence[pd.DataFrame]) -> pd.Index:
    """Give the numbers of the matched panel: those that answered every measure themselves, both times."""
    first, *others = [one.index[one["component"].isin(ANSWERED_TWICE)] for one in pairs]
    for other in others:
        first = first.intersection(other)
    return first


def panel_changes(
    pairs: Mapping[str, pd.DataFrame], panel: pd.Index, rules: Rules, *, known: bool
) -> Breakdown:
    """Count the enterprises of the matched panel by whether they grew, for each measure of people."""
    counts = pd.DataFrame(
        {
            measure: one.loc[panel, "component"].value_counts().reindex(list(ANSWERED_TWICE), fill_value=0)
            for measure, one in pairs.items()
        }
    )
    wide = pd.concat([counts, counts.sum().to_frame(TOTAL).T]).astype("Int64")
    return Breakdown(
        key="panel_changes",
        title="Företag som har svarat båda gångerna, efter hur de har utvecklats",
        rows="component",
        rows_label="Utveckling",
        columns="measure",
        kind="stock",
        unit="företag",
        source=SURVEY,
        people=False,
        frame=tidy(wide if known else wide.mask(wide.notna()), "component", "measure"),
        internal=rests_on_few(counts, rules),
    )
