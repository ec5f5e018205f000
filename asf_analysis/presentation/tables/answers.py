"""Who answered the survey and who did not, and which answers are far from the round before."""

from __future__ import annotations

from asf_analysis.disclosure.quality import DataQuality, require_quality
from asf_analysis.kpis.response_rate import RoundAnswers, Silent
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.shares import SHARE_BASE
from asf_analysis.presentation.survey_words import name_question, tell_round, write_round
from asf_analysis.presentation.tables.layout import COMPACT, Column, Layout, data_table
from asf_analysis.presentation.tables.notes import note_of_few
from asf_analysis.presentation.values import MISSING_SIGN, NOTHING_SIGN, name_value, shown_percent
from asf_analysis.swedish.writing import format_number, join_words, start_sentence

SOURCE = "Enkät och företagsregister"
_NOT_READ = f"{MISSING_SIGN} betyder att uppgift saknas: underlaget är inte läst."
_UNMATCHED = (
    "Ett okopplat svar har inget organisationsnummer som hör till ett aktivt företag. Kan det komma från ett "
    "företag som ser ut att inte ha svarat? Rätta numret innan du ringer."
)


def answers(report: DataQuality) -> Block:
    """Show how many of the active enterprises answered each round."""
    quality = require_quality(report)
    if not quality.rounds:
        return paragraphs("Ingen enkätomgång har gått att läsa.")
    base = quality.association.rules.share_base if quality.association else SHARE_BASE
    rows = [_round_row(asked, base) for asked in quality.rounds]
    notes = (
        (any(0 < (asked.asked or 0) < base for asked in quality.rounds), note_of_few(base)),
        (any(MISSING_SIGN in row for row in rows), _NOT_READ),
        (any(asked.unmatched for asked in quality.rounds), _UNMATCHED),
    )
    return data_table(
        Layout(
            caption="Svar på enkäten, omgång för omgång",
            columns=[
                Column("Omgång", number=False),
                Column("Aktiva", group="Företag"),
                Column("Svarat", group="Företag"),
                Column("Inte svarat", group="Företag"),
                Column("Svarsandel (%)"),
                Column("Okopplade svar"),
            ],
            rows=rows,
            notes=[note for holds, note in notes if holds],
            source=SOURCE,
            css=COMPACT,
        )
    )


def _round_row(asked: RoundAnswers, share_base: int) -> list[str]:
    share = shown_percent(asked.share, share_base=share_base)
    silent = None if asked.answered is None or asked.asked is None else asked.asked - asked.answered
    return [
        write_round(asked),
        _count(asked.asked),
        _count(asked.answered),
        _count(silent),
        (MISSING_SIGN if asked.answered is None else NOTHING_SIGN) if share is None else format_number(share),
        _count(asked.unmatched),
    ]


def _count(number: int | None) -> str:
    return MISSING_SIGN if number is None else format_number(number)


def silent_enterprises(report: DataQuality) -> Block:
    """Name the enterprises to ring: those active in a round of the year that have not answered it."""
    quality = require_quality(report)
    asked = [one for one in quality.rounds if one.year == quality.year and one.answered is not None]
    if not asked:
        return paragraphs(f"Ingen enkätomgång under {quality.year} har gått att läsa.")
    rounds: dict[Silent, list[str]] = {}
    for one in asked:
        for enterprise in one.silent:
            rounds.setdefault(enterprise, []).append(tell_round(one))
    if not rounds:
        told = join_words([tell_round(one) for one in asked])
        return paragraphs(f"Alla aktiva företag har svarat {told}. Inget företag behöver ringas.")
    return data_table(
        Layout(
            caption=f"Aktiva företag som inte har svarat {quality.year}",
            columns=[
                Column("Företag", number=False),
                Column("Kommun", number=False),
                Column("Har inte svarat", number=False),
            ],
            rows=[
                [who.name or MISSING_SIGN, who.municipality or MISSING_SIGN, start_sentence(join_words(told))]
                for who, told in sorted(rounds.items(), key=lambda pair: (pair[0].municipality, pair[0].name))
            ],
            source=SOURCE,
        )
    )


def large_changes(report: DataQuality) -> Block:
    """Show the counts far from the same enterprise's in the round before, the newest round first."""
    quality = require_quality(report)
    if not quality.large_changes:
        return paragraphs("Inget antal skiljer sig så mycket från omgången före.")
    return data_table(
        Layout(
            caption="Antal som skiljer sig mycket från omgången före",
            columns=[
                Column("Företag", number=False),
                Column("Kommun", number=False),
                Column("Omgång", number=False),
                Column("Fråga", number=False),
                Column("Före"),
                Column("Nu"),
            ],
            rows=[
                [
                    change.name or MISSING_SIGN,
                    change.municipality or MISSING_SIGN,
                    write_round(change),
                    f"{name_question(change.measure, quality.association)}, "
                    f"{name_value('sex', change.sex).lower()}",
                    format_number(change.before),
                    format_number(change.now),
                ]
                for change in quality.large_changes
            ],
            source="Enkät",
            css=COMPACT,
        )
    )
