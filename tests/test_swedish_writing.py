"""Numbers, dates and lists are written the Swedish way."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asf_analysis.swedish.writing import (
    approximately,
    count_phrase,
    format_date,
    format_month,
    format_month_short,
    format_number,
    format_percent,
    format_period,
    join_words,
    number_word,
    start_sentence,
    within_sentence,
)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1234, 0, "1\u00a0234"),
        (1234567, 0, "1\u00a0234\u00a0567"),
        (12.5, 1, "12,5"),
        (12.0, 1, "12,0"),
        (1234.56, 2, "1\u00a0234,56"),
        (-3, 0, "−3"),
        (-1234.5, 1, "−1\u00a0234,5"),
        (Decimal("0.125"), 2, "0,13"),
    ],
)
def test_a_number_has_no_break_spaces_a_decimal_comma_and_a_true_minus(value, decimals, written):
    assert format_number(value, decimals) == written


@pytest.mark.parametrize(
    ("value", "written"), [(0.5, "1"), (1.5, "2"), (2.5, "3"), (12.49, "12"), (-2.5, "−3")]
)
def test_halves_are_rounded_away_from_zero(value, written):
    assert format_number(value) == written


def test_what_rounds_to_nothing_has_no_minus():
    assert format_number(-0.4) == "0"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="not a number"):
        format_number(value)


@given(st.integers(-(10**12), 10**12))
def test_a_written_whole_number_can_be_read_back(value):
    assert int(format_number(value).replace("\u00a0", "").replace("−", "-")) == value


def test_percent_stands_a_no_break_space_from_its_number():
    assert (format_percent(40), format_percent(12.5, decimals=1)) == ("40\u00a0%", "12,5\u00a0%")


def test_dates_and_months_are_written_in_full():
    assert format_date(date(2018, 12, 31)) == "31 december 2018"
    assert [format_month(number) for number in (1, 2, 5, 8)] == ["januari", "februari", "maj", "augusti"]
    assert [format_month_short(number) for number in range(1, 13)] == [
        "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (date(2018, 1, 1), date(2018, 12, 31), "2018"),
        (date(2016, 1, 1), date(2019, 12, 31), "2016–2019"),
        (date(2018, 1, 1), date(2018, 6, 30), "januari–juni 2018"),
        (date(2018, 2, 1), date(2018, 2, 28), "februari 2018"),
        (date(2018, 1, 1), date(2018, 6, 29), "1 januari–29 juni 2018"),
        (date(2018, 1, 2), date(2018, 6, 30), "2 januari–30 juni 2018"),
        (date(2017, 11, 1), date(2018, 1, 31), "1 november 2017–31 januari 2018"),
    ],
)
def test_a_period_is_told_as_briefly_as_it_can_be(start, end, written):
    assert format_period(start, end) == written


def test_numbers_are_words_up_to_twelve():
    assert [number_word(number) for number in (0, 1, 2, 3, 11, 12, 13, 1234)] == [
        "noll", "en", "två", "tre", "elva", "tolv", "13", "1\u00a0234",
    ]  # fmt: skip


def test_one_follows_the_gender_of_its_noun():
    assert (number_word(1), number_word(1, neuter=True), number_word(2, neuter=True)) == ("en", "ett", "två")


@pytest.mark.parametrize(
    ("number", "phrase"),
    [(0, "inga företag"), (1, "ett företag"), (2, "två företag"), (12, "tolv företag"), (13, "13 företag")],
)
def test_a_count_agrees_with_its_noun(number, phrase):
    assert count_phrase(number, "företag", "företag", neuter=True) == phrase


def test_one_of_a_common_noun_is_en():
    assert count_phrase(1, "utbildning", "utbildningar") == "en utbildning"


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a och b"),
        (["a", "b", "c"], "a, b och c"),
        (["a", "b", "c", "d"], "a, b, c och d"),
    ],
)
def test_a_list_has_och_before_its_last_word_and_no_comma_there(words, joined):
    assert join_words(words) == joined


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a eller b"), (["a", "b", "c"], "a, b eller c")],
)
def test_a_list_can_be_joined_by_eller(words, joined):
    assert join_words(words, "eller") == joined


def test_an_approximate_figure_says_so():
    assert approximately("75") == "ca 75"


@pytest.mark.parametrize(
    ("text", "started", "within"),
    [
        ("ett företag", "Ett företag", "ett företag"),
        ("Övriga", "Övriga", "övriga"),
        ("ASF", "ASF", "ASF"),
        ("", "", ""),
    ],
)
def test_a_phrase_can_begin_a_sentence_or_stand_within_one(text, started, within):
    assert (start_sentence(text), within_sentence(text)) == (started, within)
