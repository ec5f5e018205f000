"""What changes without a programmer: headings and spellings, a CSV file each."""

from __future__ import annotations

import csv
import io
from importlib.resources import files


def definition_lines(name: str) -> list[dict[str, str]]:
    """Read a file of definitions as one dictionary per line."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))
