"""The reference of KPIs and checks is made from their entries, and what is committed is up to date."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import asf_analysis

from asf_analysis.intake import answers, checks
from asf_analysis.kpis import INDICATORS, KPIS
from asf_analysis.reference import reference

COMMITTED = Path(__file__).parent.parent / "docs" / "referens.md"


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
    shown = asf_analysis("reference")
    assert shown.returncode == 0
    assert shown.stdout == COMMITTED.read_text("utf-8"), "asf-analysis reference > docs/referens.md"


@pytest.mark.parametrize("kpi", [*KPIS, *INDICATORS], ids=lambda kpi: kpi.key)
def test_every_kpi_and_indicator_is_told(kpi):
    line = next(line for line in reference().splitlines() if f"| `{kpi.key}` |" in line)
    assert line.startswith(f"| {kpi.label} |")
    assert kpi.formula in line


@pytest.mark.parametrize("module", [checks, answers], ids=["tables", "answers"])
def test_every_message_of_a_check_is_told(module):
    written = [*sentences(module)]
    told = reference()
    assert len(written) > 5
    assert [sentence for sentence in written if sentence not in told] == []


def test_no_check_is_told_of_twice():
    lines = [line for line in reference().splitlines() if line.startswith("| ") and "---" not in line]
    tables = reference().split("\n### ")
    assert all(len(rows) == len(set(rows)) for rows in (table.splitlines()[3:] for table in tables[1:]))
    assert len(lines) > len(KPIS) + len(INDICATORS)
