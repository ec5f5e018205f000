"""What the page of data quality has beside every report (test_reports_in_browser.py): lists of faults."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


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
