"""The repository: one set of requirements, everywhere the same, and nothing in it that should not be."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONDA_NAMES = {"matplotlib": "matplotlib-base"}
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FORBIDDEN = {"acro", "testbook", "scrapbook", "ploomber", "great-expectations"}
LARGEST = 1_000_000


def split(requirement: str) -> tuple[str, str]:
    found = re.fullmatch(r"([A-Za-z0-9_-]+)(.*)", requirement.strip())
    assert found, requirement
    return found[1].lower().replace("_", "-"), found[2]


def requirements() -> dict[str, str]:
    return dict(split(requirement) for requirement in PYPROJECT["project"]["dependencies"])


def conda_requirements() -> dict[str, str]:
    lines = re.findall(
        r"^  (?:    )?- ([a-z0-9-]+)([<>=].*)?$", (ROOT / "environment.yml").read_text("utf-8"), re.MULTILINE
    )
    return {name: versions for name, versions in lines if name not in ("conda-forge", "pip")}


def test_conda_and_pip_ask_for_the_same_versions():
    expected = {CONDA_NAMES.get(name, name): versions for name, versions in requirements().items()}
    assert conda_requirements() == {"python": PYPROJECT["project"]["requires-python"], **expected}


def test_every_requirement_has_a_tested_version_within_its_range():
    pinned = dict(
        line.lower().replace("_", "-").split("==")
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    )
    extras = PYPROJECT["project"]["optional-dependencies"]
    wanted = [*PYPROJECT["project"]["dependencies"], *(one for extra in extras.values() for one in extra)]
    from packaging.specifiers import SpecifierSet

    others = [one for one in wanted if not one.startswith("asf-analysis[")]
    assert len(others) > 20
    for name, versions in map(split, others):
        assert pinned[name] in SpecifierSet(versions), name


def test_the_constraints_hold_versions_and_no_address():
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[^ /@]+|#.*|", line) for line in text.splitlines())


def test_packages_that_were_decided_against_are_not_required():
    assert not FORBIDDEN & set(requirements())


def test_no_file_in_git_is_larger_than_a_megabyte(tracked_files):
    sizes = {name: (ROOT / name).stat().st_size for name in tracked_files if (ROOT / name).is_file()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


@pytest.mark.parametrize("place", [r"/(?:ro" + r"ot|ho" + r"me)/[a-z]", r"index-" + r"url"])
def test_no_text_in_git_names_a_place_on_one_machine(tracked_files, place):
    texts = [
        name
        for name in tracked_files
        if name.endswith((".py", ".md", ".toml", ".yml", ".txt", ".csv", ".ipynb"))
    ]
    assert len(texts) > 20
    found = [name for name in texts if re.search(place, (ROOT / name).read_text("utf-8", errors="replace"))]
    assert found == []
