"""The reference of KPIs and checks is made from their entries, and what is committed is up to date."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import asf_analysis

from asf_analysis.definitions import definition_lines
from asf_analysis.folders import DataFolder
from asf_analysis.intake import answers, checks
from asf_analysis.intake.schemas import SCHEMAS
from asf_analysis.kpis import INDICATORS, KPIS
from asf_analysis.reference import reference

ROOT = Path(__file__).parent.parent
COMMITTED = ROOT / "docs" / "referens.md"
TOLD = reference(DataFolder(ROOT / "data"))


def sentences(module: object) -> Iterator[str]:
    """Give what is written in a module's code for people: its Swedish sentences, and the parts of those."""
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            text = node.value.strip()
            if (
                text[:1].isupper()
                and " " in text
                and text
                not in {"Register och enkät", "Datum och datum", "Delar och summor", "Omgång och omgång"}
            ):
                yield text  # fmt: skip


def test_the_committed_page_is_what_the_command_writes():
    shown = asf_analysis("reference", "--data", ROOT / "data")
    assert shown.returncode == 0
    assert shown.stdout == COMMITTED.read_text("utf-8"), "asf-analysis reference > docs/referens.md"


@pytest.mark.parametrize("kpi", [*KPIS, *INDICATORS], ids=lambda kpi: kpi.key)
def test_every_kpi_and_indicator_is_told(kpi):
    line = next(line for line in TOLD.splitlines() if f"| `{kpi.key}` |" in line)
    assert line.startswith(f"| {kpi.label} |")
    assert kpi.formula in line


@pytest.mark.parametrize("module", [checks, answers], ids=["tables", "answers"])
def test_every_message_of_a_check_is_told(module):
    written = [*sentences(module)]
    assert len(written) > 5
    assert [sentence for sentence in written if sentence not in TOLD] == []


@pytest.mark.parametrize("table", SCHEMAS)
def test_every_column_has_a_note_and_is_told(table):
    noted = {line["column"]: line["note"] for line in definition_lines("column_notes.csv")
             if line["table"] == table}  # fmt: skip
    assert noted
    assert [column for column, note in noted.items() if note.split("{")[0] not in TOLD] == []


def test_nothing_is_told_twice_in_a_table():
    tables = [[line for line in part.splitlines() if line.startswith("|")] for part in TOLD.split("\n#")]
    assert sum(map(len, tables)) > len(KPIS) + len(INDICATORS)
    assert all(len(rows) == len(set(rows)) for rows in tables)
