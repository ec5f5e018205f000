"""Written reports in the layouts that Swedish associations use: what is found, and that nothing is wrong."""

from pathlib import Path

import pytest
from written_layouts import FOLDER, FORMATS, HELD_OUT, LAYOUTS, expected, written

from asf_analysis.association import Association, load_association
from asf_analysis.folders import DataFolder
from asf_analysis.kpis import INDICATORS, KPIS
from asf_analysis.written.found import read_report
from asf_analysis.written.told import Found, Reading, Value

CELLS = ("baseline", "target", "result", "about", "status", "names")
OWN = FOLDER / "own.txt"


@pytest.fixture(scope="module")
def association(project: Path) -> Association:
    return load_association(DataFolder(project / "data"))


def figures(reading: Reading) -> dict[str, dict[str, str]]:
    return {one.kpi.key if one.kpi else f"*{one.name}": cells(one) for one in reading.found}


def cells(found: Found) -> dict[str, str]:
    about = "ca" if found.result and found.result.approximate else ""
    told = (number(found.baseline), number(found.target), number(found.result), about)
    return dict(zip(CELLS, (*told, found.status, ", ".join(found.members)), strict=True))


def number(value: Value | None) -> str:
    return "" if value is None else f"{value.amount:g}"


def compare(reading: Reading, layout: str) -> tuple[int, int, list[str]]:
    """Count the figures that were to be found and those that were, and name those that are wrong."""
    found, there, wrong = 0, 0, []
    asked, given = expected(layout), figures(reading)
    for key in asked.keys() | given.keys():
        for cell in CELLS:
            want, got = asked.get(key, {}).get(cell, ""), given.get(key, {}).get(cell, "")
            there += bool(want)
            found += bool(want) and got == want
            if got and got != want:
                wrong.append(f"{key} {cell}: {got} instead of {want or 'nothing'}")
    return found, there, wrong


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("layout", [*LAYOUTS, *HELD_OUT])
def test_the_figures_of_a_layout_are_found_and_none_is_wrong(layout, form, association, tmp_path):
    reading = read_report(written(layout, form, tmp_path), association, (*KPIS, *INDICATORS))
    found, there, wrong = compare(reading, layout)
    assert there >= 8
    assert wrong == []
    assert found >= 0.95 * there, [(one.name, one.what, one.reason) for one in reading.doubts]


def test_a_wrong_figure_would_be_seen(association, tmp_path):
    path = written("years", "html", tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("<td>37</td>", "<td>39</td>"), encoding="utf-8")
    assert compare(read_report(path, association, KPIS), "years")[2] == [
        "active_enterprises result: 39 instead of 37"
    ]


def test_a_report_with_the_habits_of_2018_tells_all_of_its_figures(association):
    reading = read_report(OWN, association, (*KPIS, *INDICATORS))
    found, there, wrong = compare(reading, "own")
    assert (found, wrong) == (there, [])
    assert there == 29
    assert figures(reading).keys() == expected("own").keys()
    assert reading.year == 2018
    permanent = reading.of("permanent_employees")
    assert permanent is not None
    assert permanent.baseline_definition == "tillsvidareanställda"
    assert permanent.result_definition == "anställda"


def test_what_the_text_does_not_judge_is_unsure_and_told_with_its_passage(association):
    reading = read_report(OWN, association, KPIS)
    assert [(one.what, one.place) for one in reading.doubts] == [("status", "stycke 41")]
    assert reading.doubts[0].text.startswith("Resultat: Företagen har svarat")
    gender = reading.of("gender_follow_up")
    assert gender is not None
    assert gender.status == ""


def test_a_figure_is_told_with_its_place_and_the_day_it_holds_for(association):
    enterprises = read_report(OWN, association, KPIS).of("active_enterprises")
    assert enterprises is not None
    days = [(value.day.isoformat() if value.day else "", value.place) for value in enterprises.values]
    assert days == [("2018-01-01", "stycke 21"), ("2018-12-31", "stycke 22"), ("2018-12-31", "stycke 23")]


@pytest.mark.parametrize("style", [
    "@page { size: A5; @bottom-center { content: 'Sida ' counter(page) } } body { font: 10pt serif; "
    "hyphens: auto; text-align: justify }",
    "@page { size: A6; margin: 1cm; @top-right { content: 'Verksamhet 2018' } } p, li, ul, h1 { margin: 0 }",
    "body { font: 12pt/2 sans-serif }",
])  # fmt: skip
def test_the_same_report_as_pdf_tells_the_same(style, association, tmp_path):
    weasyprint = pytest.importorskip("weasyprint")
    paragraphs = OWN.read_text(encoding="utf-8").split("\n\n")
    body = "".join(
        f"<ul><li>{one.lstrip('- ')}</li></ul>" if one.startswith("-") else f"<p>{one}</p>"
        for one in paragraphs[1:]
    )
    page = f'<html lang="sv"><body><h1>{paragraphs[0]}</h1>{body}</body></html>'
    path = tmp_path / "rapport.pdf"
    weasyprint.HTML(string=page).write_pdf(path, stylesheets=[weasyprint.CSS(string=style)])
    reading = read_report(path, association, (*KPIS, *INDICATORS))
    found, there, wrong = compare(reading, "own")
    assert wrong == []
    assert found == there or ("margin: 0" in style and there - found <= 3)
    assert all(value.place.startswith("sida ") for one in reading.found for value in one.values)


@pytest.mark.parametrize("width", [34, 50, 72, 100])
def test_lines_of_a_text_may_be_broken_anywhere(width, association, tmp_path):
    import textwrap

    paragraphs = OWN.read_text(encoding="utf-8").strip().split("\n\n")
    path = tmp_path / "rapport.txt"
    broken = (textwrap.fill(one, width, break_on_hyphens=False) for one in paragraphs)
    path.write_text("\n\n".join(broken), encoding="cp1252")
    whole = figures(read_report(OWN, association, KPIS))
    assert figures(read_report(path, association, KPIS)) == whole
