"""Publication: a folder of documents is replaced as a whole, or stays as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from asf_analysis.errors import UnwritableOutput


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """Give a folder to work in, on the same file system as the output; it is gone afterwards.

    Raises UnwritableOutput where the output folder cannot be made or written to.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".staging-", dir=output))
    except OSError as error:
        raise UnwritableOutput(
            f"Det går inte att skriva i mappen {output} ({error.strerror}). "
            "Välj en annan mapp med --output, eller ändra rättigheterna."
        ) from error
    try:
        yield folder
    except BaseException:
        # What stopped the work is what must be told, not that its leavings could not be removed.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _remove(folder)


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise UnwritableOutput(
            f"Dokumenten är publicerade, men arbetsmappen {folder} går inte att ta bort ({error.strerror}). "
            "Ta bort den för hand."
        ) from error


def publish(
    documents: Mapping[str, Path],
    target: Path,
    workplace: Path,
    gone: Collection[str] = (),
    check: Callable[[Path, Path | None], None] | None = None,
) -> None:
    """Put documents into a folder, all at once; what else the folder holds is kept, but for what is `gone`.

    A whole new folder is made in `workplace` and takes the place of the old one by renaming, so a reader
    finds either all of the old documents or all of the new ones. `documents` maps names, which may hold
    subfolders, to files; `gone` names documents and folders of an older edition that do not belong to the new
    one. `check` is given the new folder and the old one, None where there was none, before they change
    places; what it raises stops the publication. Raises UnwritableOutput where it cannot be done. The old
    folder then stands.
    """
    new, old = workplace / "new", workplace / "old"
    try:
        if target.exists():
            shutil.copytree(target, new, copy_function=_link_or_copy)
        for name in gone:
            _take_away(new / name)
        for name, document in documents.items():
            place = new / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)
            shutil.copy2(document, place)
        if check:
            check(new, target if target.exists() else None)
        target.parent.mkdir(parents=True, exist_ok=True)
        _exchange(new, target, old)
    except OSError as error:
        raise UnwritableOutput(
            f"Det går inte att publicera i mappen {target} ({error.strerror}). "
            "Den förra utgåvan ligger kvar orörd. Stäng filer som är öppna där, eller ändra rättigheterna."
        ) from error


def _take_away(place: Path) -> None:
    """Remove a file, or a folder with what it holds, where there is one."""
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _exchange(new: Path, target: Path, old: Path) -> None:
    """Rename the new folder into the place of the old, and the old one back where that fails."""
    if not target.exists():
        new.rename(target)
        return
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise


def _link_or_copy(source: str, destination: str) -> None:
    """Link a file that stays as it is; copy where the file system has no links."""
    try:
        os.link(source, destination)
    except OSError:
        shutil.copy2(source, destination)
