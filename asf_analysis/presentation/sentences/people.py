"""Participants and employees: women and men, and the groups they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
from asf_analysis.kpis.people import NOT_STATED
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.findings import Top, top_rows
from asf_analysis.presentation.grids import Cell, Grid, people_grid
from asf_analysis.presentation.people_words import (
    PeopleWords,
    apart_by_rows,
    rows_in_plural,
    what_rows_tell,
)
from asf_analysis.presentation.shares import balance, in_percent, numeral, part_in_percent
from asf_analysis.presentation.tables.notes import PROTECTED
from asf_analysis.presentation.values import name_value
from asf_analysis.swedish.writing import (
    join_words,
    number_word,
    start_sentence,
    within_sentence,
)

UNNAMED = ("municipality", "role", "outcome")
"""Dimensions whose rows are called by what they are, and not *gruppen* so-and-so."""


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
        return self.table.rows not in UNNAMED and not authority

    def name(self, row: str) -> str:
        """Name a row in running text; the municipality as an authority is no name of its own."""
        common = {
            authority.name
            for authority in self.association.authorities
            if authority.key == "municipality" and self.table.rows == "authority"
        }
        name = name_value(self.table.rows, row)
        common_noun = self.table.rows in ("age", "role", "outcome") or row in common
        return within_sentence(name) if common_noun else name

    def names(self, rows: Sequence[str]) -> str:
        """Name rows in running text, those that are groups last and called so."""
        if self.table.rows == "outcome":
            return self.those_who_went_on(rows)
        named = [self.name(row) for row in rows if not self.is_group(row)]
        called = [self.name(row) for row in rows if self.is_group(row)]
        if called:
            named.append(f"{'gruppen' if len(called) == 1 else 'grupperna'} {join_words(called)}")
        return join_words(named)

    def those_who_went_on(self, rows: Sequence[str]) -> str:
        """Name those who went on to something, and those of whom it is not stated."""
        stated = [self.name(row) for row in rows if row != NOT_STATED]
        called = [f"dem som gick vidare till {join_words(stated)}"] if stated else []
        unknown = ["dem som det inte är angivet för"] if NOT_STATED in rows else []
        return join_words([*called, *unknown])


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
    if not in_percent(total.value, told.grid.share_base):
        return f"Av {people.count(total.value)} var {of_women} och {of_men}."
    share = part_in_percent(women, total.value, told.grid.share_base)
    return f"Av {people.count(total.value)} var {of_women} ({share}) och {of_men}. {balance(women, men)}"


def _not_told(what: str, cell: Cell) -> str:
    """Say that something is withheld, or that nobody knows it."""
    if cell.status == WITHHELD:
        return f"{start_sentence(what)} redovisas inte."
    return f"Uppgift saknas om {what}."


def _most(told: _Breakdown) -> str:
    """Which row has most; where some are not shown, only of those that are."""
    if told.table.rows == "outcome":
        return _went_on(told)
    top = top_rows(told.grid)
    if top is None:
        return ""
    names, most = told.names(top.rows), f"flest {told.words.several}"
    placed = told.table.rows == "authority" and not any(map(told.is_group, top.rows))
    number = number_word(top.value) + (" vardera" if len(top.rows) > 1 else "")
    if told.table.rows == "role":
        some = f"Av de {rows_in_plural(told.table)} som redovisas var {names} flest: {number}."
        return some if not top.all_shown else f"{start_sentence(most)} var {names}: {number}."
    if not top.all_shown and placed:
        return f"Av de myndigheter som redovisas hade {names} placerat {most}: {number}."
    if not top.all_shown:
        return f"Av de {rows_in_plural(told.table)} som redovisas hade {names} {most}: {number}."
    where = "hade placerats av" if placed else _where(told, top)
    if top.value == told.everyone:
        return f"{_everybody(told.words, top.value)} {where} {names}."
    return f"{start_sentence(most)} {where} {names}: {number}."


def _went_on(told: _Breakdown) -> str:
    """What most went on to, and of how many it is not stated."""
    unknown = told.grid.cell(NOT_STATED, TOTAL).value
    not_stated = (
        f"För {told.words.count(unknown)} är det inte angivet vad som hände sedan." if unknown else ""
    )
    top = top_rows(replace(told.grid, rows=tuple(row for row in told.grid.rows if row != NOT_STATED)))
    if top is None:
        return not_stated
    names = join_words([told.name(row) for row in top.rows])
    number = number_word(top.value) + (" vardera" if len(top.rows) > 1 else "")
    if not top.all_shown:
        most = f"Av dem vars utfall redovisas gick flest vidare till {names}: {number}."
    elif top.value == told.everyone:
        most = f"{_everybody(told.words, top.value)} gick vidare till {names}."
    else:
        most = f"Flest {told.words.several} gick vidare till {names}: {number}."
    return " ".join(filter(None, [most, not_stated]))


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
    every = f"uppgifterna om {what_rows_tell(told.table)}"
    if len(withheld) == len(told.grid.body):
        return f"{start_sentence(every)} redovisas inte, {PROTECTED}."
    if len(missing) == len(told.grid.body):
        return f"{start_sentence(every)} saknas."
    if _only_totals(told):
        rest = f", och uppgifterna om {told.names(withheld)} redovisas inte alls" if withheld else ""
        return f"Kvinnor och män redovisas inte var för sig {apart_by_rows(told.table)}{rest}, {PROTECTED}."
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


def _only_totals(told: _Breakdown) -> bool:
    """Whether women and men are withheld of every one of several rows, and a total is shown of some."""
    cells = [told.grid.cell(row, sex) for row in told.grid.body for sex in told.grid.parts]
    totals = [told.grid.cell(row, TOTAL) for row in told.grid.body]
    return (
        len(totals) > 1
        and all(cell.status == WITHHELD for cell in cells)
        and all(total.status != MISSING for total in totals)
    )


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
