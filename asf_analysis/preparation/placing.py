"""New files put in their places: all of them or none, and never in the place of one that is there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from asf_analysis.errors import UnwritableOutput


def place_all(new: Mapping[Path, bytes], changed: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Write new files, and change files that are there from one content to another.

    Each file is written beside its place and moved there whole. Raises UnwritableOutput where one cannot be
    written, has come to be meanwhile, or no longer holds what it was to be changed from; all is then as it
    was.
    """
    undo = _Undo()
    try:
        waiting = {path: _write_beside(path, content, undo) for path, content in new.items()}
        for path, beside in waiting.items():
            _move_to_free_place(beside, path)
            undo.files.append(path)
        for path, (before, after) in changed.items():
            beside = _write_beside(path, after, undo)
            if path.read_bytes() != before:
                raise FileExistsError(None, "filen ändrades under tiden", str(path))
            os.replace(beside, path)
            undo.contents[path] = before
    except BaseException as error:
        remaining = undo.all()
        if isinstance(error, OSError):
            names = ", ".join(str(path) for path in remaining)
            done = f"Det som redan var gjort ligger kvar: {names}." if names else "Inget har skrivits."
            raise UnwritableOutput(
                f"Det går inte att skriva {error.filename or 'filerna'} ({error.strerror or error}). "
                f"{done} Stäng filer som är öppna, frigör plats om disken är full, eller ändra "
                "rättigheterna, och kör kommandot igen."
            ) from error
        raise
    undo.beside()


class _Undo:
    """What has been made so far, and how it is taken back."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        self.waiting: list[Path] = []
        self.folders: list[Path] = []
        self.contents: dict[Path, bytes] = {}

    def all(self) -> list[Path]:
        """Take all back; gives the files with which that could not be done."""
        remaining = []
        for path, before in self.contents.items():
            try:
                path.write_bytes(before)
            except OSError:
                remaining.append(path)
        for path in self.files:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                remaining.append(path)
        with suppress(OSError):
            self.beside()
        for folder in reversed(self.folders):
            with suppress(OSError):
                folder.rmdir()
        return remaining

    def beside(self) -> None:
        """Remove the files that wait beside their places."""
        for path in self.waiting:
            path.unlink(missing_ok=True)


def _write_beside(path: Path, content: bytes, undo: _Undo) -> Path:
    """Write what a file is to hold in a hidden file beside its place, and make its folders."""
    missing = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        undo.folders.append(folder)
    beside = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    undo.waiting.append(beside)
    with beside.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return beside


def _move_to_free_place(beside: Path, path: Path) -> None:
    """Give a file its name, unless another one has it: in one step, where the file system can."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        # Not every file system can give a file two names.
        if path.exists():
            raise FileExistsError(None, "filen finns redan", str(path)) from None
        beside.rename(path)
