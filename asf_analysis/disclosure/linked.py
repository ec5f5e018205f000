"""Tables that tell of the same people: their patterns of withheld cells are chosen together.

- Tables by municipality and sex withhold the same municipalities, so that pages agree.
- Permanent employees by municipality withhold those and more, until what is left when they are taken from all
  employees is safe too.
- A table of roles shows what the totals of the other tables show, and no more.
- Authority by municipality keeps the totals that the tables of participants show. Its inner cells are shown
  where the withheld municipalities are enough to protect them, and else not at all.
- Outcomes are summed by indicators, so a reader could tell apart two withheld ones: where any total is small,
  all are withheld.

The same reasoning as in `disclosure.rows` shows that each is safe beside the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from asf_analysis.association import Rules
from asf_analysis.disclosure.rows import (
    Counts,
    Pattern,
    everything,
    is_small,
    rows_to_withhold,
    withheld_pattern,
)
from asf_analysis.kpis.breakdowns import TOTAL, Breakdown
from asf_analysis.kpis.completed import COMPLETED
from asf_analysis.kpis.people import (
    AUTHORITY_TABLE,
    CROSSED,
    EMPLOYEES_TABLE,
    PARTICIPANTS_TABLE,
    PERMANENT_TABLE,
)
from asf_analysis.kpis.roles import EMPLOYEES, PARTICIPANTS_ROW, PERMANENT_ROW, ROLES


@dataclass(frozen=True)
class Linked:
    """The tables of people of a report, laid out by key, and the rules that they are protected by.

    `places` are the keys of those by municipality and sex.
    """

    tables: Mapping[str, Counts]
    places: Sequence[str]
    rules: Rules

    @classmethod
    def of(cls, breakdowns: Sequence[Breakdown], rules: Rules) -> Linked:
        """Lay out those of a report's breakdowns that tell of people."""
        people = [breakdown for breakdown in breakdowns if breakdown.people]
        places = [one.key for one in people if (one.rows, one.columns) == ("municipality", "sex")]
        return cls({one.key: Counts.of(one) for one in people}, places, rules)

    def have(self, *keys: str) -> bool:
        """Whether all these tables are there."""
        return all(key in self.tables for key in keys)


def patterns_of(linked: Linked) -> dict[str, pd.DataFrame]:
    """Tell of every table of people which cells to withhold: True where they are."""
    rules = linked.rules
    patterns = by_municipality(linked)
    patterns |= {
        key: withheld_pattern(table, rules) for key, table in linked.tables.items() if key not in patterns
    }
    if COMPLETED in patterns:
        patterns[COMPLETED] = all_or_nothing(linked.tables[COMPLETED], patterns[COMPLETED], rules)
    if linked.have(CROSSED, PARTICIPANTS_TABLE, AUTHORITY_TABLE):
        patterns[CROSSED] = crossed_pattern(linked, patterns)
    if linked.have(ROLES, PARTICIPANTS_TABLE, EMPLOYEES_TABLE, PERMANENT_TABLE):
        patterns[ROLES] = roles_pattern(linked, patterns)
    return patterns


def by_municipality(linked: Linked) -> dict[str, pd.DataFrame]:
    """Choose one pattern for the tables by municipality and sex, and the one of permanent employees."""
    keys, tables, rules = linked.places, linked.tables, linked.rules
    hidden = {key for key in keys if tables[key].too_few_in_all(rules)}
    if tells_few_apart(linked):
        hidden.add(EMPLOYEES_TABLE)
    alike = [key for key in keys if key not in hidden and key != PERMANENT_TABLE]
    columns = {key: tables[key].few_columns(rules) for key in keys}
    if linked.have(EMPLOYEES_TABLE, PERMANENT_TABLE) and EMPLOYEES_TABLE not in hidden:
        both = [*columns[EMPLOYEES_TABLE], *columns[PERMANENT_TABLE], *others(linked).few_columns(rules)]
        columns[EMPLOYEES_TABLE] = columns[PERMANENT_TABLE] = list(dict.fromkeys(both))
    patterns = {key: everything(tables[key]) for key in hidden}
    pattern = Pattern.of([tables[key] for key in alike], [columns[key] for key in alike], rules)
    patterns |= {key: pattern.laid_on(tables[key], columns[key]) for key in alike}
    if PERMANENT_TABLE in keys and PERMANENT_TABLE not in hidden:
        patterns[PERMANENT_TABLE] = permanent_pattern(linked, pattern, columns[PERMANENT_TABLE], hidden)
    return patterns


def permanent_pattern(
    linked: Linked, pattern: Pattern, columns: Sequence[str], hidden: set[str]
) -> pd.DataFrame:
    """Withhold the municipalities of the common pattern, and more until subtraction tells nothing either.

    Where the common pattern is coarse all go: row totals would not be safe beside those of all employees.
    """
    table, rules = linked.tables[PERMANENT_TABLE], linked.rules
    parts = [table.without(columns)]
    if EMPLOYEES_TABLE in linked.tables and EMPLOYEES_TABLE not in hidden:
        parts.append(others(linked).without(columns))
    rows = rows_to_withhold(parts, rules, pattern.rows)
    if pattern.coarse and set(columns) < set(table.inner):
        rows = list(table.body.index)
    return Pattern(rows).laid_on(table, columns)


def others(linked: Linked) -> Counts:
    """Give the employees who are not permanent, as a reader could work them out by subtraction.

    An enterprise that tells its employees but not how many are permanent counts among them.
    """
    employees, permanent = linked.tables[EMPLOYEES_TABLE], linked.tables[PERMANENT_TABLE]
    left = employees.wide.fillna(0) - permanent.wide.fillna(0)
    behind = pd.concat([employees.enterprises, permanent.enterprises], axis=1).min(axis=1)
    return Counts(left, behind.where(permanent.enterprises > 0, employees.enterprises))


def tells_few_apart(linked: Linked) -> bool:
    """Whether permanent employees, or the others, are few in all, so that all employees would tell of them.

    Permanent employees are a KPI with a target and always told, so all employees are then withheld, in tables
    and beside the KPI.
    """
    if not linked.have(EMPLOYEES_TABLE, PERMANENT_TABLE):
        return False
    both = (linked.tables[PERMANENT_TABLE], others(linked))
    return any(is_small(table.sizes[TOTAL][TOTAL], linked.rules) for table in both)


def crossed_pattern(linked: Linked, patterns: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Withhold the totals that other tables withhold, and inner cells by whole municipalities or altogether.

    Where the answers contradict each other, so that its totals are not those of the other tables, nothing of
    the table is shown.
    """
    table, rules = linked.tables[CROSSED], linked.rules
    by_place, by_authority = linked.tables[PARTICIPANTS_TABLE], linked.tables[AUTHORITY_TABLE]
    rows, columns = by_place.wide[TOTAL], by_authority.wide[TOTAL]
    agree = table.wide[TOTAL].equals(rows) and table.wide.loc[TOTAL].sort_index().equals(columns.sort_index())
    if not agree:
        return everything(table)
    cells = pd.DataFrame(False, index=table.wide.index, columns=table.wide.columns)
    cells[TOTAL] = patterns[PARTICIPANTS_TABLE][TOTAL]
    cells.loc[TOTAL] = patterns[AUTHORITY_TABLE][TOTAL].reindex(cells.columns)
    places = table.body.index
    withheld = [place for place in places if cells.loc[place, TOTAL]]
    columns_withheld = cells.loc[TOTAL].any() or patterns[AUTHORITY_TABLE].loc[TOTAL].any()
    enough = rows_to_withhold([Counts(table.body, table.enterprises)], rules, withheld) == withheld
    if columns_withheld or not enough:
        withheld = list(places)
    cells.loc[withheld, table.inner] = True
    return cells & table.wide.notna()


def roles_pattern(linked: Linked, patterns: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Show of the roles what the totals of their own tables show; everybody only where each part is told."""
    table, rules = linked.tables[ROLES], linked.rules
    order = table.wide.columns
    participants, employees, permanent = (
        patterns[key].loc[TOTAL].reindex(order)
        for key in (PARTICIPANTS_TABLE, EMPLOYEES_TABLE, PERMANENT_TABLE)
    )
    cells = pd.DataFrame(False, index=table.wide.index, columns=order)
    cells.loc[PARTICIPANTS_ROW] = participants
    cells.loc[PERMANENT_ROW] = permanent
    cells.loc[TOTAL] = participants | employees
    rest = [row for row in table.body.index if row in EMPLOYEES and row != PERMANENT_ROW]
    small = table.wide.loc[rest].fillna(0).map(lambda count: is_small(count, rules)).any(axis=None)
    for row in rest:
        cells.loc[row] = True if small else employees | permanent
    return cells & table.wide.notna()


def all_or_nothing(table: Counts, pattern: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Withhold all inner cells where any cell is withheld, and all row totals where any is small."""
    if not pattern.any(axis=None) or pattern.loc[TOTAL, TOTAL]:
        return pattern
    coarse = Pattern(rows_to_withhold([table.totals()], rules), coarse=True)
    if coarse.rows:
        coarse = Pattern(list(table.body.index), coarse=True)
    return coarse.laid_on(table, table.few_columns(rules))
