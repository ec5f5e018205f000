"""How the figures came about: when, of whom, how judged, how exact, of what, and what is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from asf_analysis.association import Rules
from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.kpis.pace import EVEN_WITHIN
from asf_analysis.presentation.block import Block, bullet_list, paragraphs
from asf_analysis.presentation.findings import in_short, listed
from asf_analysis.presentation.shares import numeral
from asf_analysis.presentation.tables.notes import told_answers, why_withheld
from asf_analysis.presentation.telling import baseline_day
from asf_analysis.presentation.values import write_period
from asf_analysis.swedish.writing import count_phrase, format_date, format_number, join_words, number_word


def measuring(report: Published, keys: Sequence[str] = ()) -> Block:
    """Tell the period, and the days on which stocks and their baselines were counted, of all KPIs or some."""
    published = require_published(report)
    chosen = published.chosen(keys)
    stocks = [outcome for outcome in chosen if outcome.kpi.kind == "stock"]
    started = {baseline_day(outcome) for outcome in stocks if outcome.baseline.amount is not None}
    days = join_words([f"den {format_date(day)}" for day in sorted(started)])
    counted = _counted(published)
    flows = (
        " Flöden, till exempel insatser och utbildningar, räknas under hela perioden."
        if not keys or any(outcome.kpi.kind == "flow" for outcome in chosen)
        else ""
    )
    items = [
        ("Period.", f"Rapporten gäller {write_period(published.period)}.{flows}"),
        ("Mätdag.", counted if stocks else ""),
        ("Utgångslägen.", f"De gäller {days}." if days else ""),
    ]
    return bullet_list("", [(head, text) for head, text in items if text])


def _counted(report: Published) -> str:
    """Tell on which days stocks are counted: all on the period's last, or the survey's on their own."""
    others = {outcome.day for outcome in report.outcomes if outcome.kpi.kind == "stock"} - {report.period.end}
    last = format_date(report.period.end)
    if not others:
        return f"Lägen, till exempel antalet företag och deltagare, räknas den {last}."
    surveyed = join_words([f"den {format_date(day)}" for day in sorted(others)])
    return (
        f"Lägen i register, till exempel antalet företag, räknas den {last}. Lägen i enkäten, till exempel "
        f"antalet deltagare, är de från {surveyed}, som var den senaste omgången."
    )


def coverage(report: Published) -> Block:
    """Tell that everything is counted, and how many enterprises stand behind the survey's figures."""
    published = require_published(report)
    return paragraphs(
        "Statistiken är en totalundersökning: alla aktiva företag tillfrågas, och varje insats och "
        "utbildning som har registrerats räknas. Inget urval har dragits. Därför finns inga felmarginaler, "
        "och inga skillnader prövas med signifikanstest.",
        _survey(published),
    )


def _survey(report: Published) -> str:
    surveyed = [outcome.result for outcome in report.outcomes if outcome.kpi.kind == "stock"]
    told = next((text for result in surveyed if (text := told_answers(result, "Uppgifter från enkäten"))), "")
    return f"{told} Ett uteblivet svar räknas aldrig som noll." if told else ""


def judging(report: Published) -> Block:
    """Tell from which limits a goal is reached, near or missed, and when it is not judged."""
    published = require_published(report)
    near, response = (
        published.association.rules.near_target_percent,
        published.association.rules.response_percent,
    )
    some_near = near < 100
    followed_up = any(outcome.kpi.key == "gender_follow_up" for outcome in published.outcomes)
    items = [
        ("Uppnått.", "Resultatet är minst lika stort som målet."),
        ("Nära målet.", f"Resultatet är mindre än målet, men minst {near} procent av det."),
        ("Ej uppnått.", f"Resultatet är mindre än {f'{near} procent av ' if some_near else ''}målet."),
        (
            "Kan ej bedömas.",
            "Resultatet är inte känt eller redovisas inte, är så ungefärligt att det kan ligga på båda sidor "
            "om en gräns, eller skulle bedömas annorlunda utan svaren från förra enkätomgången.",
        ),
        (
            "Uppföljning av jämställdheten.",
            f"Den är uppnådd när minst {response} procent av de aktiva företagen har svarat fullständigt "
            "i båda enkätomgångarna: om kvinnor och män, och om vem som har placerat deltagarna.",
        ),
    ]
    if not published.period.whole_year:
        items.append(
            (
                "Takt.",
                "Målen gäller hela året, och ett mål som inte är nått bedöms först när året är slut. "
                "Till dess visas andelen av målet bredvid andelen av årets dagar. Skiljer de sig åt "
                f"med högst {format_number(EVEN_WITHIN * 100)} procentenheter är det i takt.",
            )
        )
    left_out = {
        *([] if some_near else ["Nära målet."]),
        *([] if followed_up else ["Uppföljning av jämställdheten."]),
    }
    return bullet_list("", [(head, text) for head, text in items if head not in left_out])


def tolerance(report: Published, keys: Sequence[str] = ()) -> Block:
    """Tell what *ca* means, how figures are rounded, and which results, of all or some, are approximate."""
    published = require_published(report)
    approximate = [outcome for outcome in published.chosen(keys) if outcome.result.approximate]
    if not approximate:
        these = "I den här rapporten är inget resultat ungefärligt."
    else:
        names = listed([in_short(outcome) for outcome in approximate])
        count = count_phrase(len(approximate), "resultat", "resultat", neuter=True)
        kind = "ungefärligt" if len(approximate) == 1 else "ungefärliga"
        these = f"I den här rapporten är {count} {kind}: {names}."
    rules = published.association.rules
    return paragraphs(
        f"{_approximate(rules)} {these}",
        " ".join(filter(None, [_ROUNDING, _small_bases(rules)])),
        _UNCHANGED,
    )


_ROUNDING = "Andelar räknas på de exakta antalen och avrundas sedan till hela procent, halvor uppåt."
_UNCHANGED = (
    "Ett resultat kallas oförändrat när skillnaden mot utgångsläget ryms inom det som ungefärliga uppgifter, "
    "eller svar från en tidigare enkätomgång, kan förklara."
)


def _small_bases(rules: Rules) -> str:
    """Tell below which whole a share is told in counts; nothing where every share is told in percent."""
    if rules.share_base == 1:
        return ""
    return (
        f"En andel av färre än {number_word(rules.share_base)} personer eller företag redovisas med antal i "
        "stället för procent, eftersom en enda person eller ett enda företag då gör stor skillnad."
    )


def _approximate(rules: Rules) -> str:
    return (
        "Ett värde med ca är ungefärligt. Det antas avvika högst "
        f"{rules.approximate_percent} procent från det rätta, åt vardera hållet, om inget annat är angivet."
    )


def versions(report: Published) -> Block:
    """Tell with which version of the program the report was made, and of how many rows of data.

    The internal audience is told how many doubts there were about them, too.
    """
    sources = require_published(report).sources
    raw, clean, aside = sources.raw_rows, sources.clean_rows, sources.set_aside
    if aside:
        used = f", varav {numeral(clean, raw)} används och {numeral(aside, raw)} har lagts åt sidan"
    else:
        used = ", och alla används" if raw > 1 else ""
    return paragraphs(
        f"Rapporten är gjord med asf-analysis, version {version('asf-analysis')}. "
        f"Underlaget är {count_phrase(raw, 'rad', 'rader') if raw else 'tomt'}{used}. "
        f"{_doubts(sources.warnings)}".strip()
    )


def _doubts(warnings: int | None) -> str:
    if warnings is None:
        return ""
    return f"Kontrollerna av det gav {count_phrase(warnings, 'varning', 'varningar')}."


def disclosure(report: Published, keys: Sequence[str] = (), tables: Sequence[str] = ()) -> Block:
    """Tell what is withheld to protect people, or that the edition is internal and withholds nothing.

    `keys` and `tables` name the KPIs and breakdowns that a report shows, where it does not show all.
    """
    published = require_published(report)
    if published.audience == "internal":
        return paragraphs(
            "Det här är en intern utgåva: inga uppgifter är borttagna för att skydda enskilda, "
            "och den får inte spridas."
        )
    withheld = sum(published.table(key).withheld for key in tables or published.tables)
    withheld += sum(outcome.result.withheld for outcome in published.chosen(keys))
    how_many = (
        f"I statistiken bakom rapporten gäller det {count_phrase(withheld, 'uppgift', 'uppgifter')}, "
        "som här visas med två punkter (..)."
        if withheld
        else "I den här rapporten har ingen uppgift behövt tas bort."
    )
    coarser = (
        "Där mer än hälften av talen i en tabell annars skulle ha dolts visas bara summorna."
        if any(table.only_totals for table in published.tables.values())
        else ""
    )
    zeros = "Noll visas som noll, utom där det skulle röja ett skyddat tal."
    return paragraphs(
        " ".join(filter(None, [why_withheld(published.association.rules), how_many, coarser, zeros]))
    )
