"""The table of coverage: how many enterprises stand behind each figure of the survey."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.association import Rules
from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.findings import in_short, listed
from asf_analysis.presentation.kpi_links import kpi_link
from asf_analysis.presentation.tables.layout import COMPACT, Cell, Column, Layout, data_table
from asf_analysis.presentation.tables.notes import note_of_few, sources_of, why_withheld
from asf_analysis.presentation.values import (
    MISSING_SIGN,
    NOTHING_SIGN,
    WITHHELD_SIGN,
    decimals_of,
    shown_percent,
    write_period,
    write_result,
)
from asf_analysis.swedish.writing import format_number, start_sentence


def coverage(report: Published, keys: Sequence[str] = ()) -> Block:
    """Show how many of the active enterprises stand behind each figure of the survey, of all KPIs or some."""
    published = require_published(report)
    surveyed = [outcome for outcome in published.chosen(keys) if outcome.result.asked is not None]
    if not surveyed:
        return paragraphs(f"Inga uppgifter för {write_period(published.period)} kommer från enkäten.")
    return data_table(
        Layout(
            caption=f"Svar bakom nyckeltalen {write_period(published.period)}",
            columns=[
                Column("Nyckeltal", number=False),
                Column("Svarande", group="Företag"),
                Column("Tillfrågade", group="Företag"),
                Column("Svar från förra omgången", group="Företag"),
                Column("Svarsandel (%)"),
                Column("Resultat utan svar från förra omgången"),
            ],
            rows=[_coverage_row(outcome) for outcome in surveyed],
            notes=_notes(surveyed, published.association.rules),
            source=sources_of(surveyed),
            css=COMPACT,
        )
    )


def _notes(surveyed: Sequence[Outcome], rules: Rules) -> list[str]:
    """Say what stands for a milestone, which rests on several rounds, and what the signs mean."""
    milestones = start_sentence(listed([one for one in map(_milestone, surveyed) if one]))
    few = any(0 < (outcome.result.asked or 0) < rules.share_base for outcome in surveyed)
    withheld = any(_alone(outcome) == WITHHELD_SIGN for outcome in surveyed)
    notes = [
        f"{milestones}: fullständiga svar i den enkätomgång där svarsandelen var lägst."
        if milestones
        else "",
        f"{WITHHELD_SIGN} betyder att uppgiften inte redovisas. {why_withheld(rules)}" if withheld else "",
        note_of_few(rules.share_base) if few else "",
    ]
    return [note.strip() for note in notes if note]


def _milestone(outcome: Outcome) -> str:
    return in_short(outcome) if outcome.kpi.kind == "milestone" else ""


def _alone(outcome: Outcome) -> str:
    """Write the result without what was carried forward; a sign where nothing was."""
    alone = outcome.result.answered_only
    if outcome.result.withheld:
        return WITHHELD_SIGN
    if alone is None:
        return NOTHING_SIGN
    return write_result(alone, decimals=decimals_of(outcome), share_base=outcome.share_base)


def _coverage_row(outcome: Outcome) -> list[Cell]:
    result = outcome.result
    share = shown_percent(Result(result.answered, whole=result.asked), share_base=outcome.share_base)
    return [
        kpi_link(outcome.kpi),
        MISSING_SIGN if result.answered is None else format_number(result.answered),
        MISSING_SIGN if result.asked is None else format_number(result.asked),
        format_number(result.carried),
        NOTHING_SIGN if share is None else format_number(share),
        _alone(outcome),
    ]
