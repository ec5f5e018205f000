"""Checks of the survey's answers: what contradicts what within an answer, and with the round before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from asf_analysis.intake.findings import Finding
from asf_analysis.intake.schemas import AGE_GROUPS, AUTHORITY_KEYS, SEXES

LARGE_CHANGE_SHARE = 0.5
LARGE_CHANGE_COUNT = 10
"""From this share of the round before and this many people on, a change is worth a look."""

SURVEY_QUARTERS = (1, 4)
"""Quarters in which the enterprises are asked."""


def more_permanent_than_employed(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find answers with more permanent employees than employees, women and men apart."""
    responses = tables["responses"]
    for sex in SEXES:
        part, whole = f"permanent_{sex}", f"employees_{sex}"
        more = _low(responses, part) > _high(responses, whole)
        problem = "Fler är tillsvidareanställda än anställda."
        yield _contradiction(responses, more, part, problem)


def parts_that_do_not_add_up(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find answers whose authorities or age groups do not sum to the participants, women and men apart."""
    responses = tables["responses"]
    kinds = {
        "myndigheterna": [f"from_{key}" for key in AUTHORITY_KEYS],
        "åldersgrupperna": [f"aged_{group}" for group in AGE_GROUPS],
    }
    for sex in SEXES:
        whole = f"participants_{sex}"
        for name, measures in kinds.items():
            parts = [f"{measure}_{sex}" for measure in measures]
            complete = responses[parts].notna().all(axis=1)
            more = _sum(responses, parts, _low) > _high(responses, whole)
            fewer = complete & (_sum(responses, parts, _high) < _low(responses, whole))
            yield _contradiction(
                responses, more | fewer, whole, f"Summan över {name} är inte antalet deltagare."
            )


def more_reasons_than_completed(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find answers where more completed to something than completed at all, women and men apart."""
    responses = tables["responses"]
    for sex in SEXES:
        parts = [f"completed_to_{what}_{sex}" for what in ("work", "studies", "other")]
        more = _sum(responses, parts, _low) > _high(responses, f"completed_{sex}")
        yield _contradiction(
            responses, more, f"completed_{sex}", "Delarna av de avslutade är fler än de avslutade."
        )


def outside_target_group(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find answers with participants younger than 16 or older than 64 years."""
    responses = tables["responses"]
    for sex in SEXES:
        column = f"aged_outside_{sex}"
        yield Finding(
            responses[(responses[column] > 0).fillna(False)],
            column,
            "Deltagare utanför målgruppen 16–64 år.",
            "Kontrollera uppgiften med företaget.",
            "varning",
        )


def changed_much(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Find counts far from those of the round before, where that round was read."""
    columns = [f"{measure}_{sex}" for measure in ("employees", "permanent", "participants") for sex in SEXES]
    given = with_enterprise(tables["responses"])
    responses = given[given["enterprise"] != 0]
    answers = responses[["year", "quarter", "enterprise", *columns]]
    before = answers.drop_duplicates(["year", "quarter", "enterprise"])
    late = before["quarter"] == max(SURVEY_QUARTERS)
    before = before.assign(
        year=before["year"] + late,
        quarter=before["quarter"].map(dict(zip(SURVEY_QUARTERS, SURVEY_QUARTERS[::-1], strict=True))),
    )
    pairs = answers.merge(before, how="left", on=["year", "quarter", "enterprise"], suffixes=("", "_before"))
    for column in columns:
        was = pairs[f"{column}_before"].set_axis(responses.index)
        change = (responses[column] - was).abs()
        large = ((change >= LARGE_CHANGE_COUNT) & (change >= LARGE_CHANGE_SHARE * was)).fillna(False)
        yield Finding(
            responses[large].assign(**{f"{column}_before": was[large]}),
            column,
            "Antalet skiljer sig mycket från förra omgången.",
            "Kontrollera uppgiften med företaget.",
            "upplysning",
            subject="Omgång och omgång",
        )


def with_enterprise(rows: pd.DataFrame) -> pd.DataFrame:
    """Give rows `enterprise`, the digits of their organisation number as a number: 0 where there is none.

    Numbers are compared many times faster than texts.
    """
    if "organisation_number" not in rows or "enterprise" in rows:
        return rows
    digits = pc.replace_substring(pa.array(rows["organisation_number"], pa.string()), "-", "")
    return rows.assign(enterprise=pc.fill_null(pc.cast(digits, pa.int64()), 0).to_numpy())


def _contradiction(responses: pd.DataFrame, holds: pd.Series, column: str, problem: str) -> Finding:
    remedy = "Fråga företaget vilken uppgift som gäller."
    return Finding(
        responses[holds.fillna(False)], column, problem, remedy, "varning", subject="Delar och summor"
    )


def _low(responses: pd.DataFrame, column: str) -> pd.Series:
    return responses[f"{column}_low" if f"{column}_low" in responses else column].astype("Float64")


def _high(responses: pd.DataFrame, column: str) -> pd.Series:
    return responses[f"{column}_high" if f"{column}_high" in responses else column].astype("Float64")


def _sum(
    responses: pd.DataFrame, columns: list[str], end: Callable[[pd.DataFrame, str], pd.Series]
) -> pd.Series:
    """Sum the answers that there are; missing where there is none."""
    sums = np.zeros(len(responses))
    silent = np.ones(len(responses), dtype=bool)
    for column in columns:
        answers = end(responses, column)
        sums += answers.to_numpy("float64", na_value=0)
        silent &= answers.isna().to_numpy()
    return pd.Series(pd.array(np.where(silent, np.nan, sums), dtype="Float64"), index=responses.index)
