"""Bounds of what is read: whatever is larger than a report ever is, was not meant as one."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from asf_analysis.errors import UnreadableReport

MOST_BYTES = 100_000_000
"""Of a file: reports with many pictures stay below it."""

MOST_TEXT = 20_000_000
"""Bytes of text, unpacked, and signs of a document: some ten thousand pages."""

MOST_PASSAGES = 100_000
MOST_SECONDS = 60
"""Time that the reading of one document may take."""


@dataclass
class Meter:
    """Counts what has been read of a document, and stops where it gets too much or takes too long."""

    file: str
    begun: float = field(default_factory=time.monotonic)
    signs: int = 0
    passages: int = 0

    def count(self, text: str) -> None:
        """Count a passage. Raises UnreadableReport where a bound is passed."""
        self.signs += len(text)
        self.passages += 1
        if self.signs > MOST_TEXT or self.passages > MOST_PASSAGES:
            raise too_large(self.file)
        self.check_time()

    def check_time(self) -> None:
        """Raise UnreadableReport where the time is up."""
        if time.monotonic() - self.begun > MOST_SECONDS:
            raise too_slow(self.file)


def too_slow(file: str) -> UnreadableReport:
    """Say that a document takes longer to read than any report."""
    return UnreadableReport(
        f"{file}: Det tar för lång tid att läsa filen (mer än {MOST_SECONDS} sekunder). "
        "Dela den, eller spara texten som en textfil och läs den."
    )


def too_large(file: str) -> UnreadableReport:
    """Say that a document is too large to be a report."""
    return UnreadableReport(
        f"{file}: Filen är för stor för att vara en rapport. Dela den, eller spara bara texten."
    )


def damaged(file: str) -> UnreadableReport:
    """Say that a file is not what its name says, or is damaged."""
    return UnreadableReport(
        f"{file}: Filen är skadad, eller av ett annat slag än namnet säger. "
        "Öppna den i programmet den gjordes med och spara den på nytt."
    )


def check_size(path: Path) -> None:
    """Raise UnreadableReport for a file too large, empty or missing."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableReport(
            f"{path.name}: Filen finns inte, eller får inte läsas. Kontrollera namnet och mappen."
        ) from error
    if not path.is_file():
        raise UnreadableReport(f"{path.name}: Det är en mapp, inte en fil. Ange rapportens fil.")
    if size > MOST_BYTES:
        raise too_large(path.name)
    if size == 0:
        raise UnreadableReport(f"{path.name}: Filen är tom. Välj en annan fil.")
