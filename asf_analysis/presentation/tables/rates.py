"""The table of figures per 10 000 inhabitants: enterprises, employees and participants by municipality."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import MISSING, SHOWN, Published, require_published
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.grids import Cell, Grid
from asf_analysis.presentation.rates import PER_INHABITANTS, RATED, Rates, population_note, population_of
from asf_analysis.presentation.tables.layout import COMPACT, Column, Layout, data_table
from asf_analysis.presentation.tables.notes import notes_of_signs
from asf_analysis.presentation.values import MISSING_SIGN, name_value
from asf_analysis.swedish.writing import format_date, format_number, join_words, start_sentence


def rates(report: Published) -> Block:
    """Show enterprises, employees and participants per 10 000 inhabitants, by municipality and in all."""
    published = require_published(report)
    return data_table(rates_layout(published, [Rates.of(published, key) for key in RATED]))


def rates_layout(report: Published, told: Sequence[Rates]) -> Layout:
    """Lay out breakdowns by municipality beside the population that they are divided by."""
    require_published(report)
    nouns = [start_sentence(one.noun) for one in told]
    population = population_of(report)
    sources = dict.fromkeys([one.table.source for one in told] + [one.source for one in told if one.source])
    days = dict.fromkeys(told_day(report, one) for one in told)
    return Layout(
        caption=f"{start_sentence(join_words([one.noun for one in told]))} {PER_INHABITANTS}, "
        f"{join_words(list(days))}",
        columns=[
            Column("Kommun", number=False),
            Column("Folkmängd"),
            *(Column(noun, group=start_sentence(PER_INHABITANTS)) for noun in nouns),
        ],
        rows=[
            [name_value("municipality", row), _people(count), *(str(one.rows[row]) for one in told)]
            for row, count in population.items()
        ],
        notes=[population_note(report), *notes_of_signs(_signs(told, population), report.association.rules)],
        source=join_words(list(sources)),
        css=COMPACT,
    )


def told_day(report: Published, rates: Rates) -> str:
    """Tell the day that a breakdown's totals are of."""
    require_published(report)
    return format_date(rates.table.on or report.period.end)


def _people(count: int | None) -> str:
    return MISSING_SIGN if count is None else format_number(count)


def _signs(told: Sequence[Rates], population: dict[str, int | None]) -> Grid:
    """The statuses of all cells of the table, for its notes."""
    cells = {(row, one.table.key): Cell(None, one.rows[row].status) for one in told for row in population} | {
        (row, "population"): Cell(count, MISSING if count is None else SHOWN)
        for row, count in population.items()
    }
    return Grid(tuple(population), tuple(one.table.key for one in told), cells)
