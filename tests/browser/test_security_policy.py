"""The content security policy: word by word as decided, and stronger than whatever gets into a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_audit import open_page

from asf_analysis.reports.export import style_hash

pytestmark = pytest.mark.browser

INTRUDER = """<script>document.title = 'tagen'; alert(1)</script>
<p onclick="document.title = 'tagen'">Tryck</p>
<img src=x onerror="document.title = 'tagen'" alt="x"><img src="https://example.org/spion.png" alt="x">
<style>body { display: none }</style><p style="display: none" id="dold">Dold</p>
<iframe src="https://example.org/"></iframe><link rel="stylesheet" href="https://example.org/a.css">
<form action="https://example.org/"><button>Skicka</button></form><base href="https://example.org/">"""


def tampered(page: Path, folder: Path, *, policy: bool) -> Path:
    """Write a page with an intruder in its body, with its policy or without."""
    whole = page.read_text(encoding="utf-8").replace(
        '<main id="innehall"', f'{INTRUDER}<main id="innehall"', 1
    )
    kept = whole if policy else whole.replace('http-equiv="Content-Security-Policy"', 'name="policy"', 1)
    copy = folder / "tampered.html"
    copy.write_text(kept, encoding="utf-8")
    return copy


def test_the_policy_is_the_one_that_was_decided(page_of, sample_page):
    with page_of(sample_page) as visit:
        policy = visit.page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
        style = visit.page.locator("style").text_content()
    assert policy == (
        f"default-src 'none'; style-src '{style_hash(style or '')}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def test_nothing_that_is_put_into_a_page_runs_fetches_or_hides(chromium, sample_page, tmp_path):
    with open_page(chromium, tampered(sample_page, tmp_path, policy=True)) as visit:
        visit.page.get_by_text("Tryck").click()
        assert visit.page.title().startswith("Årsrapport 2018")
        assert visit.page.locator("#dold").is_visible()
        assert visit.page.locator("h1").is_visible()
        assert visit.page.evaluate("document.baseURI").startswith("file:")
        with visit.page.expect_console_message(lambda entry: "form-action" in entry.text):
            visit.page.get_by_role("button", name="Skicka").dispatch_event("click")
    assert (visit.sent, visit.dialogs) == ([], [])
    assert all("Content Security Policy" in error for error in visit.errors if error)
    assert len(visit.errors) >= 10


def test_without_the_policy_the_intruder_would_have_had_its_way(chromium, sample_page, tmp_path):
    with open_page(chromium, tampered(sample_page, tmp_path, policy=False)) as visit:
        assert visit.page.title() == "tagen"
        assert not visit.page.locator("h1").is_visible()
    assert visit.dialogs == ["1"]
    assert {"https://example.org/spion.png", "https://example.org/a.css"} <= set(visit.sent)
