"""What came in and what cleaning did, at a glance and file by file."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from asf_analysis.disclosure.quality import DataQuality, require_quality
from asf_analysis.kpis.quality import RuleUse, rules_used
from asf_analysis.presentation.block import Block, Html, element, legible, paragraphs
from asf_analysis.presentation.shares import SHARE_BASE, in_percent
from asf_analysis.presentation.source_words import name_table
from asf_analysis.presentation.survey_words import write_round
from asf_analysis.presentation.tables.cards import card
from asf_analysis.presentation.tables.layout import COMPACT, LISTING, Column, Layout, data_table
from asf_analysis.presentation.values import (
    MISSING_SIGN,
    NOTHING_SIGN,
    TOTAL_WORD,
    StatusMark,
    severity_mark,
    write_result,
)
from asf_analysis.swedish.writing import format_number, start_sentence

GOOD, ODD = ("reached", "▲"), ("near", "■")
LONGEST_TEXT = 60
"""Letters of a cell that an example shows."""


def quality_cards(report: DataQuality) -> Block:
    """Show at a glance how good the data is: faults, warnings, notes, rows, answers and cleaned cells."""
    quality = require_quality(report)
    cards = [make(quality) for make in _CARDS]
    plain = [f"{label}: {value} ({compared}). {mark.word}" for label, value, compared, mark in cards]
    shown: list[Html] = [card(*one) for one in cards]
    return Block(element("ul", *shown, class_="kpi-cards"), legible("\n".join(plain)))


Card = tuple[str, str, str, StatusMark]


def _faults_card(quality: DataQuality) -> Card:
    faults = len(quality.of_severity("fel"))
    mark = StatusMark("missed", "▼", "Ska rättas") if faults else StatusMark(*GOOD, "Inga fel")
    return "Fel", format_number(faults), "Sådant som hindrar årsrapporten", mark


def _warnings_card(quality: DataQuality) -> Card:
    warnings = len(quality.of_severity("varning"))
    mark = StatusMark(*ODD, "Bör kontrolleras") if warnings else StatusMark(*GOOD, "Inga varningar")
    return "Varningar", format_number(warnings), "Hindrar inte årsrapporten", mark


def _notes_card(quality: DataQuality) -> Card:
    notes = len(quality.of_severity("upplysning"))
    mark = StatusMark("unknown", "○", "Värda en titt") if notes else StatusMark(*GOOD, "Inga upplysningar")
    return "Upplysningar", format_number(notes), "Hindrar inte årsrapporten", mark


def _rows_card(quality: DataQuality) -> Card:
    raw, aside = (int(quality.intake[name].sum()) for name in ("raw_rows", "set_aside"))
    if quality.incomplete:
        mark = StatusMark("missed", "▼", "Underlag saknas")
    else:
        mark = StatusMark(*ODD, "Rader åt sidan") if aside else StatusMark(*GOOD, "Alla används")
    return "Inlästa rader", format_number(raw), f"Lagda åt sidan: {format_number(aside)}", mark


def _answers_card(quality: DataQuality) -> Card:
    label = "Svar i senaste omgången"
    last = next((one for one in reversed(quality.rounds) if one.answered is not None), None)
    if last is None:
        return label, MISSING_SIGN, "Ingen omgång går att läsa", StatusMark("unknown", "○", "Uppgift saknas")
    mark = StatusMark(*ODD, "Någon att ringa") if last.silent else StatusMark(*GOOD, "Alla har svarat")
    base = quality.association.rules.share_base if quality.association else SHARE_BASE
    share, when = write_result(last.share, share_base=base), write_round(last).lower()
    counts = f"{last.answered} av {last.asked} · " if in_percent(last.asked or 0, base) else ""
    return label, share, start_sentence(f"{counts}{when}"), mark


def _cleaning_card(quality: DataQuality) -> Card:
    doubted = int((quality.log["severity"] != "upplysning").sum())
    mark = StatusMark(*ODD, "Bör kontrolleras") if doubted else StatusMark(*GOOD, "Inga tveksamma")
    return "Rader i städloggen", format_number(len(quality.log)), f"Tveksamma: {format_number(doubted)}", mark


_CARDS = (_faults_card, _warnings_card, _notes_card, _rows_card, _answers_card, _cleaning_card)


def intake(report: DataQuality) -> Block:
    """Show every file and sheet that was read, with its rows: in the file, used, and set aside."""
    quality = require_quality(report)
    account = quality.intake
    if account.empty:
        return paragraphs("Ingen fil har gått att läsa.")
    counts = ["raw_rows", "clean_rows", "set_aside"]
    rows = [_intake_row(line, counts) for _, line in account.iterrows()]
    total = [TOTAL_WORD, "", "", *(format_number(int(account[name].sum())) for name in counts)]
    return data_table(
        Layout(
            caption="Rader i varje fil: inlästa, använda och lagda åt sidan",
            columns=[
                Column("Fil", number=False),
                Column("Blad", number=False),
                Column("Underlag", number=False),
                Column("I filen", group="Rader"),
                Column("Använda", group="Rader"),
                Column("Åt sidan", group="Rader"),
            ],
            rows=[*rows, total],
            notes=[
                "Tomma rader, rubrikrader och summarader räknas inte. "
                f"{NOTHING_SIGN} betyder att filen inte har några blad."
            ],
            css=COMPACT,
        )
    )


def _intake_row(line: pd.Series, counts: Sequence[str]) -> list[str]:
    sheet = NOTHING_SIGN if pd.isna(line["sheet"]) else line["sheet"]
    return [line["file"], sheet, name_table(line["table"]), *(format_number(line[name]) for name in counts)]


def cleaning(report: DataQuality) -> Block:
    """Show what cleaning did, rule by rule, each with one cell as it was and as it became."""
    uses = rules_used(require_quality(report).log)
    if not uses:
        return paragraphs("Städningen ändrade ingen cell.")
    return data_table(
        Layout(
            caption="Vad städningen gjorde, regel för regel",
            columns=[
                Column("Regel", number=False),
                Column("Antal"),
                Column("Allvar", number=False),
                Column("Stod, till exempel", number=False),
                Column("Blev", number=False),
                Column("Exemplets plats", number=False),
            ],
            rows=[_rule_row(use) for use in uses],
            notes=[f"{NOTHING_SIGN} betyder att regeln gäller en hel rad och inte en cell."]
            if any(not use.before + use.after for use in uses)
            else [],
            css=LISTING,
        )
    )


def _rule_row(use: RuleUse) -> list[str | StatusMark]:
    told = (NOTHING_SIGN, NOTHING_SIGN) if not use.before + use.after else _both(use)
    parts = [
        use.file,
        f"blad {use.sheet}" if use.sheet else "",
        "" if use.row is None else f"rad {use.row}",
        f"kolumn {use.column}" if use.column else "",
    ]
    return [
        use.rule,
        format_number(use.count),
        severity_mark(use.severity),
        *told,
        ", ".join(part for part in parts if part),
    ]


def _both(use: RuleUse) -> tuple[str, str]:
    return _quoted(use.before), _quoted(use.after)


def _quoted(text: str) -> str:
    """Write what stood in a cell so that spaces around it can be seen; a long text is cut."""
    cut = text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
    return f"”{cut}”" if text else "tomt"
