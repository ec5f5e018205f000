"""What all tests share: the project's own files, and a data folder that a test may break."""

import pickle
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from made_once import made_once

settings.register_profile("default", max_examples=40, deadline=None)
settings.register_profile("benchmark", max_examples=2000, deadline=None)
settings.load_profile("default")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def choices_made_once() -> Iterator[None]:
    """Let each worker choose once what is withheld of the same year: that follows from what is given."""
    from asf_analysis.disclosure import editions
    from asf_analysis.disclosure.choice import choose

    made: dict[bytes, object] = {}

    def once(*given: object) -> object:
        asked = pickle.dumps(given)
        if asked not in made:
            made[asked] = choose(*given)
        return made[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "choose", once)
        yield


@pytest.fixture(scope="session")
def tracked_files() -> list[str]:
    """What git holds or would hold."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    names = [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    assert names
    return names


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of the demonstration data that a test may change."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture(scope="session")
def report_2018(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public report of 2018, made as `asf-analysis run` makes it: the path of its page."""
    from asf_analysis.folders import DataFolder
    from asf_analysis.reports.catalogue import find_report
    from asf_analysis.reports.requests import Request
    from asf_analysis.reports.run import make_report

    request, data = Request(find_report("annual_report"), 2018), DataFolder(ROOT / "data")
    return made_once(tmp_path_factory, "report", lambda folder: make_report(request, data, folder / "output"))


@pytest.fixture(scope="session")
def quality_2018(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of data quality of a small year with faults that stop the annual report."""
    from quality_sample import faulty_data

    from asf_analysis.reports.catalogue import find_report
    from asf_analysis.reports.requests import Request
    from asf_analysis.reports.run import make_report

    def make(folder: Path) -> Path:
        data = faulty_data(folder / "faulty")
        return make_report(Request(find_report("data_quality"), 2018, "internal"), data, folder / "output")

    return made_once(tmp_path_factory, "quality", make)


@pytest.fixture(scope="session")
def page_2018(report_2018: Path):
    """The finished page of the public report of 2018, exported from the notebook that its run executed."""
    import nbformat
    from finished_pages import finished

    return finished(
        nbformat.read(report_2018.parent / "internal" / "annual_report-public.ipynb", as_version=4)
    )
