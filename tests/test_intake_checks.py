"""What contradicts what, across rows and tables, is told with its place and never with the answer."""

from datetime import date

import pytest
from intake_workbooks import (
    ACTIVITIES,
    FIRST,
    PLACES,
    REGISTER,
    SECOND,
    STRUCTURES,
    THIRD,
    TRAININGS,
    answer,
    faults_of,
    small_data,
    survey,
)


def found(data, severity):
    """Give file, row and column of the faults of a severity."""
    return [
        (fault.file.split("/")[-1], fault.row, fault.column)
        for fault in faults_of(data)
        if fault.severity == severity
    ]


def registered(number=THIRD, start=date(2015, 1, 1), end=None):
    return [*REGISTER, ["Gamma", None, number, "Hofors", None, None, start, end, None]]


def both(**changes):
    """Give a survey in which the first enterprise's answer is changed."""
    return survey(answer(FIRST, **changes), answer(SECOND))


def test_a_wrong_check_digit_is_a_fault(tmp_path):
    data = small_data(tmp_path, enkat_kv4=survey(answer("492000-0008"), answer(FIRST), answer(SECOND)))
    assert found(data, "fel") == [("enkat_kv4.xlsx", 2, "Organisationsnummer")]


def test_an_enterprise_that_answers_twice_in_a_round_is_a_fault_at_both_rows(tmp_path):
    data = small_data(tmp_path, enkat_kv4=survey(answer(FIRST), answer(SECOND), answer(FIRST)))
    assert [row for _, row, _ in found(data, "fel")] == [2, 4]


def test_an_enterprise_that_stands_twice_in_the_register_is_a_fault_at_both_rows(tmp_path):
    assert [row for _, row, _ in found(small_data(tmp_path, foretagsregister=registered(FIRST)), "fel")] == [
        2,
        4,
    ]


def test_an_answer_from_an_enterprise_not_in_the_register_is_a_fault(tmp_path):
    data = small_data(tmp_path, enkat_kv4=survey(answer(FIRST), answer(SECOND), answer(THIRD)))
    assert found(data, "fel") == [("enkat_kv4.xlsx", 4, "Organisationsnummer")]


def test_no_answer_is_called_a_strangers_where_the_register_cannot_be_read(tmp_path):
    assert found(small_data(tmp_path, foretagsregister=None), "fel") == [("foretagsregister", None, None)]


@pytest.mark.parametrize(
    ("start", "end", "warned"),
    [
        (date(2015, 1, 1), date(2018, 9, 30), [4]),
        (date(2015, 1, 1), date(2018, 10, 1), []),
        (date(2018, 12, 31), None, []),
        (date(2019, 1, 1), None, [4]),
    ],
)
def test_an_answer_from_an_enterprise_not_active_in_the_quarter_is_a_warning(tmp_path, start, end, warned):
    answers = survey(answer(FIRST), answer(SECOND), answer(THIRD))
    data = small_data(tmp_path, foretagsregister=registered(THIRD, start, end), enkat_kv4=answers)
    assert [row for _, row, _ in found(data, "varning")] == warned


@pytest.mark.parametrize(
    ("start", "end", "asked"),
    [
        (date(2018, 3, 31), date(2018, 12, 31), ["2018-kv1", "2018-kv4"]),
        (date(2018, 4, 1), date(2018, 12, 31), ["2018-kv4"]),
        (date(2018, 3, 31), date(2018, 12, 30), ["2018-kv1"]),
    ],
)
def test_an_enterprise_active_on_the_rounds_last_day_is_asked_for_its_answer(tmp_path, start, end, asked):
    data = small_data(tmp_path, foretagsregister=registered(THIRD, start, end))
    faults = faults_of(data)
    assert [fault.problem.split()[-1].rstrip(".") for fault in faults] == asked
    assert {(fault.file, fault.row, fault.severity) for fault in faults} == {
        ("foretagsregister.xlsx", 4, "upplysning")
    }
    assert not any("Gamma" in str(fault) or THIRD in str(fault) for fault in faults)


@pytest.mark.parametrize(("end", "wrong"), [(date(2015, 1, 1), []), (date(2014, 12, 31), [4])])
def test_an_enterprise_may_not_end_before_it_starts(tmp_path, end, wrong):
    assert [
        row for _, row, _ in found(small_data(tmp_path, foretagsregister=registered(end=end)), "fel")
    ] == wrong


def test_a_support_structure_may_not_end_before_it_starts(tmp_path):
    structures = [*STRUCTURES, ["Södra", "Gävle", None, date(2017, 1, 1), date(2016, 12, 31), None]]
    assert found(small_data(tmp_path, stodstrukturer=structures), "fel") == [
        ("stodstrukturer.xlsx", 3, "Slutdatum")
    ]


@pytest.mark.parametrize(
    ("day", "wrong"),
    [(date(2018, 1, 1), 0), (date(2018, 12, 31), 0), (date(2017, 12, 31), 2), (date(2019, 1, 1), 2)],
)
def test_what_was_held_in_a_year_has_a_date_in_it(tmp_path, day, wrong):
    data = small_data(
        tmp_path,
        informationsinsatser=[ACTIVITIES[0], [day, *ACTIVITIES[1][1:]]],
        utbildningar=[TRAININGS[0], [day, *TRAININGS[1][1:]]],
    )
    assert len(found(data, "fel")) == wrong


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"varav_tillsvidareanställda_kvinnor": 4}, None),
        ({"varav_tillsvidareanställda_kvinnor": 5}, "varav tillsvidareanställda kvinnor"),
        ({"varav_tillsvidareanställda_kvinnor": "ca 4"}, None),
        ({"Anställda_kvinnor": "–"}, None),
        ({"Deltagare_från_Arbetsförmedlingen_män": 1}, "Deltagare män"),
        ({"Deltagare_från_kommunen_män": 1}, "Deltagare män"),
        ({"Deltagare_från_Arbetsförmedlingen_män": 1, "Deltagare_från_kommunen_män": 1}, None),
        ({"Deltagare_från_Arbetsförmedlingen_män": 1, "Deltagare_från_kommunen_män": None}, None),
        ({"Deltagare_från_Arbetsförmedlingen_män": 3, "Deltagare_från_kommunen_män": None}, "Deltagare män"),
        ({"Deltagare_från_Arbetsförmedlingen_män": "1–3"}, None),
        ({"Deltagare_30–64_år_kvinnor": 1, "Deltagare_16–29_år_kvinnor": 1}, None),
        ({"Deltagare_30–64_år_kvinnor": 1}, "Deltagare kvinnor"),
        (
            {"Deltagare_30–64_år_kvinnor": 1, "Deltagare_utanför_16–64_år_kvinnor": 1},
            "Deltagare utanför 16–64 år kvinnor",
        ),
        ({"Avslutade_män": 2, "varav_till_arbete_män": 1, "varav_till_annat_män": 1}, None),
        ({"Avslutade_män": 1, "varav_till_arbete_män": 1, "varav_till_annat_män": 1}, "Avslutade män"),
        ({"Avslutade_män": 3, "varav_till_arbete_män": 1}, None),
    ],
)
def test_parts_of_an_answer_that_contradict_the_whole_are_a_warning(tmp_path, changes, column):
    expected = [("enkat_kv4.xlsx", 2, column)] if column else []
    assert found(small_data(tmp_path, enkat_kv4=both(**changes)), "varning") == expected


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (20, 30, True),
        (20, 29, False),
        (21, 31, False),
        (20, 10, True),
        (0, 10, True),
        (0, 9, False),
        (None, 40, False),
        (40, None, False),
    ],
)
def test_a_count_that_changed_by_half_and_by_ten_is_worth_a_look(tmp_path, before, after, told):
    data = small_data(
        tmp_path, enkat_kv1=both(Anställda_kvinnor=before), enkat_kv4=both(Anställda_kvinnor=after)
    )
    expected = [("enkat_kv4.xlsx", 2, "Anställda kvinnor")] if told else []
    assert found(data, "upplysning") == expected


def test_the_round_before_the_first_of_a_year_is_the_last_of_the_year_before(tmp_path):
    small_data(
        tmp_path,
        2017,
        enkat_kv4=both(Anställda_kvinnor=40),
        informationsinsatser=ACTIVITIES[:1],
        utbildningar=TRAININGS[:1],
    )
    data = small_data(tmp_path, 2018)
    told = [fault.file for fault in faults_of(data, [2017, 2018]) if "enkat" in fault.file]
    assert told == ["2017/enkat_kv4.xlsx", "2018/enkat_kv1.xlsx"]
    assert faults_of(data, [2018]) == []


@pytest.mark.parametrize(
    ("place", "warned"),
    [
        ([FIRST, "2018", 3, 120_000, 120_000, 5], []),
        ([FIRST, "2018", 3, 120_000, 120_001, 5], [("handledarplatser.xlsx", 2, "Utbetalt belopp")]),
        ([FIRST, "2018", 3, None, 120_001, 5], []),
        ([THIRD, "2018", 3, 120_000, None, 5], [("handledarplatser.xlsx", 2, "Organisationsnummer")]),
    ],
)
def test_places_are_at_a_registered_enterprise_and_paid_at_most_as_granted(tmp_path, place, warned):
    assert found(small_data(tmp_path, handledarplatser=[PLACES[0], place]), "varning") == warned


def test_faults_come_in_the_order_of_files_sheets_and_rows(tmp_path):
    wrong = survey(
        answer(THIRD), answer(SECOND, Avslutade_män="x"), answer(FIRST, varav_tillsvidareanställda_kvinnor=9)
    )
    faults = faults_of(small_data(tmp_path, enkat_kv1=wrong, enkat_kv4=wrong))
    assert faults == sorted(faults, key=lambda fault: fault.sort_key())
    assert [(fault.row, fault.severity) for fault in faults[:3]] == [(2, "fel"), (3, "fel"), (4, "varning")]
