"""What the effort is: its tracks, whom it is for, who carries it and how long."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import Block, bullet_list, paragraphs
from asf_analysis.presentation.values import write_period
from asf_analysis.swedish.writing import count_phrase, join_words, number_word


def effort(report: Published) -> Block:
    """Tell what the effort is and what it is for, in the association's own words."""
    told = require_published(report).association.effort
    return paragraphs(told.summary, told.purpose)


def tracks(report: Published) -> Block:
    """Tell the effort's tracks, in the association's own words."""
    told = require_published(report).association.effort.tracks
    lead = (
        "Arbetet följer ett spår:"
        if len(told) == 1
        else f"Arbetet följer {number_word(len(told), neuter=True)} spår:"
    )
    return bullet_list(lead, [(f"{track.title}.", track.text) for track in told])


def target_groups(report: Published) -> Block:
    """Tell whom the effort is for."""
    groups = require_published(report).association.effort.target_groups
    lead = (
        "Insatsen har en målgrupp:"
        if len(groups) == 1
        else f"Insatsen har {number_word(len(groups))} målgrupper:"
    )
    return bullet_list(lead, [("", group.text) for group in groups])


def parties(report: Published) -> Block:
    """Name the association's members: authorities, region and municipalities."""
    association = require_published(report).association
    names = association.municipality_names()
    together = join_words(
        [*(party.name for party in association.parties), count_phrase(len(names), "kommun", "kommuner")]
    )
    which = "Kommunen är" if len(names) == 1 else "Kommunerna är"
    return paragraphs(
        f"{association.name} driver insatsen tillsammans med sina medlemmar: {together}.",
        f"{which} {join_words(names)}.",
    )


def period(report: Published) -> Block:
    """Tell how long the effort goes on, and which part of it the report covers."""
    published = require_published(report)
    return paragraphs(
        f"Insatsen pågår {published.association.period}. "
        f"Den här rapporten gäller {write_period(published.period)}."
    )
