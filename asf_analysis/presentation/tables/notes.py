"""What stands below figures: what they rest on, what is withheld and why, and the signs for it."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.association import Rules
from asf_analysis.disclosure.published import MISSING, WITHHELD
from asf_analysis.kpis.breakdowns import TableHead
from asf_analysis.kpis.outcomes import Outcome
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.grids import Grid, is_row_of_few
from asf_analysis.presentation.shares import out_of
from asf_analysis.presentation.values import (
    MISSING_SIGN,
    NOTHING_SIGN,
    WITHHELD_SIGN,
    decimals_of,
    write_result,
)
from asf_analysis.swedish.writing import count_phrase, format_number, join_words, number_word

PROTECTED = "för att skydda enskilda personer"
"""Why a figure about people is not told."""

ONLY_TOTALS = "Mer än hälften av tabellens tal skulle ha dolts. Därför visas bara summorna."
"""What is said below a table that is told more coarsely."""


def told_answers(result: Result, what: str = "Uppgiften") -> str:
    """Tell how many enterprises stand behind a survey figure, and what became of the others; else nothing.

    `what` is said to rest on their answers, a figure or several.

    >>> told_answers(Result(199, answered=27, asked=28, carried=1))
    'Uppgiften bygger på svar från 27 av 28 företag. För ett företag används svaret från förra omgången.'
    """
    if result.answered is None or result.asked is None:
        return ""
    if not result.asked:
        return "Det fanns inget företag att fråga."
    sentences = [_answering(result.answered, result.asked, what)]
    if result.carried:
        who = count_phrase(result.carried, "företag", "företag", neuter=True)
        sentences.append(f"För {who} används svaret från förra omgången.")
    silent = result.asked - result.answered - result.carried
    if 0 < silent < result.asked:
        who = count_phrase(silent, "företag", "företag", neuter=True)
        sentences.append(f"Svar saknas från {who}, som inte räknas med.")
    return " ".join(sentences)


def _answering(answered: int, asked: int, what: str) -> str:
    """Tell that none, some, both or all of the enterprises answered."""
    if not answered:
        nobody = f"Inget av de {number_word(asked)} företagen har svarat."
        return "Företaget har inte svarat." if asked == 1 else nobody
    if asked == 1:
        who = "det enda företaget"
    elif answered < asked:
        who = f"{out_of(answered, asked)} företag"
    else:
        who = "båda företagen" if asked == 2 else f"alla {number_word(asked)} företag"
    return f"{what} bygger på svar från {who}."


def told_without_carried(outcome: Outcome) -> str:
    """Tell what a result would be without the answers carried forward; nothing where none were, or it is not
    shown.
    """
    result, alone = outcome.result, outcome.result.answered_only
    if result.value is None or alone is None or alone.value is None:
        return ""
    answers = "svaret" if result.carried == 1 else "svaren"
    written = write_result(alone, decimals=decimals_of(outcome), share_base=outcome.share_base)
    return f"Utan {answers} från förra omgången vore resultatet {written}."


def brief_answers(figure: Result | TableHead) -> str:
    """Tell in brief how many enterprises stand behind a survey figure or table; nothing for another.

    >>> brief_answers(Result(199, answered=25, asked=28, carried=1))
    '25 av 28 företag svarade; 1 svar från förra omgången; 2 utan fullständigt svar'
    """
    if figure.answered is None or not figure.asked:
        return ""
    lacking = figure.asked - figure.answered - figure.carried
    parts = [
        f"{format_number(figure.answered)} av {format_number(figure.asked)} företag svarade",
        f"{format_number(figure.carried)} svar från förra omgången" if figure.carried else "",
        f"{format_number(lacking)} utan fullständigt svar" if lacking else "",
    ]
    return "; ".join(filter(None, parts))


def told_fewest_answers(result: Result) -> str:
    """Tell the answers of the survey round with the smallest share, which a milestone rests on; else nothing.

    >>> told_fewest_answers(Result(None, answered=27, asked=28))
    'I enkätomgången med lägst svarsandel svarade 27 av 28 företag fullständigt.'
    """
    if result.answered is None or not result.asked:
        return ""
    if not result.answered:
        return "I minst en enkätomgång kom inget fullständigt svar."
    if result.answered == result.asked:
        return "I varje enkätomgång svarade alla företag fullständigt."
    told = out_of(result.answered, result.asked)
    return f"I enkätomgången med lägst svarsandel svarade {told} företag fullständigt."


def sources_of(outcomes: Sequence[Outcome]) -> str:
    """Name every source that some KPIs rest on, once."""
    named = [part for outcome in outcomes for part in outcome.kpi.source.split("; ")]
    return join_words(list(dict.fromkeys(named)))


def notes_of_signs(grid: Grid, rules: Rules) -> list[str]:
    """Explain the signs for withheld and missing figures that a table holds."""
    notes = []
    if grid.holds(WITHHELD):
        notes.append(f"{WITHHELD_SIGN} betyder att uppgiften inte redovisas. {why_withheld(rules)}".strip())
    if grid.holds(MISSING):
        notes.append(f"{MISSING_SIGN} betyder att uppgift saknas.")
    return notes


def notes_of_shares(grid: Grid) -> list[str]:
    """Explain the sign for women's share in the rows that count too few people to be told in percent."""
    return [note_of_few(grid.share_base)] if any(is_row_of_few(grid, row) for row in grid.rows) else []


def note_of_few(share_base: int) -> str:
    """Explain the sign for a share that is not told in percent."""
    return (
        f"{NOTHING_SIGN} i en kolumn med andelar betyder att raden räknar färre än "
        f"{number_word(share_base)}. Då redovisas antal, inte procent."
    )


def why_withheld(rules: Rules) -> str:
    """Tell which figures about people are withheld, and why; nothing where none ever are."""
    groups = []
    if rules.threshold > 1:
        groups.append("en person" if rules.threshold == 2 else f"1–{rules.threshold - 1} personer")
    if rules.min_enterprises > 1:
        groups.append(f"färre än {number_word(rules.min_enterprises)} företag bakom uppgiften")
    if rules.largest_percent < 100:
        groups.append(f"mer än {rules.largest_percent} procent av personerna i ett och samma företag")
    if not groups:
        return ""
    return (
        f"Grupper med {join_words(groups, 'eller')} skyddas, liksom de tal som de annars "
        "skulle kunna räknas fram ur."
    )
