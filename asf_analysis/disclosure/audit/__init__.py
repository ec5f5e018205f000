"""The attacker: what can be worked out of all that is shown, by somebody who has nothing else.

Shares no code with the rooms that choose what is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Audit:
    """What an attack on a folder found; each finding is a Swedish line."""

    findings: tuple[str, ...]


def audit_folder(folder: Path, threshold: int, before: Path | None = None) -> Audit:  # noqa: ARG001
    """Give what could be worked out of a folder: not built yet, so nothing is found."""
    return Audit(())
