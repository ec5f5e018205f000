"""The log of runs: a line for each event, in a file that never grows beyond bounds."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Protocol

from asf_analysis.errors import Severity, UnwritableOutput

LARGEST_FILE = 1_000_000
"""Bytes of a file of the log. A run of forty reports writes about 4 kB, so it holds most of a year's days."""

OLDER_FILES = 4
"""Files that are kept beside the newest: what happened last year can be looked up, within 5 MB."""


class Journal(Protocol):
    """What writes an event into the log."""

    def __call__(self, text: str, severity: Severity = "upplysning") -> None:
        """Write a text as one line, with the time and how grave it is."""


@contextmanager
def journal(path: Path) -> Iterator[Journal]:
    """Open a log, and give what writes an event into it: local time, severity and text, on one line.

    What is written must name no person and repeat no answer: the log is not protected. Raises
    UnwritableOutput where the file cannot be opened; where a line cannot be written it does so at the end,
    so that a full log stops no report.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _Handler(path, maxBytes=LARGEST_FILE, backupCount=OLDER_FILES, encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error) from error

    def write(text: str, severity: Severity = "upplysning") -> None:
        handler.handle(_record(f"{_now()} {severity} {_one_line(text)}"))

    try:
        yield write
    finally:
        handler.close()
    if handler.problem:
        raise _unwritable(path, handler.problem) from handler.problem


class _Handler(RotatingFileHandler):
    """A rotating file that remembers the first problem, where the standard library prints a traceback."""

    problem: OSError | None = None

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002  # logging's name
        """Remember what the system said; called while the error is handled. Raises what is no such error."""
        try:
            raise
        except OSError as error:
            self.problem = self.problem or error

    def close(self) -> None:
        """Close the file; what could not be written shows itself here too."""
        try:
            super().close()
        except OSError as error:
            self.problem = self.problem or error


def _record(text: str) -> logging.LogRecord:
    return logging.LogRecord("asf-analysis", logging.INFO, "", 0, text, None, None)


def _now() -> str:
    return datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unwritable(path: Path, error: OSError) -> UnwritableOutput:
    return UnwritableOutput(
        f"Det går inte att skriva i loggen {path} ({error.strerror}). "
        "Frigör plats om disken är full, ändra rättigheterna, eller kör utan --log."
    )
