"""Names and organisation numbers are recognised where they are certain, and never guessed."""

import unicodedata

import pytest

from asf_analysis.swedish.names import Match, NameBook, fold
from asf_analysis.swedish.organisation_numbers import PersonalNumber, read_organisation_number

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
    "written",
    [
        "492000-0009",
        "4920000009",
        "492000 - 0009",
        "492000‑0009",
        "164920000009",
        "16492000-0009",
        "SE492000000901",
        4920000009,
        4920000009.0,
        "4920000009.0",
        " 492000-0009 ",
    ],
)
def test_an_organisation_number_is_read_in_every_way_of_writing(written):
    assert read_organisation_number(written) == "492000-0009"


@pytest.mark.parametrize("written", [None, "", "–", "saknas"])
def test_no_organisation_number_is_none(written):
    assert read_organisation_number(written) is None


@pytest.mark.parametrize(
    "written", ["492000-0008", "49200-0009", "492000-00091", "Alfa", "124920000009", 4920000009.5, True]
)
def test_a_wrong_organisation_number_is_refused(written):
    with pytest.raises(ValueError, match=r"[Oo]rganisationsnum"):
        read_organisation_number(written)


@pytest.mark.parametrize(
    "written", ["640823-3234", "19640823-3234", 6408233234, "640823+3234", "640883-3231"]
)
def test_a_personal_number_is_refused_and_never_repeated(written):
    with pytest.raises(PersonalNumber) as refusal:
        read_organisation_number(written)
    assert "64" not in str(refusal.value)


@pytest.mark.parametrize(("third_digit", "refusal"), [("1", "personnummer"), ("2", "kontrollsiffra")])
def test_the_third_digit_tells_a_person_from_an_enterprise(third_digit, refusal):
    with pytest.raises(ValueError, match=refusal):
        read_organisation_number(f"55{third_digit}000-0001")
