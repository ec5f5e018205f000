"""What an analyst imports: `load()` gives a year's results, ready to show.

Names are imported when first used, so that the command line can answer `--help` at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asf_analysis.disclosure.published import Published
    from asf_analysis.pipeline import load

__all__ = ["Published", "load"]

_HOMES = {"load": "asf_analysis.pipeline", "Published": "asf_analysis.disclosure.published"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'asf_analysis' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
