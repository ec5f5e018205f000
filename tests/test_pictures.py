"""What a picture in a file may hold, and what stops its publication."""

from __future__ import annotations

import base64
import io

import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure
from published_sample import make_report
from test_export import PIXEL, PNG, code, html, page, refused

from asf_analysis.presentation import figures
from asf_analysis.reports.pictures import UNREADABLE, faults_of_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
ADDRESS = f"data:image/png;base64,{PNG}"


def drawing(inside: str) -> str:
    return as_address(SVG.format(inside).encode())


def as_address(content: bytes, kind: str = "svg+xml") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize(
    ("inside", "fault"),
    [
        ("<script>alert(1)</script>", "innehåller <script>"),
        ("<SCRIPT/>", "innehåller <SCRIPT>"),
        ("<g><foreignObject><p/></foreignObject></g>", "innehåller <foreignObject>"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "innehåller <set>"),
        ('<path onload="alert(1)"/>', "innehåller attributet onload"),
        ('<image href="https://example.org/a.png"/>', "hänvisar till en adress utanför sig själv"),
        ('<image xlink:href="//example.org/a.png"/>', "hänvisar till en adress utanför sig själv"),
        ('<use href="bild.svg#a"/>', "hänvisar till en adress utanför sig själv"),
        ('<a href="javascript:alert(1)"><text>x</text></a>', "hänvisar till en adress utanför sig själv"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "hänvisar till en adress utanför sig själv"),
        ("<style>@import 'https://example.org'</style>", "har en stilmall som kan hämta något utifrån"),
        (
            "<style>@font-face{src:url( 'https://a.se' )}</style>",
            "har en stilmall som kan hämta något utifrån",
        ),
        (r"<style>*{fill:\75rl(//example.org)}</style>", "har en stilmall som kan hämta något utifrån"),
        ('<path fill="url(https://example.org/a)"/>', "kan hämta något utifrån genom attributet fill"),
        ('<path style="fill:URL(//a.se)"/>', "kan hämta något utifrån genom attributet style"),
    ],
)
def test_a_drawing_that_runs_or_fetches_something_is_refused(inside, fault):
    assert list(faults_of_picture(drawing(inside))) == [fault]
    assert f"En bild {fault}." in refused(html(f'<img src="{drawing(inside)}" alt="Bild">'))


@pytest.mark.parametrize(
    "inside",
    [
        "<title>Karta</title><text>javascript: url(https://example.org) &lt;script&gt;</text>",
        '<clipPath id="a"/><path clip-path="url(#a)" fill=\'url( "#b" )\'/><use xlink:href="#a"/>',
        f'<style>path{{stroke-linejoin:round}}</style><image href="{ADDRESS}"/>',
    ],
)
def test_a_drawing_of_shapes_letters_and_its_own_parts_is_let_through(inside):
    assert list(faults_of_picture(drawing(inside))) == []


def test_our_charts_and_those_of_matplotlib_are_let_through():
    sources = [image["src"] for image in page(html(figures.goals(make_report()).html)).find_all("img")]
    with rc_context({"svg.fonttype": "path"}):
        figure, buffer = Figure(), io.BytesIO()
        figure.subplots().imshow([[1, 2]])
        figure.savefig(buffer, format="svg")
    assert len(sources) == 1
    for source in [*sources, as_address(buffer.getvalue()), PIXEL]:
        assert list(faults_of_picture(source)) == []


@pytest.mark.parametrize(
    "address",
    [
        as_address(b"<svg xmlns='http://www.w3.org/2000/svg'>"),
        as_address(b"<svg/>"),
        as_address(b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        as_address(b"<svg/>", kind="png"),
        as_address(base64.b64decode(PNG), kind="jpeg"),
        as_address(base64.b64decode(PNG), kind="bmp"),
        "data:image/png;base64,AAA",
        "data:text/html;base64,AAAA",
        "https://example.org/a.png",
    ],
)
def test_what_is_no_picture_of_its_kind_is_refused(address):
    assert list(faults_of_picture(address)) == [UNREADABLE]


def test_entities_that_grow_without_end_are_not_read():
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>'
    assert list(faults_of_picture(as_address(bomb))) == ["innehåller <!ENTITY"]
    styled = b"<?xml-stylesheet href='https://example.org/a.css'?><svg xmlns='http://www.w3.org/2000/svg'/>"
    assert list(faults_of_picture(as_address(styled))) == ["innehåller <?xml-stylesheet"]


def test_an_output_that_is_a_drawing_and_a_narrow_rendition_are_looked_into_too():
    metadata = {"image/svg+xml": {"alt": "Karta"}}
    message = refused(code({"image/svg+xml": SVG.format("<script/>")}, metadata=metadata))
    assert "cell 2 (”show(published)”): En bild innehåller <script>. Rita den med figures" in message
    narrow = f'<picture><source srcset="{drawing("<script/>")}"><img src="{PIXEL}" alt="x"></picture>'
    assert "innehåller <script>" in refused(html(narrow))


def test_half_a_character_in_a_drawing_is_left_out():
    metadata = {"image/svg+xml": {"alt": "Karta"}}
    source = page(code({"image/svg+xml": SVG.format("<text>A\ud800B</text>")}, metadata=metadata)).img["src"]
    assert b"AB" in base64.b64decode(source.partition(",")[2])
