"""What a published page must hold in a real browser, as one list of what is wrong with it.

`audit(browser, path)` is for any HTML file of ours; an empty list means that the page passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 320)
NARROWEST = 320
"""CSS pixels at which a page must not scroll sideways (WCAG 1.4.10)."""


@dataclass
class Visit:
    """A page as it stands in the browser, and what it tried to do; `sent` are the requests let through."""

    page: Page
    requests: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def open_page(
    browser: Browser, path: Path, width: int = 1280, dark: bool = False, forced_colours: bool = False
) -> Iterator[Visit]:
    """Open a file; every request but for the file itself is stopped and noted."""
    address = path.resolve().as_uri()
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        forced_colors="active" if forced_colours else "none",
        locale="sv-SE",
    )
    visit = Visit(context.new_page())
    visit.page.on("dialog", lambda dialog: (visit.dialogs.append(dialog.message), dialog.dismiss()))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on("console", lambda entry: visit.errors.append(entry.text) if entry.type == "error" else None)
    visit.page.on("request", lambda request: _note(visit, request.url, address))
    visit.page.route("**/*", lambda route: _let_through(visit, route, address))
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
    open_details(page)
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"axe {violation['id']}: {[node['html'][:160] for node in violation['nodes'][:3]]}"
        for violation in results.response["violations"]
    ]


def page_faults(visit: Visit, width: int) -> list[str]:
    """Give what is wrong with a page as it stands: structure, pictures, width, and what it tried to do."""
    return [
        *_structure(visit.page),
        *_pictures(visit.page),
        *_lost_text(visit.page),
        *_overflow(visit.page, width),
        *(f"begäran till {url}" for url in visit.requests),
        *(f"dialogruta: {message}" for message in visit.dialogs),
        *(f"fel i konsolen: {message}" for message in visit.errors),
    ]


def open_details(page: Page) -> None:
    """Open every `details`."""
    page.evaluate("document.querySelectorAll('details').forEach(element => { element.open = true })")


def _problems(browser: Browser, path: Path, width: int, dark: bool) -> Iterator[str]:
    with open_page(browser, path, width, dark) as visit:
        yield from _overflow(visit.page, width)
        yield from axe_violations(visit.page)
        yield from page_faults(visit, width)


def _structure(page: Page) -> Iterator[str]:
    scripts = page.evaluate("document.scripts.length")
    titles = page.evaluate("document.querySelectorAll('h1').length")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    links = page.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map(link => link.hash.slice(1))")
    names = page.evaluate(_NAMES_OF_REGIONS)
    if scripts:
        yield f"{scripts} skript"
    if titles != 1:
        yield f"{titles} rubriker på nivå 1"
    if page.evaluate("document.documentElement.lang") != "sv":
        yield "språket är inte sv"
    yield from (f"id {name} finns flera gånger" for name in _repeated(ids))
    yield from (f"flera områden heter {name!r}" for name in _repeated(names))
    yield from (f"länken #{name} leder ingenstans" for name in links if name not in ids)
    yield from (f"<{name}> är tom" for name in page.evaluate(_EMPTY))


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


_NAMES_OF_REGIONS = """[...document.querySelectorAll('[role=region], [role=group], nav')].map(element =>
  element.ariaLabel ?? document.getElementById(element.getAttribute('aria-labelledby'))?.textContent ?? '')"""

_EMPTY = """[...document.querySelectorAll('a, summary, caption, figcaption, h1, h2, h3, h4, h5, h6, th, li')]
  .filter(element => !element.textContent.trim() && !element.querySelector('img[alt]'))
  .map(element => element.localName)"""

_CUT = """[...document.querySelectorAll('body *')].filter(element => {
  const style = getComputedStyle(element)
  return ['hidden', 'clip'].includes(style.overflowX) && !element.matches('.visually-hidden, thead')
    && element.textContent.trim() && element.scrollWidth > element.clientWidth + 1
}).map(element => element.textContent.slice(0, 60))"""


def _pictures(page: Page) -> Iterator[str]:
    """Find pictures that are not drawn, that have no height, or that come from elsewhere."""
    for alt, drawn, height, source in page.evaluate(
        "[...document.images].map(image => "
        "[image.alt, image.naturalWidth, image.getBoundingClientRect().height, image.currentSrc])"
    ):
        if not drawn or not height:
            yield f"bilden syns inte: {alt}"
        if not source.startswith("data:image/"):
            yield f"bilden finns inte i filen: {alt}"


def _lost_text(page: Page) -> Iterator[str]:
    """Find texts that do not fit, where what does not fit is cut off."""
    yield from (f"texten är avskuren: {text}" for text in page.evaluate(_CUT))


def _overflow(page: Page, width: int) -> Iterator[str]:
    """Find sideways scrolling of the page as a whole."""
    scroll = page.evaluate("document.documentElement.scrollWidth")
    if scroll > max(width, NARROWEST):
        yield f"sidan är {scroll} px bred"


def _let_through(visit: Visit, route: Route, address: str) -> None:
    """Let a page have itself and nothing else."""
    if route.request.url == address:
        route.continue_()
    else:
        visit.sent.append(route.request.url)
        route.abort()


def _note(visit: Visit, url: str, address: str) -> None:
    if url.split("#")[0] != address and not url.startswith("data:"):
        visit.requests.append(url)
