"""One run at a time in an output folder: who comes second is told who was first, or waits."""

from __future__ import annotations

import getpass
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from asf_analysis.errors import Busy, UnwritableOutput
from asf_analysis.folders import lock_file, lock_holder_file

PATIENCE_SECONDS = 6 * 3600
"""How long a run waits for another at most: longer than any, so that a hanging one is noticed."""


@contextmanager
def locked(
    output: Path, *, wait: bool = False, say: Callable[[str], None] = lambda _: None
) -> Iterator[None]:
    """Hold an output folder; the system lets go of it when the process ends, however it ends.

    Raises Busy, with who holds it, where another run does and this one does not wait, or has waited long
    enough; UnwritableOutput where the folder cannot be made or written to.
    """
    lock = FileLock(lock_file(output), timeout=0, thread_local=False, fallback_to_soft=False)
    holder = lock_holder_file(output)
    try:
        output.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout:
            if not wait:
                raise Busy(
                    f"En annan körning pågår i {output}: {_held_by(holder)}. "
                    "Vänta tills den är klar, eller lägg till --wait."
                ) from None
            say(f"Väntar på en annan körning: {_held_by(holder)} …")
            try:
                lock.acquire(timeout=PATIENCE_SECONDS, poll_interval=0.2)
            except Timeout:
                raise Busy(
                    f"Väntade {PATIENCE_SECONDS // 3600} timmar på en annan körning i {output}: "
                    f"{_held_by(holder)}. Avsluta den om den har hängt sig."
                ) from None
    except OSError as error:
        raise _unwritable(output, error) from error
    try:
        try:
            _tell_holder(holder)
        except OSError as error:
            raise _unwritable(output, error) from error
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _unwritable(output: Path, error: OSError) -> UnwritableOutput:
    return UnwritableOutput(
        f"Det går inte att skriva i mappen {output} ({error.strerror}). "
        "Frigör plats om disken är full, välj en annan mapp med --output, eller ändra rättigheterna."
    )


def _tell_holder(file: Path) -> None:
    told = {
        "process": os.getpid(),
        "user": _user(),
        "computer": socket.gethostname(),
        "since": datetime.now().isoformat(timespec="seconds"),
    }
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _user() -> str:
    """Name who runs this; by number, where the system knows no name, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _held_by(file: Path) -> str:
    """Tell in Swedish who holds a folder; the file is written just after the lock is taken."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(told["since"])
        return (
            f"process {told['process']} av {told['user']} på {told['computer']}, "
            f"sedan {since:%Y-%m-%d kl. %H.%M}"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "den började nyss"
