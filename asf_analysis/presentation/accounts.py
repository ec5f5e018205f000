"""A net change as it may be told: where it began and ended, its parts, and those told only together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asf_analysis.disclosure.published import WITHHELD, Published, require_published
from asf_analysis.errors import WrongUsage
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.changes import BASELINE, CARRIED, CLOSED, DEFINITION, GROWN, SHRUNK, STARTED, UNCHANGED
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.shares import numeral
from asf_analysis.swedish.writing import approximately, format_number, join_words

NOUNS = {
    "permanent_changes": "tillsvidareanställda",
    "employees_changes": "anställda",
    "participants_changes": "deltagare",
}
"""What the people of each account are called."""

VERBS = {
    STARTED: "startade",
    CLOSED: "avslutades",
    GROWN: "växte",
    SHRUNK: "minskade",
    UNCHANGED: "var oförändrade",
}
OTHERWISE = {DEFINITION: "genom ändrat räknesätt", CARRIED: "genom svar som saknas eller är äldre"}
"""How people became more or fewer other than in the enterprises themselves."""

_KPIS = {"permanent_changes": "permanent_employees", "participants_changes": "participants"}


@dataclass(frozen=True)
class Account:
    """A net change of one column: `parts` are shown, `hidden` are withheld and add up to `together`.

    What they are together comes from what is shown alone, so it tells nothing more.
    """

    baseline: int | None
    result: int | None
    parts: Mapping[str, int]
    hidden: tuple[str, ...]
    approximate: bool = False

    @classmethod
    def of(cls, report: Published, key: str, column: str = TOTAL) -> Account:
        """Read the account of a table of changes."""
        require_published(report)
        grid = Grid.of(report.table(key))
        cells = {row: grid.cell(row, column) for row in grid.body if row != BASELINE}
        return cls(
            baseline=grid.cell(BASELINE, column).value,
            result=grid.cell(TOTAL, column).value,
            parts={row: cell.value for row, cell in cells.items() if cell.value is not None},
            hidden=tuple(row for row, cell in cells.items() if cell.status == WITHHELD),
            approximate=_is_approximate(report, key),
        )

    @property
    def known(self) -> bool:
        """Whether it is told where the change began and ended."""
        return self.baseline is not None and self.result is not None

    @property
    def net(self) -> int:
        """The net change of a known account."""
        return (self.result or 0) - (self.baseline or 0)

    @property
    def together(self) -> int:
        """What the hidden parts of a known account are together."""
        return self.net - sum(self.parts.values())

    @property
    def leading(self) -> str:
        """The shown part that changed most in the direction of the net change; empty where none did."""
        along = {row: part for row, part in self.parts.items() if part * self.net > 0}
        most = max(map(abs, along.values()), default=0)
        leaders = [row for row, part in along.items() if abs(part) == most]
        return leaders[0] if len(leaders) == 1 else ""

    def level(self, number: int | None) -> str:
        """Write where the account began or ended with digits, and with *ca* where it is approximate."""
        written = format_number(number or 0)
        return approximately(written) if self.approximate else written

    def written(self, number: int, greatest: int) -> str:
        """Write a number within a sentence in the way of its greatest one; with *ca* always with digits."""
        return self.level(number) if self.approximate else numeral(number, greatest)


def _is_approximate(report: Published, key: str) -> bool:
    """Tell whether the KPI that an account is of is approximate at either end."""
    outcome = outcome_of(report, key)
    return outcome is not None and (outcome.baseline.approximate or outcome.result.approximate)


def outcome_of(report: Published, key: str) -> Outcome | None:
    """Give the KPI that an account is of; None where it is of none, or the report does not tell it."""
    require_published(report)
    told = (outcome for outcome in report.outcomes if outcome.kpi.key == _KPIS.get(key))
    return next(told, None)


def noun_of(key: str) -> str:
    """Name the people of a table of changes; raises WrongUsage for any other table."""
    if key not in NOUNS:
        known = ", ".join(NOUNS)
        raise WrongUsage(
            f"Tabellen {key} visar ingen förändring av antalet personer. De som gör det: {known}."
        )
    return NOUNS[key]


def signed(number: int) -> str:
    """Write a change with its sign; none has none.

    >>> signed(38), signed(-4), signed(0)
    ('+38', '−4', '0')
    """
    return f"+{format_number(number)}" if number > 0 else format_number(number)


def where(components: Sequence[str]) -> str:
    """Tell within a sentence where people became more or fewer.

    >>> where([GROWN]), where([CLOSED, SHRUNK, DEFINITION])
    ('i företag som växte', 'i företag som avslutades eller minskade och genom ändrat räknesätt')
    """
    verbs = [VERBS[component] for component in components if component in VERBS]
    enterprises = [f"i företag som {join_words(verbs, 'eller')}"] if verbs else []
    return join_words([*enterprises, *(OTHERWISE[one] for one in components if one in OTHERWISE)])


def finding(account: Account, noun: str) -> str:
    """Tell a known account in short, without a full stop: its ends, and the shown part that made most."""
    before, after = account.level(account.baseline), account.level(account.result)
    if not account.net:
        return f"Antalet {noun} var oförändrat: {after}"
    verb = "ökade" if account.net > 0 else "minskade"
    told = f"Antalet {noun} {verb} från {before} till {after}"
    if not account.leading:
        return told
    how_many = format_number(abs(account.parts[account.leading]))
    return f"{told}, med {how_many} {more_or_fewer(account.net)} {where([account.leading])}"


def more_or_fewer(change: int) -> str:
    """Tell the direction of a change of a number of people."""
    return "fler" if change > 0 else "färre"
