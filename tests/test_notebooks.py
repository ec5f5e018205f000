"""Notebooks are prose with one-line answers: the logic is in the package."""

import ast
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from asf_analysis.kpis import KPIS
from asf_analysis.reports.catalogue import REPORTS

EVERY_NOTEBOOK = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
TOUR = "explore"
"""The analyst's tour: it is no report, and shows how to write code of one's own."""
NOTEBOOKS = [notebook for notebook in EVERY_NOTEBOOK if notebook.stem != TOUR]
LOGIC = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try,
         ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.With)  # fmt: skip
LINES = 6
TELLS = {
    "milestones": ("regional_council", "gender_follow_up"),
    "informed": ("organisations_informed", "employees_informed", "politicians_informed"),
    "trainings": ("trainings", "ambassadors"),
    "activities": ("information_activities",),
    "lectures": ("external_lectures",),
    "supporting_municipalities": ("supporting_municipalities",),
}
"""The KPIs that a function of the sentences tells."""


def cells(notebook: Path, kind: str) -> list[dict]:
    return [cell for cell in json.loads(notebook.read_text("utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def test_every_report_has_its_notebook_and_every_notebook_its_report():
    assert [notebook.stem for notebook in NOTEBOOKS] == sorted(report.name for report in REPORTS)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_cell_holds_no_logic_and_at_most_six_lines(notebook):
    codes = [source(cell) for cell in cells(notebook, "code")]
    assert codes
    for code in codes:
        found = [type(node).__name__ for node in ast.walk(ast.parse(code)) if isinstance(node, LOGIC)]
        assert found == [], code
        assert len(code.splitlines()) <= LINES, code


@pytest.mark.parametrize("notebook", EVERY_NOTEBOOK, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_outputs(notebook):
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells(notebook, "code"))


@pytest.mark.parametrize("notebook", EVERY_NOTEBOOK, ids=lambda path: path.stem)
def test_a_notebook_has_one_cell_of_parameters_and_it_comes_first(notebook):
    tagged = ["parameters" in cell["metadata"].get("tags", []) for cell in cells(notebook, "code")]
    assert tagged == [True] + [False] * (len(tagged) - 1)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_imports_everything_from_the_package(notebook):
    trees = [ast.parse(source(cell)) for cell in cells(notebook, "code")]
    imported = [
        node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert imported
    assert all(
        isinstance(node, ast.ImportFrom) and node.module.startswith("asf_analysis") for node in imported
    )


@pytest.mark.parametrize("notebook", EVERY_NOTEBOOK, ids=lambda path: path.stem)
def test_no_number_in_the_prose_comes_from_the_keyboard(notebook):
    prose = " ".join(source(cell) for cell in cells(notebook, "markdown"))
    assert prose
    assert not [sign for sign in prose if sign.isdigit()]


@pytest.mark.parametrize("notebook", EVERY_NOTEBOOK, ids=lambda path: path.stem)
def test_headings_start_at_the_second_level_and_skip_none(notebook):
    lines = [line for cell in cells(notebook, "markdown") for line in source(cell).splitlines()]
    levels = [len(line) - len(line.lstrip("#")) for line in lines if line.startswith("#")]
    assert levels[0] == 2
    assert all(level >= 2 for level in levels)
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.fixture(scope="module")
def calls() -> list[tuple[str, str, str]]:
    """What the notebook of the annual report calls: room, function and key."""
    notebook = next(notebook for notebook in NOTEBOOKS if notebook.stem == "annual_report")
    codes = "\n".join(source(cell) for cell in cells(notebook, "code"))
    return re.findall(r"^(text|tables|figures)\.(\w+)\(report(?:, \"(\w+)\")?\)", codes, re.MULTILINE)


def test_the_annual_report_tells_every_kpi_once(calls):
    told = [
        key
        for room, name, argument in calls
        if room == "text"
        for key in ((argument,) if name == "kpi" else TELLS.get(name, ()))
    ]
    assert sorted(told) == sorted(kpi.key for kpi in KPIS)


def test_a_breakdown_of_people_is_shown_once_as_a_figure_or_as_a_table(calls):
    shown = [argument for _, name, argument in calls if name in ("women_and_men", "breakdown")]
    assert shown
    assert len(shown) == len(set(shown))
    assert {argument for _, name, argument in calls if name in ("people", "groups")} == set(shown)
