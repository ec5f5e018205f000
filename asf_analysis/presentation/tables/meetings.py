"""The table of the cooperation groups' planned meetings, quarter by quarter."""

from __future__ import annotations

from fractions import Fraction

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.meeting_plans import plans_by_quarter, write_meetings
from asf_analysis.presentation.tables.layout import Column, Layout, data_table
from asf_analysis.presentation.values import NOTHING_SIGN, TOTAL_WORD, name_value, write_period
from asf_analysis.swedish.writing import format_number


def meetings(report: Published) -> Block:
    """Show, for each quarter that has ended, the groups that ran and the meetings they plan."""
    published = require_published(report)
    plans = plans_by_quarter(published)
    when = write_period(published.period)
    if not plans:
        return paragraphs(f"Inget kvartal har gått till slut under {when}.")
    whole = sum((plan.meetings for plan in plans), start=Fraction(0))
    left_out = any(plan.without_figure for plan in plans)
    return data_table(
        Layout(
            caption=f"Samverkansgrupper och planerade möten per kvartal, {when}",
            columns=[Column("Kvartal", number=False), Column("Grupper"), Column("Planerade möten")],
            rows=[
                *(
                    [
                        name_value("quarter", plan.quarter),
                        format_number(plan.groups),
                        write_meetings(plan.meetings),
                    ]
                    for plan in plans
                ),
                [TOTAL_WORD, NOTHING_SIGN, write_meetings(whole)],
            ],
            notes=[
                "Grupperna är de som var igång på kvartalets sista dag. Varje kvartal räknas med en "
                "fjärdedel av deras möten per år. Grupperna summeras inte: en grupp kan finnas i "
                "flera kvartal.",
                *(
                    ["Grupper som inte har uppgett antal möten har inga möten i tabellen."]
                    if left_out
                    else []
                ),
            ],
            source=published.table("meetings_by_quarter").source,
        )
    )
