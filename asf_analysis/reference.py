"""The reference of KPIs, columns, checks, in Markdown: made from their entries, so that none is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from asf_analysis.association import Association, load_association
from asf_analysis.errors import Severity
from asf_analysis.folders import DataFolder
from asf_analysis.intake.checks import findings_in
from asf_analysis.intake.findings import Finding
from asf_analysis.intake.schemas import SCHEMAS
from asf_analysis.kpis import INDICATORS
from asf_analysis.kpis.own import answered_for
from asf_analysis.kpis.registry import Kpi
from asf_analysis.preparation.fields import fields_of
from asf_analysis.preparation.lists import Lists
from asf_analysis.presentation.source_words import name_table
from asf_analysis.presentation.values import KIND_WORDS
from asf_analysis.swedish.writing import start_sentence

ROUND = "(omgångens namn)"
"""Stands in the reference where a check names a round."""

CONSEQUENCES: dict[Severity, str] = {
    "fel": "fel: rapporten görs inte förrän det är rättat",
    "varning": "varning: rapporten görs, och förbehållet står i den",
    "upplysning": "upplysning: värt att titta på",
}

_HEAD = """# Nyckeltal, kolumner och kontroller

Den här sidan skrivs av `asf-analysis reference` ur programmet självt. Ändra den inte för hand: ändra
nyckeltalet eller kontrollen, och skriv sidan på nytt. Vilka filer som ligger var står i `data/README.md`.
"""


def reference(data: DataFolder) -> str:
    """Tell in Swedish every KPI and indicator, and the columns and checks of the raw data.

    Columns are named as in the newest year that has data. Raises DataFaults where the association cannot be
    read.
    """
    association = load_association(data)
    year = max((association.started_on.year, *data.years()))
    parts = [
        _HEAD,
        "## Nyckeltal\n\nDe kan ha mål i `targets.csv`, under namnet i filer.\n",
        _kpi_table(answered_for(association)),
        "## Mått\n\nDe beskriver, och blir nyckeltal när `targets.csv` har ett mål för dem.\n",
        _kpi_table(INDICATORS),
        "## Kolumner i underlaget\n\n`asf-analysis new-year` gör arbetsböcker som har dem, med samma hjälp "
        "i varje cell.\n",
        *_columns(association, year),
        "## Kontroller av underlaget\n\n`asf-analysis check` gör dem alla och säger fil, blad, rad och "
        "kolumn. Dessutom kontrolleras varje cell för sig: tal, datum, namn och organisationsnummer.\n",
        *_checks(),
    ]
    return "\n".join(parts)


def _kpi_table(kpis: Iterable[Kpi]) -> str:
    headings = ("Nyckeltal", "Namn i filer", "Slag", "Enhet", "Vad som räknas", "Källa")
    return _table(
        headings,
        [
            (kpi.label, f"`{kpi.key}`", KIND_WORDS[kpi.kind], kpi.unit or "–", kpi.formula, kpi.source)
            for kpi in kpis
        ],
    )


def _columns(association: Association, year: int) -> Iterator[str]:
    for table in SCHEMAS:
        fields = fields_of(table, association, Lists(), year)
        yield f"### {name_table(table)}\n"
        yield _table(("Rubrik", "Vad som ska stå där"), [(field.heading, field.note) for field in fields])


def _checks() -> Iterator[str]:
    rows: dict[str, dict[tuple[str, str, str], None]] = {}
    for table, finding in findings_in(_nothing_to_find()):
        rows.setdefault(table, {})[_told(finding)] = None
    for table, told in rows.items():
        yield f"### {name_table(table)}\n"
        yield _table(("Vad som är fel", "Så rättas det", "Följd"), list(told))


def _told(finding: Finding) -> tuple[str, str, str]:
    return finding.problem, finding.remedy, start_sentence(CONSEQUENCES[finding.severity])


def _nothing_to_find() -> dict[str, pd.DataFrame]:
    """Give clean tables without rows, but for an answer that says nothing: some checks are made by round."""
    tables = {}
    for name, schema in SCHEMAS.items():
        columns = {column: pd.Series(dtype=str(kind.dtype)) for column, kind in schema.columns.items()}
        tables[name] = pd.DataFrame(columns)
    answer = tables["responses"].reindex([0]).assign(round=ROUND, year=2018, quarter=1)
    return tables | {"responses": answer}


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
