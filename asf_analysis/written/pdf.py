"""PDF: the signs of each page with their places, in the order in which the program that made it wrote them.

They are read in a process of its own, with bounds of time and memory: PDFium is written in C, and a file made
to harm can keep it busy for ever, or end it.
"""

from __future__ import annotations

import ctypes
import json
import math
import subprocess
import sys
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from asf_analysis.errors import MissingExtra, UnreadableReport
from asf_analysis.written.limits import MOST_SECONDS, MOST_TEXT, Meter, damaged, too_large, too_slow
from asf_analysis.written.passages import Passage
from asf_analysis.written.pdf_lines import Rule, Sign
from asf_analysis.written.pdf_pages import passages_of_pages

_MOST_MEMORY = 4 << 30
_MOST_PAGES = 2000
_THINNEST = 3.0
"""Points: what is thinner, and longer than a few letters, is a line of a table."""

_BOLD = 600
_HYPHENS = {0x02: ord("-"), 0xFFFE: ord("-"), 0xAD: ord("-"), 0x2010: ord("-"), 0x2011: ord("-")}
"""What a hyphen at the end of a line may be told as."""

_PASSWORD = 4
"""FPDF_ERR_PASSWORD."""


def read_pdf_report(path: Path) -> tuple[Passage, ...]:
    """Read a PDF's headings, paragraphs and tables, without what stands at the edge of every page.

    Raises MissingExtra where pypdfium2 is not installed.
    """
    if find_spec("pypdfium2") is None:
        raise MissingExtra(
            f"{path.name}: För att läsa PDF behövs tillägget reading. Installera det med: "
            "pip install 'asf-analysis[reading]'. Eller spara rapporten som Word eller text."
        )
    command = [sys.executable, "-m", "asf_analysis.written.pdf", str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise too_slow(path.name) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise damaged(path.name) from error
    if "refusal" in answer:
        raise UnreadableReport(answer["refusal"])
    return tuple(Passage(**{**told, "cells": tuple(told["cells"])}) for told in answer["passages"])


def _read(path: Path) -> tuple[Passage, ...]:
    import pypdfium2
    from pypdfium2 import PdfiumError, raw

    meter = Meter(path.name)
    try:
        document = pypdfium2.PdfDocument(path)
        if len(document) > _MOST_PAGES:
            raise too_large(path.name)
        pages: list[tuple[list[Sign], list[Rule]]] = []
        for page in document:
            meter.check_time()
            signs = _signs_of(page, raw)
            meter.signs += len(signs)
            if meter.signs > MOST_TEXT:
                raise too_large(path.name)
            pages.append((signs, _rules_of(page, raw)))
    except PdfiumError as error:
        if raw.FPDF_GetLastError() == _PASSWORD or "assword" in str(error):
            raise UnreadableReport(f"{path.name}: Filen är skyddad med lösenord. Spara den utan.") from error
        raise damaged(path.name) from error
    return passages_of_pages(pages)


def _signs_of(page: Any, raw: Any) -> list[Sign]:
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix, name = raw.FS_MATRIX(), ctypes.create_string_buffer(200)
    signs: list[Sign] = []
    for place in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, place)
        if raw.FPDFText_IsGenerated(text, place) == 1 or code in (0, 10, 13):
            continue
        raw.FPDFText_GetCharOrigin(text, place, x, y)
        raw.FPDFText_GetCharBox(text, place, left, right, bottom, top)
        raw.FPDFText_GetMatrix(text, place, matrix)
        size = raw.FPDFText_GetFontSize(text, place) * math.hypot(matrix.c, matrix.d)
        raw.FPDFText_GetFontInfo(text, place, name, len(name), None)
        bold = raw.FPDFText_GetFontWeight(text, place) >= _BOLD or b"bold" in name.value.lower()
        if size > 0:
            end = max(right.value, x.value)
            signs.append(Sign(chr(_HYPHENS.get(code, code)), x.value, end, y.value, size, bold))
    return signs


def _rules_of(page: Any, raw: Any) -> list[Rule]:
    rules: list[Rule] = []
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=5):
        left, bottom, right, top = thing.get_bounds()
        wide, high = right - left, top - bottom
        if high <= _THINNEST < wide or wide <= _THINNEST < high:
            rules.append(Rule(left, bottom, right, top))
        elif wide > _THINNEST and high > _THINNEST:
            rules += [Rule(left, edge, right, edge) for edge in (bottom, top)]
            rules += [Rule(edge, bottom, edge, top) for edge in (left, right)]
    return rules


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _main(path: Path) -> None:
    _limit_memory()
    try:
        answer: dict[str, object] = {"passages": [asdict(passage) for passage in _read(path)]}
    except UnreadableReport as refusal:
        answer = {"refusal": str(refusal)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
