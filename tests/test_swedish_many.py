"""Reading many texts at once gives what reading one by one does, and leaves the unusual to it."""

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import luhn

from asf_analysis.swedish import organisation_numbers, texts
from asf_analysis.swedish.numbers import NO_ANSWER

SPACES = st.sampled_from(["", " ", "  ", "\t", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\x1c", "\x85"])
WORDS = st.one_of(
    st.sampled_from(["Gästrike", "snickeri", "AB", "&", "1", "Kafé", "A\N{COMBINING RING ABOVE}", "#REF!"]),
    st.sampled_from(sorted(NO_ANSWER)),
    st.text(max_size=4),
)
WRITTEN = st.lists(st.one_of(WORDS, SPACES), max_size=5).map("".join)
TEN_DIGITS = st.from_regex("[0-9]{2}[0-9][0-9]{3}", fullmatch=True).flatmap(
    lambda start: st.from_regex("[0-9]{3}", fullmatch=True).map(
        lambda end: start + end + luhn.calc_check_digit(start + end)
    )
)


def hyphened(digits):
    return f"{digits[:6]}-{digits[6:]}"


@given(st.lists(WRITTEN, max_size=8))
@example(["Vet ej", "vet  ej", "Vet ej.", " Snickeri ", "Hofors\N{NO-BREAK SPACE}"])
def test_texts_read_at_once_are_those_read_one_by_one(written):
    usual, read = texts.read_tidy_texts(pa.array(written, pa.string()))
    for text, was_read, value in zip(written, usual, read.to_pylist(), strict=True):
        assert not was_read or value == texts.read_tidy(text)


@given(st.lists(WRITTEN, max_size=3), st.sampled_from(["640823-3234", "6408233234", "19640823 3234"]))
def test_no_text_with_a_personal_number_is_read_at_once(words, number):
    usual, _ = texts.read_tidy_texts(pa.array([" ".join((*words, number)), f"{number} Anna"]))
    assert not usual.any()


def test_usual_texts_are_read_at_once():
    usual, read = texts.read_tidy_texts(
        pa.array(["Gästrike Snickeri AB", " Kafé Å & Ö 12 ", "Snickeri 1234567"])
    )
    assert usual.all()
    assert read.to_pylist() == ["Gästrike Snickeri AB", "Kafé Å & Ö 12", "Snickeri 1234567"]


@given(
    st.lists(
        st.one_of(
            TEN_DIGITS, TEN_DIGITS.map(hyphened), st.from_regex("[0-9-]{8,12}", fullmatch=True), WRITTEN
        )
    )
)
def test_numbers_read_at_once_are_those_read_one_by_one(written):
    usual, read = organisation_numbers.read_organisation_numbers(pa.array(written, pa.string()))
    for text, was_read, value in zip(written, usual, read.to_pylist(), strict=True):
        if was_read:
            assert value == organisation_numbers.read_organisation_number(text)
            assert not organisation_numbers.is_personal_number(text)


@given(TEN_DIGITS)
def test_every_legal_persons_number_in_its_usual_writings_is_read_at_once(digits):
    usual, _ = organisation_numbers.read_organisation_numbers(pa.array([digits, hyphened(digits)]))
    assert usual.tolist() == [digits[2] >= "2"] * 2


@given(TEN_DIGITS, st.integers(1, 9))
def test_a_wrong_check_digit_is_never_read_at_once(digits, more):
    wrong = digits[:9] + str((int(digits[9]) + more) % 10)
    assert not organisation_numbers.read_organisation_numbers(pa.array([wrong]))[0].any()


@pytest.mark.parametrize("many", [texts.read_tidy_texts, organisation_numbers.read_organisation_numbers])
def test_nothing_is_read_of_nothing(many):
    usual, read = many(pa.array([], pa.string()))
    assert (len(usual), len(read)) == (0, 0)
