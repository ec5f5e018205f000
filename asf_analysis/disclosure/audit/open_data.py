"""What a stranger learns from the open data of a folder: `datapackage.json`, its tables and `kpis.csv`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asf_analysis.disclosure.audit.cells import (
    ROLE,
    TABLE,
    TOTAL,
    Cell,
    Fact,
    Figure,
    Reading,
    Spot,
)
from asf_analysis.errors import UnreadableFolder

PEOPLE = "personer"
OWN, CARRIED = "egna svar", "överförda svar"


@dataclass(frozen=True)
class Dimension:
    """A column of a file that tells people apart: its name, its title and what each value is called."""

    name: str
    title: str
    labels: Mapping[str, str]

    def value_of(self, label: str) -> str | None:
        """Give the value that is called so; None where none is."""
        return next((value for value, own in self.labels.items() if own.casefold() == label.casefold()), None)


@dataclass(frozen=True)
class OpenTable:
    """A file of people: where it is, its title, what it counts, and its rows as read."""

    file: str
    title: str
    counts: Mapping[str, Any]
    rows: Dimension
    columns: Dimension
    records: tuple[Mapping[str, str], ...]

    @property
    def whom(self) -> frozenset[tuple[str, str]]:
        """What its people have in common; people whom no other table tells of are their table's."""
        alone = {TABLE: f"{self.file} {self.counts.get('to', self.counts.get('on'))}"}
        return frozenset(self.counts.get("whom", alone).items())

    def figure(self, row: str, column: str) -> Figure:
        """Tell which figure a cell is."""
        of = Figure("", self.whom).within(self.columns.name, column)
        on = self.counts.get("on")
        if isinstance(on, Mapping):
            return Figure(str(on[row]), of.of)
        if on is not None:
            return Figure(str(on), of.within(self.rows.name, row).of)
        first, last = str(self.counts["from"]), str(self.counts["to"])
        if "baseline" in self.counts and row in (self.counts["baseline"], TOTAL):
            return Figure(last if row == TOTAL else first, of.of)
        return Figure(f"{first}/{last}", of.within(self.rows.name, row).of)


def packages_of(folder: Path) -> tuple[Path, ...]:
    """Give the folder's descriptions of open data: the year's, and those of its interim reports."""
    places = (folder / "datapackage.json", *sorted(folder.glob("interim/*/datapackage.json")))
    return tuple(path for path in places if path.is_file())


def read_package(
    path: Path, folder: Path, like: Sequence[OpenTable] = ()
) -> tuple[Reading, tuple[OpenTable, ...]]:
    """Read a package's files; gives what they tell, and its tables of people.

    A table that does not say what it counts, as none did in older editions, is taken to count what one of
    those that it may be `like` does, if that has its title. Raises UnreadableFolder where a file is missing
    or is not what the package says.
    """
    package = _json(path)
    try:
        known = {table.title: table.counts for table in like}
        resources = {
            str(one["name"]): {"counts": known[one["title"]], **one} if one.get("title") in known else one
            for one in package["resources"]
        }
        records = {name: _records(path.parent / str(one["path"]), one) for name, one in resources.items()}
        tables = tuple(
            _table(one, records[name], (path.parent / str(one["path"])).relative_to(folder).as_posix())
            for name, one in resources.items()
            if isinstance(one.get("counts"), Mapping) and one["counts"].get("unit") == PEOPLE
        )
        told = package.get("disclosure") or {}
        parts = {
            dimension: {node: tuple(names) for node, names in nodes.items()}
            for dimension, nodes in package.get("parts", {}).items()
        }
        reading = Reading(parts=parts, tables=len(resources), threshold=told.get("threshold"))
        for table in tables:
            reading = reading.and_(_told(table))
        if isinstance((kpis := resources.get("kpis", {})).get("counts"), list):
            where = (path.parent / str(kpis["path"])).relative_to(folder).as_posix()
            reading = reading.and_(_told_by_kpis(kpis["counts"], records["kpis"], where))
        described = all("counts" in one for one in resources.values())
    except (KeyError, TypeError, AttributeError, ValueError, StopIteration) as error:
        raise UnreadableFolder(f"{path}: beskrivningen av filerna går inte att förstå ({error}).") from error
    if not described:
        reading = reading.and_(Reading(unread=(f"{path.name}: säger inte vad tabellerna räknar",)))
    return reading, tables


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFolder(f"{path} går inte att läsa. Gör om årets rapporter.") from error


def _records(path: Path, resource: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UnreadableFolder(f"{path} saknas eller går inte att läsa. Gör om årets rapporter.") from error
    rows = list(csv.DictReader(io.StringIO(text)))
    wanted = [field["name"] for field in resource["schema"]["fields"]]
    for number, row in enumerate(rows, start=2):
        if list(row) != wanted or None in row.values():
            raise UnreadableFolder(f"{path}, rad {number}: kolumnerna är inte de som datapackage.json säger.")
    return tuple(rows)


def _table(resource: Mapping[str, Any], records: tuple[Mapping[str, str], ...], file: str) -> OpenTable:
    fields = {field["name"]: field for field in resource["schema"]["fields"]}

    def dimension(name: str) -> Dimension:
        labels = {str(one["value"]): str(one["label"]) for one in fields[name].get("categories", [])}
        return Dimension(name, str(fields[name]["title"]), labels)

    counts = resource["counts"]
    rows, columns = dimension(counts["rows"]), dimension(counts["columns"])
    return OpenTable(file, str(resource["title"]), counts, rows, columns, records)


def _told(table: OpenTable) -> Reading:
    rows = list(dict.fromkeys(one[table.rows.name] for one in table.records))
    columns = list(dict.fromkeys(one[table.columns.name] for one in table.records))
    whom = table.whom
    partitions, changes = set(), set()
    if TOTAL in columns:
        partitions.add((whom, table.columns.name, tuple(one for one in columns if one != TOTAL)))
    if "baseline" in table.counts:
        components = tuple(one for one in rows if one not in (table.counts["baseline"], TOTAL))
        changes.add((whom, str(table.counts["from"]), str(table.counts["to"]), components))
    elif TOTAL in rows:
        partitions.add((whom, table.rows.name, tuple(one for one in rows if one != TOTAL)))
    return Reading(tuple(_cells(table)), (), frozenset(partitions), frozenset(changes))


def _cells(table: OpenTable) -> Iterator[Cell]:
    for number, one in enumerate(table.records, start=2):
        row, column, status = one[table.rows.name], one[table.columns.name], one["status"]
        if status not in ("shown", "withheld", "missing") or (status == "shown") != bool(one["value"]):
            raise UnreadableFolder(f"{table.file}, rad {number}: värde och status stämmer inte överens.")
        value = float(one["value"]) if status == "shown" else 0.0
        labels = table.rows.labels.get(row, row), table.columns.labels.get(column, column)
        yield Cell(
            Spot(table.file, table.title, *labels),
            table.figure(row, column),
            status,  # type: ignore[arg-type]
            value,
            value,
            grand=(row, column) == (TOTAL, TOTAL),
        )


def _told_by_kpis(
    counts: list[Mapping[str, Any]], records: tuple[Mapping[str, str], ...], file: str
) -> Reading:
    named = {one["kpi"]: one for one in records}
    cells: list[Cell] = []
    facts: list[Fact] = []
    for counted in counts:
        record = named[counted["kpi"]]
        for column, group in counted.items():
            if column == "kpi" or not record[column]:
                continue
            when = group["on"] if "on" in group else f"{group['from']}/{group['to']}"
            figure = Figure(str(when), frozenset(group["whom"].items()))
            near = column == "result" and record["approximate"] == "true"
            low = float(record["low"] or 0) if near else float(record[column])
            high = float(record["high"] or "inf") if near else float(record[column])
            grand = column != "other_result" and figure.dimensions <= {ROLE}
            cells.append(Cell(Spot(file, "", record["label"], column), figure, "shown", low, high, grand))
            if column == "result" and record["answered_only"] and not near:
                own = float(record["answered_only"])
                facts += _without_carried(figure, own)
    return Reading(tuple(cells), tuple(facts))


def _without_carried(figure: Figure, own: float) -> Iterator[Fact]:
    """Tell of what is left when the answers carried forward are left out."""
    carried = figure.within(OWN, CARRIED)
    yield Fact({figure: 1.0, carried: -1.0}, own, own)
