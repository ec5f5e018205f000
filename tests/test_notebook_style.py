"""The style that blocks bring along: small, for notebooks alone, and gone from what is published."""

from __future__ import annotations

import re
from datetime import datetime

import nbformat
import pytest
from published_sample import make_report

from asf_analysis.presentation import cover, figures, tables
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation.notebook_style import notebook_style
from asf_analysis.reports.export import export_html

REPORT = make_report()
SHOWN = [
    cover.annual_report(REPORT),
    text.summary(REPORT),
    tables.kpi_cards(REPORT),
    tables.goals(REPORT),
    figures.goals(REPORT),
]
ROOT = r"\.asf-style\.asf-style\.asf-style~\*"


def exported(styled: bool) -> str:
    """The page of a notebook whose outputs bring their style along, or do not."""
    bundles = [shown._repr_mimebundle_() for shown in SHOWN]
    if not styled:
        bundles = [bundle | {"text/html": block.html} for bundle, block in zip(bundles, SHOWN, strict=True)]
    outputs = [nbformat.v4.new_output("display_data", bundle) for bundle in bundles]
    cells = [nbformat.v4.new_code_cell(outputs=[output]) for output in outputs]
    return export_html(nbformat.v4.new_notebook(cells=cells), datetime(2026, 11, 24, 12, 0))


def test_a_published_page_holds_no_trace_of_the_style_of_notebooks():
    page = exported(styled=True)
    assert page == exported(styled=False)
    assert page.count("<style") == 1
    assert "asf-style" not in page


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: type(shown).__name__)
def test_an_output_begins_with_its_style_and_holds_it_once(shown):
    html = shown._repr_mimebundle_()["text/html"]
    assert html.startswith(notebook_style())
    assert html.count("<style") == 1
    assert "<style" not in shown.html


def test_every_rule_concerns_what_stands_after_the_style_and_nothing_else():
    [css] = re.findall(r'<style class="asf-style">(.*)</style>', notebook_style())
    assert re.fullmatch(rf"{ROOT}{{(--[^;]+;)+(&[^{{}}]+{{[^{{}}]+}})+}}", css)
    assert not re.search(r"<|url\(|@|!important|/\*", css)


def test_the_style_is_small_since_every_output_holds_it():
    assert len(notebook_style()) < 3_200


def test_every_class_that_blocks_carry_is_styled_or_plain():
    carried = {
        name
        for shown in SHOWN
        for names in re.findall(r'class="([^"]+)"', shown.html)
        for name in names.split()
    }
    assert {name for name in carried if f".{name}" not in notebook_style()} == set()
