"""The house: every room is where it should be, and knows only the floors below it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "asf_analysis"

FLOORS = {
    "errors": 0,
    "spreadsheets": 0,
    "swedish": 0,
    "folders": 1,
    "association": 1,
    "audience": 1,
    "municipalities": 1,
    "years": 1,
    "definitions": 1,
    "demonstration": 2,
    "intake": 2,
    "kpis": 3,
    "disclosure": 4,
    "written": 4,
    "handover": 4,
    "pipeline": 4,
    "presentation": 5,
    "exploring": 6,
    "preparation": 6,
    "reports": 6,
    "schedule": 7,
    "reference": 7,
    "status": 7,
    "cli": 7,
    "__init__": 7,
}
"""The rooms of the package, and the floor each is on. `pipeline` leads from raw files through the door."""

WHERE_THINGS_STAND = {
    "intake": ("read", "headings", "corrections", "clean", "schemas", "checks", "log"),
    "kpis": ("registry", "targets", "breakdowns", "reconciliation"),
    "disclosure": ("protect",),
    "presentation": ("tables", "figures", "sentences", "palette"),
    "reports": ("catalogue", "run", "kernels", "export", "publish", "manifest", "template"),
    "definitions": ("columns.csv", "variants.csv"),
    "swedish": (),
}

TOP_LEVEL = {
    "notebooks", "asf_analysis", "data", "output", "tests", "environment.yml", "README.md",
    "pyproject.toml", "constraints.txt", "Makefile", "CHANGELOG.md", "benchmarks", ".ci",
    ".gitignore", "docs",
}  # fmt: skip

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            if node.module == "asf_analysis":
                yield from (f"asf_analysis.{name.name}" for name in node.names)
            elif node.module and node.module.startswith("asf_analysis."):
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("asf_analysis"))


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_only_go_down_the_floors(path):
    room = room_of(module_name(path))
    for imported in imports_of(path):
        assert FLOORS[room_of(imported)] <= FLOORS[room], f"{module_name(path)} imports {imported}"


@pytest.mark.parametrize("room", ["suppression", "audit"])
def test_what_withholds_and_what_attacks_rest_on_no_other_room(room):
    own = f"asf_analysis.disclosure.{room}"
    modules = sorted((PACKAGE / "disclosure" / room).glob("*.py"))
    assert len(modules) > 5
    for path in modules:
        others = {name for name in imports_of(path) if name != own and not name.startswith(f"{own}.")}
        assert others <= {"asf_analysis.errors"}, path.name


@pytest.mark.parametrize("room", ["exploring", "preparation"])
def test_reports_use_neither_what_explores_nor_what_prepares(room):
    modules = sorted((PACKAGE / "reports").rglob("*.py"))
    assert len(modules) > 20
    assert not [path.name for path in modules for name in imports_of(path) if room_of(name) == room]


def test_what_reads_written_reports_needs_nothing_of_what_is_published():
    for path in sorted((PACKAGE / "written").rglob("*.py")):
        assert "disclosure" not in {room_of(name) for name in imports_of(path)}, path.name


def test_an_import_upwards_would_be_seen(tmp_path):
    upwards = tmp_path / "upwards.py"
    upwards.write_text("from asf_analysis.reports import run\n")
    assert [FLOORS[room_of(name)] for name in imports_of(upwards)] == [6]


def test_every_room_of_the_package_is_on_the_map():
    rooms = {path.stem for path in PACKAGE.iterdir() if path.name != "__pycache__"}
    assert rooms == set(FLOORS)


@pytest.mark.parametrize(("room", "names"), WHERE_THINGS_STAND.items(), ids=list(WHERE_THINGS_STAND))
def test_rooms_hold_what_the_map_says(room, names):
    found = {path.name for path in (PACKAGE / room).iterdir()} | {
        path.stem for path in (PACKAGE / room).iterdir()
    }
    assert set(names) <= found


def test_the_top_level_holds_nothing_else(tracked_files):
    assert {name.split("/")[0] for name in tracked_files} <= TOP_LEVEL


def test_no_module_is_named_for_holding_anything():
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "misc", "common"}


def test_the_command_line_imports_no_heavy_library_before_it_must():
    for name in ("cli", "schedule", "folders", "errors", "swedish/commands", "__init__"):
        tree = ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))
        at_top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        assert not {"pandas", "matplotlib", "papermill", "nbconvert", "scipy"} & {
            alias.name.split(".")[0] for node in at_top for alias in node.names
        }
