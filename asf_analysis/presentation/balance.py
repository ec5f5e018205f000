"""What a breakdown of people says of balance: each row's share of women, its gap, and whether it is even."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from asf_analysis.disclosure.published import WITHHELD, PublishedTable, require_table
from asf_analysis.kpis.balance import EVEN_PERCENT, gap_in_points, is_even, largest_imbalance, share_of
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.grids import Grid, people_grid, share_of_women
from asf_analysis.presentation.people_words import PeopleWords, rows_in_definite_plural, rows_in_plural
from asf_analysis.presentation.shares import out_of
from asf_analysis.swedish.writing import count_phrase, format_number, number_word, round_half_up

BAND = f"{EVEN_PERCENT}–{100 - EVEN_PERCENT}"
"""The shares of women, in percent, that are called an even distribution."""

SHARE_TOLD = "där andelen redovisas"
NOT_SHOWN, NOT_KNOWN, NOBODY, TOO_FEW = (
    "redovisas inte",
    "uppgift saknas",
    "inga personer",
    "för få för en andel",
)


@dataclass(frozen=True)
class Group:
    """A row's women and men, where both are shown and its share may be told; else `why` says why not."""

    row: str
    women: int
    men: int
    why: str = ""

    @classmethod
    def of(cls, grid: Grid, row: str) -> Group:
        """Read a row; nothing is reckoned but from the cells that are shown."""
        women, everyone = grid.cell(row, "women"), grid.cell(row, TOTAL)
        statuses = {women.status, everyone.status}
        if everyone.value == 0:
            return cls(row, 0, 0, NOBODY)
        if women.value is None or everyone.value is None:
            return cls(row, 0, 0, NOT_SHOWN if WITHHELD in statuses else NOT_KNOWN)
        if share_of_women(grid, row) is None:
            return cls(row, 0, 0, TOO_FEW)
        return cls(row, women.value, everyone.value - women.value)

    @property
    def share(self) -> Fraction | None:
        """Women's exact share in percent, where it may be told."""
        return None if self.why else share_of(self.women, self.women + self.men)

    @property
    def gap(self) -> Fraction | None:
        """Women's share less men's, in percentage points."""
        return None if self.why else gap_in_points(self.women, self.men)

    @property
    def even(self) -> bool | None:
        """Whether women and men are each at least 40 percent."""
        return None if self.why else is_even(self.women, self.men)


@dataclass(frozen=True)
class Balance:
    """The rows of a breakdown of people, the total left out, as far as their balance may be told."""

    table: PublishedTable
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, table: PublishedTable) -> Balance:
        """Read a breakdown; raises WrongUsage for one that does not tell women and men."""
        require_table(table)
        grid = people_grid(table)
        return cls(table, tuple(Group.of(grid, row) for row in grid.body))

    @property
    def told(self) -> tuple[Group, ...]:
        """The rows whose share may be told."""
        return tuple(group for group in self.groups if not group.why)

    def rows_where(self, why: str) -> list[str]:
        """The rows whose share is not told, for a reason."""
        return [group.row for group in self.groups if group.why == why]

    @property
    def widest(self) -> tuple[Group, ...]:
        """The rows with the widest gap of those told, either way; none where no row has one."""
        rows = largest_imbalance({group.row: (group.women, group.men) for group in self.told})
        return tuple(group for group in self.told if group.row in rows)

    @property
    def finding(self) -> str:
        """In how many rows the distribution is even, without a full stop; empty where fewer than two tell."""
        told, people = self.told, PeopleWords.of(self.table).definite
        if len(told) < 2:
            return ""
        even = sum(bool(group.even) for group in told)
        how = "Jämn" if even else "Ojämn"
        return f"{how} könsfördelning bland {people} i {self._some(even or len(told))}{self._which}"

    @property
    def _which(self) -> str:
        """Of which rows it is said, where they are not all: those with people, or those that are shown."""
        if len(self.told) == len(self.groups):
            return ""
        if len(self.told) + len(self.rows_where(NOBODY)) == len(self.groups):
            return f" med {PeopleWords.of(self.table).several}"
        return f" {SHARE_TOLD}"

    def _some(self, count: int) -> str:
        every = len(self.told)
        if count < every:
            return f"{out_of(count, every)} {rows_in_plural(self.table)}"
        if every == 2:
            return f"båda {rows_in_definite_plural(self.table)}"
        return f"alla {number_word(every)} {rows_in_plural(self.table)}"


def whole_points(gap: Fraction) -> int:
    """Round the size of a gap to whole percentage points, once, halves up."""
    return int(round_half_up(Decimal(abs(gap.numerator)) / Decimal(gap.denominator)))


def write_gap(gap: Fraction) -> str:
    """Write a gap in whole percentage points with its sign; one that rounds to nothing is not called none.

    >>> [write_gap(Fraction(gap)) for gap in ("17/2", "-26", "0", "1/3")]
    ['+9', '−26', '0', 'under +1']
    """
    if not gap:
        return "0"
    points, sign = whole_points(gap), "+" if gap > 0 else "−"
    return f"{sign}{format_number(points)}" if points else f"under {sign}1"


def tell_gap(gap: Fraction) -> str:
    """Tell how large a gap is within a sentence.

    >>> tell_gap(Fraction(-26)), tell_gap(Fraction(1, 3))
    ('26 procentenheter', 'mindre än en procentenhet')
    """
    points = whole_points(gap)
    return count_phrase(points, "procentenhet", "procentenheter") if points else "mindre än en procentenhet"
