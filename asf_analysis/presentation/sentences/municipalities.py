"""The municipalities that cooperate in a support structure."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.telling import tell_figure
from asf_analysis.swedish.writing import join_words, number_word, start_sentence


def supporting_municipalities(report: Published) -> Block:
    """Name the municipalities in a support structure: those from before, those added and those that left."""
    outcome = require_published(report).outcome("supporting_municipalities")
    now, before = outcome.result.members, outcome.baseline.members
    if not before:
        return paragraphs(tell_figure(outcome), _all_names(now))
    stayed = [name for name in now if name in before]
    added = [name for name in now if name not in before]
    left = [name for name in before if name not in now]
    return paragraphs(
        " ".join(
            filter(
                None,
                [
                    tell_figure(outcome),
                    _stayed(stayed, everyone=len(stayed) == len(now)) if now else "",
                    f"{join_words(added)} har tillkommit." if added else "Ingen kommun har tillkommit.",
                    f"{join_words(left)} ingår inte längre." if left else "",
                ],
            )
        )
    )


def _all_names(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"{'Kommunen' if len(names) == 1 else 'Kommunerna'} är {join_words(names)}."


def _stayed(names: Sequence[str], everyone: bool) -> str:
    if not names:
        return "Ingen av dem var med vid årets början."
    who = f"{start_sentence(number_word(len(names)))} av dem" if not everyone else "Alla"
    if len(names) == 1 and everyone:
        who = "Den"
    return f"{who} var med redan vid årets början: {join_words(names)}."
