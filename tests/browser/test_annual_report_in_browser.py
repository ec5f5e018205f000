"""The real report of 2018 in a real browser, at the widths of a desk and of a phone."""

from __future__ import annotations

import pytest
from page_audit import audit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("kernels")]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375, 320])
def test_the_report_of_2018_has_no_fault_that_a_browser_can_find(chromium, report_2018, width, dark):
    assert audit(chromium, report_2018, [width], [dark]) == []


def test_every_chart_is_drawn_and_tells_its_finding(page_of, report_2018):
    with page_of(report_2018) as visit:
        images = visit.page.evaluate("[...document.images].map(i => [i.naturalWidth, i.alt.length])")
    assert len(images) == 5
    assert all(width > 500 and told > 60 for width, told in images)
