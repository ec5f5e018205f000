"""Figures of municipalities in proportion to how many people live there: per 10 000 inhabitants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from asf_analysis.disclosure.published import (
    MISSING,
    SHOWN,
    WITHHELD,
    Published,
    PublishedTable,
    require_published,
)
from asf_analysis.errors import WrongUsage
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.people_words import PeopleWords
from asf_analysis.presentation.values import MISSING_SIGN, WITHHELD_SIGN
from asf_analysis.swedish.writing import format_number, round_half_up

PER = 10_000
PER_INHABITANTS = f"per {format_number(PER)} invånare"
RATED = ("enterprises_by_municipality", "employees_by_municipality", "participants_by_municipality")
"""The breakdowns that are told per inhabitant, in order of display."""


@dataclass(frozen=True)
class Rate:
    """How many there are per 10 000 inhabitants, one decimal; `value` is None unless its status is shown."""

    value: Decimal | None
    status: str
    nobody: bool = False
    """Whether nothing is counted; else 0,0 is something very small."""

    @classmethod
    def of(cls, count: int | None, status: str, population: int | None) -> Rate:
        """Divide a count as it may be shown by the population, and round once, half up.

        >>> print(Rate.of(19, SHOWN, 9483), Rate.of(0, SHOWN, 9483))
        20,0 0
        >>> print(Rate.of(None, WITHHELD, 9483), Rate.of(None, MISSING, 9483), Rate.of(19, SHOWN, None))
        .. . .
        """
        if count is None or not population:
            return cls(None, MISSING if status == SHOWN else status)
        return cls(round_half_up(Decimal(count * PER) / population, 1), status, nobody=count == 0)

    def __str__(self) -> str:
        if self.nobody:
            return "0"
        if self.value is not None:
            return format_number(self.value, decimals=1)
        return WITHHELD_SIGN if self.status == WITHHELD else MISSING_SIGN


@dataclass(frozen=True)
class Rates:
    """A breakdown by municipality per 10 000 inhabitants: each of the association's municipalities, and all.

    `year` and `source` tell whose population they are divided by; None and "" where none is known.
    """

    table: PublishedTable
    grid: Grid
    rows: Mapping[str, Rate]
    population: Mapping[str, int | None]
    year: int | None
    source: str

    @classmethod
    def of(cls, report: Published, key: str) -> Rates:
        """Reckon with what is shown alone, which tells nothing more; raises WrongUsage for other tables."""
        require_published(report)
        table = report.table(key)
        grid = Grid.of(table)
        if table.rows != "municipality" or TOTAL not in grid.columns:
            known = [one.key for one in report.tables.values() if one.rows == "municipality"]
            raise WrongUsage(
                f"Tabellen {key} är inte uppdelad på kommuner. De som är det: {', '.join(known)}."
            )
        of_year = report.population.population_for(report.year)
        population = population_of(report)
        cells = {row: grid.cell(row, TOTAL) for row in population}
        return cls(
            table=table,
            grid=grid,
            rows={row: Rate.of(cell.value, cell.status, population[row]) for row, cell in cells.items()},
            population=population,
            year=of_year.year if of_year else None,
            source=of_year.source if of_year else "",
        )

    @property
    def municipalities(self) -> Mapping[str, Rate]:
        """The rates of the municipalities, the total left out."""
        return {name: rate for name, rate in self.rows.items() if name != TOTAL}

    @property
    def highest(self) -> tuple[str, ...]:
        """The municipalities with the highest rate that is shown; none where nobody is counted anywhere."""
        shown = {name: rate.value for name, rate in self.municipalities.items() if rate.value}
        most = max(shown.values(), default=None)
        return tuple(name for name, value in shown.items() if value == most)

    @property
    def all_shown(self) -> bool:
        """Whether the rate of every municipality is shown."""
        return all(rate.value is not None for rate in self.municipalities.values())

    @property
    def noun(self) -> str:
        """What is counted, in the plural."""
        return self.table.unit if self.table.unit == "företag" else PeopleWords.of(self.table).several


def population_of(report: Published) -> dict[str, int | None]:
    """Give the population of each of the association's municipalities, and of all where all are known.

    It is of the report's year, else of the nearest that is known.
    """
    require_published(report)
    known = report.population.population_for(report.year)
    by_code = known.by_code if known else {}
    counts = {one.name: by_code.get(one.code) for one in report.association.municipalities}
    told = [count for count in counts.values() if count is not None]
    return {**counts, TOTAL: sum(told) if len(told) == len(counts) else None}


def population_note(report: Published) -> str:
    """Tell which day's population is used, and whose count it is; and why, where it is another year's."""
    require_published(report)
    known = report.population.population_for(report.year)
    if known is None:
        return "Uppgift om folkmängd saknas."
    told = f"Folkmängd den 31 december {known.year}, {known.source}."
    if known.year == report.year:
        return told
    return (
        f"{told} Uppgift om folkmängden {report.year} saknas, och därför används det närmaste år som finns."
    )
