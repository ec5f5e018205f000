"""Rings of dimensions: when tables of the same people tell more together than their shared margins do."""

import itertools
import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from asf_analysis.disclosure import suppress, suppress_together
from asf_analysis.disclosure.audit.attack import Knowledge, narrowed
from asf_analysis.disclosure.own_tables.rings import rings
from asf_analysis.disclosure.own_tables.suppressed import Suppressed
from asf_analysis.errors import WrongUsage

LABELS = {
    "kommun": ["Alvik", "Bro", "Croneby"],
    "myndighet": ["AF", "FK"],
    "kön": ["kvinnor", "män"],
    "ålder": ["unga", "äldre"],
}


def people(counts: list[int]) -> pd.Series:
    """Counts by as many of the dimensions as there are numbers for."""
    for many in range(1, len(LABELS) + 1):
        own = dict(itertools.islice(LABELS.items(), many))
        if math.prod(map(len, own.values())) == len(counts):
            return pd.Series(counts, index=pd.MultiIndex.from_product(own.values(), names=list(own)))
    raise AssertionError("No dimensions have so many cells.")


PEOPLE = people([5, 6, 0, 0, 0, 0, 7, 3, 0, 0, 9, 7])
"""All of Alvik are AF's, and AF has nobody else: the men of Alvik are the men of AF."""


def table(counts: pd.Series, *dimensions: str) -> pd.Series:
    return counts.groupby(list(dimensions), sort=False).sum()


RING = (("kommun", "kön"), ("myndighet", "kön"), ("kommun", "myndighet"))


def tables(counts: pd.Series, *dimensions: tuple[str, ...]) -> dict[str, pd.Series]:
    return {" och ".join(own): table(counts, *own) for own in dimensions}


def worked_out(safe: Mapping[str, Suppressed], counts: pd.Series) -> pd.DataFrame:
    """What the audit's attacker works out, who knows that there are people behind all tables.

    A row per withheld cell: `table`, `cell`, `primary`, `least` and `most`.
    """
    groups = list(counts.index)
    known, withheld = [], []
    for named, one in safe.items():
        for cell, row in one.cells.iterrows():
            told = {
                n: label for n, label in zip(one.cells.index.names, cell, strict=True) if label != "Totalt"
            }
            members = {
                place: 1
                for place, group in enumerate(groups)
                if told.items() <= dict(zip(counts.index.names, group, strict=True)).items()
            }
            if row["status"] == "withheld":
                known.append(({**members, len(groups) + len(withheld): -1}, 0, 0))
                withheld.append({"table": named, "cell": cell, "primary": row["primary"]})
            else:
                known.append((members, int(row["shown"]), int(row["shown"])))
    figures = len(groups) + len(withheld)
    bounds = [(0, math.inf)] * figures
    least, most = narrowed(Knowledge.of(bounds, known), range(len(groups), figures))
    return pd.DataFrame(withheld).assign(least=least, most=most)


def test_tables_that_form_a_ring_give_away_what_each_withholds(monkeypatch):
    monkeypatch.setattr("asf_analysis.disclosure.own_tables.suppress.refuse_rings", lambda _: None)
    safe = suppress_together(tables(PEOPLE, *RING), total=False)
    by_sex = safe["kommun och kön"]
    assert by_sex.primary["Bro", "män"]
    assert by_sex.intervals().loc[("Bro", "män")].tolist() == [0, 9]
    ends = worked_out(safe, PEOPLE).set_index("cell")
    assert ends.loc[[("Bro", "män")], ["least", "most"]].to_numpy().tolist() == [[3, 3]]


def test_a_ring_is_refused_and_the_table_that_spans_it_is_asked_for():
    with pytest.raises(WrongUsage) as refused:
        suppress_together(tables(PEOPLE, *RING), total=False)
    assert str(refused.value) == (
        "Dimensionerna bildar en ring, där varje tabell har några av dem men ingen har alla: kommun, kön och "
        "myndighet (i tabellerna 'kommun och kön', 'myndighet och kön', 'kommun och myndighet'). "
        "Tillsammans säger sådana tabeller mer än var för sig, så att det undanhållna kan gå att räkna ut. "
        "Ge också tabellen över alla dimensioner i ringen, till exempel "
        "personer.groupby(['kommun', 'kön', 'myndighet']).size(). "
        "Ska den inte visas, använd då bara inte resultatet för den."
    )


@pytest.mark.parametrize("seed", [None, *range(8)])
def test_with_the_table_that_spans_the_ring_nothing_withheld_can_be_worked_out(seed):
    drawn = np.random.default_rng(seed or 0).choice([0, 0, 0, 1, 3, 5, 6, 7, 9, 12, 20], size=12)
    counts = PEOPLE if seed is None else people(drawn.tolist())
    safe = suppress_together(tables(counts, *RING, ("kommun", "myndighet", "kön")), total=False)
    ends = worked_out(safe, counts)
    assert ends["primary"].any()
    assert (ends["most"] - ends["least"]).ge(5).all()
    assert (ends.loc[ends["primary"], "least"] == 0).all()


def test_the_spanning_table_may_be_given_as_a_crosstab():
    spanning = table(PEOPLE, "kommun", "myndighet", "kön").unstack()
    safe = suppress_together({**tables(PEOPLE, *RING), "alla": spanning}, total=False)
    assert safe["kommun och kön"].status["Bro", "män"] == "withheld"


@pytest.mark.parametrize("seed", range(4))
def test_tables_without_a_ring_tell_no_more_together_than_their_intervals(seed):
    counts = people(np.random.default_rng(seed).choice([0, 0, 0, 0, 1, 2, 4, 5, 9], size=24).tolist())
    safe = suppress_together(
        tables(counts, ("kommun", "kön"), ("kön", "ålder"), ("kön", "myndighet"), ("kommun",)), total=False
    )
    ends = worked_out(safe, counts)
    assert len(ends)
    for row in ends.itertuples():
        key = row.cell if len(row.cell) > 1 else row.cell[0]
        told = safe[row.table].intervals().astype("Float64").fillna(math.inf).loc[key]
        assert [row.least, row.most] == told.tolist()


def test_one_table_is_no_ring_however_many_dimensions_it_has():
    assert suppress(PEOPLE, total=False).status["Bro", "FK", "män"] == "withheld"


@pytest.mark.parametrize(
    ("sets", "found"),
    [
        ([], []),
        (["ABCD"], []),
        (["AB", "AB"], []),
        (["AB", "CD"], []),
        (["AB", "AC", "AD"], []),
        (["AB", "BC", "CD"], []),
        (["ABC", "BCD", "CDE"], []),
        (["AB", "BC", "AC", "ABC"], []),
        (["AB", "BC", "AC"], ["ABC"]),
        (["AB", "BC", "AC", "AD", "E"], ["ABC"]),
        (["AB", "BC", "CD", "AD"], ["ABCD"]),
        (["AB", "BC", "CD", "AD", "ABC"], ["ACD"]),
        (["AB", "BC", "CD", "AD", "ABC", "ACD"], []),
        (["AB", "BC", "AC", "AD", "BD", "CD"], ["ABCD"]),
        (["ABC", "ABD", "ACD", "BCD"], ["ABCD"]),
        (["AB", "BC", "AC", "DE", "EF", "DF"], ["ABC", "DEF"]),
        (["AB", "BC", "AC", "CD", "DE", "CE"], ["ABC", "CDE"]),
        (["AB", "BC", "AC", "CD", "DE", "EF", "DF"], ["ABC", "DEF"]),
    ],
    ids=lambda part: "-".join(part) if isinstance(part, list) else "",
)
def test_rings_are_found_each_by_itself_and_a_set_over_each_closes_them(sets, found):
    assert ["".join(ring) for ring in rings(sets)] == found
    assert rings([*sets, *found]) == []
