"""What a published page must hold in a real browser, as one list of what is wrong with it.

`audit(browser, path)` is for any HTML file of ours; an empty list means that the page passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 320)
NARROWEST = 320
"""CSS pixels at which a page must not scroll sideways (WCAG 1.4.10)."""


@dataclass
class Visit:
    """A page as it stands in the browser, and what it tried to do."""

    page: Page
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def open_page(browser: Browser, path: Path, width: int = 1280, dark: bool = False) -> Iterator[Visit]:
    """Open a file; every request but for the file itself is stopped and noted."""
    address = path.resolve().as_uri()
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", locale="sv-SE"
    )
    visit = Visit(context.new_page())
    visit.page.on("dialog", lambda dialog: (visit.dialogs.append(dialog.message), dialog.dismiss()))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on("console", lambda entry: visit.errors.append(entry.text) if entry.type == "error" else None)
    visit.page.on("request", lambda request: _note(visit, request.url, address))
    visit.page.route(
        "**/*", lambda route: route.continue_() if route.request.url == address else route.abort()
    )
    try:
        visit.page.goto(address, wait_until="load")
        yield visit
    finally:
        context.close()


def audit(
    browser: Browser, path: Path, widths: Iterable[int] = WIDTHS, modes: Iterable[bool] = (False, True)
) -> list[str]:
    """Give everything that is wrong with a page, at each width, light and dark (`modes`: dark or not)."""
    modes = tuple(modes)
    return [
        f"{width} px, {'mörkt' if dark else 'ljust'}: {problem}"
        for width in widths
        for dark in modes
        for problem in _problems(browser, path, width, dark)
    ]


def axe_violations(page: Page) -> list[str]:
    """Open every `details` and give axe's violations: rule, and the first places."""
    page.evaluate("document.querySelectorAll('details').forEach(element => { element.open = true })")
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"axe {violation['id']}: {[node['html'][:160] for node in violation['nodes'][:3]]}"
        for violation in results.response["violations"]
    ]


def _problems(browser: Browser, path: Path, width: int, dark: bool) -> Iterator[str]:
    with open_page(browser, path, width, dark) as visit:
        yield from _structure(visit.page)
        yield from _broken_images(visit.page)
        yield from _overflow(visit.page, width)
        yield from axe_violations(visit.page)
        yield from _overflow(visit.page, width)
        yield from (f"begäran till {url}" for url in visit.requests)
        yield from (f"dialogruta: {message}" for message in visit.dialogs)
        yield from (f"fel i konsolen: {message}" for message in visit.errors)


def _structure(page: Page) -> Iterator[str]:
    scripts = page.evaluate("document.scripts.length")
    titles = page.evaluate("document.querySelectorAll('h1').length")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    links = page.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map(link => link.hash.slice(1))")
    if scripts:
        yield f"{scripts} skript"
    if titles != 1:
        yield f"{titles} rubriker på nivå 1"
    if page.evaluate("document.documentElement.lang") != "sv":
        yield "språket är inte sv"
    yield from (
        f"id {name} finns flera gånger" for name in sorted({name for name in ids if ids.count(name) > 1})
    )
    yield from (f"länken #{name} leder ingenstans" for name in links if name not in ids)


def _broken_images(page: Page) -> Iterator[str]:
    broken = page.evaluate(
        "[...document.images].filter(image => !image.naturalWidth).map(image => image.alt)"
    )
    yield from (f"bilden syns inte: {alt}" for alt in broken)


def _overflow(page: Page, width: int) -> Iterator[str]:
    """Find sideways scrolling of the page as a whole."""
    scroll = page.evaluate("document.documentElement.scrollWidth")
    if scroll > max(width, NARROWEST):
        yield f"sidan är {scroll} px bred"


def _note(visit: Visit, url: str, address: str) -> None:
    if url.split("#")[0] != address and not url.startswith("data:"):
        visit.requests.append(url)
