"""Dates, periods and rounds are read as people write them, day before month."""

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.swedish.dates import (
    is_ambiguous_date,
    last_day,
    read_date,
    read_period,
    read_quarter,
    read_round,
    read_round_in,
)

NEW_YEARS_EVE = date(2018, 12, 31)


@pytest.mark.parametrize(
    "written",
    [
        NEW_YEARS_EVE,
        datetime(2018, 12, 31),
        datetime(2018, 12, 31, 15),
        "2018-12-31",
        " 2018-12-31 ",
        "2018‑12‑31",
        "2018-12-31 00:00:00",
        "2018-12-31T08:30",
        "2018/12/31",
        "2018.12.31",
        "31/12 2018",
        "31/12-2018",
        "31/12/2018",
        "31.12.2018",
        "31-12-2018",
        "31 december 2018",
        "31 December 2018",
        "den 31 december 2018",
        "31 dec 2018",
        "31 dec. 2018",
        "31:e december 2018",
        "181231",
        "20181231",
        181231,
        20181231.0,
        43465,
        43465.0,
        43465.5,
        "43465",
    ],
)
def test_a_day_is_read_in_every_common_notation(written):
    assert read_date(written) == NEW_YEARS_EVE


def test_a_month_is_its_first_day():
    assert read_date("dec 2018") == read_date("December 2018") == read_date("2018-12") == date(2018, 12, 1)


def test_day_comes_before_month():
    assert read_date("3/4 2018") == date(2018, 4, 3)


def test_two_digits_of_a_year_belong_to_this_century_until_69():
    assert (read_date("680101"), read_date("690101")) == (date(2068, 1, 1), date(1969, 1, 1))


@pytest.mark.parametrize(("serial", "day"), [(18264, date(1950, 1, 1)), (73050, date(2099, 12, 31))])
def test_serial_numbers_are_days_within_a_lifetime(serial, day):
    assert read_date(serial) == day


@pytest.mark.parametrize("written", [None, "", "–", "..", "vet ej"])
def test_no_answer_is_no_date_no_period_and_no_round(written):
    assert read_date(written) is None
    assert read_period(written) is None
    assert read_round(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "2018",
        2018,
        "31/12",
        "31/2 2018",
        "13/13 2018",
        "2018-02-30",
        "31 dec 18",
        "181331",
        18263,
        73051,
        75,
        True,
        "igår",
        "våren 2018",
        timedelta(days=1),
        float("nan"),
        float("inf"),
        "31/12-2018.12",
    ],
)
def test_what_is_no_day_is_refused_without_repeating_it(written):
    with pytest.raises(ValueError, match="datum") as refusal:
        read_date(written)
    assert str(written) not in str(refusal.value)


@pytest.mark.parametrize(
    "written",
    [
        "hösten 2018",
        "ht 2018",
        "HT2018",
        "jul–dec 2018",
        "juli - december 2018",
        "2018-07–2018-12",
        "2018-07 – 2018-12",
        "2018-07-01–2018-12-31",
        "2018-07-01 till 2018-12-31",
        "juli 2018–december 2018",
        "andra halvåret 2018",
    ],
)
def test_a_half_year_is_read_in_every_common_notation(written):
    assert read_period(written) == (date(2018, 7, 1), date(2018, 12, 31))


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        (2018.0, date(2018, 1, 1), date(2018, 12, 31)),
        ("våren 2018", date(2018, 1, 1), date(2018, 6, 30)),
        ("feb 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("nov 2018–feb 2019", date(2018, 11, 1), date(2019, 2, 28)),
        ("2018-03-15–2018-03-15", date(2018, 3, 15), date(2018, 3, 15)),
        ("kv 2 2018", date(2018, 4, 1), date(2018, 6, 30)),
    ],
)
def test_a_period_has_its_first_and_last_day(written, start, end):
    assert read_period(written) == (start, end)


@pytest.mark.parametrize(
    "written", ["dec–jul 2018", "2018-12–2018-07", "2018-03-15–2018-03-14", "2018-13", "18", "hela", 75]
)
def test_what_is_no_period_is_refused(written):
    with pytest.raises(ValueError, match=r"[Pp]eriod"):
        read_period(written)


@pytest.mark.parametrize(
    "written",
    [
        "2018 kv 4",
        "2018 kv4",
        "kv4 2018",
        "kv 4 2018",
        "Kvartal 4 2018",
        "kvartal 4, 2018",
        "2018-kv4",
        "2018 Q4",
        "Q4-2018",
        "4:e kvartalet 2018",
    ],
)
def test_a_round_is_read_in_every_common_notation(written):
    assert read_round(written) == (2018, 4)


@pytest.mark.parametrize(
    "written", ["2018", "kv5 2018", "kv0 2018", "hösten 2018", "4", 4, date(2018, 12, 31)]
)
def test_what_is_no_round_is_refused(written):
    with pytest.raises(ValueError, match="mättillfälle"):
        read_round(written)


@pytest.mark.parametrize(
    ("quarter", "day"), [(1, date(2018, 3, 31)), (2, date(2018, 6, 30)), (4, NEW_YEARS_EVE)]
)
def test_a_quarter_ends_on_its_last_day(quarter, day):
    assert last_day(2018, quarter) == day


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)))
def test_a_day_written_and_read_comes_back(day):
    months = [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ]
    notations = (
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day:%y%m%d}",
        f"{day.day}/{day.month} {day.year}",
        f"{day.day} {months[day.month - 1]} {day.year}",
        (day - date(1899, 12, 30)).days,
    )
    assert {read_date(written) for written in notations} == {day}


@given(st.text(max_size=20) | st.floats() | st.integers() | st.booleans() | st.times())
def test_any_cell_is_read_or_refused(cell):
    for read in (read_date, read_period, read_round):
        with suppress(ValueError):
            read(cell)


@pytest.mark.parametrize(
    "written", ["3/4 2018", "3.4.2018", "03-04-2018", "3/4-18", "den 3/4 2018", " 3/4 2018"]
)
def test_a_date_whose_day_and_month_could_be_swapped_is_ambiguous(written):
    assert is_ambiguous_date(written)
    assert read_date(written) == date(2018, 4, 3)


@pytest.mark.parametrize(
    "written",
    [
        *("3/3 2018", "13/4 2018", "3/13 2018", "0/4 2018", "2018-03-04", "18-03-04", "180304", "20180304"),
        *("3 april 2018", "tis 3/4 2018", "april 2018", "", "vet ej", "3/4"),
        *(None, 43465, 43465.0, date(2018, 3, 4), datetime(2018, 3, 4, 12)),
    ],
)
def test_any_other_cell_is_no_ambiguous_date(written):
    assert not is_ambiguous_date(written)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kv 1", (None, 1)),
        ("Kv. 4", (None, 4)),
        ("enkat_kv4", (None, 4)),
        ("enkat_kv4 (1)", (None, 4)),
        ("Omgång 1", (None, 1)),
        ("omg. 2", (None, 4)),
        ("sista omgången", (None, 4)),
        ("Kvartal 4 2018", (2018, 4)),
        ("Enkät kv4 2018", (2018, 4)),
        ("ASF-enkät, sista kvartalet 2018", (2018, 4)),
        ("4:e kvartalet 2018", (2018, 4)),
        ("2018kv4", (2018, 4)),
        ("KV4_2018_svar", (2018, 4)),
        ("kv4-18", (2018, 4)),
        ("kvartal 4 -18", (2018, 4)),
        ("Kvartal 1/2018", (2018, 1)),
        ("Enkät jan–mars 2018", (2018, 1)),
        ("Kv 4 (omgång 2) 2018", (2018, 4)),
        ("Enkät kv4 2018 (svar till 2018-12-31)", (2018, 4)),
        ("Blad1", None),
        ("2018", None),
        ("våren 2018", None),
        ("jan–juni 2018", None),
        ("Omgång 3", None),
        ("kv 5 2018", None),
        ("kv 10", None),
        ("K4", None),
        ("4 kvartal", None),
        ("Kv 1 och kv 4", None),
        ("Kv 1 och 4 2018", None),
        ("Kv 1–4 2018", None),
        ("Kv 1 (omgång 2)", None),
        ("kv4 2018 och kv4 2019", None),
        ("Enkät kv4 2018, utskriven 2019-01-15", None),
    ],
)
def test_a_round_is_found_in_a_title_that_tells_one_and_no_other(text, found):
    assert read_round_in(text) == found


@pytest.mark.parametrize(
    ("text", "quarter"), [("Kv 1", 1), ("enkat_kv4", 4), ("kv4 2018 och kv4 2019", 4), ("", None)]
)
def test_a_quarter_is_found_whatever_the_year(text, quarter):
    assert read_quarter(text) == quarter


def test_a_round_without_a_quarter_is_one_of_the_years_rounds():
    assert [read_quarter(f"Omgång {number}", rounds=(1, 2, 3, 4)) for number in (1, 2, 4, 5)] == [
        1,
        2,
        4,
        None,
    ]
    assert read_round_in("Omgång 2 2018", rounds=(2, 3)) == (2018, 3)


@given(
    st.integers(1990, 2068),
    st.integers(1, 4),
    st.sampled_from(["kv {q} {y}", "{y}-kv{q}", "Enkät_kv{q}_{y}"]),
)
def test_a_round_written_in_a_title_is_found(year, quarter, title):
    text = title.format(q=quarter, y=year)
    assert read_round_in(text) == (year, quarter)
    assert read_round_in(text.replace(str(year), "")) == (None, quarter)


@given(st.text(max_size=30))
def test_any_text_is_searched_for_a_round_without_a_fault(text):
    assert (read_round_in(text) is None) or read_quarter(text) in (1, 2, 3, 4)
    assert is_ambiguous_date(text) in (True, False)
