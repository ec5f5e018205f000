"""The charts of the real pages at the width of a phone: drawn for it, legible, without sideways scrolling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from page_audit import open_page
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LEAST_LETTERS = 11
"""CSS pixels of the smallest letters of a chart on a phone of the usual width."""

MEASURE = """[...document.querySelectorAll('.chart-frame')].map(frame => {
  const image = frame.querySelector('picture > img');
  const svg = new DOMParser().parseFromString(
    new TextDecoder().decode(Uint8Array.from(atob(image.currentSrc.split(',')[1]), c => c.charCodeAt(0))),
    'image/svg+xml').documentElement;
  const sizes = [...svg.querySelectorAll('[font-size]')].map(part => +part.getAttribute('font-size'));
  const box = image.getBoundingClientRect();
  return {
    overflow: frame.scrollWidth - frame.clientWidth,
    letters: Math.min(...sizes) * box.width / +svg.getAttribute('width'),
    squeezed: Math.abs(box.width / box.height - svg.getAttribute('width') / svg.getAttribute('height')),
    width: box.width,
  };
})"""

SHOWS = """rendition => [...document.querySelectorAll('picture')].every(picture => {
  const [source, image] = picture.children;
  return image.complete && image.currentSrc === (rendition === 'wide' ? image.src : source.srcset);
})"""

PAGES = {"report_2018": 7, "quality_2018": 1}
"""How many charts each page has."""


@pytest.fixture(scope="module", params=PAGES)
def charts(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[tuple[Page, int]]:
    """A page that a test may show at any width, and how many charts it has."""
    with open_page(chromium, request.getfixturevalue(request.param)) as visit:
        yield visit.page, PAGES[request.param]


def measured(charts: tuple[Page, int], width: int, rendition: str) -> list[dict[str, float]]:
    """Show the page at a width, wait for one rendition of every chart (else fail), and measure them."""
    page, number = charts
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_function(SHOWS, arg=rendition, timeout=5_000)
    found = page.evaluate(MEASURE)
    assert len(found) == number
    return found


@pytest.mark.parametrize(("width", "least"), [(320, 10), (360, LEAST_LETTERS), (375, LEAST_LETTERS)])
def test_on_a_phone_every_chart_is_drawn_for_it_and_can_be_read_without_scrolling(charts, width, least):
    for chart in measured(charts, width, "narrow"):
        assert chart["overflow"] <= 0
        assert chart["letters"] >= least
        assert chart["squeezed"] < 0.02


@pytest.mark.parametrize("width", [600, 767])
def test_between_phone_and_desk_no_chart_is_blown_up(charts, width):
    for chart in measured(charts, width, "narrow"):
        assert chart["width"] <= 425


@pytest.mark.parametrize("width", [768, 1280])
def test_on_a_desk_every_chart_is_the_wide_one(charts, width):
    for chart in measured(charts, width, "wide"):
        assert chart["overflow"] <= 0
        assert chart["letters"] >= LEAST_LETTERS


def test_on_paper_every_chart_is_the_wide_one_even_from_a_phone_and_is_never_torn(charts):
    page, _ = charts
    page.emulate_media(media="print")
    measured(charts, 375, "wide")
    breaks = page.evaluate(
        "[...document.querySelectorAll('.chart-frame')].map(frame => getComputedStyle(frame).breakInside)"
    )
    page.emulate_media(media="screen")
    assert set(breaks) == {"avoid"}


def test_a_chart_that_does_not_scroll_is_no_stop_of_the_keyboard(charts):
    page, _ = charts
    assert page.locator(".chart-frame[tabindex], .chart-frame[role]").count() == 0


@pytest.mark.parametrize("width", [1280, 320])
def test_a_picture_that_an_analyst_drew_does_not_run_over(page_of, sample_page, width):
    with page_of(sample_page, width=width) as visit:
        overflow = visit.page.evaluate(
            "[...document.querySelectorAll('.chart-frame')].map(f => f.scrollWidth - f.clientWidth)"
        )
    assert overflow
    assert max(overflow) <= 0
