"""Reading texts: composed letters without space around them, or no answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asf_analysis.swedish.numbers import NO_ANSWER, is_no_answer

_SIGNS = "A-Za-zÅÄÖÉÜåäöéü0-9"
_USUAL = f"^[{_SIGNS}](?:[{_SIGNS} .,;!?%/&()'+-]*[{_SIGNS}.,;!?%/&()'+-])?$"
"""A text that begins with a letter or a digit and has common signs alone, with no space around it."""

_MAY_BE_PERSON = "[0-9]{2}-?[0-9]{2}-?[0-9]{2}[^A-Za-z0-9]{0,7}[0-9]{4}"
"""Is found in every text with a personal number, and in others."""


def read_tidy(text: str) -> str | None:
    """Read a text; None where it says that there is no answer.

    >>> read_tidy(" Gästrike Snickeri "), read_tidy("uppgift saknas")
    ('Gästrike Snickeri', None)
    """
    tidy = unicodedata.normalize("NFC", text).strip()
    return None if is_no_answer(tidy) else tidy


def read_tidy_texts(texts: pa.StringArray) -> tuple[np.ndarray, pa.StringArray]:
    """Read the usual ones of many texts at once: which they are, and what each of them is read as.

    What others are read as is not said; a text that may hold a personal number is one of them.

    >>> usual, read = read_tidy_texts(pa.array(["Snickeri 1", " Snickeri 2", "Vet ej", "Å"]))
    >>> usual, read.filter(pa.array(usual)).to_pylist()
    (array([ True,  True, False, False]), ['Snickeri 1', 'Snickeri 2'])
    """
    trimmed = pc.utf8_trim_whitespace(texts)
    usual = pc.match_substring_regex(trimmed, _USUAL)
    unsure = pc.match_substring_regex(trimmed, f"  |{_MAY_BE_PERSON}")
    silent = pc.is_in(pc.utf8_rtrim(pc.utf8_lower(trimmed), "."), value_set=_SILENT)
    return as_mask(pc.and_not(usual, pc.or_(unsure, silent))), trimmed


def as_texts(cells: Sequence[Any]) -> pa.StringArray | None:
    """Give cells as an array of texts; None where any of them is something else."""
    try:
        texts = pa.array(cells, pa.string())
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return None
    return None if texts.null_count else texts


def as_mask(told: pa.BooleanArray) -> np.ndarray:
    """Give what is told of each text, as numpy keeps it."""
    return np.asarray(told.to_numpy(zero_copy_only=False))


_SILENT = pa.array(sorted({text.rstrip(".") for text in NO_ANSWER} | NO_ANSWER))
