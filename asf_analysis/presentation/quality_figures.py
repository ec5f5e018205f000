"""The chart of what is missing in the survey's answers, with its finding as title."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.disclosure.quality import DataQuality, require_quality
from asf_analysis.intake.schemas import SURVEY_MEASURES
from asf_analysis.kpis.response_rate import RoundAnswers
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.chart import Chart, draw_both, figure_block
from asf_analysis.presentation.gaps import GapRow, draw_gaps, draw_narrow_gaps
from asf_analysis.presentation.survey_words import name_question, tell_round, write_round
from asf_analysis.presentation.tables.layout import Column, Layout
from asf_analysis.presentation.values import MISSING_SIGN
from asf_analysis.swedish.writing import (
    count_phrase,
    format_number,
    join_words,
    number_word,
    start_sentence,
    within_sentence,
)

NO_ANSWER = "Inget svar alls"
MOST_NAMED = 2


def missing_answers(report: DataQuality) -> Block:
    """Draw what each round lacks: enterprises without an answer, and blank questions in those that came."""
    quality = require_quality(report)
    rounds = quality.rounds
    if not any(asked.rows for asked in rounds):
        return paragraphs("Inget diagram visas, eftersom inga svar på enkäten har gått att läsa.")
    rows = _rows(quality)
    title = _finding(quality)
    columns = [(write_round(asked), _answers_read(asked)) for asked in rounds]
    drawn = draw_both(lambda: draw_gaps(rows, columns), lambda: draw_narrow_gaps(rows, columns))
    return figure_block(
        Chart(
            title=title,
            subtitle=(
                "Överst företag som inte har svarat, därunder svar där frågan är tom för kvinnor eller män. "
                "Ju mörkare, desto större andel."
            ),
            alt=f"Rutnät med en rad för varje fråga och en kolumn för varje omgång. {title}. "
            + " ".join(_told_round(quality, asked) for asked in rounds),
            drawn=drawn,
            data=_data(rows, rounds),
        )
    )


def _rows(quality: DataQuality) -> list[GapRow]:
    silent = [
        None if asked.answered is None or asked.asked is None else (asked.asked - asked.answered, asked.asked)
        for asked in quality.rounds
    ]
    questions = [
        GapRow(
            name_question(measure, quality.association),
            tuple(
                (asked.blanks[measure], asked.rows) if asked.rows and measure in asked.blanks else None
                for asked in quality.rounds
            ),
        )
        for measure in SURVEY_MEASURES
    ]
    return [GapRow(NO_ANSWER, tuple(silent)), *questions]


def _answers_read(asked: RoundAnswers) -> str:
    return "ej läst" if asked.rows is None else f"{format_number(asked.rows)} svar"


def _data(rows: Sequence[GapRow], rounds: Sequence[RoundAnswers]) -> Layout:
    return Layout(
        caption="Uppgifter som saknas i enkäten",
        columns=[Column("Fråga", number=False), *(Column(write_round(asked)) for asked in rounds)],
        rows=[
            [
                row.name,
                *(MISSING_SIGN if count is None else format_number(count[0]) for count in row.counts),
            ]
            for row in rows
        ],
        notes=[f"{MISSING_SIGN} betyder att omgången inte är läst."]
        if any(None in row.counts for row in rows)
        else [],
        source="Enkät och företagsregister",
    )


def _finding(quality: DataQuality) -> str:
    """Tell what is most often missing in the last round that was read, without a full stop."""
    last = next(asked for asked in reversed(quality.rounds) if asked.rows)
    most = max(last.blanks.values(), default=0)
    when = tell_round(last)
    if most:
        return f"{_most_blank(quality, last, most)} {when}"
    everyone = f"Alla frågor är besvarade i de svar som kom in {when}"
    silent = len(last.silent)
    if not silent:
        return everyone
    who = count_phrase(silent, "företag", "företag", neuter=True)
    return f"{everyone}, men {who} har inte svarat"


def _most_blank(quality: DataQuality, last: RoundAnswers, most: int) -> str:
    names = [
        within_sentence(name_question(measure, quality.association))
        for measure, blank in last.blanks.items()
        if blank == most
    ]
    of_all = f"{format_number(most)} av {format_number(last.rows or 0)} svar"
    if len(names) > MOST_NAMED:
        return f"{start_sentence(number_word(len(names)))} frågor är tomma oftast: i {of_all} vardera"
    quoted = join_words([f"”{name}”" for name in names])
    return (
        f"Frågan {quoted} är tom oftast: i {of_all}"
        if len(names) == 1
        else (f"Frågorna {quoted} är tomma oftast: i {of_all} vardera")
    )


def _told_round(quality: DataQuality, asked: RoundAnswers) -> str:
    """Tell a round's gaps for one who does not see them; questions that nobody left blank are not named."""
    if asked.rows is None:
        return f"{write_round(asked)}: inga svar lästa."
    silent = "" if asked.answered is None else _told_silent(len(asked.silent))
    blanks = [
        f"{within_sentence(name_question(measure, quality.association))} {format_number(blank)}"
        for measure, blank in asked.blanks.items()
        if blank
    ]
    blank = f"tomt i {', '.join(blanks)}" if blanks else "ingen fråga är tom"
    return f"{write_round(asked)}: {'; '.join(filter(None, [silent, blank]))}."


def _told_silent(number: int) -> str:
    """Tell how many enterprises have not answered.

    >>> _told_silent(0), _told_silent(1)
    ('alla företag har svarat', 'ett företag har inte svarat')
    """
    return (
        f"{number_word(number, neuter=True)} företag har inte svarat" if number else "alla företag har svarat"
    )
