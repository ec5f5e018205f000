"""A chart's two renditions tell the same, and in neither is a letter clipped, or written over another."""

import base64
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from published_sample import make_kpi, make_outcome, make_report, table_of_activities, table_of_people
from quality_sample import NO_BLANKS, make_quality

from asf_analysis.kpis.registry import NOT_KNOWN, Result
from asf_analysis.kpis.response_rate import RoundAnswers
from asf_analysis.presentation import figures
from asf_analysis.presentation.block import Block
from asf_analysis.presentation.letters import SMALL_TEXT, text_width, wrap

FEW = settings(max_examples=15, phases=(Phase.explicit, Phase.generate))
"""To draw takes a twentieth of a second, and to search for the smallest fault would take minutes."""

LONGEST_SVG = 15_000

COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 99_999))
AMOUNTS = COUNTS | st.integers(1_000_000, 99_999_999)
WORDS = st.sampled_from(
    ["Å", "och", "Hudiksvall", "Dals-Ed", "arbetsmarknadsförvaltningen", "Försäkringskassan", "WWWWWWWWWWWW"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@dataclass(frozen=True)
class Written:
    """A text of a drawing and the box that its letters fill."""

    text: str
    size: float
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Written") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def svgs_of(shown: Block) -> tuple[str, str]:
    """Give the wide and the narrow drawing."""
    picture = BeautifulSoup(shown.html, "html.parser").picture
    wide, narrow = (address.partition(",")[2] for address in (picture.img["src"], picture.source["srcset"]))
    return base64.b64decode(wide).decode(), base64.b64decode(narrow).decode()


def written_in(svg: str) -> Iterator[Written]:
    """Give every text; how it looks stands on it or on the group around it."""
    for group in ET.fromstring(svg):
        for text in group.iter("{http://www.w3.org/2000/svg}text"):
            looks = {**group.attrib, **text.attrib}
            size = float(looks["font-size"])
            width = text_width(text.text, size, bold=looks.get("font-weight") == "700")
            left = float(looks["x"]) - width * {"middle": 0.5, "end": 1}.get(looks.get("text-anchor"), 0)
            baseline = float(looks["y"])
            yield Written(text.text, size, left, left + width, baseline - 0.72 * size, baseline + 0.15 * size)


def assert_legible(shown: Block) -> None:
    """Check that both drawings are small, and every text large, whole and free of every other."""
    for svg in svgs_of(shown):
        assert len(svg) < LONGEST_SVG
        root = ET.fromstring(svg)
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        texts = [one for one in written_in(svg) if one.text]
        assert texts
        for place, one in enumerate(texts):
            assert one.size >= SMALL_TEXT
            assert -0.1 <= one.left <= one.right <= width + 0.1, one
            assert 0 <= one.top <= one.bottom <= height, one
            assert not [other for other in texts[place + 1 :] if one.meets(other)], one


def figures_in(svg: str) -> Counter[str]:
    """Count the texts of a drawing that hold figures."""
    return Counter(one.text for one in written_in(svg) if any(sign.isdecimal() for sign in one.text))


def assert_same_figures(shown: Block) -> None:
    wide, narrow = svgs_of(shown)
    assert figures_in(wide) == figures_in(narrow)


@FEW
@given(
    st.lists(
        st.tuples(NAMES, st.none() | AMOUNTS, AMOUNTS, st.none() | AMOUNTS),
        min_size=1,
        max_size=8,
    )
)
@example([("Budget", 1_123_456_789, 1_000_000_000, 900_000_000)])
def test_both_charts_of_goals_tell_the_same_and_can_be_read(goals):
    outcomes = [
        make_outcome(
            make_kpi(f"kpi_{index}", name), NOT_KNOWN if result is None else Result(result), target, baseline
        )
        for index, (name, result, target, baseline) in enumerate(goals)
    ]
    shown = figures.goals(make_report(outcomes))
    assert_legible(shown)
    assert_same_figures(shown)


PAIR = st.one_of(st.none(), st.tuples(st.none() | COUNTS, st.none() | COUNTS))


@FEW
@given(st.dictionaries(NAMES, PAIR, max_size=8))
def test_both_charts_of_women_and_men_tell_the_same_and_can_be_read(rows):
    table = table_of_people({"Gävle": (1, 2), **rows})
    shown = figures.women_and_men(make_report(tables=[table]), "participants_by_municipality")
    assert_legible(shown)
    assert_same_figures(shown)


@pytest.mark.parametrize(
    "kinds", [["möte"], ["WWWWWW och arbetsmarknadsförvaltningen" + "x" * n for n in range(6)]]
)
@pytest.mark.parametrize(("most", "last"), [(1, 12), (88, 7), (999, 12), (999, 1), (9_999, 12), (99_999, 5)])
def test_both_charts_of_activities_tell_the_same_and_can_be_read(kinds, most, last):
    months = {
        month: tuple(most * month // (n + 12) for n, _ in enumerate(kinds)) for month in range(1, last + 1)
    }
    months[1] = (most,) * len(kinds)
    shown = figures.activities(make_report(tables=[table_of_activities(months, kinds)]))
    assert_legible(shown)
    assert_same_figures(shown)


@FEW
@given(
    st.lists(st.none() | st.integers(1, 9_999), min_size=1, max_size=4).filter(any),
    st.lists(st.integers(0, 100), min_size=len(NO_BLANKS), max_size=len(NO_BLANKS)),
)
def test_both_charts_of_missing_answers_tell_the_same_and_can_be_read(answers, percents):
    rounds = tuple(
        RoundAnswers(
            2017 + index // 2,
            (1, 4)[index % 2],
            rows=rows,
            asked=rows,
            answered=rows,
            blanks={name: (rows or 0) * part // 100 for name, part in zip(NO_BLANKS, percents, strict=True)},
        )
        for index, rows in enumerate(answers)
    )
    shown = figures.missing_answers(make_quality(rounds=rounds))
    assert_legible(shown)
    wide, narrow = map(figures_in, svgs_of(shown))
    headings = {
        "Kvartal 1",
        "Kvartal 4",
        "2017",
        "2018",
        *(f"Kvartal {n} {y}" for n in (1, 4) for y in (2017, 2018)),
    }
    assert wide.total() > len(NO_BLANKS)
    assert {text: n for text, n in wide.items() if text not in headings} == {
        text: n for text, n in narrow.items() if text not in headings
    }


def test_on_a_phone_the_name_of_one_round_of_many_breaks_before_its_year():
    rounds = tuple(RoundAnswers(year, quarter, 5) for year in (2017, 2018) for quarter in (1, 4))
    shown = figures.missing_answers(make_quality(rounds=rounds))
    wide, narrow = ([one.text for one in written_in(svg)] for svg in svgs_of(shown))
    assert wide[:8:2] == ["Kvartal 1 2017", "Kvartal 4 2017", "Kvartal 1 2018", "Kvartal 4 2018"]
    assert Counter(narrow[:12]) == {"Kvartal 1": 2, "Kvartal 4": 2, "2017": 2, "2018": 2, "5 svar": 4}


@pytest.mark.parametrize("baseline", range(0, 31, 3))
def test_the_words_for_a_missing_result_meet_neither_target_nor_baseline(baseline):
    reached = make_outcome(make_kpi("reached", "Nått"), Result(60), target=30)
    missing = make_outcome(make_kpi("missing", "Saknas"), NOT_KNOWN, target=30, baseline=baseline)
    for svg in svgs_of(figures.goals(make_report([reached, missing]))):
        words = next(one for one in written_in(svg) if one.text == "uppgift saknas")
        target = next(one for one in written_in(svg) if one.text == "Målet")
        diamond = ET.fromstring(svg).findall(".//{http://www.w3.org/2000/svg}use")[-1]
        for place, half in (((target.left + target.right) / 2, 1), (float(diamond.attrib["x"]), 6)):
            assert words.right < place - half or words.left > place + half


@settings(max_examples=40)
@given(st.text(max_size=60), st.floats(30, 300), st.booleans(), st.integers(1, 3))
def test_no_line_is_wider_than_its_place(text, width, bold, most):
    lines = wrap(text, width, bold=bold, lines=most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line, bold=bold) <= width for line in lines)


@given(st.lists(st.sampled_from(["ASF", "i", "samverkan", "Gävleborg"]), min_size=1, max_size=6))
def test_lines_hold_every_word_where_there_is_room(words):
    assert " ".join(wrap(" ".join(words), 150, lines=6)) == " ".join(words)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        (
            "Kommuner som samverkar i en stödstruktur för ASF",
            200,
            ["Kommuner som samverkar i", "en stödstruktur för ASF"],
        ),
        ("Arbetsmarknads- och vuxenutbildning", 130, ["Arbetsmarknads-", "och vuxenutbildning"]),
        ("Upplands-Bro", 60, ["Upplands-", "Bro"]),
        ("Arbetsmarknadsförvaltningen", 100, ["Arbetsmarknads-", "förvaltningen"]),
        ("1234567890", 30, ["1234", "5678", "90"]),
        ("  ", 30, [""]),
    ],
)
def test_lines_break_where_a_reader_would_break_them(text, width, lines):
    assert wrap(text, width) == lines
