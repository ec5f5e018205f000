"""Every report of the catalogue in a real browser, as each of its readers meets it.

A notebook that is added to the catalogue is tested here without a word.
"""

from __future__ import annotations

import pytest
from page_audit import audit, open_details, page_faults

from asf_analysis.reports.catalogue import REPORTS

pytestmark = pytest.mark.browser

NAMES = [
    REPORTS[0].name,
    *(pytest.param(report.name, marks=pytest.mark.slow, id=report.name) for report in REPORTS[1:]),
]

TEXT_SPACING = """
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }
"""
"""The widest spacing that a reader may choose without loss (WCAG 2.2, 1.4.12)."""

OUTLINED = """element => { const style = getComputedStyle(element)
  return style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) > 0 }"""

FOCUS_RING = """() => { const style = getComputedStyle(document.activeElement)
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 }"""

REACHED = "document.activeElement.className || document.activeElement.localName"


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)], ids=["1280-light", "320-dark"])
@pytest.mark.parametrize("name", NAMES)
def test_a_report_has_no_fault_that_a_browser_can_find(chromium, pages_of_reports, name, width, dark):
    assert audit(chromium, pages_of_reports[name], [width], [dark]) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_drawn_and_tells_its_finding(page_of, pages_of_reports, name):
    with page_of(pages_of_reports[name]) as visit:
        images = visit.page.evaluate("[...document.images].map(i => [i.naturalWidth, i.alt.length])")
    assert images
    assert all(width > 500 and told > 60 for width, told in images)


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(page_of, pages_of_reports, name):
    with page_of(pages_of_reports[name], width=320) as visit:
        page = visit.page
        wanted = page.locator("a[href], summary, [tabindex='0']")
        stops = sum(element.is_visible() for element in wanted.all())
        reached = []
        for _ in range(stops):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(REACHED))
            assert page.evaluate(FOCUS_RING), f"{reached[-1]} does not show the focus"
        details = page.locator("summary")
        if details.count():
            details.first.press("Enter")
            assert page.locator("details").first.evaluate("details => details.open")
            page.keyboard.press("Tab")
            assert page.evaluate(REACHED) == "table-frame"
    assert reached[0] == "skip-link"
    assert {"a", "table-frame"} <= set(reached)
    assert len(reached) == stops > 10


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_with_the_text_spacing_of_wcag(chromium, page_of, pages_of_reports, tmp_path, name):
    spaced = tmp_path / "spaced.html"
    whole = pages_of_reports[name].read_text(encoding="utf-8")
    without_policy = whole.replace('http-equiv="Content-Security-Policy"', 'name="policy"', 1)
    spaced.write_text(without_policy.replace("</head>", f"<style>{TEXT_SPACING}</style></head>"), "utf-8")
    for width in (1280, 320):
        with page_of(spaced, width=width) as visit:
            open_details(visit.page)
            assert page_faults(visit, width) == []
            cut = visit.page.evaluate(
                "[...document.querySelectorAll('main :is(p, li, h2, h3, h4, figcaption, summary)')]"
                ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
            )
            assert cut == []


@pytest.mark.parametrize("name", NAMES)
def test_forced_colours_keep_words_borders_focus_and_charts(page_of, pages_of_reports, name):
    with page_of(pages_of_reports[name], forced_colours=True) as visit:
        page = visit.page
        open_details(page)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        statuses, cards = page.locator(".status"), page.locator(".kpi-card, .chart-frame, .contents")
        assert all(word.strip("▲■▼○– ") for word in statuses.all_inner_texts())
        assert cards.count() > 2
        assert all(card.evaluate(OUTLINED) for card in cards.all())
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_RING)
        assert page_faults(visit, 1280) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_table_laid_out_as_blocks_on_a_phone_is_a_table_to_a_screen_reader(page_of, pages_of_reports, name):
    roles = []
    for width in (1280, 320):
        with page_of(pages_of_reports[name], width=width) as visit:
            session = visit.page.context.new_cdp_session(visit.page)
            tree = session.send("Accessibility.getFullAXTree")["nodes"]
            told = [node["role"]["value"] for node in tree if not node["ignored"]]
            roles.append({role: told.count(role) for role in ("table", "row", "rowheader", "columnheader")})
            blocks = visit.page.evaluate(
                "getComputedStyle(document.querySelector('.goals, .listing')).display"
            )
    assert blocks == "block"
    assert roles[0] == roles[1]
    assert min(roles[0].values()) > 0
