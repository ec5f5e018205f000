"""The audit of a folder: what it withholds, and how closely a stranger can tell each figure of it."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from asf_analysis.disclosure.audit.bounds import NEAR
from asf_analysis.disclosure.audit.cells import ROLE, Cell, Figure, Reading, Spot
from asf_analysis.disclosure.audit.findings import Audit, Finding
from asf_analysis.disclosure.audit.linking import Known, linked
from asf_analysis.disclosure.audit.open_data import OpenTable, packages_of, read_package
from asf_analysis.disclosure.audit.pages import Page, read_page
from asf_analysis.disclosure.audit.texts import told_in_texts
from asf_analysis.disclosure.audit.worlds import known_by, ranges_of
from asf_analysis.errors import UnreadableFolder

INDEX = "index.html"
MARK = re.compile(r"(\S+) betyder att uppgiften inte redovisas")


def audit_folder(
    folder: Path,
    threshold: int | None = None,
    before: Path | None = None,
    beside: Sequence[Path] = (),
    interval: int | None = None,
) -> Audit:
    """Work out all that a stranger could of a published folder.

    A withheld figure of people is found where it can be told closer than within `interval` (the threshold
    if not given), unless it is that there is nobody; and so is a shown one below `threshold` (the folder's
    own if not given) that is no grand total. `before` is the edition that this one takes the place of,
    `beside` the folders of neighbouring years; readers may have kept them. Raises UnreadableFolder where
    the folder's own files are missing or damaged; other editions that are get a remark.
    """
    own, tables = _read(folder)
    kept: list[_Kept] = [(place, f"{place.name}/", ()) for place in beside if packages_of(place)]
    kept += [(before, "förra utgåvan: ", tables)] if before is not None else []
    others, unreadable = _read_others(kept)
    limit = threshold or own.threshold or 5
    reach = interval or limit
    shown, told = known_by(own.cells), known_by(cell for other in others for cell in other.cells)
    mine = {cell.figure: cell for cell in _withheld(own)}
    theirs = {cell.figure: cell for one in reversed(others) for cell in _withheld(one)}
    withheld = {figure: cell for figure, cell in theirs.items() if figure not in shown} | mine
    ranges = ranges_of(own, others, None, max(reach, limit))
    close = {figure: ends for figure, ends in ranges.of.items() if _is_close(ends, reach)}
    close |= {
        figure: shown[figure] for figure in withheld if figure in shown and _is_close(shown[figure], reach)
    }
    secret = {figure: ends for figure, ends in close.items() if figure in withheld}
    earlier = _known_anyway(secret, others, told, reach)
    latent = {
        figure: ends for figure, ends in ranges.of.items() if _is_small_part(figure, ends, withheld, limit)
    }
    small = [cell for cell in _small(own.cells, limit) if cell.figure not in secret]
    return Audit(
        findings=(
            *(_narrow(withheld[one], ends) for one, ends in _sorted(secret, withheld) if one not in earlier),
            *(
                Finding(Spot(folder.name, "", _named(one)), _told(ends, "framgår av flera tabeller"))
                for one, ends in latent.items()
            ),
            *(Finding(cell.spot, "visar ett tal om så få personer att det ska skyddas") for cell in small),
        ),
        cells=sum(cell.status == "withheld" for cell in own.cells),
        tables=own.tables,
        told_before=tuple(
            Finding(withheld[one].spot, "har redovisats förut och kan inte tas tillbaka")
            for one, _ in _sorted(secret, withheld)
            if one in earlier and one in mine
        ),
        remarks=unreadable
        + tuple(f"Känns inte igen: {name}" for name in own.unread)
        + ((f"{ranges.disbelieved} uppgifter motsäger andra",) if ranges.disbelieved else ()),
    )


_Kept = tuple[Path, str, Sequence[OpenTable]]
"""Another edition's folder, what its files are called, and tables that its own are like."""


def _read_others(kept: Iterable[_Kept]) -> tuple[list[Reading], tuple[str, ...]]:
    """Read other editions that readers may have kept, and tell in Swedish which cannot be read."""
    read, unreadable = [], []
    for place, prefix, like in kept:
        try:
            read.append(_read(place, prefix, like)[0])
        except UnreadableFolder as error:
            unreadable.append(f"Granskas utan en utgåva som inte går att läsa: {str(error).rstrip('.')}")
    return read, tuple(unreadable)


def _read(
    folder: Path, prefix: str = "", like: Sequence[OpenTable] = ()
) -> tuple[Reading, Sequence[OpenTable]]:
    """Read what a folder tells a stranger; gives its tables of people in the open data too."""
    reading = Reading()
    tables: list[OpenTable] = []
    for path in packages_of(folder):
        told, some = read_package(path, folder, like)
        reading = reading.and_(told)
        tables += some
    files = [path for path in sorted(folder.glob("*.html")) if path.name != INDEX]
    if not files and not packages_of(folder):
        raise UnreadableFolder(
            f"{folder} har varken rapporter (.html) eller öppna data (datapackage.json). "
            "Ange ett års mapp, till exempel output/2018."
        )
    for path in files:
        page = read_page(path)
        reading = reading.and_(_told_by(page, Known(tuple(tables), _mark(page))))
    return (_prefixed(reading, prefix) if prefix else reading), tables


def _mark(page: Page) -> str:
    """Give the sign for what is not told, as the page's notes explain it."""
    found = next((match for text in page.paragraphs if (match := MARK.search(text))), None)
    return found[1] if found else ".."


def _told_by(page: Page, known: Known) -> Reading:
    reading = Reading()
    for table in page.tables:
        reading = reading.and_(linked(table, page.file, known))
    return reading.and_(told_in_texts(page, reading.cells))


def _prefixed(reading: Reading, prefix: str) -> Reading:
    cells = tuple(
        replace(cell, spot=replace(cell.spot, file=f"{prefix}{cell.spot.file}")) for cell in reading.cells
    )
    return replace(reading, cells=cells)


def _withheld(reading: Reading) -> list[Cell]:
    return [cell for cell in reversed(reading.cells) if cell.status == "withheld"]


def _is_close(ends: tuple[float, float], limit: float) -> bool:
    """Whether a range is narrower than it must be, and does not say that there is nobody."""
    if not all(map(math.isfinite, ends)):
        return False
    low, high = math.ceil(ends[0] - NEAR), math.floor(ends[1] + NEAR)
    return high - low < limit and (low, high) != (0, 0)


def _known_anyway(
    secret: Mapping[Figure, tuple[float, float]],
    others: Sequence[Reading],
    told: Mapping[Figure, tuple[float, float]],
    limit: float,
) -> set[Figure]:
    """Give the figures that the other editions tell as closely by themselves."""
    known = {figure for figure in secret if figure in told and _is_close(told[figure], limit)}
    left = secret.keys() - known
    if left:
        for other in others:
            own = {cell.figure for cell in other.cells} & left
            if own:
                ranges = ranges_of(other, (), own, limit).of
                known |= {figure for figure, ends in ranges.items() if _is_close(ends, limit)}
    return known


def _is_small_part(
    figure: Figure, ends: tuple[float, float], withheld: Collection[Figure], limit: float
) -> bool:
    """Whether a figure that no table has is told to be of too few people."""
    return figure not in withheld and ends[0] >= 1 and ends[1] < limit and not figure.dimensions <= {ROLE}


def _small(cells: Iterable[Cell], limit: float) -> Iterator[Cell]:
    """Give the shown cells of few people that are no grand totals, once for each figure."""
    seen = {cell.figure for cell in cells if cell.grand}
    for cell in cells:
        few = cell.low == cell.high and 1 <= abs(cell.low) < limit
        if cell.status == "shown" and not cell.doubtful and few and cell.figure not in seen:
            seen.add(cell.figure)
            yield cell


def _sorted(
    found: Mapping[Figure, tuple[float, float]], cells: Mapping[Figure, Cell]
) -> list[tuple[Figure, tuple[float, float]]]:
    return sorted(found.items(), key=lambda one: str(cells[one[0]].spot))


def _narrow(cell: Cell, ends: tuple[float, float]) -> Finding:
    return Finding(cell.spot, _told(ends, "redovisas inte"))


def _told(ends: tuple[float, float], why: str) -> str:
    low, high = (f"{round(end)}".replace("-", "−") for end in ends)
    return f"{why}, men är {low}" if low == high else f"{why}, men ligger mellan {low} och {high}"


def _named(figure: Figure) -> str:
    return ", ".join(value for _, value in sorted(figure.of))
