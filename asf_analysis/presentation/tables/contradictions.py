"""The table of contradictions: where what was published does not agree with itself."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.contradictions import Contradiction
from asf_analysis.presentation.block import Block, paragraphs, stack
from asf_analysis.presentation.tables.layout import LISTING, Cell, Column, Layout, data_table
from asf_analysis.presentation.values import write_amount
from asf_analysis.swedish.writing import (
    count_phrase,
    format_number,
    format_percent,
    join_words,
    number_word,
    start_sentence,
)


def contradictions(report: Published) -> Block:
    """Show what the published reports say against each other, and how each case was found."""
    published = require_published(report)
    found = published.contradictions
    if not found:
        return paragraphs(
            f"Inget i det som har publicerats för {published.year} säger emot något annat, "
            "så långt det går att kontrollera."
        )
    sources = dict.fromkeys(one.source for one in found if one.source)
    layout = Layout(
        caption=f"Motsägelser i det som har publicerats för {published.year}",
        columns=[
            Column("Uppgift", number=False),
            Column("Publicerat", number=False),
            Column("Vad som inte går ihop", number=False),
        ],
        rows=[_row(one) for one in found],
        source=join_words(list(sources)),
        css=LISTING,
    )
    return stack(paragraphs(_told(len(found))), data_table(layout))


def _told(number: int) -> str:
    places = count_phrase(number, "ställe", "ställen", neuter=True)
    which = "Det" if number == 1 else f"De {number_word(number)}"
    return (
        f"På {places} går det som har publicerats inte ihop. {which} står kvar som det publicerades; "
        "den här rapportens egna siffror räknas från underlaget."
    )


def _row(found: Contradiction) -> list[Cell]:
    return [found.what, start_sentence(_written(found.told)), _explained(found)]


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else write_amount(value)


def _explained(found: Contradiction) -> str:
    """Say in a sentence why the two cannot both be so."""
    other = _written(found.other)
    if found.kind == "definition":
        return (
            f"Tidigare räknades {other} och sedan {_written(found.told)}. "
            "Talen mäter olika saker och går inte att jämföra."
        )
    if found.kind == "baseline":
        return f"Utgångsläget ska vara resultatet från rapporten för {found.year - 1}, som var {other}."
    if found.kind == "names":
        return f"De som nämns vid namn är {other}."
    if isinstance(found.other, str):
        return other
    if found.kind == "sum":
        return f"Summan av {found.counted_from} är {format_number(found.other)}."
    counted = format_percent(found.other, decimals=1) if found.share else format_number(found.other)
    if found.kind == "share":
        return f"{start_sentence(found.counted_from)} är {counted}."
    return (
        f"{start_sentence(found.counted_from)} är {counted}. Det stämmer bara om talet är avrundat, "
        "men rapporten säger inte hur den avrundar."
    )
