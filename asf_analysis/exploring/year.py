"""A year to explore: a `Published` whose tables, KPIs and breakdowns are also frames."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date

import pandas as pd

from asf_analysis.audience import Audience, check_audience
from asf_analysis.disclosure.published import Published
from asf_analysis.errors import UnknownName, WrongUsage
from asf_analysis.exploring.cross_table import CrossTable, people_behind, taken_across
from asf_analysis.exploring.frames import Frames
from asf_analysis.folders import find_data
from asf_analysis.intake.draft import FREE_TEXT
from asf_analysis.intake.headings import Headings
from asf_analysis.intake.schemas import SCHEMAS, CleanTables
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.registry import Kpi, Result
from asf_analysis.kpis.results import measure
from asf_analysis.pipeline import load_with_tables
from asf_analysis.presentation.block import Block, paragraphs, stack
from asf_analysis.presentation.open_data.fields import KPI_FIELDS, Field
from asf_analysis.presentation.open_data.tables import open_table
from asf_analysis.presentation.records import kpi_records
from asf_analysis.presentation.source_words import name_table
from asf_analysis.presentation.tables.layout import Column, Layout, data_table
from asf_analysis.presentation.values import (
    goals_first,
    status_mark,
    write_outcome,
    write_period,
    write_target,
)

KPIS_NAME = "kpis"
ONLY_INTERNAL = (
    "Rådata finns bara i den interna utgåvan, för den visar enskilda företag. "
    'Läs in året med load({year}, "internal").'
)


@dataclass(frozen=True, repr=False)
class Year(Published):
    """A year's results, and what an analyst digs in: `kpis`, `breakdowns`, `clean`, `people`, `cross_table`.

    All frames are copies. `clean` and what is counted from it are there for the internal audience alone.
    """

    tables_read: CleanTables | None = field(default=None, repr=False, compare=False)
    """The clean tables; None in a public edition."""

    @property
    def kpis(self) -> pd.DataFrame:
        """The KPIs and indicators, a row each, indexed by key; `describe("kpis")` tells what columns hold."""
        records = kpi_records(self)
        return pd.DataFrame.from_records(records).set_index("kpi")

    @property
    def breakdowns(self) -> Frames:
        """Every breakdown as a tidy frame: its two dimensions, `value` and `status`.

        `value` is missing unless `status` is *shown*; *total* marks the margins.
        """
        return Frames(
            "uppdelning",
            {key: table.frame for key, table in self.tables.items()},
            {key: table.title for key, table in self.tables.items()},
        )

    @property
    def clean(self) -> Frames:
        """The clean tables that the year was counted from, the year before included, without free text.

        Raises WrongUsage in a public edition.
        """
        tables = self._internal()
        frames = {name: tables.table(name).drop(columns=list(FREE_TEXT), errors="ignore") for name in SCHEMAS}
        return Frames("tabell", frames, {name: name_table(name) for name in SCHEMAS})

    def describe(self, name: str) -> pd.DataFrame:
        """Tell what the columns of a frame hold: `column`, `kind`, `title` and `description`, in Swedish.

        `name` is "kpis", a breakdown or a clean table. Raises UnknownName with the names that exist.
        """
        if name == KPIS_NAME:
            return _described(KPI_FIELDS)
        if name in self.tables:
            return _described(open_table(self, self.tables[name]).fields)
        if name in SCHEMAS:
            frame = self.clean[name]
            headings = Headings.of(name, self.association.region)
            return pd.DataFrame(
                [
                    [
                        column,
                        str(frame[column].dtype),
                        _title(column, headings, self.year),
                        _explained(column),
                    ]
                    for column in map(str, frame.columns)
                ],
                columns=DESCRIBED,
            )
        known = ", ".join([KPIS_NAME, *self.tables, *SCHEMAS])
        raise UnknownName(f"Det finns ingenting som heter {name!r} att beskriva. Det som finns: {known}.")

    def measure(self, kpi: Kpi) -> Result:
        """Measure a KPI of your own in the year, without a target. Raises WrongUsage in a public edition."""
        return measure(kpi, self._internal(), self.association.rules, self.period)

    def people(self, what: str = "participants", by: str | None = None) -> pd.DataFrame:
        """Give the people behind the survey figures on the last day, a row per enterprise, sex and group.

        `what` is *participants*, *employees* or *permanent*; `by` splits participants, by *authority* or
        *age*.
        Columns: organisation_number, name, municipality, legal_form, industry, `by`, sex and people (Int64).
        Raises WrongUsage in a public edition and for what cannot be split.
        """
        return people_behind(self._internal(), self.association, self.period, what, by)

    def cross_table(
        self, people: pd.DataFrame, rows: str, columns: str = "sex", audience: Audience = "public"
    ) -> CrossTable:
        """Count people over two columns of a frame, and let the door withhold what it must.

        `people` is what `people(...)` gives, sliced or with columns of your own. The audience is the public
        one unless you say otherwise, whatever edition the year is. Raises WrongUsage for columns that the
        frame lacks.
        """
        check_audience(audience)
        return taken_across(self, people, rows, columns, audience)

    @property
    def overview(self) -> Block:
        """The year in short: its KPIs, and what there is to go on with."""
        return stack(
            data_table(
                Layout(
                    caption=f"{self.association.name} {write_period(self.period)}",
                    columns=[
                        Column("Nyckel", number=False),
                        Column("Nyckeltal", number=False),
                        Column("Mål"),
                        Column("Resultat"),
                        Column("Status", number=False),
                    ],
                    rows=[
                        [
                            outcome.kpi.key,
                            outcome.kpi.label,
                            write_target(outcome),
                            write_outcome(outcome),
                            status_mark(outcome),
                        ]
                        for outcome in (*goals_first(self.outcomes), *self.indicators)
                    ],
                )
            ),
            paragraphs(
                f"Gå vidare med .kpis, .breakdowns ({len(self.tables)} uppdelningar) och .describe(namn)."
                + (" Internt finns också .clean, .people() och .cross_table()." if self.tables_read else "")
            ),
        )

    def __repr__(self) -> str:
        return self.overview.plain

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return self.overview._repr_mimebundle_()

    def _internal(self) -> CleanTables:
        if self.tables_read is None:
            raise WrongUsage(ONLY_INTERNAL.format(year=self.year))
        return self.tables_read


DESCRIBED = ["column", "kind", "title", "description"]


def _described(described: Sequence[Field]) -> pd.DataFrame:
    return pd.DataFrame(
        [[one.name, one.type, one.title, one.description] for one in described], columns=DESCRIBED
    )


_MADE = {
    "round": "Omgången, som 2018-kv4; ordnas efter tid.",
    "year": "Årtalet för omgången.",
    "quarter": "Kvartalet för omgången.",
    "source_file": "Filen som raden kommer från.",
    "source_sheet": "Bladet som raden kommer från; tomt för CSV.",
    "source_row": "Raden i filen, räknad från 1.",
}
"""Columns that cleaning made, which no file has a heading for."""


def _title(column: str, headings: Headings, year: int) -> str:
    """Give the heading that people write over a column; a bound has its count's."""
    counted = column.removesuffix("_low").removesuffix("_high")
    return headings.expected(counted, year) if counted in headings.columns else ""


def _explained(column: str) -> str:
    bound = {"_low": "Lägst, där svaret är ungefärligt.", "_high": "Högst, där svaret är ungefärligt."}
    return _MADE.get(column) or next((told for end, told in bound.items() if column.endswith(end)), "")


def load(
    year: int,
    audience: Audience = "public",
    data: str | os.PathLike[str] | None = None,
    kpis: Sequence[Kpi] = KPIS,
    *,
    as_of: str | date = "",
) -> Year:
    """Give a year's results as an audience may see them: where a notebook starts, and an analyst digs.

    `data` is a data folder; without it the nearest one is used (see `asf_analysis.folders.find_data`).
    `as_of` is the last day of an interim report, as 2018-08-31; without it the whole year is told. `kpis` are
    those to measure, your own among them. Raises WrongUsage for a year, an audience or a day that does not
    exist, DataFaults with every fault of the data.
    """
    published, tables = load_with_tables(year, audience, data, kpis, as_of=as_of)
    told = {one.name: getattr(published, one.name) for one in fields(published)}
    return Year(**told, tables_read=tables)


def available_years(data: str | os.PathLike[str] | None = None) -> tuple[int, ...]:
    """Give the years that there is raw data of, in order; `data` is as for `load`."""
    return find_data(data).years()
