"""A workbook's bytes are the same wherever it is written, and open as they should."""

import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from asf_analysis.spreadsheets import same_everywhere

WRITE = """
import io, sys
import xml.etree.ElementTree as ET
from openpyxl import Workbook
from openpyxl.worksheet.table import Table
from asf_analysis.spreadsheets import same_everywhere

if "registered" in sys.argv:
    ET.register_namespace("", "")
book = Workbook()
book.active.append(["Kommun", "Antal"])
book.active.append(["Gävle & <Hofors>", 12])
book.active.add_table(Table(displayName="kommuner", ref="A1:B2"))
book.create_sheet("Två").append(["=1+1", None, 2.5])
written = io.BytesIO()
book.save(written)
sys.stdout.buffer.write(same_everywhere(written.getvalue()))
"""


def written(lxml: bool, *arguments: str) -> bytes:
    """Write a workbook in a process of its own, where openpyxl uses lxml or not."""
    run = [sys.executable, "-c", WRITE, *arguments]
    return subprocess.run(
        run, env={**os.environ, "OPENPYXL_LXML": str(lxml)}, check=True, capture_output=True
    ).stdout


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return written(lxml=False)


def test_a_workbook_is_the_same_with_lxml_and_without(workbook):
    assert written(lxml=True) == workbook


def test_a_prefix_that_another_library_registers_for_the_process_changes_nothing(workbook):
    assert written(False, "registered") == workbook


def test_every_part_of_a_workbook_is_xml_that_says_each_namespace_once_where_it_is_used(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert len(parts) > 8
    for part in parts.values():
        ET.fromstring(part)
    assert parts["xl/worksheets/sheet1.xml"].count(b"spreadsheetml/2006/main") == 1
    assert load_workbook(io.BytesIO(workbook)).sheetnames == ["Sheet", "Två"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))))
def test_putting_a_workbook_in_one_form_keeps_every_text(texts):
    book, target = Workbook(), io.BytesIO()
    for row, text in enumerate(texts, start=1):
        cell = book.active.cell(row, 1, text)
        cell.data_type = "s"
    book.save(target)
    opened = load_workbook(io.BytesIO(same_everywhere(target.getvalue()))).active
    assert [opened.cell(row, 1).value or "" for row in range(1, len(texts) + 1)] == texts
