"""From an executed notebook to a page: what it holds, and what it refuses."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from datetime import datetime

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode

from asf_analysis.errors import NotPublishable
from asf_analysis.reports.cover import COVER_MIME
from asf_analysis.reports.export import css_string, export_html, style_hash
from asf_analysis.reports.hyphens import SOFT_HYPHEN
from asf_analysis.reports.page import finish_page
from asf_analysis.reports.refusals import Refusals
from asf_analysis.reports.sanitise import CLASSES, clean_html, clean_markdown_text

COVER = {
    "title": "Årsrapport 2018",
    "subtitle": "Mål och resultat",
    "organisation": "Samordningsförbundet Exempel",
    "description": "Förbundets uppföljning",
    "facts": [["Period", "2018"], ["Mätdag", "31 december 2018"]],
    "audience": "public",
    "stamps": ["Demonstrationsdata: siffrorna är påhittade"],
    "contact": "info@exempel.se",
    "accessibility_url": "https://exempel.se/tillganglighet",
    "version": "0.1.0",
}
NOON = datetime(2026, 11, 24, 12, 0)
PIXEL = "data:image/svg+xml;base64," + base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def cover(**changes: object) -> NotebookNode:
    return code(
        {COVER_MIME: {**COVER, **changes}, "text/html": "<h1>Reservtext</h1>"}, source="cover(published)"
    )


def code(data: dict, source: str = "show(published)", metadata: dict | None = None) -> NotebookNode:
    output = nbformat.v4.new_output("display_data", data, metadata=metadata or {})
    return nbformat.v4.new_code_cell(source, outputs=[output])


def html(source: str) -> NotebookNode:
    return code({"text/html": source})


def text(source: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(source)


def export(*cells: NotebookNode, first: NotebookNode | None = None) -> str:
    return export_html(nbformat.v4.new_notebook(cells=[first or cover(), *cells]), NOON)


def page(*cells: NotebookNode, first: NotebookNode | None = None) -> BeautifulSoup:
    return BeautifulSoup(export(*cells, first=first).replace(SOFT_HYPHEN, ""), "html.parser")


def table(caption: str = "Antal", attributes: str = 'class="data"') -> str:
    return (
        f"<table {attributes}><caption>{caption}</caption>"
        "<thead><tr><th>Kommun</th><th>Kvinnor</th></tr></thead>"
        '<tbody><tr><th>Gävle</th><td class="number">12</td></tr></tbody></table>'
    )


def figure(title: str = "Fler deltog") -> str:
    return (
        f'<figure class="chart"><figcaption><span class="chart-title">{title}</span></figcaption>'
        f'<div class="chart-frame"><img src="{PIXEL}" alt="Från 150 till 199."></div>'
        f"<details><summary>Visa data som tabell</summary>{table('Data')}</details></figure>"
    )


# -- the cover


def test_the_cover_gives_title_facts_stamps_and_sender():
    soup = page()
    assert soup.h1.get_text() == "Årsrapport 2018"
    assert soup.title.get_text() == "Årsrapport 2018 – Samordningsförbundet Exempel"
    assert [dt.get_text() for dt in soup.select(".facts dt")] == ["Period", "Mätdag", "Framställd"]
    assert [li.get_text() for li in soup.select(".cover .stamps li")] == COVER["stamps"]
    assert soup.select_one('footer a[href="mailto:info@exempel.se"]')
    assert soup.select_one('footer a[href="https://exempel.se/tillganglighet"]')
    assert "Reservtext" not in soup.get_text()


def test_an_internal_edition_is_stamped_even_if_its_cover_forgot():
    whole = export(first=cover(audience="internal", stamps=[]))
    assert whole.count("<li>Internt material</li>") == 2
    assert '@top-right{content:"Internt material"}' in whole


def test_a_public_edition_without_stamps_has_none():
    assert "stamps" not in re.sub(r"<style>.*</style>", "", export(first=cover(stamps=[])), flags=re.S)


def test_what_the_cover_says_is_text_everywhere():
    hostile = '</style><script>alert(1)</script>"{{ 7 * 7 }}'
    whole = export(first=cover(title=hostile, facts=[[hostile, hostile]], contact=hostile, stamps=[hostile]))
    soup = BeautifulSoup(whole, "html.parser")
    assert not soup.find("script")
    assert soup.h1.get_text() == hostile
    assert whole.count("</style>") == 1
    assert "49" not in soup.get_text()


def test_words_in_css_cannot_end_their_string():
    assert css_string('a"}\n</style>') == '"a\\22 \\7d \\a \\3c \\2f style\\3e "'


# -- the page


def test_a_page_is_swedish_without_script_and_lets_in_one_style_alone():
    soup = page(text("## Rubrik"))
    assert soup.html["lang"] == "sv"
    assert not soup.find("script")
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy == (
        f"default-src 'none'; style-src '{style_hash(soup.style.string)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_two_exports_differ_in_the_line_of_the_time_stamp_alone():
    cells = [cover(), text("## Rubrik\n\n## Rubrik"), html(figure()), html(table())]
    notebook = nbformat.v4.new_notebook(cells=cells)
    first = export_html(notebook, NOON).splitlines()
    second = export_html(notebook, datetime(2026, 11, 24, 12, 1)).splitlines()
    different = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    assert len(different) == 1
    assert different[0][0] == (
        '<div class="generated"><dt>Framställd</dt><dd>'
        '<time datetime="2026-11-24T12:00">24 november 2026 kl.\u00a012.00</time></dd></div>'
    )


def test_code_streams_and_raw_cells_are_not_shown():
    cell = code({"text/html": "<p>Syns</p>"}, source="hemlig_kod()")
    cell.outputs += [
        nbformat.v4.new_output("stream", name=name, text="strömmad") for name in ("stdout", "stderr")
    ]
    whole = export(cell, nbformat.v4.new_raw_cell("rå cell"))
    assert "Syns" in whole
    assert not any(hidden in whole for hidden in ("hemlig_kod", "strömmad", "rå cell"))


def test_text_alone_is_shown_as_it_stands():
    assert page(code({"text/plain": "\x1b[31m1 < 2\x1b[0m"})).pre.get_text() == "1 < 2"


def test_headings_are_listed_in_the_contents_with_ids_of_their_own():
    soup = page(
        text("## Innehåll\n\n### Kvinnor & män\n\n#### Djupare\n\n## Innehåll"),
        html('<p id="innehall">x</p>'),
    )
    links = [(a["href"], a.get_text()) for a in soup.select(".contents a")]
    assert links == [
        ("#innehall-2", "Innehåll"),
        ("#kvinnor-man", "Kvinnor & män"),
        ("#innehall-3", "Innehåll"),
    ]
    assert len(soup.select(".contents > ol > li > ol > li")) == 1
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_a_link_within_the_page_stands_and_one_to_nowhere_leaves_its_words():
    cells = [
        text("## Nådde vi målen?\n\n[Målen](#nadde-vi-malen) och [metoden](#metod)"),
        html('<p><a href="#nyckeltal-participants">Deltagare</a> <a href="#tabell-1">Tabellen</a> '
             '<a href="#nyckeltal-trainings">Utbildningar</a> <a href="#">Upp</a></p>'),
        html(table('<span id="nyckeltal-participants">Deltagare</span>')),
    ]  # fmt: skip
    main = page(*cells).main
    assert [a.get_text() for a in main.find_all("a")] == ["Målen", "Deltagare", "Tabellen"]
    assert [p.get_text() for p in main.find_all("p")] == [
        "Målen och metoden",
        "Deltagare Tabellen Utbildningar Upp",
    ]


def test_a_place_that_is_shown_twice_is_led_to_once():
    definition = table('<span id="nyckeltal-participants">Deltagare</span>')
    link = '<p><a href="#nyckeltal-participants">Deltagare</a></p>'
    soup = page(html(link), html(definition), html(definition))
    assert soup.main.a["href"] == "#nyckeltal-participants"
    assert len(soup.find_all(id="nyckeltal-participants")) == 1


def test_a_page_without_headings_has_no_contents():
    assert page(text("Bara text")).find("nav") is None


def test_figures_and_tables_are_numbered_and_data_under_a_figure_is_not():
    soup = page(html(table("Ett")), html(figure("Fler")), html(table("Två")), html(figure("Färre")))
    assert [c.get_text() for c in soup.find_all("caption")] == [
        "Tabell 1. Ett",
        "Data",
        "Tabell 2. Två",
        "Data",
    ]
    assert [t.get_text() for t in soup.select(".chart-title")] == ["Figur 1. Fler", "Figur 2. Färre"]
    assert soup.summary.get_text() == "Visa data som tabell för figur 1"
    assert soup.select_one("#tabell-2").name == "caption"
    assert soup.select_one("#figur-2").name == "figure"


def test_every_table_scrolls_in_a_named_frame():
    frames = page(html(table()), html(figure())).select(".table-frame")
    assert [(f["role"], f["tabindex"]) for f in frames] == [("region", "0")] * 2
    assert frames[0]["aria-labelledby"] == "tabell-1"
    assert frames[1]["aria-label"] == "Figur 1, data som tabell"


def test_header_cells_say_what_they_head_and_empty_ones_are_none():
    source = (
        '<table><caption>A</caption><thead><tr><th></th><th colspan="2">Anställda</th></tr>'
        "<tr><th>Kommun</th><th>Kvinnor</th><th>Män</th></tr></thead>"
        '<tbody><tr><td>Gävle</td><td>1</td><td>2</td></tr><tr><td class="number">7</td></tr></tbody></table>'
    )
    cells = [(c.name, c.get("scope"), c.get_text()) for c in page(html(source)).select("tr > *")]
    assert cells == [
        ("td", None, ""), ("th", "colgroup", "Anställda"),
        ("th", "col", "Kommun"), ("th", "col", "Kvinnor"), ("th", "col", "Män"),
        ("th", "row", "Gävle"), ("td", None, "1"), ("td", None, "2"), ("td", None, "7"),
    ]  # fmt: skip


def test_the_cells_of_a_goals_table_carry_their_headings_and_other_tables_do_not():
    soup = page(html(table("Mål", 'class="data goals"')), html(table("Annat")))
    assert [td.get("data-label") for td in soup.find_all("td")] == ["Kvinnor", None]
    assert not soup.select("table[role], tr[role], td[role], th[role]")


def test_a_row_of_totals_stands_out():
    assert page(html(table().replace("Gävle", "Totalt"))).select_one("tbody tr")["class"] == ["total"]


def test_a_table_in_markdown_takes_its_caption_from_the_line_before_it():
    soup = page(text("Tabell: Källor\n\n| Källa | Rader |\n|---|---:|\n| Enkät | 55 |"))
    assert soup.caption.get_text() == "Tabell 1. Källor"
    assert "Tabell: " not in soup.main.get_text()
    assert soup.td["class"] == ["number"]


def test_an_image_pasted_into_a_cell_is_embedded():
    cell = text("![Karta över länet](attachment:karta.png)")
    cell.attachments = {"karta.png": {"image/png": PNG}}
    assert page(cell).img["src"] == f"data:image/png;base64,{PNG}"


def test_a_bare_image_takes_its_alternative_text_from_the_metadata():
    metadata = {"image/png": {"alt": "Karta", "caption": "Länet"}}
    soup = page(code({"image/png": PNG, "text/plain": "<Figure>"}, metadata=metadata))
    assert soup.img["alt"] == "Karta"
    assert soup.figcaption.get_text() == "Figur 1. Länet"


def test_a_narrow_rendition_of_a_chart_is_let_through_and_an_outside_one_is_not():
    ours = (
        f'<picture><source media="(max-width: 40em)" srcset="{PIXEL}"><img alt="x" src="{PIXEL}"></picture>'
    )
    assert clean_html(ours).count("data:image/svg+xml") == 2
    assert "srcset" not in clean_html('<picture><source srcset="https://example.org/a.png"></picture>')


def test_long_words_get_soft_hyphens_in_headings_and_not_in_prose():
    whole = export(text("## Arbetsmarknadspolitik\n\nArbetsmarknadspolitik"))
    assert f"Arbets{SOFT_HYPHEN}mark" in whole
    assert "<p>Arbetsmarknadspolitik</p>" in whole


def test_comments_of_authors_are_not_published():
    assert "hemligt" not in export(text("<!-- hemligt -->\n\nA <!-- hemligt --> b"))
    assert clean_markdown_text("<!-- hemligt -->") == ""


def test_every_class_of_the_contract_is_styled():
    style = page().style.string
    assert not [name for name in CLASSES - {"data", "chart", "unknown"} if f".{name}" not in style]


# -- hostile text

HOSTILE = [
    "<script>alert(1)</script>",
    "<p onclick=alert(1)>x</p>",
    "<b style='position:fixed'>x</b>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href=' java\nscript:alert(1)'>x</a>",
    "<form action=https://example.org><input></form>",
    "<style>@import 'https://example.org'</style>",
    "<base href=https://example.org>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<div data-refusal='x' data-cell='9' id='innehall'>x</div>",
    "{{ 7 * 7 }}{% raw %}",
    "[x](javascript:alert(1))",
    "[x](vbscript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "\u202eomvänt\x08\x1b[31m",
]
KINDS = [
    html,
    text,
    lambda source: code({"text/markdown": source}),
    lambda source: code({"text/plain": source}),
]


@pytest.mark.parametrize("kind", KINDS, ids=["html", "markdown cell", "markdown", "plain"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text_or_gone(hostile, kind):
    whole = export(text("## Före"), kind(hostile), text("## Efter"))
    soup = BeautifulSoup(whole, "html.parser")
    dangerous = (
        "script, iframe, svg, math, form, input, base, object, body style, body meta, [style], [data-refusal]"
    )
    assert soup.select(dangerous) == []
    attributes = [(name, str(value)) for tag in soup.find_all(True) for name, value in tag.attrs.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    links = [value for name, value in attributes if name in ("href", "src")]
    assert all(link.startswith(("https://exempel.se/", "mailto:", "#", "data:image/")) for link in links)
    assert not any(sign in whole for sign in "\u202e\x08\x1b")
    assert [h["id"] for h in soup.main.find_all("h2")] == ["fore", "efter"]
    assert len(soup.find_all(id="innehall")) == 1


def test_tags_in_text_that_came_from_the_data_stay_legible():
    soup = page(code({"text/markdown": "Ett **företag** heter <script>alert(1)</script> & <b>Co</b>"}))
    assert soup.main.p.get_text() == "Ett företag heter <script>alert(1)</script> & <b>Co</b>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Priset gick från $5 till **$6**.", "Priset gick från $5 till $6."),
        ("#samverkan är viktigt", "#samverkan är viktigt"),
        ("$$x < y$$ och \\begin{a}**b**\\end{a}", "$$x < y$$ och \\begin{a}b\\end{a}"),
        ("&lt;script&gt; &#60;b&#62;", "&lt;script&gt; &#60;b&#62;"),
        ("Cafe\u0301 \ufdd0\u061c" + "e" + "\u0316" * 50, "Café e\u0316\u0316\u0316\u0316"),
    ],
)
def test_text_from_the_data_is_shown_as_plain_markdown(written, shown):
    assert page(code({"text/markdown": written})).main.p.get_text() == shown


@pytest.mark.parametrize(
    "written",
    [
        "[Banken](https://bank.example@example.org/)", "[Banken](http://example.org)", "[Banken](//a.se)",
        "[Banken](https:)", "[Banken](HTTPS://user:pass@example.org)", "[Banken](https://a.se\\\\@example.org)",
        "[Banken][1]\n\n[1]: http://example.org 'Titel'", "[Banken](data:text/html,x)", "[Banken](ftp://a.se)",
    ],
)  # fmt: skip
def test_a_link_that_may_not_lead_where_it_says_is_its_words_alone(written):
    main = page(text(written), code({"text/markdown": written})).main
    assert main.find("a") is None
    assert main.get_text().split() == ["Banken", "Banken"]


def test_links_and_headings_without_words_are_gone():
    soup = page(
        text("## \n\n##\n\n## Kvar [](https://example.org)"), html("<h2>\u200b</h2><h3><b> </b></h3>")
    )
    assert [heading.get_text(strip=True) for heading in soup.main.find_all(re.compile("h[1-6]"))] == ["Kvar"]
    assert len(soup.select(".contents a")) == 1
    assert soup.main.find("a") is None


def test_attributes_that_would_not_be_valid_are_left_out():
    spans = table().replace("<th>Kvinnor", '<th colspan="65535" rowspan="0">Kvinnor').replace("data", "goals")
    cells = spans.replace("<td", '<td headers="finns-inte"')
    soup = page(
        html(cells), html(f'<img src="{PIXEL}" alt="x" width="0" height="0"><time datetime="nu">x</time>')
    )
    attributes = {name for element in soup.main.find_all(True) for name in element.attrs}
    assert not attributes & {"colspan", "rowspan", "headers", "width", "height", "datetime"}
    assert clean_html('<td colspan="2"></td>') == ""
    assert "colspan" in clean_html('<table><tr><td colspan="999">x</td></tr></table>')


# -- refusals


def refused(*cells: NotebookNode, first: NotebookNode | None = None) -> str:
    with pytest.raises(NotPublishable) as refusal:
        export(*cells, first=first)
    return str(refusal.value)


def test_a_cell_that_stopped_is_refused():
    error = nbformat.v4.new_output("error", ename="KeyError", evalue="hemligt", traceback=["hemligt"])
    message = refused(nbformat.v4.new_code_cell("tables.targets(published)", outputs=[error]))
    assert "cell 2 (”tables.targets(published)”): Cellen stannade på ett fel (KeyError)." in message
    assert "hemligt" not in message


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (html(f'<img src="{PIXEL}">'), "saknar alternativtext"),
        (html(f'<img src="{PIXEL}" alt=" ">'), "saknar alternativtext"),
        (html(f'<img src="{PIXEL}" alt="\u200b\u00ad">'), "saknar alternativtext"),
        (html(f'<picture><source srcset="b.png"><img src="{PIXEL}" alt="x"></picture>'), "utanför filen"),
        (code({"image/png": PNG}), "saknar alternativtext"),
        (code({"image/svg+xml": "<svg/>"}), "saknar alternativtext"),
        (text("![](attachment:karta.png)"), "saknar alternativtext"),
        (html('<img src="https://example.org/spy.png" alt="Spion">'), "utanför filen"),
        (html('<img src="//example.org/spy.png" alt="Spion">'), "utanför filen"),
        (html('<img src="bild.png" alt="Bild">'), "utanför filen"),
        (text("![Spion](https://example.org/spy.png)"), "utanför filen"),
        (text("![Bild](attachment:finns-inte.png)"), "utanför filen"),
        (code({"text/markdown": "![Spion](https://example.org/spy.png)"}), "utanför filen"),
        (html('<iframe src="https://example.org/"></iframe>'), "utanför filen"),
        (html('<link rel="stylesheet" href="https://example.org/a.css">'), "utanför filen"),
        (text('<video src="https://example.org/a.mp4"></video>'), "utanför filen"),
        (html("<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>"), "utanför filen"),
        (html("<table><tr><td>1</td></tr></table>"), "tabell saknar rubrik"),
        (html(table(caption=" ")), "tabell saknar rubrik"),
        (html(table(caption="\u200b")), "tabell saknar rubrik"),
        (text("Tabell: \u2060\n\n| a | b |\n|---|---|\n| 1 | 2 |"), "tabell saknar rubrik"),
        (text("| a | b |\n|---|---|\n| 1 | 2 |"), "tabell saknar rubrik"),
        (
            text("### För djup"),
            "Rubriken ”För djup” är på nivå 3, men rubriken före är på nivå 1. Använd nivå 2 (##).",
        ),
        (html("<h2>Två</h2><h4>Fyra</h4>"), "Rubriken ”Fyra” är på nivå 4"),
        (text("# Ännu en titel"), "Rubriken ”Ännu en titel” är på nivå 1"),
    ],
)
def test_what_cannot_be_published_is_refused_with_its_cell(cell, expected):
    message = refused(cell)
    assert message.startswith("Rapporten kan inte publiceras:\n  cell 2 (”")
    assert expected in message


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([], "Börja anteckningsboken med en cell som anropar cover(...)"),
        ([cover(), cover()], "har 2 försättsblad"),
        ([cover(title="")], "fel värde i: title"),
        ([cover(accessibility_url="https://a.se/<b>")], "fel värde i: accessibility_url"),
        ([cover(accessibility_url="https://a.se@b.se")], "fel värde i: accessibility_url"),
        ([cover(title="\u202e \x00", organisation="\ud800")], "fel värde i: organisation, title"),
        (
            [cover(audience="alla", accessibility_url="http://exempel.se")],
            "fel värde i: accessibility_url, audience",
        ),
    ],
)
def test_a_notebook_needs_one_complete_cover(cells, expected):
    with pytest.raises(NotPublishable, match=re.escape(expected)):
        export_html(nbformat.v4.new_notebook(cells=cells))


def test_all_refusals_come_at_once_in_the_order_of_the_cells():
    cells = [text("# Titel"), html("<table><tr><td>1</td></tr></table>"), html('<img src="x.png">')]
    with pytest.raises(NotPublishable) as refusal:
        export_html(nbformat.v4.new_notebook(cells=cells))
    lines = str(refusal.value).splitlines()[1:]
    assert [line.split(":")[0].strip().split(" (")[0] for line in lines] == [
        "Rapporten saknar försättsblad. Börja anteckningsboken med en cell som anropar cover(...).",
        "cell 1", "cell 2", "cell 3", "cell 3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "left",
    ["<script>1</script>", "<p onclick='x()'>y</p>", "<p style='x'>y</p>", "<a href='javascript:x()'>y</a>"],
)
def test_what_cleaning_should_have_taken_is_refused_if_it_is_left(left):
    with pytest.raises(NotPublishable, match="får inte finnas i en publicerad fil"):
        finish_page(f"<body><main><div data-cell='1'>{left}</div></main></body>", Refusals(["x"]))


# -- nbconvert's own command


@pytest.mark.slow
def test_nbconvert_makes_the_same_page_from_any_folder(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[cover(), text("## Rubrik"), html(table())])
    nbformat.write(notebook, tmp_path / "OUT.ipynb")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "asf_report", "OUT.ipynb"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    lines = (tmp_path / "OUT.html").read_text(encoding="utf-8").splitlines()
    expected = export_html(notebook, NOON).splitlines()
    different = [line for line, other in zip(lines, expected, strict=True) if line != other]
    assert len(different) == 1
    assert 'class="generated"' in different[0]
