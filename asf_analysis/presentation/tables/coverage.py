"""The table of coverage: how many enterprises stand behind each figure of the survey."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.findings import in_short, listed
from asf_analysis.presentation.kpi_links import kpi_link
from asf_analysis.presentation.tables.layout import Cell, Column, Layout, data_table
from asf_analysis.presentation.tables.notes import sources_of
from asf_analysis.presentation.values import MISSING_SIGN, NOTHING_SIGN, write_period
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
            ],
            rows=[_coverage_row(outcome) for outcome in surveyed],
            notes=_notes(surveyed),
            source=sources_of(surveyed),
        )
    )


def _notes(surveyed: Sequence[Outcome]) -> list[str]:
    """Say what stands for a milestone, which rests on several rounds."""
    milestones = [in_short(outcome) for outcome in surveyed if outcome.kpi.kind == "milestone"]
    if not milestones:
        return []
    told = start_sentence(listed(milestones))
    return [f"{told}: fullständiga svar i den enkätomgång där svarsandelen var lägst."]


def _coverage_row(outcome: Outcome) -> list[Cell]:
    result = outcome.result
    share = Result(result.answered, whole=result.asked).percent()
    return [
        kpi_link(outcome.kpi),
        MISSING_SIGN if result.answered is None else format_number(result.answered),
        MISSING_SIGN if result.asked is None else format_number(result.asked),
        format_number(result.carried),
        NOTHING_SIGN if share is None else format_number(share),
    ]
