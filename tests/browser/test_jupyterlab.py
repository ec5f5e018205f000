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
WIDE = 1400
"""Pixels of a usual window, with the list of files open."""
TOO_WIDE = """
[...document.querySelectorAll('.jp-OutputArea-output')]
  .filter(output => output.scrollWidth > output.clientWidth)
  .map(output => (output.querySelector('table') ?? output).tagName)
"""
"""What makes outputs scroll sideways: the table that they hold, else the output itself."""
OUTPUT_WIDTH = "document.querySelector('.jp-OutputArea-output').clientWidth"
CONTRASTS = """() => {
  const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const luminance = colours => {
    for (const colour of colours) { pixel.fillStyle = colour; pixel.fillRect(0, 0, 1, 1) }
    const parts = [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255)
    const [red, green, blue] = parts.map(p => p <= .04045 ? p / 12.92 : ((p + .055) / 1.055) ** 2.4)
    return .2126 * red + .7152 * green + .0722 * blue
  }
  const grounds = part => part ? [...grounds(part.parentElement), getComputedStyle(part).backgroundColor] : []
  const measured = []
  for (const output of document.querySelectorAll('.jp-OutputArea-output')) {
    const texts = document.createTreeWalker(output, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode
      if (!data.trim() || parentElement.localName === 'style') continue
      const ground = ['white', ...grounds(parentElement)]
      const lights = [luminance(ground), luminance([...ground, getComputedStyle(parentElement).color])]
      measured.push([data, (Math.max(...lights) + .05) / (Math.min(...lights) + .05)])
    }
  }
  return measured
}"""
"""Every text in the outputs and its contrast to its ground by WCAG; the browser itself blends the colours.

axe sees no text in JupyterLab, whose `body` has no height, and takes ten seconds where it is given one.
"""

pytestmark = pytest.mark.browser


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
        "--LabApp.expose_app_in_browser=True", f"--LabApp.user_settings_dir={folder / 'settings'}",
        f"--LabApp.workspaces_dir={folder / 'workspaces'}",
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


QUALITY = pytest.param("data_quality.ipynb", marks=pytest.mark.slow, id="data_quality.ipynb")


@pytest.fixture(scope="module", params=["annual_report.ipynb", QUALITY])
def opened(request: pytest.FixtureRequest, chromium: Browser, lab: tuple[str, str]) -> Iterator[Page]:
    """A notebook after Run All, so high that JupyterLab draws every cell of it, with its data tables open."""
    page = chromium.new_page(viewport={"width": WIDE, "height": 30_000})
    run_all(page, *lab, request.param)
    page.evaluate("document.querySelectorAll('.jp-OutputArea details').forEach(part => { part.open = true })")
    yield page
    page.close()


EXPECTED = {
    "Arbetsintegrerande sociala företag 2018": 7,
    "Datakvalitet 2018": 1,
}
"""Titles on the covers of the notebooks, and how many charts each holds."""


OTHERS = {"gender_equality.ipynb": 5, "trends.ipynb": 3, "explore.ipynb": 2, "municipalities.ipynb": 2}
"""The notebooks that are only run, and how many charts each shows."""


@pytest.mark.slow
@pytest.mark.parametrize("notebook", OTHERS)
def test_every_other_notebook_runs_from_top_to_bottom_and_shows_its_charts(
    chromium: Browser, lab: tuple[str, str], notebook: str
):
    page = chromium.new_page(viewport={"width": WIDE, "height": 30_000})
    run_all(page, *lab, notebook)
    images = page.evaluate("[...document.querySelectorAll('.jp-OutputArea img')].map(i => i.naturalWidth)")
    assert page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    assert len(images) == OTHERS[notebook]
    assert all(width > 400 for width in images)
    page.close()


def test_no_notebook_is_left_out_of_these_tests():
    opened_first = {"annual_report.ipynb", "data_quality.ipynb"}
    assert {path.name for path in (ROOT / "notebooks").glob("*.ipynb")} == opened_first | {*OTHERS}


def test_a_notebook_runs_from_top_to_bottom_in_jupyterlab(opened: Page):
    images = opened.evaluate("[...document.querySelectorAll('.jp-OutputArea img')].map(i => i.naturalWidth)")
    [title] = opened.locator(".jp-OutputArea h1").all_inner_texts()
    assert opened.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    assert len(images) == EXPECTED[title]
    assert all(width > 500 for width in images)


def test_cards_stand_beside_each_other_and_tables_are_aligned(opened: Page):
    columns = computed(opened, ".kpi-cards", "gridTemplateColumns")
    assert [len(tracks.split()) > 2 for tracks in columns] == [True]
    assert set(computed(opened, ".data .number", "textAlign")) == {"right"}
    assert set(computed(opened, ".data .number", "fontVariantNumeric")) == {"tabular-nums"}
    assert set(computed(opened, ".data :is(tbody th, caption)", "textAlign")) == {"left"}
    assert set(computed(opened, ".data .total > *", "fontWeight")) <= {"700"}
    assert all(caption.is_visible() for caption in opened.locator(".jp-OutputArea caption").all())


def test_the_style_of_outputs_reaches_nothing_else(opened: Page):
    assert computed(opened, ".jp-OutputArea-output > style ~ p", "maxWidth")[0] != "none"
    assert set(computed(opened, ".jp-MarkdownCell p", "maxWidth")) == {"none"}


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_everything_written_in_outputs_stands_out_from_its_ground(opened: Page, theme: str):
    opened.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    opened.locator(f'body[data-jp-theme-name="{theme}"]').wait_for(state="attached")
    ratios = opened.evaluate(CONTRASTS)
    assert len(ratios) > 200
    assert [(text, ratio) for text, ratio in ratios if ratio < 4.5] == []


def test_no_output_scrolls_sideways_in_a_window_of_900_pixels(opened: Page):
    opened.set_viewport_size({"width": 900, "height": 30_000})
    opened.wait_for_function(f"{OUTPUT_WIDTH} < 600")
    beside_the_files = opened.evaluate(TOO_WIDE)
    opened.evaluate("jupyterapp.shell.collapseLeft()")
    opened.wait_for_function(f"{OUTPUT_WIDTH} > 600")
    assert opened.evaluate(TOO_WIDE) == []
    assert set(beside_the_files) <= {"TABLE"}, "only outputs with a table may"


def computed(page: Page, selector: str, style: str) -> list[str]:
    """Give a computed style of every element that a selector finds."""
    return page.evaluate(
        "([found, name]) => [...document.querySelectorAll(found)].map(one => getComputedStyle(one)[name])",
        [selector, style],
    )
