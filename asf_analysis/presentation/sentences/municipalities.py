"""The municipalities that cooperate in a support structure."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.telling import against_target, tell_figure
from asf_analysis.swedish.writing import join_words, number_word


def supporting_municipalities(report: Published) -> Block:
    """Name the municipalities in a support structure: those from before, those added and those that left."""
    published = require_published(report)
    outcome = published.outcome("supporting_municipalities")
    now, before = outcome.result.members, outcome.baseline.members
    names = _all_names(now) if not before else _changes(now, before)
    told = [
        tell_figure(outcome),
        names if outcome.result.amount is not None else "",
        against_target(outcome, published.association.rules),
    ]
    return paragraphs(" ".join(filter(None, told)))


def _all_names(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"{'Kommunen' if len(names) == 1 else 'Kommunerna'} är {join_words(names)}."


def _changes(now: Sequence[str], before: Sequence[str]) -> str:
    """Tell which municipalities were there at the year's beginning, which are new, and which have left."""
    stayed = [name for name in now if name in before]
    added = [name for name in now if name not in before]
    left = [name for name in before if name not in now]
    told = [
        _stayed(stayed, everyone=len(stayed) == len(now)) if now else "",
        f"{join_words(added)} har tillkommit." if added else "Ingen kommun har tillkommit.",
        f"{join_words(left)} ingår inte längre." if left else "",
    ]
    return " ".join(filter(None, told))


def _stayed(names: Sequence[str], everyone: bool) -> str:
    if not names:
        return "Ingen av dem var med vid årets början."
    if not everyone:
        who = f"{number_word(len(names))} av dem"
    else:
        who = {1: "den", 2: "båda"}.get(len(names), "alla")
    return f"Redan vid årets början var {who} med: {join_words(names)}."
