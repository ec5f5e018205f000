"""Numbers are read as people write them, and nothing is guessed."""

import math
from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from asf_analysis.swedish.numbers import Amount, Share, read_count, read_number, read_share

EXACT = [
    ("75", 75),
    (75, 75),
    (75.0, 75),
    (0, 0),
    ("0", 0),
    (" 75 ", 75),
    ("63st.", 63),
    ("28 st", 28),
    ("28 st.", 28),
    ("12 personer", 12),
    ("12 pers.", 12),
    ("en person", 1),
    ("1 234", 1234),
    ("1\N{NO-BREAK SPACE}234", 1234),
    ("1\N{NARROW NO-BREAK SPACE}234", 1234),
    ("1\N{THIN SPACE}234", 1234),
    ("1 234 567", 1234567),
    ("3.970", 3970),
    ("1.234.567", 1234567),
    ("3970", 3970),
    ("tolv", 12),
    ("Tolv", 12),
    ("noll", 0),
    ("inga", 0),
    ("tjugofem", 25),
    ("trettio", 30),
    ("hundra", 100),
    ("75,0", 75),
    ("75,00", 75),
    ("12.0", 12),
    ("007", 7),
]

APPROXIMATE = [
    ("ca 75", 75, 67.5, 82.5),
    ("ca. 75", 75, 67.5, 82.5),
    ("Ca 75 st", 75, 67.5, 82.5),
    ("c:a 75", 75, 67.5, 82.5),
    ("cirka 221", 221, 198.9, 243.1),
    ("omkring 50", 50, 45, 55),
    ("~50", 50, 45, 55),
    ("ca 1 200", 1200, 1080, 1320),
    ("ett 30-tal", 30, 27, 33),
    ("ett 30‑tal", 30, 27, 33),
    ("30-tal", 30, 27, 33),
    ("ett tiotal", 10, 9, 11),
    ("ett hundratal", 100, 90, 110),
    ("2-3", 3, 2, 3),
    ("60–70", 65, 60, 70),
    ("60 – 70 st", 65, 60, 70),
    ("60−70", 65, 60, 70),
    ("ca 60-70", 65, 60, 70),
    ("2 till 3", 3, 2, 3),
    ("mellan 10 och 20", 15, 10, 20),
    ("två–tre", 3, 2, 3),
    ("minst sju", 7, 7, math.inf),
    ("minst 7", 7, 7, math.inf),
    ("högst 7", 7, 0, 7),
    ("max 10", 10, 0, 10),
    ("ca 0", 0, 0, 0),
]

NO_ANSWERS = [
    None,
    "",
    "  ",
    "\N{NO-BREAK SPACE}",
    "–",
    "-",
    "−",
    "..",
    "…",
    "vet ej",
    "Vet ej",
    "uppgift saknas",
    "?",
]

REFUSED = [
    "3,97",
    3.97,
    "12,5",
    "40 %",
    "64 procent",
    "8/10",
    "117 av 133",
    "-5",
    "−5",
    "‑5",
    -5,
    "3-2",
    "7–7",
    "många",
    "75a",
    "1 23",
    "12 34",
    "1.23",
    "0.500",
    "1,234",
    "ca",
    "minst",
    "ca många",
    "75 kr",
    "tkr",
    "SANT",
    True,
    date(2018, 4, 3),
    datetime(2018, 4, 3, 12),
    time(3, 4),
    float("nan"),
    float("inf"),
    "#REF!",
    "1e5",
    "٣",
    "12 kvinnor och 3 män",
]


@pytest.mark.parametrize(("written", "count"), EXACT)
def test_a_count_is_read_in_every_common_notation(written, count):
    assert read_count(written) == Amount(count)


@pytest.mark.parametrize(("written", "value", "low", "high"), APPROXIMATE)
def test_an_approximate_count_keeps_its_bounds(written, value, low, high):
    amount = read_count(written)
    assert (amount.value, amount.low, amount.high) == (value, pytest.approx(low), pytest.approx(high))
    assert amount.approximate


@pytest.mark.parametrize("written", NO_ANSWERS)
def test_no_answer_is_none_and_never_zero(written):
    assert read_count(written) is None
    assert read_number(written) is None
    assert read_share(written) is None


@pytest.mark.parametrize("written", REFUSED)
def test_what_can_only_be_guessed_is_refused_without_repeating_it(written):
    with pytest.raises(ValueError, match=r"\.$") as refusal:
        read_count(written)
    assert str(written) not in str(refusal.value)


def test_the_reach_of_an_approximate_count_is_configured():
    assert read_count("ca 50", approximate_percent=20) == Amount(50, low=40, high=60)
    assert read_count("ett 30-tal", approximate_percent=0) == Amount(30, low=30, high=30)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("125 000 kr", 125000),
        ("125 000 kronor", 125000),
        ("125 000:-", 125000),
        ("1 234,50", 1234.5),
        ("12,5", 12.5),
        ("3.970", 3970),
        ("3.970,25", 3970.25),
        ("1234.5", 1234.5),
        ("12,500", 12.5),
        ("-12,5", -12.5),
        ("−12,5", -12.5),
        ("‑12,5", -12.5),
        (12.5, 12.5),
        (0, 0),
        ("0,00", 0),
    ],
)
def test_a_number_may_have_decimals_and_a_minus(written, number):
    assert read_number(written) == number


@pytest.mark.parametrize(
    "written", ["ca 5", "125 tkr", "12,5,5", "1 23", "0.500", "kr", True, date(2018, 1, 1), "5 %"]
)
def test_a_number_that_can_only_be_guessed_is_refused(written):
    with pytest.raises(ValueError, match=r"\.$"):
        read_number(written)


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("8/10", Share(8, 10)),
        ("117 av 133", Share(117, 133)),
        ("40 %", Share(40, 100)),
        ("40%", Share(40, 100)),
        ("64 procent", Share(64, 100)),
        ("12,5 %", Share(12.5, 100)),
        ("0/10", Share(0, 10)),
        ("10/10", Share(10, 10)),
    ],
)
def test_a_share_keeps_its_whole(written, share):
    assert read_share(written) == share


@pytest.mark.parametrize("written", ["11/10", "0/0", "40", 0.4, "1/2/3"])
def test_a_share_without_a_whole_is_refused(written):
    with pytest.raises(ValueError, match="andel"):
        read_share(written)


@given(
    st.integers(0, 10**9),
    st.sampled_from([" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", ".", ""]),
    st.sampled_from(["", " st", "st.", " personer"]),
)
def test_a_count_written_and_read_comes_back(count, separator, unit):
    written = f"{count:,}".replace(",", separator) + unit
    assert read_count(written) == Amount(count)


@given(st.integers(-(10**11), 10**11), st.sampled_from("-‑−"))
def test_an_amount_in_ore_written_and_read_comes_back(ore, minus):
    kronor, rest = divmod(abs(ore), 100)
    written = (minus if ore < 0 else "") + f"{kronor:,}".replace(",", " ") + f",{rest:02} kr"
    assert read_number(written) == ore / 100


@given(st.integers(0, 10**6), st.integers(1, 1000), st.sampled_from(["-", "–", " – ", " till "]))
def test_a_range_keeps_both_ends_and_its_middle(low, width, dash):
    assume(low < 1900 or low + width >= 2100)  # between them are years
    amount = read_count(f"{low}{dash}{low + width}")
    assert (amount.low, amount.high) == (low, low + width)
    assert amount.low <= amount.value <= amount.high


@given(st.text(max_size=20) | st.floats() | st.integers() | st.booleans() | st.dates() | st.times())
def test_any_cell_is_read_or_refused(cell):
    for read in (read_count, read_number, read_share):
        with suppress(ValueError):
            read(cell)
