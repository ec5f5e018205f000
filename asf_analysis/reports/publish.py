"""Publication: a folder of documents is replaced as a whole, or stays as it was.

Work goes on in a staging folder on the same file system. A finished edition and the published one change
places in one step; the one that was replaced goes to the archive. A run that was killed leaves its staging
folder, and where the system can only rename twice perhaps the published folder in it: the next run puts that
back and clears away the rest.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from asf_analysis.errors import UnwritableOutput
from asf_analysis.folders import OutputFolder, archive_folder
from asf_analysis.reports.exchange import exchange

STAGING = ".staging-"
REPLACED = "replaced"
"""The folder in a staging folder where a new edition changes places with the published one."""

EDITION_FILE = "internal/edition.json"
"""Says when an edition was published; it belongs to the year's folder, not to one report."""


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """Give a folder to work in, on the same file system as the output; it is gone afterwards.

    Raises UnwritableOutput where the output folder cannot be made or written to.
    """
    # The name is known before there is a folder: who is stopped at any moment knows what to remove.
    folder = output / f"{STAGING}{secrets.token_hex(8)}"
    try:
        _make(folder)
        yield folder
        _remove(folder)
    except BaseException:
        # What stopped the work is what must be told, not that its leavings could not be removed.
        with suppress(OSError):
            _put_back(folder, output)
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _make(folder: Path) -> None:
    """Make a staging folder that only its own user can read."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise UnwritableOutput(
            f"Det går inte att skriva i mappen {folder.parent} ({error.strerror}). "
            "Frigör plats om disken är full, välj en annan mapp med --output, eller ändra rättigheterna."
        ) from error


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise UnwritableOutput(
            f"Dokumenten är publicerade, men arbetsmappen {folder} går inte att ta bort ({error.strerror}). "
            "Ta bort den för hand."
        ) from error


def clear_after_killed_runs(output: Path) -> None:
    """Put back or keep what a run that was killed had moved, and remove what it left.

    Only whoever holds the output folder's lock may do so. Raises UnwritableOutput where it cannot be done.
    """
    try:
        for folder in sorted(output.glob(f"{STAGING}*")):
            _put_back(folder, output)
            shutil.rmtree(folder)
    except OSError as error:
        raise UnwritableOutput(
            f"Det går inte att städa efter en körning som avbröts i {output} ({error.strerror}). "
            "Stäng filer som är öppna där, eller ändra rättigheterna."
        ) from error


def _put_back(folder: Path, output: Path) -> None:
    """Put back what was moved into a staging folder; what has a successor goes to the archive."""
    for moved in sorted((folder / REPLACED).glob("*")):
        year = int(moved.name)
        published = OutputFolder(output, year).public
        if not published.exists():
            moved.rename(published)
        elif edition_time(moved) < edition_time(published):
            moved.rename(_free_place(output, year, edition_time(moved)))


def prepare(
    documents: Mapping[str, Path | bytes],
    published: Path,
    new: Path,
    now: datetime,
    gone: Collection[str] = (),
) -> None:
    """Write a whole new edition of a published folder: its documents, and what else the folder holds.

    `documents` maps names, which may hold subfolders, to files or what they hold; `gone` names documents and
    folders of the older edition that do not belong to the new one. Raises UnwritableOutput.
    """
    told = {"edition": now.isoformat(timespec="microseconds")}
    with _telling(published):
        if published.exists():
            shutil.copytree(published, new)
        new.mkdir(parents=True, exist_ok=True)
        for name in gone:
            _take_away(new / name)
        for name, document in {**documents, EDITION_FILE: json.dumps(told).encode()}.items():
            content = document if isinstance(document, bytes) else document.read_bytes()
            _write(new / name, content)


def publish(new: Path, output: Path, year: int, workplace: Path) -> Path | None:
    """Put a finished edition in the place of a year's published folder; gives where that is kept, if any.

    A reader finds all of the old documents or all of the new ones. Raises UnwritableOutput where it cannot
    be done; the old folder then stands.
    """
    published = OutputFolder(output, year).public
    with _telling(published):
        if not published.exists():
            new.rename(published)
            return None
        moved = workplace / REPLACED / str(year)
        moved.parent.mkdir(exist_ok=True)
        kept = _free_place(output, year, edition_time(published))
        new.rename(moved)
        _change_places(moved, published, new)
        try:
            moved.rename(kept)
        except OSError:
            _change_places(moved, published, new)
            raise
        return kept


def _change_places(moved: Path, published: Path, aside: Path) -> None:
    """Let two folders change places; where the system can only rename, one waits aside meanwhile."""
    if exchange(moved, published):
        return
    moved.rename(aside)
    published.rename(moved)
    try:
        aside.rename(published)
    except OSError:
        moved.rename(published)
        raise


def edition_time(folder: Path) -> str:
    """Tell when an edition was published, as a text that sorts by time; "" for one that does not say.

    >>> edition_time(Path("nowhere"))
    ''
    """
    try:
        return str(json.loads((folder / EDITION_FILE).read_text(encoding="utf-8"))["edition"])
    except (OSError, ValueError, KeyError):
        return ""


def _free_place(output: Path, year: int, edition: str) -> Path:
    """Name a folder of the archive for when the edition in it was published; a second one has a number."""
    archive = archive_folder(output, year)
    archive.mkdir(parents=True, exist_ok=True)
    stamp = edition[:19].replace(":", ".") or "utan-datum"
    place, number = archive / stamp, 1
    while place.exists():
        number += 1
        place = archive / f"{stamp}-{number}"
    return place


@contextmanager
def _telling(published: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnwritableOutput(
            f"Det går inte att publicera i mappen {published} ({_reason(error)}). "
            "Den förra utgåvan ligger kvar orörd. Stäng filer som är öppna där, frigör plats om disken är "
            "full, eller ändra rättigheterna."
        ) from error


def _reason(error: OSError) -> str:
    """Say why the system refused; where a whole folder was copied, each reason once.

    >>> _reason(OSError(28, "No space left on device"))
    'No space left on device'
    >>> _reason(shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")]))
    "[Errno 28] No space left on device: 'b'"
    """
    if isinstance(error, shutil.Error):
        return "; ".join(dict.fromkeys(str(why) for *_, why in error.args[0]))
    return error.strerror or str(error)


def _write(place: Path, content: bytes) -> None:
    """Write a document so that it has reached the disk: a power cut must not empty what is published."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    with place.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _take_away(place: Path) -> None:
    """Remove a file, or a folder with what it holds, where there is one."""
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
