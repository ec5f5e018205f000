"""What was read out of a written report, as a table in a terminal, as CSV and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from asf_analysis.written.published import published_csv
from asf_analysis.written.told import Found, Reading, Value

_LONGEST = 160


def reading_in_terminal(reading: Reading, differences: Sequence[str] = ()) -> RenderableType:
    """Give what a report tells as a table, then what is unsure with its passage, and what differs."""
    table = Table(title=f"{reading.title} ({reading.year})", box=box.SIMPLE_HEAD, title_justify="left")
    table.add_column("Nyckeltal")
    for heading in ("Ingångsvärde", "Mål", "Resultat"):
        table.add_column(heading, justify="right", no_wrap=True)
    for heading in ("Status", "Namn", "Plats i texten"):
        table.add_column(heading)
    for found in reading.found:
        table.add_row(*(Text(cell) for cell in _cells(found)))
    lines: list[Text] = [Text(note, style="bold") for note in reading.notes]
    own = sum(found.kpi is None for found in reading.found)
    if own:
        lines.append(
            Text("* är rapportens egna nyckeltal, som inte är förbundets. De skrivs inte i published/.")
        )
    lines += _section("Osäkert, och därför inte taget:", [_doubt_lines(reading)])
    lines += _section("Skiljer sig från filen som finns:", [[f"  {line}" for line in differences]])
    return Group(table, *lines, Text(_count(reading)))


def _section(title: str, groups: Sequence[Sequence[str]]) -> list[Text]:
    lines = [line for group in groups for line in group]
    return [Text(title, style="bold"), *map(Text, lines), Text("")] if lines else []


def _doubt_lines(reading: Reading) -> list[str]:
    return [
        line
        for doubt in reading.doubts
        for line in (
            f"  {doubt.name}, {doubt.what}: {doubt.reason}",
            f"    {doubt.place}: ”{_short(doubt.text)}”",
        )
    ]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _cells(found: Found) -> tuple[str, ...]:
    definitions = dict.fromkeys(filter(None, (found.baseline_definition, found.result_definition)))
    counted = f" ({' mot '.join(definitions)})" if definitions else ""
    return (
        f"{found.kpi.label}{counted}" if found.kpi else f"* {found.name}",
        *("–" if value is None else str(value) for value in (found.baseline, found.target, found.result)),
        found.status or "–",
        ", ".join(found.members),
        ", ".join(found.places),
    )


def _count(reading: Reading) -> str:
    own = sum(found.kpi is None for found in reading.found)
    ours = len(reading.found) - own
    return f"Sammanlagt: {ours} av förbundets nyckeltal, {own} egna, {len(reading.doubts)} osäkra uppgifter."


def reading_as_csv(reading: Reading) -> str:
    """Give our KPIs as the file `data/published/<year>.csv` holds them."""
    return published_csv(reading)


def reading_as_json(reading: Reading, differences: Sequence[str] = ()) -> str:
    """Give all that was read, and what is unsure, as JSON."""
    content = {
        "title": reading.title,
        "year": reading.year,
        "found": [_record(found) for found in reading.found],
        "unsure": [
            {
                "name": doubt.name,
                "what": doubt.what,
                "reason": doubt.reason,
                "place": doubt.place,
                "text": doubt.text,
            }
            for doubt in reading.doubts
        ],
        "notes": list(reading.notes),
        "differences": list(differences),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _record(found: Found) -> dict[str, object]:
    return {
        "kpi": found.kpi.key if found.kpi else None,
        "label": found.kpi.label if found.kpi else None,
        "name": found.name,
        "baseline": _value(found.baseline),
        "target": _value(found.target),
        "result": _value(found.result),
        "status": found.status or None,
        "members": list(found.members),
        "baseline_definition": found.baseline_definition or None,
        "result_definition": found.result_definition or None,
    }


def _value(value: Value | None) -> dict[str, object] | None:
    if value is None:
        return None
    return {
        "amount": value.amount,
        "approximate": value.approximate,
        "percent": value.percent,
        "counts": list(value.counts) if value.counts else None,
        "on": value.day.isoformat() if value.day else None,
        "place": value.place,
        "text": value.text,
    }
