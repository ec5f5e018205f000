"""What is wrong in the data: every fault with its place and remedy, and what contradicts what."""

from __future__ import annotations

from asf_analysis.disclosure.quality import DataQuality, require_quality
from asf_analysis.errors import SEVERITIES, Severity
from asf_analysis.kpis.quality import FaultGroup, contradictions, gather_faults
from asf_analysis.presentation.block import Block, paragraphs, stack
from asf_analysis.presentation.places import place_in_file, write_places
from asf_analysis.presentation.tables.layout import LISTING, Column, Layout, data_table
from asf_analysis.presentation.values import NOTHING_SIGN, StatusMark, severity_mark
from asf_analysis.swedish.writing import format_number, start_sentence

_CAPTIONS = {
    "fel": "Fel, som ska rättas innan årsrapporten kan göras",
    "varning": "Varningar, som bör kontrolleras",
    "upplysning": "Upplysningar, som är värda en titt",
}


def faults(report: DataQuality) -> Block:
    """Show every fault, warning and note, a table for each severity; what is alike is told once."""
    quality = require_quality(report)
    if not quality.faults:
        return paragraphs("Kontrollerna hittade inga fel, och har inget annat att säga.")
    return stack(*(_faults_of(quality, severity) for severity in SEVERITIES if quality.of_severity(severity)))


def _faults_of(quality: DataQuality, severity: Severity) -> Block:
    groups = gather_faults(quality.of_severity(severity))
    return data_table(
        Layout(
            caption=_CAPTIONS[severity],
            columns=[
                Column("Fil", number=False),
                Column("Plats i filen", number=False),
                Column("Vad som är fel" if severity == "fel" else "Iakttagelse", number=False),
                Column("Gör så här", number=False),
            ],
            rows=[
                [
                    group.file,
                    start_sentence(place_in_file(group)) or NOTHING_SIGN,
                    group.problem,
                    group.remedy or NOTHING_SIGN,
                ]
                for group in groups
            ],
            css=LISTING,
        )
    )


def contradicting(report: DataQuality) -> Block:
    """Show what contradicts what: parts and sums, register and survey, round and round, date and date."""
    found = contradictions(require_quality(report).faults)
    if not found:
        return paragraphs("Ingen uppgift som har kontrollerats säger emot någon annan.")
    return data_table(
        Layout(
            caption="Uppgifter som säger emot varandra",
            columns=[
                Column("Iakttagelse", number=False),
                Column("Vad som jämförs", number=False),
                Column("Antal"),
                Column("Allvar", number=False),
                Column("Var", number=False),
            ],
            rows=[row for subject, groups in found.items() for row in _contradiction_rows(subject, groups)],
            css=LISTING,
        )
    )


def _contradiction_rows(subject: str, groups: tuple[FaultGroup, ...]) -> list[list[str | StatusMark]]:
    """One row for each problem, however many the places."""
    alike: dict[tuple[Severity, str], list[FaultGroup]] = {}
    for group in groups:
        alike.setdefault((group.severity, group.problem), []).append(group)
    return [
        [
            problem,
            subject,
            format_number(sum(group.count for group in found)),
            severity_mark(severity),
            write_places(found),
        ]
        for (severity, problem), found in alike.items()
    ]
