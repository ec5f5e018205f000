"""Any report there may be: strategies for outcomes, breakdowns, activities and whole reports."""

from dataclasses import replace

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st
from published_sample import (
    ASSOCIATION,
    COUNCIL,
    FOLLOW_UP,
    KINDS,
    WITHHELD_NUMBER,
    make_kpi,
    make_milestone,
    make_outcome,
    make_report,
    table_of_activities,
)

from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD, PublishedTable
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.outcomes import WITHHELD_RESULT
from asf_analysis.kpis.registry import NOT_KNOWN, Period, Result


def examples(number: int):
    """Try so many examples by default, and as many more as the profile asks for (see conftest)."""
    return settings(max_examples=max(1, number * settings.default.max_examples // 100), deadline=None)


COUNTED = [kpi for kpi in KPIS if kpi.kind != "milestone"]
ADDED = [make_kpi("added", "Nytt mått", "kronor"), make_kpi("places", "Nya platser", "platser", "stock")]
AMOUNTS = st.one_of(
    st.integers(0, 15), st.integers(0, 300), st.integers(10**3, 3 * 10**6), st.sampled_from([2.5, 12.25])
)


def answered_by(result, asked, silent, carried, of_carried):
    """Give a figure the answers behind it, and what it is without those that were carried forward."""
    answered, carried = asked - min(silent, asked), min(carried, silent, asked)
    told = replace(result, asked=asked, answered=answered, carried=carried)
    if not carried:
        return told
    less = {
        name: max(0, end - of_carried)
        for name in ("amount", "low", "high")
        if (end := getattr(result, name)) is not None
    }
    return replace(told, answered_only=Result(**less) if answered else NOT_KNOWN)


def results(amounts=AMOUNTS):
    exact = amounts.map(Result)
    about = st.builds(
        lambda amount, below, above: Result(amount, low=amount * below / 100, high=amount * above / 100),
        amounts,
        st.integers(60, 100),
        st.integers(100, 140),
    )
    answers = st.builds(
        answered_by, st.one_of(exact, about), st.integers(1, 40), st.integers(0, 25), st.integers(0, 3),
        st.integers(0, 30),
    )  # fmt: skip
    return st.one_of(exact, about, answers, st.just(NOT_KNOWN), st.just(Result(None, withheld=True)))


@st.composite
def outcomes_in_figures(draw, kpis=(*COUNTED, *ADDED)):
    """Any KPI; its target and baseline are often equal to the result, or just beside it or its bounds."""
    result = draw(results())
    ends = [end for end in (result.amount, result.low, result.high) if end is not None]
    near = [max(0, end + step) for end in ends for step in (0, 0, 1, -1)]
    beside = st.one_of(st.none(), AMOUNTS, st.sampled_from(near)) if near else st.one_of(st.none(), AMOUNTS)
    made = make_outcome(draw(st.sampled_from(kpis)), result, draw(beside))
    start = draw(st.one_of(st.just(NOT_KNOWN), beside.map(Result)))
    if start.amount and draw(st.booleans()):
        start = replace(start, low=start.amount * 0.9, high=start.amount * 1.1)
    reason = WITHHELD_RESULT if result.withheld and made.target else made.reason
    return replace(made, baseline=start, reason=reason)


@st.composite
def shares_in_figures(draw, kpi=ADDED[1]):
    """Any share, of few or of many, with a target in percent that is often just beside it."""
    whole = draw(st.one_of(st.integers(1, 40), st.integers(1, 900)))
    amount = draw(st.integers(0, whole))
    percent = amount * 100 / whole
    aims = st.sampled_from([round(percent, 2), round(percent), 50, 66.67, 90, 100])
    result = Result(amount, whole=whole)
    if draw(st.booleans()):
        result = replace(result, low=amount * 0.9, high=min(whole, amount * 1.1))
    made = make_outcome(kpi, result, draw(st.one_of(st.none(), aims)))
    start = Result(draw(st.integers(0, 30)), whole=draw(st.integers(30, 90)))
    return replace(made, baseline=draw(st.sampled_from([NOT_KNOWN, start])))


def each_named(outcomes):
    """Give each KPI a name of its own, of which no one is a part of another: *Mått A*, *Mått B*."""
    return [
        replace(one, kpi=replace(one.kpi, key=f"mått_{place}", label=f"Mått {chr(65 + place)}"))
        for place, one in enumerate(outcomes)
    ]


@st.composite
def sets_of_goals(draw):
    """Any goals and KPIs without one, each of its own name, and up to two milestones."""
    told = each_named(draw(st.lists(st.one_of(outcomes_in_figures(), shares_in_figures()), max_size=16)))
    reached = draw(st.lists(st.sampled_from([True, False, None]), max_size=2))
    return told + [
        make_milestone(kpi, answer) for kpi, answer in zip((COUNCIL, FOLLOW_UP), reached, strict=False)
    ]


SEXES = ("women", "men")
PLACES = ["Bollnäs", "Gävle", "Hofors", "Hudiksvall", "Ljusdal", "Nordanstig", "Ockelbo", "Ovanåker",
          "Sandviken", "Söderhamn", "Falun", "Borlänge", "Mora", "Orsa", "Rättvik"]  # fmt: skip
ROW_SETS = {
    "participants_by_municipality": ("municipality", PLACES),
    "employees_by_municipality": ("municipality", PLACES),
    "permanent_by_municipality": ("municipality", PLACES),
    "participants_by_age": ("age", ["16–29 år", "30–64 år", "Utanför 16–64 år", "Ej angivet"]),
    "participants_by_authority": (
        "authority",
        ["Arbetsförmedlingen", "Försäkringskassan", "Kommunen", "Annan"],
    ),
}
NOT_GROUPS = {
    "people_by_role": ("role", ["Tillsvidareanställda", "Övriga anställda", "Deltagare"]),
    "completed_by_outcome": ("outcome", ["Arbete", "Studier", "Annat", "Ej angivet"]),
}
"""Rows that are what people are or went on to, and are told in sentences of their own."""
AUTHORITIES = ASSOCIATION.model_copy(
    update={
        "authorities": tuple(
            ASSOCIATION.authorities[0].model_copy(update={"key": key, "name": name})
            for key, name in (
                ("employment_service", "Arbetsförmedlingen"),
                ("insurance_agency", "Försäkringskassan"),
                ("municipality", "Kommunen"),
                ("other", "Annan"),
            )
        )
    }
)


@st.composite
def tables_of_people(draw, row_sets=ROW_SETS):
    """Any breakdown: rows that are shown, withheld or missing, whole or in part, and totals likewise."""
    key = draw(st.sampled_from(sorted(row_sets)))
    dimension, possible = row_sets[key]
    rows = draw(st.lists(st.sampled_from(possible), min_size=1, unique=True))
    counts = st.one_of(st.integers(0, 3), st.integers(0, 40), st.integers(900, 5000))
    near_limits = st.builds(
        lambda times, share, more: (share * times + more, (5 - share) * times),
        st.integers(20, 400), st.sampled_from([2, 3]), st.integers(-1, 1),
    )  # fmt: skip
    counted = st.one_of(st.tuples(counts, counts), st.tuples(counts, counts), near_limits)
    hiding = st.sampled_from(["", "", "", "", WITHHELD, MISSING, "some withheld", "some missing"])
    pairs = {row: draw(counted) for row in rows}
    pairs["total"] = tuple(map(sum, zip(*pairs.values(), strict=True)))
    records = []
    for row, pair in pairs.items():
        how = draw(hiding)
        status = WITHHELD if "withheld" in how else MISSING if "missing" in how else SHOWN
        hidden = {"": (), WITHHELD: (*SEXES, "total"), MISSING: (*SEXES, "total")}.get(how, SEXES)
        for sex, value in zip((*SEXES, "total"), (*pair, sum(pair)), strict=True):
            shown = sex not in hidden
            kept = value if shown else (WITHHELD_NUMBER if status == WITHHELD else None)
            records.append((row, sex, kept, SHOWN if shown else status))
    frame = pd.DataFrame(records, columns=[dimension, "sex", "value", "status"]).astype({"value": "Int64"})
    return PublishedTable(
        key=key, title="Personer efter grupp", rows=dimension, rows_label="Grupp", columns="sex",
        unit="personer", source="Enkäten", frame=frame,
    )  # fmt: skip


@st.composite
def activities_of_a_year(draw):
    """Any year's activities: many, or so few that most months have none."""
    kinds = KINDS[: draw(st.integers(1, len(KINDS)))]
    months = draw(st.integers(1, 12))
    few = st.integers(0, 8).map(lambda number: max(0, number - 6))
    counts = draw(st.sampled_from([few, st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 400))]))
    return table_of_activities(
        {month: [draw(counts) for _ in kinds] for month in range(1, months + 1)}, kinds
    )


@st.composite
def reports(draw):
    """Any report: every KPI known, missing or withheld, with a target or without, for either audience."""
    outcomes = [draw(outcomes_in_figures((kpi,))) for kpi in COUNTED] + [draw(shares_in_figures())]
    outcomes += [
        make_milestone(kpi, draw(st.sampled_from([True, False, None]))) for kpi in (COUNCIL, FOLLOW_UP)
    ]
    rules = ASSOCIATION.rules.model_copy(
        update={"threshold": draw(st.integers(1, 6)), "min_enterprises": draw(st.integers(1, 3)),
                "near_target_percent": 90}
    )  # fmt: skip
    authorities = AUTHORITIES.authorities[: draw(st.integers(1, 4))]
    ends = draw(
        st.sampled_from([Period.of_year(2018).end, Period.of_year(2018).end.replace(month=6, day=30)])
    )
    return make_report(
        outcomes,
        tables=[
            draw(tables_of_people()),
            draw(tables_of_people(NOT_GROUPS)),
            draw(activities_of_a_year()),
        ],
        audience=draw(st.sampled_from(["public", "internal"])),
        association=AUTHORITIES.model_copy(update={"rules": rules, "authorities": authorities}),
        period=Period(Period.of_year(2018).start, ends),
        lectures=(),
    )
