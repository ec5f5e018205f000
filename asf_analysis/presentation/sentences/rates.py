"""What enterprises, employees and participants are in proportion to how many people live there."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.published import WITHHELD, Published, require_published
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.rates import PER_INHABITANTS, RATED, Rates, population_note
from asf_analysis.presentation.tables.notes import PROTECTED
from asf_analysis.swedish.writing import join_words, start_sentence


def rates(report: Published) -> Block:
    """Tell how many there are per 10 000 inhabitants in all, and which municipality has most of each."""
    published = require_published(report)
    told = [Rates.of(published, key) for key in RATED]
    if told[0].year is None:
        return paragraphs("Uppgift om folkmängd saknas, och därför kan inget ställas i förhållande till den.")
    known = [f"{one.rows[TOTAL]} {one.noun}" for one in told if one.rows[TOTAL].value is not None]
    in_all = f"I förbundets kommuner fanns det {join_words(known)} {PER_INHABITANTS}." if known else ""
    return paragraphs(
        " ".join(filter(None, [in_all, _most(told)])),
        _not_all_shown(told),
        population_note(published),
    )


def finding(told: Sequence[Rates]) -> str:
    """Tell who has most in proportion to its population, without a full stop; "" where nobody has any.

    All breakdowns told together have the same municipalities at the top.
    """
    if not told or not told[0].highest:
        return ""
    some = "" if all(one.all_shown for one in told) else "av de kommuner som redovisas hade "
    nouns = join_words([f"flest {one.noun}" for one in told])
    names = join_words(told[0].highest)
    first = f"{start_sentence(some)}{names}" if some else f"{names} hade"
    return f"{first} {nouns} i förhållande till folkmängden"


def _most(told: Sequence[Rates]) -> str:
    """Tell who has most of what, and how much; breakdowns with the same ones at the top in one sentence."""
    together: dict[tuple[tuple[str, ...], bool], list[Rates]] = {}
    for one in told:
        if one.highest:
            together.setdefault((one.highest, one.all_shown), []).append(one)
    return " ".join(
        f"{finding(same)}: {_values(same)} {PER_INHABITANTS}{' vardera' if len(names) > 1 else ''}."
        for (names, _), same in together.items()
    )


def _values(told: Sequence[Rates]) -> str:
    """*21,1 anställda och 20,0 deltagare*."""
    return join_words([f"{one.rows[one.highest[0]]} {one.noun}" for one in told])


def _not_all_shown(told: Sequence[Rates]) -> str:
    """Name the municipalities that are not told in full, and why."""
    hidden: dict[tuple[str, ...], list[str]] = {}
    for one in told:
        names = tuple(name for name, rate in one.municipalities.items() if rate.status == WITHHELD)
        if names:
            hidden.setdefault(names, []).append(one.noun)
    sentences = [
        f"{start_sentence(join_words(nouns))} redovisas inte för {join_words(names)}"
        for names, nouns in hidden.items()
    ]
    return " ".join(f"{sentence}, {PROTECTED}." for sentence in sentences)
