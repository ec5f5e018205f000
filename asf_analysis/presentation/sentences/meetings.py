"""How often the cooperation groups are meant to meet."""

from __future__ import annotations

from fractions import Fraction

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.indicator_words import why_no_figure
from asf_analysis.presentation.meeting_plans import plans_by_quarter, write_meetings
from asf_analysis.presentation.values import write_outcome, write_period
from asf_analysis.swedish.writing import count_phrase, join_words, number_word

AVERAGE = "meetings_per_group_and_quarter"


def meetings(report: Published) -> Block:
    """Tell how often the groups plan to meet, on average and in all; it is not known how often they met."""
    published = require_published(report)
    plans = plans_by_quarter(published)
    when = write_period(published.period)
    if not plans:
        return paragraphs(f"Inget kvartal har gått till slut under {when}, så möten räknas inte än.")
    if not any(plan.groups for plan in plans):
        return paragraphs(f"Ingen samverkansgrupp var igång vid något kvartals slut under {when}.")
    outcome = published.outcome(AVERAGE)
    if outcome.result.amount is None:
        return paragraphs(why_no_figure(outcome, "hur ofta samverkansgrupperna planerar att träffas"))
    whole = sum((plan.meetings for plan in plans), start=Fraction(0))
    about = "ungefär " if outcome.result.approximate else ""
    return paragraphs(
        f"Samverkansgrupperna planerar i genomsnitt {write_outcome(outcome)} möten per grupp och kvartal. "
        f"{_paces(published)} "
        f"Sammanlagt blir det {about}{write_meetings(whole)} planerade möten under {when}. "
        "Hur många möten som faktiskt hölls framgår inte av underlaget."
    )


def _paces(report: Published) -> str:
    """Tell of the last quarter's groups how many plan how many meetings a year."""
    grid = Grid.of(report.table("meetings_by_quarter"))
    last = grid.body[-1]
    counts = {column: grid.cell(last, column).value or 0 for column in grid.parts}
    told = [
        f"{count_phrase(count, 'grupp', 'grupper')} {number_word(int(pace), neuter=True)} möten"
        if int(pace) != 1
        else f"{count_phrase(count, 'grupp', 'grupper')} ett möte"
        for pace, count in counts.items()
        if count and pace.isdecimal()
    ]
    silent = sum(count for pace, count in counts.items() if not pace.isdecimal())
    unknown = ""
    if silent:
        unknown = f"För {count_phrase(silent, 'grupp', 'grupper')} är antalet möten inte känt."
    planned = f"Vid det sista kvartalets slut planerade {join_words(told)} om året." if told else ""
    return " ".join(filter(None, [planned, unknown]))
