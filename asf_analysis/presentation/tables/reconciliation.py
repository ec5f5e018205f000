"""The tables of reconciliation: what was computed beside what was published, and what has been revised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from asf_analysis.disclosure.published import Part, Published, Revision, require_published
from asf_analysis.kpis.outcomes import Outcome, PublishedFigure, Target
from asf_analysis.kpis.reconciliation import differences
from asf_analysis.kpis.registry import Result
from asf_analysis.presentation.block import Block, paragraphs, stack
from asf_analysis.presentation.kpi_links import kpi_link
from asf_analysis.presentation.source_words import name_table
from asf_analysis.presentation.tables.layout import Cell, Column, Layout, data_table
from asf_analysis.presentation.values import (
    MISSING_SIGN,
    NO,
    NOTHING_SIGN,
    YES,
    status_mark,
    write_amount,
    write_baseline,
    write_outcome,
    write_target,
)
from asf_analysis.swedish.writing import (
    approximately,
    count_phrase,
    format_date,
    join_words,
    number_word,
    start_sentence,
)

AGREES, DIFFERS, NOT_COMPARED = "Stämmer", "Avviker", "Jämförs inte"
NO_REASON = "Inget skäl är angivet."

Compared = Sequence[tuple[Outcome, PublishedFigure]]


def reconciliation(report: Published) -> Block:
    """Show every computed figure beside the one that was published, and what has been revised and why."""
    published = require_published(report)
    since = [data_table(_since_last_edition(published))] if published.revisions else []
    compared = [(outcome, outcome.published) for outcome in published.outcomes if outcome.published]
    if not compared:
        nothing = f"Inga tidigare publicerade uppgifter finns att jämföra med för {published.year}, "
        told = "Sedan en tidigare utgåva av rapporten har uppgifter ändrats." if since else ""
        return stack(paragraphs(told or f"{nothing}och därför har ingen ändrats."), *since)
    revised = [(outcome, figure) for outcome, figure in compared if _differing(outcome)]
    parts = [paragraphs(_told(compared, revised)), data_table(_comparison(published, compared))]
    return stack(*parts, *([data_table(_revisions(published, revised))] if revised else []), *since)


def _told(compared: Compared, revised: Compared) -> str:
    """Say plainly whether anything that was published has been revised."""
    if revised:
        count = count_phrase(len(revised), "nyckeltal", "nyckeltal", neuter=True)
        return f"Publicerade uppgifter har ändrats för {count}."
    if len(compared) == 1:
        return "Ingen publicerad uppgift har ändrats: det enda nyckeltal som finns att jämföra med stämmer."
    every = f"alla {number_word(len(compared))} nyckeltal"
    return f"Ingen publicerad uppgift har ändrats: {every} som har publicerats stämmer."


def _comparison(report: Published, compared: Compared) -> Layout:
    groups = ("Utgångsläge", "Mål", "Resultat")
    parts = [Column(heading, group=group) for group in groups for heading in ("Beräknat", "Publicerat")]
    return Layout(
        caption=f"Beräknade och tidigare publicerade uppgifter {report.year}",
        columns=[Column("Nyckeltal", number=False), *parts, Column("Jämförelse", number=False)],
        rows=[_reconciled(outcome, figure) for outcome, figure in compared],
        notes=[f"{NOTHING_SIGN} betyder att uppgiften inte finns, eller inte har publicerats."],
        source=_sources(compared),
    )


def _sources(compared: Compared) -> str:
    return join_words(list(dict.fromkeys(figure.source for _, figure in compared if figure.source)))


def _reconciled(outcome: Outcome, figure: PublishedFigure) -> list[Cell]:
    if outcome.kpi.kind == "milestone":
        return [
            kpi_link(outcome.kpi),
            *[NOTHING_SIGN] * 4,
            status_mark(outcome).word,
            start_sentence(figure.status) or NOTHING_SIGN,
            agreement(outcome, figure),
        ]
    return [
        kpi_link(outcome.kpi),
        write_baseline(outcome),
        _written(figure.baseline),
        write_target(outcome),
        _written(figure.target),
        write_outcome(outcome),
        _published_result(figure),
        agreement(outcome, figure),
    ]


def _written(value: float | None) -> str:
    return NOTHING_SIGN if value is None else write_amount(value)


def _published_result(figure: PublishedFigure) -> str:
    written = _written(figure.result)
    return approximately(written) if figure.approximate and figure.result is not None else written


def agreement(outcome: Outcome, figure: PublishedFigure) -> str:
    """Tell whether a computed figure agrees with the published one, and in which parts it does not."""
    told = (figure.baseline, figure.target, figure.result)
    if all(value is None for value in told) and not figure.status and not figure.members:
        return NOTHING_SIGN
    differing = _differing(outcome)
    if differing:
        return f"{DIFFERS} ({join_words(differing)})"
    return NOT_COMPARED if outcome.result.withheld or outcome.baseline.withheld else AGREES


def _differing(outcome: Outcome) -> tuple[str, ...]:
    """Name the parts that differ from what was published; a figure that is withheld is not compared."""
    hidden = {"resultat", "ungefärlighet", "namn", "status"} if outcome.result.withheld else set()
    hidden |= {"utgångsläge"} if outcome.baseline.withheld else set()
    return tuple(name for name in differences(outcome) if name not in hidden)


def _revisions(report: Published, revised: Compared) -> Layout:
    return Layout(
        caption=f"Reviderade uppgifter {report.year}",
        columns=[
            Column("Nyckeltal", number=False),
            Column("Uppgift", number=False),
            Column("Tidigare publicerat", number=False),
            Column("Nytt", number=False),
            Column("Skäl", number=False),
        ],
        rows=[row for outcome, figure in revised for row in _revision_rows(outcome, figure)],
        source=_sources(revised),
    )


def _revision_rows(outcome: Outcome, figure: PublishedFigure) -> list[list[str]]:
    """One row for each part that differs: what was published, what stands there now, and why."""
    reason = figure.revision_reason or " ".join(outcome.warnings) or NO_REASON
    both = {
        "utgångsläge": (_written(figure.baseline), write_baseline(outcome)),
        "mål": (_written(figure.target), write_target(outcome)),
        "resultat": (_published_result(figure), write_outcome(outcome)),
        "namn": (join_words(figure.members), join_words(outcome.result.members) or NOTHING_SIGN),
        "status": (start_sentence(figure.status), status_mark(outcome).word),
    }
    differing = dict.fromkeys("resultat" if part == "ungefärlighet" else part for part in _differing(outcome))
    return [[outcome.kpi.label, start_sentence(part), *both[part], reason] for part in differing]


_PARTS: dict[Part, str] = {"baseline": "Utgångsläge", "target": "Mål", "result": "Resultat"}


def _since_last_edition(report: Published) -> Layout:
    """Show what earlier editions of this report told otherwise, the earliest first."""
    return Layout(
        caption=f"Ändrat sedan tidigare utgåvor av rapporten för {report.year}",
        columns=[
            Column("Nyckeltal", number=False),
            Column("Uppgift", number=False),
            Column("Utgåva", number=False),
            Column("Tidigare", number=False),
            Column("Nytt", number=False),
            Column("Skäl", number=False),
        ],
        rows=[_changed_row(report, revision) for revision in report.revisions],
    )


def _changed_row(report: Published, revision: Revision) -> list[str]:
    outcome = report.outcome(revision.kpi)
    return [
        outcome.kpi.label,
        _PARTS[revision.part],
        format_date(revision.edition),
        _told_then(outcome, revision.part, revision.before),
        _told_then(outcome, revision.part, revision.after),
        _why(outcome, revision),
    ]


def _told_then(outcome: Outcome, part: Part, told: Result) -> str:
    """Write a figure of an edition as the page writes its own; names where only they differ."""
    if part == "target":
        target = replace(outcome.target or Target(None), value=told.amount)
        return write_target(replace(outcome, target=target))
    if part == "baseline":
        return write_baseline(replace(outcome, baseline=told))
    if outcome.kpi.kind == "milestone":
        return {True: YES, False: NO, None: MISSING_SIGN}[told.reached]
    written = write_outcome(replace(outcome, result=told))
    return f"{written} ({join_words(told.members)})" if told.members else written


def _why(outcome: Outcome, revision: Revision) -> str:
    if revision.part == "target":
        return "Målet har satts om."
    if outcome.kpi.milestone_from_assessment:
        return "Bedömningen har ändrats."
    if not revision.changed:
        return "Beräkningen har ändrats."
    tables = join_words([name_table(name).lower() for name in revision.changed])
    return f"Underlaget har ändrats: {tables}."
