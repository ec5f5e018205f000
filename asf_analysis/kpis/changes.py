"""How the enterprises have developed since the baseline day: the net change, taken apart.

Every enterprise is in one component, by its organisation number alone, so that the baseline and all
components together are the result, exactly. Name and municipality play no part.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from asf_analysis.intake.schemas import SEXES, CleanTables
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts, tidy
from asf_analysis.kpis.enterprises import SURVEY, count_active_enterprises
from asf_analysis.kpis.groups import EMPLOYEES, PARTICIPANTS, PERMANENT
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survey import columns_of, standing_answers, survey_day

BASELINE = "baseline"
STARTED, CLOSED, GROWN, SHRUNK = "started", "closed", "grown", "shrunk"
UNCHANGED, DEFINITION, CARRIED = "unchanged", "definition", "carried"
COMPONENTS = (STARTED, CLOSED, GROWN, SHRUNK, UNCHANGED, DEFINITION, CARRIED)
"""What a change is made of.

`started` and `closed` are the enterprises active on only one of the two days. Those active on both, with
answers of their own on both, have `grown`, `shrunk` or are `unchanged` by women and men together (women and
men of an unchanged one may have changed places). Where only one of the two answers is approximate, the way
of counting has changed (`definition`). Where either answer is carried forward, partial or lacking, the
difference says nothing of the enterprise (`carried`).
"""

ANSWERED_TWICE = (GROWN, SHRUNK, UNCHANGED, DEFINITION)
"""The components of enterprises whose two answers are their own."""

REGISTER = "Företagsregistret"
ENDS = ("before", "after")
PEOPLE = {"permanent": "tillsvidareanställda", "employees": "anställda", "participants": "deltagare"}
"""The survey's measures of people, and what the people are called."""

WHOM = {"permanent": PERMANENT, "employees": EMPLOYEES, "participants": PARTICIPANTS}


def breakdowns_of(facts: Facts) -> tuple[Breakdown, ...]:
    """Give the changes of the period: of the enterprises, and of the people in them."""
    pairs = {measure: pairs_of(facts, measure) for measure in PEOPLE}
    accounts = (
        replace(
            people_account(
                f"{measure}_changes", f"Förändring av antalet {name}", account(one, known(facts, one))
            ),
            whom=WHOM[measure],
        )
        for (measure, name), one in zip(PEOPLE.items(), pairs.values(), strict=True)
    )
    return (enterprise_changes(facts.tables, facts.period), *accounts)


def pairs_of(facts: Facts, measure: str) -> pd.DataFrame:
    """Give what `pair_answers` makes of a measure of the period."""
    return pair_answers(facts.tables.enterprises, facts.tables.responses, facts.period, measure)


def known(facts: Facts, pairs: pd.DataFrame) -> bool:
    """Tell whether a change can be told: the baseline was read, and both ends are known by sex."""
    return baseline_is_read(facts.tables, facts.period) and _both_told(pairs)


def baseline_is_read(tables: CleanTables, period: Period) -> bool:
    """Tell whether the year before was read, which measured baselines rest on."""
    return period.before().year in tables.years


def people_account(key: str, title: str, frame: pd.DataFrame, *, internal: bool = False) -> Breakdown:
    """Give an account of people, which `account` makes, as a breakdown."""
    return Breakdown(
        key=key,
        title=title,
        rows="component",
        rows_label="Förändring",
        columns="sex",
        unit="personer",
        source=SURVEY,
        people=True,
        frame=frame,
        internal=internal,
    )


def pair_answers(
    enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, measure: str
) -> pd.DataFrame:
    """Set what stood on the baseline day beside what stands on the survey's day, for every enterprise.

    A row per enterprise active on either day, by organisation number: `women` and `men` of the measure with
    `_before` and `_after` (Int64, missing without an answer), `component` (one of COMPONENTS), and `behind`,
    whether any answer stands behind the row.
    """
    before, after = (_standing(enterprises, responses, days, measure) for days in (period.before(), period))
    numbers = before.index.union(after.index)
    ends = [
        one.reindex(numbers).add_suffix(f"_{end}") for one, end in zip((before, after), ENDS, strict=True)
    ]
    flags = ["active", "answered", "rounded"]
    pairs = pd.concat(ends, axis=1).fillna({f"{flag}_{end}": False for flag in flags for end in ENDS})
    counts = [f"{sex}_{end}" for sex in SEXES for end in ENDS]
    return pairs[counts].assign(component=_components(pairs), behind=pairs[counts].notna().any(axis=1))


def _standing(
    enterprises: pd.DataFrame, responses: pd.DataFrame, period: Period, measure: str
) -> pd.DataFrame:
    """Give the answer that stands for every active enterprise, and whether it is its own, and approximate."""
    active = running_on(enterprises, survey_day(responses, period))["organisation_number"]
    given = columns_of(responses, measure)
    answers = standing_answers(enterprises, given, period, measure).set_index("organisation_number")
    counts = answers[[f"{measure}_{sex}" for sex in SEXES]].set_axis(list(SEXES), axis=1).astype("Int64")
    told = counts.assign(
        answered=answers["answered"].astype("boolean"), rounded=_rounded(answers, measure).astype("boolean")
    )
    return told.reindex(pd.Index(active, name="organisation_number")).assign(
        active=pd.Series(True, index=pd.Index(active), dtype="boolean")
    )


def _rounded(answers: pd.DataFrame, measure: str) -> pd.Series:
    """Tell which answers are approximate, for women or men."""
    rounded = pd.Series(False, index=answers.index)
    for sex in SEXES:
        low, high = (f"{measure}_{sex}_{end}" for end in ("low", "high"))
        if low in answers and high in answers:
            rounded |= (answers[low] != answers[high]).fillna(False).astype(bool)
    return rounded


def _components(pairs: pd.DataFrame) -> pd.Series:
    stayed = pairs["active_before"] & pairs["active_after"]
    own = stayed & pairs["answered_before"] & pairs["answered_after"]
    change = _changes(pairs).sum(axis=1)
    return (
        pd.Series(CARRIED, index=pairs.index)
        .mask(own, UNCHANGED)
        .mask(own & (change > 0), GROWN)
        .mask(own & (change < 0), SHRUNK)
        .mask(own & (pairs["rounded_before"] != pairs["rounded_after"]), DEFINITION)
        .mask(~pairs["active_before"], STARTED)
        .mask(~pairs["active_after"], CLOSED)
    )


def _sums_to(pairs: pd.DataFrame, end: str) -> pd.DataFrame:
    """Give what each enterprise adds to the figure at an end: nothing where it has not answered."""
    return pairs[[f"{sex}_{end}" for sex in SEXES]].set_axis(list(SEXES), axis=1).fillna(0)


def _changes(pairs: pd.DataFrame) -> pd.DataFrame:
    return _sums_to(pairs, "after") - _sums_to(pairs, "before")


def _both_told(pairs: pd.DataFrame) -> bool:
    """Tell whether both ends are known for women and men: somebody answered, or there was nobody to ask."""
    of_end = {"before": pairs["component"] != STARTED, "after": pairs["component"] != CLOSED}
    return all(
        not of_end[end].any() or pairs.loc[of_end[end], f"{sex}_{end}"].notna().any()
        for end in ENDS
        for sex in SEXES
    )


def account(pairs: pd.DataFrame, known: bool, components: tuple[str, ...] = COMPONENTS) -> pd.DataFrame:
    """Sum what `pair_answers` gives to an account by sex: baseline, components, and the result as total.

    Tidy: `component`, `sex`, `amount` (people, signed; the parts add up to the total) and `enterprises`. All
    amounts are missing unless both ends are known: a lone total would tell nothing of a change.
    """
    changed = _changes(pairs).groupby(pairs["component"]).sum().reindex(list(components), fill_value=0)
    wide = pd.concat(
        [
            _sums_to(pairs, "before").sum().to_frame(BASELINE).T,
            changed,
            _sums_to(pairs, "after").sum().to_frame(TOTAL).T,
        ]
    ).astype("Int64")
    wide = wide.assign(**{TOTAL: wide.sum(axis=1)})
    cells = tidy(wide if known else wide.mask(wide.notna()), "component", "sex")
    behind = pairs.groupby("component")["behind"].sum().reindex(list(components), fill_value=0).to_dict()
    at_ends = {row: int(_answers_at(pairs, end)) for row, end in zip((BASELINE, TOTAL), ENDS, strict=True)}
    return cells.assign(enterprises=cells["component"].map(behind | at_ends).astype("Int64"))


def _answers_at(pairs: pd.DataFrame, end: str) -> int:
    return int(pairs[[f"{sex}_{end}" for sex in SEXES]].notna().any(axis=1).sum())


def enterprise_changes(tables: CleanTables, period: Period) -> Breakdown:
    """Take the number of enterprises apart: at the baseline, started, closed, and at the end as total."""
    parts = register_changes(tables.enterprises, period)
    ended = count_active_enterprises(tables.enterprises, period).amount
    counts: dict[str, float | None] = {TOTAL: ended}
    if baseline_is_read(tables, period):
        signed = {row: -len(rows) if row == CLOSED else len(rows) for row, rows in parts.items()}
        counts = {**signed, **counts}
    told = pd.Series(counts, dtype="Int64").reindex([*parts, TOTAL])
    return Breakdown(
        key="enterprise_changes",
        title="Förändring av antalet företag",
        rows="component",
        rows_label="Förändring",
        columns="measure",
        unit="företag",
        source=REGISTER,
        people=False,
        frame=tidy(told.to_frame("enterprises"), "component", "measure"),
    )


def register_changes(enterprises: pd.DataFrame, period: Period) -> dict[str, pd.DataFrame]:
    """Give the register's rows of those active at the baseline, and of those started and closed since."""
    before, after = (running_on(enterprises, days.end) for days in (period.before(), period))
    return {
        BASELINE: before,
        STARTED: after[~after.index.isin(before.index)],
        CLOSED: before[~before.index.isin(after.index)],
    }
