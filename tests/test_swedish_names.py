"""Names are recognised where they are certain, and never guessed."""

import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.swedish.names import Match, NameBook, fold

PLACES = NameBook.of(
    ["Gävle", "Hudiksvall", "Hofors", "Bollnäs", "Söderhamn", "Sandviken"],
    codes={"2180": "Gävle", "2184": "Hudiksvall"},
    variants={"Hudik": "Hudiksvall"},
)


@pytest.mark.parametrize(
    ("written", "name", "how"),
    [
        ("Gävle", "Gävle", "exakt"),
        ("GÄVLE ", "Gävle", "exakt"),
        (unicodedata.normalize("NFD", "Gävle"), "Gävle", "exakt"),
        ("Gävle kommun", "Gävle", "exakt"),
        ("Gävle\N{NO-BREAK SPACE} Kommun", "Gävle", "exakt"),
        ("Hofors kommun", "Hofors", "exakt"),
        ("Bollnäs kommun", "Bollnäs", "exakt"),
        ("Söderhamns kommun", "Söderhamn", "exakt"),
        ("2180", "Gävle", "kod"),
        ("Hudik", "Hudiksvall", "variant"),
        ("Hudiks kommun", "Hudiksvall", "variant"),
        ("Gavle", "Gävle", "nära"),
        ("Hudikswall", "Hudiksvall", "nära"),
    ],
)
def test_a_name_is_recognised_and_says_how(written, name, how):
    assert PLACES.find(written) == Match(name, how)


@pytest.mark.parametrize(
    "written", ["", "kommun", "Kommunen", "Borlänge", "2181", "Gä", "Hela länet", "Gävle och Hofors"]
)
def test_an_unsure_name_is_no_name(written):
    assert PLACES.find(written) is None


def test_a_name_that_is_near_two_is_neither():
    near_twins = NameBook.of(["Östra Göinge", "Östra Hoinge"])
    assert near_twins.find("Östra Göinge") == Match("Östra Göinge", "exakt")
    assert near_twins.find("Östra Höinge x") is None


def test_a_spelling_listed_for_two_names_is_neither():
    book = NameBook.of(["Norra", "Södra"], variants={"N": "Norra", "n ": "Södra", "S": "Södra"})
    assert (book.find("N"), book.find("S")) == (None, Match("Södra", "variant"))


def test_the_nearest_names_come_first():
    assert PLACES.nearest("Hofers", count=1) == ("Hofors",)


def test_folding_keeps_letters_that_differ():
    assert fold("Å") != fold("A")


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Kooperativet Ett", "Kooperativet Två"),
        ("Kooperativet A", "Kooperativet B"),
        ("Kooperativet", "Kooperativet B"),
        ("Kooperativet Norr", "Kooperativet"),
        ("Alfa 1", "Alfa 2"),
        ("Alfa 1", "Alfa"),
        ("Alfa 1", "Alfa 11"),
        ("Socialt företag 2018", "Socialt företag 2019"),
        ("Projekt 1234567", "Projekt 1234568"),
        ("Hofors", "Hofers"),
        ("Torsås", "Torsby"),
        ("Nora", "Norra"),
        ("Habo", "Håbo"),
        ("Kil", "Kiel"),
        ("Gävle", "Gävle/Sandviken"),
        ("Gävle", "Gävle, Hofors"),
        ("Arbetsförmedlingen", "Arbetsförmedlingen Gävle"),
        ("Deltagare kvinnor", "Deltagare män"),
        ("Deltagare 16–29 år", "Deltagare 30–64 år"),
    ],
)
def test_another_name_is_never_near(known, written):
    assert NameBook.of([known]).find(written) is None


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("Arbetsförmedlingen", "Arbetsförmedlngen"),
        ("Arbetsförmedlingen", "Arbetsformedlingen"),
        ("Ljusdal", "Ljusdahl"),
        ("Bollnäs", "Bolnäs"),
        ("Region Gävleborg", "region Gävelborg"),
        ("Hudiksvall", "Hudiks vall"),
        ("Alfa 1", "Alfa-1"),
        ("Kooperativet Ett", "Koperativet Ett"),
        ("Alfa ek. för.", "Alfa ek för"),
        ("Östra Göinge", "Ostra Göinge"),
    ],
)
def test_a_long_word_may_be_misspelt_and_dots_rings_and_spaces_lost(known, written):
    assert NameBook.of([known, "Borlänge"]).find(written) == Match(known, "nära")


def test_a_number_decides_between_names_that_are_else_alike():
    book = NameBook.of(["Kooperativet Alfa 1", "Kooperativet Alfa 2"])
    assert book.find("Koperativet Alfa 2") == Match("Kooperativet Alfa 2", "nära")
    assert book.find("Koperativet Alfa 3") is None


@pytest.mark.parametrize("twins", [["Alfa Beta", "Alfa-Beta"], ["Kooperativan", "Kooperativen"]])
def test_a_name_as_near_to_one_as_to_another_is_neither(twins):
    book = NameBook.of(twins)
    assert [book.find(name) for name in twins] == [Match(name, "exakt") for name in twins]
    assert book.find("Alfa/Beta") is None
    assert book.find("Kooperativn") is None


def test_a_municipality_is_known_with_and_without_the_word_kommun():
    assert NameBook.of(["Ockelbo"]).find("Ockelbo kommun") == Match("Ockelbo", "exakt")
    assert NameBook.of(["Ockelbo kommun"]).find("Ockelbo") == Match("Ockelbo kommun", "exakt")
    both = NameBook.of(["Ockelbo", "Ockelbo kommun"])
    assert both.find("OCKELBO KOMMUN") == Match("Ockelbo kommun", "exakt")
    assert both.find("ockelbo") == Match("Ockelbo", "exakt")


@pytest.mark.parametrize(
    "written",
    ["Hudiks\N{SOFT HYPHEN}vall", "\N{ZERO WIDTH SPACE}hudiksvall", "  HUDIKSVALL\N{NO-BREAK SPACE}"],
)
def test_what_nobody_sees_is_no_part_of_a_name(written):
    assert PLACES.find(written) == Match("Hudiksvall", "exakt")


@given(
    st.sampled_from(["Gävle", "Söderhamn", "Åsele-Östra"]),
    st.booleans(),
    st.sampled_from(["", " ", "\u00a0 "]),
)
def test_letters_case_and_spaces_may_be_composed_in_any_way(name, upper, space):
    written = unicodedata.normalize("NFD", name.upper() if upper else name)
    assert NameBook.of([name]).find(space + written + space) == Match(name, "exakt")


@given(st.text(max_size=30))
def test_any_text_is_a_known_name_or_none(text):
    match = PLACES.find(text)
    assert match is None or match.name in PLACES.near.values()
    assert fold(fold(text)) == fold(text)


def test_a_name_among_ten_thousand_is_found_at_once():
    names = [f"Kooperativet {letter}{number}" for letter in "abcdefghij" for number in range(1000)]
    book = NameBook.of([*names, "Hudiksvalls arbetskooperativ"])
    started = perf_counter()
    found = {book.find(f"Hudiksvals arbetskoperativ{dots}") for dots in ("", ".", "..", "...")}
    assert found == {Match("Hudiksvalls arbetskooperativ", "nära")}
    assert perf_counter() - started < 1
