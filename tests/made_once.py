"""What several test workers read, and one of them makes."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PATIENCE = 300
"""Seconds that a worker waits for what another one makes."""


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]) -> Path:
    """Give what `make` writes in a folder: made by the worker that asks first, and read by all of them."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    told = folder / "made.txt"
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + PATIENCE
        while not told.exists():
            assert time.monotonic() < until, f"{name} was not made"
            time.sleep(0.1)
        place = told.read_text(encoding="utf-8")
        assert place, f"{name} could not be made, as another worker tells"
        return Path(place)
    unfinished, made = folder / "making.txt", ""
    try:
        made = str(make(folder))
        return Path(made)
    finally:
        unfinished.write_text(made, encoding="utf-8")
        unfinished.rename(told)
