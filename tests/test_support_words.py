"""What is said and shown of support and information agrees with the figures."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from published_sample import make_report
from support_sample import (
    ANSWERS,
    BOLLNAS,
    GAVLE,
    GROUPS,
    INDICATORS,
    PLACES,
    activities,
    groups,
    responses,
    sample_report,
    supervised,
    support_report,
)

from asf_analysis.errors import DoorForgotten, UnknownName
from asf_analysis.kpis.registry import Period, Result
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation import tables

KEYS = tuple(one.key for one in INDICATORS)


def texts_of(shown) -> list[list[str]]:
    """Give the texts of a table's rows, headings included."""
    rows = BeautifulSoup(shown.html, "html.parser").find_all("tr")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]


def test_the_reader_learns_who_was_reached_and_who_was_not():
    assert text.reach(sample_report()).plain.split("\n\n") == [
        "Insatserna gav 22 kontakter. Flest kontakter hade Arbetsförmedlingen: 10. Två parter nåddes inte av "
        "någon insats: Försäkringskassan och kommunen Bollnäs. För en insats är parten inte angiven.",
        "Räknat efter område, oavsett part, gällde ingen insats Bollnäs. Flest kontakter gällde Gävle: 21. "
        "För en insats är kommunen inte angiven.",
    ]


def test_the_reader_learns_that_everybody_was_reached():
    members = ("Arbetsförmedlingen", "Försäkringskassan", "Bollnäs", "Gävle")
    held = activities(
        *((name, town, 2, 0, 0) for name, town in zip(members, ["Bollnäs", "Gävle"] * 2, strict=True))
    )
    assert text.reach(support_report(activities=held)).plain.split("\n\n") == [
        "Insatserna gav åtta kontakter. Flest kontakter hade Arbetsförmedlingen och Försäkringskassan samt "
        "kommunerna Bollnäs och Gävle: 2 vardera. Alla parter nåddes av minst en insats.",
        "Räknat efter område, oavsett part, gällde minst en insats varje kommun. Flest kontakter gällde "
        "Bollnäs och Gävle: 4 vardera.",
    ]


def test_without_any_activity_nobody_is_said_to_be_reached():
    assert text.reach(support_report(activities=activities())).plain == (
        "Under 2018 genomfördes ingen informationsinsats, så ingen part och ingen kommun nåddes."
    )


def test_nobody_is_said_to_have_most_contacts_where_some_are_not_known():
    held = activities(("Gävle", "Gävle", 5, 0, 0), ("Bollnäs", "Bollnäs", None, None, None))
    assert "Flest" not in text.reach(support_report(activities=held)).plain


def test_the_table_of_reach_shows_activities_beside_contacts_and_0_for_who_got_none():
    rows = texts_of(tables.reach(sample_report(), "party"))
    assert rows[2:] == [
        ["Arbetsförmedlingen", "1", "8", "0", "2", "10"],
        ["Försäkringskassan", "0", "0", "0", "0", "0"],
        ["Bollnäs", "0", "0", "0", "0", "0"],
        ["Gävle", "2", "4", "5", "0", "9"],
        ["Ej angivet", "1", "2", "0", "1", "3"],
        ["Totalt", "4", "14", "5", "3", "22"],
    ]


def test_the_reader_learns_how_often_the_groups_plan_to_meet():
    assert text.meetings(sample_report()).plain == (
        "Samverkansgrupperna planerar i genomsnitt 1,2 möten per grupp och kvartal. Vid det sista kvartalets "
        "slut planerade en grupp fyra möten och en grupp sex möten om året. Sammanlagt blir det 8,5 "
        "planerade möten under 2018. Hur många möten som faktiskt hölls framgår inte av underlaget."
    )


def test_approximate_meetings_are_told_as_approximate():
    about = GROUPS.assign(
        meetings_per_year_low=pd.array([3.6, 3.6, 6], "Float64"),
        meetings_per_year_high=pd.array([4.4, 4.4, 6], "Float64"),
    )
    told = text.meetings(support_report(support_structures=about)).plain
    assert "ca 1,2 möten" in told
    assert "ungefär 8,5 planerade" in told


def test_planned_meetings_are_shown_exactly_for_each_quarter():
    assert texts_of(tables.meetings(sample_report())) == [
        ["Kvartal", "Grupper", "Planerade möten"],
        ["Kvartal 1", "1", "1"],
        ["Kvartal 2", "2", "2,5"],
        ["Kvartal 3", "2", "2,5"],
        ["Kvartal 4", "2", "2,5"],
        ["Totalt", "–", "8,5"],
    ]


def test_a_group_without_a_figure_is_told_and_adds_no_meetings():
    silent = groups(("A", "Gävle", None, "2015-01-01", None), ("B", "Gävle", 1, "2015-01-01", None))
    report = support_report(support_structures=silent)
    assert "planerade en grupp ett möte om året. För en grupp är antalet möten inte känt." in (
        text.meetings(report).plain
    )
    assert texts_of(tables.meetings(report))[-1] == ["Totalt", "–", "1"]
    assert "Grupper som inte har uppgett antal möten" in tables.meetings(report).plain


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((("A", "Gävle", None, "2015-01-01", None),), "Uppgift saknas om hur ofta samverkansgrupperna"),
        ((("A", "Gävle", 4, "2019-01-01", None),), "Ingen samverkansgrupp var igång"),
    ],
)
def test_without_planned_meetings_there_is_no_average(given, said):
    assert text.meetings(support_report(support_structures=groups(*given))).plain.startswith(said)


def test_before_the_first_quarter_has_ended_there_are_no_meetings_to_tell():
    report = support_report(Period.until(date(2018, 2, 10)))
    for told in (text.meetings(report), tables.meetings(report)):
        assert told.plain.startswith("Inget kvartal har gått till slut under 1 januari–10 februari 2018")


def test_the_reader_learns_where_the_places_are_how_they_are_used_and_what_they_cost():
    assert text.supervised_places(sample_report()).plain.replace("\u00a0", " ").split("\n\n") == [
        "Platserna fanns i alla kommuner, flest i Bollnäs: fyra.",
        "Den 31 december 2018 delade nio deltagare på sex platser.",
        "Av 130 000 beviljade kronor har 120 000 betalats ut (92 procent), räknat på de platser som fanns "
        "under 2018. En plats kostade i genomsnitt 23 961 kronor för ett helt år.",
    ]


def test_missing_money_is_told_as_missing():
    unpaid = PLACES.assign(paid_sek=pd.array([None, None], "Float64"))
    assert text.supervised_places(support_report(supervised_places=unpaid)).plain.split("\n\n")[-1] == (
        "Uppgift saknas om hur mycket som har betalats ut till platserna 2018. "
        "Uppgift saknas om vad en plats har kostat 2018."
    )


def test_empty_places_are_told_as_empty_and_no_places_as_none():
    empty = supervised((GAVLE, 3, 0, 10, 10, "2018-01-01", "2018-12-31"))
    assert "De tre platserna stod tomma den 31 december 2018." in (
        text.supervised_places(support_report(supervised_places=empty)).plain
    )
    none = text.supervised_places(support_report(supervised_places=PLACES.iloc[:0])).plain
    assert none.startswith("Den 31 december 2018 fanns inga platser med handledning.")


def test_the_reader_learns_how_many_went_on_to_work_or_studies():
    assert text.completed(sample_report()).plain == (
        "Under 2018 avslutade 40 deltagare sin åtgärd. Av dem gick 23 (58 procent) vidare till arbete eller "
        "studier.\n\nUppgiften bygger på svar från två företag."
    )


def test_it_is_told_where_it_is_not_known_what_some_went_on_to():
    unknown = ANSWERS.assign(completed_to_other_women=pd.array([3, 3, None], "Int64"))
    assert "För några av dem är det inte känt" in text.completed(support_report(responses=unknown)).plain


def test_no_answers_of_those_who_completed_are_told_as_missing():
    silent = responses(("2018-kv4", BOLLNAS, {}))
    assert text.completed(support_report(responses=silent)).plain == (
        "Uppgift saknas om vad de som avslutade sin åtgärd gick vidare till 2018."
    )


@pytest.mark.parametrize("tell", [text.completed, text.participants_per_employee])
def test_a_withheld_figure_is_told_as_withheld(tell):
    hidden = Result(None, withheld=True)
    report = sample_report()
    withheld = replace(report, indicators=tuple(replace(one, result=hidden) for one in report.indicators))
    assert tell(withheld).plain.endswith("2018 redovisas inte.")
    shown = tables.indicators(withheld, KEYS[:2])
    assert [row[1] for row in texts_of(shown)[1:]] == ["..", ".."]
    assert ".. betyder att uppgiften inte redovisas." in shown.plain


def test_nobody_who_completed_is_told_as_nobody():
    columns = [f"completed{to}_{sex}" for to in ("", "_to_work", "_to_studies") for sex in ("women", "men")]
    nobody = support_report(responses=responses(("2018-kv4", GAVLE, dict.fromkeys(columns, 0))))
    assert text.completed(nobody).plain == "Under 2018 avslutade ingen deltagare sin åtgärd."
    assert texts_of(tables.indicators(nobody, KEYS[:1]))[1][1:3] == ["–", "0 av 0"]


def test_the_reader_learns_how_many_participants_there_are_for_each_employee():
    assert text.participants_per_employee(sample_report()).plain == (
        "Den 31 december 2018 gick det 0,50 deltagare på varje anställd. "
        "Uppgiften bygger på svar från båda företagen."
    )


def test_the_table_of_indicators_shows_figures_with_the_counts_behind_them():
    shown = texts_of(tables.indicators(sample_report(), KEYS))
    assert [[cell.replace("\u00a0", " ") for cell in row[1:3]] for row in shown[1:]] == [
        ["58 %", "23 av 40"],
        ["0,50", "svar från 2 av 2 företag"],
        ["1,2", "–"],
        ["9 på 6", "9 på 6"],
        ["23 961 kronor", "–"],
        ["92 %", "120 000 av 130 000"],
    ]


def test_a_missing_indicator_has_a_sign_that_is_explained():
    unpaid = PLACES.assign(paid_sek=pd.array([None, None], "Float64"))
    shown = tables.indicators(support_report(supervised_places=unpaid), ["cost_per_place_and_year"])
    assert texts_of(shown)[1][1] == "."
    assert ". betyder att uppgift saknas." in shown.plain


def test_an_indicator_that_does_not_exist_is_named():
    with pytest.raises(UnknownName, match="lycka"):
        tables.indicators(sample_report(), ["lycka"])
    with pytest.raises(UnknownName, match="reach_by_party"):
        tables.reach(make_report(), "party")


@pytest.mark.parametrize(
    "show",
    [
        text.reach,
        text.meetings,
        text.supervised_places,
        text.completed,
        text.participants_per_employee,
        tables.meetings,
        lambda report: tables.reach(report, "party"),
        lambda report: tables.indicators(report, KEYS),
    ],
)
def test_nothing_is_told_of_what_has_not_passed_the_door(show):
    with pytest.raises(DoorForgotten):
        show({"year": 2018})
