"""How the figures came about, and what is withheld."""

from __future__ import annotations

from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.block import Block, bullet_list, paragraphs
from asf_analysis.presentation.cover import days_of_measurement
from asf_analysis.presentation.tables.notes import told_answers, why_withheld
from asf_analysis.presentation.values import write_period
from asf_analysis.swedish.writing import count_phrase, format_date, join_words, number_word, start_sentence


def method(report: Published) -> Block:
    """Tell how the figures came about: period, days of measurement, answers, limits and rows used."""
    published = require_published(report)
    rules = published.association.rules
    days = join_words([f"den {format_date(day)}" for day in days_of_measurement(published)])
    items = [
        ("Period.", f"Flöden, som insatser och utbildningar, räknas under {write_period(published.period)}."),
        ("Mätdagar.", f"Lägen, som antalet företag och deltagare, räknas {days}." if days else ""),
        ("Svar.", _survey(published)),
        ("Bedömning.", _judging(rules.near_target_percent)),
        (
            "Ungefärliga uppgifter.",
            "Ett värde som någon har angett med ca antas ligga inom "
            f"{rules.approximate_percent} procent från det rätta, åt vardera hållet. "
            "Om resultatet då kan hamna på båda sidor om en gräns bedöms målet inte.",
        ),
        ("Underlag.", _rows_used(published)),
    ]
    return bullet_list("", [(head, text) for head, text in items if text])


def _judging(near: int) -> str:
    return (
        "Ett mål är uppnått när resultatet är minst lika stort som målet, "
        f"och nära när det är minst {near} procent av målet."
    )


def _survey(report: Published) -> str:
    surveyed = [outcome.result for outcome in report.outcomes if outcome.kpi.kind == "stock"]
    told = next((text for result in surveyed if (text := told_answers(result, "Uppgifter från enkäten"))), "")
    return f"{told} Ett uteblivet svar räknas aldrig som noll." if told else ""


def _rows_used(report: Published) -> str:
    sources = report.sources
    read = f"{start_sentence(count_phrase(sources.raw_rows, 'rad', 'rader'))} lästes in"
    doubts = f"Kontrollerna gav {count_phrase(sources.warnings, 'varning', 'varningar')}."
    if sources.set_aside:
        aside = count_phrase(sources.set_aside, "rad", "rader")
        return (
            f"{read}, varav {number_word(sources.clean_rows)} användes och {aside} lades åt sidan. {doubts}"
        )
    used = " och användes" if sources.raw_rows == 1 else ", och alla användes"
    return f"{read}{used if sources.raw_rows else ''}. {doubts}"


def disclosure(report: Published) -> Block:
    """Tell what is withheld to protect people, or that the edition is internal and withholds nothing."""
    published = require_published(report)
    if published.audience == "internal":
        return paragraphs(
            "Det här är en intern utgåva: inga uppgifter är borttagna för att skydda enskilda, "
            "och den får inte spridas."
        )
    withheld = sum(table.withheld for table in published.tables.values())
    how_many = (
        f"I den här rapporten gäller det {count_phrase(withheld, 'uppgift', 'uppgifter')}, "
        "som visas med två punkter (..)."
        if withheld
        else "I den här rapporten har ingen uppgift behövt tas bort."
    )
    zeros = "Noll visas som noll, utom där det skulle röja ett skyddat tal."
    return paragraphs(" ".join(filter(None, [why_withheld(published.association.rules), how_many, zeros])))
