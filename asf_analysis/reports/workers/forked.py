"""The warm process as seen by who asks it for processes, and the processes that it gives."""

from __future__ import annotations

import os
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from contextvars import ContextVar
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe

from asf_analysis.errors import WorkerDied

NUMBER = struct.Struct("q")
"""How a process' number, and how it ended, are told."""


class NotStarted(WorkerDied):
    """A process could not be forked."""


WHOLE, EARLY = b"w", b"e"
"""Requests: for a process that has imported everything, and for one that does with what comes first."""

FDS = 2
"""Descriptors in a request: one for the process' life, one for what is said with it."""

SECONDS_TO_END = 5
"""How long the warm process may take to end what was forked from it."""

_START = "from asf_analysis.reports.workers.warm import main; main({}, {}, {}, {}, {})"
_AS_KERNELS_ARE = ("-Xfrozen_modules=off",)
"""How ordinary kernels are started, too: their debugger warns of frozen modules."""

_NOT_STARTED = "En arbetsprocess gick inte att starta. Kör igen; händer det på nytt kan minnet vara slut."
_ENDED_UNSEEN = -9
"""How a process is said to have ended when the warm process, which would know, is gone."""


@dataclass(frozen=True)
class Readiness:
    """What a warm process says once it may be asked: which code it imports, and whether a fork is safe."""

    code: str
    threads: int
    dies_with_parent: bool

    @property
    def safe(self) -> bool:
        """Whether a fork of it is whole, and ends when it ends."""
        return self.threads == 1 and self.dies_with_parent


class Forked:
    """A process forked from the warm one, as `subprocess.Popen` would show it.

    It is its owner's: when the owner's process ends, or lets go of it by `close`, it is killed.
    """

    stdin = stdout = stderr = None

    def __init__(self, life: socket.socket, line: Connection) -> None:
        """Wait until it has been forked. Raises NotStarted where it cannot be."""
        self.line = line
        self.returncode: int | None = None
        self._life = life
        number = self._told()
        if number is None:
            self.close()
            raise NotStarted(_NOT_STARTED)
        self.pid = number

    def _told(self) -> int | None:
        told = self._life.recv(NUMBER.size, socket.MSG_WAITALL)
        return NUMBER.unpack(told)[0] if len(told) == NUMBER.size else None

    def poll(self) -> int | None:
        """Give how it ended, as Popen does; nothing while it runs."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it has ended. Raises TimeoutExpired."""
        if self._ended(timeout) is None:
            raise subprocess.TimeoutExpired("fork", timeout or 0)
        return self.returncode

    def _ended(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._life], [], [], timeout)[0]:
            told = self._told()
            if told is None:
                _kill(self.pid)
            self.returncode = _ENDED_UNSEEN if told is None else told
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, where it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Let go of it: where it still runs, it is killed."""
        self.line.close()
        self._life.close()


def _kill(number: int) -> None:
    """Kill what is left of a process' group, when the warm process died before it could do so."""
    try:
        os.killpg(number, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


@dataclass(frozen=True)
class Asking:
    """Where a forked process asks the warm one for more; and where kernels of their own find modules."""

    place: int
    kernels_path: tuple[str, ...]

    def fork(self) -> Forked:
        """Ask for a process that has imported everything. Raises NotStarted where there will be none."""
        return fork(self.place, WHOLE)


HELD: ContextVar[Asking | None] = ContextVar("HELD", default=None)
"""In a forked process: how to ask for another one."""


def fork(place: int, request: bytes) -> Forked:
    """Ask the warm process at this descriptor for a process of one's own. Raises NotStarted.

    `request` is WHOLE or EARLY.
    """
    life, its_life = socket.socketpair()
    line, its_line = Pipe()
    try:
        with socket.socket(fileno=os.dup(place)) as asking:
            socket.send_fds(asking, [request], [its_life.fileno(), its_line.fileno()])
    except OSError as error:
        life.close()
        line.close()
        raise NotStarted(_NOT_STARTED) from error
    finally:
        its_life.close()
        its_line.close()
    return Forked(life, line)


class WarmProcess:
    """A warm process of one's own, as long as it lives."""

    def __init__(self, also: tuple[str, ...] = ()) -> None:
        """Start it; it then imports everything, these modules too, while this process goes on."""
        self._owner, its_owner = Pipe()
        asked, self._asking = socket.socketpair(type=socket.SOCK_SEQPACKET)
        given = (its_owner.fileno(), asked.fileno(), self._asking.fileno())
        started = _START.format(*given, sys.path, also)
        self._process = subprocess.Popen(
            [sys.executable, *_AS_KERNELS_ARE, "-c", started],
            stdin=subprocess.DEVNULL,
            pass_fds=given,
            start_new_session=True,
        )
        its_owner.close()
        asked.close()
        self._lock = threading.Lock()
        self._readiness: Readiness | None = None

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def readiness(self) -> Readiness:
        """Wait until it may be asked for processes, and give what it says then. Raises WorkerDied."""
        with self._lock:
            if self._readiness is None:
                try:
                    self._readiness = self._owner.recv()
                except (EOFError, OSError) as error:
                    raise NotStarted(_NOT_STARTED) from error
            return self._readiness

    def fork(self, whole: bool = True) -> Forked:
        """Ask for a process; one that need not be whole does not wait until everything is imported.

        Raises NotStarted where there will be none.
        """
        return fork(self._asking.fileno(), WHOLE if whole else EARLY)

    def end(self) -> None:
        """End it, with all that was forked from it, and wait for it."""
        if self._readiness is None:
            self._process.kill()
            self._process.wait()
        with self._lock:
            self._owner.close()
        self._asking.close()
        try:
            self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
