"""A report with every kind of block as its readers meet it: in a browser, on a phone, on paper."""

from __future__ import annotations

import pytest
from page_audit import audit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
def test_a_report_of_every_kind_of_block_has_no_fault(chromium, sample_page, width, dark):
    assert audit(chromium, sample_page, [width], [dark]) == []


def test_the_audit_finds_what_is_wrong(chromium, tmp_path):
    bad = tmp_path / "bad.html"
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    bad.write_text(
        "<html lang=en><title>x</title><h1>A</h1><h1>B</h1><p id=a style='width:900px;color:#ccc'>Blek</p>"
        "<p id=a>B</p><a href='#nowhere'>C</a><img src='https://example.org/spy.png' alt='Spion'>"
        f"<img src='{dot}' alt='Platt' height=0>"
        f"<picture><source srcset='a.png'><img src='{dot}' alt='Bytt'></picture><h2> </h2>"
        "<p style='width:4em;overflow:hidden;white-space:nowrap'>För långt för sin ruta</p>"
        "<div role=group aria-label=Data>1</div><div role=group aria-label=Data>2</div>"
        "<div><button style='width:8px;height:8px;padding:0'>1</button>"
        "<button style='width:8px;height:8px;padding:0'>2</button></div>"
        "<script>alert('hej'); missing()</script>"
    )
    found = "\n".join(audit(chromium, bad, [320], [False]))
    for expected in (
        "1 skript", "2 rubriker", "språket", "id a finns", "#nowhere", "sidan är", "<h2> är tom",
        "syns inte: Spion", "syns inte: Platt", "finns inte i filen: Bytt", "avskuren: För långt",
        "flera områden heter 'Data'", "axe color-contrast", "axe target-size", "https://example.org/spy.png",
        "dialogruta: hej", "missing is not defined",
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


def test_the_skip_link_moves_the_focus_to_the_report(page_of, sample_page):
    with page_of(sample_page) as visit:
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "innehall"


def test_print_shows_the_data_and_repeats_title_and_stamps(page_of, sample_page):
    with page_of(sample_page) as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.locator("details table").first.is_visible()
        assert not visit.page.locator("summary").first.is_visible()
        assert visit.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
