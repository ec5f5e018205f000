"""The files of open data: their rows, and what their columns hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asf_analysis.association import Association
from asf_analysis.disclosure.published import (
    MISSING,
    SHOWN,
    WITHHELD,
    Published,
    PublishedTable,
    require_published,
    require_table,
)
from asf_analysis.kpis.breakdowns import TOTAL
from asf_analysis.kpis.registry import Period
from asf_analysis.kpis.survey import last_day_of_round
from asf_analysis.presentation.block import legible
from asf_analysis.presentation.grids import Grid, is_of_last_day, is_signed
from asf_analysis.presentation.open_data.counted import counted_by_kpis, counted_in
from asf_analysis.presentation.open_data.fields import KPI_FIELDS, Field
from asf_analysis.presentation.records import as_csv, kpi_records
from asf_analysis.presentation.tables.breakdown import time_of_table
from asf_analysis.presentation.tables.notes import brief_answers
from asf_analysis.presentation.values import name_value, write_period
from asf_analysis.spreadsheets import defused

DIMENSION_TITLES: Mapping[str, str] = {
    "municipality": "Kommun",
    "authority": "Myndighet",
    "age": "Ålder",
    "role": "Roll",
    "outcome": "Gick vidare till",
    "month": "Månad",
    "sex": "Kön",
    "round": "Enkätomgång",
    "kind": "Slag",
    "component": "Förändring",
    "measure": "Mått",
    "size": "Storlek",
    "legal_form": "Företagsform",
    "industry": "Bransch",
    "party": "Part",
    "reached": "Vilka som nåddes",
    "quarter": "Kvartal",
    "meetings_per_year": "Planerade möten per år",
    "since": "Sedan när företaget har platser",
}
STATUSES = ((SHOWN, "redovisas"), (WITHHELD, "redovisas inte"), (MISSING, "uppgift saknas"))
OF_TOTAL = f"{TOTAL} är summan av de övriga, också av dem som inte redovisas; det som saknas ingår inte."

CODE = "municipality_code"
CODE_FIELD = Field(
    CODE, "string", "Kommunkod", "SCB:s fyrsiffriga kommunkod; tomt för summan.", pattern=r"^\d{4}$"
)


@dataclass(frozen=True)
class OpenTable:
    """A file of open data: where it lies, what it tells of which days, its columns and its rows.

    `key` names the columns that no two rows have in common, `sources` what the figures come from, `counts`
    what they count (`open_data.counted`).
    """

    name: str
    path: str
    title: str
    description: str
    period: Period
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    records: Sequence[Mapping[str, object]]
    sources: tuple[str, ...]
    counts: object

    @property
    def csv(self) -> str:
        """The file: UTF-8 without a mark, comma between fields, point in decimals."""
        return as_csv([field.name for field in self.fields], self.records)


def open_tables(report: Published) -> tuple[OpenTable, ...]:
    """Give every file of a year's open data: the KPIs, and each breakdown."""
    published = require_published(report)
    return (_of_kpis(published), *(open_table(published, table) for table in published.tables.values()))


def _of_kpis(report: Published) -> OpenTable:
    sources = [part for outcome in report.outcomes for part in outcome.kpi.source.split("; ")]
    return OpenTable(
        name="kpis",
        path="kpis.csv",
        title=f"Nyckeltal, {write_period(report.period)}",
        description="En rad per nyckeltal: utgångsläge, mål, resultat och bedömning.",
        period=report.period,
        fields=KPI_FIELDS,
        key=("kpi",),
        records=kpi_records(report),
        sources=tuple(dict.fromkeys(sources)),
        counts=counted_by_kpis(report),
    )


def open_table(report: Published, table: PublishedTable) -> OpenTable:
    """Give one breakdown as a file with a row per cell, margins included.

    Its columns are the two dimensions, `value` (whole number, empty unless shown) and `status`; the code of
    a municipality stands after its name. Nothing of a value that is not shown is taken along.
    """
    require_published(report)
    require_table(table)
    grid = Grid.of(table)
    codes = _codes(report.association) if table.rows == "municipality" else None
    return OpenTable(
        name=table.key,
        path=f"data/{table.key}.csv",
        title=f"{table.title}, {time_of_table(report, table)}",
        description=" ".join(
            filter(
                None,
                [
                    "En rad per uppgift i tabellen, också de som inte redovisas eller saknas.",
                    f"{answers}." if (answers := brief_answers(table)) else "",
                ],
            )
        ),
        period=_days_of(report, table, grid),
        fields=(
            _dimension(table.rows, grid.rows, table.rows_label),
            *([CODE_FIELD] if codes is not None else []),
            _dimension(table.columns, grid.columns, DIMENSION_TITLES.get(table.columns, table.columns)),
            Field(
                "value",
                "integer",
                f"Antal {table.unit}",
                "Tomt där uppgiften inte redovisas eller saknas, vilket status visar. 0 är ett antal.",
                unit=table.unit,
                minimum=None if is_signed(table) else 0,
            ),
            Field("status", "string", "Uppgiftens status", required=True, categories=STATUSES),
        ),
        key=(table.rows, table.columns),
        records=[
            {
                table.rows: legible(row),
                **({CODE: codes.get(row)} if codes is not None else {}),
                table.columns: legible(column),
                "value": cell.value,
                "status": cell.status,
            }
            for (row, column), cell in grid.cells.items()
        ],
        sources=tuple(table.source.split("; ")),
        counts=counted_in(report, table),
    )


def _days_of(report: Published, table: PublishedTable, grid: Grid) -> Period:
    """Give the days that a table tells of: its rounds', the last one where people are counted, or all."""
    if table.rows == "round" and grid.body:
        return Period(min(map(last_day_of_round, grid.body)), report.period.end)
    day = table.on or report.period.end
    return Period(day, day) if is_of_last_day(table) else report.period


def _codes(association: Association) -> Mapping[str, str]:
    return {municipality.name: municipality.code for municipality in association.municipalities}


def _dimension(name: str, values: Sequence[str], title: str) -> Field:
    """Describe a dimension; where two values would have the same name, each keeps its own word."""
    labels = [name_value(name, legible(value)) for value in values]
    named = labels if len(set(labels)) == len(labels) else [legible(value) for value in values]
    return Field(
        name,
        "string",
        title,
        OF_TOTAL if TOTAL in values else "",
        required=True,
        categories=tuple(
            (defused(legible(value)), label) for value, label in zip(values, named, strict=True)
        ),
    )
