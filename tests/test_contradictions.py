"""Published material is held against itself: sums, shares, names, baselines and definitions."""

from pathlib import Path

import pytest
from demonstration_years import published_year
from hypothesis import given
from hypothesis import strategies as st
from published_sample import make_report

from asf_analysis.errors import DataFaults
from asf_analysis.folders import DataFolder
from asf_analysis.kpis import KPIS
from asf_analysis.kpis.contradictions import Contradiction, contradictions_of
from asf_analysis.kpis.outcomes import PublishedFigure
from asf_analysis.kpis.statements import Statement, check_statement, read_statements
from asf_analysis.pipeline import load
from asf_analysis.presentation import tables
from asf_analysis.swedish.numbers import Amount, Share

HEAD = "År;Uppgift;Sagt;Räknat ur;Avrundning;Källa\n"


def read_lines(folder: Path, *lines: str) -> tuple[Statement, ...]:
    """Read statements of 2018 from lines of `told;counted from;rounding`."""
    data = DataFolder(folder)
    data.statements.parent.mkdir(parents=True, exist_ok=True)
    data.statements.write_text(
        HEAD + "".join(f"2018;Deltagare;{line};Rapporten\n" for line in lines), encoding="utf-8"
    )
    return read_statements(data, approximate_percent=10)[2018]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("19 %;27 av 179;", "contradicts"),
        ("19 %;27 av 179;hela procent", "contradicts"),
        ("350;221 + 214;", "contradicts"),
        ("88 %;117 av 133;", "agrees"),
        ("88 %;117 av 133;hela procent", "agrees"),
        ("95 %;127 av 133;", "agrees if rounded"),
        ("95 %;127 av 133;hela procent", "agrees"),
        ("96 %;127 av 133;hela procent", "contradicts"),
        ("95,5 %;127 av 133;en decimal", "agrees"),
        ("95,4 procent;127 av 133;", "contradicts"),
        ("12,5 %;1/8;", "agrees"),
        ("13 %;1 av 8;hela procent", "agrees"),
        ("12 %;1 av 8;hela procent", "contradicts"),
        ("435;221 + 214;", "agrees"),
        ("440;221 + 214;", "agrees if rounded"),
        ("400;221 + 214;", "agrees if rounded"),
        ("440;221 + 214;tiotal", "agrees"),
        ("430;221 + 214;tiotal", "contradicts"),
        ("435;221 + 214;hela tal", "agrees"),
        ("ca 400;221 + 214;", "agrees"),
        ("ca 390;221 + 214;", "contradicts"),
        ("435;ca 210 + 214;", "agrees"),
        ("446;ca 210 + 214;", "contradicts"),
        ("0;0 + 0;", "agrees"),
    ],
)
def test_a_statement_is_checked_against_what_it_is_counted_from(tmp_path, line, verdict):
    [statement] = read_lines(tmp_path, line)
    assert check_statement(statement) == verdict


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=6))
def test_a_sum_agrees_with_its_parts_and_with_no_number_beside_it(parts):
    amounts, whole = tuple(map(Amount, parts)), sum(parts)
    told = [Statement(2018, "", "", "", "", Amount(number), parts=amounts) for number in (whole, whole + 1)]
    assert check_statement(told[0]) == "agrees"
    assert check_statement(told[1]) != "agrees"


@given(st.integers(1, 5_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_rounded_as_the_report_says_agrees_and_the_next_percent_does_not(counts):
    part, whole = counts
    percent = (200 * part + whole) // (2 * whole)
    told = [
        Statement(2018, "", "", "", "", Share(number, 100), basis=Share(part, whole), rounding=0)
        for number in (percent, percent + 1)
    ]
    assert [check_statement(one) for one in told] == ["agrees", "contradicts"]


def test_every_fault_among_the_statements_is_told_with_its_place(tmp_path):
    data = DataFolder(tmp_path)
    data.statements.parent.mkdir()
    data.statements.write_text(
        HEAD
        + "18;Deltagare;19 %;27 av 179;;Rapporten\n"
        + "2018;;mycket;221;ungefär;\n"
        + "2018;Deltagare;19 %;19 %;;Rapporten\n"
        + "2018;Deltagare;;221 + 214;;Rapporten\n",
        encoding="utf-8",
    )
    with pytest.raises(DataFaults) as refused:
        read_statements(data, approximate_percent=10)
    places = [(fault.row, fault.column) for fault in refused.value.faults]
    assert places == [
        (2, "År"), (3, "Avrundning"), (3, "Källa"), (3, "Räknat ur"), (3, "Sagt"), (3, "Uppgift"),
        (4, "Räknat ur"), (5, "Sagt"),
    ]  # fmt: skip
    assert {fault.file for fault in refused.value.faults} == {"published/statements.csv"}


def test_without_a_file_there_are_no_statements(tmp_path):
    assert read_statements(DataFolder(tmp_path), approximate_percent=10) == {}


def found(figure: PublishedFigure, before: PublishedFigure | None = None) -> list[tuple[str, object, object]]:
    earlier = {"participants": before} if before else {}
    told = contradictions_of(2018, {"participants": figure}, earlier, (), KPIS)
    return [(one.kind, one.told, one.other) for one in told]


def test_a_baseline_is_what_the_year_before_ended_with():
    assert found(PublishedFigure(baseline=150), PublishedFigure(result=148)) == [("baseline", 150, 148)]
    assert found(PublishedFigure(baseline=150), PublishedFigure(result=150)) == []
    assert found(PublishedFigure(baseline=150), PublishedFigure(result=148, approximate=True)) == []
    assert found(PublishedFigure(baseline=150)) == []


def test_as_many_names_are_told_as_the_number_says():
    assert found(PublishedFigure(result=3, members=("Gävle", "Hofors"))) == [("names", 3, 2)]
    assert found(PublishedFigure(result=2, members=("Gävle", "Hofors"))) == []
    assert found(PublishedFigure(result=3)) == []


def test_a_definition_that_changes_within_a_report_or_between_two_is_told_once():
    mixed = PublishedFigure(baseline_definition="tillsvidareanställda", result_definition="anställda")
    assert found(mixed) == [("definition", "anställda", "tillsvidareanställda")]
    alike = PublishedFigure(baseline_definition="anställda", result_definition="anställda")
    assert found(alike) == []
    assert found(alike, mixed) == []
    assert found(mixed, mixed) == [("definition", "anställda", "tillsvidareanställda")]
    only_start = PublishedFigure(baseline_definition="tillsvidareanställda")
    assert found(only_start, mixed) == [("definition", "tillsvidareanställda", "anställda")]


def test_the_published_report_of_2018_mixes_two_definitions_and_says_nothing_else_against_itself():
    [one] = published_year(2018).contradictions
    assert (one.kind, one.other, one.told) == ("definition", "tillsvidareanställda", "anställda")


def test_what_does_not_agree_is_told_with_its_numbers(data_copy):
    (data_copy / "published/statements.csv").write_text(
        HEAD
        + "2018;Svarande män;19 %;27 av 179;;Rapporten\n"
        + "2018;Personer i företagen;350;221 + 214;;Rapporten\n"
        + "2018;Nöjda;88 %;117 av 133;;Rapporten\n"
        + "2018;Delaktiga;95 %;127 av 133;;Rapporten\n"
        + "2017;Ett annat år;1 %;1 av 2;;Rapporten\n",
        encoding="utf-8",
    )
    plain = tables.contradictions(load(2018, data=data_copy)).plain.replace("\N{NO-BREAK SPACE}", " ")
    assert plain.startswith("På fyra ställen går det som har publicerats inte ihop. De fyra står kvar")
    assert "Svarande män | 19 % | 27 av 179 är 15,1 %." in plain
    assert "Personer i företagen | 350 | Summan av 221 + 214 är 435." in plain
    assert "Delaktiga | 95 % | 127 av 133 är 95,5 %. Det stämmer bara om talet är avrundat" in plain
    assert "Nöjda" not in plain
    assert "Ett annat år" not in plain


def test_names_and_baselines_are_told_in_words():
    report = make_report(
        contradictions=(
            Contradiction("baseline", 2018, "Deltagare", 150, 148),
            Contradiction("names", 2018, "Kommuner", 7, 6),
        )
    )
    plain = tables.contradictions(report).plain
    assert "Deltagare | 150 | Utgångsläget ska vara resultatet från rapporten för 2017, som var 148." in plain
    assert "Kommuner | 7 | De som nämns vid namn är 6." in plain


def test_nothing_found_is_said():
    assert tables.contradictions(make_report(contradictions=())).plain == (
        "Inget i det som har publicerats för 2018 säger emot något annat, så långt det går att kontrollera."
    )
