"""The door of municipalities: what is told of each, beside what the county's tables tell of all.

A municipality's people are told as the county's tables by municipality tell them. Its participants by
authority, or age, and sex are shown where the municipalities' tables cannot be subtracted from the county's:
they are one table with a row per municipality, of which whole rows are withheld (`disclosure.rows`). A reader
knows the sums of each withheld row by sex, and of all withheld rows by column; where neither is a small
count, nor what stands outside it, no withheld cell can be worked out. Where a table by authority and
municipality would tell more of a withheld row, no municipality's split is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import pandas as pd

from asf_analysis.association import Association, Rules
from asf_analysis.disclosure.protect import protect
from asf_analysis.disclosure.published import (
    MISSING,
    SHOWN,
    WITHHELD,
    Audience,
    Published,
    PublishedTable,
)
from asf_analysis.disclosure.rows import Counts, is_small, rows_to_withhold
from asf_analysis.errors import DoorForgotten
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown, TableHead
from asf_analysis.kpis.municipality import SPLITS, MunicipalityResults, Place, laid_out
from asf_analysis.kpis.people import AUTHORITY_TABLE, CROSSED, PARTICIPANTS_TABLE


@dataclass(frozen=True)
class MunicipalityReport:
    """Municipalities after disclosure control for one audience: all of them, or one by name.

    `before` is the year before, where there is raw data of it. `places` are all municipalities, in the
    association's order. `splits` has, by municipality and key, its participants by authority and by age.
    `contacts` says whom information reached; None where that is withheld.
    """

    current: Published
    before: Published | None
    municipality: str
    places: tuple[Place, ...]
    splits: Mapping[tuple[str, str], PublishedTable]
    contacts: Mapping[str, int | None]

    @property
    def audience(self) -> Audience:
        """Who may see it."""
        return self.current.audience

    @property
    def association(self) -> Association:
        """Whose results they are."""
        return self.current.association

    @property
    def chosen(self) -> tuple[Place, ...]:
        """The municipality that the report is about; all of them where it is about all."""
        return tuple(place for place in self.places if self.municipality in ("", place.name))


def protect_municipalities(
    measured: MunicipalityResults, audience: Audience, municipality: str = ""
) -> MunicipalityReport:
    """Give what an audience may see of municipalities; the internal one sees all."""
    current = protect(measured.current, audience)
    county = {breakdown.key: breakdown for breakdown in measured.current.breakdowns}
    splits: dict[tuple[str, str], PublishedTable] = {}
    for key in SPLITS:
        own = {name: one for (name, of), one in measured.splits.items() if of == key}
        hidden = (
            split_hidden(own, county, current.tables, current.association.rules)
            if audience == "public"
            else Hidden()
        )
        splits |= {(name, key): _table(one, hidden, name) for name, one in own.items()}
    return MunicipalityReport(
        current=current,
        before=protect(measured.before, audience) if measured.before else None,
        municipality=municipality,
        places=measured.places,
        splits=splits,
        contacts=_contacts(measured.contacts, current),
    )


@dataclass(frozen=True)
class Hidden:
    """What is withheld of the municipalities' splits: some municipalities, and some groups of all."""

    places: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def split_hidden(
    splits: Mapping[str, Breakdown],
    county: Mapping[str, Breakdown],
    published: Mapping[str, PublishedTable],
    rules: Rules,
) -> Hidden:
    """Choose the municipalities whose split is withheld in public; all where no safe choice is found.

    `splits` are the municipalities' breakdowns of one kind, `county` the county's as measured, and
    `published` those as readers see them.
    """
    everywhere = Hidden(tuple(splits))
    key, rows = next((one.key, one.rows) for one in splits.values())
    needed = {key, PARTICIPANTS_TABLE}
    if not needed <= set(county) or not needed <= set(published):
        return everywhere
    table = laid_out(splits, rows)
    groups = _groups_withheld(published[key])
    if groups is None or not _agrees(table, county[key], county[PARTICIPANTS_TABLE]):
        return everywhere
    totals = _statuses(published[PARTICIPANTS_TABLE]).loc[list(splits)]
    withheld = totals.index[(totals == WITHHELD).any(axis=1)]
    told = set(totals.index[(totals == SHOWN).any(axis=1)])
    behind = pd.Series({name: _enterprises(one) for name, one in splits.items()})
    places = _rows(_put_together(table, groups), behind, list(withheld), told, rules)
    if key == AUTHORITY_TABLE and _crossed_tells(published, places):
        return everywhere
    return Hidden(tuple(places), groups)


def _put_together(table: pd.DataFrame, groups: tuple[str, ...]) -> pd.DataFrame:
    """Give the columns of some groups as one of each sex: as far as a reader can put them together."""
    groups_of, sexes = table.columns.get_level_values(0), table.columns.get_level_values("sex")
    kept = table.loc[:, ~groups_of.isin(groups)]
    for sex in sexes.unique() if groups else ():
        kept[TOTAL, sex] = table.loc[:, groups_of.isin(groups) & (sexes == sex)].sum(axis=1)
    return kept


def _rows(
    table: pd.DataFrame, behind: pd.Series, first: list[str], told: set[str], rules: Rules
) -> list[str]:
    """Choose the municipalities to withhold: so many that their sums say nothing of any one of them."""
    flat = table.set_axis(table.columns.map(": ".join), axis=1)
    counts = Counts(flat, behind)
    places = rows_to_withhold([counts], rules, first)
    others = table.sum(axis=1).drop(places).sort_values(kind="stable")
    while len(others) and not _hold(table.loc[places], told, rules):
        places = rows_to_withhold([counts], rules, [*places, others.index[0]])
        others = others.drop(places, errors="ignore")
    return places


def _enterprises(split: Breakdown) -> int:
    totals = split.frame[(split.frame[split.rows] == TOTAL) & (split.frame["sex"] == TOTAL)]
    return int(totals["enterprises"].iloc[0])


def _statuses(table: PublishedTable) -> pd.DataFrame:
    return table.frame.pivot(index=table.rows, columns=table.columns, values="status")


def _groups_withheld(county: PublishedTable) -> tuple[str, ...] | None:
    """Name the groups that the county's table withholds whole; None where it withholds parts of a group."""
    withheld = _statuses(county) == WITHHELD
    if (withheld.any(axis=1) != withheld.all(axis=1)).any() or withheld.loc[TOTAL].any():
        return None
    return tuple(withheld.index[withheld.all(axis=1)])


def _agrees(table: pd.DataFrame, county: Breakdown, by_place: Breakdown) -> bool:
    """Whether the municipalities add up to the county's table, and each to its own row of participants."""
    amounts = county.frame.set_index([county.rows, "sex"])["amount"].fillna(0)
    rows = by_place.frame.pivot(index=by_place.rows, columns="sex", values="amount").fillna(0)
    groups = set(table.columns.get_level_values(0)) == set(county.frame[county.rows]) - {TOTAL}
    by_group = groups and bool((amounts.reindex(table.columns) == table.sum()).all())
    by_sex = table.T.groupby(level="sex").sum().T
    return by_group and all(by_sex[sex].eq(rows[sex].reindex(table.index)).all() for sex in by_sex)


def _hold(table: pd.DataFrame, told: set[str], rules: Rules) -> bool:
    """Whether no row whose total is told, and no column, is all but a few of what is withheld.

    It must hold among women, among men, and of everybody.
    """
    sexes = table.columns.get_level_values("sex")
    for own in (*(table.loc[:, sexes == sex] for sex in sexes.unique()), table):
        whole = own.to_numpy().sum()
        outside = [*(whole - own.sum()), *(whole - own[own.index.isin(told)].sum(axis=1))]
        if any(is_small(rest, rules) for rest in outside):
            return False
    return True


def _crossed_tells(published: Mapping[str, PublishedTable], places: list[str]) -> bool:
    """Whether the table by authority and municipality shows an inner cell of a municipality withheld here."""
    if CROSSED not in published or not places:
        return False
    shown = _statuses(published[CROSSED]).drop(columns=TOTAL).loc[places] == SHOWN
    return bool(shown.any(axis=None))


def _table(split: Breakdown, hidden: Hidden, name: str) -> PublishedTable:
    """Give one municipality's split with every cell's status."""
    frame, amounts = split.frame, split.frame["amount"]
    withheld = frame[split.rows].isin(hidden.groups) | (name in hidden.places)
    status = pd.Series(SHOWN, index=frame.index).mask(withheld, WITHHELD).mask(amounts.isna(), MISSING)
    head = {field.name: getattr(split, field.name) for field in fields(TableHead)}
    cells = frame[[split.rows, split.columns]]
    return PublishedTable(**head, frame=cells.assign(value=amounts.where(status == SHOWN), status=status))


def _contacts(contacts: Mapping[str, int], current: Published) -> dict[str, int | None]:
    """Withhold in public whom information reached where they are few, and enough others beside them."""
    if current.audience == "internal":
        return dict(contacts)
    counted = pd.DataFrame({"contacts": pd.Series(contacts)})
    rules = current.association.rules
    behind = pd.Series(rules.min_enterprises, index=counted.index)
    withheld = rows_to_withhold([Counts(counted, behind)], rules)
    return {name: None if name in withheld else count for name, count in contacts.items()}


def require_municipalities(candidate: object) -> MunicipalityReport:
    """Give back what passed the door; raises DoorForgotten for anything else."""
    if not isinstance(candidate, MunicipalityReport):
        raise DoorForgotten(
            f"Det som ska visas är {type(candidate).__name__} och har inte passerat röjandekontrollen. "
            "Börja med report = load_municipalities(year, audience) och skicka report vidare."
        )
    return candidate
