"""The index as its readers meet it: in a browser, on a phone, in the dark, from a folder."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from page_audit import audit

pytestmark = pytest.mark.browser

FOCUSABLE = "main :is(a, summary, [tabindex='0'])"


@pytest.mark.parametrize("width", [1280, 320])
def test_the_index_has_no_fault_that_a_browser_can_find(chromium, index_page, width):
    assert audit(chromium, index_page, [width]) == []


def test_on_a_phone_nothing_scrolls_sideways_and_nothing_hidden_takes_the_focus(page_of, index_page):
    with page_of(index_page, width=375) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 375
        visit.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        frame = visit.page.locator(".table-frame")
        assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
        sizes = visit.page.evaluate(
            f"[...document.querySelectorAll({FOCUSABLE!r})].map(part => part.getBoundingClientRect().height)"
        )
    assert len(sizes) > 30
    assert min(sizes) > 15


def test_every_link_opens_a_file_in_the_folder(page_of, index_page):
    with page_of(index_page) as visit:
        addresses = visit.page.evaluate("[...document.querySelectorAll('main a')].map(link => link.href)")
    files = {Path(unquote(urlsplit(address).path)) for address in addresses}
    assert [file for file in files if not file.is_file()] == []
    assert all(file.is_relative_to(index_page.parent) for file in files)
    assert sum(bool(re.fullmatch(r"annual_report\.(html|pdf|docx)", file.name)) for file in files) == 9
