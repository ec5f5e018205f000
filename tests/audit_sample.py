"""Small published folders, written by hand, for the audit to read."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

SEXES = {"women": "Kvinnor", "men": "Män", "total": "Totalt"}
HELD = ".."
"""A cell that is not told; `None` is one that is missing."""

Rows = Mapping[str, Sequence[int | str | None]]


def resource(
    name: str,
    title: str,
    rows: str,
    rows_title: str,
    figures: Rows,
    columns: str = "sex",
    labels: Mapping[str, str] = SEXES,
    **counts: object,
) -> dict[str, object]:
    """Describe a table of people, with its rows as (women, men, total)."""
    when = {"on": "2018-12-31"} if not {"on", "from"} & counts.keys() else {}
    return {
        "name": name,
        "path": f"data/{name}.csv",
        "title": title,
        "figures": figures,
        "counts": {
            "unit": "personer", "rows": rows, "columns": columns, "total": "total",
            "whom": {"role": "Deltagare"}, **when, **counts,
        },
        "schema": {
            "fields": [
                {"name": rows, "title": rows_title, "categories": [
                    {"value": row, "label": "Totalt" if row == "total" else row} for row in figures
                ]},
                {"name": columns, "title": "Kön", "categories": [
                    {"value": value, "label": label} for value, label in labels.items()
                ]},
                {"name": "value", "title": "Antal personer"},
                {"name": "status", "title": "Status"},
            ]
        },
    }  # fmt: skip


def by_municipality(figures: Rows, **counts: object) -> dict[str, object]:
    """Participants by municipality and sex on the last day of 2018."""
    title = "Deltagare efter kommun, 31 december 2018"
    return resource("participants_by_municipality", title, "municipality", "Kommun", figures, **counts)


def write_folder(
    folder: Path,
    *resources: Mapping[str, object],
    pages: Mapping[str, str] | None = None,
    parts: Mapping[str, object] | None = None,
) -> Path:
    """Write a year's folder with these tables as open data, and these pages."""
    (folder / "data").mkdir(parents=True)
    described = [{key: value for key, value in one.items() if key != "figures"} for one in resources]
    package = {"disclosure": {"threshold": 5}, "parts": parts or {}, "resources": described}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for one in resources:
        (folder / one["path"]).write_text(_csv(one), encoding="utf-8")
    for name, body in (pages or {}).items():
        (folder / name).write_text(f"<html lang=sv><body><main>{body}</main></body></html>", encoding="utf-8")
    return folder


def _csv(described: Mapping[str, object]) -> str:
    first, second, *_ = [field["name"] for field in described["schema"]["fields"]]
    columns = [one["value"] for one in described["schema"]["fields"][1]["categories"]]
    lines = [f"{first},{second},value,status"]
    for row, values in described["figures"].items():
        for column, value in zip(columns, values, strict=True):
            told = "withheld" if value == HELD else "missing" if value is None else "shown"
            lines.append(f"{row},{column},{value if told == 'shown' else ''},{told}")
    return "\n".join(lines) + "\n"


def page_table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write a table of a page; its headings after the first one stand below *Personer*."""
    first, *others = headings
    head = f"<tr><th rowspan=2>{first}</th><th colspan={len(others)}>Personer</th></tr>"
    head += "<tr>" + "".join(f"<th>{name}</th>" for name in others) + "</tr>"
    body = "".join(
        f"<tr><th>{row[0]}</th>" + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>" for row in rows
    )
    note = "<p>.. betyder att uppgiften inte redovisas.</p>"
    table = f"<caption>Tabell 1. {caption}</caption><thead>{head}</thead><tbody>{body}</tbody>"
    return f"<table>{table}</table>{note}"
