"""What became of participants who completed, and how many participants there are for each employee."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.completed import COMPLETED_TABLE
from asf_analysis.kpis.people import NOT_STATED
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.grids import Grid
from asf_analysis.presentation.indicator_words import tell_figure_in_text, why_no_figure
from asf_analysis.presentation.shares import in_percent
from asf_analysis.presentation.tables.notes import told_answers
from asf_analysis.presentation.values import measured_on, write_period
from asf_analysis.swedish.writing import count_phrase, number_word, start_sentence


def completed(report: Published) -> Block:
    """Tell how many completed their measure, and how many of them went on to work or studies."""
    published = require_published(report)
    outcome = published.outcome("completed_to_work_or_studies")
    went_on, everyone = outcome.result.amount, outcome.result.whole
    if went_on is None or everyone is None:
        return paragraphs(why_no_figure(outcome, "vad de som avslutade sin åtgärd gick vidare till"))
    when = f"Under {write_period(outcome.period)} avslutade"
    if not everyone:
        return paragraphs(f"{when} ingen deltagare sin åtgärd.")
    who = count_phrase(everyone, "deltagare", "deltagare")
    shown = in_percent(everyone, outcome.share_base)
    share = f"({tell_figure_in_text(outcome)}) " if shown else ""
    return paragraphs(
        f"{when} {who} sin åtgärd. {_went_on(int(went_on), everyone, share)} "
        f"{_not_stated(published)}".strip(),
        _answering(outcome.result.answered),
    )


def _went_on(went_on: int, everyone: int, share: str) -> str:
    if everyone == 1:
        return f"Deltagaren gick {'' if went_on else 'inte '}vidare till arbete eller studier."
    some = number_word(went_on) if went_on else "ingen"
    return f"Av dem gick {some} {share}vidare till arbete eller studier."


def _answering(enterprises: int | None) -> str:
    """Tell how many enterprises the figure rests on."""
    if not enterprises:
        return ""
    return f"Uppgiften bygger på svar från {count_phrase(enterprises, 'företag', 'företag', neuter=True)}."


def _not_stated(report: Published) -> str:
    """Tell that it is not known of some what they went on to."""
    if NOT_STATED not in Grid.of(report.table(COMPLETED_TABLE)).rows:
        return ""
    return "För några av dem är det inte känt vad de gick vidare till. De räknas med bland dem som avslutade."


def participants_per_employee(report: Published) -> Block:
    """Tell how many participants there are for each employee, and on whose answers that rests."""
    published = require_published(report)
    outcome = published.outcome("participants_per_employee")
    if outcome.result.amount is None:
        return paragraphs(why_no_figure(outcome, "hur många deltagare det går på varje anställd"))
    ratio = f"{tell_figure_in_text(outcome)} deltagare på varje anställd"
    told = f"{start_sentence(measured_on(outcome))} gick det {ratio}."
    return paragraphs(f"{told} {told_answers(outcome.result)}".strip())
