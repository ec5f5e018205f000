"""The chart of a net change: a waterfall from the baseline to the result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.changes import CARRIED, DEFINITION, UNCHANGED
from asf_analysis.presentation.accounts import Account, finding, noun_of, signed
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.chart import Chart, draw_both, figure_block
from asf_analysis.presentation.tables.breakdown import breakdown_layout, time_of_table
from asf_analysis.presentation.tables.notes import PROTECTED
from asf_analysis.presentation.values import name_value
from asf_analysis.presentation.waterfall import Step, draw_narrow_waterfall, draw_waterfall
from asf_analysis.swedish.writing import format_date, join_words, within_sentence

ARROWS = "Pil åt höger: fler. Pil åt vänster: färre."
ONLY_TOGETHER = "tillsammans"
"""What stands beside a number of several parts, none of which is told alone."""


def changes(report: Published, key: str) -> Block:
    """Draw a net change of people; parts that are withheld are one striped bar, and the words say so."""
    published = require_published(report)
    table, account, noun = published.table(key), Account.of(published, key), noun_of(key)
    if not account.known:
        hidden = bool(account.hidden)
        why = PROTECTED if hidden else "eftersom uppgifter saknas"
        return paragraphs(f"{table.title}, {time_of_table(published, table)}: inget diagram visas, {why}.")
    steps = list(_steps(account, (published.period.before().end, table.on or published.period.end)))
    title = finding(account, noun)
    striped = " Randigt: redovisas bara tillsammans." if account.hidden else ""
    return figure_block(
        Chart(
            title=title,
            subtitle=f"{table.title}, {time_of_table(published, table)}. {ARROWS}{striped}",
            alt=f"Vattenfallsdiagram från utgångsläget till resultatet. {title}. "
            + " ".join(f"{step.name}: {step.label}." for step in steps),
            drawn=draw_both(lambda: draw_waterfall(steps), lambda: draw_narrow_waterfall(steps)),
            data=breakdown_layout(published, table),
        )
    )


def _steps(account: Account, days: tuple[date, date]) -> Iterator[Step]:
    """The baseline, each part that is shown, those told only together, and the result."""
    level = account.baseline or 0
    before, after = map(format_date, days)
    yield Step(before, 0, level, account.level(level), "level")
    for component, change in account.parts.items():
        if change or component not in (UNCHANGED, DEFINITION, CARRIED):
            yield Step(name_value("component", component), level, level + change, signed(change), "change")
            level += change
    if account.hidden:
        change = account.together
        names = join_words([_named(component, place) for place, component in enumerate(account.hidden)])
        yield Step(names, level, level + change, f"{signed(change)} {ONLY_TOGETHER}", "hidden")
    yield Step(after, 0, account.result or 0, account.level(account.result), "level")


def _named(component: str, place: int) -> str:
    name = name_value("component", component)
    return within_sentence(name) if place else name
