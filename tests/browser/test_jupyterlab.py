"""The notebooks as an analyst runs them: opened in a real JupyterLab, from top to bottom."""

from __future__ import annotations

import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 120
"""Seconds that a kernel or a whole notebook may take."""

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("kernels")]


def wait_for(condition: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, f"still waiting for {what}"
        time.sleep(0.25)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def lab_server(folder: Path) -> Iterator[tuple[str, str]]:
    """Run JupyterLab on loopback, in a folder; gives its address and token, and ends it afterwards."""
    port, token = free_port(), secrets.token_hex(16)
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: answers(f"{address}/api/status?token={token}"), "JupyterLab")
        yield address, token
    finally:
        server.terminate()
        server.wait(timeout=30)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def kernel_is_ready(address: str, token: str, notebook: str) -> bool:
    with urllib.request.urlopen(f"{address}/api/sessions?token={token}", timeout=5) as response:
        sessions = json.load(response)
    return any(
        session["kernel"]["execution_state"] == "idle" and session["kernel"]["connections"] > 0
        for session in sessions
        if session["path"].endswith(notebook)
    )


def run_all(page: Page, address: str, token: str, notebook: str) -> None:
    """Open a notebook, run every cell, and wait until each has its number."""
    page.goto(f"{address}/lab/tree/notebooks/{notebook}?reset&token={token}")
    wait_for(lambda: kernel_is_ready(address, token, notebook), "the kernel")
    page.get_by_text("| Idle").wait_for(timeout=PATIENCE * 1000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator('[data-command="runmenu:run-all"]').click()
    wait_for(lambda: code_cells(notebook) == numbered_cells(page) > 0, "every cell to be run")


def code_cells(notebook: str) -> int:
    cells = json.loads((ROOT / "notebooks" / notebook).read_text(encoding="utf-8"))["cells"]
    return sum(cell["cell_type"] == "code" for cell in cells)


def numbered_cells(page: Page) -> int:
    prompts = page.evaluate(
        "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent)"
    )
    return sum(any(sign.isdigit() for sign in prompt) for prompt in prompts)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A JupyterLab with the notebooks and the demonstration data: its address and token."""
    root = tmp_path_factory.mktemp("lab")
    for folder in ("notebooks", "data"):
        shutil.copytree(ROOT / folder, root / folder)
    with lab_server(root) as server:
        yield server


@pytest.mark.parametrize(
    ("notebook", "charts", "title"),
    [
        ("annual_report.ipynb", 5, "Arbetsintegrerande sociala företag 2018"),
        ("data_quality.ipynb", 1, "Datakvalitet 2018"),
    ],
)
def test_a_notebook_runs_from_top_to_bottom_in_jupyterlab(
    chromium: Browser, lab: tuple[str, str], notebook: str, charts: int, title: str
):
    page = chromium.new_page(viewport={"width": 1400, "height": 30_000})
    run_all(page, *lab, notebook)
    errors = page.locator('[data-mime-type="application/vnd.jupyter.error"]').count()
    images = page.evaluate("[...document.querySelectorAll('.jp-OutputArea img')].map(i => i.naturalWidth)")
    titles = page.locator(".jp-OutputArea h1").all_inner_texts()
    page.close()
    assert errors == 0
    assert len(images) == charts
    assert all(width > 500 for width in images)
    assert titles == [title]
