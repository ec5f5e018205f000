"""The quality of a year's data in words: can it be used, what came in, what must be mended, who answered."""

from __future__ import annotations

from collections.abc import Iterable

from asf_analysis.association import Rules
from asf_analysis.disclosure.quality import DataQuality, require_quality
from asf_analysis.intake.answers import LARGE_CHANGE_COUNT, LARGE_CHANGE_SHARE
from asf_analysis.kpis.quality import contradictions, gather_faults, rules_used
from asf_analysis.kpis.response_rate import RoundAnswers
from asf_analysis.presentation.block import Block, paragraphs
from asf_analysis.presentation.shares import in_percent, numeral, out_of, part_in_percent
from asf_analysis.presentation.source_words import name_table
from asf_analysis.presentation.survey_words import tell_round
from asf_analysis.presentation.values import SEVERITY_FORMS
from asf_analysis.swedish.writing import (
    count_phrase,
    format_number,
    join_words,
    number_word,
    start_sentence,
    within_sentence,
)


def usable(report: DataQuality) -> Block:
    """Tell whether the year's report can be made of the data, and what speaks against it."""
    quality = require_quality(report)
    faults, warnings = (len(quality.of_severity(severity)) for severity in ("fel", "varning"))
    if faults:
        told = count_phrase(faults, "fel", "fel", neuter=True)
        verdict = f"Underlaget för {quality.year} kan inte användas än: {told} hindrar årsrapporten."
    else:
        verdict = f"Underlaget för {quality.year} kan användas: inget fel hindrar årsrapporten."
    if not warnings:
        return paragraphs(f"{verdict} Kontrollerna gav inga varningar.")
    told = count_phrase(warnings, "varning", "varningar")
    which = "den hindrar" if warnings == 1 else "de hindrar"
    beside = "Dessutom" if faults else "Däremot"
    return paragraphs(f"{verdict} {beside} bör {told} kontrolleras, men {which} inte rapporten.")


def intake(report: DataQuality) -> Block:
    """Tell how much was read, what became of it, whether the sums agree, and what is missing."""
    quality = require_quality(report)
    account = quality.intake
    raw, clean, aside = (int(account[name].sum()) for name in ("raw_rows", "clean_rows", "set_aside"))
    files = count_phrase(account["file"].nunique(), "fil", "filer")
    years = join_words([str(year) for year in quality.years])
    rows = count_phrase(raw, "rad", "rader")
    read = f"För {years} lästes {files} med {rows} in." if len(account) else ""
    before = "Året före läses också, för utgångslägenas skull." if read and len(quality.years) > 1 else ""
    if raw and aside:
        used = f"Av raderna används {numeral(clean, raw)}, och {numeral(aside, raw)} har lagts åt sidan."
    else:
        used = "Alla rader används." if raw else ""
    return paragraphs(" ".join(filter(None, [read, before, used, _agreement(quality)])), _missing(quality))


def _agreement(quality: DataQuality) -> str:
    """Tell whether the rows of every sheet are those used and those set aside; nothing where all are used."""
    account = quality.intake
    if account.empty:
        return ""
    wrong = account[account["raw_rows"] != account["clean_rows"] + account["set_aside"]]
    if wrong.empty and not account["set_aside"].any():
        return ""
    if wrong.empty:
        return "I varje fil är de använda och de åsidolagda raderna tillsammans lika många som de inlästa."
    files = join_words(list(dict.fromkeys(wrong["file"])))
    return f"Räkningen går inte ihop för {files}: det är ett fel i programmet, som bör anmälas."


def _missing(quality: DataQuality) -> str:
    if quality.association is None:
        return (
            "Filen association.toml går inte att läsa, och därför har inget annat underlag kunnat läsas. "
            "Rätta den först."
        )
    missing = _names_of(quality.incomplete)
    if not missing:
        return ""
    return (
        f"Underlag saknas, helt eller delvis: {missing}. Minst en fil finns inte eller går inte "
        "att läsa, och de kontroller som behöver den har inte gjorts."
    )


def _names_of(tables: Iterable[str]) -> str:
    return join_words([within_sentence(name_table(table)) for table in sorted(tables)])


def faults(report: DataQuality) -> Block:
    """Tell how much is to be mended, and in how many files."""
    quality = require_quality(report)
    if not quality.faults:
        return paragraphs()
    counts = [
        count_phrase(found, *SEVERITY_FORMS[severity], neuter=severity == "fel")
        for severity in SEVERITY_FORMS
        if (found := len(quality.of_severity(severity)))
    ]
    files = count_phrase(len({fault.file for fault in quality.faults}), "fil", "filer")
    told = f"Kontrollerna gav {join_words(counts)}, i {files}."
    gathered = len(gather_faults(quality.faults)) < len(quality.faults)
    once = "Det som är likadant på flera rader i en kolumn står en gång, med alla rader." if gathered else ""
    return paragraphs(" ".join(filter(None, [told, once])))


def answers(report: DataQuality) -> Block:
    """Tell how many of the active enterprises answered each of the year's rounds, and how many must."""
    quality = require_quality(report)
    rounds = [one for one in quality.rounds if one.year == quality.year]
    if not rounds or quality.association is None:
        return paragraphs(f"Svaren på enkäten {quality.year} har inte gått att läsa.")
    told = [_answered(one, quality.association.rules) for one in rounds]
    needed = (
        "För att kvinnor och män ska kunna följas upp behöver minst "
        f"{quality.association.rules.response_percent} procent svara i varje omgång."
    )
    return paragraphs(" ".join([*told, needed]))


def _answered(asked: RoundAnswers, rules: Rules) -> str:
    when = tell_round(asked)
    if asked.rows is None:
        return f"För {when} har inga svar lästs."
    if asked.answered is None or asked.asked is None:
        answers = count_phrase(asked.rows, "svar", "svar", neuter=True)
        return f"För {when} har {answers} lästs, men inte hur många företag som var aktiva."
    if not asked.asked:
        return f"Inget företag var aktivt i slutet av {when}."
    if asked.answered == asked.asked:
        every = {1: "det enda aktiva företaget", 2: "båda de aktiva företagen"}
        who = every.get(asked.asked, f"alla {number_word(asked.asked)} aktiva företag")
        return f"{start_sentence(when)} svarade {who}."
    who = f"{out_of(asked.answered, asked.asked)} aktiva företag"
    percent = part_in_percent(asked.answered, asked.asked, rules.share_base)
    share = f" ({percent})" if in_percent(asked.asked, rules.share_base) else ""
    return f"{start_sentence(when)} svarade {who}{share}."


def cleaning(report: DataQuality) -> Block:
    """Tell how many cells cleaning changed, doubted and refused, and which rule was most used."""
    quality = require_quality(report)
    uses = rules_used(quality.log)
    if not uses:
        return paragraphs()
    lines = count_phrase(len(quality.log), "rad", "rader")
    rules = count_phrase(len(uses), "regel", "regler")
    doubted = sum(use.count for use in uses if use.severity != "upplysning")
    most = max(uses, key=lambda use: use.count)
    told = (
        f"Städloggen har {lines}, från {rules}. Den vanligaste regeln är ”{most.rule}” "
        f"({format_number(most.count)})."
    )
    those = "tveksam eller oläslig" if doubted == 1 else "tveksamma eller oläsliga"
    doubtful = f"Av cellerna var {number_word(doubted)} {those}."
    return paragraphs(f"{told} {doubtful if doubted else 'Ingen cell var tveksam eller oläslig.'}")


def contradicting(report: DataQuality) -> Block:
    """Tell what is compared with what, and where most contradicts."""
    quality = require_quality(report)
    compared = "Delar jämförs med summor, enkäten med registret, omgångarna med varandra och datum med datum."
    found = {
        subject: sum(group.count for group in groups)
        for subject, groups in contradictions(quality.faults).items()
    }
    counts = [f"{within_sentence(subject)} {format_number(count)}" for subject, count in found.items()]
    told = f"Antal motsägelser: {', '.join(counts)}." if counts else ""
    missing = _names_of(quality.incomplete)
    unable = f"Det som behöver underlag som saknas har inte jämförts: {missing}." if missing else ""
    return paragraphs(" ".join(filter(None, [compared, told, unable])))


def large_changes(report: DataQuality) -> Block:
    """Tell from when on a count is far from the round before, and how many there are."""
    quality = require_quality(report)
    limit = (
        "Ett antal står här när det skiljer sig från omgången före med "
        f"minst {number_word(LARGE_CHANGE_COUNT)} personer och "
        f"minst {round(LARGE_CHANGE_SHARE * 100)} procent. Det kan vara rätt, men fråga företaget."
    )
    changes = len(quality.large_changes)
    return paragraphs(
        limit if not changes else f"{limit} Det gäller {count_phrase(changes, 'uppgift', 'uppgifter')}."
    )
