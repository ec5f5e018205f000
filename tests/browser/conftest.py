"""A real browser for the tests of what readers open."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from hostile_pages import HostilePages, make_hostile_pages
from index_sample import publish_year, with_result
from made_once import made_once
from page_audit import Visit, open_page
from playwright.sync_api import Browser, sync_playwright
from sample_notebook import notebook

from asf_analysis.folders import DataFolder
from asf_analysis.reports.catalogue import REPORTS
from asf_analysis.reports.export import export_html
from asf_analysis.reports.index import write_index
from asf_analysis.reports.requests import Request
from asf_analysis.reports.run import make_report

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module; a machine without it skips them, but never in CI.

    Not for the whole session: while playwright is up, its event loop runs in the thread of the tests, and
    `asyncio.run` in any later test would fail.
    """
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} saknas: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page_of(chromium: Browser) -> Callable[..., AbstractContextManager[Visit]]:
    """Open a file: `with page_of(path, width=320, dark=True) as visit`."""
    return partial(open_page, chromium)


@pytest.fixture(scope="session")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with every kind of block, exported."""
    path = tmp_path_factory.mktemp("report") / "sample.html"
    path.write_text(export_html(notebook()), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def pages_of_reports(
    report_2018: Path, quality_2018: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The page of every report of the catalogue, by name: for the public where it is made for the public."""
    made, data = {"annual_report": report_2018, "data_quality": quality_2018}, DataFolder(ROOT / "data")
    for report in REPORTS:
        if report.name not in made:
            request = Request(report, 2018, report.audiences[0])
            make = partial(_make, request, data)
            made[report.name] = made_once(tmp_path_factory, report.name, make)
    return made


def _make(request: Request, data: DataFolder, folder: Path) -> Path:
    return make_report(request, data, folder / "output")


@pytest.fixture(scope="session")
def hostile_pages(tmp_path_factory: pytest.TempPathFactory) -> HostilePages:
    """Pages whose every text is hostile, exported."""

    def make(folder: Path) -> Path:
        kept = folder / "pages.pickle"
        kept.write_bytes(pickle.dumps(make_hostile_pages(folder)))
        return kept

    pages: HostilePages = pickle.loads(made_once(tmp_path_factory, "hostile", make).read_bytes())
    return pages


@pytest.fixture(scope="session")
def index_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of three years, with a figure of every kind and a year between that is missing."""
    output = tmp_path_factory.mktemp("output")
    publish_year(output, 2016, with_result(24, low=20.0, high=28.0))
    publish_year(output, 2018, with_result(None, withheld=True))
    publish_year(output, 2019, with_result(1234))
    return write_index(DataFolder(Path(__file__).parents[2] / "data"), output, print)
