"""A grammar that costs more time than pandas, and that no report needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

GRAMMAR = "rfc3987_syntax"
"""What jsonschema checks addresses with, where it is installed: it is compiled each time it is imported."""


@contextmanager
def grammar_left_out() -> Iterator[None]:
    """Let nbformat be imported, and jsonschema with it, as if that grammar were not installed.

    Notebooks are checked as ever: their schema asks for no address of that kind. Where the grammar has been
    imported already, nothing is done.
    """
    if GRAMMAR in sys.modules:
        yield
        return
    # What stands for a module that cannot be imported; see the reference of sys.modules.
    sys.modules[GRAMMAR] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[GRAMMAR]
