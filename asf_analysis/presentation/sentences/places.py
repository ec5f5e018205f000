"""The supervised places: how far they are used, what they cost, and where they are."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.findings import top_rows
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.indicator_words import tell_figure_in_text, why_no_figure
from asf_analysis.presentation.shares import in_percent
from asf_analysis.presentation.values import measured_on, name_value, write_period
from asf_analysis.swedish.writing import (
    count_phrase,
    format_date,
    format_number,
    join_words,
    number_word,
    start_sentence,
)


def supervised_places(report: Published) -> Block:
    """Tell where the places are, how far they are used, and what was paid for them."""
    published = require_published(report)
    money = f"{_paid(published)} {_cost(published)}"
    if Grid.of(published.table("places_by_municipality")).cell(TOTAL, TOTAL).value == 0:
        day = format_date(published.period.end)
        return paragraphs(f"Den {day} fanns inga platser med handledning.", money)
    return paragraphs(_where(published), _occupancy(published), money)


def _where(report: Published) -> str:
    grid = Grid.of(report.table("places_by_municipality"))
    names = report.association.municipality_names()
    cells = {name: grid.cell(name, TOTAL).value for name in names}
    having = [name for name, places in cells.items() if places]
    top = top_rows(grid)
    if top is None or not top.all_shown or not having:
        return ""
    of_all = f"{number_word(len(having))} av {number_word(len(names))} kommuner"
    if len(having) == len(names):
        of_all = "alla kommuner"
    most = join_words([name_value("municipality", row) for row in top.rows])
    number = number_word(top.value) + (" vardera" if len(top.rows) > 1 else "")
    told = f"Platserna fanns i {of_all}"
    return f"{told}: {having[0]}." if len(having) == 1 else f"{told}, flest i {most}: {number}."


def _occupancy(report: Published) -> str:
    outcome = report.outcome("supervised_places_occupancy")
    participants, places = outcome.result.amount, outcome.result.whole
    if participants is None or places is None:
        return why_no_figure(outcome, "beläggningen på platserna")
    if not participants:
        empty = "Platsen stod tom" if places == 1 else f"De {number_word(places)} platserna stod tomma"
        return f"{empty} {measured_on(outcome)}."
    verb, on = ("delade", "på ") if participants > places else ("hade", "")
    who = count_phrase(int(participants), "deltagare", "deltagare")
    what = f"{on}{count_phrase(places, 'plats', 'platser')}"
    share = (
        f": beläggningen var {tell_figure_in_text(outcome)}" if in_percent(places, outcome.share_base) else ""
    )
    return f"{start_sentence(measured_on(outcome))} {verb} {who} {what}{share}."


def _paid(report: Published) -> str:
    outcome = report.outcome("share_paid_of_granted")
    paid, granted = outcome.result.amount, outcome.result.whole
    if paid is None or granted is None:
        return why_no_figure(outcome, "hur mycket som har betalats ut till platserna")
    share = f" ({tell_figure_in_text(outcome)})" if granted else ""
    return (
        f"Av {format_number(granted)} beviljade kronor har {format_number(paid)} betalats ut{share}, "
        f"räknat på de platser som fanns under {write_period(outcome.period)}."
    )


def _cost(report: Published) -> str:
    outcome = report.outcome("cost_per_place_and_year")
    if outcome.result.amount is None:
        return why_no_figure(outcome, "vad en plats har kostat")
    return f"En plats kostade i genomsnitt {tell_figure_in_text(outcome)} kronor för ett helt år."
