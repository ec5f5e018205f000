"""Organisation numbers are read in every way of writing; a personal number is never repeated."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from asf_analysis.swedish.organisation_numbers import (
    HIDDEN,
    PersonalNumber,
    hide_personal_numbers,
    is_personal_number,
    read_organisation_number,
)


@pytest.mark.parametrize(
    "written",
    [
        "492000-0009",
        "4920000009",
        "492000 - 0009",
        "492000‑0009",
        "164920000009",
        "16492000-0009",
        "492000 0009",
        "492000.0009",
        "492000–0009",
        "492000−0009",
        "SE 492000-0009 01",
        "se4920000009-01",
        "VAT-nr SE492000000901",
        "org.nr 492000-0009",
        "Org nr: 492000-0009",
        "orgnr 4920000009",
        "Organisationsnummer: 492000-0009",
        "\N{ZERO WIDTH SPACE}492000-0009\N{LEFT-TO-RIGHT MARK}",
        164920000009,
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
    "written",
    [
        "640823-3234",
        "19640823-3234",
        "166408233234",
        6408233234,
        6408233234.0,
        "6408233234.0",
        "640823+3234",
        "640823–3234",
        "640883-3231",
        "org.nr 640823-3234",
        "SE640823323401",
        "Anna 640823-3234",
        "64-08-23-3234",
        408233237.0,
    ],
)
def test_a_personal_number_is_refused_and_never_repeated(written):
    with pytest.raises(PersonalNumber) as refusal:
        read_organisation_number(written)
    assert "64" not in str(refusal.value)


@pytest.mark.parametrize(("third_digit", "refusal"), [("1", "personnummer"), ("2", "kontrollsiffra")])
def test_the_third_digit_tells_a_person_from_an_enterprise(third_digit, refusal):
    with pytest.raises(ValueError, match=refusal):
        read_organisation_number(f"55{third_digit}000-0001")


PERSONS = [
    "640823-3234",
    "19640823-3234",
    "6408233234",
    "196408233234",
    "640823 3234",
    "640823+3234",
    "640823\N{EN DASH}3234",
    "640823\N{MINUS SIGN}3234",
    "640823\N{NON-BREAKING HYPHEN}3234",
    "640823\N{SOFT HYPHEN}3234",
    "640823\N{ZERO WIDTH SPACE}-3234",
    "640823 - 3234",
    "640823\N{NO-BREAK SPACE}3234",
    "1964-08-23-3234",
    "640883-3231",
    "640883-3232",
    "640823-3235",
    "6408233234.0",
]


@pytest.mark.parametrize("number", PERSONS)
def test_a_persons_number_is_hidden_and_the_words_around_it_stay(number):
    assert hide_personal_numbers(number) == HIDDEN
    assert hide_personal_numbers(f"Anna {number} slutade.") == f"Anna {HIDDEN} slutade."
    assert hide_personal_numbers(f"({number}), pnr{number}") == f"({HIDDEN}), pnr{HIDDEN}"
    assert is_personal_number(number)


@pytest.mark.parametrize(
    "text",
    [
        "492000-0009",
        "4920000009",
        "164920000009",
        "SE492000000901",
        "212000-0001 och 802002-1234",
        "070-123 45 67",
        "070-1234567",
        "0701234567",
        "+46 70 123 45 67",
        "0046701234567",
        "026-12 34 56",
        "125 000 kr",
        "1 212 345 678 kr",
        "12 500,50",
        "2018-12-31",
        "2018-12-31 08:30:00",
        "2018-12-31 1500 kr",
        "181231–190131",
        "2018-12-31–2019-01-31",
        "20181231–20190131",
        "31/12 2018",
        "640023-3234",
        "641323-3234",
        "640832-3234",
        "640892-3234",
        "64082-3234",
        "640823-32345",
        "",
    ],
)
def test_what_is_no_persons_number_stays(text):
    assert hide_personal_numbers(text) == text


def test_ten_digits_that_could_be_a_telephone_number_are_hidden_where_the_check_digit_is_right():
    assert luhn.is_valid("0701230009") is False
    person = "070123001" + luhn.calc_check_digit("070123001")
    assert hide_personal_numbers(f"Ring {person}") == f"Ring {HIDDEN}"
    assert hide_personal_numbers("Ring 0701230009") == "Ring 0701230009"
    assert hide_personal_numbers("Ring 070123-0009") == f"Ring {HIDDEN}"


def test_a_number_that_a_spreadsheet_took_the_zeros_from_is_a_persons():
    whole = "040823323" + luhn.calc_check_digit("040823323")
    assert is_personal_number(float(whole))
    assert is_personal_number(whole.removeprefix("0"))
    assert not is_personal_number(float(whole) + 1)


@pytest.mark.parametrize("written", [None, "", "75", 75.0, "492000-0009", 4920000009.0, date(2018, 12, 31)])
def test_another_cell_is_no_personal_number(written):
    assert not is_personal_number(written)


@given(
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.sampled_from([0, 60]),
    st.integers(0, 9999),
    st.sampled_from(["-", "+", " ", "\N{EN DASH}", "\N{MINUS SIGN}"]),
    st.booleans(),
)
def test_every_persons_number_is_hidden_whatever_its_check_digit(born, coordination, last, dash, century):
    day = f"{born:%Y%m}{born.day + coordination:02}"
    number = f"{day if century else day[2:]}{dash}{last:04}"
    assert hide_personal_numbers(f"Hej {number}!") == f"Hej {HIDDEN}!"
    assert is_personal_number(number)
    with pytest.raises(PersonalNumber):
        read_organisation_number(number)


@given(st.integers(10, 99), st.integers(20, 99), st.integers(0, 99999))
def test_every_organisation_number_stays_and_is_read(first, group, last):
    nine = f"{first}{group}{last:05}"
    number = nine + luhn.calc_check_digit(nine)
    written = f"{number[:6]}-{number[6:]}"
    assert hide_personal_numbers(f"Alfa {written}, {number}") == f"Alfa {written}, {number}"
    assert read_organisation_number(number) == read_organisation_number(float(number)) == written


@given(st.text(st.sampled_from("0123456789-+ –abc.,\u00ad"), max_size=40))
def test_hiding_again_hides_no_more(text):
    once = hide_personal_numbers(text)
    assert hide_personal_numbers(once) == once
