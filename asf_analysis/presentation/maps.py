"""The map of the association's municipalities: how many there are in proportion to how many live there."""

from __future__ import annotations

from dataclasses import replace

from asf_analysis.association import Association
from asf_analysis.disclosure.published import WITHHELD, Published, require_published
from asf_analysis.presentation.block import Block, paragraphs, stack
from asf_analysis.presentation.chart import Chart, draw_both, figure_block
from asf_analysis.presentation.map_drawing import CountyMap, draw_map, draw_narrow_map
from asf_analysis.presentation.outlines import outlines_of
from asf_analysis.presentation.rates import PER_INHABITANTS, Rate, Rates
from asf_analysis.presentation.sentences.rates import finding
from asf_analysis.presentation.tables.layout import data_table
from asf_analysis.presentation.tables.notes import PROTECTED
from asf_analysis.presentation.tables.rates import rates_layout, told_day
from asf_analysis.swedish.writing import start_sentence

BORDERS = "Kommungränser: SCB"


def county_map(report: Published, key: str) -> Block:
    """Draw a breakdown by municipality per 10 000 inhabitants, on a map of the association's municipalities.

    Where no municipality's figure can be drawn, it says why. Raises WrongUsage for a breakdown of other
    things, and for a municipality whose code the map does not have.
    """
    published = require_published(report)
    rates = Rates.of(published, key)
    layout = rates_layout(published, [rates])
    heading = f"{start_sentence(rates.noun)} {PER_INHABITANTS}"
    whole = _cannot_be_drawn(published.association)
    if whole or not rates.highest:
        reason = whole or _why_no_map(rates)
        why = paragraphs(f"{heading}, {told_day(published, rates)}: ingen karta visas, {reason}.")
        known = any(rate.value is not None for rate in rates.rows.values())
        return stack(why, data_table(layout)) if known else why
    title = finding([rates])
    shown = CountyMap(
        outlines=outlines_of(published.association.municipalities),
        rates=rates.municipalities,
        heading=heading,
        nobody=f"inga {rates.noun}",
    )
    return figure_block(
        Chart(
            title=title,
            subtitle=f"{heading}, {told_day(published, rates)}. Ju mörkare, desto fler.",
            alt=f"Karta över förbundets kommuner. {title}. "
            + " ".join(f"{name}: {_told(rate, shown.nobody)}." for name, rate in shown.rates.items()),
            drawn=draw_both(lambda: draw_map(shown), lambda: draw_narrow_map(shown)),
            data=replace(layout, source=f"{layout.source}. {BORDERS}"),
        )
    )


def _cannot_be_drawn(association: Association) -> str:
    """Say why there is no map whatever the figures are; nothing where there can be one."""
    if any(one.is_district for one in association.municipalities):
        return "eftersom kartan bara har hela kommuner"
    return "eftersom den bara hade haft en kommun" if len(association.municipalities) == 1 else ""


def _why_no_map(rates: Rates) -> str:
    if rates.year is None:
        return "eftersom uppgift om folkmängd saknas"
    if any(rate.status == WITHHELD for rate in rates.rows.values()):
        return PROTECTED
    if all(rate.nobody for rate in rates.municipalities.values()):
        return f"eftersom det inte finns några {rates.noun} att visa"
    return "eftersom uppgifter saknas"


def _told(rate: Rate, nobody: str) -> str:
    if rate.value is not None:
        return nobody if rate.nobody else str(rate)
    return "redovisas inte" if rate.status == WITHHELD else "uppgift saknas"
