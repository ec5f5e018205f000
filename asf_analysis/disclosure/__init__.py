"""The door: results become `Published` here, or they are not shown.

`suppress` and `suppress_together` do the same for an analyst's own tables of counts (`own_tables/`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asf_analysis.disclosure.own_tables.suppress import suppress, suppress_together

__all__ = ["suppress", "suppress_together"]


def __getattr__(name: str) -> object:
    """Import what an analyst calls when it is asked for: the optimiser is heavy."""
    if name in __all__:
        from asf_analysis.disclosure.own_tables import suppress as module

        return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
