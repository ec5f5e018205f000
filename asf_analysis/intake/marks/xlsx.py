"""The marks of an Excel workbook (ECMA-376): its sheets' XML is searched, which is faster than parsing it."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

import numpy as np

from asf_analysis.intake.cells import failed_formula
from asf_analysis.intake.marks.marks import MAX_CELLS, Marks, Place, uncounted_formula

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_NAMESPACE = _MAIN.strip("{}").encode()
_PIECE = 1 << 24
_CELL_START = b'<c r="'
_LONGEST_CELL_START = len(b'<c r="XFD1048576"')

_TAG = rb"(?:[a-z0-9]+:)?"
_REFERENCE = rb'\br="([A-Z]{1,3})([0-9]{1,7})"'
_FORMULA = rb"(?:<%sf[^>]*/>|<%sf\b[^>]*>[^<]*</%sf>)" % (_TAG, _TAG, _TAG)

_LETTERS = re.compile(rb'"([A-Z]{1,3})[0-9]{1,7}"')
_NUMBERS = re.compile(rb'"[A-Z]{1,3}([0-9]{1,7})"')
_UNPLACED = re.compile(rb'<%sc(?=[\s/>])(?![^>]*\sr="[A-Z])' % _TAG)
_ROW_OR_CELL = re.compile(rb"<%s(?:(row)|c)(?=[\s/>])([^>]*)>" % _TAG)
_ROW_NUMBER = re.compile(rb"""\sr=["']([0-9]{1,7})["']""")
_PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_FAILED_HERE = re.compile(
    rb"""<%sc(?=[^>]*\st=["']e["'])[^>]*>(?:%s)?<%sv>([^<]*)<""" % (_TAG, _FORMULA, _TAG)
)
_UNCOUNTED_HERE = re.compile(
    rb"<%sc\b[^>]*>%s(?:<%sv ?/>|<%sv></%sv>)?</%sc>" % (_TAG, _FORMULA, _TAG, _TAG, _TAG, _TAG)
)
_FILLED = re.compile(rb"<%sc [^>]*?%s[^>]*(?<!/)>" % (_TAG, _REFERENCE))
_FAILED = re.compile(
    rb'<%sc (?=[^>]*\bt="e")[^>]*?%s[^>]*>(?:%s)?<%sv>([^<]*)<' % (_TAG, _REFERENCE, _FORMULA, _TAG)
)
_UNCOUNTED = re.compile(
    rb"<%sc [^>]*?%s[^>]*>%s(?:<%sv ?/>|<%sv></%sv>)?</%sc>"
    % (_TAG, _REFERENCE, _FORMULA, _TAG, _TAG, _TAG, _TAG)
)


def marks_of_xlsx(archive: zipfile.ZipFile) -> dict[str, Marks]:
    """Give the marks of every sheet; merged ranges are told by the reader of cells."""
    return {name: _marks(archive.read(part)) for name, part in _parts(archive)}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give every sheet's name and where in the archive it is."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if part in names:
            yield sheet.get("name", ""), part


def _marks(xml: bytes) -> Marks:
    marks = _usual_span(xml)
    if marks is None:
        if _UNPLACED.search(xml):
            return _marks_in_order(xml)
        marks = _spanning(set(_LETTERS.findall(xml)), set(_NUMBERS.findall(xml)))
    if marks.cells > MAX_CELLS:
        filled = [found.groups() for found in _FILLED.finditer(xml)]
        marks = _spanning({letters for letters, _ in filled}, {number for _, number in filled})
    for found in _UNCOUNTED.finditer(xml) if b"<f" in xml or b":f" in xml else ():
        marks.broken[_place(found[1], found[2])] = uncounted_formula()
    for found in _FAILED.finditer(xml) if b't="e"' in xml else ():
        marks.broken[_place(found[1], found[2])] = failed_formula(html.unescape(found[3].decode()))
    return marks


def _usual_span(xml: bytes) -> Marks | None:
    """Give how far cells reach where all begin with their place, as usual programs write them; else None."""
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    if start < 0 or end < 0 or xml.count(_NAMESPACE, 0, start) != 1:
        return None
    rows = columns = 0
    for piece in range(start, end, _PIECE):
        signs = np.frombuffer(xml, np.uint8, min(_PIECE + 1, end - piece), piece)
        places = np.flatnonzero((signs[:-1] == ord("<")) & (signs[1:] == ord("c"))) + piece
        row, column = np.zeros(len(places), np.int64), np.zeros(len(places), np.int64)
        reached = (places[:, None] + np.arange(_LONGEST_CELL_START)).clip(max=len(xml) - 1)
        text = np.frombuffer(xml, np.uint8)[reached]
        if not (text[:, : len(_CELL_START)] == np.frombuffer(_CELL_START, np.uint8)).all():
            return None
        within = np.ones(len(places), dtype=bool)
        for sign in text[:, len(_CELL_START) :].T:
            letter, digit = (sign >= ord("A")) & (sign <= ord("Z")), (sign >= ord("0")) & (sign <= ord("9"))
            within &= letter | digit
            column = np.where(within & letter, 26 * column + sign - ord("A") + 1, column)
            row = np.where(within & digit, 10 * row + sign - ord("0"), row)
        rows, columns = max(rows, row.max(initial=0)), max(columns, column.max(initial=0))
    return Marks(rows=int(rows), columns=int(columns))


def _marks_in_order(xml: bytes) -> Marks:
    """Give the marks where some cells do not say their place: it is then next to the one before, slower."""
    marks, row, column = Marks(), -1, -1
    for found in _ROW_OR_CELL.finditer(xml):
        if found[1]:
            number = _ROW_NUMBER.search(found[2])
            row, column = int(number[1]) - 1 if number else row + 1, -1
            continue
        told = _PLACE.search(found[2])
        place = _place(told[1], told[2]) if told else (row, column + 1)
        column = place[1]
        if not found[2].endswith(b"/"):
            marks.reach(*place)
            if failed := _FAILED_HERE.match(xml, found.start()):
                marks.broken[place] = failed_formula(html.unescape(failed[1].decode()))
            elif _UNCOUNTED_HERE.match(xml, found.start()):
                marks.broken[place] = uncounted_formula()
    return marks


def _spanning(letters: Iterable[bytes], numbers: Iterable[bytes]) -> Marks:
    return Marks(rows=max(map(int, numbers), default=0), columns=max(map(_column, letters), default=-1) + 1)


def _place(letters: bytes, number: bytes) -> Place:
    return int(number) - 1, _column(letters)


def _column(letters: bytes) -> int:
    """Give the place of a column from its letters.

    >>> _column(b"A"), _column(b"AB")
    (0, 27)
    """
    place = 0
    for letter in letters:
        place = 26 * place + letter - ord("A") + 1
    return place - 1
