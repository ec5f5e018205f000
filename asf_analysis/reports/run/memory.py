"""How much memory work has taken."""

from __future__ import annotations

import sys


def peak_memory_mb() -> int | None:
    """Give the most memory that this process has had, and the largest that has ended below it, together.

    In megabytes; None where the system does not tell.
    """
    if sys.platform == "win32":
        return None
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    parts = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return round(sum(resource.getrusage(part).ru_maxrss for part in parts) * unit / 1e6)
