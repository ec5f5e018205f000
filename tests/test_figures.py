"""Charts say in title and alternative text what they show, and draw nothing of what is withheld."""

import base64
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import matplotlib as mpl
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from published_sample import (
    ACTIVE,
    COUNCIL,
    KINDS,
    MONTHS,
    POLITICIANS,
    TRAININGS,
    WITHHELD_NUMBER,
    make_kpi,
    make_milestone,
    make_outcome,
    make_report,
    table_of_activities,
    table_of_people,
)

from asf_analysis.errors import UnknownName, WrongUsage
from asf_analysis.kpis.registry import NOT_KNOWN, Result
from asf_analysis.presentation import figures, palette
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.svg import small_svg
from asf_analysis.reports.sanitise import clean_html
from asf_analysis.swedish.writing import number_word

BY_MUNICIPALITY = "participants_by_municipality"
SVG = "{http://www.w3.org/2000/svg}"
RENDITIONS = ("wide", "narrow")


def title_of(shown: Block) -> str:
    return BeautifulSoup(shown.html, "html.parser").select_one(".chart-title").get_text()


def alt_of(shown: Block) -> str:
    return BeautifulSoup(shown.html, "html.parser").img["alt"]


def svg_of(shown: Block, rendition: str = "wide") -> str:
    picture = BeautifulSoup(shown.html, "html.parser").picture
    source = picture.img["src"] if rendition == "wide" else picture.source["srcset"]
    return base64.b64decode(source.removeprefix("data:image/svg+xml;base64,")).decode()


def texts_of(shown: Block, rendition: str = "wide") -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg_of(shown, rendition)).iter(f"{SVG}text")]


def people(rows: dict, total: tuple[int, int] | None = None) -> Block:
    return figures.women_and_men(make_report(tables=[table_of_people(rows, total=total)]), BY_MUNICIPALITY)


def months(counts: dict[int, tuple[int, ...]], kinds: tuple[str, ...] = KINDS) -> Block:
    return figures.activities(make_report(tables=[table_of_activities(counts, kinds)]))


@pytest.fixture(scope="module")
def charts() -> dict[str, Block]:
    report = make_report()
    return {
        "goals": figures.goals(report),
        "people": figures.women_and_men(report, BY_MUNICIPALITY),
        "activities": figures.activities(report),
    }


@pytest.mark.parametrize("rendition", RENDITIONS)
@pytest.mark.parametrize("name", ["goals", "people", "activities"])
def test_a_chart_is_small_and_clean(charts, name, rendition):
    svg = svg_of(charts[name], rendition)
    assert len(svg) < 15_000
    assert not re.search(r"<!--|<\?xml|<metadata|<!DOCTYPE|clip-path|style=|http://(?!www\.w3\.org)", svg)
    assert not re.search(r"\d\.\d{3}", svg)


@pytest.mark.parametrize("rendition", RENDITIONS)
@pytest.mark.parametrize("name", ["goals", "people", "activities"])
def test_no_letter_of_a_chart_is_smaller_than_twelve_units(charts, name, rendition):
    root = ET.fromstring(svg_of(charts[name], rendition))
    sizes = [float(part.attrib["font-size"]) for part in root.iter() if "font-size" in part.attrib]
    assert sizes
    assert min(sizes) >= 12


@pytest.mark.parametrize("name", ["goals", "people", "activities"])
def test_a_chart_is_drawn_for_a_desk_and_for_a_phone_and_told_in_words_once(charts, name):
    picture = BeautifulSoup(charts[name].html, "html.parser").select_one(".chart-frame > picture")
    narrow, wide = picture.find_all(True, recursive=False)
    assert (narrow.name, narrow["media"], narrow["width"]) == (
        "source",
        "screen and (max-width: 47.99rem)",
        "310",
    )
    assert (wide.name, wide["width"]) == ("img", "720")
    for drawn, rendition in ((narrow, "narrow"), (wide, "wide")):
        root = ET.fromstring(svg_of(charts[name], rendition))
        assert (root.attrib["width"], root.attrib["height"]) == (drawn["width"], drawn["height"])
    assert charts[name].html.count("alt=") == 1


@pytest.mark.parametrize("name", ["goals", "people", "activities"])
def test_both_renditions_of_a_chart_pass_the_door_of_a_page_unchanged(charts, name):
    cleaned = BeautifulSoup(clean_html(charts[name].html), "html.parser").picture
    drawn = BeautifulSoup(charts[name].html, "html.parser").picture
    assert cleaned.source.attrs == drawn.source.attrs
    assert cleaned.img.attrs == drawn.img.attrs


@pytest.mark.parametrize("name", ["goals", "people", "activities"])
def test_a_chart_has_alternative_text_source_size_and_its_data_as_a_table(charts, name):
    soup = BeautifulSoup(charts[name].html, "html.parser")
    assert soup.select_one("figure.chart > figcaption > .chart-subtitle").get_text()
    assert len(soup.img["alt"]) > 100
    assert soup.select_one("p.source").get_text().startswith("Källa: ")
    assert soup.select_one("details > table.data > caption").get_text()


def test_a_chart_is_the_same_each_time_it_is_drawn(charts):
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.hashsalt": None}):
        assert figures.goals(make_report()) == charts["goals"]
        assert figures.women_and_men(make_report(), BY_MUNICIPALITY) == charts["people"]
        assert figures.activities(make_report()) == charts["activities"]


def test_drawing_leaves_the_notebooks_settings_alone():
    with mpl.rc_context({"font.size": 30}):
        figures.goals(make_report())
        assert mpl.rcParams["font.size"] == 30


def test_the_chart_of_goals_counts_those_it_shows(charts):
    assert title_of(charts["goals"]) == "Fem av åtta mål i siffror nåddes 2018"
    assert "Aktivt verksamma ASF: resultat 28, mål 30, utgångsläge 25, nära målet." in alt_of(charts["goals"])
    assert "Politiker som fått information om ASF: resultat ca 75, mål 250, ej uppnått." in alt_of(
        charts["goals"]
    )


def test_a_kpi_that_somebody_adds_is_drawn():
    added = make_outcome(make_kpi("added", "Helt nytt nyckeltal", "möten"), Result(12), target=10)
    shown = figures.goals(make_report([added]))
    assert title_of(shown) == "Målet nåddes 2018"
    assert {"Helt nytt nyckeltal", "▲ Uppnått", "12", "mål 10"} <= set(texts_of(shown))


def test_a_goal_without_result_says_so():
    shown = figures.goals(make_report([make_outcome(ACTIVE, NOT_KNOWN, target=30)]))
    assert title_of(shown) == "Målet för 2018 kan inte bedömas"
    assert "uppgift saknas" in texts_of(shown)
    assert "uppgift saknas" in alt_of(shown)


def test_a_bar_of_more_than_twice_the_target_is_cut_and_says_so():
    shown = figures.goals(make_report([make_outcome(ACTIVE, Result(900), target=30)]))
    assert "En stapel med pil är längre än vad som får plats" in shown.html


def test_goals_without_figures_are_told_in_words():
    shown = figures.goals(
        make_report([make_milestone(COUNCIL, reached=True), make_outcome(TRAININGS, Result(3))])
    )
    assert shown.plain == "Det finns inga mål i siffror att visa för 2018."


def test_women_and_men_of_each_row_are_told(charts):
    assert (
        title_of(charts["people"]) == "Fler kvinnor än män bland deltagarna i sju av åtta redovisade kommuner"
    )
    alt = alt_of(charts["people"])
    assert "Av deltagarna är 59 procent kvinnor." in alt
    assert "Bollnäs: kvinnor 14, män 9." in alt
    assert "Ovanåker: kvinnor 0, män 0." in alt
    assert "Nordanstig: redovisas inte." in alt


def test_a_withheld_number_is_nowhere_in_a_chart(charts):
    shown = charts["people"]
    for text in (shown.html, shown.plain, *(svg_of(shown, rendition) for rendition in RENDITIONS)):
        assert str(WITHHELD_NUMBER) not in text.replace("\u00a0", "")
    for rendition in RENDITIONS:
        assert texts_of(shown, rendition).count("redovisas inte") == 2


def test_a_withheld_number_moves_nothing_in_a_chart(charts):
    table = make_report().table(BY_MUNICIPALITY)
    frame = table.frame.assign(value=table.frame["value"].where(table.frame["status"] == "shown"))
    without = figures.women_and_men(make_report(tables=[replace(table, frame=frame)]), BY_MUNICIPALITY)
    assert without == charts["people"]


def markers_of(svg: str) -> dict[str, set[str]]:
    """Give the outlines of the markers that each colour is drawn with."""
    root = ET.fromstring(svg)
    outlines = {
        part.attrib["id"]: part.attrib["d"] for part in root.iter(f"{SVG}path") if "id" in part.attrib
    }
    found: dict[str, set[str]] = {}
    for group in root.iter(f"{SVG}g"):
        for use in group.iter(f"{SVG}use"):
            name = use.attrib["{http://www.w3.org/1999/xlink}href"].removeprefix("#")
            found.setdefault(group.attrib["fill"], set()).add(outlines[name])
    return found


def test_women_and_men_have_their_own_colour_and_marker_in_every_order_and_rendition():
    drawn = [
        markers_of(svg_of(people({"Gävle": pair, "Hofors": pair}), rendition))
        for pair in ((31, 25), (5, 44))
        for rendition in RENDITIONS
    ]
    women, men = (mark.colour.lower() for mark in (palette.WOMEN, palette.MEN))
    assert [set(markers) for markers in drawn] == [{women, men}] * 4
    assert all(markers == drawn[0] for markers in drawn)
    assert drawn[0][women] != drawn[0][men]


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ({"A": (5, 6), "B": (7, 8)}, "Fler män än kvinnor bland deltagarna i båda kommunerna"),
        ({"A": (5, 5), "B": (8, 8)}, "Lika många kvinnor som män bland deltagarna i båda kommunerna"),
        (
            {"A": (6, 5), "B": (8, 9), "C": (7, 7)},
            "Fler kvinnor än män bland deltagarna i en av tre kommuner, fler män i en",
        ),
        (
            {"A": (6, 5), "B": (8, 8)},
            "Fler kvinnor än män bland deltagarna i en av två kommuner, lika många i den andra",
        ),
        (
            {"A": (6, 5), "B": (8, 8), "C": (7, 7)},
            "Fler kvinnor än män bland deltagarna i en av tre kommuner, lika många i övriga",
        ),
        (
            {"A": (6, 5), "B": (8, 7), "C": (7, 9)},
            "Fler kvinnor än män bland deltagarna i två av tre kommuner",
        ),
        ({"A": (6, 5), "B": None}, "Av deltagarna är sex av elva kvinnor"),
        ({"A": (12, 10), "B": None}, "Av deltagarna är 55 procent kvinnor"),
        ({"A": (6, 6)}, "Hälften av deltagarna är kvinnor"),
        ({"A": (6, 0)}, "Alla deltagare är kvinnor"),
        ({"A": (0, 6)}, "Alla deltagare är män"),
        ({"A": (6, None)}, "Kvinnor och män: deltagare efter kommun"),
    ],
)
def test_the_title_of_women_and_men_follows_the_data(rows, title):
    if rows == {"A": (6, None)}:
        table = table_of_people(rows)
        frame = table.frame.assign(value=table.frame["value"].mask(table.frame["municipality"] == "total"))
        shown = figures.women_and_men(make_report(tables=[replace(table, frame=frame)]), BY_MUNICIPALITY)
    else:
        shown = people(rows)
    assert title_of(shown) == title


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"A": None, "B": None}, "inget diagram visas, för att skydda enskilda personer."),
        ({"A": (0, 0)}, "inget diagram visas, eftersom det finns ingen att visa."),
    ],
)
def test_a_chart_with_nothing_to_show_says_so(rows, told):
    shown = people(rows)
    assert "<figure" not in shown.html
    assert shown.plain.endswith(told)


def test_without_a_chart_of_people_what_is_known_stands_in_a_table():
    shown = people({"A": None, "B": None}, total=(7, 5))
    assert shown.html.startswith("<p>Deltagare efter kommun, 31 december 2018: inget diagram visas, ")
    table = BeautifulSoup(shown.html, "html.parser").select_one("table.data")
    told = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.tbody.find_all("tr")]
    assert told == [
        ["A", "..", "..", "..", ".."],
        ["B", "..", "..", "..", ".."],
        ["Totalt", "7", "5", "12", "–"],
    ]


def test_without_a_chart_of_activities_what_is_known_stands_in_a_table():
    table = table_of_activities({1: (3,), 2: (5,)}, ("möte",))
    body = table.frame["month"] != "total"
    frame = table.frame.assign(
        value=table.frame["value"].mask(body), status=table.frame["status"].mask(body, "missing")
    )
    shown = figures.activities(make_report(tables=[replace(table, frame=frame)]))
    soup = BeautifulSoup(shown.html, "html.parser")
    assert soup.p.get_text().endswith("inget diagram visas, eftersom uppgifter saknas.")
    assert [cell.get_text() for cell in soup.select("tr.total > *")] == ["Totalt", "8", "8"]
    nothing = table.frame.assign(value=table.frame["value"].mask(table.frame["value"] >= 0), status="missing")
    assert "<table" not in figures.activities(make_report(tables=[replace(table, frame=nothing)])).html


def test_a_table_that_is_not_of_women_and_men_is_refused():
    with pytest.raises(WrongUsage, match="kvinnor och män"):
        figures.women_and_men(make_report(), "activities_by_month")
    with pytest.raises(UnknownName):
        figures.women_and_men(make_report(), "deltagare")


def test_the_busiest_month_is_the_title_of_the_activities(charts):
    assert title_of(charts["activities"]) == "Flest insatser i oktober: 9 av 63"
    assert "Alla insatser: januari 4, februari 5," in alt_of(charts["activities"])


def test_the_most_usual_kinds_are_drawn_and_the_rest_together(charts):
    drawn = texts_of(charts["activities"])
    assert [
        text
        for text in drawn
        if text in {"Informationsträff", "Dialogmöte", "Studiebesök", "Föreläsning", "Övriga"}
    ]
    assert "Mässa" not in drawn
    assert drawn[drawn.index("Övriga") + 1] == "totalt 2"


def test_a_single_kind_left_over_keeps_its_name():
    counts = {month: row[:5] for month, row in MONTHS.items()}
    assert "Mässa" in texts_of(months(counts, KINDS[:5]))


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ({1: (3,), 2: (5,)}, "Flest insatser i februari: 5 av 8"),
        ({1: (3,), 2: (3,), 3: (1,)}, "Flest insatser i januari och februari: 3 vardera av totalt 7"),
        (
            {month: (1 if month == 5 else 2,) for month in range(1, 6)},
            "Fyra månader hade flest insatser: 2 vardera av totalt 9",
        ),
        (
            {month: (1 if month == 4 else 2,) for month in range(1, 5)},
            "Flest insatser i januari, februari och mars: 2 vardera av totalt 7",
        ),
        ({month: (1,) for month in range(1, 8)}, "Lika många insatser varje månad: 1 vardera av totalt 7"),
        ({1: (0,), 2: (4,)}, "Alla fyra insatser var i februari"),
        ({1: (0,), 2: (1,)}, "Den enda insatsen var i februari"),
    ],
)
def test_the_title_of_the_activities_follows_the_data(counts, title):
    assert title_of(months(counts, ("möte",))) == title


def test_a_year_without_activities_is_told_in_words():
    shown = months({1: (0,), 2: (0,)}, ("möte",))
    assert shown.plain == "Inga informationsinsatser genomfördes 2018, och därför visas inget diagram."


HOSTILE = [
    "<script>alert(1)</script>",
    "$x^2$ \\frac",
    "a & b",
    "x" * 10_000,
    "\x00\x07",
    "“\u202e",
    "日本語",
    "  ",
    "#1",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_drawn_as_text(name):
    outcome = make_outcome(replace(POLITICIANS, label=name), Result(3), target=5)
    for shown in (
        figures.goals(make_report([outcome])),
        people({name: (7, 9), "Gävle": (5, 5)}),
        months({1: (3,), 2: (5,)}, (name,)),
    ):
        assert "<script" not in shown.html
        for rendition in RENDITIONS:
            svg = svg_of(shown, rendition)
            assert not list(ET.fromstring(svg).iter(f"{SVG}script"))
            assert len(svg) < 15_000


def test_a_hostile_name_is_legible_in_its_chart():
    assert "<script>alert(1)</" in " ".join(texts_of(people({"<script>alert(1)</script>": (7, 9)})))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), min_size=1, max_size=12))
def test_the_title_of_the_goals_agrees_with_every_result(pairs):
    outcomes = [
        make_outcome(make_kpi(f"kpi_{index}", f"Mått {index}"), Result(result), target=target)
        for index, (result, target) in enumerate(pairs)
    ]
    reached = sum(result >= target for result, target in pairs)
    shown = figures.goals(make_report(outcomes))
    assert alt_of(shown).count(", uppnått.") == reached
    title = title_of(shown)
    if len(pairs) == 1:
        assert title == ("Målet nåddes 2018" if reached else "Målet nåddes inte 2018")
    elif reached == 0:
        assert title.startswith("Inget av ")
    elif reached == len(pairs):
        assert title.startswith(("Alla ", "Båda "))
    else:
        words = [number_word(number, neuter=True) for number in range(15)]
        assert title.lower() == f"{words[reached]} av {words[len(pairs)]} mål nåddes 2018"


COUNT = st.one_of(st.none(), st.tuples(st.integers(0, 50), st.integers(0, 50)))


@settings(max_examples=25, deadline=None)
@given(st.lists(COUNT, min_size=2, max_size=6))
def test_the_chart_of_women_and_men_agrees_with_every_row(pairs):
    rows = {f"Ort {index}": pair for index, pair in enumerate(pairs)}
    known = [pair for pair in pairs if pair is not None]
    shown = people(rows)
    if not any(women or men for women, men in known):
        assert "<figure" not in shown.html
        return
    alt = alt_of(shown)
    for name, pair in rows.items():
        assert (f"{name}: kvinnor {pair[0]}, män {pair[1]}." if pair else f"{name}: redovisas inte.") in alt
    if len(known) > 1 and title_of(shown).startswith("Fler kvinnor"):
        assert sum(women > men for women, men in known) >= sum(men > women for women, men in known)


def test_small_svg_keeps_what_is_drawn():
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"><metadata>x</metadata><g id="a">'
        '<path d="M 0 1.23456 L 2 3" style="fill: #fff" clip-path="url(#p)"/></g></svg>'
    )
    root = ET.fromstring(small_svg(drawn))
    assert [path.attrib["d"] for path in root.iter(f"{SVG}path")] == ["M0 1.23L2 3"]
    assert (root.attrib["width"], root.attrib["viewBox"]) == ("10", "0 0 10 20")
