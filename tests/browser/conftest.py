"""A real browser for the tests of what readers open."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from page_audit import Visit, open_page
from playwright.sync_api import Browser, sync_playwright
from sample_notebook import notebook

from asf_analysis.reports.export import export_html

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
