"""An edition compared with one before it, by their manifests: figures, inputs, and what else differs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from asf_analysis.audience import Audience
from asf_analysis.errors import UnknownName, WrongUsage
from asf_analysis.folders import OutputFolder, archive_folder
from asf_analysis.reports.manifest import InputFile, KpiValue, ReportManifest, read_manifest
from asf_analysis.swedish.writing import format_number, join_words

NOTHING, THERE = "–", "fanns"
FIELDS = ("kind", "what", "before", "after")
PARTS = {"baseline": "utgångsläge", "target": "mål", "result": "resultat", "status": "status"}
KINDS = {
    "kpi": "Nyckeltal som har ändrats",
    "input": "Underlag som har ändrats",
    "rows": "Rader",
    "made_with": "Gjort på annat sätt",
}
"""The kinds of differences, in the order in which they are told."""


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same: of what kind, what, and how it was and is, in words."""

    kind: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """Two editions of a year, and what differs; `before` is None where there is no earlier one."""

    year: int
    before: datetime | None
    after: datetime
    differences: tuple[Difference, ...]


def compare_editions(output: Path, year: int, audience: Audience = "public", edition: str = "") -> Comparison:
    """Compare a year's published reports with those of an edition in the archive; by default, the last one.

    Raises WrongUsage where nothing is published of the year, UnknownName for an edition that is not there.
    """
    now = _manifests(OutputFolder(output, year).public, audience)
    if not now:
        raise WrongUsage(
            f"Ingenting är publicerat för {year} i {output}. Gör rapporterna: asf-analysis run --year {year}"
        )
    then = _manifests(_archived(output, year, edition), audience)
    return Comparison(
        year=year,
        before=max((one.made for one in then.values()), default=None),
        after=max(one.made for one in now.values()),
        differences=tuple(dict.fromkeys(_differences(then, now))) if then else (),
    )


def _archived(output: Path, year: int, edition: str) -> Path:
    archive = archive_folder(output, year)
    kept = sorted(path for path in archive.glob("*") if path.is_dir())
    if not edition:
        return kept[-1] if kept else archive / "none"
    if archive / edition not in kept:
        known = ", ".join(path.name for path in kept) or "inga"
        raise UnknownName(
            f"Arkivet för {year} har ingen utgåva som heter {edition!r}. De som finns: {known}."
        )
    return archive / edition


def _manifests(folder: Path, audience: Audience) -> Mapping[str, ReportManifest]:
    files = sorted((folder / "internal").glob(f"*-{audience}.manifest.json"))
    read = {file.name: read_manifest(file) for file in files}
    return {name: manifest for name, manifest in read.items() if manifest}


def _differences(
    then: Mapping[str, ReportManifest], now: Mapping[str, ReportManifest]
) -> Iterator[Difference]:
    for name, after in now.items():
        before = then.get(name)
        if before is None:
            yield Difference("made_with", after.title, NOTHING, "ny rapport")
        else:
            yield from _differences_of(before, after)
    for name, before in then.items():
        if name not in now:
            yield Difference("made_with", before.title, "fanns", NOTHING)


def _differences_of(before: ReportManifest, after: ReportManifest) -> Iterator[Difference]:
    for key in dict.fromkeys([*before.kpis, *after.kpis]):
        yield from _of_kpi(before.kpis.get(key), after.kpis.get(key))
    was = {one.file: one for one in before.inputs}
    now = {one.file: one for one in after.inputs}
    for file in sorted(was.keys() | now.keys()):
        old, new = was.get(file), now.get(file)
        if old is None or new is None or old.sha256 != new.sha256:
            yield Difference("input", file, *_told_inputs(old, new))
    for part, word in (("raw", "lästa"), ("clean", "använda"), ("set_aside", "lagda åt sidan")):
        rows = [getattr(one.rows, part) for one in (before, after)]
        if rows[0] != rows[1]:
            yield Difference("rows", f"{after.title}: {word}", *map(format_number, rows))
    if before.notebook_sha256 != after.notebook_sha256:
        yield Difference("made_with", f"anteckningsboken {after.report}", "som den var", "ändrad")
    if before.commit != after.commit:
        yield Difference("made_with", "asf-analysis", before.commit or NOTHING, after.commit or NOTHING)
    for name in sorted(before.versions.keys() | after.versions.keys()):
        versions = [one.versions.get(name, NOTHING) for one in (before, after)]
        if versions[0] != versions[1]:
            yield Difference("made_with", name, *versions)


def _of_kpi(before: KpiValue | None, after: KpiValue | None) -> Iterator[Difference]:
    told = before or after
    if told is None:
        return
    for part, word in PARTS.items():
        was, now = (_written(one, part) if one else NOTHING for one in (before, after))
        if was != now:
            yield Difference("kpi", f"{told.label}: {word}", was, now)


def _written(kpi: KpiValue, part: str) -> str:
    if part == "status":
        return kpi.status or NOTHING
    value = getattr(kpi, part)
    if part == "result" and kpi.withheld:
        return ".."
    if value is None:
        return NOTHING
    whole = {"result": kpi.whole, "baseline": kpi.baseline_whole}.get(part)
    about = "ca " if part == "result" and kpi.approximate else ""
    decimals = 0 if float(value).is_integer() else 2
    written = f"{about}{format_number(value, decimals)}"
    return f"{written} av {format_number(whole)}" if whole is not None else written


def _told_inputs(before: InputFile | None, after: InputFile | None) -> tuple[str, str]:
    """Tell how many rows a file had and has, or where that is the same or not counted that it is another."""
    was, now = (_told_input(one) for one in (before, after))
    return (was, now) if was != now else (was, "ändrad" if now == THERE else f"{now}, ändrade")


def _told_input(one: InputFile | None) -> str:
    if one is None:
        return NOTHING
    return THERE if one.rows is None else f"{format_number(one.rows)} rader"


def told_differences(comparison: Comparison, form: str = "table") -> str:
    """Tell a comparison: to people as text (`table`), to programs as `csv` or `json`."""
    if form == "json":
        content = {
            "year": comparison.year,
            "before": comparison.before and comparison.before.isoformat(),
            "after": comparison.after.isoformat(),
            "differences": [asdict(one) for one in comparison.differences],
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows([one.kind, one.what, one.before, one.after] for one in comparison.differences)
        return text.getvalue()
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    after = f"{comparison.after:%Y-%m-%d kl. %H.%M}"
    if comparison.before is None:
        yield f"{comparison.year}: utgåvan från {after} är den första, så det finns ingen att jämföra med."
        return
    before = f"{comparison.before:%Y-%m-%d kl. %H.%M}"
    yield f"{comparison.year}: utgåvan från {after} jämförd med den från {before}"
    if not comparison.differences:
        yield "Ingenting skiljer sig: samma nyckeltal, samma underlag, samma program."
    for kind, heading in KINDS.items():
        found = [one for one in comparison.differences if one.kind == kind]
        if found:
            yield f"\n{heading}:"
            width = max(len(one.what) for one in found)
            yield from (f"  {one.what:<{width}}  {one.before} → {one.after}" for one in found)
    kinds = {one.kind for one in comparison.differences}
    if kinds and "kpi" not in kinds:
        others = join_words([KINDS[kind].lower() for kind in KINDS if kind in kinds])
        yield f"\nInget nyckeltal har ändrats, bara: {others}."
