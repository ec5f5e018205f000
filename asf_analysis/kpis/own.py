"""An association's choice of KPIs: those it does not answer for, and those it declares itself.

An own KPI is declared in association.toml, by a clean table and what is counted in it. People are not counted
by one, except as contacts: a figure of people must be known to disclosure control.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from asf_analysis.association import Association, OwnKpi
from asf_analysis.errors import DataFaults, Fault, Severity
from asf_analysis.folders import CONFIGURATION
from asf_analysis.intake.schemas import COUNTS, SCHEMAS
from asf_analysis.intake.spans import running_on
from asf_analysis.kpis import INDICATORS, KPIS
from asf_analysis.kpis.registry import Kpi, Period, Result, count_rows, total
from asf_analysis.swedish.names import fold

SOURCES = {
    "activities": "Informationsinsatser",
    "trainings": "Utbildningar",
    "support_structures": "Stödstrukturer",
    "supervised_places": "Handledarplatser",
    "enterprises": "Företagsregistret",
}
"""The tables that own KPIs may count in, and what readers know them as; none has answers about people."""

CONTACTS = ("employees", "politicians", "others")
"""Columns of `activities` that count contacts, which no table withholds."""

SUMMED = {
    "activities": CONTACTS,
    "supervised_places": ("places", "granted_sek", "paid_sek"),
    "support_structures": ("meetings_per_year",),
}
"""What may be summed."""

ROWS, DISTINCT, SUM = "rows", "distinct", "sum"


@dataclass(frozen=True)
class Measure:
    """Measures an own KPI: within the period where rows have a day, else on its last day."""

    declared: OwnKpi

    def __call__(self, rows: pd.DataFrame, period: Period) -> Result:
        """Count or sum the rows of the declared table that belong to the period and are chosen."""
        in_time = rows[period.holds(rows["held_on"])] if "held_on" in rows else running_on(rows, period.end)
        chosen = _chosen(in_time, self.declared)
        how, _, column = self.declared.count.partition(":")
        if how == ROWS:
            return count_rows(chosen)
        if how == SUM:
            return total(chosen, [column])
        return Result(int(chosen[column].dropna().map(fold).nunique())).counted_from(chosen)


def every_kpi(association: Association | None) -> tuple[Kpi, ...]:
    """Give all KPIs that an association's lists may name: ours, switched off or not, and its own.

    Raises DataFaults with all that is wrong with its declarations.
    """
    if association is None:
        return KPIS
    faults = [*_faults_of_choice(association), *_faults_of_own(association.own_kpis)]
    if faults:
        raise DataFaults(faults)
    return (*KPIS, *map(_kpi, association.own_kpis))


def answered_for(association: Association | None) -> tuple[Kpi, ...]:
    """Give the KPIs that an association answers for: every one but those that it has switched off.

    Raises DataFaults as `every_kpi` does.
    """
    off = association.kpis.off if association else ()
    return tuple(kpi for kpi in every_kpi(association) if kpi.key not in off)


def never_found(association: Association, tables: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Tell of texts that own KPIs look for and no row has; needs the tables that could be read."""
    for number, own in enumerate(association.own_kpis, start=1):
        for column, texts in _where(own):
            if own.table not in tables or column not in tables[own.table]:
                continue
            there = set(tables[own.table][column].dropna().map(fold))
            for text in texts:
                if fold(text) not in there:
                    yield _fault(
                        number,
                        f"where.{column}",
                        f"{text} finns inte i någon rad, så {own.title} räknar inte sådana.",
                        "Kontrollera stavningen, eller vänta tills den första raden kommer in.",
                        severity="upplysning",
                    )


def _kpi(own: OwnKpi) -> Kpi:
    summed = own.count.partition(":")[2] if own.count.startswith(SUM) else ""
    return Kpi(
        key=own.key,
        label=own.title,
        unit=own.unit,
        kind="flow" if "held_on" in SCHEMAS[own.table].columns else "stock",
        formula=own.definition,
        source=SOURCES[own.table],
        tables=(own.table,),
        measure=Measure(own),
        people=own.table == "activities" and summed in CONTACTS,
    )


def _chosen(rows: pd.DataFrame, own: OwnKpi) -> pd.DataFrame:
    for column, texts in _where(own):
        rows = rows[rows[column].map(fold, na_action="ignore").isin([fold(text) for text in texts])]
    return rows


def _where(own: OwnKpi) -> Iterator[tuple[str, tuple[str, ...]]]:
    for column, texts in own.where.items():
        yield column, (texts,) if isinstance(texts, str) else texts


def _faults_of_choice(association: Association) -> Iterator[Fault]:
    keys = [kpi.key for kpi in (*KPIS, *INDICATORS)]
    for key in association.kpis.off:
        if key not in keys:
            problem = f"Det finns inget nyckeltal {key} att stänga av."
            yield Fault(CONFIGURATION, problem, f"De som finns: {', '.join(keys)}.", column="kpis.off")


def _faults_of_own(declared: Sequence[OwnKpi]) -> Iterator[Fault]:
    taken = {kpi.key for kpi in (*KPIS, *INDICATORS)}
    for number, own in enumerate(declared, start=1):
        if own.key in taken:
            yield _fault(number, "key", f"Nyckeln {own.key} är upptagen.", "Välj en annan nyckel.")
        taken.add(own.key)
        if own.table not in SOURCES:
            remedy = f"De som går: {', '.join(SOURCES)}. Enkätens svar går inte, för de är om personer."
            yield _fault(number, "table", f"Tabellen {own.table} går inte att räkna i.", remedy)
            continue
        yield from _faults_of_count(number, own)
        for column in own.where:
            if column not in _texts_of(own.table):
                problem = f"{own.table} har ingen kolumn {column} med text."
                remedy = f"De som går att välja efter: {', '.join(_texts_of(own.table))}."
                yield _fault(number, f"where.{column}", problem, remedy)


def _faults_of_count(number: int, own: OwnKpi) -> Iterator[Fault]:
    how, _, column = own.count.partition(":")
    summed = SUMMED.get(own.table, ())
    if how == ROWS and not column:
        return
    if how == DISTINCT:
        if column not in _texts_of(own.table):
            remedy = f"De som finns: {', '.join(_texts_of(own.table))}."
            yield _fault(number, "count", f"{own.table} har ingen kolumn {column} med text.", remedy)
    elif how == SUM:
        if column not in summed:
            people = column in COUNTS[own.table]
            why = "räknar personer, som måste sekretessgranskas" if people else "går inte att summera"
            remedy = f"Det som går att summera i {own.table}: {', '.join(summed) or 'ingenting'}."
            yield _fault(number, "count", f"Kolumnen {column} {why}.", remedy)
    else:
        remedy = "Skriv rows, distinct:<kolumn> eller sum:<kolumn>."
        yield _fault(number, "count", f"{own.count} är inget sätt att räkna.", remedy)


def _texts_of(table: str) -> tuple[str, ...]:
    """The columns of a table that hold texts, but for those that say where a row stood."""
    texts = [name for name, kind in SCHEMAS[table].columns.items() if str(kind.dtype).startswith("str")]
    return tuple(name for name in texts if not name.startswith("source_"))


def _fault(number: int, key: str, problem: str, remedy: str, severity: Severity = "fel") -> Fault:
    return Fault(CONFIGURATION, problem, remedy, column=f"own_kpis.{number}.{key}", severity=severity)
