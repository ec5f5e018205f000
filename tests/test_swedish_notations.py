"""Every notation that people use, and what is made of it: a value, no answer, or a refusal."""

import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.swedish.dates import read_date, read_period, read_round
from asf_analysis.swedish.names import Match, NameBook
from asf_analysis.swedish.numbers import (
    Amount,
    Share,
    is_error_value,
    plain,
    read_count,
    read_number,
    read_share,
)
from asf_analysis.swedish.organisation_numbers import read_organisation_number
from asf_analysis.swedish.writing import format_date, format_number, format_percent, format_period

REFUSED = ValueError
"""What can be read in two ways, or in none, is refused."""

PLACES = NameBook.of(
    ["Gävle", "Hudiksvall", "Hofors", "Ockelbo", "Region Gävleborg"],
    codes={"2180": "Gävle"},
    variants={
        **{"Hudik": "Hudiksvall", "AF": "Arbetsförmedlingen", "Arbetsförm.": "Arbetsförmedlingen"},
        **{"FK": "Försäkringskassan", "F-kassan": "Försäkringskassan", "Landstinget": "Region Gävleborg"},
    },
)
NEW_YEARS_EVE, LAST_QUARTER, AUTUMN = (
    date(2018, 12, 31),
    (date(2018, 10, 1), date(2018, 12, 31)),
    (date(2018, 7, 1), date(2018, 12, 31)),
)


def read_name(text):
    return PLACES.find(text)


def about(value):
    return Amount(value, value * 0.9, value * 1.1)


def at_least(value):
    return Amount(value, value, math.inf)


def at_most(value):
    return Amount(value, 0, value)


COUNTS = {
    # whole numbers
    "75": Amount(75),
    "63st.": Amount(63),
    "28 st": Amount(28),
    "0 st": Amount(0),
    "0": Amount(0),
    "10 personer": Amount(10),
    "4 ggr": Amount(4),
    "1 234": Amount(1234),
    "1\N{NO-BREAK SPACE}234": Amount(1234),
    "1\N{NARROW NO-BREAK SPACE}234": Amount(1234),
    "1\N{THIN SPACE}234": Amount(1234),
    "1 234 567": Amount(1234567),
    "3.970": Amount(3970),
    "1.234": Amount(1234),
    "1.234.567": Amount(1234567),
    "1'234": Amount(1234),
    "1 234,00": Amount(1234),
    "12.0": Amount(12),
    "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}": Amount(12),
    "12\N{SOFT HYPHEN}": Amount(12),
    "\N{ZERO WIDTH SPACE}12": Amount(12),
    # words
    "tolv": Amount(12),
    "tjugoen": Amount(21),
    "tjugoett": Amount(21),
    "tjugo en": Amount(21),
    "hundratjugo": Amount(120),
    "etthundra tjugofem": Amount(125),
    "tvåhundra": Amount(200),
    "elvahundra": Amount(1100),
    "tusen": Amount(1000),
    "två tusen fem hundra": Amount(2500),
    "noll": Amount(0),
    "inga": Amount(0),
    "inget": Amount(0),
    # about
    "ca 75": about(75),
    "c:a 40": about(40),
    "cirka 221": about(221),
    "~ 15": about(15),
    "≈15": about(15),
    "ungefär tio": about(10),
    "ett 30-tal": about(30),
    "ett 20-tal": about(20),
    "ett tjugotal": about(20),
    "ett hundratal": about(100),
    "ca ett trettiotal": about(30),
    "ett dussin": about(12),
    "drygt 30": Amount(30, 30, 33),
    "knappt 30": Amount(30, 27, 30),
    "närmare 50": Amount(50, 45, 50),
    "uppemot 20": Amount(20, 18, 20),
    # ranges
    "2-3": Amount(3, 2, 3),
    "60–70": Amount(65, 60, 70),
    "3 - 4 st": Amount(4, 3, 4),
    "3 a 4": Amount(4, 3, 4),
    "3 à 4": Amount(4, 3, 4),
    "3 eller 4": Amount(4, 3, 4),
    "mellan tio och tolv": Amount(11, 10, 12),
    "ca 60–70": Amount(65, 60, 70),
    # bounds
    "minst sju": at_least(7),
    "5+": at_least(5),
    "5 eller fler": at_least(5),
    ">5": at_least(6),
    "fler än 10": at_least(11),
    "över 100": at_least(101),
    "högst 7": at_most(7),
    "upp till 10": at_most(10),
    "färre än 5": at_most(4),
    "<5": at_most(4),
    "under 10": at_most(9),
    # no answer
    **dict.fromkeys(("", " ", "-", "–", "—", "−", "..", ".", "…", "?", "vet ej", "vet inte", "e.u."), None),
    **dict.fromkeys(("saknas", "uppgift saknas", "uppg. saknas", "uppg saknas", "Uppgift saknas."), None),
    **dict.fromkeys(("ingen uppgift", "inga uppgifter", "ej aktuellt", "ej svar", "n/a", "NULL"), None),
    **dict.fromkeys(("inte aktuellt", "vill ej svara", "ej besvarad", "(tom)", "okänt"), None),
    # not a whole number
    **dict.fromkeys(("12,5", "2,5 tjänst", "1/2", "½", "1,234", "40 %", "64 procent", "8/10"), REFUSED),
    **dict.fromkeys(("117 av 133", "12 000 kr", "75:-", "125 tkr", "1e5", "12:00"), REFUSED),
    # below zero
    **dict.fromkeys(("-3", "−3", "- 3", "färre än 0", "5-"), REFUSED),
    # two things in one cell
    **dict.fromkeys(("10 (varav 3 kvinnor)", "7 + 3", "7+3", "3 och 4", "tre (3)", "12 kvinnor"), REFUSED),
    # an unsure size
    **dict.fromkeys(("en handfull", "hundratals", "ett par", "några", "många", "minst 5–10", "15?"), REFUSED),
    **dict.fromkeys(("4–3", "2 à 100", "2017–2018", "070-1234567", "0 123", "1 23", "ca"), REFUSED),
    # an unsure sign
    **dict.fromkeys(("12¹⁾", "12²", "12*", "12 1)", "O", "1O", "l2", "x", "ja", "nej", "∅", "(15)"), REFUSED),
    **dict.fromkeys(("1\N{SOFT HYPHEN}2", "60\N{ZERO WIDTH SPACE}70", "٣", "=5"), REFUSED),
    # a program's error
    **dict.fromkeys(("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "NaN"), REFUSED),
    **dict.fromkeys(("#REFERENS!", "#SAKNAS!", "#DIVISION/0!", "#VÄRDEFEL!", "#NAMN?", "#####"), REFUSED),
    **dict.fromkeys(("#OGILTIGT!", "#SKÄRNING!", "Fel:502", "Err:502"), REFUSED),
}

NUMBERS = {
    "12,5": 12.5,
    "1 234,50": 1234.5,
    "1 234,00": 1234,
    "125 000 kr": 125000,
    "12 000 kronor": 12000,
    "kr 12 000": 12000,
    "SEK 12 000": 12000,
    "75:-": 75,
    "75,-": 75,
    "1'234,50": 1234.5,
    "-12,5": -12.5,
    "‑12,5": -12.5,
    "−12,5": -12.5,
    "..": None,
    "vet ej": None,
    **dict.fromkeys(("125 tkr", "1,5 mkr", "ca 5", "40 %", "(125)", "125-", "75:50", "#SAKNAS!"), REFUSED),
}

SHARES = {
    "40 %": Share(40, 100),
    "12,5 %": Share(12.5, 100),
    "12.5%": Share(12.5, 100),
    "64 procent": Share(64, 100),
    "8/10": Share(8, 10),
    "8 / 10": Share(8, 10),
    "117 av 133": Share(117, 133),
    "8 utav 10": Share(8, 10),
    "8 av totalt 10": Share(8, 10),
    "1 170 av 1 330 personer": Share(1170, 1330),
    "–": None,
    **dict.fromkeys(("0,4", "11/10", "0/0", "150 %", "ca 40 %", "hälften", "½", "3 procentenheter"), REFUSED),
    **dict.fromkeys(("sju av tio", "#DIV/0!"), REFUSED),
}

DATES = {
    **dict.fromkeys(("2018-12-31", "2018/12/31", "2018.12.31", "2018 12 31", "20181231"), NEW_YEARS_EVE),
    **dict.fromkeys(("181231", "18-12-31", "31/12 2018", "31/12-2018", "31/12-18"), NEW_YEARS_EVE),
    **dict.fromkeys(("31/12 -18", "31.12.2018", "31-12-2018", "den 31/12 2018"), NEW_YEARS_EVE),
    **dict.fromkeys(("31 december 2018", "31 december, 2018", "31 dec. -18", "31 dec '18"), NEW_YEARS_EVE),
    **dict.fromkeys(("den 31:e december 2018", "31-Dec-2018", "31 Dec 2018"), NEW_YEARS_EVE),
    **dict.fromkeys(("mån 31 december 2018", "måndag 31/12 2018"), NEW_YEARS_EVE),
    **dict.fromkeys(("måndagen den 31 december 2018", "43465", "43465,0"), NEW_YEARS_EVE),
    **dict.fromkeys(("2018-12-31 00:00:00", "2018-12-31T08:30", "2018-12-31T08:30:00.000"), NEW_YEARS_EVE),
    **dict.fromkeys(("2018-12-31T00:00:00Z", "2018-12-31T00:00:00+01:00"), NEW_YEARS_EVE),
    "2018-12-30T23:00:00Z": NEW_YEARS_EVE,
    "2018-06-29T22:00:00Z": date(2018, 6, 30),
    "den 3:e april 2018": date(2018, 4, 3),
    "1:a maj 2018": date(2018, 5, 1),
    "3/4 2018": date(2018, 4, 3),
    "3 sept. 2018": date(2018, 9, 3),
    "okt 2018": date(2018, 10, 1),
    "May 2018": date(2018, 5, 1),
    **dict.fromkeys(("dec 2018", "december -18", "dec-18", "2018-12", "12/2018"), date(2018, 12, 1)),
    **dict.fromkeys(("", "–", "vet ej", "e.u."), None),
    **dict.fromkeys(("2018", "31/12", "31 dec", "december", "v. 14 2018", "vecka 14", "v.14"), REFUSED),
    **dict.fromkeys(("30/2 2018", "12/31/2018", "31 juni 2018", "2018-02-30", "181331"), REFUSED),
    **dict.fromkeys(("31/12/18", "18/12/31", "31.12.18", "31-12-18", "31 dec 18", "31/12 18"), REFUSED),
    **dict.fromkeys(("tis 31 december 2018", "3–4 april 2018", "vår 2018", "#REF!", "#VÄRDEFEL!"), REFUSED),
    "2018-03-26T22:30:00Z": REFUSED,
}

PERIODS = {
    **dict.fromkeys(("hösten 2018", "ht 2018", "jul–dec 2018", "2018-07–2018-12"), AUTUMN),
    **dict.fromkeys(("1/7–31/12 2018", "1 juli–31 december 2018", "1/7-18 – 31/12-18"), AUTUMN),
    **dict.fromkeys(("2018-07-01–2018-12-31", "juli t.o.m. december 2018", "2:a halvåret 2018"), AUTUMN),
    **dict.fromkeys(("kv 4 2018", "fjärde kvartalet 2018", "okt–dec 2018", "2018K4"), LAST_QUARTER),
    **dict.fromkeys(("2018", "hela 2018", "helår 2018"), (date(2018, 1, 1), NEW_YEARS_EVE)),
    "2016–2019": (date(2016, 1, 1), date(2019, 12, 31)),
    "–": None,
    **dict.fromkeys(("2018/19", "2018:4", "dec–jul 2018", "4 kvartal 2018", "#REF!"), REFUSED),
}

ROUNDS = {
    **dict.fromkeys(("kv 1 2018", "1:a kvartalet 2018", "första kvartalet 2018", "2018:1"), (2018, 1)),
    **dict.fromkeys(("jan–mar 2018", "januari–mars 2018", "2018-01–2018-03"), (2018, 1)),
    **dict.fromkeys(("Q4-2018", "fjärde kvartalet 2018", "sista kvartalet 2018", "2018:4"), (2018, 4)),
    **dict.fromkeys(("kvartal 4 -18", "kv4-18", "Kvartal 4/2018", "2018K4", "2018_kv4"), (2018, 4)),
    "vet ej": None,
    **dict.fromkeys(("vår 2018", "2018", "2018:2", "dec 2018", "feb–apr 2018", "kv 4", "kv 5 2018"), REFUSED),
    "#SAKNAS!": REFUSED,
}

ORGANISATION_NUMBERS = {
    **dict.fromkeys(
        ("492000-0009", "4920000009", "492000 0009", "492000.0009", "492000–0009"), "492000-0009"
    ),
    **dict.fromkeys(("16492000-0009", "SE492000000901", "SE 492000-0009 01"), "492000-0009"),
    **dict.fromkeys(("org.nr 492000-0009", "Org nr: 492000-0009", "orgnr 4920000009"), "492000-0009"),
    "\N{ZERO WIDTH SPACE}492000-0009\N{LEFT-TO-RIGHT MARK}": "492000-0009",
    **dict.fromkeys(("", "–", "saknas", "uppg. saknas"), None),
    **dict.fromkeys(("492000-0008", "49200-0009", "Alfa", "640823-3234", "640883-3231", "#N/A"), REFUSED),
}

NAMES = {
    **dict.fromkeys(("Gävle", "Gävle kommun", "GÄVLE ", "Ga\u0308vle"), Match("Gävle", "exakt")),
    "Ockelbo kommun": Match("Ockelbo", "exakt"),
    "2180": Match("Gävle", "kod"),
    "Gavle": Match("Gävle", "nära"),
    "Hudik": Match("Hudiksvall", "variant"),
    **dict.fromkeys(("AF", "Arbetsförm."), Match("Arbetsförmedlingen", "variant")),
    **dict.fromkeys(("FK", "F-kassan"), Match("Försäkringskassan", "variant")),
    "Landstinget": Match("Region Gävleborg", "variant"),
    **dict.fromkeys(("Gävle/Sandviken", "Gävle och Hofors", "Torsås", "Hofers", "2104", "länet"), None),
}

TABLES = {
    read_count: COUNTS,
    read_number: NUMBERS,
    read_share: SHARES,
    read_date: DATES,
    read_period: PERIODS,
    read_round: ROUNDS,
    read_organisation_number: ORGANISATION_NUMBERS,
    read_name: NAMES,
}
NOTATIONS = [
    pytest.param(read, written, expected, id=f"{read.__name__} {written!r}")
    for read, table in TABLES.items()
    for written, expected in table.items()
]
READERS = [read for read in TABLES if read is not read_name]


@pytest.mark.parametrize(("read", "written", "expected"), NOTATIONS)
def test_a_notation_is_a_value_no_answer_or_refused(read, written, expected):
    if expected is REFUSED:
        with pytest.raises(ValueError, match=r"\.$"):
            read(written)
    elif isinstance(expected, Amount) and expected.approximate:
        amount = read(written)
        assert (amount.value, *amount.bounds()) == (expected.value, *map(pytest.approx, expected.bounds()))
        assert amount.approximate
    else:
        assert read(written) == expected


@pytest.mark.parametrize("read", READERS)
def test_a_programs_error_is_told_as_such_by_every_reader(read):
    for written in (written for written in COUNTS if is_error_value(written)):
        with pytest.raises(ValueError, match="fel från ett kalkylprogram"):
            read(written)


@pytest.mark.parametrize(
    ("read", "written", "why"),
    [
        (read_count, "12*", "fotnot"),
        (read_count, "O", "bokstav"),
        (read_count, "7 + 3", "uträkning"),
        (read_count, "1/2", "andel"),
        (read_count, "2017–2018", "år"),
        (read_number, "125 tkr", "avrundat"),
        (read_date, "31/12", "Årtal saknas"),
        (read_date, "2018", "dag och månad saknas"),
        (read_date, "vecka 14", "dagen saknas"),
        (read_date, "tis 31 december 2018", "Veckodagen"),
    ],
)
def test_a_common_slip_is_refused_for_its_own_reason(read, written, why):
    with pytest.raises(ValueError, match=why):
        read(written)


def test_a_number_cell_has_decimals_where_a_text_has_thousands():
    assert read_count("1.234") == Amount(1234)
    with pytest.raises(ValueError, match="helt tal"):
        read_count(1.234)


EXACT = [amount.value for amount in COUNTS.values() if isinstance(amount, Amount) and not amount.approximate]


@pytest.mark.parametrize("value", EXACT)
def test_an_exact_count_is_read_back_from_what_the_log_shows(value):
    assert read_count(str(Amount(value))) == read_count(value) == read_count(float(value)) == Amount(value)


@given(st.integers(0, 10**14))
def test_a_number_that_the_report_writes_is_read_back(number):
    assert read_count(format_number(number)) == Amount(number)
    assert read_number(format_number(-number)) == -number


@given(st.integers(0, 1000))
def test_a_percentage_that_the_report_writes_is_read_back(tenths):
    assert read_share(format_percent(tenths / 10, decimals=1)) == Share(tenths / 10, 100)


@given(st.dates(date(1000, 1, 1)))
def test_a_date_that_the_report_writes_is_read_back(day):
    assert read_date(format_date(day)) == day
    assert read_date(day.isoformat()) == read_date(day) == day


@given(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)))
def test_a_period_that_the_report_writes_is_read_back(one, other):
    start, end = sorted((one, other))
    assert read_period(format_period(start, end)) == (start, end)


SIGNS = st.text(
    st.sampled_from("0123456789 -–/.,:+<>%'´*()#!?abcdeknoprstvåäö\u00ad\u200b\u00a0"), max_size=25
)
CELLS = (
    st.text(max_size=25) | SIGNS | st.integers() | st.floats() | st.integers().map(lambda n: 10 ** (n % 500))
)


def refusal_of(read, cell):
    """Give the message with which a cell is refused; nothing where it is read."""
    try:
        read(cell)
    except ValueError as refusal:
        return str(refusal)
    return None


@given(CELLS)
def test_any_cell_is_read_or_refused_in_a_sentence_without_digits(cell):
    refusals = filter(None, (refusal_of(read, cell) for read in READERS))
    assert all(re.fullmatch(r"[A-ZÅÄÖ][a-zåäö ,;]+\.", refusal) for refusal in refusals)


@given(st.text(max_size=10), st.text(max_size=10))
def test_a_refusal_never_repeats_what_was_written(before, after):
    for read in READERS:
        assert "qxz97" not in (refusal_of(read, f"{before}qxz97{after}") or "qxz97")


@given(st.text())
def test_a_plain_text_stays_as_it_is(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("text", ["1" * 5000, "1 " * 3000, "a " * 3000, "1-" * 3000, "#" * 5000 + "x"])
def test_a_long_text_is_refused_at_once(text):
    for read in READERS:
        with pytest.raises(ValueError, match=r"\.$"):
            read(text)
