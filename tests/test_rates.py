"""Per 10 000 inhabitants: from shown figures alone, rounded once, with the population's year and source."""

from dataclasses import replace

import pytest
from published_sample import ASSOCIATION, WITHHELD_NUMBER, make_report, table_of_people

from asf_analysis.disclosure.published import MISSING, SHOWN, WITHHELD, Published, PublishedTable
from asf_analysis.errors import DoorForgotten, WrongUsage
from asf_analysis.kpis.population import NO_POPULATION, Population, PopulationOfYear
from asf_analysis.presentation import sentences as text
from asf_analysis.presentation import tables
from asf_analysis.presentation.rates import Rate, Rates

PLACES = {"Bollnäs": 20_000, "Gävle": 100_000}


def enterprises_of(counts: dict[str, int]) -> PublishedTable:
    people = table_of_people({name: (count, 0) for name, count in counts.items()})
    frame = people.frame[people.frame["sex"] == "total"].rename(columns={"sex": "component"})
    return replace(
        people, key="enterprises_by_municipality", columns="component", unit="företag",
        source="Företagsregistret", frame=frame.reset_index(drop=True),
    )  # fmt: skip


def report_of(
    people: dict[str, tuple[int, int] | None], year: int = 2018, known: dict[str, int] | None = None
) -> Published:
    by_name = PLACES if known is None else known
    by_code = {one.code: by_name[one.name] for one in ASSOCIATION.municipalities if one.name in by_name}
    shown = [
        table_of_people(people, total=(30, 20)),
        table_of_people({"Bollnäs": (3, 7), "Gävle": (9, 11)}, key="employees_by_municipality"),
        enterprises_of({"Bollnäs": 1, "Gävle": 3}),
    ]
    return replace(
        make_report(tables=shown),
        population=Population({year: PopulationOfYear(year, by_code, "SCB")}) if by_code else NO_POPULATION,
    )


HALF = {"Bollnäs": (20, 10), "Gävle": None}


@pytest.mark.parametrize(
    ("count", "population", "written"),
    [
        (1, 80_000, "0,1"),  # 0.125
        (3, 200_000, "0,2"),  # 0.15 exactly, halves up
        (149, 10_000_000, "0,1"),  # 0.149
        (1, 1_000_000, "0,0"),  # little, and not nobody
        (0, 9_483, "0"),
        (19, 9_483, "20,0"),
        (30_000, 20_000, "15 000,0"),
    ],
)
def test_a_rate_is_rounded_once_half_up_and_nobody_is_a_plain_zero(count, population, written):
    assert str(Rate.of(count, SHOWN, population)).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("count", "status", "population", "sign"),
    [
        (None, WITHHELD, 9_483, ".."),
        (None, WITHHELD, None, ".."),
        (None, MISSING, 9_483, "."),
        (5, SHOWN, None, "."),
        (0, SHOWN, None, "."),
    ],
)
def test_what_is_withheld_and_what_is_missing_have_signs_of_their_own(count, status, population, sign):
    assert str(Rate.of(count, status, population)) == sign


def test_the_table_sets_all_three_beside_the_population():
    lines = tables.rates(report_of(HALF)).plain.replace("\u00a0", " ").splitlines()
    assert lines[:5] == [
        "Företag, anställda och deltagare per 10 000 invånare, 31 december 2018",
        "Kommun | Folkmängd | Per 10 000 invånare Företag | Per 10 000 invånare Anställda | "
        "Per 10 000 invånare Deltagare",
        "Bollnäs | 20 000 | 0,5 | 5,0 | 15,0",
        "Gävle | 100 000 | 0,3 | 2,0 | ..",
        "Totalt | 120 000 | 0,3 | 2,5 | 4,2",
    ]
    assert lines[5] == "Folkmängd den 31 december 2018, SCB."
    assert lines[6].startswith(".. betyder")
    assert lines[-1] == "Källa: Företagsregistret, Enkäten och SCB."


def test_another_years_population_is_said_in_the_table_and_in_the_text():
    said = (
        "Folkmängd den 31 december 2020, SCB. Uppgift om folkmängden 2018 saknas, och därför används det "
        "närmaste år som finns."
    )
    report = report_of(HALF, year=2020)
    assert said in tables.rates(report).plain
    assert text.rates(report).plain.endswith(said)


def test_one_unknown_population_leaves_that_row_and_the_whole_without_a_rate():
    lines = tables.rates(report_of(HALF, known={"Gävle": 100_000})).plain.splitlines()
    assert lines[2] == "Bollnäs | . | . | . | ."
    assert lines[4] == "Totalt | . | . | . | ."
    assert ". betyder att uppgift saknas." in lines


def test_the_sentence_tells_the_whole_and_who_has_most():
    told = text.rates(report_of({"Bollnäs": (20, 10), "Gävle": (10, 10)})).plain.replace("\u00a0", " ")
    assert told.splitlines()[0] == (
        "I förbundets kommuner fanns det 0,3 företag, 2,5 anställda och 4,2 deltagare per 10 000 invånare. "
        "Bollnäs hade flest företag, flest anställda och flest deltagare i förhållande till folkmängden: "
        "0,5 företag, 5,0 anställda och 15,0 deltagare per 10 000 invånare."
    )


def test_the_sentence_says_which_are_not_shown_and_claims_nothing_of_them():
    told = text.rates(report_of({"Bollnäs": None, "Gävle": (10, 10)})).plain.replace("\u00a0", " ")
    assert (
        "Av de kommuner som redovisas hade Gävle flest deltagare i förhållande till folkmängden: 2,0" in told
    )
    assert "Deltagare redovisas inte för Bollnäs, för att skydda enskilda personer." in told
    assert str(WITHHELD_NUMBER) not in told


def test_without_any_population_the_sentence_says_so():
    report = report_of(HALF, known={})
    assert text.rates(report).plain.startswith("Uppgift om folkmängd saknas")
    assert "Uppgift om folkmängd saknas." in tables.rates(report).plain


def test_only_breakdowns_by_municipality_have_rates():
    report = make_report()
    with pytest.raises(WrongUsage, match="participants_by_municipality"):
        Rates.of(report, "activities_by_month")


@pytest.mark.parametrize("show", [tables.rates, text.rates])
def test_rates_pass_no_forgotten_door(show):
    with pytest.raises(DoorForgotten):
        show(object())
