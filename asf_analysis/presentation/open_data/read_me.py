"""The first sheet of the workbook: what it holds, of when, by whom, and what its signs and words mean."""

from __future__ import annotations

from collections.abc import Sequence

from asf_analysis.association import Rules
from asf_analysis.disclosure.published import Published, require_published
from asf_analysis.presentation.cover import annual_report
from asf_analysis.presentation.open_data.layout import Line
from asf_analysis.presentation.tables.notes import why_withheld
from asf_analysis.presentation.values import MISSING_SIGN, NOTHING_SIGN, WITHHELD_SIGN
from asf_analysis.swedish.writing import number_word

OF_KPIS = "Mål, resultat och bedömning för varje nyckeltal, och hur det räknas"


def read_me(report: Published, sheets: Sequence[str]) -> list[tuple[str, list[Line]]]:
    """Give the parts of the sheet, each a heading (or none) and its lines.

    `sheets` are the names of the other sheets: that of the KPIs, then one per breakdown.
    """
    published = require_published(report)
    cover, rules = annual_report(published), published.association.rules
    titles = [OF_KPIS, *(table.title for table in published.tables.values())]
    return [
        ("", [Line("Observera", stamp) for stamp in cover.stamps]),
        (
            "Om arbetsboken",
            [
                Line("Innehåll", cover.description),
                *(Line(label, value) for label, value in cover.facts),
                Line("Utgivare", cover.organisation),
                Line("Kontakt", cover.contact),
                Line("Tillgänglighetsredogörelse", cover.accessibility_url),
            ],
        ),
        ("Blad", [Line(name, title, name) for name, title in zip(sheets, titles, strict=True)]),
        ("Tecken", _signs(published)),
        ("Ord", _words(rules)),
        (
            "För maskiner",
            [
                Line("CSV", "Samma uppgifter finns i kpis.csv och, tabell för tabell, i mappen data."),
                Line("Beskrivning", "Filen datapackage.json beskriver kolumner och enheter."),
            ],
        ),
    ]


def _signs(report: Published) -> list[Line]:
    rules = report.association.rules
    withheld = Line(WITHHELD_SIGN, f"Uppgiften redovisas inte. {why_withheld(rules)}".strip())
    return [
        *([withheld] if report.audience == "public" else []),
        Line(MISSING_SIGN, "Uppgift saknas."),
        Line(NOTHING_SIGN, "Det finns inget att visa."),
        Line(
            "ca",
            f"Uppgiften är ungefärlig och kan avvika {rules.approximate_percent} procent åt vardera hållet, "
            "om inget annat är angivet.",
        ),
    ]


def _words(rules: Rules) -> list[Line]:
    return [
        Line("Flöde", "Räknas under hela perioden."),
        Line("Läge", "Räknas på mätdagen, periodens sista dag."),
        Line("Milstolpe", "Har inget tal: den har nåtts (ja) eller inte (nej)."),
        Line("Måluppfyllelse", "Resultat delat med mål."),
        Line("Andel av planerad förändring", "(Resultat − utgångsläge) delat med (mål − utgångsläge)."),
        Line(
            "Status",
            "Ett mål är uppnått när resultatet är minst lika stort som målet, "
            f"och nära när det är minst {rules.near_target_percent} procent av målet.",
        ),
        Line("Svarsandel", "Andel av de tillfrågade företagen som har svarat."),
        *(
            [
                Line(
                    "Små tal",
                    f"En andel av färre än {number_word(rules.share_base)} redovisas i antal, inte procent.",
                )
            ]
            if rules.share_base > 1
            else []
        ),
    ]
