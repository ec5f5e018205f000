"""Participants and employees: women and men, and the groups they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asf_analysis.association import Association
from asf_analysis.disclosure.published import (
    MISSING,
    SHOWN,
    WITHHELD,
    Published,
    PublishedTable,
    require_published,
)
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.findings import Top, top_rows
from asf_analysis.presentation.people_words import PeopleWords, rows_in_definite_plural, rows_in_plural
from asf_analysis.presentation.shares import balance, numeral, part_in_percent
from asf_analysis.presentation.values import Cell, Grid, name_value, people_grid
from asf_analysis.swedish.writing import (
    join_words,
    number_word,
    start_sentence,
    within_sentence,
)

PROTECTED = "för att skydda enskilda personer"


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


def tell_not_shown(report: Published, key: str) -> str:
    """Tell which rows of a breakdown of people are withheld or not known; nothing where all are shown."""
    return _not_shown(_Breakdown.of(report, key))


def name_rows(report: Published, key: str, rows: Sequence[str]) -> str:
    """Name rows of a breakdown of people in running text."""
    return _Breakdown.of(report, key).names(rows)


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
    def words(self) -> PeopleWords:
        """What the people are called."""
        return PeopleWords.of(self.table)

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
    """How many people there are, and how many of them are women and men."""
    people, total = told.words, told.grid.cell(TOTAL, TOTAL)
    if total.value is None:
        return _not_told(f"hur många {people.several} det var totalt", total)
    if total.value == 0:
        return f"Det fanns inga {people.several}."
    cells = [told.grid.cell(TOTAL, sex) for sex in ("women", "men")]
    women, men = (cell.value for cell in cells)
    if women is None or men is None:
        hidden = next(cell for cell in cells if cell.value is None)
        some = _not_told("hur många som var kvinnor och män", hidden)
        return f"Det fanns {people.count(total.value)}. {some}"
    if total.value == 1:
        return f"Det fanns en {people.one}, {'en kvinna' if women else 'en man'}."
    if not women or not men:
        every = "båda" if total.value == 2 else "alla"
        return f"Det fanns {people.count(total.value)}, och {every} var {'kvinnor' if women else 'män'}."
    of_women = f"{numeral(women, total.value)} {'kvinna' if women == 1 else 'kvinnor'}"
    of_men = f"{numeral(men, total.value)} {'man' if men == 1 else 'män'}"
    share = part_in_percent(women, total.value)
    return f"Av {people.count(total.value)} var {of_women} ({share}) och {of_men}. {balance(women, men)}"


def _not_told(what: str, cell: Cell) -> str:
    """Say that something is withheld, or that nobody knows it."""
    if cell.status == WITHHELD:
        return f"{start_sentence(what)} redovisas inte."
    return f"Uppgift saknas om {what}."


def _most(told: _Breakdown) -> str:
    """Which row has most; where some are not shown, only of those that are."""
    top = top_rows(told.grid)
    if top is None:
        return ""
    names, most = told.names(top.rows), f"flest {told.words.several}"
    placed = told.table.rows == "authority" and not any(map(told.is_group, top.rows))
    number = number_word(top.value) + (" vardera" if len(top.rows) > 1 else "")
    if not top.all_shown and placed:
        return f"Av de myndigheter som redovisas hade {names} placerat {most}: {number}."
    if not top.all_shown:
        return f"Av de {rows_in_plural(told.table)} som redovisas hade {names} {most}: {number}."
    where = "hade placerats av" if placed else _where(told, top)
    if top.value == told.everyone:
        return f"{_everybody(told.words, top.value)} {where} {names}."
    return f"{start_sentence(most)} {where} {names}: {number}."


def _where(told: _Breakdown, top: Top) -> str:
    """The verb of rows that are places or groups; groups and names together only have people."""
    groups = sum(map(told.is_group, top.rows))
    alike = told.table.rows != "authority" or groups == len(top.rows)
    return "fanns i" if alike else "hade"


def _everybody(people: PeopleWords, number: int) -> str:
    if number == 1:
        return start_sentence(people.only)
    if number == 2:
        return f"Båda {people.definite.removeprefix('de ')}"
    return f"Alla {people.count(number)}"


def _not_shown(told: _Breakdown) -> str:
    """Which rows are withheld, and which nobody knows, whole or in part."""
    withheld, some_withheld = _rows_without(told, WITHHELD)
    missing, some_missing = _rows_without(told, MISSING)
    every = f"uppgifterna om {rows_in_definite_plural(told.table)}"
    if len(withheld) == len(told.grid.body):
        return f"{start_sentence(every)} redovisas inte, {PROTECTED}."
    if len(missing) == len(told.grid.body):
        return f"{start_sentence(every)} saknas."
    hidden = [
        f"uppgifterna om {told.names(withheld)} redovisas inte" if withheld else "",
        f"om {told.names(some_withheld)} redovisas bara vissa uppgifter" if some_withheld else "",
    ]
    unknown = [
        f"uppgifter om {told.names(missing)} saknas" if missing else "",
        f"om {told.names(some_missing)} saknas vissa uppgifter" if some_missing else "",
    ]
    sentences = [
        f"{', och '.join(filter(None, hidden))}, {PROTECTED}." if any(hidden) else "",
        f"{', och '.join(filter(None, unknown))}." if any(unknown) else "",
    ]
    return " ".join(start_sentence(sentence) for sentence in sentences if sentence)


def _rows_without(told: _Breakdown, status: str) -> tuple[list[str], list[str]]:
    """Give the rows that have a status in every cell that is not shown, and show nothing, or something."""
    whole: list[str] = []
    in_part: list[str] = []
    for row in told.grid.body:
        statuses = {told.grid.cell(row, column).status for column in told.grid.columns}
        if status in statuses:
            (in_part if SHOWN in statuses else whole).append(row)
    return whole, in_part


def _nothing_apart(told: _Breakdown) -> str:
    """What is said where no row has anybody."""
    return f"Det fanns inga {told.words.several}."
