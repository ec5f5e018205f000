"""Raw tables made clean: per table, the list of rules that its rows obey afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from asf_analysis.intake.cells import cell_text
from asf_analysis.intake.draft import Draft, as_logged
from asf_analysis.intake.log import source_of
from asf_analysis.intake.rules import (
    count_answers,
    date_days,
    date_periods,
    identify_by_name,
    identify_enterprises,
    name_kinds,
    name_municipalities,
    name_parties,
    name_round,
    sum_kronor,
    tidy_texts,
)
from asf_analysis.intake.schemas import COUNTS, DAY, SCHEMAS
from asf_analysis.intake.sums import check_sums
from asf_analysis.intake.unfilled import set_unfilled_aside
from asf_analysis.intake.variants import Names
from asf_analysis.swedish.names import NameBook


def clean(draft: Draft, names: Names, approximate_percent: float) -> Draft:
    """Apply a table's rules, and check the sums that stand in the file."""
    rules = _RULES[draft.table]
    return rules(draft.pipe(count_answers, approximate_percent), names).pipe(check_sums, approximate_percent)


def gather(table: str, drafts: Iterable[Draft]) -> pd.DataFrame:
    """Put a table's clean rows together, typed and in the schema's order of columns; rows aside stay out.

    Bounds stand only beside a count that is approximate somewhere, and then on every row with an answer.
    """
    kinds = {name: _kind(str(column.dtype)) for name, column in SCHEMAS[table].columns.items()}
    frames = [_with_source(draft) for draft in drafts]
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    bounded = {name for name in COUNTS[table] if f"{name}_low" in rows}
    present = [name for name in kinds if SCHEMAS[table].columns[name].required or _count_of(name) in bounded]
    typed = rows.reindex(columns=present).astype({name: kinds[name] for name in present})
    return typed.assign(
        **{
            f"{name}_{end}": typed[f"{name}_{end}"].fillna(typed[name].astype("Float64"))
            for name in bounded
            for end in ("low", "high")
        }
    )


def name_municipalities_within_county(draft: Draft, book: NameBook) -> Draft:
    """Give activities their municipality; one held at a named place outside the county needs none.

    Needs `place`; a municipality that is not the association's own is then left out.
    """
    cells = draft.cells("municipality")
    away = draft.frame["place"].notna().to_numpy()
    outside = away & cells.which(lambda cell: book.find(cell_text(cell)) is None)
    before = [as_logged(cell_text(cell)) for cell in cells.take(outside).values()]
    rule = "Hållet utanför förbundets kommuner"
    return (
        draft.with_log(draft.rows[outside], "municipality", before, "", rule, "upplysning")
        .with_cells("municipality", cells.blanked(outside))
        .pipe(name_municipalities, book, required=~away)
    )


def _clean_enterprises(draft: Draft, names: Names) -> Draft:
    return (
        draft.pipe(identify_enterprises)
        .pipe(tidy_texts, ["former_name", "legal_form", "industry", "end_reason"], required=["name"])
        .pipe(date_days, ["ended_on"], required=["started_on"])
        .pipe(name_municipalities, names.municipalities, required=True)
    )


def _clean_responses(draft: Draft, names: Names) -> Draft:
    return (
        draft.pipe(set_unfilled_aside)
        .pipe(name_round)
        .pipe(identify_enterprises, required=False)
        .pipe(tidy_texts, ["name", "comment"])
        .pipe(identify_by_name, names.enterprises)
        .pipe(name_municipalities, names.municipalities, sets_aside=False)
    )


def _clean_activities(draft: Draft, names: Names) -> Draft:
    return (
        draft.pipe(date_days, [], required=["held_on"])
        .pipe(tidy_texts, ["activity", "organisation", "place"])
        .pipe(name_municipalities_within_county, names.municipalities)
        .pipe(name_kinds, names.activity_kinds)
        .pipe(name_parties, names.parties)
    )


def _clean_trainings(draft: Draft, names: Names) -> Draft:
    return (
        draft.pipe(date_days, [], required=["held_on"])
        .pipe(tidy_texts, ["commissioned_by"])
        .pipe(name_municipalities, names.municipalities)
    )


def _clean_support_structures(draft: Draft, names: Names) -> Draft:
    return (
        draft.pipe(tidy_texts, ["form"], required=["group"])
        .pipe(date_days, ["ended_on"], required=["started_on"])
        .pipe(name_municipalities, names.municipalities, required=True)
    )


def _clean_supervised_places(draft: Draft, names: Names) -> Draft:  # noqa: ARG001
    return draft.pipe(identify_enterprises).pipe(date_periods).pipe(sum_kronor, ["granted_sek", "paid_sek"])


_RULES: Mapping[str, Callable[[Draft, Names], Draft]] = {
    "enterprises": _clean_enterprises,
    "responses": _clean_responses,
    "activities": _clean_activities,
    "trainings": _clean_trainings,
    "support_structures": _clean_support_structures,
    "supervised_places": _clean_supervised_places,
}


def _with_source(draft: Draft) -> pd.DataFrame:
    """Give the rows that were not set aside, each with the file, sheet and row it came from."""
    rows = draft.frame[~draft.rows.isin(draft.aside)] if draft.aside else draft.frame
    return rows.assign(**source_of(draft.origin, rows.index))


def _kind(promised: str) -> str:
    """Give pandas' own name of a kind that pandera tells of: it takes days of any unit, and texts of any."""
    if promised.startswith("datetime64"):
        return DAY
    return "str" if promised.startswith("str") else promised


def _count_of(bound: str) -> str:
    return bound.removesuffix("_low").removesuffix("_high")
