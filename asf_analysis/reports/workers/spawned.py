"""Ordinary workers, for where a fork is not safe: processes that import everything once and do many tasks."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from importlib import import_module
from multiprocessing.connection import Connection

from asf_analysis.errors import WorkerDied
from asf_analysis.reports.workers.grammar import grammar_left_out
from asf_analysis.reports.workers.orders import Answer, Task

SECONDS_TO_END = 3
"""How long a worker may take to end its kernel and itself when it is asked to, before it is killed."""

_SPAWN = multiprocessing.get_context("spawn")


class Spawned:
    """A worker that is started anew, and takes one task after the other."""

    def __init__(self) -> None:
        """Start it."""
        self._ending = threading.Lock()
        self._line, its_line = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_work, args=(its_line,))
        self._process.start()
        its_line.close()

    def run(self, task: Task) -> Answer:
        """Let it do a task, and wait for the answer. Raises WorkerDied."""
        try:
            self._line.send(task)
            return pickle.loads(self._line.recv_bytes())
        except (EOFError, OSError) as error:
            self.end()
            raise WorkerDied(died(self._process.exitcode)) from error

    def ask_to_end(self) -> None:
        """Ask it to end its kernel and itself."""
        self._process.terminate()

    def end(self) -> None:
        """Wait until it has ended; kill it where that takes too long. Several threads may do so at once."""
        with self._ending:
            self._process.join(SECONDS_TO_END)
            self._process.kill()
            self._process.join()

    def close(self) -> None:
        """Close the line to it, once it has ended and no thread waits for its answer."""
        self._line.close()


def died(code: int | None) -> str:
    """Say in Swedish that a worker died, and what to do.

    >>> died(-9)
    'En arbetsprocess dog (signal 9) innan den var klar. Kör igen; händer det på nytt kan minnet vara slut.'
    """
    how = f" (signal {-code})" if code is not None and code < 0 else f" (kod {code})" if code else ""
    return f"En arbetsprocess dog{how} innan den var klar. Kör igen; händer det på nytt kan minnet vara slut."


def _work(line: Connection) -> None:
    """Do tasks until there are no more; end when who gives them is gone, and when asked to.

    The one who is asked to end leaves what it does by an exception, and so takes its kernel with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_follow_parent, daemon=True).start()
    with grammar_left_out():
        import_module("nbformat")
    while True:
        try:
            task = line.recv()
        except EOFError:
            return
        task.run(line)


def _leave(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(1)


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(SECONDS_TO_END)
        os._exit(1)
