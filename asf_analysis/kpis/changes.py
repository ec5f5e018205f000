"""How the enterprises have developed since the baseline day: the net change, taken apart.

Every enterprise is in one component, by its organisation number alone, so that the baseline and all
components together are the result, exactly. Name and municipality play no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from asf_analysis.intake.schemas import SEXES, CleanTables
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, Facts, tidy
from asf_analysis.kpis.enterprises import SURVEY, count_active_enterprises
from asf_analysis.kpis.groups import EMPLOYEES, PARTICIPANTS, PERMANENT
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survey import standing_answers, survey_day

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
    days = (facts.before, facts)
    return _paired([(one.active, one.answers[measure]) for one in days], measure)


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
    standing = []
    for days in (period.before(), period):
        active = running_on(enterprises, survey_day(responses, days))
        standing.append((active, standing_answers(enterprises, responses, days, measure)))
    return _paired(standing, measure)


def _paired(standing: Sequence[tuple[pd.DataFrame, pd.DataFrame]], measure: str) -> pd.DataFrame:
    """Make what `pair_answers` gives of the enterprises active on either day, and the answers that stand."""
    before, after = (pd.Index(active["organisation_number"]) for active, _ in standing)
    numbers = before.union(after)
    told: dict[str, pd.Series] = {}
    own, rounded = [], []
    for end, (_, answers) in zip(ENDS, standing, strict=True):
        given = pd.Index(answers["organisation_number"])
        place = given.get_indexer(numbers)
        for sex in SEXES:
            counts = answers[f"{measure}_{sex}"].astype("Int64").array.take(place, allow_fill=True)
            told[f"{sex}_{end}"] = pd.Series(counts, index=numbers)
        own.append(numbers.isin(given[answers["answered"].to_numpy(dtype=bool)]))
        rounded.append(numbers.isin(given[_rounded(answers, measure)]))
    pairs = pd.DataFrame({name: told[name] for name in (f"{sex}_{end}" for sex in SEXES for end in ENDS)})
    grown = _sums_to(pairs, "after").sum(axis=1) - _sums_to(pairs, "before").sum(axis=1)
    which = {
        CLOSED: ~numbers.isin(after),
        STARTED: ~numbers.isin(before),
        CARRIED: ~(own[0] & own[1]),
        DEFINITION: rounded[0] != rounded[1],
        SHRUNK: grown < 0,
        GROWN: grown > 0,
    }
    component = pd.array(np.select(list(which.values()), list(which), UNCHANGED), dtype="str")
    behind = np.logical_or.reduce([pairs[name].notna().to_numpy() for name in pairs])
    return pairs.assign(component=component, behind=behind)


def _rounded(answers: pd.DataFrame, measure: str) -> np.ndarray:
    """Tell which answers are approximate, for women or men."""
    rounded = np.zeros(len(answers), dtype=bool)
    for sex in SEXES:
        low, high = (f"{measure}_{sex}_{end}" for end in ("low", "high"))
        if low in answers and high in answers:
            rounded |= (answers[low] != answers[high]).fillna(False).to_numpy(dtype=bool)
    return rounded


def _sums_to(pairs: pd.DataFrame, end: str) -> np.ndarray:
    """Give what each enterprise adds to the figure at an end, women and men: nothing without an answer."""
    return np.column_stack([pairs[f"{sex}_{end}"].to_numpy(dtype="int64", na_value=0) for sex in SEXES])


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
    before, after = (_sums_to(pairs, end) for end in ENDS)
    of_component = {name: (pairs["component"] == name).to_numpy() for name in components}
    changed = [(after - before)[which].sum(axis=0) for which in of_component.values()]
    by_sex = np.array([before.sum(axis=0), *changed, after.sum(axis=0)])
    told = np.column_stack([by_sex, by_sex.sum(axis=1)])
    wide = pd.DataFrame(told, index=[BASELINE, *components, TOTAL], columns=[*SEXES, TOTAL])
    cells = tidy(wide if known else wide.mask(wide.notna()), "component", "sex")
    behind = pairs["behind"].to_numpy(dtype=bool)
    enterprises = [
        _answers_at(pairs, "before"),
        *(int(behind[which].sum()) for which in of_component.values()),
        _answers_at(pairs, "after"),
    ]
    return cells.assign(enterprises=pd.array(np.repeat(enterprises, wide.shape[1]), dtype="Int64"))


def _answers_at(pairs: pd.DataFrame, end: str) -> int:
    return int(np.logical_or.reduce([pairs[f"{sex}_{end}"].notna() for sex in SEXES]).sum())


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
