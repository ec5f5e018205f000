"""From a reading to `data/published/<year>.csv`, the file that later years are held against."""

from __future__ import annotations

import csv
import io
import os
from contextlib import suppress
from pathlib import Path

from asf_analysis.association import load_association
from asf_analysis.errors import AlreadyPublished, AsfError
from asf_analysis.folders import DataFolder
from asf_analysis.kpis import INDICATORS
from asf_analysis.kpis.outcomes import PublishedFigure
from asf_analysis.kpis.own import every_kpi
from asf_analysis.kpis.reconciliation import read_published
from asf_analysis.spreadsheets import defused
from asf_analysis.swedish.names import fold
from asf_analysis.written.told import Found, Reading, Value, write_amount

HEADINGS = (
    *("År", "Nyckeltal", "Ingångsvärde", "Målbild", "Resultat", "Ungefärligt", "Status", "Namn"),
    *("Definition av ingångsvärde", "Definition av resultat", "Källa"),
)


def published_rows(reading: Reading) -> list[dict[str, str]]:
    """Give a row for each of our KPIs that the report tells; what is not ours has no place in the file.

    A percentage of which the counts are told is written in percent, as the target is.
    """
    return [
        dict(zip(HEADINGS, (str(reading.year), found.kpi.key, *_cells(found, reading.title)), strict=True))
        for found in reading.found
        if found.kpi
    ]


def _cells(found: Found, source: str) -> tuple[str, ...]:
    return (
        _number(found.baseline),
        _number(found.target),
        _number(found.result),
        "ja" if found.result and found.result.approximate else "nej",
        found.status,
        defused(", ".join(found.members)),
        found.baseline_definition,
        found.result_definition,
        defused(source),
    )


def _number(value: Value | None) -> str:
    return "" if value is None else write_amount(value.amount)


def published_csv(reading: Reading) -> str:
    """Give the file's text, without the mark that it begins with (`;` between cells, for a Swedish Excel)."""
    target = io.StringIO()
    writer = csv.DictWriter(target, HEADINGS, delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(published_rows(reading))
    return target.getvalue()


def write_published(reading: Reading, data: DataFolder) -> Path:
    """Write the year's file; never over another.

    Raises AlreadyPublished where there is one, with what differs, and AsfError where nothing of ours was
    found or the file cannot be written.
    """
    path = data.published(reading.year)
    if not published_rows(reading):
        raise AsfError(
            f"{reading.file}: Inget av förbundets nyckeltal hittades, så det finns inget att skriva."
        )
    if path.exists():
        raise _already(reading, data)
    begun = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        begun.write_text(published_csv(reading), encoding="utf-8-sig", newline="")
        os.link(begun, path)
    except FileExistsError as error:
        raise _already(reading, data) from error
    except OSError as error:
        raise AsfError(f"{path} går inte att skriva. Kontrollera mappen och dina rättigheter.") from error
    finally:
        with suppress(OSError):
            begun.unlink()
    return path


def _already(reading: Reading, data: DataFolder) -> AlreadyPublished:
    told = differences(reading, data)
    lines = "\n".join(f"  {line}" for line in told) or "  Inget skiljer den från rapporten."
    return AlreadyPublished(
        f"published/{reading.year}.csv finns redan och lämnas som den är. Ta bort eller byt namn på den för "
        f"att skriva en ny. Det som skiljer:\n{lines}"
    )


def differences(reading: Reading, data: DataFolder) -> tuple[str, ...]:
    """Tell, line by line, how the year's file differs from the report; nothing where there is no file.

    Raises DataFaults where the file cannot be read.
    """
    if not data.published(reading.year).exists():
        return ()
    kpis = [found.kpi for found in reading.found if found.kpi]
    every = (*every_kpi(load_association(data)), *INDICATORS)
    written = read_published(data, reading.year, every)
    told = [
        f"{kpi.label}: {line}"
        for kpi in kpis
        if kpi.key in written
        for line in _between(written[kpi.key], reading.of(kpi.key))
    ]
    keys = {kpi.key for kpi in kpis}
    told += [f"{kpi.label}: står i rapporten, men inte i filen" for kpi in kpis if kpi.key not in written]
    labels = {kpi.key: kpi.label for kpi in every}
    told += [
        f"{labels[key]}: står i filen, men hittades inte i rapporten" for key in written if key not in keys
    ]
    return tuple(told)


def _between(written: PublishedFigure, found: Found | None) -> list[str]:
    if found is None:
        return []
    approximate = bool(found.result and found.result.approximate)
    pairs = (
        ("ingångsvärde", _told(written.baseline), _number(found.baseline)),
        ("målbild", _told(written.target), _number(found.target)),
        ("resultat", _told(written.result), _number(found.result)),
        ("ungefärligt", _yes(written.approximate), _yes(approximate)),
        ("status", written.status, found.status),
        ("namn", ", ".join(written.members), ", ".join(found.members)),
        ("definition av ingångsvärde", written.baseline_definition, found.baseline_definition),
        ("definition av resultat", written.result_definition, found.result_definition),
    )
    return [
        f"{what} är {file or 'tomt'} i filen och {report or 'tomt'} i rapporten"
        for what, file, report in pairs
        if fold(file) != fold(report)
    ]


def _told(number: float | None) -> str:
    return "" if number is None else write_amount(number)


def _yes(told: bool) -> str:
    return "ja" if told else "nej"
