"""Participants and employees: women and men, and the groups they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.association import Association
from asf_analysis.disclosure.published import SHOWN, WITHHELD, Published, PublishedTable, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.findings import (
    ROWS_IN_DEFINITE_PLURAL,
    ROWS_IN_PLURAL,
    Top,
    balance,
    part_in_percent,
    top_rows,
)
from asf_analysis.presentation.values import Grid, name_value, people_grid
from asf_analysis.swedish.writing import format_number, join_words, start_sentence, within_sentence


def people(report: Published, key: str) -> Block:
    """Tell of a breakdown of people: women and men in all, which row has most, and what is withheld."""
    told = _Breakdown.of(report, key)
    most = _most(told) if len(told.grid.body) > 1 else ""
    return paragraphs(" ".join(filter(None, [_women_and_men(told), most])), _not_shown(told))


def groups(report: Published, key: str) -> Block:
    """Tell of a breakdown of people what sets its rows apart: which has most, and what is withheld."""
    told = _Breakdown.of(report, key)
    most, not_shown = _most(told), _not_shown(told)
    return paragraphs(most, not_shown) if most or not_shown else paragraphs(_nothing_apart(told))


@dataclass(frozen=True)
class _Breakdown:
    """What a sentence about people needs: the table, its cells, and the association's authorities."""

    table: PublishedTable
    grid: Grid
    association: Association

    @classmethod
    def of(cls, report: Published, key: str) -> _Breakdown:
        """Take out a breakdown of a report; raises WrongUsage for one that does not tell women and men."""
        published = require_published(report)
        table = published.table(key)
        return cls(table, people_grid(table), published.association)

    @property
    def everyone(self) -> int | None:
        """How many people there are in all, where that is shown."""
        return self.grid.cell(TOTAL, TOTAL).value

    @property
    def noun(self) -> str:
        """The people, in the indefinite plural: *deltagare*."""
        return {"participants": "deltagare", "employees": "anställda"}.get(
            self.table.key.partition("_by_")[0], self.table.unit
        )

    @property
    def rows_in_plural(self) -> str:
        """The rows: *kommuner*."""
        return ROWS_IN_PLURAL.get(self.table.rows, "grupper")

    def named_authorities(self) -> set[str]:
        """The authorities that have a name, *annan* left out."""
        return {authority.name for authority in self.association.authorities if authority.key != "other"}

    def is_group(self, row: str) -> bool:
        """Whether a row is called a group: ages are, and the authorities without a name."""
        authority = self.table.rows == "authority" and row in self.named_authorities()
        return self.table.rows != "municipality" and not authority

    def name(self, row: str) -> str:
        """Name a row in running text; the municipality as an authority is no name of its own."""
        common = {
            authority.name
            for authority in self.association.authorities
            if authority.key == "municipality" and self.table.rows == "authority"
        }
        name = name_value(self.table.rows, row)
        return within_sentence(name) if self.table.rows == "age" or row in common else name

    def names(self, rows: Sequence[str]) -> str:
        """Name rows in running text, those that are groups last and called so."""
        named = [self.name(row) for row in rows if not self.is_group(row)]
        called = [self.name(row) for row in rows if self.is_group(row)]
        if called:
            named.append(f"{'gruppen' if len(called) == 1 else 'grupperna'} {join_words(called)}")
        return join_words(named)


def _women_and_men(told: _Breakdown) -> str:
    women, men = (told.grid.cell(TOTAL, sex).value for sex in ("women", "men"))
    noun, everyone = told.noun, told.everyone
    if everyone is None:
        return f"Hur många {noun} det var totalt redovisas inte."
    if everyone == 0:
        return f"Det fanns inga {noun}."
    if women is None or men is None:
        return (
            f"Det fanns {format_number(everyone)} {noun}. Hur många som var kvinnor och män redovisas inte."
        )
    if not women or not men:
        return f"Det fanns {format_number(everyone)} {noun}, och alla var {'kvinnor' if women else 'män'}."
    return (
        f"Av {format_number(everyone)} {noun} var {format_number(women)} kvinnor "
        f"({part_in_percent(women, everyone)}) och {format_number(men)} män. {balance(women, men)}"
    )


def _most(told: _Breakdown) -> str:
    """Which row has most; where some are not shown, only of those that are."""
    top = top_rows(told.grid)
    if top is None:
        return ""
    number = format_number(top.value)
    each = " vardera" if len(top.rows) > 1 else ""
    placed = told.table.rows == "authority" and not any(map(told.is_group, top.rows))
    if top.all_shown:
        who = "Alla" if top.value == told.everyone else "Flest"
        where = "hade placerats av" if placed else "fanns i"
        return f"{who} {told.noun} {where} {told.names(top.rows)}: {number}{each}."
    among = f"Av de {told.rows_in_plural} som redovisas"
    if placed:
        return f"{among} är {_placed_by(told, top)} störst: {number} {told.noun}{each}."
    return f"{among} har {told.names(top.rows)} flest {told.noun}: {number}{each}."


def _placed_by(told: _Breakdown, top: Top) -> str:
    return f"{'den' if len(top.rows) == 1 else 'de'} som {told.names(top.rows)} har placerat"


def _not_shown(told: _Breakdown) -> str:
    """Which rows are withheld, whole or in part."""
    statuses = {
        row: {told.grid.cell(row, column).status for column in told.grid.columns} for row in told.grid.body
    }
    withheld = [row for row, found in statuses.items() if WITHHELD in found and SHOWN not in found]
    in_part = [row for row, found in statuses.items() if {WITHHELD, SHOWN} <= found]
    if not withheld and not in_part:
        return ""
    if len(withheld) == len(statuses):
        rows = ROWS_IN_DEFINITE_PLURAL.get(told.table.rows, "grupperna")
        return f"Uppgifterna om {rows} redovisas inte, för att skydda enskilda personer."
    told_of = [
        f"uppgifterna om {told.names(withheld)} redovisas inte" if withheld else "",
        f"om {told.names(in_part)} redovisas bara vissa uppgifter" if in_part else "",
    ]
    return f"{start_sentence(', och '.join(filter(None, told_of)))}, för att skydda enskilda personer."


def _nothing_apart(told: _Breakdown) -> str:
    if told.everyone == 0:
        return f"Det fanns inga {told.noun}."
    return f"Uppgifter om {told.rows_in_plural} saknas."
