"""The page of data quality, of a year with faults, in a real browser."""

from __future__ import annotations

import pytest
from page_audit import audit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("kernels")]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (375, True), (320, False)])
def test_the_page_has_no_fault_that_a_browser_can_find(chromium, quality_2018, width, dark):
    assert audit(chromium, quality_2018, [width], [dark]) == []


def test_the_chart_is_drawn_and_tells_its_finding(page_of, quality_2018):
    with page_of(quality_2018) as visit:
        images = visit.page.evaluate("[...document.images].map(i => [i.naturalWidth, i.alt.length])")
    assert len(images) == 1
    assert all(width > 500 and told > 60 for width, told in images)


def test_on_a_phone_every_fault_is_a_block_with_its_headings(page_of, quality_2018):
    with page_of(quality_2018, width=375) as visit:
        wide = visit.page.evaluate(
            "[...document.querySelectorAll('.listing td')].filter(cell => cell.scrollWidth > 375).length"
        )
        labels = visit.page.evaluate(
            "[...document.querySelectorAll('.listing tbody tr:first-child td')].map(cell => "
            "getComputedStyle(cell, '::before').content)"
        )
    assert wide == 0
    assert '"Gör så här"' in labels
