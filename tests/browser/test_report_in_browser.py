"""A report as its readers meet it: in a browser, on a phone, by keyboard, in the dark, on paper."""

from __future__ import annotations

import pytest
from page_audit import audit

pytestmark = pytest.mark.browser

TEXT_SPACING = """
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_a_report_has_no_fault_that_a_browser_can_find(chromium, sample_page, width, dark):
    assert audit(chromium, sample_page, [width], [dark]) == []


def test_the_audit_finds_what_is_wrong(chromium, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<html lang=en><title>x</title><h1>A</h1><h1>B</h1><p id=a style='width:900px;color:#ccc'>Blek</p>"
        "<p id=a>B</p><a href='#nowhere'>C</a><img src='https://example.org/spy.png' alt='Spion'>"
        "<script>alert('hej'); missing()</script>"
    )
    found = "\n".join(audit(chromium, bad, [320], [False]))
    for expected in (
        "1 skript", "2 rubriker", "språket", "id a finns", "#nowhere", "Spion", "sidan är",
        "axe color-contrast", "https://example.org/spy.png", "dialogruta: hej", "missing is not defined",
    ):  # fmt: skip
        assert expected in found


def test_the_style_is_let_in_by_the_content_security_policy(page_of, sample_page):
    with page_of(sample_page) as visit:
        colour = visit.page.evaluate("getComputedStyle(document.querySelector('.cover')).backgroundColor")
    assert colour == "rgb(18, 67, 109)"


def test_a_goal_is_a_block_of_its_own_on_a_phone(page_of, sample_page):
    with page_of(sample_page, width=375) as visit:
        frame = visit.page.locator(".table-frame:has(.goals)")
        assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
        label = visit.page.locator(".goals td").first.evaluate(
            "cell => getComputedStyle(cell, '::before').content"
        )
    assert label == '"Utgångsläge"'


def test_the_keyboard_reaches_skip_link_contents_data_and_table_frames(page_of, sample_page):
    with page_of(sample_page) as visit:
        reached = []
        for _ in range(40):
            visit.page.keyboard.press("Tab")
            reached.append(
                visit.page.evaluate("document.activeElement.className || document.activeElement.localName")
            )
        visit.page.locator("summary").first.press("Enter")
        assert visit.page.locator("details").first.evaluate("details => details.open")
    assert reached[0] == "skip-link"
    assert {"a", "summary", "table-frame", "chart-frame"} <= set(reached)


def test_the_skip_link_moves_the_focus_to_the_report(page_of, sample_page):
    with page_of(sample_page) as visit:
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "innehall"


def test_nothing_is_lost_with_the_text_spacing_of_wcag(chromium, page_of, sample_page, tmp_path):
    spaced = tmp_path / "spaced.html"
    page = sample_page.read_text(encoding="utf-8")
    without_policy = page.replace('http-equiv="Content-Security-Policy"', 'name="x"')
    spaced.write_text(
        without_policy.replace("</head>", f"<style>{TEXT_SPACING}</style></head>"), encoding="utf-8"
    )
    assert audit(chromium, spaced, [320], [False]) == []
    with page_of(spaced, width=320) as visit:
        clipped = visit.page.evaluate(
            "[...document.querySelectorAll('main p, main li, main h2, main h3')]"
            ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
        )
    assert clipped == []


def test_print_shows_the_data_and_repeats_title_and_stamps(page_of, sample_page):
    with page_of(sample_page) as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.locator("details table").first.is_visible()
        assert not visit.page.locator("summary").first.is_visible()
        assert visit.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
