"""What the data says, in words: the findings that titles, alternative texts and sentences share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from asf_analysis.disclosure.published import PublishedTable, require_table
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.outcomes import MISSED, NEAR, REACHED, UNKNOWN, Outcome
from asf_analysis.kpis.registry import Period
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.people_words import PeopleWords, rows_in_definite_plural, rows_in_plural
from asf_analysis.presentation.shares import LAST_WORD, out_of, part_in_percent
from asf_analysis.presentation.values import name_value, write_period
from asf_analysis.swedish.writing import (
    count_phrase,
    format_date,
    format_number,
    join_words,
    number_word,
    start_sentence,
    within_sentence,
)

MOST_NAMES = 3
"""More names than these are not read in a title."""


@dataclass(frozen=True)
class GoalCounts:
    """How many goals have each status."""

    reached: int
    near: int
    missed: int
    unknown: int

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> GoalCounts:
        """Count the statuses of outcomes that have a goal."""
        counts = Counter(outcome.status for outcome in outcomes)
        return cls(counts[REACHED], counts[NEAR], counts[MISSED], counts[UNKNOWN])

    @property
    def judged(self) -> int:
        """Goals whose status can be told."""
        return self.reached + self.near + self.missed


def goals_reached(outcomes: Sequence[Outcome], period: Period, which: str = "") -> str:
    """Tell how many of some goals were reached, without a full stop; true for none, some and all.

    Goals that cannot be judged are told apart, and are not counted among those that were missed. `which`
    says of which goals it is true, where they are not all.
    """
    counts = GoalCounts.of(outcomes)
    if not outcomes:
        return f"Inga mål{which} är satta för {write_period(period)}"
    if period.end < Period.of_year(period.year).end:
        return _so_far(counts, period, which)
    if not counts.judged:
        return _nothing_judged(counts.unknown, period, which)
    if LAST_WORD < counts.reached < counts.judged:
        when = start_sentence(_by_then(period, during="under "))
        reached = f"{when} nåddes {_some_of(counts, which)}"
    else:
        missed = " inte" if counts.judged == 1 and not counts.reached else ""
        reached = f"{_reached_goals(counts, which)} nåddes{missed} {_by_then(period)}"
    if not counts.unknown:
        return reached
    return f"{reached}, och {count_phrase(counts.unknown, 'mål', 'mål', neuter=True)} kan inte bedömas"


def _so_far(counts: GoalCounts, period: Period, which: str) -> str:
    """Tell how many goals were reached on a day before the year has ended; the others may still be."""
    reached = number_word(counts.reached, neuter=True) if counts.reached else "inget"
    goals = counts.judged + counts.unknown
    until = f"Hittills i år, till och med den {format_date(period.end)}, är"
    if goals == 1:
        return f"{until} målet{which}{'' if counts.reached else ' inte'} uppnått"
    told = f"{until} {reached} av {number_word(goals)}"
    return f"{told} mål{which} uppnått" if counts.reached < 2 else f"{told} mål{which} uppnådda"


def _nothing_judged(unknown: int, period: Period, which: str) -> str:
    if unknown == 1:
        return f"Målet{which} för {write_period(period)} kan inte bedömas"
    return f"Inget av de {number_word(unknown)} målen{which} för {write_period(period)} kan bedömas"


def _reached_goals(counts: GoalCounts, which: str) -> str:
    """The subject of the sentence: *sex av tio mål*."""
    known = "bedömda " if counts.unknown else ""
    if counts.judged == 1:
        return f"Det enda bedömda målet{which}" if counts.unknown else f"Målet{which}"
    if counts.reached < counts.judged:
        return start_sentence(_some_of(counts, which))
    return (
        f"Båda {known}målen{which}"
        if counts.judged == 2
        else f"Alla {number_word(counts.judged)} {known}målen{which}"
    )


def _some_of(counts: GoalCounts, which: str) -> str:
    some = number_word(counts.reached, neuter=True) if counts.reached else "inget"
    return f"{some} av {number_word(counts.judged)} {'bedömda ' if counts.unknown else ''}mål{which}"


def _by_then(period: Period, during: str = "") -> str:
    """A year that has ended."""
    return f"{during}{write_period(period)}"


def surely_exceeds_target(outcome: Outcome) -> bool:
    """Whether a result is more than its target, also at the lower bound of an approximate one."""
    ends, target = outcome.result.ends, outcome.target
    if ends is None or target is None or target.value is None:
        return False
    return ends[0] > Fraction(str(target.value))


def in_short(outcome: Outcome) -> str:
    """Name a goal within a sentence."""
    return within_sentence(outcome.kpi.label)


def listed(phrases: Sequence[str]) -> str:
    """Join phrases into a list that can be read even where a phrase holds an *och* or a comma of its own.

    >>> listed(["stöd", "råd"]), listed(["stöd och råd", "platser"])
    ('stöd och råd', 'stöd och råd samt platser')
    >>> listed(["stöd, råd och hjälp", "lån", "platser"])
    'stöd, råd och hjälp; lån; platser'
    """
    if any("," in phrase for phrase in phrases):
        return "; ".join(phrases)
    return join_words(phrases, "samt" if any(" och " in phrase for phrase in phrases) else "och")


def women_in_all(table: PublishedTable) -> str:
    """Tell women's share of everyone, without a full stop; empty where the totals do not tell it."""
    require_table(table)
    grid = Grid.of(table)
    women, men = (grid.cell(TOTAL, sex).value for sex in ("women", "men"))
    if women is None or men is None or not women + men:
        return ""
    people = PeopleWords.of(table)
    if women + men == 1:
        return f"{start_sentence(people.only)} är {'kvinna' if women else 'man'}"
    if not men or not women:
        both = f"Båda {people.definite.removeprefix('de ')}"
        every = both if women + men == 2 else f"Alla {people.several}"
        return f"{every} är {'kvinnor' if women else 'män'}"
    if women == men:
        return f"Hälften av {people.definite} är kvinnor"
    return f"Av {people.definite} är {part_in_percent(women, women + men, grid.share_base)} kvinnor"


def more_women_or_men(table: PublishedTable) -> str:
    """Tell in how many rows women, or men, are more; empty where fewer than two rows show both.

    Only rows that are shown are counted, and where some are not the words say so. Where neither are more in
    most of the rows, what holds in the others is told as well, so that nobody takes them for the opposite.
    """
    require_table(table)
    grid = Grid.of(table)
    pairs = [(grid.cell(row, "women").value, grid.cell(row, "men").value) for row in grid.body]
    shown = [(women, men) for women, men in pairs if women is not None and men is not None]
    if len(shown) < 2:
        return ""
    women_more = sum(women > men for women, men in shown)
    men_more = sum(women < men for women, men in shown)
    reported = "redovisade " if len(shown) < len(pairs) else ""
    people = PeopleWords.of(table).definite
    if not women_more and not men_more:
        return f"Lika många kvinnor som män bland {people} i {_every(len(shown), reported, table)}"
    more, fewer = ("kvinnor", "män") if women_more >= men_more else ("män", "kvinnor")
    count, others = max(women_more, men_more), min(women_more, men_more)
    told = f"Fler {more} än {fewer} bland {people} i"
    if count == len(shown):
        return f"{told} {_every(count, reported, table)}"
    told += f" {out_of(count, len(shown))} {reported}{rows_in_plural(table)}"
    if count * 2 > len(shown):
        return told
    who = f"fler {fewer}" if others else "lika många"
    if len(shown) == 2:
        return f"{told}, {who} i den andra"
    return f"{told}, {who} i {number_word(others) if others else 'övriga'}"


def _every(count: int, reported: str, table: PublishedTable) -> str:
    """All of some rows: *alla tre kommuner*, *båda kommunerna*."""
    if count == 2:
        return f"båda {reported}{rows_in_definite_plural(table)}"
    return f"alla {number_word(count)} {reported}{rows_in_plural(table)}"


@dataclass(frozen=True)
class Top:
    """The rows of a breakdown with the highest figure that is shown, and whether all rows were shown."""

    rows: tuple[str, ...]
    value: int
    all_shown: bool


def top_rows(grid: Grid, column: str = TOTAL) -> Top | None:
    """Find the rows with the highest shown figure; None where nothing but zeros is shown."""
    cells = {row: grid.cell(row, column) for row in grid.body}
    shown = {row: cell.value for row, cell in cells.items() if cell.value is not None}
    highest = max(shown.values(), default=0)
    if not highest:
        return None
    return Top(tuple(row for row in shown if shown[row] == highest), highest, len(shown) == len(cells))


def busiest_months(table: PublishedTable) -> str:
    """Tell in which months most was done, without a full stop; empty where it cannot be told."""
    require_table(table)
    grid = Grid.of(table)
    top, whole = top_rows(grid), grid.cell(TOTAL, TOTAL).value
    if top is None or not top.all_shown or whole is None:
        return ""
    names = [name_value(table.rows, row).lower() for row in top.rows]
    if whole == 1:
        return f"Den enda insatsen var i {names[0]}"
    if top.value == whole == 2:
        return f"Båda insatserna var i {names[0]}"
    if top.value == whole:
        return f"Alla {number_word(whole)} {table.unit} var i {names[0]}"
    number, of_all = format_number(top.value), f"vardera av totalt {format_number(whole)}"
    if len(names) == 1:
        return f"Flest {table.unit} i {names[0]}: {number} av {format_number(whole)}"
    if len(names) <= MOST_NAMES:
        return f"Flest {table.unit} i {join_words(names)}: {number} {of_all}"
    if len(names) == len(grid.body):
        return f"Lika många {table.unit} varje månad: {number} {of_all}"
    return f"{start_sentence(number_word(len(names)))} månader hade flest {table.unit}: {number} {of_all}"


def kinds_by_size(grid: Grid) -> tuple[str, ...]:
    """Order a breakdown's columns by their total, the largest first; those without one shown come last."""

    def size(column: str) -> int:
        total = grid.cell(TOTAL, column).value
        return -1 if total is None else total

    return tuple(sorted(grid.parts, key=size, reverse=True))
